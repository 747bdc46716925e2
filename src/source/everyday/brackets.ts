import { CLOSE_LIST, CLOSE_MAP, COMMA, OPEN_LIST, OPEN_MAP } from '../codes.ts';
import { MAX_DEPTH } from '../limits.ts';
import type { Located, LocatedEntry, LocatedList, LocatedMap } from '../located.ts';
import type { DocPath } from '../location.ts';
import type { Cursor } from './cursor.ts';
import { key, scalar } from './scalar.ts';
import { Unusual } from './unusual.ts';
import { listOf, mapOf } from './written.ts';

export const isBracket = (code: number): boolean => code === OPEN_LIST || code === OPEN_MAP;

/** A list or map in brackets, which belongs to what stands in column `parent`. */
export function bracketed(cursor: Cursor, parent: number, path: DocPath, tag: string | undefined): LocatedList | LocatedMap {
  if (path.length >= MAX_DEPTH) throw new Unusual();
  const start = cursor.offset;
  const isList = cursor.code() === OPEN_LIST;
  cursor.level += 1;
  next(cursor, parent);
  const inner = isList ? items(cursor, parent, path) : entriesOf(cursor, parent, path);
  cursor.level -= 1;
  cursor.offset += 1;
  const at = cursor.place(path, start, cursor.offset);
  return 'size' in inner ? mapOf(at, tag, false, inner) : listOf(at, tag, false, inner);
}

function items(cursor: Cursor, parent: number, path: DocPath): readonly Located[] {
  const found: Located[] = [];
  while (cursor.code() !== CLOSE_LIST) {
    found.push(value(cursor, parent, [...path, found.length]));
    pastComma(cursor, parent, CLOSE_LIST);
  }
  return found;
}

function entriesOf(cursor: Cursor, parent: number, path: DocPath): ReadonlyMap<string, LocatedEntry> {
  const entries = new Map<string, LocatedEntry>();
  while (cursor.code() !== CLOSE_MAP) {
    const at = key(cursor, path, entries);
    toContent(cursor, parent);
    entries.set(String(at.path.at(-1)), { key: at, value: value(cursor, parent, at.path) });
    pastComma(cursor, parent, CLOSE_MAP);
  }
  return entries;
}

function value(cursor: Cursor, parent: number, path: DocPath): Located {
  const tag = cursor.tag();
  return isBracket(cursor.code()) ? bracketed(cursor, parent, path, tag) : scalar(cursor, path, tag);
}

function pastComma(cursor: Cursor, parent: number, close: number): void {
  toContent(cursor, parent);
  if (cursor.code() === COMMA) next(cursor, parent);
  else if (cursor.code() !== close) throw new Unusual();
}

/** Past a bracket or comma, to what follows. */
function next(cursor: Cursor, parent: number): void {
  cursor.offset += 1;
  toContent(cursor, parent);
}

/** Each line must be indented more than what they belong to; the bracket that ends all of it need not. */
function toContent(cursor: Cursor, parent: number): void {
  if (!cursor.toContent()) return;
  const column = cursor.column();
  const code = cursor.code();
  const isEnd = cursor.level === 1 && (code === CLOSE_LIST || code === CLOSE_MAP);
  if (column < parent || (column === parent && !isEnd)) throw new Unusual();
}
