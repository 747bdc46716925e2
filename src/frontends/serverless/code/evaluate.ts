import type { SyntaxNode } from '../../../source/javascript.ts';
import type { SourceFile } from '../../../source/location.ts';
import { quoted } from '../../../source/problem.ts';
import type { Changed } from './changes.ts';
import { memberName, type Declared } from './declared.ts';
import { globalOf, variable } from './names.ts';
import { arrayOf, enumOf, keyOf, objectOf, templateOf, type Reading } from './literals.ts';
import { Marks } from './marks.ts';
import { isFunction, namedIn, readIn } from './walk.ts';
import { binary, unary } from './operators.ts';
import { constant, given, held, property, reach, truth, unknown, type Site, type Val } from './value.ts';

/** A module that was read. */
export interface Module {
  readonly file: SourceFile;
  /** Its folder, relative to that of the linted file. */
  readonly folder: string;
  readonly declared: Declared;
  /** Variables that get another value later. */
  readonly reassigned: Changed['reassigned'];
  /** Whether a function in it changes what it is given. */
  readonly changesGiven: boolean;
}

/** What modules know of each other. */
export interface Imports {
  /** `import { name } from 'specifier'`; without a name the whole module. */
  imported(module: Module, specifier: string, name: string | undefined, site: Site): Val;
  required(module: Module, specifier: string, site: Site): Val;
  /** What `module.exports` is in the end. */
  exportsOf(module: Module): Val;
}

/** Conditions in sums in members of … deeper than this are given up, before the stack is. */
const MAX_DEPTH = 120;
/** Items and keys that spreads copy, in all. */
const MAX_COPIES = 500_000;

/** Works out what expressions of the modules' top levels are, as far as that needs no code to run. */
export class Evaluator {
  readonly imports: Imports;
  readonly marks = new Marks();
  private readonly done = new Map<SyntaxNode, Val>();
  private readonly closures = new Map<SyntaxNode, Val>();
  private readonly making = new Set<object>();
  private depth = 0;
  private copies = 0;
  private lenient = false;

  constructor(imports: Imports) {
    this.imports = imports;
  }

  evaluate(node: SyntaxNode, module: Module): Val {
    const done = this.done.get(node);
    if (done) return done;
    const site = siteOf(node, module);
    return this.once(node, site, () => {
      const made = this.expression(node, module, site);
      const val = made.kind === 'unknown' && !made.among && !made.maybe ? { ...made, maybe: () => this.parts(node, module) } : made;
      this.done.set(node, val);
      return val;
    });
  }

  /** Stops what leads back to itself. `key` stands for what is being made. */
  once(key: object, site: Site, make: () => Val): Val {
    if (this.making.has(key)) return unknown('it leads back to itself', site);
    if (this.depth >= MAX_DEPTH) return unknown('what it is made of is nested too deeply', site);
    this.making.add(key);
    this.depth += 1;
    try {
      return make();
    } finally {
      this.depth -= 1;
      this.making.delete(key);
    }
  }

  /**
   * What a change is made to: it may well be named before it is written, and what else is changed does not matter.
   * `node` is a name, or a member of one by names alone.
   */
  target(node: SyntaxNode, module: Module): Val {
    const keys: string[] = [];
    let base = node;
    for (let inside = insideOf(base); inside || base.type === 'MemberExpression'; inside = insideOf(base)) {
      if (base.type === 'MemberExpression') keys.push(memberName(base) ?? '');
      base = inside ?? (base.type === 'MemberExpression' ? base.object : base);
    }
    const before = this.lenient;
    this.lenient = true;
    const val = this.evaluate(base, module);
    this.lenient = before;
    return keys.reduceRight<Val>((inner, key) => held(inner, key, siteOf(node, module)), val);
  }

  /** Everything is to be worked out again. */
  forget(): void {
    this.done.clear();
    this.closures.clear();
    this.copies = 0;
  }

