import type { Code } from '../model/code.ts';
import type { SyntaxProblem } from '../source/located.ts';
import type { SourceFile } from '../source/location.ts';
import type { Value } from '../value/value.ts';
import { nameOf } from './file-name.ts';
import type { Imports, Language } from './interpret/machine.ts';
import type { IsCopy, Reachable } from './interpret/reachable.ts';
import { packageOf, versionOf } from './libraries/library.ts';
import type { Program } from './program.ts';

/** What is to be read: a function's source, and what it may ask for. Nothing of it is ever run. */
export interface HandlerRequest {
  readonly file: SourceFile;
  /** The name that the file exports the handler by. */
  readonly exported: string;
  /** A variable of the environment that the template gives the function; known to be undefined where it gives none. */
  env(name: string): Value<string | undefined>;
  /**
   * The file that a specifier means to a file, by the language's rules (extensions, index files, paths of tsconfig.json); undefined
   * for what is no file of the repository: a package. `unknown` ends the sentence "what the code answers is not known: …".
   * Of one path it gives one and the same file.
   */
  load(specifier: string, from: SourceFile): SourceFile | { readonly unknown: string } | undefined;
  /** The range of versions of a package that the nearest package.json above a file asks for, as written. */
  version(packageName: string, from: SourceFile): string | undefined;
}

/** What the code of a function answers. Never throws: what cannot be followed is said to be unread. */
export async function readHandler(request: HandlerRequest): Promise<Code> {
  const [{ explore }, { Reachable }, { language, read, certain, isCopy }] = await Promise.all([
    import('./interpret/explore.ts'),
    import('./interpret/reachable.ts'),
    languageOf(request.file),
  ]);
  const reachable = new Reachable(
    request,
    (file) => {
      const program = read(file);
      if (!('problem' in program)) return { program };
      const { at, text } = program.problem;
      return { at, unread: `\`${nameOf(file)}\` cannot be read: ${text}`, ...(certain && { broken: true }) };
    },
    isCopy,
  );
  const own = reachable.start;
  const traces = reachable.files.some(({ text }) => /access-control|cors/i.test(text));
  if ('unread' in own)
    return { at: own.at, answers: [], unread: [{ at: own.at, why: own.unread, ...(own.broken && { broken: true }) }], traces };
  return explore({ request, program: own.program, language, imports: await importsOf(reachable, request), traces });
}

/** What the code imports: files, and the packages of which something is known. */
async function importsOf(reachable: Reachable, request: HandlerRequest): Promise<Imports> {
  const { loaded } = await import('./libraries/table.ts');
  const packages = await loaded(reachable.packages, /\.py$/i.test(request.file.path));
  return {
    resolve: (specifier, from) => reachable.resolve(specifier, from),
    known(specifier, from) {
      const gives = packages.get(specifier);
      return gives && ((on, at) => gives(on, at, versionOf(request.version(packageOf(specifier), from))));
    },
  };
}

interface Reader {
  readonly language: Language;
  readonly read: (file: SourceFile) => Program | { readonly problem: SyntaxProblem };
  readonly isCopy?: IsCopy;
  /** What the parser takes for a fault is one. */
  readonly certain: boolean;
}

/** Each language's parser is loaded for its own files alone. */
async function languageOf({ path }: SourceFile): Promise<Reader> {
  if (/\.py$/i.test(path)) {
    const [{ parsePython }, { python }, { isCopy }] = await Promise.all([
      import('./python/parse.ts'),
      import('./python/language.ts'),
      import('./python/packages.ts'),
    ]);
    // The parser does not take all that Python takes.
    return { language: python, read: parsePython, certain: false, isCopy };
  }
  const [{ readJavaScript }, { javascript }] = await Promise.all([import('./javascript/parse.ts'), import('./javascript/language.ts')]);
  return { language: javascript, read: readJavaScript, certain: true };
}
