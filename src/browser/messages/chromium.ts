import type { CheckReason, Reason } from '../reasons.ts';
import type { Blocked } from '../browse.ts';
import type { PageRequest } from '../types.ts';

/** Every text of Chromium that is about CORS begins so. `{api}` is fetch or XMLHttpRequest; `{redirected}` is "(redirected from '…') " or nothing. */
const CORS = "Access to {api} at '{url}' {redirected}from origin '{origin}' has been blocked by CORS policy: ";
const PREFLIGHT = "Response to preflight request doesn't pass access control check: ";
/** Where CORS is not the matter: the network's own word for it is all there is. */
const NETWORK = 'Failed to load resource: net::{error}';
const FETCH = "Failed to execute 'fetch' on 'Window': ";

const CHECKS = {
  'acao-missing': "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  'acao-multiple':
    "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed. Have the server send the header with a valid value.",
  'acao-invalid':
    "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'. Have the server send the header with a valid value.",
  'acao-mismatch':
    "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin. Have the server send the header with a valid value.",
  'acao-wildcard-with-credentials':
    "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
  'acac-not-true':
    "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'.",
} as const satisfies Record<CheckReason, string>;

const HEADER = CORS + 'Request header field {value} is not allowed by Access-Control-Allow-Headers in preflight response.';

/** What Chromium 156 prints for each reason (`cors_error_string.cc`; every one but for `authorization-…` was read off its console). Slots are in braces. */
export const CHROMIUM_TEXTS = {
  'acao-missing': CORS + CHECKS['acao-missing'],
  'acao-multiple': CORS + CHECKS['acao-multiple'],
  'acao-invalid': CORS + CHECKS['acao-invalid'],
  'acao-mismatch': CORS + CHECKS['acao-mismatch'],
  'acao-wildcard-with-credentials': CORS + CHECKS['acao-wildcard-with-credentials'],
  'acac-not-true': CORS + CHECKS['acac-not-true'],
  'preflight-acao-missing': CORS + PREFLIGHT + CHECKS['acao-missing'],
  'preflight-acao-multiple': CORS + PREFLIGHT + CHECKS['acao-multiple'],
  'preflight-acao-invalid': CORS + PREFLIGHT + CHECKS['acao-invalid'],
  'preflight-acao-mismatch': CORS + PREFLIGHT + CHECKS['acao-mismatch'],
  'preflight-acao-wildcard-with-credentials': CORS + PREFLIGHT + CHECKS['acao-wildcard-with-credentials'],
  'preflight-acac-not-true': CORS + PREFLIGHT + CHECKS['acac-not-true'],
  'preflight-status': CORS + PREFLIGHT + 'It does not have HTTP ok status.',
  'preflight-redirect': CORS + PREFLIGHT + 'Redirect is not allowed for a preflight request.',
  'preflight-network-error': NETWORK,
  'acam-syntax': CORS + 'Cannot parse Access-Control-Allow-Methods response header field in preflight response.',
  'acah-syntax': CORS + 'Cannot parse Access-Control-Allow-Headers response header field in preflight response.',
  'method-not-allowed': CORS + 'Method {value} is not allowed by Access-Control-Allow-Methods in preflight response.',
  'header-not-allowed': HEADER,
  'authorization-not-covered-by-wildcard': HEADER,
  'redirect-url-has-credentials':
    CORS + "Redirect location '' contains a username and password, which is disallowed for cross-origin requests.",
  'redirect-bad-scheme': CORS + 'Cross origin requests are only supported for protocol schemes: {schemes}.',
  'redirect-bad-location': NETWORK,
  'too-many-redirects': NETWORK,
  'redirect-mode-error': NETWORK,
  'forbidden-method': FETCH + "'{value}' HTTP method is unsupported.",
  'invalid-method': FETCH + "'{value}' is not a valid HTTP method.",
  'url-has-credentials': FETCH + 'Request cannot be constructed from a URL that includes credentials: {url}',
  'mode-same-origin':
    'Fetch API cannot load {url}. Request mode is "same-origin" but the URL\'s origin is not same as the request origin {origin}.',
  'unsupported-scheme': 'Fetch API cannot load {url}. URL scheme "{value}" is not supported.',
  'mixed-content':
    "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure resource '{url}'. This request has been blocked; the content must be served over HTTPS.",
  'network-error': NETWORK,
} as const satisfies Record<Reason, string>;

/** The net:: error of the reasons that have one of their own. */
const ERRORS: Partial<Record<Reason, string>> = {
  'redirect-bad-location': 'ERR_INVALID_REDIRECT',
  'too-many-redirects': 'ERR_TOO_MANY_REDIRECTS',
};

/** The schemes that Chromium names where it refuses one. */
const SCHEMES = 'chrome, chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app';

/** What Chromium's console says of a blocked request: one line for each text, since of several missing headers it names one. */
export function chromiumTexts(request: PageRequest, outcome: Blocked, api: 'fetch' | 'XMLHttpRequest' = 'fetch'): string[] {
  const slots = new Map([
    ['api', api],
    ['url', outcome.reason === 'redirect-bad-scheme' ? (outcome.value ?? outcome.url) : outcome.url],
    ['origin', request.origin],
    ['page', `${request.origin}/`],
    ['error', ERRORS[outcome.reason] ?? 'ERR_FAILED'],
    ['schemes', SCHEMES],
  ]);
  const first = new URL(request.url).href;
  slots.set('redirected', slots.get('url') === first ? '' : `(redirected from '${first}') `);
  return (outcome.names ?? [outcome.value ?? '']).map((value) =>
    CHROMIUM_TEXTS[outcome.reason].replaceAll(/\{(\w+)\}/g, (_, slot: string) =>
      slot === 'value' ? escaped(value) : (slots.get(slot) ?? ''),
    ),
  );
}

/** The console shows printable ASCII alone. */
const escaped = (value: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are what it is about
  value.replaceAll(/[\u0000-\u001F\u007F-\u00FF]/g, (byte) => `\\u${byte.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
