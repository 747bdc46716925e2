import type { Finding } from '../finding.ts';

/** What a run found, as reporters get it: only what is to be shown. */
export interface Report {
  readonly files: readonly FileReport[];
  /** How many possible findings are held back. */
  readonly hidden: number;
  /** Paths below it are shown relative to it. */
  readonly cwd: string;
  readonly colour: boolean;
}

export interface FileReport {
  /** Absolute. */
  readonly path: string;
  /** By place. */
  readonly findings: readonly Finding[];
}

/** The whole text of a report. */
export type Reporter = (report: Report) => string;
