import type { Program, SyntaxNode } from '../../../source/javascript.ts';
import { memberName } from './declared.ts';
import { isFunction, isHidden, namesOf, readIn, walk, type Scope } from './walk.ts';

/** What a program does to its variables and objects after it has written them. Whether and when it does so is not asked. */
export interface Changed {
  /** Variables that get another value, and what that may be or be part of. */
  readonly reassigned: ReadonlyMap<string, readonly SyntaxNode[]>;
  readonly changes: readonly Change[];
}

export interface Change {
  /** What is changed: a name of the module, or a member of it by names. */
  readonly target: SyntaxNode;
  /** Which part of it: one key, any key, or anything that can be reached from it. */
  readonly part: { readonly key: string } | 'any key' | 'anything in it';
  readonly by: SyntaxNode;
  /** What may be put there. */
  readonly added: readonly SyntaxNode[];
}

/** What does something, and what it does it with. */
interface Deed {
  readonly by: SyntaxNode;
  readonly added: readonly SyntaxNode[];
}

/** Methods of lists, maps and sets that change them. */
const CHANGING = new Set([
  'push',
  'pop',
  'shift',
  'unshift',
  'splice',
  'sort',
  'reverse',
  'fill',
  'copyWithin',
  'set',
  'add',
  'delete',
  'clear',
]);

/** Methods that do to a list what the function that they are given does. */
const ITERATING = new Set(['forEach', 'map', 'filter', 'flatMap', 'find', 'some', 'every', 'reduce', 'reduceRight']);

/** Functions that change the keys of their first argument, and those (of lodash and its kin) that change it all through. */
const ASSIGNING = new Set(['assign', 'assignIn', 'defaults', 'extend', 'defineProperty', 'defineProperties', 'setPrototypeOf']);
const MERGING = new Set(['merge', 'mergeWith', 'defaultsDeep', 'set', 'unset']);

/**
 * Everything in a program that may change something of its module's. A function that is handed an object is taken to
 * leave it as it is, unless it is written here and does not, is known for the contrary, or its result is thrown away:
 * why else would it be called?
 */
export function changesIn(program: Program, own: ReadonlySet<string>, counted: ReadonlySet<SyntaxNode>): Changed {
  const finder = new Finder(own, counted);
  walk(program, (node, scope) => finder.look(node, scope));
  finder.followAliases();
  // The first is the one to be told of.
  return { reassigned: finder.reassigned, changes: finder.changes.toSorted((a, b) => a.by.start - b.by.start) };
}

/** What local names may stand for, or for a part of. */
type Origins = { readonly expression: SyntaxNode; readonly scope: Scope | undefined }[];

class Finder {
  readonly reassigned = new Map<string, SyntaxNode[]>();
  readonly changes: Change[] = [];
  private readonly own: ReadonlySet<string>;
  private readonly counted: ReadonlySet<SyntaxNode>;
  /** Local names that something is done to, and what. Names alone: which of two of one name is meant is not asked. */
  private readonly locals = new Map<string, SyntaxNode>();
  private readonly origins = new Map<string, Set<Origins>>();
  /** What functions are called with, by their names: the origins of their parameters. */
  private readonly handed = new Map<string, Origins>();
  private readonly seen = new Set<SyntaxNode>();

  constructor(own: ReadonlySet<string>, counted: ReadonlySet<SyntaxNode>) {
    this.own = own;
    this.counted = counted;
  }

