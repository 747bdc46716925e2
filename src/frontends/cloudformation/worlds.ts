import { zip, type Tree, type TreeAbsent, type TreeChoice } from '../../value/tree.ts';
import { known, leaves, mapValue, type Provenance, type Question, type Value } from '../../value/value.ts';
import { judge, simplify, YES, type Verdict } from '../../value/verdict.ts';

/** A tree that hangs on nothing, at least at its top. */
export type Arm = Exclude<Tree, TreeChoice>;

/** Past this many combinations of answers a value is unknown. */
const MAX_WORLDS = 64;
/** Where values are only put together, some more. */
const MAX_LEAVES = 600;
const TOO_MANY = 'it hangs on too many conditions at once';

interface Node {
  readonly kind: string;
}
interface Fork<N> {
  readonly kind: 'choice';
  readonly on: Question;
  readonly branches: ReadonlyMap<string, N>;
}
const isFork = <N extends Node>(node: N): node is N & Fork<N> => node.kind === 'choice';

/** A tree or a value as it is where the question `key` is answered by `label`. */
function within<N extends Node>(node: N, key: string, label: string): N {
  if (!isFork<N>(node)) return node;
  if (node.on.key === key) {
    const branch = node.branches.get(label) ?? [...node.branches.values()][0];
    return branch ? within(branch, key, label) : node;
  }
  return { ...node, branches: new Map([...node.branches].map(([other, branch]) => [other, within(branch, key, label)])) };
}

/** Whether the nodes hang on more combinations of answers than are told apart. */
function hangOnTooMuch(nodes: readonly Node[], most = MAX_WORLDS): boolean {
  const sizes = new Map<string, number>();
  const visit = (node: Node): void => {
    if (!isFork<Node>(node)) return;
    sizes.set(node.on.key, node.on.labels.length);
    node.branches.forEach(visit);
  };
  nodes.forEach(visit);
  return [...sizes.values()].reduce((product, size) => product * size, 1) > most;
}

/** Makes something of the trees in every world that tells them apart; what it makes asks no question again that is answered there. */
function split<R extends Node>(
  trees: readonly Tree[],
  make: (arms: readonly Tree[]) => R,
  join: (on: Question, branches: ReadonlyMap<string, R>) => R,
): R {
  const fork = trees.find((tree) => tree.kind === 'choice');
  if (fork?.kind !== 'choice') return make(trees);
  const { on } = fork;
  const inside = (label: string): R =>
    within(
      split(
        trees.map((tree) => within(tree, on.key, label)),
        make,
        join,
      ),
      on.key,
      label,
    );
  return join(on, new Map(on.labels.map((label) => [label, inside(label)])));
}

type Arms<T extends readonly Tree[]> = { readonly [K in keyof T]: Arm };

/** A tree made of others, choices distributed over it: equal outcomes are one. */
export function distribute<const T extends readonly Tree[]>(trees: T, from: Provenance, make: (...arms: Arms<T>) => Tree): Tree {
  if (!trees.some(isFork)) return make(...(trees as unknown as Arms<T>));
  if (hangOnTooMuch(trees)) return { kind: 'unknown', why: TOO_MANY, from };
  return split<Tree>(trees, (arms) => make(...(arms as unknown as Arms<T>)), zip);
}

/** A value made of trees, choices distributed over it. */
export function perWorld<const T extends readonly Tree[], V>(trees: T, from: Provenance, make: (...arms: Arms<T>) => Value<V>): Value<V> {
  if (!trees.some(isFork)) return make(...(trees as unknown as Arms<T>));
  if (hangOnTooMuch(trees)) return { kind: 'unknown', why: TOO_MANY, from };
  return split<Value<V>>(
    trees,
    (arms) => make(...(arms as unknown as Arms<T>)),
    (on, branches) => ({ kind: 'choice', on, branches, from }),
  );
}

/** One of two values, by a third that may hang on a choice, or be unknown and leave the outcome so. */
export function choose<T>(when: Value<boolean>, then: Value<T>, otherwise: Value<T>): Value<T> {
  if (when.kind === 'choice') {
    if (hangOnTooMuch([when, then, otherwise], MAX_LEAVES)) return { kind: 'unknown', why: TOO_MANY, from: when.from };
    const branches = [...when.branches].map(([label, branch]) => {
      const { key } = when.on;
      return [label, choose(branch, within<Value<T>>(then, key, label), within<Value<T>>(otherwise, key, label))] as const;
    });
    return { kind: 'choice', on: when.on, from: when.from, branches: new Map(branches) };
  }
  // What is the same either way does not hang on it.
  if (when.kind === 'unknown') return isSame(then, otherwise) ? then : { kind: 'unknown', why: when.why, from: when.from };
  return when.value ? then : otherwise;
}

/** Plain values that are equal, and lists that are both empty; no other things are compared. */
const isSame = <T>(a: Value<T>, b: Value<T>): boolean =>
  a.kind === 'known' &&
  b.kind === 'known' &&
  (a.value === b.value || (Array.isArray(a.value) && Array.isArray(b.value) && a.value.length === 0 && b.value.length === 0));

