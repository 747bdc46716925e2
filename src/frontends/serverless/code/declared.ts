import type { Pattern, Program, SyntaxNode } from '../../../source/javascript.ts';

/** What a module says of itself at its top level. Nothing is worked out here. */
export interface Declared {
  readonly bindings: ReadonlyMap<string, Binding>;
  /** `export …`; the default one is called 'default'. */
  readonly named: ReadonlyMap<string, Export>;
  /** `export * from …`. */
  readonly stars: readonly string[];
  /** What is imported for what it does: `import 'x'`, `require('x')`. */
  readonly effects: readonly string[];
  readonly assigned: Assigned;
}

export type Binding =
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly init: SyntaxNode | undefined;
      readonly steps: readonly Step[];
      readonly end: number;
    }
  | { readonly kind: 'import'; readonly specifier: string; readonly name: string }
  | { readonly kind: 'namespace' | 'require'; readonly specifier: string }
  | { readonly kind: 'enum'; readonly node: Extract<SyntaxNode, { type: 'TSEnumDeclaration' }> }
  /** `node`: a function or class, which may know of other things. */
  | { readonly kind: 'opaque'; readonly why: string; readonly node?: SyntaxNode };

/** A step of a destructuring pattern: `{ key = fallback }`, `[ , key ]`. */
export interface Step {
  /** Undefined: the rest. */
  readonly key: string | SyntaxNode | undefined;
  readonly at: SyntaxNode;
  readonly fallback: SyntaxNode | undefined;
}

export type Export = { readonly at: SyntaxNode } & (
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'value'; readonly node: SyntaxNode }
  /** Without a name: the whole module. */
  | { readonly kind: 'from'; readonly specifier: string; readonly name: string | undefined }
);

/** CommonJS: `module.exports = base; module.exports.key = …`, in that order, at the top level. */
export interface Assigned {
  readonly base: SyntaxNode | undefined;
  readonly keys: ReadonlyMap<string, { readonly at: SyntaxNode; readonly value: SyntaxNode }>;
  /** The assignments that are counted in. */
  readonly counted: ReadonlySet<SyntaxNode>;
}

export function declared(program: Program): Declared {
  const tables = new Tables();
  for (const statement of program.body) tables.statement(statement);
  return tables;
}

class Tables implements Declared {
  /** `exports` is no longer `module.exports`: what is put into it is lost. */
  private detached = false;
  readonly bindings = new Map<string, Binding>();
  readonly named = new Map<string, Export>();
  readonly stars: string[] = [];
  readonly effects: string[] = [];
  readonly assigned = {
    base: undefined as SyntaxNode | undefined,
    keys: new Map<string, { at: SyntaxNode; value: SyntaxNode }>(),
    counted: new Set<SyntaxNode>(),
  };

  statement(node: SyntaxNode): void {
    if (isTypeOnly(node)) return;
    switch (node.type) {
      case 'ImportDeclaration':
        return this.imports(node);
      case 'TSImportEqualsDeclaration':
        return this.importEquals(node);
      case 'ExportNamedDeclaration':
        return this.exports(node);
      case 'ExportDefaultDeclaration':
        this.declaration(node.declaration);
        this.named.set('default', { kind: 'value', node: node.declaration, at: node.declaration });
        return;
      case 'ExportAllDeclaration':
        if (!node.exported) this.stars.push(String(node.source.value));
        else
          this.named.set(nameOf(node.exported), { kind: 'from', specifier: String(node.source.value), name: undefined, at: node.exported });
        return;
      case 'TSExportAssignment':
        this.assigned.base = node.expression;
        return;
      case 'ExpressionStatement':
        if (isRequire(node.expression)) this.effects.push(String(node.expression.arguments[0].value));
        return this.assignment(node.expression);
      default:
        this.declaration(node);
    }
  }

