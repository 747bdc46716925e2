import type { Location } from '../../source/location.ts';
import { entriesOf, get, type Tree } from '../../value/tree.ts';
import { asText } from '../trees.ts';
import { isGiven } from './shape.ts';
import { mergeDeep } from './merge.ts';
import { majorOf, outcomeOf, type Outcome } from './engine.ts';
import type { Resolver } from './variables/resolver.ts';

/** A serverless.yml at one stage, variables resolved: what compiling reads of it. */
export interface Service {
  readonly stage: string;
  readonly provider: Tree;
  readonly functions: readonly ServiceFunction[];
  /** Some functions, events or resources cannot be seen, so what is missing may stand there. */
  readonly incomplete: boolean;
  readonly resources: Tree;
  /** `package.artifact`: what is packed beforehand, of all functions. */
  readonly artifact: Tree;
  /** Plugins add events and resources of their own, which nobody can see here. */
  readonly hasPlugins: boolean;
  /** Up to version 3 what is generated later is merged into what was; osls 4 puts it in its place (merge-016). */
  readonly mergesResources: boolean;
  /** A sentence on a schema violation: which engine stops, and what the others make of it. */
  readonly outcome: Outcome;
  readonly at: Location;
}

export interface ServiceFunction {
  readonly name: string;
  readonly key: Location;
  readonly tree: Tree;
  readonly events: readonly ServiceEvent[];
}

/** One entry of `events`: `- http: …`. */
export interface ServiceEvent {
  readonly kind: string;
  /** The key `http`. */
  readonly key: Location;
  readonly value: Tree;
  /** The whole entry, with what else stands in it. */
  readonly entry: Tree;
}

export function readService(resolver: Resolver, stage: string): Service {
  const { root } = resolver.asking.document;
  const none: Tree = { kind: 'absent', from: { kind: 'absent', at: root.at } };
  const functions = merged(resolver.lookup(root, ['functions']) ?? none);
  const resources = merged(resolver.lookup(root, ['resources']) ?? none);
  const read = [...entriesOf(functions.tree)].flatMap(([name, { key, value }]) =>
    value.kind === 'map' ? [{ name, key, tree: value, events: eventsOf(value) }] : [],
  );
  const unseen = [
    ...functions.unseen,
    ...resources.unseen,
    functions.tree,
    resources.tree,
    ...[...entriesOf(functions.tree).values()].map(({ value }) => value),
    ...read.flatMap(({ tree }) => unseenEvents(tree)),
    ...unseenResources(resources.tree),
  ];
  const major = majorOf(resolver.lookup(root, ['frameworkVersion']));
  return {
    stage,
    provider: resolver.lookup(root, ['provider']) ?? none,
    functions: read,
    incomplete: unseen.some((tree) => tree.kind === 'unknown' || tree.kind === 'choice'),
    resources: resources.tree,
    artifact: get(resolver.lookup(root, ['package']) ?? none, 'artifact'),
    hasPlugins: hasOthers(resolver.lookup(root, ['plugins']) ?? none),
    mergesResources: major !== undefined && major <= 3,
    outcome: outcomeOf(resolver.lookup(root, ['configValidationMode']), major),
    at: root.at,
  };
}

/** Plugins but our own, which adds nothing; a list, or one under `modules`. */
function hasOthers(plugins: Tree): boolean {
  const modules = plugins.kind === 'map' ? get(plugins, 'modules') : plugins;
  return modules.kind === 'list' ? modules.items.some((item) => asText(item) !== OURS) : isGiven(modules);
}

const OURS = 'cors-lint/serverless';

/** `functions` and `resources` may be a list of maps, deep-merged in order: events by index (var-008). */
function merged(tree: Tree): { readonly tree: Tree; readonly unseen: readonly Tree[] } {
  if (tree.kind !== 'list') return { tree, unseen: [] };
  const maps = tree.items.filter((item) => item.kind === 'map');
  return {
    tree: maps.reduce<Tree>((into, map) => mergeDeep(into, map), { kind: 'map', entries: new Map(), from: tree.from }),
    unseen: tree.items.filter((item) => item.kind === 'unknown' || item.kind === 'choice'),
  };
}

function eventsOf(fn: Tree): readonly ServiceEvent[] {
  const events = get(fn, 'events');
  if (events.kind !== 'list') return [];
  return events.items.flatMap((entry): readonly ServiceEvent[] => {
    // A bare name stands for an event without settings: `- alexaSkill`.
    if (entry.kind === 'scalar' && typeof entry.value === 'string')
      return [{ kind: entry.value, key: entry.from.at, value: { kind: 'absent', from: entry.from }, entry }];
    return [...entriesOf(entry)].map(([kind, { key, value }]) => ({ kind, key, value, entry }));
  });
}

/** A resource from a file that cannot be read may be a method or a gateway response. */
function unseenResources(resources: Tree): readonly Tree[] {
  const map = get(resources, 'Resources');
  return [map, ...[...entriesOf(map).values()].flatMap(({ value }) => [value, get(value, 'Type')])];
}

function unseenEvents(fn: Tree): readonly Tree[] {
  const events = get(fn, 'events');
  return events.kind === 'list' ? [events, ...events.items] : [events];
}
