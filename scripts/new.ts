import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { write } from './printed.ts';
import { registry, ruleIds } from './registry.ts';

/** The files of a new rule: complete, so that its tests pass before a word of it is changed. */
export function scaffold(root: string, id: string): ReadonlyMap<string, string> {
  const template = path.join(root, 'scripts/template');
  const read = (file: string): string => readFileSync(path.join(template, file), 'utf8').replaceAll('new-rule', id);
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const rule = read('rule.ts')
    .replaceAll("'../../src/", "'../src/")
    .replace(/since: '.*'/, `since: '${version}'`);
  return new Map([
    [`rules/${id}.ts`, rule],
    ...readdirSync(path.join(template, 'fixtures')).map((file) => [`fixtures/rules/${id}/${file}`, read(`fixtures/${file}`)] as const),
  ]);
}

/** Why there can be no rule of this name; undefined if there can. */
export function refusal(root: string, id: string | undefined): string | undefined {
  if (id === undefined) return 'usage: npm run new <id>, e.g. npm run new missing-cors';
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id))
    return `\`${id}\` is no rule id: write two or more lower-case words with hyphens, which name the fault`;
  if (existsSync(path.join(root, `rules/${id}.ts`))) return `there is a rule \`${id}\` already: rules/${id}.ts`;
  const fixtures = path.join(root, 'fixtures/rules', id);
  if (existsSync(fixtures) && readdirSync(fixtures).length > 0) return `fixtures/rules/${id} is not empty: is it another rule's?`;
  return undefined;
}

export function main(root: string, [id]: readonly string[]): number {
  const reason = refusal(root, id);
  if (reason !== undefined || id === undefined) {
    console.error(reason);
    return 2;
  }
  for (const file of write(root, scaffold(root, id))) console.log(`wrote ${file}`);
  for (const file of write(root, new Map([['rules/index.ts', registry(ruleIds(root))]]))) console.log(`printed ${file}`);
  console.log(`
Now: write rules/${id}.ts and its fixtures, then
  UPDATE_FIXTURES=1 npm test    writes the .out files; read them
  npm run docs                  prints its page and the tables
  npm run check && npm run lint && npm run format`);
  return 0;
}
