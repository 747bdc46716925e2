import type { Location } from '../../source/location.ts';
import { partsOf, type Part, type Tree, type TreeScalar } from '../../value/tree.ts';
import type { Provenance } from '../../value/value.ts';

const FRAMEWORK = 'the Serverless Framework';

/** What the framework writes by itself because of `at`. */
export const filledIn = (at: Location): Provenance => ({ kind: 'default', at, by: FRAMEWORK });

/** Present and neither null, as the framework's own tests read it. */
export const isGiven = (tree: Tree): boolean => tree.kind !== 'absent' && !(tree.kind === 'scalar' && tree.value === null);

/** JavaScript's truthiness of what is known; undefined where it is not known. */
export function truthy(tree: Tree): boolean | undefined {
  if (tree.kind === 'unknown' || tree.kind === 'choice') return undefined;
  if (tree.kind === 'absent') return false;
  return tree.kind !== 'scalar' || Boolean(tree.value);
}

/** A stretch of a known string as a scalar of its own, with the provenance of the part it stands in. */
export function slice(tree: TreeScalar, start: number, end: number): TreeScalar {
  const value = String(tree.value);
  const parts: Part[] = [];
  let offset = 0;
  for (const part of partsOf(tree)) {
    const length = 'text' in part ? part.text.length : 0;
    const [from, to] = [Math.max(start - offset, 0), Math.min(end - offset, length)];
    if ('text' in part && from < to) parts.push({ text: part.text.slice(from, to), from: narrow(part, from, to) });
    offset += length;
  }
  const [only] = parts;
  return {
    kind: 'scalar',
    value: value.slice(start, end),
    from: parts.length === 1 && only ? only.from : tree.from,
    ...(parts.length > 1 && { parts }),
    ...(tree.secret && { secret: true }),
  };
}

/** The exact characters, where the literal's source text is the value itself (no escapes, no folding). */
function narrow(part: { readonly text: string; readonly from: Provenance }, start: number, end: number): Provenance {
  if (part.from.kind !== 'literal') return part.from;
  const { at } = part.from;
  const source = at.file.text.slice(at.start, at.end);
  const offset = source === part.text ? 0 : source.slice(1, -1) === part.text && /^['"]/.test(source) ? 1 : undefined;
  return offset === undefined
    ? part.from
    : { kind: 'literal', at: { ...at, start: at.start + offset + start, end: at.start + offset + end } };
}
