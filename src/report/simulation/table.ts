import type { Row } from '../../simulate/table.ts';
import { escaped } from '../markdown.ts';
import { paintOf, type Style } from '../paint.ts';
import { plural, visible } from '../text.ts';
import type { Drawing } from './data.ts';
import { COLUMNS, textsOf } from './rows.ts';
import { placeOf } from './words.ts';

const LEGEND = '✔ passes  ✖ the browser blocks it  ? not known before deployment  – it is not made';
const NOTHING = 'no endpoint here is reached by a page: there is nothing to simulate';

/** Every endpoint and its four answers, on a terminal; below it what blocks, and where. */
export function tableText(rows: readonly Row[], drawing: Drawing): string {
  if (rows.length === 0) return `${NOTHING}\n`;
  const paint = paintOf(drawing);
  const cells = [COLUMNS, ...rows.map((row) => textsOf(row).map(visible))];
  const widths = COLUMNS.map((_, i) => Math.max(...cells.map((row) => lengthOf(row[i] ?? ''))));
  const line = (row: readonly string[], style?: Style): string =>
    row
      .map((text, i) => painted(text, style) + ' '.repeat((widths[i] ?? 0) - lengthOf(text)))
      .join('  ')
      .trimEnd();
  const painted = (text: string, style: Style | undefined): string => {
    const own = style ?? styleOf(text);
    return own ? paint(own, text) : text;
  };
  const reasons = reasonsOf(rows, drawing.cwd);
  return `\n${cells.map((row, i) => line(row, i === 0 ? 'bold' : undefined)).join('\n')}\n\n${LEGEND}\n${reasons.map((reason) => `\n${reason}`).join('')}${reasons.length > 0 ? '\n' : ''}`;
}

const styleOf = (text: string): Style | undefined => (text.startsWith('✖') ? 'red' : text.startsWith('?') ? 'yellow' : undefined);
const lengthOf = (text: string): number => Array.from(text).length;

/** The same, for the summary of a job or a comment. */
export function tableMarkdown(rows: readonly Row[], { cwd }: Drawing): string {
  if (rows.length === 0) return `${NOTHING}\n`;
  const lines = [COLUMNS, COLUMNS.map(() => '---'), ...rows.map((row) => textsOf(row).map((text) => escaped(visible(text))))];
  const reasons = reasonsOf(rows, cwd).map((reason) => `- ${escaped(reason)}`);
  return `## cors-lint: what browsers do\n\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n\n${LEGEND}\n${reasons.length > 0 ? `\n${reasons.join('\n')}\n` : ''}`;
}

/** Each place that blocks something, once: 'acao-missing: see serverless.yml:3:9 (4 times)'. */
function reasonsOf(rows: readonly Row[], cwd: string): readonly string[] {
  const places = new Map<string, number>();
  for (const { cells } of rows) {
    for (const cell of Object.values(cells)) {
      if (cell?.outcome.kind !== 'blocked') continue;
      const text = `${cell.outcome.reason}, by what ${cell.outcome.by} answers: see ${placeOf(cell.outcome.at, cwd)}`;
      places.set(text, (places.get(text) ?? 0) + 1);
    }
  }
  return [...places].map(([text, times]) => visible(times > 1 ? `${text} (${plural(times, 'time')})` : text));
}
