import type { Scalar, Tree, TreeEntry, TreeMap } from '../../value/tree.ts';
import { get } from '../../value/tree.ts';
import type { Unresolved } from '../../model/written.ts';
import type { Provenance } from '../../value/value.ts';
import { YES } from '../../value/verdict.ts';
import type { LiftContext } from '../frontend.ts';
import { readTemplate } from './read.ts';

/** Files in files in files: more are not followed. */
const MAX_DEPTH = 4;

interface IncludeOptions {
  readonly load: LiftContext['load'];
  /** Hears of each file that is not there. */
  readonly missing?: (problem: Unresolved) => void;
}

/** A path, as `aws cloudformation package` takes it: no URL of a bucket. */
export const isLocal = (value: Scalar): value is string =>
  typeof value === 'string' && value !== '' && !/^[a-z][a-z0-9+.-]*:\/\//i.test(value) && !value.includes('{{');

/**
 * A template, its intrinsic functions not worked out, with the local files of `AWS::Include` in their places. What lies in a bucket stays as
 * it is written.
 */
export const expandIncludes = (template: Tree, options: IncludeOptions): Tree => new Expansion(options).whole(template);

class Expansion {
  private readonly options: IncludeOptions;
  private readonly done = new Map<Tree, Tree>();

  constructor(options: IncludeOptions) {
    this.options = options;
  }

  /** `Transform` of the template itself adds to its sections. */
  whole(template: Tree): Tree {
    const expanded = this.tree(template, 0);
    const transform = get(expanded, 'Transform');
    if (expanded.kind !== 'map' || transform.kind === 'absent') return expanded;
    const all = transform.kind === 'list' ? transform.items : [transform];
    const files = all.map((one) => this.included(one, 0));
    if (files.every((file) => file === undefined)) return expanded;
    const left = all.filter((_, i) => files[i] === undefined);
    const entries = new Map(expanded.entries);
    entries.delete('Transform');
    const [only, second] = left;
    const key = expanded.entries.get('Transform')?.key ?? transform.from.at;
    if (only) entries.set('Transform', { key, value: second ? { kind: 'list', items: left, from: transform.from } : only });
    return files.reduce<TreeMap>((map, file) => (file ? added(map, file, true) : map), { ...expanded, entries });
  }

  private tree(tree: Tree, depth: number): Tree {
    if (tree.kind !== 'map' && tree.kind !== 'list') return tree;
    const before = this.done.get(tree);
    if (before) return before;
    const made = tree.kind === 'map' ? this.map(tree, depth) : this.list(tree, depth);
    this.done.set(tree, made);
    return made;
  }

  /** What is left as it is stays the same tree: a large template is not copied for the sake of one file. */
  private list(tree: Extract<Tree, { kind: 'list' }>, depth: number): Tree {
    const items = tree.items.map((item) => this.tree(item, depth));
    return items.some((item, i) => item !== tree.items[i]) ? { ...tree, items } : tree;
  }

  private map(tree: TreeMap, depth: number): Tree {
    let entries: Map<string, TreeEntry> | undefined;
    for (const [name, { key, value }] of tree.entries) {
      const expanded = this.tree(value, depth);
      if (expanded !== value) (entries ??= new Map(tree.entries)).set(name, { key, value: expanded });
    }
    const map = entries ? { ...tree, entries } : tree;
    const transform = map.entries.get('Fn::Transform')?.value;
    const file = transform && this.included(transform, depth);
    if (!file) return map;
    const others = new Map([...map.entries].filter(([name]) => name !== 'Fn::Transform'));
    return others.size === 0 ? file : added({ ...map, entries: others }, file, false);
  }

  /** The file that a transform includes; undefined where it is another one, or the file cannot be read. */
  private included(transform: Tree, depth: number): Tree | undefined {
    const name = get(transform, 'Name');
    const location = get(transform, 'Parameters', 'Location');
    if (name.kind !== 'scalar' || name.value !== 'AWS::Include' || depth >= MAX_DEPTH) return undefined;
    if (location.kind !== 'scalar' || !isLocal(location.value)) return undefined;
    const loaded = this.options.load(location.value);
    if (loaded.kind === 'missing') this.options.missing?.(missingFile(location.value, location.from));
    return loaded.kind === 'document' ? this.tree(readTemplate(loaded.document.root), depth + 1) : undefined;
  }
}

/** A map with the keys of another one besides; what it says itself stands. `deep`: section by section. */
function added(map: TreeMap, other: Tree, deep: boolean): TreeMap {
  if (other.kind !== 'map') return map;
  const entries = new Map(map.entries);
  for (const [name, entry] of other.entries) {
    const own = entries.get(name);
    if (!own) entries.set(name, entry);
    else if (deep && own.value.kind === 'map') entries.set(name, { key: own.key, value: added(own.value, entry.value, false) });
  }
  return { ...map, entries };
}

/** A file that a template names and that is not there. */
export const missingFile = (path: string, from: Provenance): Unresolved => ({
  kind: 'unresolved',
  at: from.at,
  exists: YES,
  written: path,
  missing: 'file',
  text: `there is no file \`${path}\` beside this template`,
});
