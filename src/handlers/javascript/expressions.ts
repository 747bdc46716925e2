import type {
  AssignmentExpression,
  BinaryExpression,
  CallExpression,
  NewExpression,
  ObjectExpression,
  Property,
  UnaryExpression,
} from 'acorn';
import type { SyntaxNode } from '../../source/javascript.ts';
import type { Argument, Entry, Expression, Operator } from '../program.ts';
import { classOf, functionOf } from './functions.ts';
import { bare, literal, named, opaque, plain, type Lowering } from './lowering.ts';
import { target } from './targets.ts';

/** One expression. What the program has no form for is opaque, its parts kept. */
export function expression(on: Lowering, written: SyntaxNode): Expression {
  const node = bare(written);
  const at = on.at(node);
  switch (node.type) {
    case 'Identifier':
      return node.name === 'undefined' ? literal(at, undefined) : named(at, node.name);
    case 'ThisExpression':
      return named(at, 'this');
    case 'Super':
      return named(at, 'super');
    case 'Literal':
      if (node.regex) return { at, kind: 'regex', source: node.regex.pattern, flags: node.regex.flags };
      return typeof node.value === 'bigint' || node.value instanceof RegExp ? opaque(at) : literal(at, node.value);
    case 'TemplateLiteral':
      return { at, kind: 'text', parts: template(on, node) };
    case 'ObjectExpression':
      return { at, kind: 'object', entries: entries(on, node) };
    case 'ArrayExpression':
      return { at, kind: 'list', items: node.elements.map((one) => (one ? argument(on, one) : plain(literal(at, undefined)))) };
    case 'MemberExpression':
      return {
        at,
        kind: 'member',
        of: expression(on, node.object),
        name: propertyName(on, node.property, node.computed),
        optional: node.optional || throughOptional(node.object),
      };
    case 'CallExpression':
    case 'NewExpression':
      return call(on, node);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return functionOf(on, node);
    case 'ClassExpression':
      return classOf(on, node);
    default:
      return operation(on, node);
  }
}

/** `a?.b.c`: what follows is left out too where `a` is nothing. */
function throughOptional(written: SyntaxNode): boolean {
  const node = written;
  return (
    (node.type === 'MemberExpression' && (node.optional || throughOptional(node.object))) ||
    (node.type === 'CallExpression' && throughOptional(node.callee))
  );
}

function operation(on: Lowering, node: SyntaxNode): Expression {
  const at = on.at(node);
  switch (node.type) {
    case 'BinaryExpression':
      return binary(on, node);
    case 'LogicalExpression': {
      const op = node.operator === '&&' ? 'and' : node.operator === '||' ? 'or' : 'coalesce';
      return { at, kind: 'binary', op, left: expression(on, node.left), right: expression(on, node.right) };
    }
    case 'UnaryExpression':
      return unary(on, node);
    case 'ConditionalExpression':
      return {
        at,
        kind: 'conditional',
        test: expression(on, node.test),
        then: expression(on, node.consequent),
        otherwise: expression(on, node.alternate),
      };
    case 'AssignmentExpression':
      return assignment(on, node);
    case 'UpdateExpression':
      return { at, kind: 'assign', to: target(on, node.argument), value: opaque(at, [expression(on, node.argument)]) };
    case 'AwaitExpression':
      return { at, kind: 'await', of: expression(on, node.argument) };
    case 'SequenceExpression':
      return { at, kind: 'sequence', parts: node.expressions.map((one) => expression(on, one)) };
    case 'ImportExpression':
      return { at, kind: 'call', callee: named(at, '<import>'), args: [plain(expression(on, node.source))], named: [], makes: false };
    case 'TaggedTemplateExpression':
      return opaque(at, [expression(on, node.tag), ...template(on, node.quasi)]);
    case 'YieldExpression':
      return opaque(at, node.argument ? [expression(on, node.argument)] : []);
    default:
      return opaque(at);
  }
}

function template(on: Lowering, node: Extract<SyntaxNode, { type: 'TemplateLiteral' }>): Expression[] {
  return node.quasis.flatMap((quasi, place) => {
    const between = node.expressions[place];
    const text = literal(on.at(quasi), quasi.value.cooked ?? quasi.value.raw);
    return between ? [text, expression(on, between)] : [text];
  });
}

