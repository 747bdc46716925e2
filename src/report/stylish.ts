import type { Finding } from '../finding.ts';
import { positionAt } from '../source/lines.ts';
import type { FileReport, Report } from './report.ts';
import { count, messageOf, plural, shortPath, visible, type Counts } from './text.ts';

/** The other places that are shown with a finding. */
const MOST_RELATED = 3;

/** Up to here the rules stand below each other. After longer messages that would only be space, on a line that wraps already. */
const WIDEST = 80;

/** ESLint's look, for people: nothing at all where all is well. */
export function stylish(report: Report): string {
  const shown = report.files.filter(({ findings }) => findings.length > 0);
  const [first] = shown.flatMap(({ findings }) => findings);
  if (!first) return hidden(report);
  const paint = report.colour ? coloured : plain;
  const worst = shown.flatMap(({ findings }) => findings).find(({ severity }) => severity === 'error') ?? first;
  return `\n${shown.map((file) => section(file, report, paint)).join('\n')}\n${summary(shown, paint)}${hidden(report)}Why, and what to do: cors-lint explain ${worst.rule}\n`;
}

type Style = 'red' | 'yellow' | 'cyan' | 'dim' | 'underline' | 'bold';
type Paint = (style: Style, text: string) => string;

const CODES = {
  red: [31, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  dim: [2, 22],
  underline: [4, 24],
  bold: [1, 22],
} as const satisfies Record<Style, readonly [number, number]>;
const plain: Paint = (_, text) => text;
const coloured: Paint = (style, text) => `\u001b[${CODES[style][0]}m${text}\u001b[${CODES[style][1]}m`;

function section({ path, findings }: FileReport, { cwd }: Report, paint: Paint): string {
  const rows = findings.map((finding) => {
    const { line, column } = positionAt(finding.primary.file, finding.primary.start);
    return { finding, line: String(line), column: String(column), label: labelOf(finding), message: messageOf(finding) };
  });
  const width = (of: (row: (typeof rows)[number]) => string): number => Math.max(...rows.map((row) => lengthOf(of(row))));
  const [lines, columns, labels] = [width((row) => row.line), width((row) => row.column), width((row) => row.label)];
  const messages = Math.min(
    width((row) => row.message),
    WIDEST,
  );
  const indent = ' '.repeat(lines + columns + labels + 7);
  const text = rows.map(({ finding, line, column, label, message }) => {
    const place = paint('dim', `${line.padStart(lines)}:${column.padEnd(columns)}`);
    const row = `  ${place}  ${paint(STYLES[label], label.padEnd(labels))}  ${pad(message, messages)}  ${paint('dim', finding.rule)}\n`;
    return (
      row +
      relatedTo(finding, cwd)
        .map((see) => `${indent}${paint('dim', see)}\n`)
        .join('')
    );
  });
  return `${paint('underline', shortPath(path, cwd))}\n${text.join('')}`;
}

const STYLES = { error: 'red', warning: 'yellow', note: 'cyan', possible: 'cyan' } as const satisfies Record<Label, Style>;
type Label = Finding['severity'] | 'possible';
const labelOf = ({ certainty, severity }: Finding): Label => (certainty === 'possible' ? 'possible' : severity);

/**
 * 'see base.yml:12: its value comes from here': the first few that lie on other lines. Of a possible finding also what
 * is said of its own line: why the value is not known.
 */
function relatedTo({ primary, related, certainty }: Finding, cwd: string): string[] {
  const placeOf = ({ file, start }: Finding['primary']): string => {
    const { line } = positionAt(file, start);
    return file === primary.file ? `line ${line}` : `${shortPath(file.path, cwd)}:${line}`;
  };
  const own = placeOf(primary);
  const lines = new Map<string, string>();
  for (const { at, text } of related) if (!lines.has(placeOf(at))) lines.set(placeOf(at), visible(text));
  return [...lines]
    .flatMap(([place, text]) => (place !== own ? [`see ${place}: ${text}`] : certainty === 'possible' ? [text] : []))
    .slice(0, MOST_RELATED);
}

function summary(files: readonly FileReport[], paint: Paint): string {
  const counts = count(files.flatMap(({ findings }) => findings));
  const { errors, warnings } = counts;
  const problems = errors + warnings;
  const others = othersOf(counts);
  if (problems === 0) return `${others.join(', ')}\n`;
  const text = `✖ ${plural(problems, 'problem')} (${plural(errors, 'error')}, ${plural(warnings, 'warning')})`;
  return `${paint('bold', paint(errors > 0 ? 'red' : 'yellow', text))}${others.map((other) => `, ${other}`).join('')}\n`;
}

const othersOf = ({ notes, possible }: Counts): string[] => [
  ...(notes > 0 ? [plural(notes, 'note')] : []),
  ...(possible > 0 ? [plural(possible, 'possible finding')] : []),
];

/** What is kept back has to be known of, also where there is nothing else: silence means that all is well. */
function hidden({ hidden: number }: Report): string {
  if (number === 0) return '';
  const [what, way] =
    number === 1 ? ['1 possible finding hangs', '--possible shows it'] : [`${number} possible findings hang`, '--possible shows them'];
  return `${what} on values not known before deployment (${way})\n`;
}

/** In characters, as a terminal counts most of them. */
const lengthOf = (text: string): number => Array.from(text).length;
const pad = (text: string, length: number): string => text + ' '.repeat(Math.max(0, length - lengthOf(text)));
