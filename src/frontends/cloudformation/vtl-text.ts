import { partsOf, type Part } from '../../value/tree.ts';
import type { Provenance } from '../../value/value.ts';
import { compose, type Text } from './text.ts';

/** Larger than any template that sets a header; API Gateway itself takes 300 KB. */
const MAX_LENGTH = 300_000;

/** Stands for a hole: a character that no template holds. */
export const HOLE = '\uE000';

/** A template as one string, each stretch of which can be turned into the parts that it came from. */
export class Flat {
  readonly text: string;
  private readonly parts: readonly Part[];
  private readonly from: Provenance;

  constructor(template: Text) {
    this.parts = partsOf(template);
    this.from = template.from;
    this.text = this.parts
      .map((part) => ('text' in part ? part.text : HOLE))
      .join('')
      .slice(0, MAX_LENGTH);
  }

  slice({ start, end }: Range): Text {
    const found: Part[] = [];
    let offset = 0;
    for (const part of this.parts) {
      const length = 'text' in part ? part.text.length : HOLE.length;
      const [from, to] = [Math.max(start - offset, 0), Math.min(end - offset, length)];
      if (from < to) found.push('text' in part ? { ...part, text: part.text.slice(from, to) } : part);
      offset += length;
      if (offset >= end) break;
    }
    return compose(found, found[0]?.from ?? this.from);
  }

  at({ start, end }: Range): string {
    return this.text.slice(start, end);
  }
}

/** A stretch of the text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Directive {
  readonly name: 'set' | 'if' | 'elseif' | 'else' | 'end' | 'block';
  /** What stands in its parentheses. */
  readonly argument: Range;
}

/** `#{else}` and `#else` are one; `foreach`, `macro` and `define` are blocks that say nothing here. */
const NAME = /#\{?(set|if|elseif|else|end|foreach|macro|define)\}?/y;

/** The directives in order; undefined where the parentheses of one do not close. One pass. */
export function directivesOf(text: string): readonly Directive[] | undefined {
  const found: Directive[] = [];
  for (let i = text.indexOf('#'); i >= 0; i = text.indexOf('#', i)) {
    const comment = endOfComment(text, i);
    NAME.lastIndex = i;
    const name = comment === undefined ? NAME.exec(text) : null;
    i = comment ?? i + (name?.[0].length ?? 1);
    if (!name) continue;
    const kind = name[1] ?? '';
    const block = kind === 'foreach' || kind === 'macro' || kind === 'define';
    if (kind === 'else' || kind === 'end') {
      found.push({ name: kind, argument: { start: i, end: i } });
      continue;
    }
    const argument = parenthesised(text, i);
    if (!argument) return undefined;
    found.push({ name: block ? 'block' : (kind as 'set' | 'if' | 'elseif'), argument });
    i = argument.end + 1;
  }
  return found;
}

/** `## to the end of the line` and `#* to here *#`. */
function endOfComment(text: string, at: number): number | undefined {
  const mark = text[at + 1];
  if (mark !== '#' && mark !== '*') return undefined;
  const end = mark === '#' ? text.indexOf('\n', at) : text.indexOf('*#', at + 2) + 2;
  return end < 2 ? text.length : end;
}

/** The inside of the parentheses that open here, blanks before them left out. */
function parenthesised(text: string, from: number): Range | undefined {
  let start = from;
  while (/\s/.test(text.charAt(start))) start++;
  if (text[start] !== '(') return undefined;
  const end = scan(text, { start: start + 1, end: text.length }, (depth, i) => depth < 0 && text[i] === ')');
  return end === undefined ? undefined : trim(text, { start: start + 1, end });
}

/** Walks over a stretch, quoted texts left out; where `stop` says so, or undefined at the end. */
function scan(text: string, { start, end }: Range, stop: (depth: number, i: number) => boolean): number | undefined {
  let depth = 0;
  let quote = '';
  for (let i = start; i < end; i++) {
    const c = text.charAt(i);
    if (quote !== '') {
      if (c === quote) quote = '';
      continue;
    }
    if (c === '"' || c === "'") quote = c;
    else if (c === '(' || c === '[') depth++;
    else if (c === ')' || c === ']') depth--;
    if (stop(depth, i)) return i;
  }
  return undefined;
}

/** The stretch between separators that stand outside quotes and parentheses. */
export function splitRange(text: string, range: Range, separator: string): readonly Range[] {
  const ranges: Range[] = [];
  for (let { start } = range; ;) {
    const at = scan(text, { start, end: range.end }, (depth, i) => depth === 0 && text.startsWith(separator, i));
    ranges.push(trim(text, { start, end: at ?? range.end }));
    if (at === undefined) return ranges;
    start = at + separator.length;
  }
}

export function trim(text: string, { start, end }: Range): Range {
  let [first, last] = [start, end];
  while (first < last && /\s/.test(text.charAt(first))) first++;
  while (last > first && /\s/.test(text.charAt(last - 1))) last--;
  return { start: first, end: last };
}
