import {
  APOSTROPHE,
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_MAP,
  COLON,
  COMMA,
  DASH,
  DOT,
  HASH,
  NEWLINE,
  NINE,
  OPEN_LIST,
  OPEN_MAP,
  PLUS,
  QUOTE,
  RETURN,
  SPACE,
  ZERO,
} from '../codes.ts';
import type { LocatedScalar } from '../located.ts';
import { Unusual } from './unusual.ts';

/** Where a plain text ends in its line: before `: ` and ` #`, between brackets also before brackets and commas. */
export function plainEnd(text: string, start: number, inBrackets: boolean): number {
  let end = start;
  for (let offset = start; ; offset += 1) {
    const code = text.charCodeAt(offset);
    // Nearly all are letters, which are none of what is looked for.
    if (code > COLON && !(inBrackets && isFlow(code))) end = offset + 1;
    else if (code === SPACE) {
      if (text.charCodeAt(offset + 1) === HASH) return end;
    } else if (code === COLON) {
      const next = text.charCodeAt(offset + 1);
      if (next === SPACE || isBreak(next) || (inBrackets && isFlow(next))) return end;
      end = offset + 1;
    } else if (isBreak(code) || (inBrackets && isFlow(code))) return end;
    else end = offset + 1;
  }
}

const isBreak = (code: number): boolean => code === NEWLINE || code === RETURN || Number.isNaN(code);

/** Whether it divides what stands between brackets. */
export const isFlow = (code: number): boolean =>
  code === COMMA || code === OPEN_LIST || code === CLOSE_LIST || code === OPEN_MAP || code === CLOSE_MAP;

const WORDS = new Map<string, boolean | null>([
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);
const NUMBER = /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\da-fA-F]+)$/;
const NO_NUMBER = /^[-+]?\.(?:inf|nan)$/i;

/** What a plain text is by YAML 1.2 core. */
export function plainValue(source: string): LocatedScalar['value'] {
  const code = source.charCodeAt(0);
  if (code === PLUS || code === DASH || code === DOT || (code >= ZERO && code <= NINE)) {
    if (NO_NUMBER.test(source)) throw new Unusual();
    return NUMBER.test(source) ? Number(source) : source;
  }
  const word = source.length > 5 ? undefined : WORDS.get(source);
  return word === undefined ? source : word;
}

export const isQuote = (code: number): boolean => code === QUOTE || code === APOSTROPHE;

/** After the quote that closes the one at `start`, in the same line. */
export function quotedEnd(text: string, start: number): number {
  const quote = text.charCodeAt(start);
  for (let offset = start + 1; ; offset += 1) {
    const code = text.charCodeAt(offset);
    if (code === quote) {
      if (quote === QUOTE || text.charCodeAt(offset + 1) !== quote) return offset + 1;
      offset += 1;
    } else if (code === BACKSLASH && quote === QUOTE) offset += 1;
    else if (isBreak(code)) throw new Unusual();
  }
}

export function quotedValue(source: string): string {
  const inner = source.slice(1, -1);
  if (source.charCodeAt(0) === APOSTROPHE) return inner.includes("'") ? inner.replaceAll("''", "'") : inner;
  if (!inner.includes('\\')) return inner;
  try {
    // JSON's escapes are YAML's too; YAML has some more.
    return String(JSON.parse(source));
  } catch {
    throw new Unusual();
  }
}

/** Whether the text before `offset` is the key of a map. */
export function isColon(text: string, offset: number): boolean {
  let colon = offset;
  while (text.charCodeAt(colon) === SPACE) colon += 1;
  const next = text.charCodeAt(colon + 1);
  return text.charCodeAt(colon) === COLON && (next === SPACE || isBreak(next));
}
