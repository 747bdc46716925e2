import type { Location } from '../../source/location.ts';
import type { Argument, Entry, Expression, Operator } from '../program.ts';
import { binary, call, literal, named, opaque, plain } from './build.ts';
import { comprehension, loweredNames } from './comprehensions.ts';
import { anonymous, parameters } from './functions.ts';
import { childrenOf, partedAt, type Node, type Scope } from './scope.ts';
import { unescaped, unquoted } from './strings.ts';
import { target } from './targets.ts';

type Lowering = (scope: Scope, node: Node) => Expression;

/** One expression. What the program has no form for is opaque, its parts kept. */
export const expression: Lowering = (scope, node) => FORMS[node.name]?.(scope, node) ?? unknownForm(scope, node);

const unknownForm: Lowering = (scope, node) =>
  opaque(scope.at(node), 'it is worked out in a way that is not followed', valuesIn(scope, node));

/** What stands where expressions may stand without brackets: several make a tuple. */
export function listed(scope: Scope, nodes: readonly Node[]): Expression | undefined {
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (!first || !last) return undefined;
  if (nodes.length === 1) return expression(scope, first);
  return { at: scope.at({ from: first.from, to: last.to }), kind: 'list', items: items(scope, nodes) };
}

const PUNCTUATION = new Set(['(', ')', '[', ']', '{', '}']);

const inside = (node: Node): Node[] => childrenOf(node).filter(({ name }) => !PUNCTUATION.has(name));
const valuesIn: (scope: Scope, node: Node) => Expression[] = (scope, node) =>
  childrenOf(node)
    .filter(({ name }) => FORMS[name] !== undefined)
    .map((one) => expression(scope, one));

function items(scope: Scope, nodes: readonly Node[]): Argument[] {
  return partedAt(nodes, ',').flatMap((part) => {
    const value = part.at(-1);
    return value ? [{ value: expression(scope, value), spreads: part[0]?.name === '*' }] : [];
  });
}

/** A call's `(…)`: by place, and by name. */
export function argumentsOf(scope: Scope, list: Node | null): Pick<Extract<Expression, { kind: 'call' }>, 'args' | 'named'> {
  const args: Argument[] = [];
  const byName: { name: string | undefined; value: Expression }[] = [];
  const inner = list ? inside(list) : [];
  if (list && inner.some(({ name }) => name === 'for')) return { args: [plain(comprehension(scope, list, 'list'))], named: [] };
  for (const part of partedAt(inner, ',')) {
    const [first, second] = part;
    const last = part.at(-1);
    if (!first || !last) continue;
    const value = expression(scope, last);
    if (first.name === '**') byName.push({ name: undefined, value });
    else if (second?.name === 'AssignOp' && scope.text(second) === '=') byName.push({ name: scope.text(first), value });
    else args.push({ value, spreads: first.name === '*' });
  }
  return { args, named: byName };
}

const text: Lowering = (scope, node) => {
  const { prefix, inner } = unquoted(scope.text(node));
  const value = prefix.includes('b') ? undefined : unescaped(inner, prefix.includes('r'));
  return value === undefined ? opaque(scope.at(node), 'it is bytes, or has escapes that are not followed') : literal(scope.at(node), value);
};

/** `f'…{value}…'`: the literal pieces and what stands between them. */
const formatted: Lowering = (scope, node) => {
  const at = scope.at(node);
  const { prefix, quote } = unquoted(scope.text(node));
  const parts: Expression[] = [];
  let from = node.from + prefix.length + quote.length;
  const piece = (to: number): void => {
    const raw = unescaped(scope.text({ from, to }), prefix.includes('r'))?.replaceAll(/([{}])\1/g, '$1');
    if (raw !== '') parts.push(raw === undefined ? opaque(at, 'it has escapes that are not followed') : literal(at, raw));
  };
  for (const one of childrenOf(node).filter(({ name }) => name === 'FormatReplacement')) {
    piece(one.from);
    parts.push(replacement(scope, one));
    from = one.to;
  }
  piece(node.to - quote.length);
  return { at, kind: 'text', parts };
};

const replacement: Lowering = (scope, node) => {
  const [value, ...others] = inside(node);
  if (!value) return unknownForm(scope, node);
  const asText = others.every((one) => one.name === 'FormatConversion' && scope.text(one) === '!s');
  return asText ? expression(scope, value) : opaque(scope.at(node), 'it is formatted', [expression(scope, value)]);
};

const OPERATORS: Readonly<Record<string, Operator>> = {
  '+': 'add',
  '|': 'merge',
  '==': 'equal',
  is: 'equal',
  '!=': 'unequal',
  'is not': 'unequal',
  in: 'in',
  '<': 'less',
  '>': 'greater',
  and: 'and',
  or: 'or',
};
const COMPARES = /^(?:[<>=!]=?|in|is|not in|is not)$/;

const operatorOf = (scope: Scope, node: Node): string =>
  childrenOf(node)
    .slice(1, -1)
    .map((one) => scope.text(one))
    .join(' ');

const binaryOf: Lowering = (scope, node) => {
  const at = scope.at(node);
  const [left, right] = [node.firstChild, node.lastChild];
  if (!left || !right) return unknownForm(scope, node);
  const op = operatorOf(scope, node);
  // `a < b < c` compares the middle twice.
  const chained = COMPARES.test(op) && left.name === 'BinaryExpression' && COMPARES.test(operatorOf(scope, left));
  if (chained) return unknownForm(scope, node);
  const [a, b] = [expression(scope, left), expression(scope, right)];
  if (op === 'not in') return { at, kind: 'not', of: binary(at, 'in', a, b) };
  const inverse = op === '>=' ? 'less' : op === '<=' ? 'greater' : undefined;
  if (inverse) return { at, kind: 'not', of: binary(at, inverse, a, b) };
  const known = OPERATORS[op];
  return known ? binary(at, known, a, b) : call(at, named(at, '<calculate>'), [literal(at, op), a, b]);
};

