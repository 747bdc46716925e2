import path from 'node:path';
import type { Io } from './io.ts';

/** A file that is not as it lies on the disk, or does not lie there: standard input, an editor's buffer. */
export interface Given {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Those that are given with their content, by absolute path. */
export const givenIn = (inputs: readonly (string | Given)[], cwd: string): Given[] =>
  inputs.flatMap((input) => (typeof input === 'string' ? [] : [{ ...input, path: path.resolve(cwd, input.path) }]));

/** The disk with these files laid over it, by absolute path. */
export function overlay(disk: Io, given: readonly Given[]): Io {
  if (given.length === 0) return disk;
  const contents = new Map(given.map(({ path: file, content }) => [file, bytesOf(content)]));
  return {
    ...disk,
    read: (file, most) => contents.get(file) ?? disk.read(file, most),
    stat: (file) => (contents.has(file) ? 'file' : disk.stat(file)),
    realpath: (file) => (contents.has(file) ? path.join(disk.realpath(path.dirname(file)), path.basename(file)) : disk.realpath(file)),
  };
}

export const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;
