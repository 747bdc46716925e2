import { COLON, DASH, GREATER, PIPE, QUESTION } from '../codes.ts';
import type { LocatedEntry, LocatedScalar } from '../located.ts';
import type { DocPath, Location } from '../location.ts';
import { blockText } from './block-text.ts';
import type { Cursor } from './cursor.ts';
import { isFlow, isQuote, plainEnd, plainValue, quotedEnd, quotedValue } from './text.ts';
import { Unusual } from './unusual.ts';
import { scalarOf } from './written.ts';

/** YAML's own bound is 1024, and from where it counts is a fine point. */
const MAX_KEY = 1000;
/** No plain text begins so. */
const STRANGE = '!&*|>%@`#';

/** Where the quoted or plain text that begins here ends in its line. */
export function textEnd(cursor: Cursor): number {
  const { text, offset, level } = cursor;
  const code = text.charCodeAt(offset);
  if (isQuote(code)) return quotedEnd(text, offset);
  if (Number.isNaN(code) || isFlow(code) || STRANGE.includes(text.charAt(offset))) throw new Unusual();
  const isSign = code === DASH || code === QUESTION || code === COLON;
  if (isSign && (cursor.isEmpty(offset + 1) || (level > 0 && isFlow(text.charCodeAt(offset + 1))))) throw new Unusual();
  return plainEnd(text, offset, level > 0);
}

/** A text in one line, quoted or plain. */
export function scalar(cursor: Cursor, path: DocPath, tag: string | undefined): LocatedScalar {
  const start = cursor.offset;
  const end = textEnd(cursor);
  const source = cursor.text.slice(start, end);
  const plain = !isQuote(cursor.code());
  const text = plain ? source : quotedValue(source);
  cursor.offset = end;
  return scalarOf(cursor.place(path, start, end), tag, plain, plain && tag === undefined ? plainValue(text) : text);
}

/** The key of a map, and its colon. */
export function key(cursor: Cursor, path: DocPath, entries: ReadonlyMap<string, LocatedEntry>): Location {
  const start = cursor.offset;
  const end = textEnd(cursor);
  const name = nameOf(cursor.text.slice(start, end));
  cursor.offset = end;
  cursor.pastSpaces();
  if (cursor.code() !== COLON || end - start > MAX_KEY || entries.has(name)) throw new Unusual();
  cursor.offset += 1;
  return cursor.place([...path, name], start, end);
}

function nameOf(source: string): string {
  if (isQuote(source.charCodeAt(0))) return quotedValue(source);
  if (source === '<<') throw new Unusual();
  const value = plainValue(source);
  return typeof value === 'number' ? source : String(value);
}

/** The text under a `|` or `>` that belongs to what stands in column `parent`. */
export function blockScalar(cursor: Cursor, parent: number, path: DocPath, tag: string | undefined): LocatedScalar {
  const start = cursor.offset;
  const isFolded = cursor.code() === GREATER;
  cursor.offset += 1;
  const isStripped = cursor.code() === DASH;
  if (isStripped) cursor.offset += 1;
  cursor.toLineEnd();
  const { value, end, next } = blockText(cursor.text, cursor.offset, parent, isFolded);
  cursor.toLine(next);
  return scalarOf(cursor.place(path, start, end), tag, false, isStripped ? value : `${value}\n`);
}

export const isBlockScalar = (code: number): boolean => code === PIPE || code === GREATER;
