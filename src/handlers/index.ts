import type { Code } from '../model/code.ts';
import type { SourceFile } from '../source/location.ts';
import type { Value } from '../value/value.ts';
import { nameOf } from './file-name.ts';
import type { Library } from './interpret/machine.ts';
import type { Reachable } from './interpret/reachable.ts';
import { packageOf, versionOf } from './libraries/library.ts';

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
  const [{ explore }, { Reachable }, { readJavaScript }, { javascript }] = await Promise.all([
    import('./interpret/explore.ts'),
    import('./interpret/reachable.ts'),
    import('./javascript/parse.ts'),
    import('./javascript/language.ts'),
  ]);
  const reachable = new Reachable(request, (file) => {
    const read = readJavaScript(file);
    return 'problem' in read
      ? { at: read.problem.at, unread: `\`${nameOf(file)}\` cannot be read: ${read.problem.text}`, broken: true }
      : { program: read };
  });
  const own = reachable.start;
  const traces = reachable.files.some(({ text }) => /access-control|cors/i.test(text));
  if ('unread' in own)
    return { at: own.at, answers: [], unread: [{ at: own.at, why: own.unread, ...(own.broken && { broken: true }) }], traces };
  return explore({ request, program: own.program, language: javascript, library: await libraryOf(reachable, request), traces });
}

/** What the code imports: files, and the packages of which something is known. */
async function libraryOf(reachable: Reachable, request: HandlerRequest): Promise<Library> {
  const { loaded } = await import('./libraries/table.ts');
  const packages = await loaded(reachable.packages);
  return {
    resolve: (specifier, from) => reachable.resolve(specifier, from),
    known(specifier, from) {
      const gives = packages.get(specifier);
      return gives && ((on, at) => gives(on, at, versionOf(request.version(packageOf(specifier), from))));
    },
  };
}
