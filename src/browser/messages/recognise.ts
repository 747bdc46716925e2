import type { CheckReason, Reason } from '../reasons.ts';

/** What a message of a browser's console tells. */
export interface Recognised {
  readonly browser: 'Chromium' | 'Firefox' | 'Safari' | 'any browser';
  /** Why, in our words: several where the browser says the same of them; none where the text tells nothing. */
  readonly reasons: readonly Reason[];
  readonly url?: string;
  readonly origin?: string;
  readonly method?: string;
  /** A request header. */
  readonly header?: string;
  /** The value of the response header at fault. */
  readonly value?: string;
}

/** Longer than any message; what follows is a stack trace. */
const LONGEST = 4000;

type Known = readonly [RegExp, ...Reason[]];

const CHROMIUM_CHECKS: readonly (readonly [RegExp, CheckReason])[] = [
  [/No 'Access-Control-Allow-Origin' header is present/i, 'acao-missing'],
  [/'Access-Control-Allow-Origin' header contains multiple values '(?<value>[^']{0,1000})/i, 'acao-multiple'],
  [/'Access-Control-Allow-Origin' header contains the invalid value '(?<value>[^']{0,1000})/i, 'acao-invalid'],
  [/'Access-Control-Allow-Origin' header has a value '(?<value>[^']{0,1000})/i, 'acao-mismatch'],
  [/'Access-Control-Allow-Origin' header in the response must not be the wildcard/i, 'acao-wildcard-with-credentials'],
  [/'Access-Control-Allow-Credentials' header in the response is '(?<value>[^']{0,1000})/i, 'acac-not-true'],
];

const CHROMIUM: readonly Known[] = [
  [/doesn't pass access control check: It does not have HTTP ok status/i, 'preflight-status'],
  [/Redirect is not allowed for a preflight request/i, 'preflight-redirect'],
  [/Cannot parse Access-Control-Allow-Methods/i, 'acam-syntax'],
  [/Cannot parse Access-Control-Allow-Headers/i, 'acah-syntax'],
  [/Method (?<method>\S{1,100}) is not allowed by Access-Control-Allow-Methods in preflight/i, 'method-not-allowed'],
  [
    /Request header field authorization is not allowed by Access-Control-Allow-Headers in/i,
    'header-not-allowed',
    'authorization-not-covered-by-wildcard',
  ],
  [/Request header field (?<header>\S{1,200}) is not allowed by Access-Control-Allow-Headers in/i, 'header-not-allowed'],
  [/Redirect location '[^']{0,2000}' contains a username and password/i, 'redirect-url-has-credentials'],
  [/Cross origin requests are only supported for protocol schemes/i, 'redirect-bad-scheme'],
  [/'(?<method>[^']{0,100})' HTTP method is unsupported/i, 'forbidden-method'],
  [/'(?<method>[^']{0,100})' is not a valid HTTP method/i, 'invalid-method'],
  [/cannot be constructed from a URL that includes credentials/i, 'url-has-credentials'],
  [/Request mode is ["']same-origin["']/i, 'mode-same-origin'],
  [/URL scheme ["'](?<value>[^"']{0,100})["'] is not supported/i, 'unsupported-scheme'],
  [/Mixed Content: The page at/i, 'mixed-content'],
  [/net::ERR_(?:INVALID_REDIRECT|RESPONSE_HEADERS_MULTIPLE_LOCATION)/, 'redirect-bad-location'],
  [/net::ERR_TOO_MANY_REDIRECTS/, 'too-many-redirects'],
  [/net::ERR_(?:UNSAFE_REDIRECT|UNKNOWN_URL_SCHEME)/, 'redirect-bad-scheme'],
  [/net::ERR_[A-Z_]{1,60}/, 'network-error', 'preflight-network-error', 'redirect-mode-error'],
];

/** An answer and a preflight's are called the same. */
const both = (reason: CheckReason): [Reason, Reason] => [reason, `preflight-${reason}`];

/** Firefox 153, read off its console (test/browser/firefox.json). */
const FIREFOX: readonly Known[] = [
  [/Reason: CORS header 'Access-Control-Allow-Origin' missing/i, ...both('acao-missing')],
  [
    /Reason: CORS header 'Access-Control-Allow-Origin' does not match '(?<value>[^']{0,1000})/i,
    ...both('acao-mismatch'),
    ...both('acao-invalid'),
    ...both('acao-multiple'),
  ],
  [/Reason: Multiple CORS header 'Access-Control-Allow-Origin' not allowed/i, ...both('acao-multiple')],
  [/Reason: Credential is not supported if the CORS header/i, ...both('acao-wildcard-with-credentials')],
  [/Reason: expected 'true' in CORS header 'Access-Control-Allow-Credentials'/i, ...both('acac-not-true')],
  [/Reason: Did not find method in CORS header/i, 'method-not-allowed'],
  [
    /Reason: header '(?<header>[^']{1,200})' is not allowed according to header/i,
    'header-not-allowed',
    'authorization-not-covered-by-wildcard',
  ],
  [/Reason: invalid token '(?<value>[^']{0,1000})' in CORS header 'Access-Control-Allow-Methods'/i, 'acam-syntax'],
  [/Reason: invalid token '(?<value>[^']{0,1000})' in CORS header 'Access-Control-Allow-Headers'/i, 'acah-syntax'],
  [/Reason: CORS preflight response did not succeed/i, 'preflight-status', 'preflight-redirect', 'preflight-network-error'],
  [/Reason: CORS request external redirect not allowed/i, 'preflight-redirect'],
  [/Reason: CORS request not http/i, 'unsupported-scheme'],
  [
    /Reason: CORS request did not succeed/i,
    'network-error',
    'redirect-url-has-credentials',
    'preflight-network-error',
    'redirect-mode-error',
    'redirect-bad-scheme',
    'redirect-bad-location',
    'too-many-redirects',
  ],
  [/Blocked loading mixed active content/i, 'mixed-content'],
  [/Window\.fetch: Invalid request method (?<method>\S{1,100})/i, 'forbidden-method', 'invalid-method'],
  [/is an url with embedded credentials/i, 'url-has-credentials'],
  [/Security Error: Content at .{0,2000} may not load data from/i, 'mode-same-origin'],
];

