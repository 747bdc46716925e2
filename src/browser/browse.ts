import { corsCheck } from './check.ts';
import { exposedHeaders } from './exposed.ts';
import { isReadable } from './fields.ts';
import { isDropped } from './headers.ts';
import { isForbiddenMethod, isSafelistedMethod, normalised } from './methods.ts';
import { isBrokenToChromium, isHttp, isRedirect, locationOf } from './location.ts';
import { isMixed } from './mixed.ts';
import { preflightCheck, type Asked } from './preflight.ts';
import type { Reason, Refusal } from './reasons.ts';
import { followed, isRefusedAtOnce, type Fixed, type Hop } from './redirect.ts';
import { unsafeNames } from './safelist.ts';
import { isToken } from './tokens.ts';
import type { Answer, Answers, Header, PageRequest, Profile, ResponseType } from './types.ts';

/** What comes of a request. */
export type Outcome = Passed | Blocked;

interface Journey {
  /** How many servers on the way were asked by a preflight. */
  readonly preflights: number;
  /** Whether any server was sent the request itself: a page that is refused the answer has still had it carried out. */
  readonly reachesServer: boolean;
  /** The Access-Control-Request-Method of the first preflight. */
  readonly acrm?: string;
  /** Its Access-Control-Request-Headers; `null` if it names none. */
  readonly acrh?: string | null;
}

export interface Passed extends Journey {
  readonly ok: true;
  readonly reason: null;
  readonly type: ResponseType;
  /** Headers of the answer that the page may read: lower case, sorted. */
  readonly exposedHeaders: readonly string[];
  /** The Origin header that the last server saw, `null` after redirects between foreign ones. Only of type `cors`. */
  readonly finalOrigin?: string;
}

export interface Blocked extends Journey {
  readonly ok: false;
  readonly reason: Reason;
  /** The header's value or the method at fault. */
  readonly value?: string;
  /** All request headers that the preflight does not allow. */
  readonly names?: readonly string[];
  /** The address whose answer was refused, or that was not asked. */
  readonly url: string;
}

/** Notes taken on the way. */
interface Log {
  preflights: number;
  reachesServer: boolean;
  asked?: Asked;
}

/**
 * What a browser does with one request and the answers that a server would give (Fetch, "main fetch"): whether the page gets to read the
 * response, which of its headers, and if not, why. Pure: nothing is sent. No preflight is taken from a cache (see `maxAge`).
 *
 * ```ts
 * const headers = [['Access-Control-Allow-Origin', '*']];
 * browse(
 *   { origin: 'https://app.example.com', url: 'https://api.example.com/items', method: 'PUT', headers: [], credentials: 'omit' },
 *   { preflight: { status: 204, headers }, response: { status: 200, headers } },
 * ).reason; // 'method-not-allowed'
 * ```
 *
 * Throws a TypeError for what is no request: an address that cannot be parsed or is not on a server (`data:`), a header that is none,
 * a GET or HEAD with a body, a mode of `no-cors` beside a method that needs a preflight.
 */
export function browse(request: PageRequest, answers: Answers, { profile = 'standard' }: { readonly profile?: Profile } = {}): Outcome {
  const url = urlOf(request);
  const log: Log = { preflights: 0, reachesServer: false };
  const refused = refusedRequest(request, url);
  if (refused) return blocked(refused, url, log);
  const method = normalised(request.method);
  const headers = headersOf(request, profile);
  const fixed = { pageOrigin: request.origin, mode: request.mode ?? 'cors', profile };
  let hop: Hop = { url, method, headers, origin: request.origin, tainting: 'basic', count: 0 };
  let served = answers;
  for (;;) {
    const tainting = taintingOf(hop, fixed);
    if (typeof tainting !== 'string') return blocked(tainting, hop.url, log);
    const here: Hop = { ...hop, tainting };
    const answer = exchange(request, here, served, fixed, log);
    if ('reason' in answer) return blocked(answer, here.url, log);
    const next = onward(request, answer, here, fixed);
    if (next === undefined || next === 'opaqueredirect') return passed(request, answer, next ?? tainting, here, log);
    if ('reason' in next) return blocked(next, here.url, log);
    hop = next;
    served = answer.next ?? { preflight: null, response: null };
  }
}

/** What `fetch()` throws for before there is a request. */
function urlOf({ url, method, headers, body, mode }: PageRequest): URL {
  const parsed = new URL(url);
  if (['data:', 'blob:', 'about:'].includes(parsed.protocol)) throw new TypeError(`no server answers ${url}`);
  // oxlint-disable-next-line no-control-regex -- Fetch, "header value": bytes, without NUL and line breaks
  const isHeader = ([name, value]: Header): boolean => isToken(name) && !/[^\u0001-\u0009\u000B\u000C\u000E-\u00FF]/.test(bare(value));
  for (const header of headers) if (!isHeader(header)) throw new TypeError(`not a header: ${header.join()}`);
  if (body !== undefined && ['GET', 'HEAD'].includes(normalised(method))) throw new TypeError(`${method} has no body`);
  if (mode === 'no-cors' && isToken(method) && !isForbiddenMethod(method) && !isSafelistedMethod(normalised(method)))
    throw new TypeError(`${method} is not sent in no-cors mode`);
  return parsed;
}

