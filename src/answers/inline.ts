import path from 'node:path';
import type { Entry } from '../config/code-files.ts';
import type { Code } from '../model/code.ts';
import type { CodeInline } from '../model/functions.ts';
import type { Location, SourceFile } from '../source/location.ts';

/** Code that stands in a template, as a file of its own: Lambda calls it index. */
export const inlineEntry = ({ text, language, written, handler }: CodeInline): Entry => ({
  file: { path: path.join(path.dirname(written.file.path), language === 'python' ? 'index.py' : 'index.js'), text },
  exported: handler.slice(handler.indexOf('.') + 1),
});

/** What was read of it, with its places in the template: line by line where the text is a block, else the whole text. */
export function replaced(code: Code, file: SourceFile, { written, text }: CodeInline): Code {
  const lines = linesOf(written, text);
  const moved = (at: Location): Location => {
    if (at.file !== file) return at;
    const [start, end] = [lines?.(at.start), lines?.(at.end)];
    return start === undefined || end === undefined ? written : { ...written, start, end };
  };
  return deepMap(code, moved) as Code;
}

/** Where an offset of the text lies in the template; undefined where the text is not written line by line. */
function linesOf({ file, start, end }: Location, text: string): ((offset: number) => number | undefined) | undefined {
  const source = file.text.slice(start, end);
  const body = source.indexOf('\n') + 1;
  const indent = /^[ ]+/m.exec(source.slice(body))?.[0].length ?? 0;
  const starts: (readonly [there: number, here: number])[] = [];
  let [there, here] = [0, start + body];
  for (const line of text.split('\n')) {
    const at = line === '' ? here : here + indent;
    if (file.text.slice(at, at + line.length) !== line) return undefined;
    starts.push([there, at]);
    there += line.length + 1;
    const next = file.text.indexOf('\n', here);
    here = next < 0 ? end : next + 1;
  }
  return (offset) => {
    const [from, to] = starts.findLast(([from_]) => from_ <= offset) ?? [];
    return from === undefined || to === undefined ? undefined : to + offset - from;
  };
}

/** The same, each place in it another. */
function deepMap(thing: unknown, moved: (at: Location) => Location, known = new Map<object, unknown>()): unknown {
  if (typeof thing !== 'object' || thing === null) return thing;
  const there = known.get(thing);
  if (there !== undefined) return there;
  if (isLocation(thing)) return moved(thing);
  if (thing instanceof Map) return new Map([...thing].map(([key, value]) => [key, deepMap(value, moved, known)]));
  const copy: unknown = Array.isArray(thing)
    ? thing.map((one) => deepMap(one, moved, known))
    : Object.fromEntries(Object.entries(thing).map(([key, value]) => [key, deepMap(value, moved, known)]));
  known.set(thing, copy);
  return copy;
}

const isLocation = (thing: object): thing is Location => 'file' in thing && 'start' in thing && 'end' in thing && 'path' in thing;
