import type { Tree, TreeEntry } from '../../value/tree.ts';

/**
 * The framework's deep merge (osls lib/utils/merge-plain-objects.js): maps key by key, lists index by index, all else
 * replaced by what comes later, null included. A choice or an unknown is a value like any other.
 */
export function mergeDeep(into: Tree, from: Tree): Tree {
  if (from.kind === 'absent') return into;
  if (into.kind === 'map' && from.kind === 'map') {
    const entries = new Map<string, TreeEntry>(into.entries);
    for (const [name, { key, value }] of from.entries) {
      const before = entries.get(name);
      entries.set(name, { key: before?.key ?? key, value: before ? mergeDeep(before.value, value) : value });
    }
    return { ...into, entries };
  }
  if (into.kind === 'list' && from.kind === 'list') {
    const items = [...into.items];
    for (const [i, item] of from.items.entries()) {
      const before = items[i];
      items[i] = before ? mergeDeep(before, item) : item;
    }
    return { ...into, items };
  }
  return from;
}
