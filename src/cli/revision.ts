import path from 'node:path';
import type { Entry, Io, Kind } from '../config/io.ts';
import { Misuse } from '../config/misuse.ts';
import type { Environment } from './environment.ts';

/** A revision of the repository around a folder, as a file system: what git has of it, in the place where it lies. */
export interface Revision {
  readonly io: Io;
  /** The file or folder that is meant, absolute. */
  readonly at: string;
}

/** More files, or longer names, than any repository has. */
const MOST_LISTED = 256_000_000;

/** 'HEAD~1:template.yaml' → the revision and the path; a colon within braces is the revision's. */
export function revisionOf(written: string): { readonly revision: string; readonly way: string } | undefined {
  const [, revision, way] = /^((?:[^:{]|\{[^}]*\})+):(.*)$/s.exec(written) ?? [];
  return revision === undefined || way === undefined ? undefined : { revision, way };
}

/** Throws `Misuse` where there is no git, no repository, no such revision or no such file in it. */
export async function openRevision(revision: string, way: string, environment: Environment): Promise<Revision> {
  const { io, cwd } = environment;
  const written = `${revision}:${way}`;
  // Git would take it for an option.
  if (revision.startsWith('-')) throw new Misuse(`${written} names no revision: none begins with a dash`);
  const git = await environment.git?.();
  if (!git) throw new Misuse(`${written} cannot be read: there is no git here`);
  const here = io.realpath(cwd);
  const run = (args: readonly string[], most: number): Uint8Array | string => {
    const answer = git(here, args, most);
    return 'bytes' in answer ? answer.bytes : answer.failure;
  };
  const up = run(['rev-parse', '--show-cdup'], 10_000);
  if (typeof up === 'string') throw new Misuse(`${written} cannot be read: ${up}`);
  const root = path.resolve(here, textOf(up).trim());
  const commit = run(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], 10_000);
  if (typeof commit === 'string')
    throw new Misuse(
      `there is no revision "${revision}" in this repository, or it was not fetched (a shallow clone has the last commit alone: git fetch --unshallow)`,
    );
  const listed = run(['ls-tree', '-r', '-z', '--full-tree', textOf(commit).trim()], MOST_LISTED);
  if (typeof listed === 'string') throw new Misuse(`the files of ${revision} cannot be listed: ${listed}`);
  const tree = new RevisionTree(root, textOf(listed), (id, most) => git(here, ['cat-file', 'blob', id], most));
  const at = atOf(way, here, root);
  const found = tree.overlay(io);
  if (found.stat(at) === undefined || !isBelow(at, root)) {
    const beside = path.resolve(here, way);
    const hint = here !== root && found.stat(beside) !== undefined ? `; from this folder, write ${revision}:./${way}` : '';
    throw new Misuse(`there is no ${way === '' ? 'file' : way} in ${revision}${hint}`);
  }
  return { io: found, at };
}

/** As git has it: from the root of the repository, unless it begins with a dot. */
const atOf = (way: string, here: string, root: string): string =>
  /^\.{1,2}(?:\/|$)/.test(way) ? path.resolve(here, way) : path.resolve(root, way);

const isBelow = (file: string, root: string): boolean => file === root || file.startsWith(root.endsWith(path.sep) ? root : root + path.sep);

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

interface Blob {
  readonly id: string;
  readonly kind: 'file' | 'link';
}

type ReadBlob = (id: string, most: number) => { readonly bytes: Uint8Array } | { readonly failure: string };

/** The files of one commit. */
class RevisionTree {
  private readonly blobs = new Map<string, Blob>();
  private readonly folders = new Map<string, Map<string, Entry>>();
  private readonly root: string;
  private readonly readBlob: ReadBlob;

  constructor(root: string, listing: string, readBlob: ReadBlob) {
    this.root = root;
    this.readBlob = readBlob;
    this.folders.set(root, new Map());
    for (const line of listing.split('\0')) {
      const [, mode = '', id = '', way = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
      // A submodule is another repository.
      if (way !== '' && mode !== '160000') this.add(way, { id, kind: mode === '120000' ? 'link' : 'file' });
    }
  }

  private add(way: string, blob: Blob): void {
    const steps = way.split('/');
    let folder = this.root;
    for (const [i, name] of steps.entries()) {
      const isLast = i === steps.length - 1;
      this.folders.get(folder)?.set(name, { name, kind: isLast ? blob.kind : 'folder' });
      folder = path.join(folder, name);
      if (isLast) this.blobs.set(folder, blob);
      else if (!this.folders.has(folder)) this.folders.set(folder, new Map());
    }
  }

  /** The disk, with the commit in the place of the working tree. */
  overlay(disk: Io): Io {
    const isOurs = (file: string): boolean => isBelow(file, this.root) && !isBelow(file, path.join(this.root, '.git'));
    return {
      read: (file, most) => (isOurs(file) ? this.read(file, most) : disk.read(file, most)),
      stat: (file) => (isOurs(file) ? this.stat(file) : disk.stat(file)),
      list: (folder) => (isOurs(folder) ? [...(this.folders.get(folder)?.values() ?? [])] : disk.list(folder)),
      realpath: (file) => (isOurs(file) ? file : disk.realpath(file)),
    };
  }

  private stat(file: string): Kind | undefined {
    if (this.folders.has(file)) return 'folder';
    const blob = this.blobs.get(file);
    // A link may lead to where the commit has nothing.
    return blob && (blob.kind === 'file' ? 'file' : 'other');
  }

  private read(file: string, most: number): Uint8Array {
    const blob = this.blobs.get(file);
    if (blob?.kind !== 'file') throw Object.assign(new Error(`cannot read ${file}`), { code: 'ENOENT' });
    const answer = this.readBlob(blob.id, most + 1);
    if ('failure' in answer) throw new Error(answer.failure);
    return answer.bytes;
  }
}
