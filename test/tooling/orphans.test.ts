import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { registry, ruleIds } from '../../scripts/registry.ts';
import { casesOf, folders } from '../rules/cases.ts';

const ids = ruleIds('.');

describe('what belongs to a rule is there, and nothing is there that belongs to none', () => {
  it('the registry names every rule file', () => expect(readFileSync('rules/index.ts', 'utf8')).toBe(registry(ids)));

  it('a rule is called what its file is called', () => expect(rules.map(({ meta }) => meta.id)).toEqual(ids));

  it('every rule has its page, and every page its rule', () => expect(pages()).toEqual(ids));

  it('every rule has its fixtures, and every folder of fixtures its rule', () => expect(folders()).toEqual(ids));

  it('every case has its .out, and every .out its case', () => {
    const missing = folders().flatMap((rule) => casesOf(rule).filter(({ out }) => !existsSync(out)));
    expect(missing.map(({ out }) => out)).toEqual([]);
  });

  it('the folders hold nothing else', () => {
    const known = (file: string): boolean => /^[a-z][a-z0-9-]*\.(ts|md)$/.test(file) || file === 'README.md';
    expect(readdirSync('rules').filter((file) => !known(file))).toEqual([]);
    expect(folders().filter((entry) => !statSync(`fixtures/rules/${entry}`).isDirectory())).toEqual([]);
  });
});

const pages = (): string[] =>
  readdirSync('rules')
    .filter((file) => file.endsWith('.md') && file !== 'README.md' && file !== 'diff.md')
    .map((file) => file.slice(0, -'.md'.length))
    .toSorted();

describe('what rules say of each other and of themselves', () => {
  it('outranks rules that there are, and not itself', () => {
    const wrong = rules.flatMap(({ meta }) =>
      (meta.outranks ?? []).filter((id) => id === meta.id || !ids.includes(id)).map((id) => `${meta.id} → ${id}`),
    );
    expect(wrong).toEqual([]);
  });

  it('no two outrank each other', () => {
    const over = new Map(rules.map(({ meta }) => [meta.id, meta.outranks ?? []]));
    expect([...over].filter(([id, below]) => below.some((other) => over.get(other)?.includes(id)))).toEqual([]);
  });

  it('no example is shown twice', () => {
    const twice = rules.filter(({ examples }) => {
      const all = [...examples.bad, ...examples.good].map((example) => JSON.stringify(example));
      return new Set(all).size < all.length;
    });
    expect(twice.map(({ meta }) => meta.id)).toEqual([]);
  });

  it('a message states a fact: no full stop, no idle space, one line', () => {
    const wrong = rules.flatMap(({ meta, messages }) =>
      Object.entries(messages).flatMap(([id, { text }]) => (/^\s|\s$|\s\s|\.$|\n/.test(text) ? [`${meta.id}/${id}: ${text}`] : [])),
    );
    expect(wrong).toEqual([]);
  });

  it('a summary is one sentence', () => {
    expect(
      rules.filter(({ meta }) => !/^[A-Z`"].*\.$/.test(meta.summary) || meta.summary.includes('\n')).map(({ meta }) => meta.id),
    ).toEqual([]);
  });
});
