import type { Location } from '../../source/location.ts';
import type { Block, Catch, Expression, Statement } from '../program.ts';
import { call, literal, method, named, nameTarget, opaque } from './build.ts';
import { argumentsOf, expression, listed } from './expressions.ts';
import { classOf, functionOf } from './functions.ts';
import { importsOf } from './imports.ts';
import { matchOf } from './match.ts';
import { childrenOf, partedAt, type Node, type Scope } from './scope.ts';
import { namesIn, target, targets } from './targets.ts';

type Lowering = (scope: Scope, node: Node) => Statement[];

/** The statements directly below a node: a module, or a body after its colon. */
export const block = (scope: Scope, node: Node): Block => childrenOf(node).flatMap((one) => statement(scope, one));

const statement: Lowering = (scope, node) => {
  if (node.name === ':') return [];
  return FORMS[node.name]?.(scope, node) ?? unread(scope, node, 'it does what is not followed');
};

const unread = (scope: Scope, node: Node, why: string): Statement[] => [
  { at: scope.at(node), kind: 'opaque', why, changes: variables(scope, node) },
];

/** Every name below a node. */
function variables(scope: Scope, node: Node): string[] {
  return node.name === 'VariableName' ? [scope.text(node)] : childrenOf(node).flatMap((one) => variables(scope, one));
}

/** `a = b = value`: the value is worked out once, then put in each from the left. */
const assignment: Lowering = (scope, node) => {
  const at = scope.at(node);
  const parts = partedAt(
    childrenOf(node).filter(({ name }) => name !== 'TypeDef'),
    'AssignOp',
  );
  const value = parts.length > 1 ? listed(scope, parts.at(-1) ?? []) : undefined;
  // `x: str` alone binds nothing.
  if (!value) return [];
  const left = parts.slice(0, -1);
  if (left.length === 1) return bind(scope, at, left[0] ?? [], value);
  const once = scope.fresh();
  return [
    { at, kind: 'assign', to: nameTarget(at, once), value, declares: true },
    ...left.flatMap((one) => bind(scope, at, one, named(at, once))),
  ];
};

function bind(scope: Scope, at: Location, left: readonly Node[], value: Expression): Statement[] {
  const to = targets(scope, left);
  if (!to) return [{ at, kind: 'evaluate', value }];
  const names = namesIn(to);
  const outer = names.filter((name) => scope.outer.has(name)).length;
  if (outer > 0 && outer < names.length) return [{ at, kind: 'opaque', why: 'it sets local and global names at once', changes: names }];
  return [{ at, kind: 'assign', to, value, declares: outer === 0 }];
}

/** `a |= b` changes a dict where it is; others who hold it see that. */
const update: Lowering = (scope, node) => {
  const at = scope.at(node);
  const op = node.getChild('UpdateOp');
  const [left, right] = partedAt(childrenOf(node), 'UpdateOp');
  const [first] = left ?? [];
  const by = listed(scope, right ?? []);
  if (!first || !op || !by) return unread(scope, node, 'it does what is not followed');
  const old = expression(scope, first);
  const sign = scope.text(op);
  const value =
    sign === '|='
      ? method(at, old, '__ior__', [by])
      : sign === '+='
        ? call(at, named(at, '<extend>'), [old, by])
        : call(at, named(at, '<calculate>'), [literal(at, sign.slice(0, -1)), old, by]);
  return bind(scope, at, [first], value);
};

const conditional: Lowering = (scope, node) => {
  const children = childrenOf(node);
  const bodies = children.flatMap(({ name }, place) => (name === 'Body' ? [place] : []));
  return bodies.reduceRight<Block>((otherwise, place) => {
    const [word, test] = [children[place - 2], children[place - 1]];
    const body = children[place];
    if (!body) return otherwise;
    const then = block(scope, body);
    if (test?.name === 'else' || !test || !word) return then;
    return [{ at: scope.at({ from: word.from, to: body.to }), kind: 'if', test: expression(scope, test), then, otherwise }];
  }, []) as Statement[];
};

/** The `else` of a loop, which runs unless the loop was left by `break`. */
function afterLoop(scope: Scope, node: Node): Statement[] {
  const body = node.getChild('else') ? node.getChildren('Body').at(-1) : undefined;
  if (!body) return [];
  const at = scope.at(body);
  return [{ at, kind: 'if', test: opaque(at, 'it runs unless the loop is left'), then: block(scope, body), otherwise: [] }];
}

