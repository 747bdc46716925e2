import { get, type Tree, type TreeEntry, type TreeMap } from '../../value/tree.ts';
import { asText } from '../trees.ts';
import { emptyMap, intrinsicOf, itemsIn, truthy, without } from './shape.ts';

/** The properties of a resource, what `Globals` says of its type merged in (sam.md §4). */
export function withGlobals(properties: Tree, globals: Tree, ignored: Tree): Tree {
  if (globals.kind !== 'map' || asText(ignored) === '*') return properties;
  const names = itemsIn(ignored).flatMap((item) => asText(item) ?? []);
  const own = properties.kind === 'absent' || !truthy(properties) ? emptyMap(properties.from) : properties;
  return merge(without(globals, ...names), own);
}

/**
 * Maps key by key and lists one after the other, the global one first and nothing taken out; all else is the local value's
 * alone. A function is no map here: it replaces, and is replaced (globals.py _do_merge).
 */
function merge(global: Tree, local: Tree): Tree {
  if (isMap(global) && isMap(local)) {
    const entries = new Map<string, TreeEntry>(global.entries);
    for (const [name, { key, value }] of local.entries) {
      const before = entries.get(name);
      entries.set(name, { key, value: before ? merge(before.value, value) : value });
    }
    return { ...local, entries };
  }
  if (global.kind === 'list' && local.kind === 'list') {
    const from = { kind: 'merged', at: local.from.at, parts: [global.from, local.from] } as const;
    return { kind: 'list', items: [...global.items, ...local.items], from };
  }
  return local;
}

const isMap = (tree: Tree): tree is TreeMap => tree.kind === 'map' && intrinsicOf(tree) === undefined;

/** 'AWS::Serverless::HttpApi' → what stands under `Globals.HttpApi`. */
export const globalsOf = (template: Tree, type: string): Tree => get(template, 'Globals', type.replace('AWS::Serverless::', ''));
