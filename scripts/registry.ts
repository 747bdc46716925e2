import { readdirSync } from 'node:fs';
import path from 'node:path';
import { settle } from './printed.ts';

/** The rules' ids, from the listing of their folder. */
export const ruleIds = (root: string): string[] =>
  readdirSync(path.join(root, 'rules'))
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .map((file) => path.basename(file, '.ts'))
    .toSorted();

/** 'missing-cors' → 'missingCors'. */
export const nameOf = (id: string): string => id.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** rules/index.ts, whole, laid out as the formatter does. */
export function registry(ids: readonly string[]): string {
  const open = 'export const rules: readonly Rule[] = [';
  const line = `${open}${ids.map(nameOf).join(', ')}];`;
  return [
    '// Printed by `npm run docs` from the files beside it.',
    "import type { Rule } from '../src/rule.ts';",
    ...ids.map((id) => `import ${nameOf(id)} from './${id}.ts';`),
    '',
    line.length <= 140 ? line : [open, ...ids.map((id) => `  ${nameOf(id)},`), '];'].join('\n'),
    '',
  ].join('\n');
}

export const main = (root: string, args: readonly string[]): number =>
  settle(root, new Map([['rules/index.ts', registry(ruleIds(root))]]), args, (line) => console.log(line));
