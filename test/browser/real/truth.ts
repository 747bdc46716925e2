import type { Reason } from '../../../src/browser/reasons.ts';
import type { Answers, PageRequest } from '../../../src/browser/types.ts';
import type { Failure } from './chromium.ts';
import type { Told } from './page.ts';
import type { Log } from './server.ts';

/** The reasons that Chromium has a code for (`Network.CorsError` of the DevTools protocol). */
const CODES = {
  MissingAllowOriginHeader: 'acao-missing',
  MultipleAllowOriginValues: 'acao-multiple',
  InvalidAllowOriginValue: 'acao-invalid',
  AllowOriginMismatch: 'acao-mismatch',
  WildcardOriginNotAllowed: 'acao-wildcard-with-credentials',
  InvalidAllowCredentials: 'acac-not-true',
  PreflightMissingAllowOriginHeader: 'preflight-acao-missing',
  PreflightMultipleAllowOriginValues: 'preflight-acao-multiple',
  PreflightInvalidAllowOriginValue: 'preflight-acao-invalid',
  PreflightAllowOriginMismatch: 'preflight-acao-mismatch',
  PreflightWildcardOriginNotAllowed: 'preflight-acao-wildcard-with-credentials',
  PreflightInvalidAllowCredentials: 'preflight-acac-not-true',
  PreflightInvalidStatus: 'preflight-status',
  PreflightDisallowedRedirect: 'preflight-redirect',
  InvalidAllowMethodsPreflightResponse: 'acam-syntax',
  InvalidAllowHeadersPreflightResponse: 'acah-syntax',
  MethodDisallowedByPreflightResponse: 'method-not-allowed',
  HeaderDisallowedByPreflightResponse: 'header-not-allowed',
  RedirectContainsCredentials: 'redirect-url-has-credentials',
  DisallowedByMode: 'mode-same-origin',
} as const satisfies Record<string, Reason>;

/** What it tells in other ways: what is thrown, printed, or an error of the network. First match. */
const SIGNS: readonly (readonly [RegExp, Reason])[] = [
  [/includes credentials/, 'url-has-credentials'],
  [/not a valid HTTP method/, 'invalid-method'],
  [/HTTP method is unsupported/, 'forbidden-method'],
  [/Mixed Content/, 'mixed-content'],
  [/Request mode is "same-origin"|Unsafe attempt to load URL/, 'mode-same-origin'],
  [/redirect mode is not "follow"/, 'redirect-mode-error'],
  [/URL scheme "\w+" is not supported/, 'unsupported-scheme'],
  [/only supported for protocol schemes/, 'redirect-bad-scheme'],
  [/ERR_TOO_MANY_REDIRECTS/, 'too-many-redirects'],
  [/ERR_UNSAFE_REDIRECT|ERR_UNKNOWN_URL_SCHEME/, 'redirect-bad-scheme'],
  [/ERR_INVALID_REDIRECT|ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION/, 'redirect-bad-location'],
];

interface Observed {
  readonly told: Told;
  readonly failure: Failure;
  readonly log: Log;
}

/** Why a load failed, in our words; undefined where nothing tells. */
function reasonOf({ request, response }: Answers & { request: PageRequest }, { told, failure, log }: Observed): string | null {
  if (told.ok) return null;
  const { corsError } = failure;
  if (corsError !== undefined && corsError in CODES) return CODES[corsError as keyof typeof CODES];
  if (told.name === 'AbortError') return 'no answer in time';
  const said = [told.message, failure.blockedReason === 'mixed-content' ? 'Mixed Content' : '', failure.errorText, ...failure.console].join(
    '\n',
  );
  const sign = SIGNS.find(([pattern]) => pattern.test(said));
  const asked = new Set(log.requests.map(({ hop }) => hop));
  const isPreflight = log.preflights.some(({ hop }) => !asked.has(hop));
  if (sign && !isPreflight) return sign[1];
  // Three that it says nothing about: what was asked for tells.
  const answered = JSON.stringify(response);
  if (failure.errorText === 'net::ERR_ABORTED' && /"Location","(?:[a-z]+:)?\/\/[^/"]*@/i.test(answered))
    return 'redirect-url-has-credentials';
  if (failure.errorText === undefined && /"Location","(?!https?:)[a-z-]+:/i.test(answered)) return 'redirect-bad-scheme';
  if (request.redirect === 'error' && log.requests.length > 0 && failure.errorText === 'net::ERR_FAILED') return 'redirect-mode-error';
  return isPreflight ? 'preflight-network-error' : 'network-error';
}

/** What really happened, in the shape of the table. */
export function truthOf(one: Answers & { request: PageRequest }, observed: Observed): object {
  const { told, log } = observed;
  const [first] = log.preflights;
  return {
    ok: told.ok,
    reason: reasonOf(one, observed),
    // Chromium repeats a preflight after a 408 or an empty answer: servers count, not requests.
    preflights: new Set(log.preflights.map(({ hop }) => hop)).size,
    reachesServer: log.requests.length > 0,
    ...(first && { acrm: first.acrm, acrh: first.acrh ?? null }),
    ...(told.ok && {
      type: told.type,
      exposedHeaders: [...new Set(told.headers)].filter((name) => name !== 'content-length' || setsLength(one)).toSorted(),
      ...(told.type === 'cors' && { finalOrigin: log.requests.at(-1)?.origin }),
    }),
  };
}

/** Whether the last answer of a case has a Content-Length of its own: the server adds one otherwise. */
function setsLength({ response }: Answers): boolean {
  if (response === null || response.drop) return false;
  return response.next?.response ? setsLength(response.next) : response.headers.some(([name]) => name.toLowerCase() === 'content-length');
}
