import type { Pattern, SyntaxNode } from '../../../source/javascript.ts';

/** Names that a part of a program declares for itself, so that they are no longer those of the module. */
export interface Scope {
  readonly names: ReadonlySet<string>;
  readonly outer: Scope | undefined;
}

/** Calls `see` with every node of a program but types, and with what hides the module's names there. Without recursion. */
export function walk(root: SyntaxNode, see: (node: SyntaxNode, scope: Scope | undefined) => void): void {
  const stack: { readonly node: SyntaxNode; readonly scope: Scope | undefined }[] = [{ node: root, scope: undefined }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, scope } = next;
    see(node, scope);
    const names = namesIn(node);
    const inner = names.size > 0 ? { names, outer: scope } : scope;
    for (const child of childrenOf(node)) stack.push({ node: child, scope: inner });
  }
}

export function isHidden(name: string, scope: Scope | undefined): boolean {
  for (let one = scope; one; one = one.outer) if (one.names.has(name)) return true;
  return false;
}

/** Where types stand; they name nothing that runs. */
const TYPES = new Set([
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'superTypeParameters',
  'superTypeArguments',
  'implements',
]);

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    if (typeof value !== 'object' || value === null || TYPES.has(key)) continue;
    for (const child of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (typeof child === 'object' && child !== null && 'type' in child && typeof child.type === 'string')
        children.push(child as SyntaxNode);
    }
  }
  return children;
}

/** The parts of an expression that are read: not the names of properties. */
export function readIn(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === 'MemberExpression' && !node.computed) return [node.object];
  return node.type === 'Property' && !node.computed ? [node.value] : childrenOf(node);
}

/** The names from outside that a function or class may know, and perhaps others. */
export function namedIn(root: SyntaxNode): readonly string[] {
  const names = new Set<string>();
  walk(root, (node, scope) => {
    if (node.type === 'Identifier' && !isHidden(node.name, scope)) names.add(node.name);
  });
  return [...names];
}

export const isFunction = (node: SyntaxNode): node is Extract<SyntaxNode, { params: unknown }> =>
  node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';

/** What a node declares for what is inside it. The program itself declares the module's names, which hide nothing. */
function namesIn(node: SyntaxNode): ReadonlySet<string> {
  if (isFunction(node))
    return new Set([
      ...node.params.flatMap(namesOf),
      ...hoisted(node.body),
      ...(node.type === 'FunctionExpression' && node.id ? [node.id.name] : []),
    ]);
  switch (node.type) {
    case 'BlockStatement':
    case 'StaticBlock':
      return new Set(node.body.flatMap(lexical));
    case 'SwitchStatement':
      return new Set(node.cases.flatMap(({ consequent }) => consequent.flatMap(lexical)));
    case 'ForStatement':
      return new Set(node.init ? lexical(node.init) : []);
    case 'ForInStatement':
    case 'ForOfStatement':
      return new Set(lexical(node.left));
    case 'CatchClause':
      return new Set(node.param ? namesOf(node.param) : []);
    default:
      return NONE;
  }
}

const NONE: ReadonlySet<string> = new Set();

/** `let`, `const`, classes and functions belong to their block; `var` does not. */
function lexical(node: SyntaxNode): readonly string[] {
  if (node.type === 'VariableDeclaration') return node.kind === 'var' ? [] : node.declarations.flatMap(({ id }) => namesOf(id));
  return (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id ? [node.id.name] : [];
}

/** Every `var` of a function, wherever in it, but not in functions within. */
function hoisted(body: SyntaxNode): readonly string[] {
  const names: string[] = [];
  const stack: SyntaxNode[] = [body];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === 'VariableDeclaration' && node.kind === 'var') names.push(...node.declarations.flatMap(({ id }) => namesOf(id)));
    stack.push(...childrenOf(node).filter((child) => !isFunction(child)));
  }
  return names;
}

/** The names that a pattern binds; a constructor's `private name` is written around a pattern. */
export function namesOf(pattern: Pattern): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => namesOf(one.type === 'RestElement' ? one : one.value));
    case 'ArrayPattern':
      return pattern.elements.flatMap((one) => (one ? namesOf(one) : []));
    case 'AssignmentPattern':
      return namesOf(pattern.left);
    case 'RestElement':
      return namesOf(pattern.argument);
    default: {
      const { parameter } = pattern as { readonly parameter?: Pattern };
      return parameter ? namesOf(parameter) : [];
    }
  }
}

/** What a pattern binds where nothing is given. */
export function defaultsOf(pattern: Pattern): readonly SyntaxNode[] {
  switch (pattern.type) {
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => defaultsOf(one.type === 'RestElement' ? one : one.value));
    case 'ArrayPattern':
      return pattern.elements.flatMap((one) => (one ? defaultsOf(one) : []));
    case 'AssignmentPattern':
      return [pattern.right, ...defaultsOf(pattern.left)];
    default:
      return [];
  }
}
