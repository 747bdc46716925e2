import type { Paint } from './paint.ts';
import type { Report } from './report.ts';
import { count, plural, type Counts } from './text.ts';

/** '✖ 3 problems (2 errors, 1 warning), 1 note', a line. */
export function summary({ files }: Report, paint: Paint): string {
  const counts = count(files.flatMap(({ findings }) => findings));
  const others = othersOf(counts);
  if (counts.errors + counts.warnings === 0) return `${others.join(', ')}\n`;
  const text = `✖ ${problemsOf(counts)}`;
  return `${paint('bold', paint(counts.errors > 0 ? 'red' : 'yellow', text))}${others.map((other) => `, ${other}`).join('')}\n`;
}

/** '3 problems (2 errors, 1 warning)'. */
export const problemsOf = ({ errors, warnings }: Counts): string =>
  `${plural(errors + warnings, 'problem')} (${plural(errors, 'error')}, ${plural(warnings, 'warning')})`;

export const othersOf = ({ notes, possible }: Counts): string[] => [
  ...(notes > 0 ? [plural(notes, 'note')] : []),
  ...(possible > 0 ? [plural(possible, 'possible finding')] : []),
];

/** What is kept back has to be known of, also where there is nothing else: silence means that all is well. */
export function hidden({ hidden: number }: Report): string {
  if (number === 0) return '';
  const [what, way] =
    number === 1 ? ['1 possible finding hangs', '--possible shows it'] : [`${number} possible findings hang`, '--possible shows them'];
  return `${what} on values not known before deployment (${way})\n`;
}
