import { closeSync, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import type { Io, Kind } from './io.ts';

/** The real file system. */
export const nodeIo: Io = {
  read: readUpTo,
  stat(path) {
    try {
      // Most of what is looked for is not there, and to make an error of it takes ten times as long.
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats && kindOf(stats);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : 'other';
    }
  },
  list: (folder) =>
    readdirSync(folder, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      kind: entry.isSymbolicLink() ? 'link' : kindOf(entry),
    })),
  realpath: (path) => realpathSync(path),
  glob: async (pattern, cwd, never) => (await import('./glob.ts')).glob(pattern, cwd, never),
};

const kindOf = (entry: Stats | Dirent): Kind => (entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other');

/** Reads on to the end (a pipe has no size), or until it is plain that the file is too long (a device has no end). */
function readUpTo(path: string, most: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    let buffer = Buffer.allocUnsafe(Math.min(fstatSync(file).size || FIRST_READ, most) + 1);
    let length = 0;
    for (;;) {
      const read = readSync(file, buffer, length, buffer.length - length, null);
      length += read;
      if (read === 0 || length > most) return buffer.subarray(0, length);
      if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(length * 2, most + 1));
    }
  } finally {
    closeSync(file);
  }
}

const FIRST_READ = 65_536;
