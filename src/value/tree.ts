import type { Location } from '../source/location.ts';
import { known, mapValue, type List, type Provenance, type Question, type Value } from './value.ts';

/**
 * A document as its dialect resolves it: variables and intrinsics worked out, each node with its
 * provenance, and what cannot be known or hangs on a choice said to be so. Front ends lift from this.
 */
export type Tree = TreeMap | TreeList | TreeScalar | TreeUnknown | TreeChoice | TreeAbsent;

export interface TreeMap {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, TreeEntry>;
  readonly from: Provenance;
}

export interface TreeEntry {
  readonly key: Location;
  readonly value: Tree;
}

export interface TreeList {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly from: Provenance;
}

export type Scalar = string | number | boolean | null;

export interface TreeScalar {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** A string put together from several: which stretch of it came from where. */
  readonly parts?: readonly Part[];
  readonly secret?: true;
  readonly from: Provenance;
}

export interface TreeUnknown {
  readonly kind: 'unknown';
  readonly why: string;
  /** What is known of it, where it is a string with holes. */
  readonly parts?: readonly Part[];
  /** The resource that it names, where it is a Ref or a GetAtt of one. */
  readonly names?: Reference;
  readonly secret?: true;
  readonly from: Provenance;
}

/** A document as its dialect works it out: as it is written, and what is deployed of it where that is another thing. */
export interface WorkedOut {
  readonly written: Tree;
  readonly deployed?: Tree;
}

/** `Ref: id` (no attribute) or `Fn::GetAtt: [id, attribute]`. */
export interface Reference {
  readonly id: string;
  readonly attribute?: string;
}

export interface TreeChoice {
  readonly kind: 'choice';
  readonly on: Question;
  readonly branches: ReadonlyMap<string, Tree>;
  readonly from: Provenance;
}

/** Nothing stands here: a key that is missing, AWS::NoValue, or a branch in which the thing does not exist. */
export interface TreeAbsent {
  readonly kind: 'absent';
  readonly from: Provenance;
}

/** A stretch of a string: literal text, or a hole and why it is one. */
export type Part =
  | { readonly text: string; readonly from: Provenance }
  | { readonly hole: string; readonly from: Provenance; readonly names?: Reference };

/** The tree in each branch of its outermost choices, all other nodes handed to `arm`. */
export function mapTree(tree: Tree, arm: (tree: Exclude<Tree, TreeChoice>) => Tree): Tree {
  if (tree.kind !== 'choice') return arm(tree);
  return { ...tree, branches: new Map([...tree.branches].map(([label, branch]) => [label, mapTree(branch, arm)])) };
}

/** The value under a key, or under keys within keys; absent (pointing at the mapping) where there is none, unknown inside an unknown. */
export function get(tree: Tree, key: string, second?: string, third?: string, fourth?: string): Tree {
  // Nothing is called more often, mostly with one key: a list of them would be made for each call.
  const node = child(tree, key);
  return second === undefined ? node : third === undefined ? child(node, second) : get(child(node, second), third, fourth);
}

/** As `get`, at the end of a path of any length. */
export const getAt = (tree: Tree, path: readonly string[]): Tree => path.reduce(child, tree);

const child = (node: Tree, key: string): Tree => (node.kind === 'choice' ? childOfEach(node, key) : member(node, key));

/** Apart: what a function within a function uses is kept for it at every call of the outer one. */
const childOfEach = (node: TreeChoice, key: string): Tree => mapTree(node, (arm) => member(arm, key));

function member(arm: Exclude<Tree, TreeChoice>, key: string): Tree {
  if (arm.kind === 'unknown') return { kind: 'unknown', why: arm.why, from: arm.from };
  return (arm.kind === 'map' ? arm.entries.get(key)?.value : undefined) ?? { kind: 'absent', from: { kind: 'absent', at: arm.from.at } };
}

/**
 * The entries of a map. Where the map is a choice, the union of its branches' keys, each value a
 * choice that is absent where the key is. Unknown and other nodes have none.
 */
export function entriesOf(tree: Tree): ReadonlyMap<string, TreeEntry> {
  if (tree.kind === 'map') return tree.entries;
  if (tree.kind !== 'choice') return new Map();
  const branches = new Map([...tree.branches].map(([label, branch]) => [label, entriesOf(branch)]));
  return zipEntries(tree.on, branches, tree.from);
}

/** One tree of several, one for each answer: equal parts are shared, a choice stands where they differ. */
export function zip(on: Question, branches: ReadonlyMap<string, Tree>): Tree {
  const trees = [...branches.values()];
  const [first] = trees;
  if (!first) throw new Error(`the question ${on.name} has no answers`);
  if (trees.every((tree) => same(tree, first))) return first;
  if (trees.every((tree) => tree.kind === 'map')) {
    const entries = new Map(
      [...branches].map(([label, tree]) => [label, tree.kind === 'map' ? tree.entries : new Map<string, TreeEntry>()]),
    );
    return { kind: 'map', entries: zipEntries(on, entries, first.from), from: first.from };
  }
  return { kind: 'choice', on, branches, from: first.from };
}

function zipEntries(
  on: Question,
  branches: ReadonlyMap<string, ReadonlyMap<string, TreeEntry>>,
  from: Provenance,
): ReadonlyMap<string, TreeEntry> {
  const zipped = new Map<string, TreeEntry>();
  for (const entries of branches.values()) {
    for (const [name, { key }] of entries) {
      if (zipped.has(name)) continue;
      const none: TreeAbsent = { kind: 'absent', from: { kind: 'absent', at: from.at } };
      const values = new Map([...branches].map(([label, others]) => [label, others.get(name)?.value ?? none]));
      zipped.set(name, { key, value: zip(on, values) });
    }
  }
  return zipped;
}

