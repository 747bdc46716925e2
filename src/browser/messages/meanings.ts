import type { Reason } from '../reasons.ts';

/** A reason in plain words: what has happened, what to do about it, and the rules that find it in a template. */
export interface Meaning {
  readonly what: string;
  readonly remedy: string;
  readonly rules: readonly string[];
}

const of = (what: string, remedy: string, ...rules: string[]): Meaning => ({ what, remedy, rules });

const MISSING = of(
  'The answer has no Access-Control-Allow-Origin header, so the page may not read it. An error often shows this way: API Gateway words it without CORS headers, and the real status is in the Network tab.',
  'Send the header with every answer, errors included: from the function if it is a proxy integration, and from gateway responses (DEFAULT_4XX, DEFAULT_5XX).',
  'missing-handler-cors',
  'missing-integration-response-cors',
  'missing-gateway-response-cors',
  'inert-cors',
  'undeclared-response-header',
  'ignored-cors-headers',
  'detached-gateway-response',
);
const NO_PREFLIGHT = of(
  'Before the request the browser asked with OPTIONS (the preflight), and that answer has no Access-Control-Allow-Origin header: nothing answers the preflight, or an error does.',
  'Turn CORS on for this path, so that API Gateway answers OPTIONS, and leave OPTIONS without an authorizer.',
  'missing-cors',
  'authenticated-preflight',
  'route-catches-preflight',
  'broken-mock-preflight',
  'missing-integration-response-cors',
  'inert-cors',
  'cloudfront-blocks-cors',
  'stale-deployment',
);
const MULTIPLE = of(
  'Access-Control-Allow-Origin names several origins, or stands there twice. Browsers take one.',
  'Set it in one place, to "*" or to the one origin that asks.',
  'duplicate-cors-headers',
  'multiple-origins-in-header',
  'conflicting-cors-on-path',
  'credentials-with-origin-list',
);
const INVALID = of(
  'Access-Control-Allow-Origin holds what is no origin.',
  'Write scheme, host and port alone, as in https://app.example.com, without a slash at the end.',
  'malformed-origin',
  'overquoted-literal',
  'unquoted-literal',
  'multiple-origins-in-header',
  'ineffective-wildcard',
);
const MISMATCH = of(
  'Access-Control-Allow-Origin names another origin than that of the page. They must be alike to the letter: scheme, host and port.',
  'Allow the origin of the page, or answer each allowed origin with its own name and with `Vary: Origin`.',
  'inconsistent-origin',
  'malformed-origin',
  'ineffective-wildcard',
  'missing-vary',
  'overquoted-literal',
  'null-origin',
);
const WILDCARD = of(
  'The page sends cookies (credentials: "include"), and the answer allows "*". With credentials, browsers want the origin by name.',
  'Name the origin and send Access-Control-Allow-Credentials: true, or send no credentials from the page.',
  'credentials-with-wildcard-origin',
  'ineffective-wildcard',
  'inconsistent-origin',
);
const CREDENTIALS = of(
  'The page sends cookies (credentials: "include"), and the answer does not say Access-Control-Allow-Credentials: true, in small letters.',
  'Allow credentials on every answer, or send none from the page.',
  'inconsistent-credentials',
  'invalid-credentials-value',
  'credentials-with-wildcard-origin',
);
const HEADER = of(
  'The page sends a header that the preflight does not allow.',
  'Name the header in Access-Control-Allow-Headers of the preflight. "*" is no wildcard for requests with credentials, and never for Authorization by the standard.',
  'missing-auth-headers',
  'missing-sigv4-headers',
  'invalid-allowed-header',
  'ineffective-wildcard',
  'conflicting-cors-on-path',
);
const SYNTAX = 'of the preflight is no list of names with commas between.';
const PAGE = 'Change the call in the page: no setting of the API makes a difference.';
const LOCATION =
  'Answer the request itself, or redirect to a whole http(s) address without a password; call the final address from the page.';

