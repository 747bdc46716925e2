import { entriesOf, get, type Tree, type TreeEntry, type TreeMap } from '../../value/tree.ts';
import { mergeDeep } from './merge.ts';
import type { Said } from '../said.ts';
import { list } from '../trees.ts';

const SET = new Set(['Condition', 'CreationPolicy', 'DeletionPolicy', 'UpdatePolicy', 'UpdateReplacePolicy']);

/** `resources` deep-merged into the generated template, then `resources.extensions` (merge-custom-provider-resources.js). */
export function mergeResources(template: TreeMap, resources: Tree, say: (said: Said) => void): Tree {
  if (resources.kind !== 'map') return template;
  const { extensions, rest } = withoutExtensions(resources);
  const merged = mergeDeep(template, rest);
  return extensions ? extend(merged, extensions, say) : merged;
}

function withoutExtensions(resources: TreeMap): { extensions: Tree | undefined; rest: TreeMap } {
  const entries = new Map<string, TreeEntry>(resources.entries);
  const extensions = entries.get('extensions')?.value;
  entries.delete('extensions');
  return { extensions, rest: { ...resources, entries } };
}

function extend(template: Tree, extensions: Tree, say: (said: Said) => void): Tree {
  const resources = new Map(entriesOf(get(template, 'Resources')));
  for (const [id, { key, value }] of entriesOf(extensions)) {
    const before = resources.get(id);
    if (before) resources.set(id, { key: before.key, value: extended(before.value, value) });
    else
      say({
        kind: 'unresolved',
        at: key,
        written: id,
        missing: 'resource',
        text: `\`resources.extensions\` names \`${id}\`, and the framework generates no such resource`,
      });
  }
  return replace(template, 'Resources', { kind: 'map', entries: resources, from: get(template, 'Resources').from });
}

/** Properties and Metadata are assigned one level deep, so a new Integration replaces the whole old one (prov-007); DependsOn is appended. */
function extended(resource: Tree, extension: Tree): Tree {
  let result = resource;
  for (const [name, { value }] of entriesOf(extension)) {
    const before = get(result, name);
    if (SET.has(name)) result = replace(result, name, value);
    else if (name === 'Properties' || name === 'Metadata') result = replace(result, name, assigned(before, value));
    else if (name === 'DependsOn') result = replace(result, name, list([...asItems(before), ...asItems(value)], value.from));
  }
  return result;
}

const assigned = (before: Tree, value: Tree): Tree =>
  before.kind === 'map' && value.kind === 'map' ? { ...before, entries: new Map([...before.entries, ...value.entries]) } : value;

const asItems = (tree: Tree): readonly Tree[] => (tree.kind === 'list' ? tree.items : tree.kind === 'absent' ? [] : [tree]);

function replace(tree: Tree, name: string, value: Tree): Tree {
  if (tree.kind !== 'map') return tree;
  return { ...tree, entries: new Map([...tree.entries, [name, { key: tree.entries.get(name)?.key ?? value.from.at, value }]]) };
}
