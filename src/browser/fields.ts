import { isToken } from './tokens.ts';
import type { Header } from './types.ts';

/** The blanks that are no part of a header's value (Fetch, "normalize" a byte sequence; HTTP tab or space). */
const trimmed = (value: string): string => value.replace(/^[\t ]+|[\t ]+$/g, '');

/** The values of a header, line by line, without the blanks around them. The name in lower case. */
export function linesOf(headers: readonly Header[], name: string): string[] {
  return headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => trimmed(value));
}

/**
 * A header's value, its lines joined (Fetch, "get" a header): so one that is sent twice equals neither of its lines.
 * The name in lower case. Undefined where there is none.
 */
export function valueOf(headers: readonly Header[], name: string): string | undefined {
  const lines = linesOf(headers, name);
  return lines.length === 0 ? undefined : lines.join(', ');
}

/**
 * The tokens that a header lists (Fetch, "extract header list values"; RFC 9110, "Lists"): parted at commas, empty ones skipped.
 * One that is no token spoils the whole header, which is undefined then. Without the header the list is empty. The name in lower case.
 */
export function listOf(headers: readonly Header[], name: string): string[] | undefined {
  const elements = linesOf(headers, name)
    .flatMap((line) => line.split(',').map(trimmed))
    .filter((element) => element !== '');
  return elements.every(isToken) ? elements : undefined;
}

/** A NUL makes no header, and the whole answer is thrown away (Fetch, "header value"). */
export const isReadable = (headers: readonly Header[]): boolean => !headers.some(([, value]) => value.includes('\0'));
