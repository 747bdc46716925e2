import path from 'node:path';
import type { Document, Loaded } from '../frontends/frontend.ts';
import type { Parsed } from '../source/located.ts';
import type { SourceFile } from '../source/location.ts';
import { MAX_LENGTH } from '../source/limits.ts';
import type { LoadText } from '../frontends/serverless/code/load.ts';
import { isCode } from './code.ts';
import { failure, type Io } from './io.ts';
import { isInside, rootOf, type Root } from './root.ts';

/** A file's bytes, or why there are none. */
export type Content = { readonly bytes: Uint8Array } | { readonly failure: string };

/** A file as text, or why it is none; then `file` is empty and stands for it in findings. */
export interface Opened {
  readonly file: SourceFile;
  readonly failure?: string;
}

/** The files of one run: each is read once and parsed once, whoever asks for it. */
export interface Files {
  /** The bytes; not kept, since most files that a walk meets are of no interest. */
  content(path: string): Content;
  /** `content`: the bytes, where they were read already. */
  open(path: string, content?: Content): Opened;
  document(file: SourceFile): Document;
  /** What a linted document may see of other files, by paths relative to its folder; `seen` hears of those that were read. */
  loader(from: SourceFile, seen: (path: string) => void): (path: string) => Loaded;
  /** The names of the folders in a folder, in order; none where it lies outside, or cannot be looked into. */
  folders(folder: string, of: string): readonly string[];
  /** What code may see of the files that it imports: their text. `of`: the document that it belongs to, where it is a part of one. */
  texts(from: SourceFile, of?: string): LoadText;
}

export function openFiles(io: Io, parse: (file: SourceFile) => Parsed): Files {
  const opened = new Map<string, Opened>();
  const rootFor = once((folder: string) => rootOf(folder, io));
  const files: Files = {
    content: (at) => contentOf(at, io),
    open(at, content) {
      const open = opened.get(at) ?? textOf(at, content ?? contentOf(at, io));
      opened.set(at, open);
      return open;
    },
    folders: (folder, of) => foldersIn(folder, rootOf(path.dirname(of), io), io),
    texts(from, of = from.path) {
      const folder = path.dirname(from.path);
      const root = rootFor(path.dirname(of));
      return (written) => {
        const at = path.resolve(folder, written);
        const barrier = barrierAt(at, written, root, io);
        if (barrier) return barrier;
        const { file, failure: why } = files.open(at);
        return why === undefined ? { kind: 'text', file } : { kind: 'closed', why: `${written} cannot be read: ${why}` };
      };
    },
    document: once((file: SourceFile) => ({ ...parse(file), file })),
    loader(from, seen) {
      const folder = path.dirname(from.path);
      const root = rootFor(folder);
      return (written) => {
        const at = path.resolve(folder, written);
        const barrier = barrierAt(at, written, root, io);
        if (barrier?.kind !== 'closed' && isCode(at)) return { kind: 'closed', why: `it is computed by running ${written}` };
        if (barrier) return barrier;
        const { file, failure: why } = files.open(at);
        if (why !== undefined) return { kind: 'closed', why: `${written} cannot be read: ${why}` };
        seen(at);
        return { kind: 'document', document: files.document(file) };
      };
    },
  };
  return files;
}

function foldersIn(folder: string, root: ReturnType<typeof rootOf>, io: Io): readonly string[] {
  if (!isInside(root.folder, folder) || io.stat(folder) !== 'folder') return [];
  try {
    return io
      .list(folder)
      .flatMap(({ name, kind }) => (kind === 'folder' ? [name] : []))
      .toSorted();
  } catch {
    return [];
  }
}

type Barrier = { readonly kind: 'missing' } | { readonly kind: 'closed'; readonly why: string };

/** What keeps a document from a file that it names; undefined where it is there to be read. */
function barrierAt(at: string, written: string, root: Root, io: Io): Barrier | undefined {
  const closed = (why: string): Barrier => ({ kind: 'closed', why });
  const outside = `${written} lies outside ${root.repository ? 'this repository' : "this file's folder"} and is not read`;
  // The framework takes ~ for the home folder.
  if (written.startsWith('~') || !isInside(root.folder, at)) return closed(outside);
  const kind = io.stat(at);
  if (kind === undefined) return { kind: 'missing' };
  if (kind !== 'file') return closed(`${written} is ${kind === 'folder' ? 'a folder' : 'not a regular file'}`);
  try {
    // A link inside may lead outside.
    return isInside(io.realpath(root.folder), io.realpath(at)) ? undefined : closed(outside);
  } catch (error) {
    return closed(`${written} cannot be read: ${failure(error)}`);
  }
}

function contentOf(file: string, io: Io): Content {
  if (io.stat(file) === 'folder') return { failure: 'it is a folder, not a file' };
  try {
    const bytes = io.read(file, MAX_LENGTH);
    if (bytes.length > MAX_LENGTH) return { failure: `it is larger than ${MAX_LENGTH / 1024 / 1024} MB, and such files are not read` };
    return { bytes };
  } catch (error) {
    return { failure: failure(error) };
  }
}

/** Text is UTF-8; a byte order mark stays in it, so that offsets are those of the file. */
function textOf(at: string, content: Content): Opened {
  if ('failure' in content) return { file: { path: at, text: '' }, failure: content.failure };
  const { bytes } = content;
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16) return { file: { path: at, text: '' }, failure: 'it is saved as UTF-16; save it as UTF-8' };
  if (bytes.includes(0)) return { file: { path: at, text: '' }, failure: 'it is not a text file' };
  return { file: { path: at, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) } };
}

/** The function, with its results kept. */
function once<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
