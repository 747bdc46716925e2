import { isCorsResponseHeader, RESPONSE_HEADERS } from '../browser/headers.ts';
import { nearest } from '../value/nearest.ts';

/** Others that begin alike, and are no misspelling: of private network access, and what a browser sends. */
const ALIKE = /^access-control-(?:allow-(?:private|local)-network|request-[\w-]+)$/i;

/** The CORS header that a misspelt one stands for: a letter or two away ('Acces-Control-Allow-Origin'), or with a plural or a word missing. */
export function meantHeader(name: string): string | undefined {
  if (isCorsResponseHeader(name) || ALIKE.test(name) || !/^a\w{2,8}-?c\w{3,8}-/i.test(name)) return undefined;
  return nearest(name, RESPONSE_HEADERS);
}
