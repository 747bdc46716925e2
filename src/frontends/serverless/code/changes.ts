import type { Program, SyntaxNode } from '../../../source/javascript.ts';
import { memberName } from './declared.ts';
import { childrenOf, isFunction, isHidden, walk, type Scope } from './walk.ts';

/** What a program does to its variables and objects after it has written them. Whether and when it does so is not asked. */
export interface Changed {
  /** Variables that get another value. */
  readonly reassigned: ReadonlySet<string>;
  readonly changes: readonly Change[];
}

export interface Change {
  /** What is changed: a name of the module, or a member of it. */
  readonly target: SyntaxNode;
  /** Which part of it; undefined: any. */
  readonly key: string | undefined;
  readonly by: SyntaxNode;
}

/** Methods of lists, maps and sets that change them. */
const CHANGING = new Set(['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin', 'set', 'add', 'delete', 'clear']);

/** Functions that change their first argument: Object's own, and those of lodash and its kin. */
const ASSIGNING = new Set(['assign', 'assignIn', 'defineProperty', 'defineProperties', 'setPrototypeOf', 'merge', 'mergeWith', 'defaults', 'defaultsDeep', 'extend', 'set', 'unset']);

/**
 * Everything in a program that may change something of the module's. A function that is handed an object is taken to
 * leave it as it is, unless it is known for the contrary or its result is thrown away: why else would it be called?
 */
export function changesIn(program: Program, counted: ReadonlySet<SyntaxNode>): Changed {
  const found = new Finder(counted);
  walk(program, (node, scope) => found.look(node, scope));
  return found;
}

class Finder implements Changed {
  readonly reassigned = new Set<string>();
  readonly changes: Change[] = [];
  private readonly counted: ReadonlySet<SyntaxNode>;

  constructor(counted: ReadonlySet<SyntaxNode>) {
    this.counted = counted;
  }

  look(node: SyntaxNode, scope: Scope | undefined): void {
    switch (node.type) {
      case 'AssignmentExpression':
        if (!this.counted.has(node)) this.assigned(node.left, node, scope);
        return;
      case 'UpdateExpression':
        return this.assigned(node.argument, node, scope);
      case 'UnaryExpression':
        if (node.operator === 'delete') this.assigned(node.argument, node, scope);
        return;
      case 'ForInStatement':
      case 'ForOfStatement':
        if (node.left.type !== 'VariableDeclaration') this.assigned(node.left, node.left, scope);
        // `for (const one of Object.values(config.functions)) one.cors = true`
        return this.exposed(node.right, node.right, scope);
      case 'CallExpression':
        return this.called(node, scope);
      case 'ExpressionStatement':
        return this.discarded(node.expression, scope);
      default:
    }
  }

  private assigned(target: SyntaxNode, by: SyntaxNode, scope: Scope | undefined): void {
    const bare = unwrapped(target);
    switch (bare.type) {
      case 'Identifier':
        if (!isHidden(bare.name, scope)) this.reassigned.add(bare.name);
        return;
      case 'MemberExpression':
        return this.change(bare.object, memberName(bare), by, scope);
      case 'AssignmentPattern':
        return this.assigned(bare.left, by, scope);
      case 'RestElement':
        return this.assigned(bare.argument, by, scope);
      case 'ArrayPattern':
        for (const one of bare.elements) if (one) this.assigned(one, by, scope);
        return;
      case 'ObjectPattern':
        for (const one of bare.properties) this.assigned(one.type === 'RestElement' ? one : one.value, by, scope);
        return;
      default:
    }
  }

  private change(target: SyntaxNode, key: string | undefined, by: SyntaxNode, scope: Scope | undefined): void {
    const base = baseOf(target);
    if (base !== undefined && !isHidden(base, scope)) this.changes.push({ target: unwrapped(target), key, by });
  }

  private called(node: Extract<SyntaxNode, { type: 'CallExpression' }>, scope: Scope | undefined): void {
    const callee = unwrapped(node.callee);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : undefined;
    if (name === undefined) return;
    if (callee.type === 'MemberExpression' && CHANGING.has(name)) this.change(callee.object, undefined, node, scope);
    const [first, second] = node.arguments;
    if (!first || !ASSIGNING.has(name)) return;
    const key = name === 'defineProperty' && second?.type === 'Literal' ? String(second.value) : undefined;
    // Every compiled module says this of itself.
    if (key !== '__esModule') this.change(first, key, node, scope);
  }

  /** `addCors(config);` is there for what it does, and what it is handed is what it does it to. Printing does nothing to it. */
  private discarded(expression: SyntaxNode, scope: Scope | undefined): void {
    const call = unwrapped(expression.type === 'AwaitExpression' ? expression.argument : expression);
    if (call.type !== 'CallExpression' || baseOf(call.callee) === 'console') return;
    const callee = unwrapped(call.callee);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
    // These are looked at by themselves, more closely.
    if (name !== undefined && ASSIGNING.has(name)) return;
    if (callee.type === 'MemberExpression') this.exposed(callee.object, call, scope);
    for (const argument of call.arguments) this.exposed(argument, call, scope);
  }

  /** Everything of the module's that is named in an expression, functions in it left out: they are looked at by themselves. */
  private exposed(expression: SyntaxNode, by: SyntaxNode, scope: Scope | undefined): void {
    const stack: SyntaxNode[] = [expression];
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (isFunction(node)) continue;
      if (baseOf(node) === undefined) stack.push(...readIn(node));
      else this.change(node, undefined, by, scope);
    }
  }
}

/** The parts of an expression that are read: not the names of properties. */
function readIn(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === 'MemberExpression' && !node.computed) return [node.object];
  return node.type === 'Property' && !node.computed ? [node.value] : childrenOf(node);
}

/** Without what TypeScript and `?.` put around it. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
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
