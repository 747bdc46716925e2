import { expect, it } from 'vitest';
import { activate } from '../../src/engine/active.ts';
import type { Rule } from '../../src/rule.ts';
import missingCors from '../../rules/missing-cors.ts';
import unquotedLiteral from '../../rules/unquoted-literal.ts';

const strict: Rule = { ...unquotedLiteral, meta: { ...unquotedLiteral.meta, id: 'wildcard-origin', preset: 'strict' } };
const rules = [missingCors, unquotedLiteral, strict];
const running = (...[preset, overrides]: [Parameters<typeof activate>[1], Parameters<typeof activate>[2]?]): string[] =>
  activate(rules, preset, overrides).map(({ rule, severity }) => `${rule.meta.id} ${severity ?? ''}`.trim());

it('runs what the preset holds', () => {
  expect(running('recommended')).toEqual(['missing-cors', 'unquoted-literal']);
  expect(running('strict')).toEqual(['missing-cors', 'unquoted-literal', 'wildcard-origin']);
});

it('leaves out what is turned off, and takes in what is named', () => {
  expect(running('recommended', { 'missing-cors': 'off', 'wildcard-origin': 'note' })).toEqual([
    'unquoted-literal',
    'wildcard-origin note',
  ]);
  expect(running('strict', { 'wildcard-origin': 'off', 'unquoted-literal': ['off', {}] })).toEqual(['missing-cors']);
});

it('gives options over the defaults', () => {
  const options = (overrides?: Parameters<typeof activate>[2]): unknown => activate([missingCors], 'recommended', overrides)[0]?.options;
  expect(options()).toEqual({ ignore: ['**/*webhook*/**', '**/*callback*/**', '**/hook*/**', '**/oauth/**'] });
  expect(options({ 'missing-cors': ['warning', { ignore: ['/internal/**'] }] })).toEqual({ ignore: ['/internal/**'] });
});
