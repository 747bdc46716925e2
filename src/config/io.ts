/** All that a run asks of the world outside. The paths are absolute. */
export interface Io {
  /**
   * The bytes of a file, at most `most` and one more: a file that is longer is too long.
   * Throws as Node does, with a `code` ('EACCES', 'EISDIR').
   */
  read(path: string, most: number): Uint8Array;
  /** Links are followed. Undefined where there is nothing. */
  stat(path: string): Kind | undefined;
  /** What lies in a folder, in any order. Throws as Node does. */
  list(folder: string): readonly Entry[];
  /** The path with all links resolved. Throws as Node does. */
  realpath(path: string): string;
  /** Files and folders (these end in '/') that match a pattern, as absolute paths; without it patterns match nothing. */
  glob?(pattern: string, cwd: string, never: readonly string[]): Promise<readonly string[]>;
}

/** `other`: a pipe, a device, or what cannot be looked at. */
export type Kind = 'file' | 'folder' | 'other';

export interface Entry {
  readonly name: string;
  /** Of the entry itself: links are not followed. */
  readonly kind: Kind | 'link';
}

/** What went wrong with a file, as the end of "cannot be read: …". */
export function failure(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return REASONS[String(code)] ?? String(message ?? error);
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder, not a file',
  ELOOP: 'its link leads round in a circle',
  ENOENT: 'it is not there',
  ENOTDIR: 'it is not there',
};
