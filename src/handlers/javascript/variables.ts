import type { SyntaxNode } from '../../source/javascript.ts';

const cache = new WeakMap<object, ReadonlySet<string>>();

/** The names that `var` declares within a function or a file, in blocks too, functions within it left out. */
export function variablesOf(body: SyntaxNode): ReadonlySet<string> {
  const made = cache.get(body) ?? new Set<string>();
  if (!cache.has(body)) collect(body, made as Set<string>);
  cache.set(body, made);
  return made;
}

function collect(node: unknown, into: Set<string>): void {
  if (Array.isArray(node)) {
    for (const one of node) collect(one, into);
    return;
  }
  if (typeof node !== 'object' || node === null || !('type' in node)) return;
  const { type } = node as SyntaxNode;
  if (type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression') return;
  if (type === 'VariableDeclaration' && (node as { kind?: unknown }).kind === 'var') {
    for (const { id } of (node as unknown as { declarations: { id: SyntaxNode }[] }).declarations) namesIn(id, into);
  }
  for (const [key, child] of Object.entries(node)) if (key !== 'loc') collect(child, into);
}

function namesIn(pattern: SyntaxNode, into: Set<string>): void {
  if (pattern.type === 'Identifier') into.add(pattern.name);
  if (pattern.type === 'AssignmentPattern') namesIn(pattern.left, into);
  if (pattern.type === 'RestElement') namesIn(pattern.argument, into);
  if (pattern.type === 'ObjectPattern') for (const one of pattern.properties) namesIn(one.type === 'RestElement' ? one : one.value, into);
  if (pattern.type === 'ArrayPattern') for (const one of pattern.elements) if (one) namesIn(one, into);
}
