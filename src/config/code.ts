import path from 'node:path';
import type { Document } from '../frontends/frontend.ts';
import type { SourceFile } from '../source/location.ts';
import type { Aliased, CodeFiles } from './code-files.ts';
import type { Files } from './files.ts';

/** Reads a configuration that is written in JavaScript or TypeScript, from its text and that of what it imports. */
export type ReadCode = (file: SourceFile) => Document;

export const isCode = (file: string): boolean => /\.[cm]?[jt]s$/i.test(file);

/** Whether code may make a service: the words of one are enough. A handler that a commit hook hands over is told so without a parser. */
export const maySayService = (text: string): boolean => /\bprovider\b/.test(text) && /\b(?:service|functions|resources)\b/.test(text);

/** The reader, with the parser that it needs: loaded only where there is code to read. */
export async function codeReader(files: Files): Promise<ReadCode> {
  const { readModule } = await import('../frontends/serverless/code/read-module.ts');
  return (file) => ({ file, ...readModule(file, { load: files.texts(file) }) });
}

/** The files of handlers: loaded only where one is to be looked for. */
export const handlerFiles = async (files: Files): Promise<CodeFiles> =>
  (await import('./code-files.ts')).codeFiles(files, () => aliasedIn(files));

/** What a tsconfig.json and the packages beside say of them. It takes a parser of JavaScript, which is loaded only where a handler is there to be read. */
async function aliasedIn(files: Files): Promise<Aliased> {
  const [{ Aliases }, { Workspaces }] = await Promise.all([import('../frontends/serverless/code/tsconfig.ts'), import('./workspaces.ts')]);
  const workspaces = new Workspaces(files);
  const known = new Map<string, InstanceType<typeof Aliases>>();
  return (from, specifier, of) => {
    const key = `${path.dirname(from.path)}\0${of}`;
    const aliases = known.get(key) ?? new Aliases(files.texts(from, of));
    known.set(key, aliases);
    const folder = path.dirname(from.path);
    const own = workspaces.places(specifier, folder, of).map((at) => path.relative(folder, at).replaceAll(path.sep, '/'));
    return [...aliases.places(specifier), ...own];
  };
}
