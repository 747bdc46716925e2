import type { SourceFile } from './location.ts';

/** 1-based. Columns count UTF-16 units, as SARIF's `utf16CodeUnits`, editors and JavaScript do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const cache = new WeakMap<SourceFile, readonly number[]>();

/** Where an offset into `file.text` stands. A byte order mark takes no column; an offset outside the text is brought to its nearest end. */
export function positionAt(file: SourceFile, offset: number): Position {
  const inside = Math.min(Math.max(offset, 0), file.text.length);
  const starts = lineStarts(file);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= inside) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: Math.max(inside - (starts[low] ?? 0), 0) + 1 };
}

function lineStarts(file: SourceFile): readonly number[] {
  const known = cache.get(file);
  if (known) return known;
  const starts = [file.text.startsWith('\uFEFF') ? 1 : 0];
  for (let end = file.text.indexOf('\n'); end !== -1; end = file.text.indexOf('\n', end + 1)) starts.push(end + 1);
  cache.set(file, starts);
  return starts;
}
