import { get, type Tree, type TreeEntry, type TreeList, type TreeMap, type TreeScalar } from '../../value/tree.ts';
import type { Provenance, Question, Value } from '../../value/value.ts';
import { Conditions } from './conditions.ts';
import { FUNCTIONS } from './functions.ts';
import type { ResolveOptions } from './intrinsics.ts';
import { readParameters, type Parameters } from './parameters.ts';
import { compose } from './text.ts';
import { distribute, isGiven } from './worlds.ts';

/** Enough for the largest template that CloudFormation takes, many times over; a trap of nested choices stops here. */
const MAX_NODES = 200_000;
const MAX_DEPTH = 250;
/** Worlds within worlds: more are not told apart while a template is worked out. */
const MAX_WORLDS = 600;
const TOO_MUCH = 'the template is too large to be worked out';
const TOO_MANY = 'it hangs on too many conditions at once';

/** What is true of a whole template while it is worked out. */
interface Scope {
  readonly parameters: Parameters;
  readonly conditions: Conditions;
  readonly mappings: Tree;
  readonly prefix: string;
  /** Counted down together. */
  readonly left: { nodes: number; depth: number };
  /** The questions whose assumed answers made a difference since it was last looked at. */
  asked: Set<string>;
}

/** Works out the intrinsic functions of a template, under what is assumed of its questions. */
export class Resolver {
  readonly parameters: Parameters;
  readonly conditions: Conditions;
  readonly mappings: Tree;
  /** What its logical ids stand under. */
  readonly prefix: string;
  /** By a question's key, the answer that is assumed. */
  private readonly world: ReadonlyMap<string, string>;
  /** How many worlds there are beside this one, itself counted. */
  private readonly worlds: number;
  private readonly scope: Scope;

  private constructor(scope: Scope, world: ReadonlyMap<string, string>, worlds: number) {
    this.scope = scope;
    this.parameters = scope.parameters;
    this.conditions = scope.conditions;
    this.mappings = scope.mappings;
    this.prefix = scope.prefix;
    this.world = world;
    this.worlds = worlds;
  }

  static of(
    template: Tree,
    { path = template.from.at.file.path, parameters: given = {}, handed, scope: prefix = '' }: ResolveOptions,
  ): Resolver {
    const parameters = readParameters(template, { path, given, ...(handed && { handed }) });
    const conditions = new Conditions(template, path, parameters, (tree) => resolver.resolve(tree));
    const left = { nodes: MAX_NODES, depth: MAX_DEPTH };
    const scope = {
      parameters,
      conditions,
      mappings: get(template, 'Mappings'),
      prefix,
      left,
      asked: new Set<string>(),
    };
    const resolver = new Resolver(scope, new Map(), 1);
    return resolver;
  }

  /** The answer that is assumed, if one is. */
  assumed(key: string): string | undefined {
    this.scope.asked.add(key);
    return this.world.get(key);
  }

  /** The same, assuming one answer more. */
  private assuming({ key, labels }: Question, label: string): Resolver {
    return new Resolver(this.scope, new Map(this.world).set(key, label), this.worlds * labels.length);
  }

  /** A tree of two, by what a condition decides: each is worked out under the answers that lead to it. */
  branch(decision: Value<boolean>, then: (resolver: Resolver) => Tree, otherwise: (resolver: Resolver) => Tree, from: Provenance): Tree {
    if (decision.kind === 'known') return decision.value ? then(this) : otherwise(this);
    if (decision.kind === 'unknown') return { kind: 'unknown', why: decision.why, from };
    const { on, branches } = decision;
    const assumed = this.assumed(on.key);
    const answered = assumed === undefined ? undefined : branches.get(assumed);
    if (answered) return this.branch(answered, then, otherwise, from);
    if (this.worlds * on.labels.length > MAX_WORLDS) return { kind: 'unknown', why: TOO_MANY, from };
    const made = new Map<boolean, Tree>();
    const open = (label: string): Tree => {
      const branch: Value<boolean> = branches.get(label) ?? { kind: 'unknown', why: TOO_MUCH, from };
      const same = branch.kind === 'known' ? made.get(branch.value) : undefined;
      if (same) return same;
      const [tree, mattered] = this.noticing(on.key, () => this.assuming(on, label).branch(branch, then, otherwise, from));
      // A parameter of twenty values decides, mostly, one thing for all but one of them.
      if (branch.kind === 'known' && !mattered) made.set(branch.value, tree);
      return tree;
    };
    return { kind: 'choice', on, branches: new Map(on.labels.map((label) => [label, open(label)])), from };
  }

