import type { Tree, TreeEntry, TreeList, TreeMap, TreeScalar, TreeUnknown, Part, Scalar } from '../value/tree.ts';
import { ofParts, partsOf } from '../value/tree.ts';
import type { Provenance } from '../value/value.ts';

// How front ends put together what a framework makes: every node says what of the document it comes from.

export const scalar = (value: Scalar, from: Provenance): TreeScalar => ({ kind: 'scalar', value, from });

export const list = (items: readonly Tree[], from: Provenance): TreeList => ({ kind: 'list', items, from });

/** A map; what is undefined is left out. */
export function map(fields: Readonly<Record<string, Tree | undefined>>, from: Provenance): TreeMap {
  const entries = new Map<string, TreeEntry>();
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value) entries.set(name, { key: from.at, value });
  }
  return { kind: 'map', entries, from };
}

export const ref = (id: string, from: Provenance): TreeMap => map({ Ref: scalar(id, from) }, from);

export const getAtt = (id: string, attribute: string, from: Provenance): TreeMap =>
  map({ 'Fn::GetAtt': list([scalar(id, from), scalar(attribute, from)], from) }, from);

/** A string of literal text and resolved scalars, each stretch keeping its provenance; `whole`: that of all of it. */
export function text(
  pieces: readonly (string | TreeScalar | TreeUnknown)[],
  from: Provenance,
  whole: Provenance = from,
): TreeScalar | TreeUnknown {
  const parts: Part[] = [];
  let secret = false;
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      parts.push(...partsOf(piece));
      secret ||= piece.secret === true;
    } else if (piece !== '') parts.push({ text: piece, from });
  }
  return ofParts(parts, whole, secret);
}

/** The text of a known scalar; undefined for everything else. */
export const asText = (tree: Tree): string | undefined => (tree.kind === 'scalar' && tree.value !== null ? String(tree.value) : undefined);
