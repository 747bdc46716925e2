import { hasStrayQuotes } from './origins.ts';
import { isToken } from './tokens.ts';

/** Methods that a browser sends, and the gateways route. */
const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Those that a preflight has to list: GET, HEAD and POST pass without (Fetch, "CORS-safelisted method"), and no page sends OPTIONS. */
export const NEED_LISTING: readonly string[] = ['PUT', 'PATCH', 'DELETE'];

/** Whether a method needs no preflight, and no listing in one (Fetch, "CORS-safelisted method"). */
export const isSafelistedMethod = (method: string): boolean => /^(?:GET|HEAD|POST)$/.test(method);

/** Whether `fetch` throws rather than send it (Fetch, "forbidden method"). */
export const isForbiddenMethod = (method: string): boolean => /^(?:CONNECT|TRACE|TRACK)$/i.test(method);

/** The method as it is sent (Fetch, "normalize" a method): `patch` is among those that stay as they are. */
export const normalised = (method: string): string =>
  /^(?:DELETE|GET|HEAD|OPTIONS|POST|PUT)$/i.test(method) ? method.toUpperCase() : method;

/** What is wrong with an entry of Access-Control-Allow-Methods. */
export interface MethodFault {
  /** `token`: no name at all, with which browsers drop the whole list; `any`: API Gateway's word for all; `name`: a case or spelling that no browser sends. */
  readonly kind: 'token' | 'any' | 'name';
  /** The methods that it keeps out, of those that have to be listed: mended, it would let them in. */
  readonly meant: readonly string[];
  /** What to do, a clause: 'Write PUT, or remove it'. */
  readonly way: string;
}

/** The candidate that a word was probably meant to be. */
type Near = (word: string, candidates: readonly string[]) => string | undefined;

/** Undefined for what is fine, and for what another rule tells of: quotes within the value. TRACE and CONNECT are names, although no page can send them. */
export function methodFault(entry: string, near: Near): MethodFault | undefined {
  if (entry === '' || entry === '*' || hasStrayQuotes(entry) || METHODS.includes(entry) || /^(?:TRACE|CONNECT)$/.test(entry))
    return undefined;
  if (!isToken(entry))
    return { kind: 'token', meant: NEED_LISTING.filter((method) => entry.includes(method)), way: 'Put commas between the methods' };
  if (/^(?:any|all)$/i.test(entry)) return { kind: 'any', meant: NEED_LISTING, way: 'Write * or the methods themselves' };
  const meant = near(entry, METHODS);
  return meant === undefined
    ? { kind: 'name', meant: [], way: 'Remove it' }
    : { kind: 'name', meant: NEED_LISTING.filter((method) => method === meant), way: `Write ${meant}, or remove it` };
}
