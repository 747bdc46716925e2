import { listOf } from './fields.ts';
import type { Answer, Header, ResponseType } from './types.ts';

/** Fetch, "CORS-safelisted response-header name". */
const ALWAYS = new Set(['cache-control', 'content-language', 'content-length', 'content-type', 'expires', 'last-modified', 'pragma']);

/** Fetch, "forbidden response-header name": no page reads a cookie off an answer. */
const NEVER = new Set(['set-cookie', 'set-cookie2']);

/** The headers of an answer that the page may read: lower case, sorted, each once (Fetch, "filtered response"). */
export function exposedHeaders({ headers }: Answer, type: ResponseType, withCredentials: boolean): string[] {
  if (type === 'opaque' || type === 'opaqueredirect') return [];
  const present = [...new Set(headers.map(([name]) => name.toLowerCase()))].filter((name) => !NEVER.has(name)).toSorted();
  if (type === 'basic') return present;
  const listed = exposedByList(headers);
  return listed.has('*') && !withCredentials ? present : present.filter((name) => ALWAYS.has(name) || listed.has(name));
}

/** Names that Access-Control-Expose-Headers lists, in lower case. A list with a mistake in it lists nothing, and fails nothing. */
const exposedByList = (headers: readonly Header[]): Set<string> =>
  new Set(listOf(headers, 'access-control-expose-headers')?.map((name) => name.toLowerCase()));
