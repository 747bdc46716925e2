import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { between, settle, stale, write } from '../../scripts/printed.ts';
import { nameOf, registry } from '../../scripts/registry.ts';

let root: string;
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), 'cors-lint-'))));
afterEach(() => rmSync(root, { recursive: true }));

it('writes what differs, deletes what is to go, and then has nothing to do', () => {
  writeFileSync(path.join(root, 'same.md'), 'same\n');
  writeFileSync(path.join(root, 'orphan.md'), 'of no rule\n');
  const printed = new Map([
    ['same.md', 'same\n'],
    ['orphan.md', undefined],
    ['deep/new.md', 'new\n'],
    ['never.md', undefined],
  ]);
  expect(write(root, printed)).toEqual(['orphan.md', 'deep/new.md']);
  expect(existsSync(path.join(root, 'orphan.md'))).toBe(false);
  expect(readFileSync(path.join(root, 'deep/new.md'), 'utf8')).toBe('new\n');
  expect(stale(root, printed)).toEqual([]);
});

it('only says what is stale with --check, and fails', () => {
  const said: string[] = [];
  const printed = new Map([['a.md', 'a\n']]);
  expect(settle(root, printed, ['--check'], (line) => said.push(line))).toBe(1);
  expect(said).toEqual(['a.md is not what `npm run docs` prints']);
  expect(existsSync(path.join(root, 'a.md'))).toBe(false);
  expect(settle(root, printed, [], () => {})).toBe(0);
  expect(settle(root, printed, ['--check'], () => {})).toBe(0);
});

it('takes a checkout with other line ends for the same', () => {
  writeFileSync(path.join(root, 'a.md'), 'a\r\nb\r\n');
  expect(stale(root, new Map([['a.md', 'a\nb\n']]))).toEqual([]);
});

it('prints between markers, again and again', () => {
  const text = 'above\n<!-- rules -->\nold\n<!-- /rules -->\nbelow\n';
  const once = between(text, 'rules', 'new');
  expect(once).toBe('above\n<!-- rules -->\nnew\n<!-- /rules -->\nbelow\n');
  expect(between(once, 'rules', 'new')).toBe(once);
  expect(() => between('<!-- /rules --> <!-- rules -->', 'rules', '')).toThrow('no <!-- rules --> … <!-- /rules -->');
});

it('prints a registry that is laid out as the formatter does', () => {
  expect(nameOf('missing-sigv4-headers')).toBe('missingSigv4Headers');
  expect(registry(['a-b', 'c-d'])).toBe(
    `// Printed by \`npm run docs\` from the files beside it.
import type { Rule } from '../src/rule.ts';
import aB from './a-b.ts';
import cD from './c-d.ts';

export const rules: readonly Rule[] = [aB, cD];
`,
  );
  const many = Array.from({ length: 20 }, (_, i) => `rule-number-${i}`);
  expect(registry(many)).toContain('readonly Rule[] = [\n  ruleNumber0,');
});
