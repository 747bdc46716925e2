import type { Document } from '../frontends/frontend.ts';
import type { SourceFile } from '../source/location.ts';
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
