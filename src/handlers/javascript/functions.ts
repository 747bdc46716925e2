import type { Class, MethodDefinition, PropertyDefinition } from 'acorn';
import type { SyntaxNode } from '../../source/javascript.ts';
import type { Block, ClassExpression, FunctionExpression, Parameter, Statement } from '../program.ts';
import { expression } from './expressions.ts';
import { literal, named, type Lowering } from './lowering.ts';
import { block } from './statements.ts';
import { defaultOf, target } from './targets.ts';
import { variablesOf } from './variables.ts';

type FunctionNode = Extract<SyntaxNode, { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }>;

export function functionOf(on: Lowering, node: FunctionNode, at = on.at(node)): FunctionExpression {
  const arrow = node.type === 'ArrowFunctionExpression';
  return {
    kind: 'function',
    at,
    name: node.id?.name,
    params: node.params.map((param) => parameter(on, param)),
    body: bodyOf(on, node.body),
    async: node.async,
    generator: node.generator,
    arrow,
    decorators: [],
  };
}

function bodyOf(on: Lowering, body: FunctionNode['body']): Block {
  if (body.type !== 'BlockStatement') return [{ at: on.at(body), kind: 'return', value: expression(on, body) }];
  return [...variables(on, body), ...block(on, body.body)];
}

/** `var` is one of the whole function, wherever it stands. */
export function variables(on: Lowering, body: SyntaxNode): Statement[] {
  const at = on.at(body);
  return [...variablesOf(body)].map((name) => ({
    at,
    kind: 'assign',
    to: { at, kind: 'name', name },
    value: literal(at, undefined),
    declares: true,
  }));
}

function parameter(on: Lowering, node: SyntaxNode): Parameter {
  // `constructor(private readonly x: X)`.
  const inner =
    (node as { readonly type: string }).type === 'TSParameterProperty' ? (node as unknown as { parameter: SyntaxNode }).parameter : node;
  return { to: target(on, inner), otherwise: defaultOf(on, inner), rest: inner.type === 'RestElement' ? 'items' : undefined };
}

export function classOf(on: Lowering, node: Class): ClassExpression {
  return {
    kind: 'class',
    at: on.at(node),
    name: node.id?.name,
    extends: node.superClass ? expression(on, node.superClass) : undefined,
    members: node.body.body.flatMap((member) =>
      member.type === 'MethodDefinition' || member.type === 'PropertyDefinition' ? classMember(on, member) : [],
    ),
    decorators: [],
  };
}

function classMember(on: Lowering, member: MethodDefinition | PropertyDefinition): ClassExpression['members'][number][] {
  const { key } = member;
  const name =
    key.type === 'PrivateIdentifier'
      ? `#${key.name}`
      : key.type === 'Identifier' && !member.computed
        ? key.name
        : key.type === 'Literal'
          ? String(key.value)
          : '<computed>';
  const at = on.at(member);
  if (member.type === 'PropertyDefinition') {
    return [{ name, static: member.static, value: member.value ? expression(on, member.value) : undefined, at }];
  }
  // An overload, or a member that is only declared.
  if (!(member.value as typeof member.value | null)?.body) return [];
  const value = functionOf(on, member.value);
  const written = member.kind === 'constructor' ? withParameterProperties(on, member, value) : value;
  return [
    {
      name: member.kind === 'set' ? `set ${name}` : name,
      static: member.static,
      ...(member.kind !== 'constructor' && { method: true }),
      ...(member.kind === 'get' && { getter: true }),
      value: written,
      at,
    },
  ];
}

/** `constructor(private x)` puts `x` on the instance. */
function withParameterProperties(on: Lowering, member: MethodDefinition, value: FunctionExpression): FunctionExpression {
  const names = (member.value.params as readonly SyntaxNode[]).flatMap((param, place) => {
    const to = value.params[place]?.to;
    return (param as { readonly type: string }).type === 'TSParameterProperty' && to?.kind === 'name' ? [to] : [];
  });
  if (names.length === 0) return value;
  const puts = names.map(({ name, at }): Statement => ({
    at,
    kind: 'assign',
    to: { at, kind: 'member', of: named(at, 'this'), name: literal(at, name) },
    value: named(at, name),
    declares: false,
  }));
  return { ...value, body: [...puts, ...value.body] };
}
