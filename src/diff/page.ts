import { KINDS, type Kind } from './kinds.ts';

/** rules/diff.md, whole. */
export const diffPage = (): string =>
  `${[
    '<!-- Printed from src/diff/kinds.ts by `npm run docs`. -->',
    '# What `cors-lint diff` tells',
    INTRODUCTION.trim(),
    table(
      ['Difference', 'Severity', 'Tells'],
      KINDS.map(({ meta, messages }) => [`[${meta.id}](#${meta.id})`, severitiesOf(messages).join(', '), meta.summary]),
    ),
    ...KINDS.map((kind) => section(kind, '##')),
  ].join('\n\n')}\n`;

/** One of them alone, for `cors-lint explain diff-…`; undefined where there is no such kind. */
export function kindPage(id: string): string | undefined {
  const kind = KINDS.find(({ meta }) => meta.id === id);
  return kind && `${section(kind, '#')}\n`;
}

/** What they are called. */
export const KIND_IDS: readonly string[] = KINDS.map(({ meta }) => meta.id);

const INTRODUCTION = `
\`cors-lint diff <before> <after>\` holds two versions of what is deployed against each other: templates, \`cdk.out\` folders, or files and
folders of a git revision. Both are lifted as for linting. Then requests are made to both as a browser makes them: every endpoint × every
origin that either version lets in, and one that neither names × with and without cookies. What CloudFormation replaces, and what a stage
goes on serving, is looked up in the templates.

An *error* is a regression: pages that could call the API no longer can, or pages of every site can with cookies. The exit code is 1
then. What only comes with another deploy, or only if the deploy takes the new default of a parameter (a stack that is updated keeps the
value it has, unless told otherwise), is a *warning* at most. What hangs on values that are not known before deployment is *possible*, and
shown with \`--possible\`. Nothing is told of what browsers do not notice.
`;

const section = ({ meta, messages }: Kind, heading: '#' | '##'): string =>
  [
    `${heading} ${meta.id}`,
    meta.summary,
    meta.why.trim(),
    `**What to do.** ${meta.remedy.trim()}`,
    table(
      ['Id', 'Severity', 'Harm', 'Message'],
      Object.entries(messages).map(([id, { severity, harm, text }]) => [`\`${id}\``, severity, harm, text]),
    ),
    meta.references.map((url) => `- <${url}>`).join('\n'),
  ].join('\n\n');

const severitiesOf = (messages: Kind['messages']): readonly string[] => [
  ...new Set(Object.values(messages).map(({ severity }) => severity)),
];

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
