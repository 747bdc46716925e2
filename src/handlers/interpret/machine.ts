import type { Location, SourceFile } from '../../source/location.ts';
import type { ClassExpression, FunctionExpression, Operator, Program, Statement } from '../program.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import type { Class, Closure, Named, Primitive, Thing } from './things.ts';

/** What differs between languages: what is there without being declared, and what values can do. */
export interface Language {
  /** Each block has its own names. */
  readonly blocks: boolean;
  /** What a name stands for that nothing declares. */
  global(on: Machine, name: string, at: Location): Thing | undefined;
  /** A method or property that every value of a kind has; undefined where it has none of that name. */
  member(on: Machine, of: Thing, name: string, at: Location): Thing | undefined;
  /** Where the language has its own ways; JavaScript's are those of the interpreter. */
  readonly own?: Ways;
}

/** What a language does in its own way. */
export interface Ways {
  /** What comes of a function that returns nothing. */
  readonly nothing: Primitive;
  /** The text of a value that is put into one. */
  readonly text: (value: Primitive) => string;
  /** `of.key` (`attribute`) or `of[key]`. Throws as the code would. */
  read(on: Machine, of: Thing, key: Thing, attribute: boolean, at: Location): Thing;
  write(on: Machine, of: Thing, key: Thing, value: Thing, attribute: boolean, at: Location): void;
  /** The key of a dict as it is kept. */
  key(of: Thing): Thing;
  /** What a loop goes through. */
  iterate(on: Machine, of: Thing, at: Location): Thing;
  /** A function or class as its definition leaves it, its decorators applied. */
  functionOf(on: Machine, scope: Scope, code: FunctionExpression): Thing;
  classOf(on: Machine, scope: Scope, code: ClassExpression): Thing;
  /** Gives a function's names their values, as a call begins. */
  begin(on: Machine, callee: Closure, scope: Scope, args: readonly Thing[], named: Named, at: Location): void;
  instantiate(on: Machine, made: Class, args: readonly Thing[], named: Named, at: Location): Thing;
  /** What is called where an instance is. */
  callable(on: Machine, of: Thing, at: Location): Thing | undefined;
  /** Undefined where the operator means what it means elsewhere. */
  operate(on: Machine, op: Operator, left: Thing, right: Thing, at: Location): Thing | undefined;
  /** The error that is thrown where this is. */
  raised(on: Machine, thing: Thing, at: Location): Thing;
  /** Whether a handler of errors of a kind takes this one. */
  catches(on: Machine, error: Thing, kind: Thing): boolean;
  importing(on: Machine, scope: Scope, statement: Extract<Statement, { kind: 'import' | 'reexport' }>): void;
  /** What a function's result is to Lambda; undefined where it is no answer. */
  answer(on: Machine, result: Thing): Thing | undefined;
}

/** A package of which something is known: what importing it gives. */
export type Known = (on: Machine, at: Location) => Thing;

/** A file as it was read: its code, or why there is none. */
export type Loaded = { readonly program: Program } | { readonly at: Location; readonly unread: string; readonly broken?: true };

/** What imports give: files of the repository, however many steps away, and packages as far as they are known. */
export interface Imports {
  /** By what a specifier means to a file; undefined for a package. */
  resolve(specifier: string, from: SourceFile): Loaded | undefined;
  /** What is known of a package, as the code of a file gets it. */
  known(specifier: string, from: SourceFile): Known | undefined;
}

/** An answer that the code gave on one way through it. */
export interface Given {
  readonly thing: Thing;
  readonly at: Location;
}

/** One walk through the code. */
export interface Machine {
  readonly run: Run;
  readonly language: Language;
  readonly imports: Imports;
  readonly modules: Map<SourceFile, Module>;
  readonly packages: Map<string, Thing>;
  given: Given | undefined;
  /** Where the function that was left last was left. */
  left: Location | undefined;
}

/** A file of code that has been walked. */
export interface Module {
  readonly file: SourceFile;
  /** What it exports, worked out at each use. */
  readonly exports: Map<string, () => Thing>;
  /** What other files get of a script of CommonJS: `module.exports`. */
  readonly common: () => Thing;
  /** The names that it declares at its top. */
  readonly names: Scope;
  /** The names of a file whose every name is exported. */
  readonly scope?: Scope;
}
