import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { Io } from './io.ts';
import { isInside } from './root.ts';

/** One .gitignore and the folder it lies in. */
interface Level {
  readonly folder: string;
  readonly rules: Ignore;
}

/** A .gitignore is no longer than that. */
const MOST_BYTES = 1_000_000;

/** Answers whether git ignores a path, by all .gitignore files from `root` down to it; a deeper one overrules. */
export function gitignore(io: Io, root: string): (file: string, isFolder: boolean) => boolean {
  const levels = new Map<string, readonly Level[]>();
  const levelsAt = (folder: string): readonly Level[] => {
    const known = levels.get(folder);
    if (known) return known;
    const above = folder === root || !isInside(root, folder) ? [] : levelsAt(path.dirname(folder));
    const own = levelOf(io, folder);
    const all = own ? [...above, own] : above;
    levels.set(folder, all);
    return all;
  };
  return (file, isFolder) => {
    let ignored = false;
    for (const { folder, rules } of levelsAt(path.dirname(file))) {
      const verdict = rules.test(path.relative(folder, file).replaceAll(path.sep, '/') + (isFolder ? '/' : ''));
      ignored = verdict.ignored || (ignored && !verdict.unignored);
    }
    return ignored;
  };
}

function levelOf(io: Io, folder: string): Level | undefined {
  const file = path.join(folder, '.gitignore');
  if (io.stat(file) !== 'file') return undefined;
  try {
    return { folder, rules: ignore().add(new TextDecoder().decode(io.read(file, MOST_BYTES))) };
  } catch {
    // Git, too, goes on without a .gitignore that it cannot read.
    return undefined;
  }
}
