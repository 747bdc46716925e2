import { isForbiddenMethod } from './methods.ts';
import type { Header, Profile } from './types.ts';

/** Whether a preflight has to allow a header before a page may send it. No page sends those that a proxy on the way adds. */
export const needsAllowing = (name: string): boolean => !isSafelisted(name) && !isForbidden(name) && !ADDED_ON_THE_WAY.test(name);

/** The browser's own, the load balancer's, and what AWS puts in front: an authorizer may read them, a page does not write them. */
const ADDED_ON_THE_WAY = /^(?:user-agent|(?:x-forwarded|x-amzn|cloudfront)-.*)$/i;

/**
 * Headers that a page may always send, so that no preflight has to allow them (Fetch, "CORS-safelisted request-header").
 * `Content-Type` and `Range` are safelisted for some values only, and are not among them.
 */
const isSafelisted = (name: string): boolean => SAFELISTED.has(name.toLowerCase());

const SAFELISTED = new Set(['accept', 'accept-language', 'content-language']);

/** Headers that no page can set: the browser writes them itself, or drops them (Fetch, "forbidden request-header"). */
const isForbidden = (name: string): boolean => FORBIDDEN.has(name.toLowerCase()) || /^(?:proxy|sec)-/i.test(name);

/** Whether a header that a script sets is silently left out (Fetch, "forbidden request-header"): one that smuggles a forbidden method is, too. */
export const isDropped = ([name, value]: Header, profile: Profile): boolean =>
  isForbidden(name) ||
  (OVERRIDES.test(name) && value.split(',').some((method) => isForbiddenMethod(method.trim()))) ||
  (profile === 'chromium' && name.toLowerCase() === 'user-agent');

const OVERRIDES = /^x-(?:http-method|http-method-override|method-override)$/i;

const FORBIDDEN = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

/** The headers of an answer that browsers read (Fetch, "CORS protocol"). */
export const RESPONSE_HEADERS: readonly string[] = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
];

export const isCorsResponseHeader = (name: string): boolean => RESPONSE_HEADERS.some((one) => one.toLowerCase() === name.toLowerCase());

/** Whether a name looks like one of them and is none: 'Acces-Control-Allow-Origin'. Those of private network access, and what a browser sends, are right. */
export const looksLikeResponseHeader = (name: string): boolean =>
  !isCorsResponseHeader(name) &&
  /^a\w{2,8}-?c\w{3,8}-/i.test(name) &&
  !/^access-control-(?:allow-(?:private|local)-network|request-[\w-]+)$/i.test(name);