  look(node: SyntaxNode, scope: Scope | undefined): void {
    switch (node.type) {
      case 'AssignmentExpression':
        if (!this.counted.has(node)) this.assigned(node.left, { by: node, added: [node.right] }, scope);
        return;
      case 'UpdateExpression':
        return this.assigned(node.argument, { by: node, added: [] }, scope);
      case 'UnaryExpression':
        if (node.operator === 'delete') this.assigned(node.argument, { by: node, added: [] }, scope);
        return;
      case 'VariableDeclarator':
        return this.declared(node, scope);
      case 'FunctionDeclaration':
        if (node.id) this.alias(node.params.flatMap(namesOf), this.handedTo(node.id.name));
        return;
      case 'ForInStatement':
      case 'ForOfStatement':
        if (node.left.type !== 'VariableDeclaration') this.assigned(node.left, { by: node.left, added: [node.right] }, scope);
        else for (const { id } of node.left.declarations) this.alias(namesOf(id), [{ expression: node.right, scope }]);
        return;
      case 'CallExpression':
        return this.called(node, scope);
      case 'ExpressionStatement':
        return this.discarded(node.expression, scope);
      default:
    }
  }

  /** What is done to a local name is done to whatever it stands for. */
  followAliases(): void {
    const followed = new Set<Origins>();
    // The map grows while it is walked, where one local name stands for another.
    for (const [name, by] of this.locals) {
      for (const origins of this.origins.get(name) ?? []) {
        if (followed.has(origins)) continue;
        followed.add(origins);
        for (const { expression, scope } of origins) this.exposed(expression, by, scope);
      }
    }
  }

  private declared({ id, init }: Extract<SyntaxNode, { type: 'VariableDeclarator' }>, scope: Scope | undefined): void {
    if (!init) return;
    if (id.type === 'Identifier' && isFunction(init)) this.alias(init.params.flatMap(namesOf), this.handedTo(id.name));
    // Of the module's own names it is known what they stand for.
    const local = namesOf(id).filter((name) => !this.isOwn(name, scope));
    this.alias(local, [{ expression: init, scope }]);
  }

  private alias(names: readonly string[], origins: Origins): void {
    for (const name of names) {
      const known = this.origins.get(name);
      if (known) known.add(origins);
      else this.origins.set(name, new Set([origins]));
    }
  }

  private handedTo(name: string): Origins {
    const known = this.handed.get(name);
    if (known) return known;
    const origins: Origins = [];
    this.handed.set(name, origins);
    return origins;
  }

  private isOwn(name: string, scope: Scope | undefined): boolean {
    return (this.own.has(name) || name === 'module' || name === 'exports') && !isHidden(name, scope);
  }

  private assigned(target: SyntaxNode, deed: Deed, scope: Scope | undefined): void {
    const bare = unwrapped(target);
    switch (bare.type) {
      case 'Identifier':
        if (this.isOwn(bare.name, scope)) this.reassigned.set(bare.name, [...(this.reassigned.get(bare.name) ?? []), ...deed.added]);
        return;
      case 'MemberExpression': {
        const key = memberName(bare);
        return this.change(bare.object, key === undefined ? 'any key' : { key }, deed, scope);
      }
      case 'AssignmentPattern':
        return this.assigned(bare.left, deed, scope);
      case 'RestElement':
        return this.assigned(bare.argument, deed, scope);
      case 'ArrayPattern':
        for (const one of bare.elements) if (one) this.assigned(one, deed, scope);
        return;
      case 'ObjectPattern':
        for (const one of bare.properties) this.assigned(one.type === 'RestElement' ? one : one.value, deed, scope);
        return;
      default:
    }
  }

  private change(node: SyntaxNode, part: Change['part'], { by, added }: Deed, scope: Scope | undefined): void {
    const base = baseOf(node);
    if (base === undefined) return;
    if (!this.isOwn(base, scope)) {
      if (!this.locals.has(base)) this.locals.set(base, by);
      return;
    }
    const { target, exact } = named(node);
    this.changes.push({ target, part: exact ? part : 'anything in it', by, added });
  }