/** Kleene's conjunction of two values. */
export const both = (left: Value<boolean>, right: Value<boolean>): Value<boolean> => settled(combine(left, right, false));
/** Kleene's disjunction of two values. */
export const either = (left: Value<boolean>, right: Value<boolean>): Value<boolean> => settled(combine(left, right, true));

/** One answer in all worlds is no choice. */
function settled(value: Value<boolean>): Value<boolean> {
  if (value.kind !== 'choice') return value;
  const [first, ...others] = leaves(value);
  return first?.kind === 'known' && others.every((leaf) => leaf.kind === 'known' && leaf.value === first.value)
    ? known(first.value, value.from)
    : value;
}

function combine(left: Value<boolean>, right: Value<boolean>, decisive: boolean): Value<boolean> {
  if (left.kind === 'choice') {
    if (hangOnTooMuch([left, right], MAX_LEAVES)) return { kind: 'unknown', why: TOO_MANY, from: left.from };
    const branches = [...left.branches].map(
      ([label, branch]) => [label, combine(branch, within<Value<boolean>>(right, left.on.key, label), decisive)] as const,
    );
    return { kind: 'choice', on: left.on, from: left.from, branches: new Map(branches) };
  }
  if (left.kind === 'known') return left.value === decisive ? left : right;
  // Unknown on the left: only a decisive right settles it.
  return mapValue(right, (arm) => (arm.kind === 'known' && arm.value === decisive ? arm : left));
}

export const negated = (value: Value<boolean>): Value<boolean> =>
  mapValue(value, (arm) => (arm.kind === 'known' ? known(!arm.value, arm.from) : arm));

/** In which worlds it is true; yes without conditions where nothing is in doubt. */
export function verdictOf(value: Value<boolean>): Verdict {
  if (value.kind === 'known' && value.value) return YES;
  const verdict = judge(value, (arm) => (arm.kind === 'unknown' ? 'maybe' : arm.value ? 'yes' : 'no'));
  // That a thing exists is no evidence to show; that it may not is.
  return simplify(verdict.map((one) => (one.truth === 'maybe' ? one : { ...one, because: [] })));
}

/** Whether a value can be false only: nothing of it needs to be lifted. */
export const isNever = (value: Value<boolean>): boolean => value.kind === 'known' && !value.value;

/** null is what a framework writes to take a property out; CloudFormation itself refuses it. */
export const isGiven = (arm: Arm): boolean => arm.kind !== 'absent' && !(arm.kind === 'scalar' && arm.value === null);

/** In which worlds something stands here. */
export const standsHere = (tree: Tree): Value<boolean> =>
  tree.kind === 'choice' ? settled(perWorld([tree], tree.from, (arm) => known(isGiven(arm), arm.from))) : known(isGiven(tree), tree.from);

/** A tree without the worlds in which nothing stands here: there it reads like another one, since whoever asks has asked that first. */
export function standing(tree: Tree): Tree {
  if (tree.kind !== 'choice') return tree;
  const branches = [...tree.branches].map(([label, branch]) => [label, standing(branch)] as const);
  const one = branches.find(([, branch]) => branch.kind === 'choice' || isGiven(branch))?.[1];
  if (!one) return absent(tree.from);
  return zip(tree.on, new Map(branches.map(([label, branch]) => [label, branch.kind === 'choice' || isGiven(branch) ? branch : one])));
}

export const absent = (from: Provenance): TreeAbsent => ({ kind: 'absent', from: { kind: 'absent', at: from.at } });

/** The distinct things that a tree may be, by key, each with the worlds in which it is. */
export function variants(
  tree: Tree,
  keyOf: (arm: Arm) => string,
): ReadonlyMap<string, { readonly arm: Arm; readonly present: Value<boolean> }> {
  if (tree.kind !== 'choice') return new Map([[keyOf(tree), { arm: tree, present: known(true, tree.from) }]]);
  const arms = new Map<string, Arm>();
  const collect = (node: Tree): void => {
    if (node.kind === 'choice') node.branches.forEach(collect);
    else if (!arms.has(keyOf(node))) arms.set(keyOf(node), node);
  };
  collect(tree);
  return new Map(
    [...arms].map(([key, arm]) => [key, { arm, present: arms.size === 1 ? known(true, arm.from) : isVariant(tree, key, keyOf) }]),
  );
}

const isVariant = (tree: Tree, key: string, keyOf: (arm: Arm) => string): Value<boolean> =>
  perWorld([tree], tree.from, (arm) => known(keyOf(arm) === key, arm.from));

/** Each item of a list with the worlds in which it stands there, lists that hang on a choice included. */
export function itemsOf(tree: Tree): readonly { readonly tree: Tree; readonly present: Value<boolean> }[] {
  if (tree.kind === 'list')
    return tree.items.map((item) => ({ tree: standing(item), present: standsHere(item) })).filter(({ present }) => !isNever(present));
  if (tree.kind !== 'choice') return [];
  return [...tree.branches].flatMap(([label, branch]) =>
    itemsOf(branch).map((item) => ({ ...item, present: both(answered(tree, label), item.present) })),
  );
}

const answered = ({ on, from }: TreeChoice, label: string): Value<boolean> => ({
  kind: 'choice',
  on,
  from,
  branches: new Map(on.labels.map((other) => [other, known(other === label, from)])),
});
