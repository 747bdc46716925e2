import type { Unresolved } from '../../../model/written.ts';
import type { Computed, Located, LocatedScalar } from '../../../source/located.ts';
import { ofParts, partsOf, type Part, type Tree, type TreeEntry, type TreeScalar, type TreeUnknown } from '../../../value/tree.ts';
import type { Provenance } from '../../../value/value.ts';
import { longForm } from '../../tags.ts';
import { treeOf } from '../made.ts';
import { source, type Asking } from './sources.ts';
import { mayHoldVariables, parseTemplate, type Template, type Variable } from './syntax.ts';

/** A reference that leads nowhere, in the stage at hand. */
export type Missing = Omit<Unresolved, 'kind' | 'exists'>;

/** Variables that lead to variables that lead … deeper than this are given up. */
const MAX_DEPTH = 60;
/** Values of one resolved tree; references that multiply beyond it (a bomb) are unknown. */
const MAX_VALUES = 100_000;
/** Characters, and stretches, of one composed string. */
const MAX_TEXT = 100_000;
const MAX_PARTS = 2_000;

/** A text is resolved at each stage, and read once. */
const parsed = new WeakMap<LocatedScalar, Template>();

/**
 * Resolves a serverless.yml at one stage: every node that is read becomes a `Tree`, its variables
 * worked out, nothing executed. Problems are reported to `report`, once a place.
 */
export class Resolver {
  readonly asking: Asking;
  private readonly report: (missing: Missing) => void;
  private readonly done = new Map<Located, Tree>();
  private readonly open = new Set<Located>();
  private depth = 0;

  constructor(asking: Asking, report: (missing: Missing) => void) {
    this.asking = asking;
    this.report = report;
  }

  resolve(node: Located): Tree {
    const done = this.done.get(node);
    if (done) return done;
    if (this.open.has(node)) return this.cycle(node);
    // Most values lead nowhere.
    const tree = isLiteral(node) && this.depth < MAX_DEPTH ? literal(node) : this.opened(node);
    this.done.set(node, tree);
    return tree;
  }

  private opened(node: Located): Tree {
    this.open.add(node);
    this.depth++;
    const tree = this.depth > MAX_DEPTH ? unknown('its variables are nested too deeply', node) : this.made(this.read(node), node);
    this.depth--;
    this.open.delete(node);
    return tree;
  }

  /** What stands under `self:` and a dotted path; undefined where nothing does, or null. */
  lookup(start: Located, keys: readonly string[]): Tree | undefined {
    let node: Located = start;
    for (const [i, key] of keys.entries()) {
      if (node.kind === 'scalar') {
        if (!node.computed && (typeof node.value !== 'string' || !mayHoldVariables(node.value))) return undefined;
        return this.follow(this.resolve(node), keys.slice(i));
      }
      if (node.kind === 'map') {
        const { entries } = node;
        this.asking.probe?.(entries.keys(), key, (other) => leads(entries.get(other)?.value, keys.slice(i + 1)));
      }
      const next: Located | undefined = node.kind === 'map' ? node.entries.get(key)?.value : node.items[Number(key)];
      if (!next) return undefined;
      node = next;
    }
    return this.resolve(node);
  }

  /** The same inside what a variable resolved to. */
  private follow(tree: Tree, keys: readonly string[]): Tree | undefined {
    if (keys.length === 0) return tree;
    if (tree.kind === 'unknown') return { kind: 'unknown', why: tree.why, from: tree.from };
    if (tree.kind === 'choice') {
      const branches = [...tree.branches].map(([label, branch]) => [label, this.follow(branch, keys) ?? nothing(branch.from)] as const);
      return { ...tree, branches: new Map(branches) };
    }
    const [key = '', ...rest] = keys;
    if (tree.kind === 'map') {
      const { entries } = tree;
      this.asking.probe?.(entries.keys(), key, (other) => this.leadsOn(entries.get(other)?.value, rest));
    }
    const next = tree.kind === 'map' ? tree.entries.get(key)?.value : tree.kind === 'list' ? tree.items[Number(key)] : undefined;
    return next && this.follow(next, rest);
  }

  private leadsOn(tree: Tree | undefined, keys: readonly string[]): boolean {
    return tree !== undefined && this.follow(tree, keys) !== undefined;
  }