/** Safari's, from WebKit's source (CrossOriginAccessControl.cpp, CrossOriginPreflightResultCache.cpp); nobody has run it here. */
const SAFARI: readonly Known[] = [
  [
    /Origin (?<origin>\S{1,300}) is not allowed by Access-Control-Allow-Origin/i,
    ...both('acao-missing'),
    ...both('acao-mismatch'),
    ...both('acao-invalid'),
  ],
  [/Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true/i, ...both('acao-wildcard-with-credentials')],
  [/Access-Control-Allow-Origin cannot contain more than one origin/i, ...both('acao-multiple')],
  [/Credentials flag is true, but Access-Control-Allow-Credentials is not/i, ...both('acac-not-true')],
  [/Preflight response is not successful/i, 'preflight-status', 'preflight-redirect'],
  [/Header Access-Control-Allow-Methods has an invalid value: (?<value>\S{0,1000})/i, 'acam-syntax'],
  [/Header Access-Control-Allow-Headers has an invalid value: (?<value>\S{0,1000})/i, 'acah-syntax'],
  [/Method (?<method>\S{1,100}) is not allowed by Access-Control-Allow-Methods/i, 'method-not-allowed'],
  [
    /Request header field (?<header>\S{1,200}) is not allowed by Access-Control-Allow-Headers/i,
    'header-not-allowed',
    'authorization-not-covered-by-wildcard',
  ],
  [/not allowed to follow a cross-origin CORS redirection with non CORS scheme/i, 'redirect-bad-scheme'],
  [/redirection URL \S{0,2000} has credentials/i, 'redirect-url-has-credentials'],
];

/** What scripts see, or the last line of several, and the word of a library: nothing about the cause. */
const NOTHING: readonly RegExp[] = [
  /Failed to fetch/i,
  /NetworkError when attempting to fetch resource/i,
  /\bLoad failed\b/i,
  /\bNetwork Error\b/i,
  /due to access control checks/i,
  /blocked by CORS policy/i,
  /Cross-Origin Request Blocked/i,
];

/** What a pasted message says; undefined where it is none that is known. Never throws, whatever is pasted. */
export function recognise(pasted: string): Recognised | undefined {
  const text = pasted.slice(0, LONGEST).replaceAll(/[‘’`]/g, "'").replaceAll(/[“”]/g, '"').replaceAll(/\s+/g, ' ');
  const isPreflight = /Response to preflight request/i.test(text);
  for (const [pattern, reason] of CHROMIUM_CHECKS) {
    const match = pattern.exec(text);
    if (match) return told('Chromium', [isPreflight ? `preflight-${reason}` : reason], text, match);
  }
  for (const [browser, table] of [
    ['Chromium', CHROMIUM],
    ['Firefox', FIREFOX],
    ['Safari', SAFARI],
  ] as const)
    for (const [pattern, ...reasons] of table) {
      const match = pattern.exec(text);
      if (match) return told(browser, reasons, text, match);
    }
  return NOTHING.some((pattern) => pattern.test(text)) ? told('any browser', [], text) : undefined;
}

const URLS = [
  /Access to \S{1,30} at '(?<url>[^'\s]{1,2000})/,
  /remote resource at '?(?<url>[a-z][^\s']{1,2000}?)'?\.? \(Reason/i,
  /cannot load (?<url>[^\s]{1,2000}?)\.? (?:due to|Request mode|URL scheme)/i,
  /insecure resource '(?<url>[^'\s]{1,2000})/,
  /includes credentials: (?<url>\S{1,2000})/,
];

function told(browser: Recognised['browser'], reasons: readonly Reason[], text: string, match?: RegExpExecArray): Recognised {
  const first = (patterns: readonly RegExp[], name: string): string | undefined =>
    patterns.map((pattern) => pattern.exec(text)?.groups?.[name]).find((found) => found !== undefined);
  const url = first(URLS, 'url');
  const origin = first([/from origin '(?<origin>[^'\s]{1,300})/], 'origin');
  const header = reasons.includes('authorization-not-covered-by-wildcard') ? { header: 'authorization' } : {};
  const named = Object.fromEntries(Object.entries(match?.groups ?? {}).filter(([, value]) => value !== undefined));
  return { browser, reasons, ...(url !== undefined && { url }), ...(origin !== undefined && { origin }), ...header, ...named };
}
