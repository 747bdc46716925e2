import { DOT } from '../codes.ts';
import { MAX_LEXEMES } from '../limits.ts';
import type { Located, Parsed } from '../located.ts';
import type { SourceFile } from '../location.ts';
import { collection, isCollection } from './block.ts';
import { Cursor } from './cursor.ts';
import { Unusual } from './unusual.ts';

/** Tabs, byte order marks, and all that some take for white space and some do not. */
const ODD_SPACE = /[^\S\n\r ]|\r(?!\n)/;
/** A character gives two lexemes at most, and no value has none. */
const MAX_EVERYDAY = MAX_LEXEMES / 2;

/**
 * Reads YAML as nearly everybody writes it, at a tenth of the library's cost, into the very tree that the library gives. Undefined where
 * anything in the file is rare, large or wrong: anchors, texts over several lines, keys that stand twice. Those are the library's to read.
 */
export function readEveryday(file: SourceFile): Parsed | undefined {
  if (file.text.length > MAX_EVERYDAY || ODD_SPACE.test(file.text)) return undefined;
  const cursor = new Cursor(file);
  try {
    return { root: document(cursor), problems: [], comments: cursor.comments };
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}

function document(cursor: Cursor): Located {
  cursor.toContent();
  if (cursor.isMarker()) {
    if (cursor.code() === DOT) throw new Unusual();
    cursor.offset += 3;
    cursor.toLineEnd();
    cursor.toContent();
  }
  if (cursor.column() !== 0 || !isCollection(cursor)) throw new Unusual();
  const root = collection(cursor, [], undefined);
  // Another document.
  if (cursor.offset < cursor.text.length) throw new Unusual();
  return root;
}