const forLoop: Lowering = (scope, node) => {
  const children = childrenOf(node);
  const places = ['for', 'in', 'Body'].map((word) => children.findIndex(({ name }) => name === word));
  const [start = 0, split = 0, end = 0] = places;
  const body = children[end];
  const over = listed(scope, children.slice(split + 1, end));
  if (!body) return unread(scope, node, 'it is a loop that is not followed');
  const binds = targets(scope, children.slice(start + 1, split));
  return [{ at: scope.at(node), kind: 'loop', binds, over, body: block(scope, body) }, ...afterLoop(scope, node)];
};

const whileLoop: Lowering = (scope, node) => {
  const at = scope.at(node);
  const [, test] = childrenOf(node);
  const body = node.getChild('Body');
  if (!test || !body) return unread(scope, node, 'it is a loop that is not followed');
  const leave: Statement = { at, kind: 'if', test: expression(scope, test), then: [], otherwise: [{ at, kind: 'jump', to: 'end' }] };
  return [{ at, kind: 'loop', binds: undefined, over: undefined, body: [leave, ...block(scope, body)] }, ...afterLoop(scope, node)];
};

const attempt: Lowering = (scope, node) => {
  const children = childrenOf(node);
  const after = (word: string): Block => {
    const start = children.findIndex(({ name }) => name === word);
    const body = start === -1 ? undefined : children.slice(start).find(({ name }) => name === 'Body');
    return body ? block(scope, body) : [];
  };
  const starts = children.flatMap(({ name }, place) => (name === 'except' ? [place] : []));
  const catches = starts.map((start): Catch => {
    const end = children.findIndex(({ name }, place) => place > start && name === 'Body');
    const words = children.slice(start + 1, end).filter(({ name }) => name !== '*');
    const as = words.findIndex(({ name }) => name === 'as');
    const kinds = listed(scope, as === -1 ? words : words.slice(0, as));
    const bound = as === -1 ? undefined : words[as + 1];
    const body = children[end];
    return {
      binds: bound && target(scope, bound),
      types: kinds?.kind === 'list' ? kinds.items.map(({ value }) => value) : kinds ? [kinds] : [],
      body: body ? block(scope, body) : [],
    };
  });
  return [{ at: scope.at(node), kind: 'try', body: after('try'), catches, otherwise: after('else'), finally: after('finally') }];
};

/** The name by which `raise` alone finds the error that is being handled. */
const CAUGHT = '<caught>';

/** What a manager's `__enter__` gives is bound, the body runs, then its `__exit__`, which may swallow what was raised. */
const withOf: Lowering = (scope, node) => {
  const at = scope.at(node);
  const body = node.getChild('Body');
  const words = childrenOf(node).filter(({ name }) => !['async', 'with', 'Body', '(', ')'].includes(name));
  const inner = body ? block(scope, body) : [];
  return [...partedAt(words, ',').reduceRight<Block>((within, part) => managed(scope, at, part, within), inner)];
};

function managed(scope: Scope, at: Location, part: readonly Node[], inner: Block): Block {
  const [first] = part;
  if (!first) return inner;
  const once = scope.fresh();
  const use = (name: string): Expression => call(at, named(at, name), [named(at, once)]);
  const as = part.findIndex(({ name }) => name === 'as');
  const body = [...bind(scope, at, as === -1 ? [] : part.slice(as + 1), use('<enter>')), ...inner];
  return [
    { at, kind: 'assign', to: nameTarget(at, once), value: expression(scope, first), declares: true },
    {
      at,
      kind: 'try',
      body,
      catches: [{ binds: undefined, types: [use('<swallows>')], body: [] }],
      when: use('<swallows>'),
      otherwise: [],
      finally: [{ at, kind: 'evaluate', value: use('<exit>') }],
    },
  ];
}

/** `@a` above a function or a class. */
const decorated: Lowering = (scope, node) => {
  const decorators = node.getChildren('Decorator').map((one) => {
    const [, first, ...rest] = childrenOf(one);
    return first ? decorator(scope, first, rest) : opaque(scope.at(one), 'its decorator is not followed');
  });
  const subject = node.getChild('FunctionDefinition') ?? node.getChild('ClassDefinition');
  return subject ? defined(scope, subject, decorators) : unread(scope, node, 'it defines what is not followed');
};

