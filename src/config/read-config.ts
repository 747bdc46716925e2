import path from 'node:path';
import type { Located } from '../source/located.ts';
import { KEY } from './find-config.ts';
import type { Files } from './files.ts';
import { pathFrom, placeFrom } from './place.ts';

/** A config file as it is written. */
export interface Written {
  readonly path: string;
  /** Undefined where there is nothing, or nothing that can be read. */
  readonly root: Located | undefined;
  /** Sentences. */
  readonly mistakes: readonly string[];
}

/** Reads a config file, of a package.json the part that is meant. Never throws. */
export function readConfig(at: string, files: Files, cwd: string): Written {
  const { file, failure } = files.open(at);
  if (failure !== undefined) return { path: at, root: undefined, mistakes: [`${pathFrom(cwd, at)} cannot be read: ${failure}`] };
  const { root, problems } = files.document(file);
  const isPart = path.basename(at) === 'package.json';
  // A key that stands twice elsewhere in a package.json is no matter of ours.
  const own = isPart ? problems.filter(({ kind, at: place }) => kind !== 'duplicate-key' || place.path[0] === KEY) : problems;
  const mistakes = own.map(({ at: place, text }) => `${placeFrom(cwd, place)}: ${text}`);
  if (mistakes.length > 0) return { path: at, root: undefined, mistakes };
  return { path: at, root: isPart ? partOf(root) : isEmpty(root) ? undefined : root, mistakes };
}

const partOf = (root: Located): Located | undefined => (root.kind === 'map' ? root.entries.get(KEY)?.value : undefined);

/** A file without a word, or with comments alone: all is as without it. */
const isEmpty = (root: Located): boolean => root.kind === 'scalar' && root.value === null;