  private called(node: Extract<SyntaxNode, { type: 'CallExpression' }>, scope: Scope | undefined): void {
    const callee = unwrapped(node.callee);
    if (callee.type === 'Identifier') this.handedTo(callee.name).push(...node.arguments.map((expression) => ({ expression, scope })));
    this.handedOn(node, scope);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : undefined;
    if (name === undefined) return;
    if (callee.type === 'MemberExpression' && CHANGING.has(name))
      this.change(callee.object, 'any key', { by: node, added: node.arguments }, scope);
    const [first, ...added] = node.arguments;
    if (!first) return;
    const [second] = added;
    if (MERGING.has(name)) this.change(first, 'anything in it', { by: node, added }, scope);
    if (!ASSIGNING.has(name)) return;
    const key = name === 'defineProperty' && second?.type === 'Literal' ? String(second.value) : undefined;
    // Every compiled module says this of itself.
    if (key !== '__esModule') this.change(first, key === undefined ? 'any key' : { key }, { by: node, added }, scope);
  }

  /** `list.map((one) => …)`: `one` is part of `list`. */
  private handedOn({ callee, arguments: given }: Extract<SyntaxNode, { type: 'CallExpression' }>, scope: Scope | undefined): void {
    const names = given.flatMap((one) => (isFunction(one) ? one.params.flatMap(namesOf) : []));
    const bare = unwrapped(callee);
    const others = [...(bare.type === 'MemberExpression' ? [bare.object] : []), ...given.filter((one) => !isFunction(one))];
    this.alias(
      names,
      others.map((expression) => ({ expression, scope })),
    );
  }

  /** `addCors(config);` is there for what it does, and what it is handed is what it does it to. Printing does nothing to it. */
  private discarded(expression: SyntaxNode, scope: Scope | undefined): void {
    const bare = unwrapped(expression);
    const call = bare.type === 'AwaitExpression' ? unwrapped(bare.argument) : bare;
    if (call.type !== 'CallExpression' || baseOf(call.callee) === 'console') return;
    const callee = unwrapped(call.callee);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
    // These are looked at by themselves, more closely.
    if (
      name !== undefined &&
      (CHANGING.has(name) ||
        ASSIGNING.has(name) ||
        MERGING.has(name) ||
        (ITERATING.has(name) && call.arguments[0] && isFunction(call.arguments[0])))
    )
      return;
    if (callee.type === 'MemberExpression') this.exposed(callee.object, call, scope);
    for (const argument of call.arguments) this.exposed(argument, call, scope);
  }

  /** Everything of the module's that is named in an expression, functions in it left out: they are looked at by themselves. */
  private exposed(expression: SyntaxNode, by: SyntaxNode, scope: Scope | undefined): void {
    const stack: SyntaxNode[] = [expression];
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (isFunction(node) || this.seen.has(node)) continue;
      this.seen.add(node);
      if (baseOf(node) === undefined) stack.push(...readIn(node));
      else this.change(node, 'anything in it', { by, added: [] }, scope);
    }
  }
}

/** Without what TypeScript and `?.` put around it. */
function unwrapped(node: SyntaxNode): SyntaxNode {
  let bare = node;
  for (;;) {
    switch (bare.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
      case 'TSNonNullExpression':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        bare = bare.expression;
        break;
      default:
        return bare;
    }
  }
}

/** `a` of `a`, `a.b` and `(a as T)[b].c`; undefined of everything else. */
function baseOf(node: SyntaxNode): string | undefined {
  let bare = unwrapped(node);
  while (bare.type === 'MemberExpression') bare = unwrapped(bare.object);
  return bare.type === 'Identifier' ? bare.name : undefined;
}

/** As much of `a.b[c].d` as stands there by name: `a.b`. */
function named(node: SyntaxNode): { readonly target: SyntaxNode; readonly exact: boolean } {
  let target = unwrapped(node);
  let exact = true;
  for (let bare = target; bare.type === 'MemberExpression'; bare = unwrapped(bare.object)) {
    if (memberName(bare) !== undefined) continue;
    target = unwrapped(bare.object);
    exact = false;
  }
  return { target, exact };
}
