import { positionAt } from '../source/lines.ts';
import type { Location, SourceFile } from '../source/location.ts';
import type { Paint, Style } from './paint.ts';
import { endOfLine, firstOffset, nextLine, startOfLine, whole } from './text-lines.ts';
import { drawn, widthOf } from './width.ts';

/** How a frame looks. */
export interface Look {
  /** How many lines it shows before and after the one that is marked. */
  readonly before: number;
  readonly after: number;
  /** What stands under the place. */
  readonly sign: '^' | '-';
  readonly style: Style;
  /** The columns of the line numbers. */
  readonly gutter: number;
  readonly paint: Paint;
}

/** In characters. Of longer lines, the part around the place is shown. */
const WIDEST = 100;
/** How much of a cut line is shown before the place. */
const LEAD = 30;

/** The lines around a place, numbered, the place marked; of a place of several lines its first. */
export function frame(at: Location, look: Look): string[] {
  const { line, column } = positionAt(at.file, at.start);
  const start = startOfLine(at.file, at.start);
  const own = lineFrom(at.file, start);
  const above = linesAbove(at.file, start, look.before);
  const below = linesBelow(at.file, start, look.after);
  const from = Math.min(column - 1, own.length);
  const to = Math.max(from, Math.min(from + at.end - at.start, own.trimEnd().length));
  const left = leftOf(own, from);
  const numbered = (text: string, i: number): string => row(String(i), cut(text, left), look);
  return [
    ...above.map((text, i) => numbered(text, line - above.length + i)),
    numbered(own, line),
    row('', marked(own, { from, to, left }, look), look),
    ...below.map((text, i) => numbered(text, line + 1 + i)),
  ];
}

/** The gutter of a frame, alone: what stands above and below it. */
export const bar = ({ gutter, paint }: Look): string => paint('dim', `${' '.repeat(gutter)} |`);

/** The last line number that a frame shows. */
export const lastLine = (at: Location, after: number): number => positionAt(at.file, at.start).line + after;

function row(number: string, text: string, { gutter, paint }: Look): string {
  const edge = paint('dim', `${number.padStart(gutter)} |`);
  return text === '' ? edge : `${edge} ${text}`;
}

/** Up to so many lines, blank ones at the far edge left out. */
function linesAbove(file: SourceFile, start: number, most: number): string[] {
  const lines: string[] = [];
  for (let above = start; lines.length < most && above > firstOffset(file);) {
    above = startOfLine(file, above - 1);
    lines.unshift(lineFrom(file, above));
  }
  return lines.slice(lines.findIndex(isWritten) < 0 ? lines.length : lines.findIndex(isWritten));
}

function linesBelow(file: SourceFile, start: number, most: number): string[] {
  const lines: string[] = [];
  for (let next = nextLine(file, start); lines.length < most && next < file.text.length; next = nextLine(file, next)) {
    lines.push(lineFrom(file, next));
  }
  return lines.slice(0, lines.findLastIndex(isWritten) + 1);
}

const isWritten = (line: string): boolean => line.trim() !== '';

const lineFrom = (file: SourceFile, start: number): string => file.text.slice(start, endOfLine(file, start));

/** Where the shown part of the lines begins, so that the place is in it. */
function leftOf(line: string, from: number): number {
  if (line.length <= WIDEST) return 0;
  return whole(line, Math.max(0, Math.min(from - LEAD, line.length - WIDEST)));
}

function cut(line: string, left: number): string {
  const right = whole(line, left + WIDEST);
  if (line.length <= left) return left > 0 && line !== '' ? '…' : '';
  const text = drawn(line.slice(left, right));
  return (left > 0 ? '…' : '') + (right < line.length ? `${text}…` : text.trimEnd());
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly left: number;
}

/** '    ^^^^': as wide as what stands above it. */
function marked(line: string, { from, to, left }: Span, { sign, style, paint }: Look): string {
  const indent = (left > 0 ? 1 : 0) + widthOf(drawn(line.slice(left, from)));
  const width = widthOf(drawn(line.slice(from, Math.min(to, left + WIDEST))));
  return ' '.repeat(indent) + paint(style, sign.repeat(Math.max(1, width)));
}