  /** What `make` makes, and whether the answer to a question mattered to it. */
  private noticing(key: string, make: () => Tree): readonly [Tree, boolean] {
    const before = this.scope.asked;
    this.scope.asked = new Set();
    const tree = make();
    const mattered = this.scope.asked.has(key);
    for (const one of before) this.scope.asked.add(one);
    return [tree, mattered];
  }

  resolve(tree: Tree): Tree {
    const { left } = this.scope;
    if (left.nodes <= 0 || left.depth <= 0) return { kind: 'unknown', why: TOO_MUCH, from: tree.from };
    left.nodes--;
    if (tree.kind === 'scalar') return typeof tree.value === 'string' && tree.value.includes('{{') ? dynamic(tree, tree.value) : tree;
    if (tree.kind === 'unknown' || tree.kind === 'absent') return tree;
    left.depth--;
    const resolved = tree.kind === 'map' ? this.map(tree) : tree.kind === 'list' ? this.list(tree) : this.choice(tree);
    left.depth++;
    return resolved;
  }

  /** Itself where nothing in it was to be worked out. */
  private list(tree: TreeList): Tree {
    let items: Tree[] | undefined;
    for (let i = 0; i < tree.items.length; i++) {
      const item = tree.items[i] as Tree;
      const resolved = this.resolve(item);
      if (resolved === item) continue;
      items ??= [...tree.items];
      items[i] = resolved;
    }
    return items ? { ...tree, items } : tree;
  }

  /** As `list`. */
  private values(tree: TreeMap): Tree {
    let entries: Map<string, TreeEntry> | undefined;
    // Every map of a template comes by: a loop over pairs makes half a dozen objects of each.
    tree.entries.forEach(({ key, value }, name) => {
      const resolved = this.resolve(value);
      if (resolved === value) return;
      entries ??= new Map(tree.entries);
      entries.set(name, { key, value: resolved });
    });
    return entries ? { kind: 'map', entries, from: tree.from } : tree;
  }

  private choice(tree: Extract<Tree, { kind: 'choice' }>): Tree {
    const assumed = this.assumed(tree.on.key);
    const branch = assumed === undefined ? undefined : tree.branches.get(assumed);
    if (branch) return this.resolve(branch);
    if (this.worlds * tree.on.labels.length > MAX_WORLDS) return { kind: 'unknown', why: TOO_MANY, from: tree.from };
    return {
      ...tree,
      branches: new Map([...tree.branches].map(([label, one]) => [label, this.assuming(tree.on, label).resolve(one)])),
    };
  }

  private map(tree: TreeMap): Tree {
    for (const name of tree.entries.keys()) {
      if (!isFunction(name)) continue;
      const value = tree.entries.get(name)?.value;
      return tree.entries.size === 1 && value && value.kind !== 'choice' ? this.call(name, value, tree.from) : this.calling(tree);
    }
    return this.values(tree);
  }

  private calling(tree: TreeMap): Tree {
    const entries = [...tree.entries];
    // Two functions of two worlds in one map: `zip` puts maps together key by key.
    if (entries.some(([, { value }]) => value.kind === 'choice')) {
      const values = entries.map(([, { value }]) => value);
      return distribute<readonly Tree[]>(values, tree.from, (...arms) =>
        this.resolve({ ...tree, entries: new Map(entries.flatMap(([name, entry], i) => withValue(name, entry, arms[i]))) }),
      );
    }
    const [only, second] = entries;
    if (!only || second)
      return { kind: 'unknown', why: `${entries.map(([name]) => name).find(isFunction)} stands beside other keys`, from: tree.from };
    return this.call(only[0], only[1].value, tree.from);
  }

  private call(name: string, argument: Tree, from: Provenance): Tree {
    const call = FUNCTIONS[name];
    return call ? call(argument, from, this) : { kind: 'unknown', why: `${name} is worked out at deploy time`, from };
  }
}

const isFunction = (name: string): boolean => name === 'Ref' || name.startsWith('Fn::');

const withValue = (name: string, { key }: TreeEntry, value: Tree | undefined): readonly (readonly [string, TreeEntry])[] =>
  value && (value.kind === 'choice' || isGiven(value)) ? [[name, { key, value }]] : [];

/** A scalar that holds a dynamic reference is one with a hole. */
function dynamic(tree: TreeScalar, value: string): Tree {
  const text = compose(tree.parts ?? [{ text: value, from: tree.from }], tree.from, tree.secret);
  return text.kind === 'unknown' ? text : tree;
}
