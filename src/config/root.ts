import path from 'node:path';
import type { Io } from './io.ts';
import { inFolder, parentOf } from './place.ts';

/** Beyond it nothing is read: the repository around a file, or its folder where there is none. */
export interface Root {
  readonly folder: string;
  readonly repository: boolean;
}

/** The nearest folder upwards that holds `.git` (a folder; in a work tree, a file). */
export function rootOf(folder: string, io: Io): Root {
  for (let above = folder; ; above = parentOf(above)) {
    if (io.stat(inFolder(above, '.git'))) return { folder: above, repository: true };
    if (above === parentOf(above)) return { folder, repository: false };
  }
}

/** Whether the path is the folder or lies in it. */
export function isInside(folder: string, file: string): boolean {
  // Mostly it is written so, and `relative` takes its time.
  if (file.startsWith(folder) && file[folder.length] === path.sep && !file.includes('..')) return true;
  const way = path.relative(folder, file);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
