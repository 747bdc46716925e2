import { isHttp } from './location.ts';
import type { Refusal } from './reasons.ts';
import type { Answer, Header, Profile } from './types.ts';

/** How far a request has come: what a redirect changes of it. */
export interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly Header[];
  /** The page's origin, or `null` once two foreign servers in a row have passed the request on (Fetch, "redirect-taint"). */
  readonly origin: string;
  /** `cors` from the first foreign server on, and ever after (Fetch, "response tainting"). */
  readonly tainting: 'basic' | 'cors' | 'opaque';
  /** Redirects so far. */
  readonly count: number;
}

/** What redirects are judged by and the request keeps. */
export interface Fixed {
  readonly pageOrigin: string;
  readonly mode: 'cors' | 'no-cors' | 'same-origin';
  readonly profile: Profile;
}

/** Fetch, "HTTP-redirect fetch": the twenty-first is one too many. */
const MOST = 20;

/** Fetch, "request-body-header name": they go where the body goes. */
const OF_THE_BODY = new Set(['content-encoding', 'content-language', 'content-location', 'content-type']);

/** Client hints that Chromium takes off a request, whoever set them, where a redirect leads elsewhere than to the page's own origin. */
const HINTS = new Set(['device-memory', 'downlink', 'dpr', 'ect', 'rtt', 'viewport-width', 'width']);

/** Schemes that Chromium's network refuses as it reads the answer (`net::ERR_UNSAFE_REDIRECT`); other foreign ones only once it would follow. */
const UNSAFE = /^(?:about|blob|chrome|chrome-extension|chrome-untrusted|data|devtools|file|filesystem):/;

/** Chromium's own pages: it minds the scheme of these before it looks for a password. */
const OWN = /^(?:chrome|chrome-[a-z-]+|devtools|isolated-app):/;

/** Whether Chromium refuses the target as it reads the answer, whatever the request's redirect mode. */
export const isRefusedAtOnce = ({ reason, value: badScheme }: Refusal, url: URL | null | undefined, hop: Hop, fixed: Fixed): boolean =>
  reason === 'redirect-url-has-credentials' ? !!url && forbidsPassword(url, hop, fixed) : badScheme === undefined || UNSAFE.test(badScheme);

/** Fetch, "HTTP-redirect fetch", of an address with a password in it. */
const forbidsPassword = (url: URL, { tainting }: Hop, { mode, pageOrigin }: Fixed): boolean =>
  tainting === 'cors' || (mode === 'cors' && url.origin !== pageOrigin);

/** The request to send to where an answer leads, or a refusal (Fetch, "HTTP-redirect fetch"). */
export function followed(answer: Answer, url: URL | null, hop: Hop, fixed: Fixed): Hop | Refusal {
  if (url === null) return { reason: 'redirect-bad-location' };
  const refused = refusedTarget(url, hop, fixed);
  if (refused) return refused;
  const becomesGet =
    (hop.method === 'POST' && (answer.status === 301 || answer.status === 302)) ||
    (answer.status === 303 && hop.method !== 'GET' && hop.method !== 'HEAD');
  const crosses = url.origin !== hop.url.origin;
  const isForeign = fixed.profile === 'chromium' && url.origin !== fixed.pageOrigin;
  const leftOut = (name: string): boolean =>
    (becomesGet && OF_THE_BODY.has(name)) || (crosses && name === 'authorization') || (isForeign && HINTS.has(name));
  return {
    url,
    method: becomesGet ? 'GET' : hop.method,
    headers: hop.headers.filter(([name]) => !leftOut(name.toLowerCase())),
    origin: crosses && hop.url.origin !== fixed.pageOrigin ? 'null' : hop.origin,
    tainting: hop.tainting,
    count: hop.count + 1,
  };
}

function refusedTarget(url: URL, hop: Hop, fixed: Fixed): Refusal | undefined {
  const isChromium = fixed.profile === 'chromium';
  const hasPassword = url.username !== '' || url.password !== '';
  // Chromium looks for the password before it minds the scheme, where CORS has to do with it.
  const passwordFirst = hasPassword && isChromium && fixed.mode === 'cors' && !OWN.test(url.protocol);
  if (!isHttp(url) && !passwordFirst) return { reason: 'redirect-bad-scheme', value: url.href };
  if (hop.count === MOST) return { reason: 'too-many-redirects' };
  if (isChromium && fixed.mode === 'same-origin' && url.origin !== fixed.pageOrigin) return undefined;
  // Chromium lets no page load an address with a password in it, its own server's included.
  return hasPassword && (isChromium || forbidsPassword(url, hop, fixed)) ? { reason: 'redirect-url-has-credentials' } : undefined;
}
