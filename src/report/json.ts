import type { Finding, Fix } from '../finding.ts';
import type { Edit } from '../source/edit.ts';
import type { Location } from '../source/location.ts';
import { positionAt } from '../source/lines.ts';
import { docsUrl } from './docs.ts';
import type { FileReport, Report } from './report.ts';
import { jsonText, worldsOf } from './text.ts';

/** ESLint's result shape, so what reads ESLint's JSON reads this; cors-lint's own keys come after ESLint's. */
export const json = ({ files }: Report): string => jsonText(files.map(resultOf));

function resultOf({ path, findings: all }: FileReport): object {
  const findings = all.filter(({ suppressed }) => !suppressed);
  const messages = findings.map(entryOf);
  const number = (severity: 1 | 2, fixable: boolean): number =>
    messages.filter((message) => message.severity === severity && (!fixable || 'fix' in message || 'edits' in message)).length;
  return {
    filePath: path,
    messages,
    suppressedMessages: all.flatMap(suppressedOf),
    errorCount: number(2, false),
    fatalErrorCount: findings.filter((finding) => finding.rule === 'unreadable-file' && severityOf(finding) === 2).length,
    warningCount: number(1, false),
    fixableErrorCount: number(2, true),
    fixableWarningCount: number(1, true),
  };
}

/** One of ESLint's messages. */
interface Entry {
  readonly ruleId: string;
  /** 0 is a note. */
  readonly severity: 0 | 1 | 2;
  readonly message: string;
  readonly [key: string]: unknown;
}

function entryOf(finding: Finding): Entry {
  const { rule, message, primary, fix, certainty, when, related, api, subjects, constructs } = finding;
  return {
    ruleId: rule,
    severity: severityOf(finding),
    message,
    ...rangeOf(primary),
    ...(fix && remedyOf(fix, primary)),
    certainty,
    when: worldsOf(when),
    related: related.map(({ at, text }) => ({ filePath: at.file.path, message: text, ...rangeOf(at) })),
    docsUrl: docsUrl(rule),
    ...(api !== undefined && { api }),
    ...(subjects.length > 0 && { endpoint: subjects.join(', ') }),
    ...(constructs && { constructs }),
  };
}

/** ESLint's word for a comment is `directive`; it takes one without a reason for one with an empty reason. */
const suppressedOf = (finding: Finding): object[] =>
  finding.suppressed
    ? [{ ...entryOf(finding), suppressions: [{ kind: 'directive', justification: finding.suppressed.reason ?? '' }] }]
    : [];

/** A note is in no count; a possible finding is never an error. */
function severityOf({ severity, certainty }: Finding): 0 | 1 | 2 {
  if (severity === 'note') return 0;
  return severity === 'error' && certainty === 'certain' ? 2 : 1;
}

function rangeOf({ file, start, end }: Location): object {
  const [from, to] = [positionAt(file, start), positionAt(file, end)];
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** A safe fix is ESLint's `fix`, which programs apply unasked; another one is a suggestion. `edits` is for several files. */
function remedyOf(fix: Fix, { file }: Location): object {
  if (fix.edits.length === 0) return {};
  const elsewhere = fix.edits.some(({ at }) => at.file !== file);
  const edits = fix.edits.map(({ at, text }) => ({ filePath: at.file.path, range: [at.start, at.end], text }));
  const remedy = elsewhere ? { edits } : { fix: joined(fix.edits) };
  return fix.safety === 'safe' ? remedy : { suggestions: [{ desc: fix.title, ...remedy }] };
}

/** One edit in place of several in the same file: what lies between them is repeated. */
function joined(edits: readonly Edit[]): { readonly range: readonly [number, number]; readonly text: string } {
  const [first, ...others] = edits.toSorted((a, b) => a.at.start - b.at.start || a.at.end - b.at.end) as [Edit, ...Edit[]];
  const { start, file } = first.at;
  let { end } = first.at;
  let { text } = first;
  for (const other of others) {
    text += file.text.slice(end, other.at.start) + other.text;
    end = other.at.end;
  }
  // ESLint does not count a byte order mark.
  const mark = file.text.startsWith('\uFEFF') ? 1 : 0;
  return { range: [start - mark, end - mark], text };
}