  /** The values that an expression is written with. What is spread gives its parts alone. */
  private parts(node: SyntaxNode, module: Module): readonly Val[] {
    return readIn(node).flatMap((part) => {
      if (isFunction(part) || part.type === 'TemplateElement') return [];
      if (part.type === 'Property') return this.parts(part, module);
      return part.type === 'SpreadElement' ? reach(this.evaluate(part.argument, module)) : [this.evaluate(part, module)];
    });
  }

  private reading(module: Module): Reading {
    return {
      evaluate: (node) => this.evaluate(node, module),
      siteOf: (node) => siteOf(node, module),
      originOf: (node) => ({ changes: this.marks.of(node), parts: () => this.parts(node, module) }),
      mayCopy: this.mayCopy,
    };
  }

  /** Whether so many more may be copied. */
  readonly mayCopy = (count: number): boolean => {
    this.copies += count;
    return this.copies <= MAX_COPIES;
  };

  private expression(node: SyntaxNode, module: Module, site: Site): Val {
    const evaluate = (inner: SyntaxNode): Val => this.evaluate(inner, module);
    switch (node.type) {
      case 'Identifier':
        return this.name(node.name, module, site);
      case 'Literal':
        return literal(node, site);
      case 'TemplateLiteral':
        return templateOf(node, evaluate, site);
      case 'ObjectExpression':
        return objectOf(node, this.reading(module), site);
      case 'ArrayExpression':
        return arrayOf(node, this.reading(module), site);
      case 'MemberExpression':
        return this.member(node, module, site);
      case 'CallExpression':
        return this.call(node, module, site);
      case 'UnaryExpression':
        return unary(node.operator, evaluate(node.argument), site);
      case 'BinaryExpression':
        return this.binary(node, module, site);
      case 'LogicalExpression':
        return this.logical(node, module, site);
      case 'ConditionalExpression':
        return this.conditional(node, module, site);
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'ClassExpression':
        return this.closure(node, opaque(node), module, site);
      default: {
        const inner = insideOf(node);
        return inner ? evaluate(inner) : unknown(opaque(node), site);
      }
    }
  }

  private name(name: string, module: Module, site: Site): Val {
    const binding = module.declared.bindings.get(name);
    if (!binding) return globalOf(name, site, () => this.imports.exportsOf(module));
    switch (binding.kind) {
      case 'variable':
        return variable(binding, this, module, site, this.lenient);
      case 'import':
        return this.imports.imported(module, binding.specifier, binding.name, site);
      case 'namespace':
        return this.imports.imported(module, binding.specifier, undefined, site);
      case 'require':
        return this.imports.required(module, binding.specifier, site);
      case 'enum':
        return this.enum(binding.node, module);
      case 'opaque':
        return binding.node ? this.closure(binding.node, binding.why, module, site) : unknown(binding.why, site);
    }
  }

  /** What is called may hand out whatever of the module it names. */
  private closure(node: SyntaxNode, why: string, module: Module, site: Site): Val {
    // One value for one function: they may name each other.
    const known = this.closures.get(node);
    if (known) return known;
    const val = unknown(why, site, { maybe: () => namedIn(node).map((name) => this.exported(name, module, site)) });
    this.closures.set(node, val);
    return val;
  }

  /** What a name of the module's top level stands for, to those who import it. */
  exported(name: string, module: Module, site: Site): Val {
    const before = this.lenient;
    this.lenient = true;
    const val = this.once(module.declared.bindings.get(name) ?? module, site, () => this.name(name, module, site));
    this.lenient = before;
    return val;
  }

  private enum(node: Extract<SyntaxNode, { type: 'TSEnumDeclaration' }>, module: Module): Val {
    const done = this.done.get(node);
    if (done) return done;
    const val = enumOf(node, this.reading(module), siteOf(node, module));
    this.done.set(node, val);
    return val;
  }

  private member(node: Extract<SyntaxNode, { type: 'MemberExpression' }>, module: Module, site: Site): Val {
    const object = this.evaluate(node.object, module);
    const key = keyOf(node.property, node.computed, (inner) => this.evaluate(inner, module));
    return 'why' in key ? unknown(object.kind === 'unknown' ? object.why : key.why, site) : property(object, key.name, site, node.optional);
  }

