import { positionAt } from '../source/lines.ts';
import type { Report } from './report.ts';
import { count, messageOf, plural, shortPath } from './text.ts';

/** ESLint's compact format: one line a finding, for editors and `grep`. */
export function compact({ files, cwd }: Report): string {
  const lines = files.flatMap(({ path, findings }) =>
    findings.map((finding) => {
      const { line, column } = positionAt(finding.primary.file, finding.primary.start);
      const label = finding.certainty === 'possible' ? 'Possible' : LABELS[finding.severity];
      return `${shortPath(path, cwd)}: line ${line}, col ${column}, ${label} - ${messageOf(finding)}. (${finding.rule})\n`;
    }),
  );
  const { errors, warnings } = count(files.flatMap(({ findings }) => findings));
  return lines.join('') + (lines.length > 0 ? `\n${plural(errors + warnings, 'problem')}\n` : '');
}

const LABELS = { error: 'Error', warning: 'Warning', note: 'Note' } as const;