export const MEANINGS: Readonly<Record<Reason, Meaning>> = {
  'acao-missing': MISSING,
  'acao-multiple': MULTIPLE,
  'acao-invalid': INVALID,
  'acao-mismatch': MISMATCH,
  'acao-wildcard-with-credentials': WILDCARD,
  'acac-not-true': CREDENTIALS,
  'preflight-acao-missing': NO_PREFLIGHT,
  'preflight-acao-multiple': MULTIPLE,
  'preflight-acao-invalid': INVALID,
  'preflight-acao-mismatch': MISMATCH,
  'preflight-acao-wildcard-with-credentials': WILDCARD,
  'preflight-acac-not-true': CREDENTIALS,
  'preflight-status': of(
    'The preflight (OPTIONS) was answered with an error, so the request was never sent. An authorizer, a missing OPTIONS route or a broken mock does that.',
    'Let OPTIONS be answered with 200 or 204, without an authorizer or API key.',
    'authenticated-preflight',
    'route-catches-preflight',
    'broken-mock-preflight',
    'binary-preflight',
    'missing-cors',
    'cloudfront-blocks-cors',
  ),
  'preflight-redirect': of(
    'The preflight (OPTIONS) was answered with a redirect, which browsers do not follow: often http to https, a slash at the end, or a login page.',
    'Call the final address, and let OPTIONS be answered there.',
    'authenticated-preflight',
    'cloudfront-blocks-cors',
    'route-catches-preflight',
  ),
  'preflight-network-error': of(
    'The preflight (OPTIONS) got no answer.',
    'See whether the address is right and reachable (curl -i -X OPTIONS …).',
    'hard-coded-api-id',
  ),
  'acam-syntax': of(
    `Access-Control-Allow-Methods ${SYNTAX}`,
    'Write GET,PUT,DELETE.',
    'invalid-allowed-method',
    'overquoted-literal',
    'unquoted-literal',
  ),
  'acah-syntax': of(
    `Access-Control-Allow-Headers ${SYNTAX}`,
    'Write content-type,authorization.',
    'invalid-allowed-header',
    'overquoted-literal',
    'unquoted-literal',
  ),
  'method-not-allowed': of(
    'The preflight does not allow the method of the request.',
    'Name the method in Access-Control-Allow-Methods of this path. It counts in capitals: patch is not PATCH.',
    'method-not-allowed',
    'invalid-allowed-method',
    'ineffective-wildcard',
    'conflicting-cors-on-path',
  ),
  'header-not-allowed': HEADER,
  'authorization-not-covered-by-wildcard': HEADER,
  'redirect-url-has-credentials': of('The answer redirects to an address with a user name and password in it.', LOCATION),
  'redirect-bad-scheme': of('The answer redirects to an address that is neither http nor https.', LOCATION),
  'redirect-bad-location': of('The answer redirects to what is no address.', LOCATION),
  'too-many-redirects': of('The answers redirect in a circle, or more than twenty times.', LOCATION),
  'redirect-mode-error': of('The answer is a redirect, and the page has asked for none (redirect: "error").', LOCATION),
  'forbidden-method': of('Browsers never let a page send CONNECT, TRACE or TRACK.', PAGE),
  'invalid-method': of('That is no name of a method.', PAGE),
  'url-has-credentials': of('The address in the call has a user name or password in it.', PAGE),
  'mode-same-origin': of('The page asks for its own server alone (mode: "same-origin"), and the address is of another.', PAGE),
  'unsupported-scheme': of('The address in the call is neither http nor https.', PAGE),
  'mixed-content': of('A page of https may not call an address of http.', 'Call the API by https.', 'insecure-origin'),
  'network-error': of(
    'There was no answer at all: a wrong address, no connection, a certificate that does not hold, or an extension that blocks. It need not be CORS.',
    'See whether the address is right and reachable (curl -i …).',
    'hard-coded-api-id',
  ),
};
