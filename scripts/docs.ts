import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rules } from '../rules/index.ts';
import { main as cli } from '../src/cli/main.ts';
import { nodeIo } from '../src/config/node-io.ts';
import { diffPage } from '../src/diff/page.ts';
import { findingsOf, linesOf, projectOf } from '../src/docs/example.ts';
import { index, nameOf, page } from '../src/docs/page.ts';
import type { Example, Rule } from '../src/rule.ts';
import { between, settle, type Printed } from './printed.ts';

/** Every file that is printed from the rules, save the registry, which has to be current before they can be read. */
export async function printed(root: string, all: readonly Rule[] = rules): Promise<Printed> {
  const pages = await Promise.all(all.map(async (rule) => [`rules/${rule.meta.id}.md`, await page(rule, outputOf(rule))] as const));
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8').replaceAll('\r\n', '\n');
  return new Map([
    ...orphans(root).map((file) => [file, undefined] as const),
    ...pages,
    ['rules/README.md', listing(all)],
    ['rules/diff.md', diffPage()],
    ['README.md', between(between(readme, 'rules', `\n${index(all, 'rules/')}\n`), 'sample', await sample(root))],
  ]);
}

/** Pages, all of them: those of rules that there are come after, and stand. */
const orphans = (root: string): string[] =>
  readdirSync(path.join(root, 'rules'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `rules/${file}`);

const outputOf =
  (rule: Rule) =>
  async (example: Example): Promise<string> =>
    linesOf(await findingsOf(rule, projectOf(example), example.options), nameOf(example));

const listing = (all: readonly Rule[]): string => `<!-- Printed from the rules by \`npm run docs\`. -->

# The rules

*error*: a browser will refuse the answer, the deploy will fail, or data is exposed. *warning*: very likely so, or under conditions.
*note*: advice, which is never counted. *broken*: pages cannot use the API. *exposed*: pages of strangers can. *untidy*: neither.

${index(all)}

[What \`cors-lint diff\` tells](diff.md) has a page of its own.
`;

/** What the command line prints for the sample, its colours off. */
async function sample(root: string): Promise<string> {
  let text = '';
  const code = await cli({
    argv: ['serverless.yml'],
    cwd: path.join(root, 'fixtures/sample'),
    env: {},
    io: nodeIo,
    stdout: (part) => (text += part),
    stderr: (part) => (text += part),
    stdin: () => new Uint8Array(),
    writeFile: () => {},
    stdoutIsTerminal: () => false,
    columns: () => undefined,
  });
  if (code !== 1) throw new Error(`linting the sample ended with ${code}: ${text}`);
  return `\n\`\`\`console\n$ npx cors-lint serverless.yml\n${text.trimEnd()}\n\`\`\`\n`;
}

export const main = async (root: string, args: readonly string[]): Promise<number> =>
  settle(root, await printed(root), args, (line) => console.log(line));
