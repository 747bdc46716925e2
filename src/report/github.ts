import type { Finding } from '../finding.ts';
import { positionAt } from '../source/lines.ts';
import { relatedTo } from './related.ts';
import { unsuppressed, type Report } from './report.ts';
import { kindOf, messageOf, visible, type Kind } from './text.ts';
import { rootOf, wayTo } from './uri.ts';

/** GitHub's workflow commands: in the log of a job, each becomes an annotation of the line in the pull request. */
export function github(given: Report): string {
  const report = unsuppressed(given);
  return report.files.flatMap(({ findings }) => findings.map((finding) => `${command(finding, rootOf(report))}\n`)).join('');
}

const COMMANDS = { error: 'error', warning: 'warning', note: 'notice', possible: 'notice' } as const satisfies Record<Kind, string>;

function command(finding: Finding, root: string): string {
  const { primary, rule } = finding;
  const { file, start, end } = primary;
  const kind = kindOf(finding);
  const [from, to] = [positionAt(file, start), positionAt(file, end)];
  const properties = {
    file: wayTo(file.path, root) ?? file.path,
    line: from.line,
    // The runner takes columns for places within one line alone.
    ...(from.line === to.line && { col: from.column }),
    endLine: to.line,
    ...(from.line === to.line && { endColumn: to.column }),
    title: kind === 'possible' ? `${rule} (possible)` : rule,
  };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${COMMANDS[kind]} ${written.join(',')}::${data([messageOf(finding), ...relatedTo(finding, root)].join('\n'))}`;
}

/** What the runner itself undoes: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts. The log may be a terminal as well. */
const data = (text: string): string => visible(text.replaceAll(/[%\r\n]/g, percent));
const property = (text: string): string => visible(text.replaceAll(/[%\r\n:,]/g, percent));
const percent = (one: string): string => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
