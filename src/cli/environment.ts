import type { Io } from '../config/io.ts';
import type { Lifted } from '../lint.ts';
import type { Git } from './git.ts';

/** All that the command line asks of its process, so that it runs in a test as well. */
export interface Environment {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly io: Io;
  /** Results. */
  stdout(text: string): void;
  /** All the rest. */
  stderr(text: string): void;
  /** All of it, or so much and a little more. */
  stdin(most: number): Uint8Array;
  /** Loads the way to git, for who names a revision; left out where there is none. */
  readonly git?: () => Promise<Git>;
  writeFile(path: string, text: string): void;
  /** Hears of the documents that a run of `lint` was about. */
  linted?(documents: readonly Pick<Lifted, 'dialect'>[]): void;
  /** Asked only where it matters: it costs a little. */
  stdoutIsTerminal(): boolean;
  /** The terminal's width; undefined where there is none. */
  columns(): number | undefined;
}
