import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';
import type { Row } from '../simulate/table.ts';

/** What a run found, as reporters get it: only what is to be shown. */
export interface Report {
  readonly files: readonly FileReport[];
  /** How many possible findings are held back. */
  readonly hidden: number;
  /** People see paths below it relative to it. */
  readonly cwd: string;
  readonly colour: boolean;
  /** Programs (code scanning, annotations) see paths relative to it: the repository's root; `cwd` if left out. */
  readonly root?: string;
  /** Where the files below `root` can be read, with a slash at the end: 'https://github.com/o/r/blob/1a2b3c/'. Without it nothing links to them. */
  readonly sources?: string | undefined;
  /** All rules that there are, in the order of the registry: what SARIF says of them does not hang on what was found. */
  readonly rules?: readonly Described[];
  /** What browsers do at each endpoint, where the format shows it. */
  readonly rows?: readonly Row[];
  /** What two versions are called, where one is held against the other. */
  readonly compared?: readonly [before: string, after: string] | undefined;
  /** Bugs of the linter that this run met: not all was checked. */
  readonly crashes?: readonly Failure[];
}

export interface FileReport {
  /** Absolute. */
  readonly path: string;
  /** By place. The suppressed are among them. */
  readonly findings: readonly Finding[];
}

/** What failed, and at which file: 'the rule missing-cors'. What was thrown is not shown: it may quote a secret. */
export interface Failure {
  readonly file: string;
  readonly where: string;
}

/** What reporters tell of a rule. */
export type Described = Pick<Rule, 'meta' | 'messages'>;

/** The whole text of a report. */
export type Reporter = (report: Report) => string;

/** For formats that cannot tell apart what its author knows and wants: they leave it out. */
export const unsuppressed = (report: Report): Report => ({
  ...report,
  files: report.files.map((file) => ({ ...file, findings: file.findings.filter(({ suppressed }) => !suppressed) })),
});
