import type { Pattern } from 'acorn';
import type { Target } from '../program.ts';
import type { SyntaxNode } from '../../source/javascript.ts';
import { expression, propertyName } from './expressions.ts';
import { bare, type Lowering } from './lowering.ts';

/** What a value is put in; a default beside it is the caller's to see to. */
export function target(on: Lowering, node: SyntaxNode): Target {
  const pattern = bare(node) as Pattern;
  const at = on.at(pattern);
  switch (pattern.type) {
    case 'Identifier':
      return { at, kind: 'name', name: pattern.name };
    case 'MemberExpression':
      return { at, kind: 'member', of: expression(on, pattern.object), name: propertyName(on, pattern.property, pattern.computed) };
    case 'ObjectPattern':
      return fields(on, pattern);
    case 'ArrayPattern':
      return items(on, pattern);
    case 'AssignmentPattern':
      return target(on, pattern.left);
    case 'RestElement':
      return target(on, pattern.argument);
  }
}

/** The default of `a = 1`. */
export const defaultOf = (on: Lowering, node: SyntaxNode): ReturnType<typeof expression> | undefined =>
  node.type === 'AssignmentPattern' ? expression(on, node.right) : undefined;

function fields(on: Lowering, pattern: Extract<Pattern, { type: 'ObjectPattern' }>): Target {
  const rest = pattern.properties.find((one) => one.type === 'RestElement');
  return {
    at: on.at(pattern),
    kind: 'fields',
    fields: pattern.properties.flatMap((one) =>
      one.type === 'RestElement'
        ? []
        : [{ name: propertyName(on, one.key, one.computed), to: target(on, one.value), otherwise: defaultOf(on, one.value) }],
    ),
    rest: rest && target(on, rest),
  };
}

function items(on: Lowering, pattern: Extract<Pattern, { type: 'ArrayPattern' }>): Target {
  const rest = pattern.elements.find((one) => one?.type === 'RestElement');
  return {
    at: on.at(pattern),
    kind: 'items',
    items: pattern.elements.flatMap((one) => (one?.type === 'RestElement' ? [] : [one ? target(on, one) : undefined])),
    rest: rest ? target(on, rest) : undefined,
  };
}
