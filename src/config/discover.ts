import path from 'node:path';
import type { Dialect } from '../frontends/frontend.ts';
import type { Io } from './io.ts';

/** A file that is to be looked at. */
export interface Candidate {
  readonly path: string;
  /** By the user, on the command line: it is claimed by its content alone. Else it was found in a folder. */
  readonly named: boolean;
  /** What lies beside it says which dialect it is meant to be. */
  readonly meant?: Dialect['name'];
  /** The arguments that it came from. */
  readonly arguments: readonly string[];
}

export interface Discovery {
  readonly candidates: readonly Candidate[];
  /** Arguments that name nothing. */
  readonly missing: readonly string[];
  /** Folders and patterns. */
  readonly searched: readonly string[];
  /** Folders on the way that could not be looked into. */
  readonly closed: readonly string[];
  /** Folders of CDK apps that were not synthesized. */
  readonly unsynthesized: readonly string[];
}

/** The names of the framework's own configuration, in the order in which it looks for them. */
export const SERVERLESS_NAMES: readonly string[] = [
  'serverless.yml',
  'serverless.yaml',
  'serverless.json',
  'serverless.js',
  'serverless.mjs',
  'serverless.cjs',
  'serverless.ts',
];

/** Never looked into, whatever .gitignore says: other people's code, and what tools put there. */
export const NEVER: readonly string[] = ['node_modules', '.git', '.serverless', '.aws-sam', 'cdk.out'];

/** Files, folders and patterns → the files to look at, each once, in the order of the arguments. */
export async function discover(paths: readonly string[], cwd: string, io: Io): Promise<Discovery> {
  const kinds = paths.map((argument) => ({ argument, kind: kindOf(argument, cwd, io) }));
  const searched = kinds.filter(({ kind }) => kind === 'search').map(({ argument }) => argument);
  const missing = kinds.filter(({ kind }) => kind === undefined).map(({ argument }) => argument);
  // Walking needs two libraries; who names a file does not pay for them.
  const search = searched.length > 0 ? (await import('./walk.ts')).searcher(cwd, io) : undefined;
  const candidates = new Map<string, Candidate>();
  for (const { argument, kind } of kinds) {
    const found = kind === 'file' ? [path.resolve(cwd, argument)] : (kind === 'search' && (await search?.find(argument))) || [];
    for (const file of found) {
      // A file that is both found and named is named.
      const before = candidates.get(file);
      candidates.set(file, {
        path: file,
        named: kind === 'file' || before?.named === true,
        arguments: [...(before?.arguments ?? []), argument],
      });
    }
  }
  return {
    candidates: [...candidates.values()],
    missing,
    searched,
    closed: search?.closed ?? [],
    unsynthesized: search?.unsynthesized ?? [],
  };
}

function kindOf(argument: string, cwd: string, io: Io): 'file' | 'search' | undefined {
  const kind = io.stat(path.resolve(cwd, argument));
  // A folder that is called serverless.yml is meant to be a file.
  if (kind === 'folder') return SERVERLESS_NAMES.includes(path.basename(argument)) ? 'file' : 'search';
  if (kind !== undefined) return 'file';
  return /[*?[{]/.test(argument) ? 'search' : undefined;
}
