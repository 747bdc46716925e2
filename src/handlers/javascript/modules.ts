import type { SyntaxNode } from '../../source/javascript.ts';
import type { Imported, Statement, Target } from '../program.ts';
import { expression } from './expressions.ts';
import { classOf, functionOf } from './functions.ts';
import { named, type Lowering } from './lowering.ts';
import { declared, statement } from './statements.ts';

type Node<T extends SyntaxNode['type']> = Extract<SyntaxNode, { type: T }>;

const isType = (node: unknown): boolean =>
  (node as { readonly importKind?: string }).importKind === 'type' || (node as { readonly exportKind?: string }).exportKind === 'type';

const nameOf = (node: Node<'Identifier'> | Node<'Literal'>): string => (node.type === 'Identifier' ? node.name : String(node.value));

export function imported(on: Lowering, node: Node<'ImportDeclaration'>): Statement[] {
  if (isType(node)) return [];
  const names = node.specifiers.flatMap((one): Imported[] => {
    if (isType(one)) return [];
    if (one.type === 'ImportDefaultSpecifier') return [{ name: 'default', local: one.local.name }];
    if (one.type === 'ImportNamespaceSpecifier') return [{ name: '*', local: one.local.name }];
    return [{ name: nameOf(one.imported), local: one.local.name }];
  });
  return [{ at: on.at(node), kind: 'import', from: String(node.source.value), names }];
}

type Export = Node<'ExportNamedDeclaration'> | Node<'ExportDefaultDeclaration'> | Node<'ExportAllDeclaration'>;

export function exported(on: Lowering, node: Export): Statement[] {
  const at = on.at(node);
  if (isType(node)) return [];
  if (node.type === 'ExportAllDeclaration') {
    const from = String(node.source.value);
    if (!node.exported) return [{ at, kind: 'reexport', from }];
    const local = on.fresh();
    return [
      { at, kind: 'import', from, names: [{ name: '*', local }] },
      { at, kind: 'export', names: [{ local: named(at, local), exported: nameOf(node.exported) }] },
    ];
  }
  if (node.type === 'ExportDefaultDeclaration') return byDefault(on, node);
  return node.declaration ? declaration(on, node.declaration, at) : listed(on, node);
}

function byDefault(on: Lowering, node: Node<'ExportDefaultDeclaration'>): Statement[] {
  const at = on.at(node);
  const { declaration: one } = node;
  if (one.type !== 'FunctionDeclaration' && one.type !== 'ClassDeclaration') {
    return [{ at, kind: 'export', names: [{ local: expression(on, one), exported: 'default' }] }];
  }
  const name = one.id?.name ?? on.fresh();
  const place = on.at(one);
  const value = one.type === 'FunctionDeclaration' ? { ...functionOf(on, one, place), name } : classOf(on, one);
  return [declared(place, name, value), { at, kind: 'export', names: [{ local: named(place, name), exported: 'default' }] }];
}

function declaration(on: Lowering, node: SyntaxNode, at: Statement['at']): Statement[] {
  const statements = statement(on, node);
  const variables = node.type === 'VariableDeclaration' ? node.declarations.map(({ id }) => id) : [];
  const names = [
    ...statements.flatMap((one) => (one.kind === 'assign' ? namesOf(one.to) : [])),
    // `export var x;` assigns nothing.
    ...variables.flatMap((id) => (id.type === 'Identifier' ? [id.name] : [])),
  ];
  return [...statements, { at, kind: 'export', names: [...new Set(names)].map((name) => ({ local: named(at, name), exported: name })) }];
}

function namesOf(to: Target): string[] {
  if (to.kind === 'name') return [to.name];
  if (to.kind === 'fields') return [...to.fields.map((field) => field.to), to.rest].flatMap((one) => (one ? namesOf(one) : []));
  return to.kind === 'items' ? [...to.items, to.rest].flatMap((one) => (one ? namesOf(one) : [])) : [];
}

function listed(on: Lowering, node: Node<'ExportNamedDeclaration'>): Statement[] {
  const at = on.at(node);
  const pairs = node.specifiers.flatMap((one) =>
    isType(one) ? [] : [{ local: nameOf(one.local), exported: nameOf(one.exported), at: on.at(one) }],
  );
  if (!node.source) {
    return [
      { at, kind: 'export', names: pairs.map(({ local, exported: name, at: place }) => ({ local: named(place, local), exported: name })) },
    ];
  }
  const renamed = pairs.map((pair) => ({ ...pair, fresh: on.fresh() }));
  return [
    { at, kind: 'import', from: String(node.source.value), names: renamed.map(({ local, fresh }) => ({ name: local, local: fresh })) },
    { at, kind: 'export', names: renamed.map(({ fresh, exported: name, at: place }) => ({ local: named(place, fresh), exported: name })) },
  ];
}