  /** What we do not know and the framework does, where it is it that asks. What came from outside is not shown. */
  private made(tree: Tree, node: Located): Tree {
    const { document, context } = this.asking;
    const { made } = context.settings;
    if ((tree.kind !== 'unknown' && tree.kind !== 'choice') || !made || node.at.file !== document.file) return tree;
    const value = node.at.path.reduce<unknown>(
      (from, key) => (from as Readonly<Record<string, unknown>> | null | undefined)?.[key],
      made.configuration,
    );
    return value === undefined ? tree : treeOf(value, tree.from, true);
  }

  private read(node: Located): Tree {
    const long = longForm(node.tag);
    if (long !== undefined) return this.tagged(node, long);
    return this.plain(node);
  }

  private plain(node: Located): Tree {
    const from: Provenance = { kind: 'literal', at: node.at };
    if (node.kind === 'scalar' && node.computed) return computed(node.computed, from);
    if (node.kind === 'scalar')
      return typeof node.value === 'string' && mayHoldVariables(node.value)
        ? this.template(node, node.value)
        : { kind: 'scalar', value: node.value, from };
    if (node.kind === 'list') return bounded({ kind: 'list', items: node.items.map((item) => this.resolve(item)), from });
    const entries = new Map<string, TreeEntry>();
    for (const [name, { key, value }] of node.entries) entries.set(name, { key, value: this.resolve(value) });
    return bounded({ kind: 'map', entries, from });
  }

  /** `!Sub x` as { 'Fn::Sub': 'x' }, as the framework's own YAML schema makes it. */
  private tagged(node: Located, name: string): Tree {
    const from: Provenance = { kind: 'literal', at: node.at };
    const inner = this.plain(node);
    const value: Tree =
      name === 'Fn::GetAtt' && inner.kind === 'scalar' && typeof inner.value === 'string'
        ? { kind: 'list', from, items: splitOnce(inner.value).map((part): Tree => ({ kind: 'scalar', value: part, from })) }
        : inner;
    return { kind: 'map', from, entries: new Map([[name, { key: node.at, value }]]) };
  }

  private template(node: LocatedScalar, text: string): Tree {
    const template = parsed.get(node) ?? parseTemplate(text);
    parsed.set(node, template);
    const [only] = template;
    if (template.length === 1 && only !== undefined && typeof only !== 'string') return this.refer(this.variable(only, node), node);
    return this.compose(template, node);
  }

  /** A string of literal text and variables; a choice in one of them is a choice of strings. */
  compose(template: Template, node: Located): Tree {
    const literal: Provenance = { kind: 'literal', at: node.at };
    const trees = template.map((piece): Tree =>
      typeof piece === 'string' ? { kind: 'scalar', value: piece, from: literal } : this.refer(this.variable(piece, node), node),
    );
    return distribute(trees, literal);
  }

  private variable(variable: Variable, node: Located): Tree {
    for (const [i, one] of variable.sources.entries()) {
      if (one.kind === 'literal') return { kind: 'scalar', value: one.value, from: { kind: 'literal', at: node.at } };
      if (one.kind === 'invalid') return unknown(`the framework cannot read "${one.text}" in ${variable.written}`, node);
      const answer = source(this, one, node, i < variable.sources.length - 1);
      if (answer.kind === 'value') return answer.tree;
      const rest = variable.sources.slice(i + 1);
      if (answer.kind === 'if-set')
        return {
          kind: 'choice',
          on: answer.on,
          from: answer.set.from,
          branches: new Map([
            ['set', answer.set],
            ['not set', this.variable({ ...variable, sources: rest }, node)],
          ]),
        };
      if (rest.length === 0) return this.fromCommandLine(variable, node) ?? this.missing(variable, answer.missing, answer.text, node);
    }
    return unknown('it has no source', node);
  }

  /** Nothing but an option of the command line can give it, so every deploy that works does: the stage is the one at hand. */
  private fromCommandLine(variable: Variable, node: Located): Tree | undefined {
    const option = variable.sources.find((one) => one.kind === 'source' && one.name === 'opt');
    const name = option?.kind === 'source' ? option.address?.find((piece) => typeof piece === 'string') : undefined;
    if (name === undefined) return undefined;
    if (name === 'stage' && this.asking.stage !== undefined)
      return { kind: 'scalar', value: this.asking.stage, from: { kind: 'literal', at: node.at } };
    return unknown(`it is the option \`--${name}\` of the deploy command`, node);
  }

