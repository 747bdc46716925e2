import type { Located, LocatedEntry } from '../../source/located.ts';
import type { Location } from '../../source/location.ts';

/** A text of the assembly, and where it stands. */
export interface Written {
  readonly text: string;
  readonly at: Location;
}

const NOTHING: ReadonlyMap<string, LocatedEntry> = new Map();

/** What stands under these keys; undefined where something on the way is no map, or lacks the key. */
export const member = (node: Located | undefined, ...path: readonly string[]): Located | undefined =>
  path.reduce<Located | undefined>((one, key) => (one?.kind === 'map' ? one.entries.get(key)?.value : undefined), node);

export const entriesIn = (node: Located | undefined): ReadonlyMap<string, LocatedEntry> => (node?.kind === 'map' ? node.entries : NOTHING);

export const itemsIn = (node: Located | undefined): readonly Located[] => (node?.kind === 'list' ? node.items : []);

/** A text that is not empty. */
export const written = (node: Located | undefined): Written | undefined =>
  node?.kind === 'scalar' && typeof node.value === 'string' && node.value !== '' ? { text: node.value, at: node.at } : undefined;

export const textOf = (node: Located | undefined): string | undefined => written(node)?.text;

/** All texts below a node, keys aside. */
export function* textsIn(node: Located | undefined): Iterable<string> {
  const stack = node ? [node] : [];
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.kind === 'scalar' && typeof next.value === 'string') yield next.value;
    if (next.kind === 'list') stack.push(...next.items.toReversed());
    if (next.kind === 'map') stack.push(...[...next.entries.values()].map(({ value }) => value).toReversed());
  }
}
