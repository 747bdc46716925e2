import type { Row } from '../../simulate/table.ts';
import { escaped } from '../markdown.ts';
import { paintOf, type Paint, type Style } from '../paint.ts';
import { plural, visible } from '../text.ts';
import type { Drawing } from './data.ts';
import { byApi, COLUMNS, textsOf } from './rows.ts';
import { becauseOf, blameOf, placeOf } from './words.ts';

const LEGEND = '✔ passes  ✖ the browser blocks it  ? not known before deployment  – it is not made';
/** What the short names of refusals mean, by the first of them; nothing where all passes. */
function meaningHint(rows: readonly Row[]): string {
  const outcomes = rows.flatMap(({ cells }) => Object.values(cells).map((cell) => cell?.outcome));
  const [first] = outcomes.flatMap((outcome) => (outcome?.kind === 'blocked' ? outcome.reasons : []));
  return first === undefined ? '' : `Why, and what to do: cors-lint explain ${first}\n`;
}

const NOTHING = 'no endpoint here is reached by a page: there is nothing to simulate';

/** Every endpoint and its four answers, on a terminal, API by API; below them what blocks, and where. */
export function tableText(rows: readonly Row[], drawing: Drawing): string {
  if (rows.length === 0) return `${NOTHING}\n`;
  const paint = paintOf(drawing);
  const texts = rows.map((row) => textsOf(row).map(visible));
  const widths = COLUMNS.map((_, i) => Math.max(...[COLUMNS, ...texts].map((row) => lengthOf(row[i] ?? ''))));
  const blocks = byApi(rows, drawing.cwd).map(({ title, rows: own }) => {
    const lines = [line(COLUMNS, widths, paint, 'bold'), ...own.map((row) => line(textsOf(row).map(visible), widths, paint))];
    return `\n${paint('underline', title)}\n${indented(lines)}${indented(reasonsOf(own, drawing.cwd))}`;
  });
  return `${blocks.join('')}\n${LEGEND}\n${meaningHint(rows)}`;
}

const indented = (lines: readonly string[]): string => lines.map((text) => `  ${text}\n`).join('');

/** Columns of their widths; what is blocked or open stands out. */
function line(row: readonly string[], widths: readonly number[], paint: Paint, style?: Style): string {
  const padded = row.map((text, i) => {
    const own = style ?? styleOf(text);
    return (own ? paint(own, text) : text) + ' '.repeat((widths[i] ?? 0) - lengthOf(text));
  });
  return padded.join('  ').trimEnd();
}

const styleOf = (text: string): Style | undefined => (text.startsWith('✖') ? 'red' : text.startsWith('?') ? 'yellow' : undefined);
const lengthOf = (text: string): number => Array.from(text).length;

/** The same, for the summary of a job or a comment. */
export function tableMarkdown(rows: readonly Row[], { cwd }: Drawing): string {
  if (rows.length === 0) return `${NOTHING}\n`;
  const blocks = byApi(rows, cwd).map(({ title, rows: own }) => {
    const lines = [COLUMNS, COLUMNS.map(() => '---'), ...own.map((row) => textsOf(row).map((text) => escaped(visible(text))))];
    const reasons = reasonsOf(own, cwd).map((reason) => `- ${escaped(reason)}\n`);
    return `\n### ${escaped(title)}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')}${reasons.length > 0 ? `\n${reasons.join('')}` : ''}`;
  });
  return `## cors-lint: what browsers do\n${blocks.join('')}\n${LEGEND}\n`;
}

/** Each place that blocks something, and each thing that is not known, once: 'acao-missing, by what …: see serverless.yml:3:9 (4 times)'. */
function reasonsOf(rows: readonly Row[], cwd: string): readonly string[] {
  const places = new Map<string, number>();
  for (const { cells } of rows) {
    for (const cell of Object.values(cells)) {
      if (!cell || cell.outcome.kind === 'passes') continue;
      const text =
        cell.outcome.kind === 'blocked'
          ? `✖ ${cell.outcome.reasons.join(' or ')} by ${blameOf(cell.outcome)}: see ${placeOf(cell.outcome.at, cwd)}`
          : `? ${becauseOf(cell.outcome)}`;
      places.set(text, (places.get(text) ?? 0) + 1);
    }
  }
  return [...places].map(([text, times]) => visible(times > 1 ? `${text} (${plural(times, 'time')})` : text));
}