  private imports(node: Extract<SyntaxNode, { type: 'ImportDeclaration' }>): void {
    const specifier = String(node.source.value);
    if (node.specifiers.length === 0) this.effects.push(specifier);
    for (const one of node.specifiers) {
      if (isTypeOnly(one)) continue;
      if (one.type === 'ImportNamespaceSpecifier') this.bindings.set(one.local.name, { kind: 'namespace', specifier });
      else
        this.bindings.set(one.local.name, {
          kind: 'import',
          specifier,
          name: one.type === 'ImportSpecifier' ? nameOf(one.imported) : 'default',
        });
    }
  }

  private importEquals({ id, moduleReference, isExport }: Extract<SyntaxNode, { type: 'TSImportEqualsDeclaration' }>): void {
    const name = moduleReference.type === 'TSExternalModuleReference' ? moduleReference.expression : undefined;
    if (name?.type === 'Literal') this.bindings.set(id.name, { kind: 'require', specifier: String(name.value) });
    else this.bindings.set(id.name, { kind: 'opaque', why: 'it is part of a namespace' });
    if (isExport) this.named.set(id.name, { kind: 'local', name: id.name, at: id });
  }

  private exports({ declaration, specifiers, source }: Extract<SyntaxNode, { type: 'ExportNamedDeclaration' }>): void {
    if (declaration) {
      for (const id of this.declaration(declaration)) this.named.set(id.name, { kind: 'local', name: id.name, at: id });
    }
    for (const one of specifiers) {
      if (isTypeOnly(one)) continue;
      const name = nameOf(one.local);
      const from = source ? ({ kind: 'from', specifier: String(source.value), name } as const) : ({ kind: 'local', name } as const);
      this.named.set(nameOf(one.exported), { ...from, at: one.exported });
    }
  }

  /** The names that are declared. */
  private declaration(node: SyntaxNode): readonly Identifier[] {
    switch (node.type) {
      case 'VariableDeclaration':
        // `const config = module.exports = …`
        for (const { init } of node.declarations) if (init) this.assignment(init);
        return node.declarations.flatMap(({ id, init, end }) => this.pattern(id, { init: init ?? undefined, end }, []));
      case 'TSEnumDeclaration':
        return this.bind(
          node.id,
          this.bindings.has(node.id.name) ? { kind: 'opaque', why: 'it is declared in several places' } : { kind: 'enum', node },
        );
      case 'FunctionDeclaration':
        return node.id ? this.bind(node.id, { kind: 'opaque', why: 'it is a function', node }) : [];
      case 'ClassDeclaration':
        return node.id ? this.bind(node.id, { kind: 'opaque', why: 'it is a class', node }) : [];
      case 'TSModuleDeclaration':
        return node.id.type === 'Identifier' ? this.bind(node.id, { kind: 'opaque', why: 'it is a namespace' }) : [];
      default:
        return [];
    }
  }

  private bind(id: Identifier, binding: Binding): readonly Identifier[] {
    this.bindings.set(id.name, binding);
    return [id];
  }

  private pattern(
    node: Pattern,
    from: { readonly init: SyntaxNode | undefined; readonly end: number },
    steps: readonly Step[],
  ): readonly Identifier[] {
    const along = (inner: Pattern, key: Step['key']): readonly Identifier[] => {
      const { left, right } = inner.type === 'AssignmentPattern' ? inner : { left: inner, right: undefined };
      return this.pattern(left, from, [...steps, { key, at: inner, fallback: right }]);
    };
    switch (node.type) {
      case 'Identifier':
        return this.bind(node, { kind: 'variable', name: node.name, steps, ...from });
      case 'ObjectPattern':
        return node.properties.flatMap((one) =>
          one.type === 'RestElement' ? along(one.argument, undefined) : along(one.value, one.computed ? one.key : keyName(one.key)),
        );
      case 'ArrayPattern':
        return node.elements.flatMap((one, i) =>
          !one ? [] : one.type === 'RestElement' ? along(one.argument, undefined) : along(one, String(i)),
        );
      case 'AssignmentPattern':
      case 'RestElement':
      case 'MemberExpression':
        return [];
    }
  }

