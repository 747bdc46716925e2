import type { Parsed } from '../../../source/located.ts';
import type { SourceFile } from '../../../source/location.ts';
import { inOrder } from '../../../source/problem.ts';
import type { LoadText } from './load.ts';
import { Locator } from './locate.ts';
import { Modules } from './modules.ts';

/** What reading a module needs of the world outside. */
export interface ReadContext {
  readonly load: LoadText;
}

/** A module that is read late may change what was read before. Two rounds settle all but the contrived. */
const MAX_ROUNDS = 4;

/**
 * A configuration that is written in JavaScript or TypeScript, as the document that it makes: read from its text and
 * that of the files it imports, never executed. What only running it could tell is computed, and says why. Problems
 * and comments are those of all files that were read; each says which. Never throws.
 */
export function readModule(file: SourceFile, { load }: ReadContext): Parsed {
  const modules = new Modules(load);
  for (let round = 1; ; round += 1) {
    const before = modules.marks;
    const locator = new Locator();
    const root = locator.locate(modules.root(file));
    if (modules.marks === before || round === MAX_ROUNDS) {
      const { problems, comments } = modules.library;
      return { root, problems: inOrder([...problems, ...locator.problems]), comments };
    }
    modules.forget();
  }
}
