import type { SourceFile } from '../../../source/location.ts';

/*
 * What reading code needs of the world outside. Nothing here knows the parser, so it may be imported from anywhere.
 */

/** Text of another file, by its path relative to the folder of the linted file, with slashes: '../tsconfig.json'. */
export type LoadText = (path: string) => LoadedText;

export type LoadedText =
  | { readonly kind: 'text'; readonly file: SourceFile }
  | { readonly kind: 'missing' }
  /** Not to be read, and why: ends "not known before deployment: …". */
  | { readonly kind: 'closed'; readonly why: string };

/** A path of slashes without `.` and, but for its beginning, without `..`; '' is the folder of the linted file. */
export function join(folder: string, path: string): string {
  const steps: string[] = [];
  for (const step of [...folder.split('/'), ...path.split('/')]) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else steps.push(step);
  }
  return steps.join('/');
}

export const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

/** Its name, whichever way the system's paths lean. */
export const nameOf = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/** Absolute paths of either kind: never followed, since they mean something on one machine alone. */
export const isAbsolute = (path: string): boolean => /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path);
