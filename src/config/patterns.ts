import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { Located } from '../source/located.ts';
import type { Mistake } from './mistakes.ts';
import { shown } from './mistakes.ts';
import { isInside } from './root.ts';

/** Whether a file, by its absolute path, is meant. */
export type Matcher = (file: string) => boolean;

/** Patterns as in .gitignore, relative to a folder. */
export function matcher(folder: string, patterns: readonly string[]): Matcher {
  let made: Ignore | undefined;
  return (file) => {
    if (patterns.length === 0 || file === folder || !isInside(folder, file)) return false;
    // In .gitignore nothing begins with a dot and a slash, but users mean this folder by it.
    made ??= ignore().add(patterns.map((pattern) => pattern.replace(/^(!?)\.\//, '$1/')));
    return made.ignores(path.relative(folder, file).replaceAll(path.sep, '/'));
  };
}

/** Patterns that can match nothing, since they lead out of the config's folder. */
export function* patternMistakes(root: Located): Iterable<Mistake> {
  for (const list of listsIn(root)) {
    if (list?.kind !== 'list') continue;
    for (const item of list.items) {
      const leadsOut = item.kind === 'scalar' && typeof item.value === 'string' && /^!?(?:\.\/)*\.\.(?:\/|$)/.test(item.value);
      if (leadsOut) yield { at: item.at, text: `a pattern is relative to the folder of this file, and ${shown(item)} leads out of it` };
    }
  }
}

function* listsIn(root: Located): Iterable<Located | undefined> {
  if (root.kind !== 'map') return;
  yield root.entries.get('ignore')?.value;
  const overrides = root.entries.get('overrides')?.value;
  if (overrides?.kind !== 'list') return;
  for (const one of overrides.items) if (one.kind === 'map') yield one.entries.get('files')?.value;
}
