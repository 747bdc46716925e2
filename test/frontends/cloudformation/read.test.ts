import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/frontends/cloudformation/read.ts';
import { parse } from '../../../src/source/parse.ts';
import { get } from '../../../src/value/tree.ts';
import { plain, textAt } from './support.ts';

const read = (text: string, path = 'template.yml') => readTemplate(parse({ path, text }).root);

describe('plain scalars by YAML 1.1, as PyYAML reads them', () => {
  // Each was read by PyYAML 6: yaml.safe_load(text).
  it.each([
    ['no', false],
    ['No', false],
    ['NO', false],
    ['off', false],
    ['yes', true],
    ['On', true],
    ['TRUE', true],
    ['n', 'n'],
    ['y', 'y'],
    ['nO', 'nO'],
    ['0600', 384],
    ['-012', -10],
    ['08', '08'],
    ['0o17', '0o17'],
    ['600', 600],
    ['1_000', 1000],
    ['0x1F', 31],
    ['0b101', 5],
    ['1:30', 90],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['1e3', '1e3'],
    ['~', null],
    ['null', null],
    ['2010-09-09', '2010-09-09'],
    ['012345678', '012345678'],
    ['1:90', '1:90'],
    ['+5', 5],
    ['1.5e+3', 1500],
    ["'no'", 'no'],
    ['"0600"', '0600'],
    ['!!str no', 'no'],
    ['!!str 0600', '0600'],
  ])('%s', (text, value) => expect(plain(get(read(`Key: ${text}`), 'Key'))).toEqual(value));

  it('reads JSON as it is', () =>
    expect(plain(read('{"a": 1e3, "b": "no", "c": true, "d": null}', 't.json'))).toEqual({ a: 1000, b: 'no', c: true, d: null }));

  it('keeps block scalars and folded ones as text', () =>
    expect(plain(read('A: |\n  no\nB: >-\n  0600\n'))).toEqual({ A: 'no\n', B: '0600' }));
});

describe('short tags', () => {
  it.each([
    ['!Ref Api', { Ref: 'Api' }],
    ['!Ref 3000', { Ref: '3000' }],
    ['!Condition IsProd', { Condition: 'IsProd' }],
    ['!GetAtt A.B.C', { 'Fn::GetAtt': ['A', 'B.C'] }],
    ['!GetAtt [A, B]', { 'Fn::GetAtt': ['A', 'B'] }],
    ["!Sub 'a-${B}'", { 'Fn::Sub': 'a-${B}' }],
    ["!Join ['', [!Ref A, no]]", { 'Fn::Join': ['', [{ Ref: 'A' }, false]] }],
    ['!If [C, !Ref A, !Sub B]', { 'Fn::If': ['C', { Ref: 'A' }, { 'Fn::Sub': 'B' }] }],
    ['!FindInMap [M, !Ref A, B]', { 'Fn::FindInMap': ['M', { Ref: 'A' }, 'B'] }],
    ["!Transform { Name: 'AWS::Include' }", { 'Fn::Transform': { Name: 'AWS::Include' } }],
    ["!GetAZs ''", { 'Fn::GetAZs': '' }],
  ])('%s', (text, value) => expect(plain(get(read(`Key: ${text}`), 'Key'))).toEqual(value));

  it('points at what stands behind the tag', () => expect(textAt(get(read('Key: !Ref Api\n'), 'Key').from.at)).toBe('Api'));
});

it('reads an anchor once, so that aliases of aliases cost nothing', () => {
  const lines = [
    'a0: &a0 [x, x, x, x, x, x, x, x, x]',
    ...Array.from({ length: 5 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 9 }, () => `*a${i}`).join(', ')}]`),
  ];
  const started = performance.now();
  const tree = get(read(lines.join('\n')), 'a3');
  expect(tree.kind === 'list' && tree.items[0] === tree.items[1]).toBe(true);
  expect(performance.now() - started).toBeLessThan(2000);
});
