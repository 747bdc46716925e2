import type { Finding } from '../finding.ts';
import { positionAt } from '../source/lines.ts';
import { docsUrl } from './docs.ts';
import { unsuppressed, type FileReport, type Report } from './report.ts';
import { hidden, othersOf, problemsOf } from './summary.ts';
import { count, kindOf, messageOf, plural, visible, type Counts, type Kind } from './text.ts';
import { rootOf, uriOf, wayTo } from './uri.ts';

/** GitHub takes a summary of at most 1 MiB, a comment of 64 KiB, and a person reads far less. */
const MOST_ROWS = 1000;
const MOST_IN_COMMENT = 100;

/** For the summary of a job ($GITHUB_STEP_SUMMARY) or a comment: counts, and a table for each file. */
export function markdown(given: Report): string {
  const report = unsuppressed(given);
  const findings = report.files.flatMap((file) => file.findings);
  const counts = count(findings);
  const found = report.compared ? changesOf(counts) : counts.errors + counts.warnings > 0 ? problemsOf(counts) : 'no problems';
  const [certain, possible] = [findings.filter((one) => !isPossible(one)), findings.filter(isPossible)];
  const shown = new Set([...certain, ...possible].slice(0, report.compared ? MOST_IN_COMMENT : MOST_ROWS));
  const left = findings.length - shown.size;
  const folded = sections(report, (one) => isPossible(one) && shown.has(one));
  return `${[
    `## cors-lint${report.compared ? ' diff' : ''}: ${[found, ...othersOf({ ...counts, possible: 0 })].filter(Boolean).join(', ')}`,
    ...(report.compared ? [`Compared ${report.compared.map((label) => `<code>${escaped(visible(label))}</code>`).join(' with ')}.`] : []),
    ...sections(report, (one) => !isPossible(one) && shown.has(one)),
    ...(folded.length > 0 ? [fold(plural(counts.possible, 'possible finding'), folded)] : []),
    ...(left > 0 ? [`${plural(left, 'more finding')} ${left === 1 ? 'is' : 'are'} not shown here.`] : []),
    ...(report.hidden > 0 ? [escaped(hidden(report).trim())] : []),
  ].join('\n\n')}\n`;
}

const isPossible = ({ certainty }: Finding): boolean => certainty === 'possible';

/** '2 regressions, 1 warning'. */
function changesOf({ errors, warnings, notes }: Counts): string {
  if (errors + warnings + notes === 0) return 'nothing changes for browsers';
  return [...(errors > 0 ? [plural(errors, 'regression')] : []), ...(warnings > 0 ? [plural(warnings, 'warning')] : [])].join(', ');
}

/** A heading and a table for each file. */
const sections = (report: Report, isWanted: (finding: Finding) => boolean): string[] =>
  report.files.flatMap((file) => {
    const findings = file.findings.filter(isWanted);
    return findings.length > 0 ? [section({ ...file, findings }, report)] : [];
  });

function section({ path, findings }: FileReport, report: Report): string {
  const way = wayTo(path, rootOf(report));
  const address = way === undefined || report.sources === undefined ? undefined : report.sources + uriOf(way);
  const rows = findings.map((finding) => {
    const { line, column } = positionAt(finding.primary.file, finding.primary.start);
    const place = link(`${line}:${column}`, address && `${address}#L${line}`);
    return [place, SEVERITIES[kindOf(finding)], prose(messageOf(finding)), link(finding.rule, docsUrl(finding.rule))];
  });
  const table = [['Place', 'Severity', 'Message', 'Rule'], ['---', '---', '---', '---'], ...rows];
  return [`### ${link(visible(way ?? path), address)}`, table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')].join('\n\n');
}

const SEVERITIES = { error: '✖ error', warning: '⚠ warning', note: 'ℹ note', possible: '? possible' } as const satisfies Record<
  Kind,
  string
>;

/** Blank lines around, or what is within is not read as Markdown. */
const fold = (title: string, blocks: readonly string[]): string =>
  ['<details>', `<summary>${title}</summary>`, ...blocks, '</details>'].join('\n\n');

/** A parenthesis would end the address. */
const link = (text: string, to: string | undefined): string =>
  to === undefined ? escaped(text) : `[${escaped(text)}](${to.replaceAll('(', '%28').replaceAll(')', '%29')})`;

/** What messages quote is code. */
const prose = (text: string): string =>
  text
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? `<code>${escaped(part.slice(1, -1))}</code>` : escaped(part)))
    .join('');

/** Text as text: no markup, no HTML, no end of a table's cell, and neither `@someone` nor `#1` is told of it. */
export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~$]/g, '\\$&')
    .replaceAll(/@|#(?=\d)/g, '$&<!-- -->');
