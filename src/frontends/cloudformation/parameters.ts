import type { Location } from '../../source/location.ts';
import { entriesOf, get, type Scalar, type Tree, type TreeMap } from '../../value/tree.ts';
import type { Provenance, Question } from '../../value/value.ts';

/** A parameter of the template, and what can be said of its value before it is given. */
export interface Parameter {
  readonly name: string;
  readonly key: Location;
  /** Its answers are the values that it may have; undefined where nothing tells them apart. */
  readonly question: Question | undefined;
  /** What each answer stands for; 'any other' for none that is known. */
  readonly values: ReadonlyMap<string, Known>;
  /** What a parent stack hands over, where that is more than an open question. */
  readonly handed?: Tree;
}

interface Known {
  readonly value: Scalar;
  /** Where it is written. */
  readonly from: Provenance;
}

/** Where a value is not one of those that the template speaks of. */
export const ANY_OTHER = 'any other';

/** More values than this tell no story worth telling world by world. */
const MAX_LABELS = 24;

export interface Parameters {
  get(name: string): Parameter | undefined;
}

interface Given {
  /** Keeps the questions of several templates apart. */
  readonly path: string;
  /** Values that the user says the parameters will have. */
  readonly given: Readonly<Record<string, string>>;
  /** What a parent stack hands over: all that a nested one has, its defaults besides. */
  readonly handed?: Tree;
}

export function readParameters(template: Tree, { path, given, handed }: Given): Parameters {
  const written = entriesOf(get(template, 'Parameters'));
  if (written.size === 0) return new Map<string, Parameter>();
  const compared = literalsCompared(template);
  return new Map(
    [...written].map(([name, { key, value }]): [string, Parameter] => {
      const tree = handed && handedOver(get(handed, name), get(value, 'Default'), value);
      if (tree && tree.kind !== 'scalar') return [name, { name, key, question: undefined, values: new Map(), handed: tree }];
      const own = Object.hasOwn(given, name) ? given[name] : undefined;
      const said = { path, given: tree ? String(tree.value) : own, compared: compared.get(name) ?? [] };
      return [name, parameter(name, key, value, said)];
    }),
  );
}

/** Undefined where the parent does not know either: then the nested template's own questions stand. Lists are no texts. */
function handedOver(tree: Tree, byDefault: Tree, definition: Tree): Tree | undefined {
  if (isList(definition)) return undefined;
  if (tree.kind === 'absent') return byDefault.kind === 'scalar' && !typeOf(definition).startsWith('AWS::SSM::') ? byDefault : undefined;
  return tree.kind === 'unknown' && !tree.names && !tree.parts ? undefined : tree;
}

interface Said {
  readonly path: string;
  readonly given: string | undefined;
  readonly compared: readonly string[];
}

function parameter(name: string, key: Location, tree: Tree, { path, given, compared }: Said): Parameter {
  const from: Provenance = { kind: 'literal', at: key };
  const asked = (labels: readonly string[]): Question | undefined =>
    labels.length > 0 && labels.length <= MAX_LABELS ? { key: `${path}#parameter:${name}`, name, labels } : undefined;
  if (given !== undefined) return { name, key, question: asked([given]), values: new Map([[given, { value: given, from }]]) };
  const allowed = allowedValues(tree);
  if (allowed.size > 0 && (allowed.size <= MAX_LABELS || compared.length === 0))
    return { name, key, question: asked([...allowed.keys()]), values: allowed };
  // A list is compared and looked up as a whole by nothing; what an SSM parameter holds is as free as any text.
  if (compared.length === 0 || isList(tree)) return { name, key, question: undefined, values: new Map() };
  const labels = compared.filter((label) => label !== ANY_OTHER);
  return { name, key, question: asked([...labels, ANY_OTHER]), values: new Map(labels.map((label) => [label, { value: label, from }])) };
}

/** AllowedValues of a parameter that holds one text or number. Those of an SSM parameter are names, not values. */
function allowedValues(tree: Tree): ReadonlyMap<string, Known> {
  const [list, type] = [get(tree, 'AllowedValues'), typeOf(tree)];
  if (list.kind !== 'list' || isList(tree) || type.startsWith('AWS::SSM::')) return new Map();
  const scalars = list.items.flatMap((item) => (item.kind === 'scalar' ? [item] : []));
  if (scalars.length < list.items.length) return new Map();
  return new Map(scalars.map(({ value, from }) => [String(value), { value, from }]));
}

function typeOf(tree: Tree): string {
  const type = get(tree, 'Type');
  return type.kind === 'scalar' ? String(type.value) : '';
}

const isList = (tree: Tree): boolean => /^CommaDelimitedList$|List</.test(typeOf(tree));

/**
 * For each parameter the literals that the template holds it against: in `Fn::Equals`, and as the keys of a mapping
 * that is looked up by it. They are the worlds that the template's author had in mind.
 */
function literalsCompared(template: Tree): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const add = (name: string, labels: Iterable<string>): void => {
    const known = found.get(name) ?? new Set();
    for (const label of labels) known.add(label);
    found.set(name, known);
  };
  const mappings = get(template, 'Mappings');
  for (const map of mapsIn(template)) {
    const equals = map.entries.get('Fn::Equals')?.value;
    const lookup = map.entries.get('Fn::FindInMap')?.value;
    if (equals?.kind === 'list') comparisons(equals.items).forEach(([name, literal]) => add(name, [literal]));
    if (lookup?.kind === 'list') lookups(lookup.items, mappings).forEach(([name, labels]) => add(name, labels));
  }
  return new Map([...found].map(([name, labels]) => [name, [...labels]]));
}

/** The name in `{ Ref: name }`. */
export function referredName(tree: Tree | undefined): string | undefined {
  const name = tree?.kind === 'map' && tree.entries.size === 1 ? tree.entries.get('Ref')?.value : undefined;
  return name?.kind === 'scalar' ? String(name.value) : undefined;
}

function comparisons(sides: readonly Tree[]): readonly (readonly [string, string])[] {
  const [left, right] = sides;
  return [[left, right] as const, [right, left] as const].flatMap(([one, other]) => {
    const name = referredName(one);
    return name !== undefined && other?.kind === 'scalar' ? [[name, String(other.value)] as const] : [];
  });
}

/** Which parameters stand as the keys of a lookup, and which keys the mapping has there. */
function lookups([name, first, second]: readonly Tree[], mappings: Tree): readonly (readonly [string, Iterable<string>])[] {
  const mapping = name?.kind === 'scalar' ? entriesOf(get(mappings, String(name.value))) : new Map<string, never>();
  const [top, below] = [referredName(first), referredName(second)];
  const inner = [...mapping.values()].flatMap(({ value }) => [...entriesOf(value).keys()]);
  return [...(top === undefined ? [] : [[top, mapping.keys()] as const]), ...(below === undefined ? [] : [[below, inner] as const])];
}

/** In the order of the file. */
function* mapsIn(root: Tree): Iterable<TreeMap> {
  const stack = [root];
  const seen = new Set<Tree>();
  for (let tree = stack.pop(); tree; tree = stack.pop()) {
    if (seen.has(tree)) continue;
    seen.add(tree);
    if (tree.kind === 'map') yield tree;
    for (const child of childrenOf(tree).toReversed()) stack.push(child);
  }
}

/** What stands directly inside a node. */
export function childrenOf(tree: Tree): readonly Tree[] {
  if (tree.kind === 'map') return [...tree.entries.values()].map(({ value }) => value);
  if (tree.kind === 'list') return tree.items;
  return tree.kind === 'choice' ? [...tree.branches.values()] : [];
}
