import { positionAt } from '../source/lines.ts';
import { unsuppressed, type Report } from './report.ts';
import { count, kindOf, messageOf, plural, shortPath } from './text.ts';

/** ESLint's compact format: one line a finding, for editors and `grep`. */
export function compact(report: Report): string {
  const { files, cwd } = unsuppressed(report);
  const lines = files.flatMap(({ path, findings }) =>
    findings.map((finding) => {
      const { line, column } = positionAt(finding.primary.file, finding.primary.start);
      return `${shortPath(path, cwd)}: line ${line}, col ${column}, ${LABELS[kindOf(finding)]} - ${messageOf(finding)}. (${finding.rule})\n`;
    }),
  );
  const { errors, warnings } = count(files.flatMap(({ findings }) => findings));
  return lines.join('') + (lines.length > 0 ? `\n${plural(errors + warnings, 'problem')}\n` : '');
}

const LABELS = { error: 'Error', warning: 'Warning', note: 'Note', possible: 'Possible' } as const;
