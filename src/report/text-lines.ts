import type { SourceFile } from '../source/location.ts';

/** A byte order mark is no part of the first line. */
export const firstOffset = ({ text }: SourceFile): number => (text.startsWith('\uFEFF') ? 1 : 0);

export const startOfLine = (file: SourceFile, offset: number): number =>
  Math.max(firstOffset(file), offset === 0 ? 0 : file.text.lastIndexOf('\n', offset - 1) + 1);

/** Before the line break. */
export function endOfLine({ text }: SourceFile, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** After the line break; the text's length after the last line. */
export function nextLine({ text }: SourceFile, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/** The nearest offset before that splits no character. */
export const whole = (text: string, offset: number): number =>
  /[\uDC00-\uDFFF]/.test(text[offset] ?? '') && /[\uD800-\uDBFF]/.test(text[offset - 1] ?? '') ? offset - 1 : offset;
