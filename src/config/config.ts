import type { Level, Override, Preset } from '../engine/active.ts';

/** What a config file and those that it extends come to. */
export interface Config {
  /** The file itself, then those that it extends, the nearest first. */
  readonly files: readonly string[];
  readonly preset: Preset | undefined;
  /** Empty: all that a file knows. */
  readonly stages: readonly string[];
  readonly params: Readonly<Record<string, string>>;
  /** False: the code of functions is not read. */
  readonly handlers: false | Readonly<Record<string, unknown>> | undefined;
  readonly clients: Clients | undefined;
  /** Whether a file, by its absolute path, is not to be linted. */
  ignores(file: string): boolean;
  /** What is said of single rules where they look at this file, or report something from it in another one that it is made of. */
  rulesFor(file: string, part?: string): Overrides;
}

/** What the author's pages really send. */
export interface Clients {
  readonly origins?: readonly string[];
  readonly headers?: readonly string[];
  readonly credentials?: boolean;
}

export type Overrides = Readonly<Record<string, Override>>;

/** Both, the second where they disagree: who says nothing of a rule's options leaves them as they are. */
export function over(below: Overrides, above: Overrides): Overrides {
  const both: Record<string, Override> = { ...below };
  for (const [id, override] of Object.entries(above)) {
    const [level, options = partsOf(below[id])[1]] = partsOf(override);
    if (level !== undefined) both[id] = options ? [level, options] : level;
  }
  return both;
}

/** A list may lack its options. */
const partsOf = (override: Override | undefined): readonly [level?: Level, options?: Readonly<Record<string, unknown>>] =>
  typeof override === 'string' ? [override] : (override ?? []);
