import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { HELP } from '../../src/cli/help.ts';
import { COMMANDS } from '../../src/cli/options.ts';

const readme = readFileSync('README.md', 'utf8');
const optionsIn = (text: string): string[] => [...new Set(text.match(/(?<![\w-])--[a-z][a-z-]+/g))].toSorted();

it('the README has the options that the command line has, all of them and no other', () => {
  const rows = readme.split('\n').filter((line) => line.startsWith('| `--'));
  expect(optionsIn(rows.map((row) => row.split('|')[1]).join())).toEqual(optionsIn(HELP));
});

it.each(COMMANDS.filter((command) => command !== 'lint'))('the README and --help have the command %s', (command) => {
  expect(readme).toMatch(new RegExp(`^cors-lint ${command}\\b`, 'm'));
  expect(HELP).toMatch(new RegExp(`^ +cors-lint ${command}\\b`, 'm'));
});

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'fixtures/README.md',
  ...readdirSync('rules')
    .filter((file) => file.endsWith('.md'))
    .map((file) => `rules/${file}`),
];

it.each(pages)('%s links to what is there', (page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, link]) => link ?? '');
  expect(links.filter((link) => !existsSync(path.join(path.dirname(page), link)))).toEqual([]);
});
