import type { Location } from '../../source/location.ts';
import { get, type Tree, type TreeEntry, type TreeMap } from '../../value/tree.ts';
import type { Provenance } from '../../value/value.ts';
import { DEPLOYMENT_ID } from './naming.ts';

/**
 * What the framework compiled, with each value at the place in the configuration that it comes from: `own` is what is compiled
 * here of the same configuration. What is deployed is the framework's, so what plugins add, change and take away counts.
 */
export function asMade(made: unknown, own: Tree, plugins: Location): Tree {
  const template = withStandardDeployment(made);
  const resources = partOf(template, 'Resources');
  const ownResources = get(own, 'Resources');
  const entries = new Map<string, TreeEntry>();
  for (const [id, resource] of Object.entries(resources)) {
    const before = ownResources.kind === 'map' ? ownResources.entries.get(id) : undefined;
    entries.set(
      id,
      before
        ? { key: before.key, value: withOwnCode(placed(resource, before.value), before.value) }
        : { key: plugins, value: treeOf(resource, written(plugins)) },
    );
  }
  const rest = Object.fromEntries(Object.entries(template).filter(([name]) => name !== 'Resources'));
  const outer = placed(rest, own) as TreeMap;
  const all: TreeMap = { kind: 'map', entries: split(entries, ownResources), from: ownResources.from };
  return { ...outer, entries: new Map([...outer.entries, ['Resources', { key: ownResources.from.at, value: all }]]) };
}

/**
 * A plugin that moves resources into nested stacks takes them from the template that we are shown; they are deployed all the same, as
 * compiled here.
 */
function split(entries: Map<string, TreeEntry>, own: Tree): ReadonlyMap<string, TreeEntry> {
  const before = own.kind === 'map' ? own.entries : new Map<string, TreeEntry>();
  const stacks = [...entries].filter(([id, { value }]) => typeOf(value) === 'AWS::CloudFormation::Stack' && !before.has(id));
  if (stacks.length === 0) return entries;
  for (const [id] of stacks) entries.delete(id);
  return new Map([...before, ...entries]);
}

const typeOf = (resource: Tree): unknown => {
  const type = get(resource, 'Type');
  return type.kind === 'scalar' ? type.value : undefined;
};

/** The template names the archive that the code of a function is packed in; where it can be read the configuration says. */
function withOwnCode(resource: Tree, own: Tree): Tree {
  const [properties, code] = [get(resource, 'Properties'), get(own, 'Properties', 'Code')];
  if (typeOf(own) !== 'AWS::Lambda::Function' || resource.kind !== 'map' || properties.kind !== 'map' || code.kind !== 'scalar')
    return resource;
  const value: Tree = { ...properties, entries: new Map([...properties.entries, ['Code', { key: code.from.at, value: code }]]) };
  return { ...resource, entries: new Map([...resource.entries, ['Properties', { key: own.from.at, value }]]) };
}

/** What a plugin makes counts as what its user wrote: the framework's own faults alone are nobody's here. */
const written = (at: Location): Provenance => ({ kind: 'literal', at });

/** The Deployment has the time in its name. */
function withStandardDeployment(made: unknown): Readonly<Record<string, unknown>> {
  const id = Object.keys(partOf(made, 'Resources')).find((one) => new RegExp(`^${DEPLOYMENT_ID}\\d+$`).test(one));
  if (id === undefined) return partOf(made);
  return JSON.parse(JSON.stringify(made).replaceAll(`"${id}"`, `"${DEPLOYMENT_ID}"`)) as Readonly<Record<string, unknown>>;
}

function partOf(made: unknown, ...path: readonly string[]): Readonly<Record<string, unknown>> {
  const part = path.reduce<unknown>((from, key) => (isRecord(from) ? from[key] : undefined), made);
  return isRecord(part) ? part : {};
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The framework's value, at the place of ours. */
function placed(made: unknown, own: Tree): Tree {
  // What we did not know came from outside: it is not shown.
  if (own.kind === 'unknown' || own.kind === 'choice') return treeOf(made, own.from, true);
  if (own.kind === 'map' && isRecord(made)) {
    const entries = Object.entries(made).map(([name, value]): [string, TreeEntry] => {
      const before = own.entries.get(name);
      return [
        name,
        before ? { ...before, value: placed(value, before.value) } : { key: own.from.at, value: treeOf(value, written(own.from.at)) },
      ];
    });
    return { ...own, entries: new Map(entries) };
  }
  if (own.kind === 'list' && Array.isArray(made)) {
    return { ...own, items: made.map((item, i) => placedItem(item, own.items[i], own.from)) };
  }
  if (own.kind === 'scalar' && isScalar(made)) {
    if (String(own.value) === String(made)) return { ...own, value: made };
    return { kind: 'scalar', value: made, from: written(own.from.at), ...(own.secret && { secret: true }) };
  }
  return treeOf(made, written(own.from.at));
}

const placedItem = (made: unknown, own: Tree | undefined, from: Provenance): Tree =>
  own ? placed(made, own) : treeOf(made, written(from.at));

const isScalar = (made: unknown): made is string | number | boolean | null =>
  made === null || typeof made === 'string' || typeof made === 'number' || typeof made === 'boolean';

/** JSON as a tree that stands in one place. */
export function treeOf(made: unknown, from: Provenance, secret = false): Tree {
  if (isScalar(made)) return { kind: 'scalar', value: made, from, ...(secret && { secret: true }) };
  if (Array.isArray(made)) return { kind: 'list', items: made.map((item) => treeOf(item, from, secret)), from };
  if (!isRecord(made)) return { kind: 'absent', from };
  const entries = Object.entries(made).map(([name, value]): [string, TreeEntry] => [
    name,
    { key: from.at, value: treeOf(value, from, secret) },
  ]);
  return { kind: 'map', entries: new Map(entries), from };
}
