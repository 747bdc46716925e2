import type { SyntaxNode, TypeScriptNode } from '../../source/javascript.ts';
import type { Block, Expression, Statement } from '../program.ts';
import { expression } from './expressions.ts';
import { classOf, functionOf, variables } from './functions.ts';
import { literal, named, opaque, plain, type Lowering } from './lowering.ts';
import { exported, imported } from './modules.ts';
import { target } from './targets.ts';

/** Statements one after another. */
export function block(on: Lowering, nodes: readonly SyntaxNode[]): Block {
  return nodes.flatMap((node) => statement(on, node));
}

/** The statements of a file, with the `var`s of its blocks. */
export const program = (on: Lowering, node: Extract<SyntaxNode, { type: 'Program' }>): Block => [
  ...variables(on, node),
  ...block(on, node.body),
];

const bodyOf = (on: Lowering, node: SyntaxNode | null | undefined): Block =>
  node ? block(on, node.type === 'BlockStatement' ? node.body : [node]) : [];

export function statement(on: Lowering, node: SyntaxNode): Statement[] {
  const at = on.at(node);
  switch (node.type) {
    case 'VariableDeclaration':
      return declarations(on, node);
    case 'FunctionDeclaration':
      return node.id ? [declared(at, node.id.name, functionOf(on, node, at))] : [];
    case 'ClassDeclaration':
      return node.id ? [declared(at, node.id.name, classOf(on, node))] : [];
    case 'ExpressionStatement':
      return [{ at, kind: 'evaluate', value: expression(on, node.expression) }];
    case 'ReturnStatement':
      return [{ at, kind: 'return', value: node.argument ? expression(on, node.argument) : undefined }];
    case 'ThrowStatement':
      return [{ at, kind: 'throw', value: expression(on, node.argument) }];
    case 'IfStatement':
      return [
        { at, kind: 'if', test: expression(on, node.test), then: bodyOf(on, node.consequent), otherwise: bodyOf(on, node.alternate) },
      ];
    case 'BlockStatement':
      // A block of its own names.
      return [{ at, kind: 'if', test: literal(at, true), then: block(on, node.body), otherwise: [] }];
    case 'TryStatement':
      return [attempt(on, node)];
    case 'SwitchStatement':
      return [
        {
          at,
          kind: 'switch',
          on: expression(on, node.discriminant),
          cases: node.cases.map(({ test, consequent }) => ({
            tests: test ? [expression(on, test)] : undefined,
            body: block(on, consequent),
          })),
          falls: true,
        },
      ];
    case 'LabeledStatement':
      return statement(on, node.body);
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
    case 'ExportAllDeclaration':
      return node.type === 'ImportDeclaration' ? imported(on, node) : exported(on, node);
    default:
      return [...loops(on, node), ...typed(on, node as TypeScriptNode)];
  }
}

export const declared = (at: Statement['at'], name: string, value: Expression): Statement => ({
  at,
  kind: 'assign',
  to: { at, kind: 'name', name },
  value,
  declares: true,
});

function declarations(on: Lowering, node: Extract<SyntaxNode, { type: 'VariableDeclaration' }>): Statement[] {
  const own = node.kind !== 'var';
  if ((node as { readonly declare?: boolean }).declare === true) return [];
  return node.declarations.flatMap((one): Statement[] => {
    if (!one.init && !own) return [];
    const at = on.at(one);
    const value = one.init ? expression(on, one.init) : literal(at, undefined);
    return [{ at, kind: 'assign', to: target(on, one.id), value, declares: own }];
  });
}

function attempt(on: Lowering, node: Extract<SyntaxNode, { type: 'TryStatement' }>): Statement {
  const { handler } = node;
  return {
    at: on.at(node),
    kind: 'try',
    body: bodyOf(on, node.block),
    catches: handler ? [{ binds: handler.param ? target(on, handler.param) : undefined, types: [], body: bodyOf(on, handler.body) }] : [],
    otherwise: [],
    finally: bodyOf(on, node.finalizer),
  };
}

function loops(on: Lowering, node: SyntaxNode): Statement[] {
  const at = on.at(node);
  const evaluated = (one: SyntaxNode | null | undefined): Statement[] =>
    one ? [{ at: on.at(one), kind: 'evaluate', value: expression(on, one) }] : [];
  switch (node.type) {
    case 'ForOfStatement':
    case 'ForInStatement': {
      const left = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left;
      const over = expression(on, node.right);
      const names: Expression = { at, kind: 'call', callee: named(at, '<keys>'), args: [plain(over)], named: [], makes: false };
      return [
        {
          at,
          kind: 'loop',
          binds: left && target(on, left),
          over: node.type === 'ForInStatement' ? names : over,
          body: bodyOf(on, node.body),
        },
      ];
    }
    case 'ForStatement': {
      const first = node.init?.type === 'VariableDeclaration' ? declarations(on, node.init) : evaluated(node.init);
      const body = [...evaluated(node.test), ...bodyOf(on, node.body), ...evaluated(node.update)];
      return [
        {
          at,
          kind: 'if',
          test: literal(at, true),
          then: [...first, { at, kind: 'loop', binds: undefined, over: undefined, body }],
          otherwise: [],
        },
      ];
    }
    case 'WhileStatement':
      return [{ at, kind: 'loop', binds: undefined, over: undefined, body: [...evaluated(node.test), ...bodyOf(on, node.body)] }];
    case 'DoWhileStatement':
      return [{ at, kind: 'loop', binds: undefined, over: undefined, body: [...bodyOf(on, node.body), ...evaluated(node.test)] }];
    case 'BreakStatement':
      return [{ at, kind: 'jump', to: 'end' }];
    case 'ContinueStatement':
      return [{ at, kind: 'jump', to: 'next' }];
    default:
      return [];
  }
}

/** What TypeScript has besides types. */
function typed(on: Lowering, node: TypeScriptNode): Statement[] {
  const at = on.at(node);
  switch (node.type) {
    case 'TSEnumDeclaration': {
      const entries = node.members.map(({ id, initializer }, place) => ({
        key: id.type === 'Identifier' ? literal(on.at(id), id.name) : expression(on, id),
        value: initializer ? expression(on, initializer) : literal(on.at(id), place),
      }));
      return [declared(at, node.id.name, { at, kind: 'object', entries })];
    }
    case 'TSExportAssignment': {
      const of = named(at, 'module');
      const to = { at, kind: 'member' as const, of, name: literal(at, 'exports') };
      return [{ at, kind: 'assign', to, value: expression(on, node.expression), declares: false }];
    }
    case 'TSImportEqualsDeclaration': {
      const { moduleReference: from } = node;
      if (node.importKind === 'type') return [];
      if (from.type !== 'TSExternalModuleReference') return [declared(at, node.id.name, opaque(at))];
      const specifier = from.expression;
      if (specifier.type !== 'Literal' || typeof specifier.value !== 'string') return [];
      return [{ at, kind: 'import', from: specifier.value, names: [{ name: '*', local: node.id.name }] }];
    }
    case 'TSModuleDeclaration':
      return node.id.type === 'Identifier' ? [declared(at, node.id.name, opaque(at))] : [];
    default:
      return [];
  }
}