/** The name of `a.name`, `a['name']`, `{ name: … }`. */
export function propertyName(on: Lowering, key: SyntaxNode, computed: boolean): Expression {
  const at = on.at(key);
  if (key.type === 'PrivateIdentifier') return literal(at, `#${key.name}`);
  return key.type === 'Identifier' && !computed ? literal(at, key.name) : expression(on, key);
}

const entries = (on: Lowering, node: ObjectExpression): Entry[] =>
  node.properties.map((one) => (one.type === 'SpreadElement' ? { spread: expression(on, one.argument) } : entry(on, one)));

function entry(on: Lowering, one: Property): Entry {
  const key = propertyName(on, one.key, one.computed);
  // Nobody knows what a getter gives, nor what a setter leaves.
  return { key, value: one.kind === 'init' ? expression(on, one.value) : opaque(on.at(one)) };
}

const argument = (on: Lowering, node: SyntaxNode): Argument =>
  node.type === 'SpreadElement' ? { value: expression(on, node.argument), spreads: true } : plain(expression(on, node));

function call(on: Lowering, node: CallExpression | NewExpression): Expression {
  const at = on.at(node);
  const callee: Expression = node.callee.type === 'Super' ? named(on.at(node.callee), '<super>') : expression(on, node.callee);
  const optional = node.type === 'CallExpression' && node.optional;
  return {
    at,
    kind: 'call',
    callee: optional && callee.kind === 'member' ? { ...callee, optional: true } : callee,
    args: node.arguments.map((one) => argument(on, one)),
    named: [],
    makes: node.type === 'NewExpression',
  };
}

const OPERATORS: Readonly<Record<string, Operator>> = {
  '===': 'equal',
  '==': 'equal',
  '!==': 'unequal',
  '!=': 'unequal',
  '+': 'add',
  in: 'in',
  '<': 'less',
  '>': 'greater',
};

function binary(on: Lowering, node: BinaryExpression): Expression {
  const at = on.at(node);
  if (node.left.type === 'PrivateIdentifier') return opaque(at);
  const [left, right] = [expression(on, node.left), expression(on, node.right)];
  const loose = node.operator === '==' || node.operator === '!=';
  if (loose && right.kind === 'literal' && (right.value === null || right.value === undefined)) {
    const either = [undefined, null].map((value): Expression => ({
      at,
      kind: 'binary',
      op: 'equal',
      left,
      right: literal(right.at, value),
    }));
    const [one, other] = either as [Expression, Expression];
    const nothing: Expression = { at, kind: 'binary', op: 'or', left: one, right: other };
    return node.operator === '==' ? nothing : { at, kind: 'not', of: nothing };
  }
  // `>=` is not `<`.
  const inverse = node.operator === '>=' ? 'less' : node.operator === '<=' ? 'greater' : undefined;
  if (inverse) return { at, kind: 'not', of: { at, kind: 'binary', op: inverse, left, right } };
  const op = OPERATORS[node.operator];
  return op ? { at, kind: 'binary', op, left, right } : opaque(at, [left, right]);
}

function unary(on: Lowering, node: UnaryExpression): Expression {
  const at = on.at(node);
  const of = expression(on, node.argument);
  if (node.operator === '!') return { at, kind: 'not', of };
  if (node.operator === 'void') return literal(at, undefined);
  if (node.operator === '-' && of.kind === 'literal' && typeof of.value === 'number') return literal(at, -of.value);
  // What is taken out of an object is no longer known to be in it.
  if (node.operator === 'delete' && of.kind === 'member') {
    return { at, kind: 'call', callee: named(at, '<delete>'), args: [plain(of.of), plain(of.name)], named: [], makes: false };
  }
  const callee = { typeof: '<typeof>', '+': 'Number' }[node.operator as string];
  return callee ? { at, kind: 'call', callee: named(at, callee), args: [plain(of)], named: [], makes: false } : opaque(at, [of]);
}

function assignment(on: Lowering, node: AssignmentExpression): Expression {
  const at = on.at(node);
  const to = target(on, node.left);
  const value = expression(on, node.right);
  if (node.operator === '=') return { at, kind: 'assign', to, value };
  const before = expression(on, node.left);
  const op = ({ '+=': 'add', '&&=': 'and', '||=': 'or', '??=': 'coalesce' } as const)[node.operator as '+='];
  return { at, kind: 'assign', to, value: op ? { at, kind: 'binary', op, left: before, right: value } : opaque(at, [before, value]) };
}
