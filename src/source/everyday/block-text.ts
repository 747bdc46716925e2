import { NEWLINE, RETURN, SPACE } from '../codes.ts';
import { Unusual } from './unusual.ts';

/** The lines under a `|` or `>`. */
export interface BlockText {
  /** Without the last line break. */
  readonly value: string;
  /** Of the last text. */
  readonly end: number;
  /** Where the first line begins that is none of them. */
  readonly next: number;
}

/** Reads the lines that are indented more than `parent`, from the end of the line before them. */
export function blockText(text: string, offset: number, parent: number, isFolded: boolean): BlockText {
  let value = '';
  let end = offset;
  let next = afterLine(text, offset);
  let indent = 0;
  let breaks = 0;
  let widest = 0;
  while (next < text.length) {
    let first = next;
    while (text.charCodeAt(first) === SPACE) first += 1;
    const after = afterLine(text, first);
    const lineEnd = withoutBreak(text, after);
    const column = first - next;
    if (first === lineEnd) widest = Math.max(widest, column);
    else if (column < indent || column <= parent) break;
    else {
      if (indent === 0) indent = column;
      else if (isFolded && column > indent) throw new Unusual();
      value += (isFolded && value !== '' ? fold(breaks) : '\n'.repeat(breaks)) + text.slice(next + indent, lineEnd);
      end = lineEnd;
      breaks = 0;
    }
    breaks += 1;
    next = after;
  }
  // Lines of spaces alone that are wider than the text belong to it, or are an error.
  if (indent === 0 || widest > indent) throw new Unusual();
  while (text.charCodeAt(end - 1) === SPACE) end -= 1;
  return { value, end, next };
}

function afterLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

function withoutBreak(text: string, after: number): number {
  const end = text.charCodeAt(after - 1) === NEWLINE ? after - 1 : after;
  return text.charCodeAt(end - 1) === RETURN ? end - 1 : end;
}

const fold = (breaks: number): string => (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1));
