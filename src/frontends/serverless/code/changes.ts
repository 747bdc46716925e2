import type { Program, SyntaxNode } from '../../../source/javascript.ts';
import { memberName } from './declared.ts';
import { baseOf, unwrapped, written } from './members.ts';
import { defaultsOf, isFunction, isHidden, namesOf, readIn, walk, type Scope } from './walk.ts';

/** What a program does to its variables and objects after it has written them. Whether and when it does so is not asked. */
export interface Changed {
  /** Variables that get another value, and what that may be or be part of. */
  readonly reassigned: ReadonlyMap<string, readonly SyntaxNode[]>;
  readonly changes: readonly Change[];
  /** Whether a function in it changes what it is given. */
  readonly changesGiven: boolean;
}

export interface Change {
  /** What is changed: a name of the module, or a member of it by names. */
  readonly target: SyntaxNode;
  /** Which part of it: one key, any key, or anything that can be reached from it. */
  readonly part: { readonly key: string } | 'any key' | 'anything in it';
  readonly by: SyntaxNode;
  /** What may be put there. */
  readonly added: readonly SyntaxNode[];
  /** The name that is called: it is changed only where that stands for a function of another file that does so. */
  readonly through?: string | undefined;
}

/** What does something, and what it does it with. */
interface Deed {
  readonly by: SyntaxNode;
  readonly added: readonly SyntaxNode[];
  readonly through?: string;
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

/** Methods that hand a function what they are called on, or what they are given, and nothing else. */
const HANDING = new Set([...ITERATING, 'sort', 'from', 'then', 'catch', 'finally']);

/**
 * Everything in a program that may change something of its module's. A function that is handed an object is taken to
 * leave it as it is, unless it is written here and does not, is known for the contrary, or its result is thrown away:
 * why else would it be called?
 */
export function changesIn(program: Program, own: ReadonlySet<string>, counted: ReadonlySet<SyntaxNode>): Changed {
  const finder = new Finder(own, new Set([...counted, ...program.body.map(bareDeclaration)]));
  walk(program, (node, scope) => finder.look(node, scope));
  finder.followAliases();
  // The first is the one to be told of.
  const { reassigned, changesGiven } = finder;
  return { reassigned, changesGiven, changes: finder.changes.toSorted((a, b) => a.by.start - b.by.start) };
}

const bareDeclaration = (node: SyntaxNode): SyntaxNode => (node.type === 'ExportNamedDeclaration' && node.declaration) || node;

type FunctionNode = Extract<SyntaxNode, { params: unknown }>;

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
  /** All that any function is called with, on, or thrown: what functions without a name may get. */
  private readonly anything: Origins = [];
  /** The parameters of functions by their names. */
  private readonly parameters = new Map<string, readonly string[]>();
  /** Names that stand for themselves somewhere: whoever is handed a function may call it with anything. */
  private readonly mentioned = new Set<string>();
  /** Names of what any function is given. */
  private readonly given = new Set(['this', 'arguments']);
  /** Functions whose callers are known, and the names that call them. */
  private readonly placed = new Set<SyntaxNode>();
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
      case 'VariableDeclaration':
        // Of the top level it is a declaration; a `var` in a block below it sets the same variable again.
        if (node.kind === 'var' && !this.counted.has(node))
          for (const { id, init } of node.declarations) if (init) this.assigned(id, { by: node, added: [init] }, scope);
        return;
      case 'VariableDeclarator':
        return this.declared(node, scope);
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return this.function(node, scope);
      case 'Identifier':
        if (!this.placed.has(node)) this.mentioned.add(node.name);
        return;
      case 'PropertyDefinition':
        if (node.value) this.anything.push({ expression: node.value, scope });
        return;
      case 'CatchClause':
        return this.alias(node.param ? namesOf(node.param) : [], this.anything);
      case 'ThrowStatement':
        this.anything.push({ expression: node.argument, scope });
        return;
      case 'ForInStatement':
      case 'ForOfStatement':
        return this.iterated(node, scope);
      case 'CallExpression':
        return this.called(node, scope);
      case 'NewExpression':
      case 'TaggedTemplateExpression':
        for (const expression of readIn(node)) this.anything.push({ expression, scope });
        return;
      case 'ExpressionStatement':
        return this.discarded(node.expression, scope);
      default:
    }
  }

  get changesGiven(): boolean {
    return [...this.locals.keys()].some((name) => this.given.has(name));
  }

  /** What is done to a local name is done to whatever it stands for. */
  followAliases(): void {
    this.alias(['this', 'arguments'], this.anything);
    for (const [name, parameters] of this.parameters) if (this.mentioned.has(name)) this.alias(parameters, this.anything);
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
    if (id.type === 'Identifier' && isFunction(init)) this.named(id, init);
    // Of the module's own names it is known what they stand for.
    const local = namesOf(id).filter((name) => !this.isOwn(name, scope));
    this.alias(local, [{ expression: init, scope }]);
  }

  /** `for (… of …)`: also of a `var` of the module's own. */
  private iterated({ left, right }: Extract<SyntaxNode, { type: 'ForInStatement' | 'ForOfStatement' }>, scope: Scope | undefined): void {
    if (left.type !== 'VariableDeclaration') return this.assigned(left, { by: left, added: [right] }, scope);
    for (const { id } of left.declarations) {
      this.alias(namesOf(id), [{ expression: right, scope }]);
      if (left.kind === 'var') this.assigned(id, { by: left, added: [right] }, scope);
    }
  }

  private function(node: FunctionNode, scope: Scope | undefined): void {
    const names = node.params.flatMap(namesOf);
    for (const name of names) this.given.add(name);
    const defaults = node.params.flatMap(defaultsOf);
    this.alias(
      names,
      defaults.map((expression) => ({ expression, scope })),
    );
    if (node.type === 'FunctionDeclaration' && node.id) this.named(node.id, node);
    else if (!this.placed.has(node)) this.alias(names, this.anything);
  }

  /** A function that is called by its name. */
  private named(id: Extract<SyntaxNode, { type: 'Identifier' }>, node: FunctionNode): void {
    const names = node.params.flatMap(namesOf);
    this.placed.add(id).add(node);
    this.parameters.set(id.name, [...(this.parameters.get(id.name) ?? []), ...names]);
    this.alias(names, this.handedTo(id.name));
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

  private change(node: SyntaxNode, part: Change['part'], { by, added, through }: Deed, scope: Scope | undefined): void {
    const base = baseOf(node);
    if (base === undefined) return this.exposed(node, by, scope);
    if (!this.isOwn(base, scope)) {
      if (!this.locals.has(base)) this.locals.set(base, by);
      return;
    }
    const { target, exact } = written(node);
    this.changes.push({ target, part: exact ? part : 'anything in it', by, added, through });
  }

  private called(node: Extract<SyntaxNode, { type: 'CallExpression' }>, scope: Scope | undefined): void {
    const callee = unwrapped(node.callee);
    if (callee.type === 'Identifier') {
      this.placed.add(callee);
      this.handedTo(callee.name).push(...node.arguments.map((expression) => ({ expression, scope })));
    }
    const base = baseOf(callee);
    if (base !== undefined && this.isOwn(base, scope)) this.handedOut(node, base, scope);
    if (base !== 'console') {
      const receiver = callee.type === 'MemberExpression' ? [callee.object] : [];
      for (const expression of [...receiver, ...node.arguments]) this.anything.push({ expression, scope });
    }
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
    if (bare.type === 'MemberExpression' && HANDING.has(memberName(bare) ?? ''))
      for (const one of given) if (isFunction(one)) this.placed.add(one);
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

  /** What a function gets that may be one of another file. */
  private handedOut(call: Extract<SyntaxNode, { type: 'CallExpression' }>, through: string, scope: Scope | undefined): void {
    const stack: SyntaxNode[] = [...call.arguments];
    for (let node = stack.pop(); node; node = stack.pop()) {
      const base = baseOf(node);
      if (base === undefined) stack.push(...(isFunction(node) ? [] : readIn(node)));
      else if (this.isOwn(base, scope)) this.change(node, 'anything in it', { by: call, added: [], through }, scope);
    }
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
