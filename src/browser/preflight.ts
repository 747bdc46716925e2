import { corsCheck } from './check.ts';
import { isReadable, listOf } from './fields.ts';
import { locationOf } from './location.ts';
import { isSafelistedMethod } from './methods.ts';
import type { Refusal } from './reasons.ts';
import type { Answer, Answers, Profile } from './types.ts';

/** What a preflight asks for. */
export interface Asked {
  readonly origin: string;
  readonly method: string;
  /** `CORS-unsafe request-header names`: lower case, sorted. */
  readonly names: readonly string[];
  readonly withCredentials: boolean;
}

/**
 * Whether a preflight's answer lets the request through (Fetch, "CORS-preflight fetch", step 7). The order of the checks is
 * Chromium's: the standard joins the check of the origin and that of the status, and only the message depends on it.
 */
export function preflightCheck(answer: Answers['preflight'], url: URL, asked: Asked, profile: Profile): Refusal | undefined {
  if (answer === null || answer.drop || !isReadable(answer.headers)) return { reason: 'preflight-network-error' };
  const location = locationOf(answer, url);
  // Chromium's network gives up on an address that cannot be read.
  if (location === null && profile === 'chromium') return { reason: 'preflight-network-error' };
  if (location !== undefined) return { reason: 'preflight-redirect' };
  // With the credentials mode of the request to come, though the preflight itself carries none.
  const refused = corsCheck(answer.headers, asked.origin, asked.withCredentials);
  if (refused) return { ...refused, reason: `preflight-${refused.reason}` };
  // Fetch, "ok status".
  if (answer.status < 200 || answer.status > 299) return { reason: 'preflight-status' };
  return allowances(answer, asked, profile);
}

function allowances({ headers }: Answer, asked: Asked, profile: Profile): Refusal | undefined {
  const methods = listOf(headers, 'access-control-allow-methods');
  if (!methods) return { reason: 'acam-syntax' };
  const names = listOf(headers, 'access-control-allow-headers');
  if (!names) return { reason: 'acah-syntax' };
  if (!coversMethod(methods, asked)) return { reason: 'method-not-allowed', value: asked.method };
  const allowed = new Set(names.map((name) => name.toLowerCase()));
  // Beside credentials `*` is a name like any other.
  const wildcard = allowed.has('*') && !asked.withCredentials;
  const missing = asked.names.filter((name) => !allowed.has(name));
  if (missing.length > 0 && !wildcard) return { reason: 'header-not-allowed', names: missing };
  // Fetch, "CORS non-wildcard request-header name": Authorization, in the standard; no browser goes by it yet.
  if (profile === 'standard' && missing.includes('authorization'))
    return { reason: 'authorization-not-covered-by-wildcard', names: ['authorization'] };
  return undefined;
}

/** Methods are compared byte by byte; the safelisted ones need no listing, and `*` is a name beside credentials. */
const coversMethod = (methods: readonly string[], { method, withCredentials }: Asked): boolean =>
  methods.includes(method) || isSafelistedMethod(method) || (methods.includes('*') && !withCredentials);