/** Whether two trees are the same value from the same place. */
function same(a: Tree, b: Tree): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind || !sameSite(a.from, b.from)) return false;
  switch (a.kind) {
    case 'scalar':
      return b.kind === 'scalar' && Object.is(a.value, b.value) && sameParts(a.parts, b.parts);
    case 'unknown':
      return (
        b.kind === 'unknown' &&
        a.why === b.why &&
        a.names?.id === b.names?.id &&
        a.names?.attribute === b.names?.attribute &&
        sameParts(a.parts, b.parts)
      );
    case 'absent':
      return true;
    case 'list':
      return b.kind === 'list' && a.items.length === b.items.length && a.items.every((item, i) => same(item, b.items[i] as Tree));
    case 'map':
      return (
        b.kind === 'map' &&
        a.entries.size === b.entries.size &&
        [...a.entries].every(([key, { value }]) => {
          const other = b.entries.get(key);
          return other !== undefined && same(value, other.value);
        })
      );
    case 'choice':
      return false;
  }
}

function sameParts(a: readonly Part[] | undefined, b: readonly Part[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.length === b.length &&
    a.every((part, i) => {
      const other = b[i] as Part;
      return (
        ('text' in part ? 'text' in other && part.text === other.text : 'hole' in other && part.hole === other.hole) &&
        sameSite(part.from, other.from)
      );
    })
  );
}

function sameSite(a: Provenance, b: Provenance): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind || a.at.file !== b.at.file || a.at.start !== b.at.start || a.at.end !== b.at.end) return false;
  if (a.kind === 'reference' && b.kind === 'reference') return a.to && b.to ? sameSite(a.to, b.to) : a.to === b.to;
  return true;
}

/** The stretches of a string, or of what will be one. Undefined for a map or a list. */
export function partsOf(tree: TreeScalar | TreeUnknown): readonly Part[] {
  if (tree.parts) return tree.parts;
  return tree.kind === 'scalar'
    ? [{ text: String(tree.value), from: tree.from }]
    : [{ hole: tree.why, from: tree.from, ...(tree.names && { names: tree.names }) }];
}

/** The string that these parts make: known if none is a hole. */
export function ofParts(parts: readonly Part[], from: Provenance, secret = false): TreeScalar | TreeUnknown {
  const mark = secret ? { secret: true as const } : undefined;
  let value = '';
  for (const part of parts) {
    if ('hole' in part) return { kind: 'unknown', why: part.hole, parts, from, ...mark };
    value += part.text;
  }
  return { kind: 'scalar', value, parts, from, ...mark };
}

/** As `Unknown.pieces`: the literal text, null for a hole. */
export const piecesOf = (parts: readonly Part[]): readonly (string | null)[] => parts.map((part) => ('text' in part ? part.text : null));

/** A scalar as a value. `read` says what a scalar means here; a map or a list, which mean nothing here, are handed to it as undefined. */
export function valueOf<T>(tree: Tree, read: (value: Scalar | undefined) => T): Value<T> {
  switch (tree.kind) {
    case 'choice':
      return {
        kind: 'choice',
        on: tree.on,
        from: tree.from,
        branches: new Map([...tree.branches].map(([label, branch]) => [label, valueOf(branch, read)])),
      };
    case 'unknown':
      return {
        kind: 'unknown',
        why: tree.why,
        from: tree.from,
        ...(tree.parts && { pieces: piecesOf(tree.parts) }),
        ...(tree.secret && { secret: true }),
      };
    case 'scalar':
      return tree.secret ? { ...known(read(tree.value), tree.from), secret: true } : known(read(tree.value), tree.from);
    case 'map':
    case 'list':
    case 'absent':
      return known(read(undefined), tree.from);
  }
}

/** A list of scalars; a scalar where a list is wanted, and absence, are handed to `read` as a list of one and of none. */
export function listOf<T>(tree: Tree, read: (value: Scalar | undefined) => T): List<T> {
  switch (tree.kind) {
    case 'choice':
      return {
        kind: 'choice',
        on: tree.on,
        from: tree.from,
        branches: new Map([...tree.branches].map(([label, branch]) => [label, listOf(branch, read)])),
      };
    case 'list':
      return known(
        tree.items.map((item) => (item.kind === 'absent' ? known(undefined, item.from) : itemOf(item, read))),
        tree.from,
      );
    case 'absent':
      return known([], tree.from);
    case 'scalar':
      return known([itemOf(tree, read)], tree.from);
    case 'unknown':
      return { kind: 'unknown', why: tree.why, from: tree.from };
    case 'map':
      return known([], tree.from);
  }
}

function itemOf<T>(item: Tree, read: (value: Scalar | undefined) => T): Value<T | undefined> {
  if (item.kind === 'choice')
    return {
      kind: 'choice',
      on: item.on,
      from: item.from,
      branches: new Map(
        [...item.branches].map(([label, branch]) => [
          label,
          branch.kind === 'absent' ? known(undefined, branch.from) : itemOf(branch, read),
        ]),
      ),
    };
  return valueOf(item, read);
}

/** The string that each known arm holds; undefined for what is no string. */
export const textOf = (tree: Tree): Value<string | undefined> =>
  valueOf(tree, (value) => (value === undefined || value === null ? undefined : String(value)));

/** A value made of another, arm by arm, where it is known. */
export const mapKnown = <T, U>(value: Value<T>, make: (value: T) => U): Value<U> =>
  mapValue(value, (arm) => {
    if (arm.kind === 'known') return arm.secret ? { ...known(make(arm.value), arm.from), secret: true } : known(make(arm.value), arm.from);
    const { why, from, pieces, secret } = arm;
    return { kind: 'unknown', why, from, ...(pieces && { pieces }), ...(secret && { secret }) };
  });