const unary: Lowering = (scope, node) => {
  const at = scope.at(node);
  const [op, of] = childrenOf(node);
  if (!op || !of) return unknownForm(scope, node);
  const value = expression(scope, of);
  if (op.name === 'not') return { at, kind: 'not', of: value };
  const negative = scope.text(op) === '-' && value.kind === 'literal' && typeof value.value === 'number';
  return negative ? literal(at, -value.value) : opaque(at, 'it is calculated', [value]);
};

const member: Lowering = (scope, node) => {
  const at = scope.at(node);
  const [of, ...rest] = childrenOf(node);
  if (!of) return unknownForm(scope, node);
  const value = expression(scope, of);
  const property = node.getChild('PropertyName');
  if (property) {
    return { at, kind: 'member', of: value, name: literal(scope.at(property), scope.text(property)), optional: false, attribute: true };
  }
  const key = rest.filter(({ name }) => !PUNCTUATION.has(name));
  if (key.some(({ name }) => name === ':')) return slice(scope, at, value, key);
  const name = listed(scope, key);
  return name ? { at, kind: 'member', of: value, name, optional: false } : opaque(at, 'it is a part of a list or text', [value]);
};

/** `a[b:c]`. */
function slice(scope: Scope, at: Location, of: Expression, key: readonly Node[]): Expression {
  const bounds = partedAt([...key, ...key.slice(-1).filter(({ name }) => name === ':')], ':').map(([one]) =>
    one ? expression(scope, one) : literal(at, null),
  );
  const [from, to] = bounds;
  return bounds.length === 2 && from && to
    ? call(at, named(at, '<slice>'), [of, from, to])
    : opaque(at, 'it is a part of a list or text', [of]);
}

const dictionary: Lowering = (scope, node) => {
  const entries = partedAt(inside(node), ',').flatMap((part): Entry[] => {
    const [first, last] = [part[0], part.at(-1)];
    if (!first || !last) return [];
    if (first.name === '**') return [{ spread: expression(scope, last) }];
    return [{ key: expression(scope, first), value: expression(scope, last) }];
  });
  return { at: scope.at(node), kind: 'object', entries };
};

const list: Lowering = (scope, node) => ({ at: scope.at(node), kind: 'list', items: items(scope, inside(node)) });

const number: Lowering = (scope, node) => {
  const written = scope.text(node).replaceAll('_', '');
  const value = Number(written);
  // `1.0` is not `1`: the text of it is another.
  const same = /^\d+$/.test(written) ? Number.isSafeInteger(value) : /^0[xob]/i.test(written) || String(value) === written;
  return same && !Number.isNaN(value) ? literal(scope.at(node), value) : unknownForm(scope, node);
};

const FORMS: Readonly<Record<string, Lowering | undefined>> = {
  VariableName: (scope, node) => named(scope.at(node), scope.text(node)),
  Number: number,
  Boolean: (scope, node) => literal(scope.at(node), scope.text(node) === 'True'),
  None: (scope, node) => literal(scope.at(node), null),
  Ellipsis: unknownForm,
  String: text,
  FormatString: formatted,
  ContinuedString: (scope, node) => ({ at: scope.at(node), kind: 'text', parts: valuesIn(scope, node) }),
  BinaryExpression: binaryOf,
  UnaryExpression: unary,
  MemberExpression: member,
  DictionaryExpression: dictionary,
  ArrayExpression: list,
  TupleExpression: list,
  SetExpression: (scope, node) => call(scope.at(node), named(scope.at(node), '<set>'), [list(scope, node)]),
  ParenthesizedExpression: (scope, node) => listed(scope, inside(node)) ?? unknownForm(scope, node),
  ArrayComprehensionExpression: (scope, node) => comprehension(scope, node, 'list'),
  ComprehensionExpression: (scope, node) => comprehension(scope, node, 'list'),
  SetComprehensionExpression: (scope, node) => call(scope.at(node), named(scope.at(node), '<set>'), [comprehension(scope, node, 'list')]),
  DictionaryComprehensionExpression: (scope, node) => loweredNames(scope, node) ?? comprehension(scope, node, 'dict'),
  CallExpression: (scope, node) => {
    const callee = node.firstChild;
    if (!callee) return unknownForm(scope, node);
    return {
      at: scope.at(node),
      kind: 'call',
      callee: expression(scope, callee),
      ...argumentsOf(scope, node.getChild('ArgList')),
      makes: false,
    };
  },
  LambdaExpression: (scope, node) => {
    const value = node.lastChild;
    const body = value ? [{ at: scope.at(value), kind: 'return' as const, value: expression(scope, value) }] : [];
    return anonymous(scope, node, parameters(scope, node.getChild('ParamList')), body);
  },
  ConditionalExpression: (scope, node) => {
    const [then, test, otherwise] = valuesIn(scope, node);
    return then && test && otherwise ? { at: scope.at(node), kind: 'conditional', test, then, otherwise } : unknownForm(scope, node);
  },
  AwaitExpression: (scope, node) => {
    const [of] = valuesIn(scope, node);
    return of ? { at: scope.at(node), kind: 'await', of } : unknownForm(scope, node);
  },
  NamedExpression: (scope, node) => {
    const [name, value] = [node.firstChild, node.lastChild];
    if (!name || !value) return unknownForm(scope, node);
    return { at: scope.at(node), kind: 'assign', to: target(scope, name), value: expression(scope, value) };
  },
  YieldExpression: unknownForm,
};