  private hidesExports = (): boolean => this.bindings.has('module') || this.bindings.has('exports');

  /** `a = b = value` assigns to both; what is assigned before `module.exports = …` is lost. */
  private assignment(node: SyntaxNode): void {
    const targets: { readonly left: SyntaxNode; readonly by: SyntaxNode }[] = [];
    let value = node;
    while (value.type === 'AssignmentExpression' && value.operator === '=') {
      targets.push({ left: value.left, by: value });
      value = value.right;
    }
    const found = targets.map(({ left, by }) => ({ by, target: this.hidesExports() ? undefined : exportsTarget(left) }));
    const [toModule, toName] = [true, false].map((whole) =>
      found.some(({ target }) => target?.key === undefined && target?.whole === whole),
    );
    if (toModule || toName) this.detached = toModule !== toName;
    for (const { by, target } of found) {
      if (!target) continue;
      this.assigned.counted.add(by);
      if (this.detached && target.byName) continue;
      if (target.key !== undefined) this.assigned.keys.set(target.key, { at: target.at, value });
      else if (target.whole) {
        this.assigned.base = value;
        this.assigned.keys.clear();
      }
    }
  }
}

type Identifier = Extract<SyntaxNode, { type: 'Identifier' }>;

/** What of the exports is assigned to; `byName`: by that of `exports`, which may stand for something else. */
interface ExportsTarget {
  readonly whole: boolean;
  readonly byName: boolean;
  readonly key?: string;
  readonly at: SyntaxNode;
}

/** `module.exports`, `exports` (which assigns nothing that anyone sees), `module.exports.key`, `exports.key`. */
function exportsTarget(node: SyntaxNode): ExportsTarget | undefined {
  if (node.type === 'Identifier') return node.name === 'exports' ? { whole: false, byName: true, at: node } : undefined;
  if (node.type !== 'MemberExpression') return undefined;
  const key = memberName(node);
  if (key === undefined) return undefined;
  if (node.object.type === 'Identifier' && node.object.name === 'module') {
    return key === 'exports' ? { whole: true, byName: false, at: node } : undefined;
  }
  const inner = exportsTarget(node.object);
  return inner && inner.key === undefined ? { whole: false, byName: inner.byName, key, at: node.property } : undefined;
}

type RequireCall = SyntaxNode & { readonly arguments: readonly [{ readonly value: unknown }] };

const isRequire = (node: SyntaxNode): node is RequireCall =>
  node.type === 'CallExpression' &&
  node.callee.type === 'Identifier' &&
  node.callee.name === 'require' &&
  node.arguments[0]?.type === 'Literal';

/** The name in `a.name` and `a['name']`. */
export function memberName({ property, computed }: Extract<SyntaxNode, { type: 'MemberExpression' }>): string | undefined {
  if (!computed) return property.type === 'Identifier' ? property.name : undefined;
  return property.type === 'Literal' && (typeof property.value === 'string' || typeof property.value === 'number')
    ? String(property.value)
    : undefined;
}

/** A key that is written as a word, in quotes or as a number. */
export const keyName = (key: SyntaxNode): string =>
  key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : '';

const nameOf = (node: Extract<SyntaxNode, { type: 'Identifier' | 'Literal' }>): string =>
  node.type === 'Identifier' ? node.name : String(node.value);

/** `import type`, `export type`, `import { type A }`, `declare …`: gone when the program runs. */
function isTypeOnly(node: SyntaxNode): boolean {
  const { importKind, exportKind, declare } = node as {
    readonly importKind?: unknown;
    readonly exportKind?: unknown;
    readonly declare?: unknown;
  };
  return importKind === 'type' || exportKind === 'type' || declare === true;
}
