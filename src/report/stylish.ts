import { positionAt } from '../source/lines.ts';
import { paintOf, STYLES, type Paint } from './paint.ts';
import { relatedTo } from './related.ts';
import { unsuppressed, type FileReport, type Report } from './report.ts';
import { hidden, summary } from './summary.ts';
import { kindOf, messageOf, shortPath } from './text.ts';

/** Up to here the rules stand below each other. After longer messages that would only be space, on a line that wraps already. */
const WIDEST = 80;

/** ESLint's look, for people: nothing at all where all is well. */
export function stylish(given: Report): string {
  const report = unsuppressed(given);
  const shown = report.files.filter(({ findings }) => findings.length > 0);
  const [first] = shown.flatMap(({ findings }) => findings);
  if (!first) return hidden(report);
  const paint = paintOf(report);
  const worst = shown.flatMap(({ findings }) => findings).find(({ severity }) => severity === 'error') ?? first;
  return `\n${shown.map((file) => section(file, report, paint)).join('\n')}\n${summary(report, paint)}${hidden(report)}Why, and what to do: cors-lint explain ${worst.rule}\n`;
}

function section({ path, findings }: FileReport, { cwd }: Report, paint: Paint): string {
  const rows = findings.map((finding) => {
    const { line, column } = positionAt(finding.primary.file, finding.primary.start);
    return { finding, line: String(line), column: String(column), label: kindOf(finding), message: messageOf(finding) };
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

/** In characters, as a terminal counts most of them. */
const lengthOf = (text: string): number => (PAIRS.test(text) ? Array.from(text).length : text.length);
const PAIRS = /[\uD800-\uDBFF]/;
const pad = (text: string, length: number): string => text + ' '.repeat(Math.max(0, length - lengthOf(text)));
