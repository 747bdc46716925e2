import path from 'node:path';
import { isAssembly, manifestOf, outputOf } from './assembly.ts';
import { NEVER, SERVERLESS_NAMES } from './discover.ts';
import { gitignore } from './gitignore.ts';
import type { Entry, Io } from './io.ts';
import { isInside, rootOf } from './root.ts';

/** What templates are called when they are not called serverless.yml. */
const TEMPLATE_NAME = /\.(?:ya?ml|json|template)$/i;

export interface Searcher {
  /** The files that a folder holds or a pattern matches, in the order of their names. */
  find(argument: string): Promise<readonly string[]>;
  /** Folders that could not be looked into. */
  readonly closed: readonly string[];
  /** Folders of CDK apps without their output. */
  readonly unsynthesized: readonly string[];
}

/** Searches folders. */
export function searcher(cwd: string, io: Io): Searcher {
  const closed: string[] = [];
  const unsynthesized: string[] = [];
  return {
    closed,
    unsynthesized,
    async find(argument) {
      const at = path.resolve(cwd, argument);
      const isFolder = io.stat(at) === 'folder';
      const ignored = ignoredFrom(isFolder ? at : path.resolve(cwd, fixedPart(argument)), io);
      const walking = { io, closed, unsynthesized, ignored, seen: new Set<string>() };
      return isFolder ? [...walk(at, walking)] : matches(argument, cwd, walking);
    },
  };
}

interface Walk {
  readonly io: Io;
  readonly closed: string[];
  readonly unsynthesized: string[];
  /** A pattern may match a folder and what lies in it. */
  readonly seen: Set<string>;
  readonly ignored: (file: string, isFolder: boolean) => boolean;
}

/** What git ignores. A folder that the user named is looked into even so: its own .gitignore files still count. */
function ignoredFrom(folder: string, io: Io): Walk['ignored'] {
  const root = rootOf(folder, io).folder;
  const ignored = gitignore(io, root);
  return folder !== root && ignored(folder, true) ? gitignore(io, folder) : ignored;
}

async function matches(pattern: string, cwd: string, walking: Walk): Promise<string[]> {
  const found = await walking.io.glob?.(pattern, cwd, NEVER);
  return (found ?? []).toSorted(byCodeUnit).flatMap((match) => {
    const isFolder = match.endsWith('/');
    const at = path.resolve(match);
    if (isUnderNever(at, cwd) || walking.ignored(at, isFolder)) return [];
    return isFolder ? [...walk(at, walking)] : [at];
  });
}

/** Links to folders are not followed: what they lead to is found where it lies, and none leads in a circle. */
function* walk(folder: string, walking: Walk): Iterable<string> {
  if (walking.seen.has(folder)) return;
  walking.seen.add(folder);
  if (isAssembly(folder, walking.io)) return yield manifestOf(folder);
  const entries = list(folder, walking).filter(({ name, kind }) => !walking.ignored(path.join(folder, name), kind === 'folder'));
  const own = serverlessOf(folder, entries, walking.io);
  if (own) yield own;
  if (entries.some(({ name }) => name === 'cdk.json')) yield* synthesized(folder, walking);
  for (const { name, kind } of entries) {
    const at = path.join(folder, name);
    if (kind === 'folder') {
      if (isLookedInto(name, at, walking) && !SERVERLESS_NAMES.includes(name)) yield* walk(at, walking);
    } else if (TEMPLATE_NAME.test(name) && !SERVERLESS_NAMES.includes(name) && isFile(at, kind, walking.io)) {
      yield at;
    }
  }
}

/** A cdk.out that git does not ignore was put there to be looked at, be there a cdk.json beside it or not. */
const isLookedInto = (name: string, at: string, { io }: Walk): boolean => (name === 'cdk.out' ? isAssembly(at, io) : !NEVER.includes(name));

/** What a CDK app deploys lies in its output, which git ignores. Of a folder that is empty its manifest is missing. */
function* synthesized(folder: string, { io, seen, unsynthesized }: Walk): Iterable<string> {
  const output = outputOf(path.join(folder, 'cdk.json'), io);
  if (output === undefined || seen.has(output)) return;
  if (io.stat(output) === undefined) return void unsynthesized.push(folder);
  seen.add(output);
  yield manifestOf(output);
}

/** The one that the framework takes; a folder of that name only where there is no such file. */
function serverlessOf(folder: string, entries: readonly Entry[], io: Io): string | undefined {
  const there = SERVERLESS_NAMES.flatMap((name) => entries.filter((entry) => entry.name === name));
  const entry = there.find(({ name, kind }) => isFile(path.join(folder, name), kind, io)) ?? there.find(({ kind }) => kind === 'folder');
  return entry && path.join(folder, entry.name);
}

/** A link counts as the file it leads to, where that lies in the same repository. */
function isFile(at: string, kind: Entry['kind'], io: Io): boolean {
  if (kind !== 'link') return kind === 'file';
  if (io.stat(at) !== 'file') return false;
  return isInside(io.realpath(rootOf(path.dirname(at), io).folder), io.realpath(at));
}

function list(folder: string, { io, closed }: Walk): readonly Entry[] {
  try {
    return io.list(folder).toSorted((a, b) => byCodeUnit(a.name, b.name));
  } catch {
    closed.push(folder);
    return [];
  }
}

const isUnderNever = (at: string, cwd: string): boolean =>
  path
    .relative(cwd, at)
    .split(path.sep)
    .some((part) => NEVER.includes(part));

/** What stands before the first folder name with a wildcard: 'services/*.yml' → 'services'. */
const fixedPart = (pattern: string): string => pattern.slice(0, pattern.search(/[^/\\]*[*?[{]/));

/** The same order on every machine. */
const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
