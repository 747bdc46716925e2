import nodePath from 'node:path';
import type { Finding } from '../../src/finding.ts';
import type { FileReport, Report } from '../../src/report/report.ts';
import type { DocPath, Location, SourceFile } from '../../src/source/location.ts';
import type { World } from '../../src/value/verdict.ts';

export const CWD = nodePath.resolve('/project');

export const fileOf = (name: string, text: string): SourceFile => ({ path: nodePath.resolve(CWD, name), text });

/** Where a word stands in a file. */
export function place(file: SourceFile, word: string, path: DocPath = []): Location {
  const start = file.text.indexOf(word);
  if (start < 0) throw new Error(`no ${word} in ${file.path}`);
  return { file, path, start, end: start + word.length };
}

export const finding = (primary: Location, more: Partial<Finding> = {}): Finding => ({
  rule: 'some-rule',
  messageId: 'found',
  message: 'it does not work',
  data: {},
  severity: 'error',
  harm: 'broken',
  certainty: 'certain',
  when: [],
  related: [],
  subjects: [],
  primary,
  ...more,
});

export const stage = (...labels: string[]): World => ({
  stage: { on: { key: 'stage', name: 'stage', labels: ['dev', 'test', 'prod'] }, labels },
});

/** What a comment has silenced. */
export const suppressed = (at: Location, reason?: string): Pick<Finding, 'suppressed'> => ({ suppressed: { at, reason } });

export const report = (files: readonly FileReport[], more: Partial<Report> = {}): Report => ({
  files,
  hidden: 0,
  cwd: CWD,
  colour: false,
  ...more,
});

export const fileReport = (file: SourceFile, ...findings: Finding[]): FileReport => ({ path: file.path, findings });