  private missing(variable: Variable, missing: Missing['missing'] | undefined, text: string, node: Located): Tree {
    if (missing) this.report({ at: node.at, written: variable.written, missing, text });
    return unknown(text, node);
  }

  private cycle(node: Located): Tree {
    const written = node.source.length > 80 ? `${node.source.slice(0, 79)}…` : node.source;
    this.report({ at: node.at, written, missing: 'cycle', text: 'its variables lead back to itself' });
    return unknown('its variables lead back to itself', node);
  }

  /** The value as it arrives at `node`: pointing there, and from there to where it is written. */
  private refer(tree: Tree, node: Located): Tree {
    const from: Provenance = tree.from.at === node.at ? tree.from : { kind: 'reference', at: node.at, to: tree.from };
    if (tree.kind !== 'choice') return sized({ ...tree, from }, sizes.get(tree));
    return { ...tree, from, branches: new Map([...tree.branches].map(([label, branch]) => [label, this.refer(branch, node)])) };
  }
}

const isLiteral = (node: Located): node is LocatedScalar =>
  node.kind === 'scalar' && node.tag === undefined && !node.computed && !(typeof node.value === 'string' && mayHoldVariables(node.value));

const literal = ({ value, at }: LocatedScalar): TreeScalar => ({ kind: 'scalar', value, from: { kind: 'literal', at } });

const splitOnce = (text: string): readonly string[] => {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
};

const nothing = (from: Provenance): Tree => ({ kind: 'scalar', value: null, from });

const unknown = (why: string, node: Located): TreeUnknown => ({ kind: 'unknown', why, from: { kind: 'literal', at: node.at } });

/** What code works out: unknown, but for the literal pieces of a template string. */
function computed({ why, pieces }: Computed, from: Provenance): Tree {
  return {
    kind: 'unknown',
    why,
    from,
    ...(pieces && { parts: pieces.map((piece): Part => (piece === null ? { hole: why, from } : { text: piece, from })) }),
  };
}

/** Strings of every combination of the pieces' choices. */
function distribute(trees: readonly Tree[], from: Provenance): Tree {
  const choice = trees.find((tree) => tree.kind === 'choice');
  if (choice?.kind === 'choice') {
    const branches = [...choice.branches].map(
      ([label]) =>
        [
          label,
          distribute(
            trees.map((tree) => (tree.kind === 'choice' && tree.on.key === choice.on.key ? (tree.branches.get(label) ?? tree) : tree)),
            from,
          ),
        ] as const,
    );
    return { kind: 'choice', on: choice.on, from, branches: new Map(branches) };
  }
  const parts: Part[] = [];
  for (const tree of trees) {
    if (tree.kind === 'scalar' || tree.kind === 'unknown') parts.push(...partsOf(tree));
    else parts.push({ hole: 'a list or a map cannot be part of a text', from: tree.from });
  }
  const length = parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : 0), 0);
  if (length > MAX_TEXT || parts.length > MAX_PARTS) return { kind: 'unknown', why: 'the text is too long', from };
  return ofParts(
    parts,
    from,
    trees.some((tree) => (tree.kind === 'scalar' || tree.kind === 'unknown') && tree.secret === true),
  ) satisfies TreeScalar | TreeUnknown;
}

/** Whether a path may lead somewhere from here; a variable on the way may. */
function leads(from: Located | undefined, keys: readonly string[]): boolean {
  let node = from;
  for (const key of keys) {
    if (node?.kind === 'scalar') return typeof node.value === 'string' && mayHoldVariables(node.value);
    node = node?.kind === 'map' ? node.entries.get(key)?.value : node?.items[Number(key)];
  }
  return node !== undefined;
}

const sizes = new WeakMap<Tree, number>();

/** Refuses a tree that references have multiplied: what is shared in memory is walked in full later. */
function bounded(tree: Tree): Tree {
  let size = 1;
  if (tree.kind === 'map') for (const { value } of tree.entries.values()) size += sizeOf(value);
  if (tree.kind === 'list') for (const item of tree.items) size += sizeOf(item);
  if (size > MAX_VALUES) return { kind: 'unknown', why: `it grows to more than ${MAX_VALUES} values`, from: tree.from };
  return sized(tree, size);
}

const sizeOf = (tree: Tree): number => (tree.kind === 'scalar' ? 1 : (sizes.get(tree) ?? 1));

function sized(tree: Tree, size: number | undefined): Tree {
  if (size !== undefined) sizes.set(tree, size);
  return tree;
}
