import type { SourceFile } from '../../source/location.ts';
import type { Program, Statement } from '../program.ts';
import type { HandlerRequest } from '../index.ts';
import type { Loaded } from './machine.ts';

const MAX_FILES = 200;
/** Of all files together: a handler whose packages are copied beside it is not read with all of them. */
const MAX_CHARACTERS = 2_000_000;

/** Whether a file that a specifier is found at is a copy of a package, or of what the language brings itself. */
export type IsCopy = (specifier: string, path: string) => boolean;

/** The files that a handler's file imports, and those that they import. */
export class Reachable {
  /** The handler's own file. */
  readonly start: Loaded;
  /** What the files import that is no file: packages, as they are named. */
  readonly packages = new Set<string>();
  readonly #request: HandlerRequest;
  readonly #read: (file: SourceFile) => Loaded;
  readonly #isCopy: IsCopy;
  #characters = 0;
  readonly #files = new Map<SourceFile, Loaded>();
  readonly #found = new Map<string, ReturnType<HandlerRequest['load']>>();

  constructor(request: HandlerRequest, read: (file: SourceFile) => Loaded, isCopy: IsCopy = () => false) {
    this.#request = request;
    this.#read = read;
    this.#isCopy = isCopy;
    this.start = this.#visit(request.file);
  }

  get files(): readonly SourceFile[] {
    return [...this.#files.keys()];
  }

  resolve(specifier: string, from: SourceFile): Loaded | undefined {
    const found = this.#load(specifier, from);
    const at = { file: from, path: [], start: 0, end: 0 };
    if (!found && /^\.{0,2}\/|^\.+\w/.test(specifier)) return { at, unread: `\`${specifier}\` is not found` };
    if (!found || (!('unknown' in found) && this.#isCopy(specifier, found.path))) {
      this.packages.add(specifier);
      return undefined;
    }
    if ('unknown' in found) return { at, unread: found.unknown };
    return this.#visit(found);
  }

  #load(specifier: string, from: SourceFile): ReturnType<HandlerRequest['load']> {
    const key = `${from.path}\0${specifier}`;
    if (!this.#found.has(key)) this.#found.set(key, this.#request.load(specifier, from));
    return this.#found.get(key);
  }

  #visit(file: SourceFile): Loaded {
    const there = this.#files.get(file);
    if (there) return there;
    this.#characters += file.text.length;
    const many = this.#files.size >= MAX_FILES || (this.#files.size > 0 && this.#characters > MAX_CHARACTERS);
    if (many) return { at: { file, path: [], start: 0, end: 0 }, unread: 'it imports more files than are read' };
    const loaded = this.#read(file);
    this.#files.set(file, loaded);
    if ('program' in loaded) for (const specifier of specifiersOf(loaded.program)) this.resolve(specifier, file);
    return loaded;
  }
}

/** What a file imports. */
function specifiersOf({ body, language }: Program): ReadonlySet<string> {
  const found = new Set<string>();
  visit(body, found, language === 'python');
  return found;
}

/** Python's name of a module within a package. */
export const within = (specifier: string, name: string): string => (specifier.endsWith('.') ? specifier + name : `${specifier}.${name}`);

function visit(node: unknown, into: Set<string>, python: boolean): void {
  if (Array.isArray(node)) {
    for (const one of node) visit(one, into, python);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const statement = node as Statement | { readonly kind?: undefined };
  if (statement.kind === 'import' || statement.kind === 'reexport') into.add(statement.from);
  // A name that Python imports may be a file of the package.
  if (statement.kind === 'import')
    for (const { name } of statement.names) if (python && name !== '*') into.add(within(statement.from, name));
  const call = node as {
    readonly kind?: unknown;
    readonly callee?: { readonly kind: string; readonly name?: unknown };
    readonly args?: readonly { readonly value: { readonly kind: string; readonly value?: unknown } }[];
  };
  const argument = call.args?.[0]?.value;
  if (
    call.kind === 'call' &&
    call.callee?.kind === 'name' &&
    /^(?:require|<import>)$/.test(String(call.callee.name)) &&
    typeof argument?.value === 'string'
  ) {
    into.add(argument.value);
  }
  for (const [key, child] of Object.entries(node)) if (key !== 'at') visit(child, into, python);
}