/** The parser leaves the names, dots and brackets of a decorator side by side. */
function decorator(scope: Scope, first: Node, rest: readonly Node[]): Expression {
  return rest.reduce<Expression>(
    (of, one) => {
      const at = scope.at({ from: first.from, to: one.to });
      if (one.name === 'ArgList') return { at, kind: 'call', callee: of, ...argumentsOf(scope, one), makes: false };
      if (one.name !== 'VariableName' && one.name !== 'PropertyName') return of;
      return {
        at,
        kind: 'member',
        of,
        name: { at: scope.at(one), kind: 'literal', value: scope.text(one) },
        optional: false,
        attribute: true,
      };
    },
    expression(scope, first),
  );
}

/** `del a[b]`; a name that is taken away is not known any more. */
function deleted(scope: Scope, node: Node): Statement[] {
  const at = scope.at(node);
  const value = expression(scope, node);
  if (value.kind !== 'member') return unread(scope, node, 'it is deleted');
  return [{ at, kind: 'evaluate', value: call(at, named(at, '<delete>'), [value.of, value.name]) }];
}

function defined(scope: Scope, node: Node, decorators: readonly Expression[]): Statement[] {
  const at = scope.at(node);
  const value = node.name === 'ClassDefinition' ? classOf(scope, node, decorators) : functionOf(scope, node, decorators);
  if (value.name === undefined) return unread(scope, node, 'it defines what is not followed');
  return [{ at, kind: 'assign', to: nameTarget(at, value.name), value, declares: !scope.outer.has(value.name) }];
}

const FORMS: Readonly<Record<string, Lowering | undefined>> = {
  StatementGroup: (scope, node) => [...block(scope, node)],
  ';': () => [],
  PassStatement: () => [],
  ScopeStatement: (scope, node) => {
    for (const one of node.getChildren('VariableName')) scope.outer.add(scope.text(one));
    return [];
  },
  ExpressionStatement: (scope, node) => {
    const value = listed(scope, childrenOf(node));
    return value ? [{ at: scope.at(node), kind: 'evaluate', value }] : [];
  },
  AssignStatement: assignment,
  UpdateStatement: update,
  IfStatement: conditional,
  ForStatement: forLoop,
  WhileStatement: whileLoop,
  TryStatement: attempt,
  WithStatement: withOf,
  MatchStatement: (scope, node) => matchOf(scope, node),
  ReturnStatement: (scope, node) => [{ at: scope.at(node), kind: 'return', value: listed(scope, childrenOf(node).slice(1)) }],
  YieldStatement: (scope, node) => [
    {
      at: scope.at(node),
      kind: 'evaluate',
      value: opaque(
        scope.at(node),
        'it yields',
        [listed(scope, childrenOf(node).slice(1))].flatMap((one) => one ?? []),
      ),
    },
  ],
  RaiseStatement: (scope, node) => {
    const [, value] = childrenOf(node);
    return [{ at: scope.at(node), kind: 'throw', value: value ? expression(scope, value) : named(scope.at(node), CAUGHT) }];
  },
  AssertStatement: (scope, node) => {
    const at = scope.at(node);
    const [, test] = childrenOf(node);
    const message = childrenOf(node)[3];
    const error = call(at, named(at, '<AssertionError>'), message ? [expression(scope, message)] : []);
    return test ? [{ at, kind: 'if', test: expression(scope, test), then: [], otherwise: [{ at, kind: 'throw', value: error }] }] : [];
  },
  DeleteStatement: (scope, node) => {
    const parts = partedAt(
      childrenOf(node)
        .slice(1)
        .filter(({ name }) => name !== '(' && name !== ')'),
      ',',
    );
    return parts.flatMap(([one]) => (one ? deleted(scope, one) : []));
  },
  BreakStatement: (scope, node) => [{ at: scope.at(node), kind: 'jump', to: 'end' }],
  ContinueStatement: (scope, node) => [{ at: scope.at(node), kind: 'jump', to: 'next' }],
  ImportStatement: importsOf,
  FunctionDefinition: (scope, node) => defined(scope, node, []),
  ClassDefinition: (scope, node) => defined(scope, node, []),
  DecoratedStatement: decorated,
};
