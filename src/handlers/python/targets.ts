import type { Target } from '../program.ts';
import { expression } from './expressions.ts';
import { childrenOf, partedAt, type Node, type Scope } from './scope.ts';

/** What one expression on the left of `=`, after `for` or after `as` binds. */
export function target(scope: Scope, node: Node): Target {
  const at = scope.at(node);
  if (node.name === 'VariableName') return { at, kind: 'name', name: scope.text(node) };
  if (node.name === 'MemberExpression') {
    const value = expression(scope, node);
    return value.kind === 'member'
      ? { at, kind: 'member', of: value.of, name: value.name, ...(value.attribute && { attribute: true }) }
      : { at, kind: 'opaque' };
  }
  if (node.name === 'ParenthesizedExpression' || node.name === 'TupleExpression' || node.name === 'ArrayExpression') {
    return targets(scope, childrenOf(node).slice(1, -1)) ?? { at, kind: 'opaque' };
  }
  return { at, kind: 'opaque' };
}

/** Without brackets: several, or one with a comma or star, take a list apart. */
export function targets(scope: Scope, nodes: readonly Node[]): Target | undefined {
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (!first || !last) return undefined;
  if (nodes.length === 1) return target(scope, first);
  const at = scope.at({ from: first.from, to: last.to });
  const parts = partedAt(nodes, ',');
  const starred = parts.findIndex(([one]) => one?.name === '*');
  // `a, *b, c`: where `c` is found depends on the length.
  if (starred !== -1 && starred !== parts.length - 1) return { at, kind: 'opaque' };
  const each = parts.map((part) => (part.at(-1) ? target(scope, part.at(-1) ?? first) : undefined));
  return { at, kind: 'items', items: starred === -1 ? each : each.slice(0, -1), rest: starred === -1 ? undefined : each.at(-1) };
}

/** The names that a target binds. */
export function namesIn(to: Target): string[] {
  if (to.kind === 'name') return [to.name];
  if (to.kind === 'items') return [...to.items, to.rest].flatMap((one) => (one ? namesIn(one) : []));
  return [];
}
