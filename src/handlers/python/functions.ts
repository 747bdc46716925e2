import type { Block, ClassExpression, Expression, FunctionExpression, Parameter } from '../program.ts';
import { argumentsOf, expression } from './expressions.ts';
import { childrenOf, partedAt, Scope, type Node } from './scope.ts';
import { block } from './statements.ts';

/** What stands between the brackets, or before a lambda's colon. */
export function parameters(scope: Scope, list: Node | null): Parameter[] {
  if (!list) return [];
  const inner = childrenOf(list).filter(({ name }) => name !== '(' && name !== ')');
  return partedAt(inner, ',').flatMap((part): Parameter[] => {
    const [stars] = part;
    const variable = part.find(({ name }) => name === 'VariableName');
    // A lone `*` or `/` says how others are passed.
    if (!variable) return [];
    const equals = part.findIndex(({ name }) => name === 'AssignOp');
    const value = equals === -1 ? undefined : part[equals + 1];
    const rest = stars?.name === '*' ? 'items' : stars?.name === '**' ? 'named' : undefined;
    return [
      {
        to: { at: scope.at(variable), kind: 'name', name: scope.text(variable) },
        otherwise: value && expression(scope, value),
        rest,
      },
    ];
  });
}

/** `def`, with the decorators that stand above it. */
export function functionOf(scope: Scope, node: Node, decorators: readonly Expression[]): FunctionExpression {
  const name = node.getChild('VariableName');
  const body = node.getChild('Body');
  return {
    kind: 'function',
    at: scope.at(node),
    name: name ? scope.text(name) : undefined,
    params: parameters(scope, node.getChild('ParamList')),
    body: body ? block(new Scope(scope.file), body) : [],
    async: node.getChild('async') !== null,
    generator: body !== null && yields(body),
    // None has a `this`.
    arrow: true,
    decorators,
  };
}

/** A function without a name, of these statements: a lambda, a comprehension. */
export const anonymous = (scope: Scope, node: Node, params: readonly Parameter[], body: Block): FunctionExpression => ({
  kind: 'function',
  at: scope.at(node),
  name: undefined,
  params,
  body,
  async: false,
  generator: false,
  arrow: true,
  decorators: [],
});

/** Whether it yields itself, not a function within it. */
function yields(node: Node): boolean {
  return childrenOf(node).some(({ name, node: one }) => {
    if (name === 'YieldExpression' || name === 'YieldStatement') return true;
    return name !== 'FunctionDefinition' && name !== 'LambdaExpression' && name !== 'ClassDefinition' && yields(one);
  });
}

/** `class`: its body runs once, when the class is made. */
export function classOf(scope: Scope, node: Node, decorators: readonly Expression[]): ClassExpression {
  const name = node.getChild('VariableName');
  const bases = argumentsOf(scope, node.getChild('ArgList')).args;
  const [first] = bases;
  const several = bases.length > 1 || first?.spreads === true;
  const body = node.getChild('Body');
  const at = scope.at(node);
  return {
    kind: 'class',
    at,
    name: name ? scope.text(name) : undefined,
    extends: several ? { at, kind: 'list', items: bases } : first?.value,
    members: body ? annotated(scope, body) : [],
    body: body ? block(new Scope(scope.file), body) : [],
    decorators,
  };
}

/** `name: str`, as dataclasses have them, in their order; their values are set by the body. */
const annotated = (scope: Scope, body: Node): ClassExpression['members'][number][] =>
  body.getChildren('AssignStatement').flatMap((one) => {
    const name = one.getChild('VariableName');
    return name && one.getChild('TypeDef') ? [{ name: scope.text(name), static: false, value: undefined, at: scope.at(one) }] : [];
  });
