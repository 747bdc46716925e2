import type { Location, SourceFile } from '../../source/location.ts';
import type { Program } from '../program.ts';
import type { Run } from './run.ts';
import type { Thing } from './things.ts';

/** What differs between languages: what is there without being declared, and what values can do. */
export interface Language {
  /** Each block has its own names. */
  readonly blocks: boolean;
  /** What a name stands for that nothing declares. */
  global(on: Machine, name: string, at: Location): Thing | undefined;
  /** A method or property that every value of a kind has; undefined where it has none of that name. */
  member(on: Machine, of: Thing, name: string, at: Location): Thing | undefined;
}

/** A package of which something is known: what importing it gives. */
export type Known = (on: Machine, at: Location) => Thing;

/** A file as it was read: its code, or why there is none. */
export type Loaded = { readonly program: Program } | { readonly at: Location; readonly unread: string; readonly broken?: true };

/** Files that the handler's file imports, however many steps away. */
export interface Library {
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
  readonly library: Library;
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
}
