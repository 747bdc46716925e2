import type { Severity } from '../finding.ts';
import type { Example, OptionSchema, Rule } from '../rule.ts';

/** What linting an example prints, line by line as a person reads it. */
export type OutputOf = (example: Example) => Promise<string>;

/** rules/<id>.md, whole; also what `cors-lint explain <id>` shows. */
export async function page(rule: Rule, outputOf: OutputOf): Promise<string> {
  const { meta, fix } = rule;
  const outputs = await Promise.all(rule.examples.bad.map(outputOf));
  return `${[
    `<!-- Printed from ${meta.id}.ts by \`npm run docs\`. -->`,
    `# ${meta.id}`,
    meta.summary,
    [`*Since ${meta.since}`, `preset \`${meta.preset}\``, ...(fix ? [`fix (${fix.safety}): ${fix.title}`] : [])].join(' · ') + '*',
    meta.why.trim(),
    '## What to do',
    meta.remedy.trim(),
    ...shownOf(rule, outputs),
    '## Messages',
    messages(rule),
    ...outranks(rule),
    '## Options',
    options(rule),
    '## References',
    meta.references.map((url) => `- <${url}>`).join('\n'),
  ].join('\n\n')}\n`;
}

/** The rules' table: for rules/README.md and, with another way to the pages, for README.md. */
export function index(rules: readonly Rule[], folder = ''): string {
  const rows = rules.toSorted(bySeverity).map((rule) => {
    const { id, preset, summary } = rule.meta;
    return [
      `[${id}](${folder}${id}.md)`,
      severities(rule).join(', ') + (preset === 'strict' ? ' (strict)' : ''),
      harms(rule).join(', '),
      summary,
    ];
  });
  return table(['Rule', 'Severity', 'Harm', 'Reports'], rows);
}

/** An example's text as it is shown and linted: without the line break that its literal begins with. */
export const textOf = (code: string): string => `${code.replace(/^\n+/, '').trimEnd()}\n`;

/** The file name under which an example is linted. */
export const nameOf = (example: Example): string => {
  const extension = textOf(example.code).startsWith('{') ? 'json' : 'yml';
  return example.as === 'serverless' ? `serverless.${extension}` : `template.${extension}`;
};

function* shownOf({ examples, check }: Rule, outputs: readonly string[]): Iterable<string> {
  if (Object.keys(check).length === 0) {
    yield* ['## Reported', 'By the engine itself: no template is known that brings it about.'];
    return;
  }
  for (const [i, example] of examples.bad.entries()) yield* ['## Reported', ...shown(example), fence('text', (outputs[i] ?? '').trimEnd())];
  for (const example of examples.good) yield* ['## Accepted', ...shown(example)];
}

function* shown(example: Example): Iterable<string> {
  const { options: given = {}, files = {} } = example;
  if (Object.keys(given).length > 0) yield `With the options \`${JSON.stringify(given)}\`:`;
  const name = nameOf(example);
  if (Object.keys(files).length > 0) yield `\`${name}\`:`;
  yield fence(languageOf(name), textOf(example.code).trimEnd());
  for (const [path, text] of Object.entries(files)) yield* [`\`${path}\`:`, fence(languageOf(path), textOf(text).trimEnd())];
}

const messages = ({ messages: all }: Rule): string =>
  table(
    ['Id', 'Severity', 'Harm', 'Message'],
    Object.entries(all).map(([id, { severity, harm, text }]) => [`\`${id}\``, severity, harm, text]),
  );

function options({ options: all }: Rule): string {
  const rows = Object.entries(all).map(([name, option]) => [
    `\`${name}\``,
    TYPE[option.type],
    `\`${JSON.stringify(option.default)}\``,
    option.description,
  ]);
  return rows.length > 0 ? table(['Option', 'Type', 'Default', ''], rows) : 'None.';
}

const TYPE = { boolean: 'true or false', integer: 'a whole number', strings: 'a list of strings' } as const satisfies Record<
  OptionSchema['type'],
  string
>;

function* outranks({ meta }: Rule): Iterable<string> {
  if (!meta.outranks?.length) return;
  yield `Where this rule reports something, ${meta.outranks.map((id) => `[${id}](${id}.md)`).join(', ')} ${meta.outranks.length === 1 ? 'says' : 'say'} nothing about the same place.`;
}

const RANK = { error: 0, warning: 1, note: 2 } as const satisfies Record<Severity, number>;
const rankOf = (rule: Rule): number => Math.min(...Object.values(rule.messages).map(({ severity }) => RANK[severity]));
const bySeverity = (a: Rule, b: Rule): number => rankOf(a) - rankOf(b) || a.meta.id.localeCompare(b.meta.id, 'en');

const severities = (rule: Rule): Severity[] =>
  [...new Set(Object.values(rule.messages).map(({ severity }) => severity))].toSorted((a, b) => RANK[a] - RANK[b]);
const harms = (rule: Rule): string[] => [...new Set(Object.values(rule.messages).map(({ harm }) => harm))].toSorted();

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');

const LANGUAGES: Readonly<Record<string, string>> = { yml: 'yaml', yaml: 'yaml', json: 'json', js: 'js', ts: 'ts', py: 'python' };
const languageOf = (path: string): string => LANGUAGES[path.slice(path.lastIndexOf('.') + 1)] ?? 'text';

/** A fence longer than any run of backquotes within. */
function fence(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const bar = '`'.repeat(longest + 1);
  return `${bar}${language}\n${text}\n${bar}`;
}
