import { BANG } from '../codes.ts';
import { MAX_DEPTH } from '../limits.ts';
import type { Located, LocatedEntry, LocatedList, LocatedMap } from '../located.ts';
import type { DocPath } from '../location.ts';
import { bracketed, isBracket } from './brackets.ts';
import type { Cursor } from './cursor.ts';
import { blockScalar, isBlockScalar, key, scalar, textEnd } from './scalar.ts';
import { isColon } from './text.ts';
import { Unusual } from './unusual.ts';
import { listOf, mapOf, scalarOf } from './written.ts';

/** Whether a list or map without brackets begins here. */
export function isCollection(cursor: Cursor): boolean {
  if (cursor.isDash()) return true;
  const code = cursor.code();
  if (code === BANG || isBracket(code) || isBlockScalar(code) || cursor.isLineEnd()) return false;
  return isColon(cursor.text, textEnd(cursor));
}

/** One that ends where lines are indented less. Leaves the cursor at what follows. */
export function collection(cursor: Cursor, path: DocPath, tag: string | undefined): LocatedList | LocatedMap {
  if (path.length >= MAX_DEPTH) throw new Unusual();
  return cursor.isDash() ? list(cursor, path, tag) : map(cursor, path, tag);
}

function map(cursor: Cursor, path: DocPath, tag: string | undefined): LocatedMap {
  const start = cursor.offset;
  const indent = cursor.column();
  const entries = new Map<string, LocatedEntry>();
  let end = start;
  do {
    if (cursor.isMarker()) throw new Unusual();
    const at = key(cursor, path, entries);
    if (!cursor.isEmpty(cursor.offset)) throw new Unusual();
    const held = value(cursor, indent, at.path, false);
    entries.set(String(at.path.at(-1)), { key: at, value: held });
    end = held.at.end;
  } while (goesOn(cursor, indent));
  return mapOf(cursor.place(path, start, end), tag, true, entries);
}

function list(cursor: Cursor, path: DocPath, tag: string | undefined): LocatedList {
  const start = cursor.offset;
  const indent = cursor.column();
  const items: Located[] = [];
  let end = start;
  do {
    cursor.offset += 1;
    const item = value(cursor, indent, [...path, items.length], true);
    items.push(item);
    end = item.at.end;
  } while (goesOn(cursor, indent) && cursor.isDash());
  return listOf(cursor.place(path, start, end), tag, true, items);
}

/** Whether what comes next is as deep as the list or map; were it deeper, it would be the rest of a text, or wrong. */
function goesOn(cursor: Cursor, indent: number): boolean {
  cursor.toContent();
  const column = cursor.column();
  if (column > indent) throw new Unusual();
  return column === indent;
}

/** What stands after a key or dash in column `parent`, or in the lines below. */
function value(cursor: Cursor, parent: number, path: DocPath, isItem: boolean): Located {
  cursor.pastSpaces();
  if (isItem && isCollection(cursor)) return collection(cursor, path, undefined);
  const tag = cursor.tag();
  if (!cursor.isLineEnd()) return inLine(cursor, parent, path, tag);
  const { offset } = cursor;
  cursor.toContent();
  const column = cursor.column();
  // A list may stand as deep as its key.
  if (column < parent || (column === parent && (isItem || !cursor.isDash())))
    return scalarOf(cursor.place(path, offset, offset), tag, true, tag === undefined ? null : '');
  if (isCollection(cursor)) return collection(cursor, path, tag);
  // To yaml a comment there may change which lines after a text belong to it.
  if (cursor.text.slice(offset, cursor.offset).includes('#')) throw new Unusual();
  return cursor.code() === BANG && tag === undefined ? value(cursor, parent, path, isItem) : inLine(cursor, parent, path, tag);
}

/** What begins in a line and has the rest of it. */
function inLine(cursor: Cursor, parent: number, path: DocPath, tag: string | undefined): Located {
  const code = cursor.code();
  if (isBlockScalar(code)) return blockScalar(cursor, parent, path, tag);
  const read = isBracket(code) ? bracketed(cursor, parent, path, tag) : scalar(cursor, path, tag);
  cursor.toLineEnd();
  return read;
}