/** What `fetch()` refuses to make a request of (Fetch, "Request class", the constructor). */
function refusedRequest({ origin, method, mode, redirect = 'follow' }: PageRequest, url: URL): Refusal | undefined {
  if (url.username !== '' || url.password !== '') return { reason: 'url-has-credentials' };
  if (!isToken(method)) return { reason: 'invalid-method', value: method };
  if (isForbiddenMethod(method)) return { reason: 'forbidden-method', value: method };
  // Fetch, "main fetch", on no-cors: not a page's own server.
  return mode === 'no-cors' && redirect !== 'follow' && url.origin !== origin ? { reason: 'redirect-mode-error' } : undefined;
}

/** Fetch, "normalize" a byte sequence: what a script hands over, without the blanks around it. */
const bare = (value: string): string => value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');

/** The header lines that are sent: without those that a script may not set, with the type of the body (Fetch, "extract a body"). */
function headersOf({ headers, body }: PageRequest, profile: Profile): Header[] {
  const kept = headers.map(([name, value]): Header => [name, bare(value)]).filter((header) => !isDropped(header, profile));
  const typed = body === undefined || kept.some(([name]) => name.toLowerCase() === 'content-type');
  return typed ? kept : [...kept, ['Content-Type', 'text/plain;charset=UTF-8']];
}

/** Which of the paths of "main fetch" a request takes, first match. */
function taintingOf({ url, tainting }: Hop, { pageOrigin, mode, profile }: Fixed): Hop['tainting'] | Refusal {
  const isOwn = url.origin === pageOrigin && tainting === 'basic';
  const mixed = isMixed(pageOrigin, url, profile);
  if (mixed && profile === 'standard') return { reason: 'mixed-content' };
  if (mode === 'same-origin' && !isOwn) return { reason: 'mode-same-origin' };
  if (mixed) return { reason: 'mixed-content' };
  if (!isHttp(url)) return { reason: 'unsupported-scheme', value: url.protocol.slice(0, -1) };
  // Never back: after one foreign server the page's own is asked like any other.
  return isOwn ? 'basic' : mode === 'no-cors' ? 'opaque' : 'cors';
}

/** One server: the preflight if one is needed, then the request (Fetch, "HTTP fetch"). */
function exchange(request: PageRequest, hop: Hop, { preflight, response }: Answers, { profile }: Fixed, log: Log): Answer | Refusal {
  const withCredentials = request.credentials === 'include';
  const names = unsafeNames(hop.headers, profile);
  if (hop.tainting === 'cors' && (names.length > 0 || !isSafelistedMethod(hop.method) || request.forcePreflight)) {
    const asked: Asked = { origin: hop.origin, method: hop.method, names, withCredentials };
    log.preflights++;
    log.asked ??= asked;
    const refused = preflightCheck(preflight, hop.url, asked, profile);
    if (refused) return refused;
  }
  log.reachesServer = true;
  if (response === null || response.drop || !isReadable(response.headers)) return { reason: 'network-error' };
  // Chromium's network reads the address before anybody looks at the headers.
  if (profile === 'chromium' && isBrokenToChromium(locationOf(response, hop.url))) return { reason: 'redirect-bad-location' };
  return (hop.tainting === 'cors' ? corsCheck(response.headers, hop.origin, withCredentials) : undefined) ?? response;
}

/** What an answer makes of the request: the next one, an end (undefined), or a refusal (Fetch, "HTTP fetch", on redirect statuses). */
function onward(request: PageRequest, answer: Answer, hop: Hop, fixed: Fixed): Hop | Refusal | 'opaqueredirect' | undefined {
  if (!isRedirect(answer.status)) return undefined;
  if (request.redirect === 'manual') return 'opaqueredirect';
  const url = locationOf(answer, hop.url);
  const next = url === undefined ? undefined : followed(answer, url, hop, fixed);
  // To the standard the status is refused; Chromium looks where it leads first, if not at every scheme.
  const looksFirst = fixed.profile === 'chromium' && (next === undefined || ('reason' in next && isRefusedAtOnce(next, url, hop, fixed)));
  return request.redirect === 'error' && !looksFirst ? { reason: 'redirect-mode-error' } : next;
}

const journey = ({ preflights, reachesServer, asked }: Log): Journey => ({
  preflights,
  reachesServer,
  ...(asked && { acrm: asked.method, acrh: asked.names.join(',') || null }),
});

const blocked = (refusal: Refusal, url: URL, log: Log): Blocked => ({ ok: false, ...refusal, ...journey(log), url: url.href });

function passed(request: PageRequest, answer: Answer, type: ResponseType, hop: Hop, log: Log): Passed {
  return {
    ok: true,
    reason: null,
    ...journey(log),
    type,
    exposedHeaders: exposedHeaders(answer, type, request.credentials === 'include'),
    ...(type === 'cors' && { finalOrigin: hop.origin }),
  };
}