  private call(node: Extract<SyntaxNode, { type: 'CallExpression' }>, module: Module, site: Site): Val {
    const { callee } = node;
    const [first] = node.arguments;
    if (callee.type === 'Identifier' && callee.name === 'require' && !module.declared.bindings.has('require') && first) {
      const specifier = this.evaluate(first, module);
      if (specifier.kind === 'constant' && typeof specifier.value === 'string') return this.imports.required(module, specifier.value, site);
      return unknown('the name of the file that it comes from is computed', site);
    }
    return unknown(`it is the result of calling ${named(callee, module.file)}`, site);
  }

  /** A long sum leans to the left: it is added up without descending into it. */
  private binary(node: Extract<SyntaxNode, { type: 'BinaryExpression' }>, module: Module, site: Site): Val {
    const sums = [node];
    let left: SyntaxNode = node.left;
    while (left.type === 'BinaryExpression') {
      sums.push(left);
      left = left.left;
    }
    let val = this.evaluate(left, module);
    for (const { operator, right } of sums.toReversed()) val = binary(operator, val, this.evaluate(right, module), site);
    return val;
  }

  private logical({ operator, left, right }: Extract<SyntaxNode, { type: 'LogicalExpression' }>, module: Module, site: Site): Val {
    const first = this.evaluate(left, module);
    const is = operator === '??' ? given(first) : truth(first);
    if (is !== undefined) return is === (operator === '&&') ? this.evaluate(right, module) : first;
    const second = this.evaluate(right, module);
    // Of what `&&` lets through nothing but the right side has keys or items.
    if (operator === '&&') return unknown(dependsOn(left, module), site, { among: [constant(undefined, site), second] });
    return unknown(first.kind === 'unknown' ? first.why : dependsOn(left, module), site);
  }

  private conditional(
    { test, consequent, alternate }: Extract<SyntaxNode, { type: 'ConditionalExpression' }>,
    module: Module,
    site: Site,
  ): Val {
    const is = truth(this.evaluate(test, module));
    if (is !== undefined) return this.evaluate(is ? consequent : alternate, module);
    return unknown(dependsOn(test, module), site, { among: [this.evaluate(consequent, module), this.evaluate(alternate, module)] });
  }
}

export const siteOf = ({ start, end }: { readonly start: number; readonly end: number }, { file }: Module): Site => ({ file, start, end });

const dependsOn = ({ start, end }: SyntaxNode, { file }: Module): string => `it depends on ${quoted(file.text.slice(start, end))}`;

function literal({ value, regex }: Extract<SyntaxNode, { type: 'Literal' }>, site: Site): Val {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return typeof value === 'number' && !Number.isFinite(value) ? unknown(`it is ${value}`, site) : constant(value, site);
  }
  return unknown(regex ? 'it is a regular expression' : 'it is a big integer', site);
}

/** What stands for the value of the whole: the rest is for the compiler, or for the engine. */
function insideOf(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return node.expression;
    case 'AwaitExpression':
      return node.argument;
    case 'SequenceExpression':
      return node.expressions.at(-1);
    case 'AssignmentExpression':
      return node.operator === '=' ? node.right : undefined;
    default:
      return undefined;
  }
}

/** Why an expression is not worked out. */
function opaque(node: SyntaxNode): string {
  switch (node.type) {
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
      return 'it is a function';
    case 'ClassExpression':
    case 'ClassDeclaration':
      return 'it is a class';
    case 'NewExpression':
      return 'it is made by a class';
    case 'ImportExpression':
      return 'it is imported while the code runs';
    case 'TaggedTemplateExpression':
      return 'it is made by a function from a template string';
    case 'MetaProperty':
      return 'it is told by the engine that runs the code';
    default:
      return 'it is worked out by code';
  }
}

/** `handlerPath()`, if it is short enough to be shown. */
function named({ start, end }: SyntaxNode, { text }: SourceFile): string {
  const callee = text.slice(start, end);
  return /^[\w$.?]{1,40}$/.test(callee) ? `${callee}()` : 'a function';
}
