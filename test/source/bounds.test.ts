import { describe, expect, it } from 'vitest';
import {
  MAX_DEPTH,
  MAX_LENGTH,
  MAX_LEXEMES,
  MAX_VALUES,
  TOO_DEEP,
  TOO_MANY,
  TOO_MANY_ALIASED,
  TOO_MANY_LEXEMES,
} from '../../src/source/limits.ts';
import { at, plain, read, walk } from './helpers.ts';

const LONG = 30_000;
const nested = (open: string, depth: number, close = '') => open.repeat(depth) + close.repeat(depth);
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Each anchor ten aliases of the one before. */
const bomb = (levels: number, wrap: (aliases: string) => string) =>
  [
    'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
    ...numbers(levels).map((i) => `a${i + 1}: &a${i + 1} ${wrap(Array(10).fill(`*a${i}`).join(', '))}`),
    '',
  ].join('\n');

describe('what is too much', () => {
  it('is said with the number that holds', () => {
    expect([TOO_MANY, TOO_MANY_ALIASED].every((text) => text.includes(MAX_VALUES.toLocaleString('en-US')))).toBe(true);
  });

  it.each([
    ['lists', nested('[', LONG)],
    ['lists that are closed', nested('[', LONG, ']')],
    ['maps', nested('{"a":', LONG, '}')],
    ['maps as keys', nested('{', LONG, '}')],
    ['list items on a line', nested('- ', LONG)],
    ['keys on a line', nested('? ', LONG)],
    [
      'lines',
      numbers(1000)
        .map((depth) => `${' '.repeat(depth)}a:\n`)
        .join(''),
    ],
    ['JSON', nested('[', LONG, ']'), 'x.json'],
  ])('is nesting: %s', (_, text, path = 'x.yml') => {
    const { problems } = read(text, path);
    expect(problems).toMatchObject([{ kind: 'too-large', text: TOO_DEEP }]);
  });

  it('is not nesting that is deep enough for anyone', () => {
    const yaml = read(nested('[', MAX_DEPTH, ']'));
    expect(yaml.problems).toEqual([]);
    expect([...walk(yaml.root)]).toHaveLength(MAX_DEPTH);
    expect(read(nested('[', MAX_DEPTH, ']'), 'x.json').problems).toEqual([]);
    expect(read(nested('[', MAX_DEPTH + 1, ']'), 'x.json').problems).toHaveLength(1);
    expect(read(nested('[', MAX_DEPTH + 1, ']')).problems).toHaveLength(1);
  });

  it('is a chain of aliases', () => {
    const { root, problems } = read(
      numbers(150)
        .map((i) => `a${i}: &a${i} [${i ? `*a${i - 1}` : ''}]\n`)
        .join(''),
    );
    expect(problems).toMatchObject([{ kind: 'too-large', text: TOO_DEEP }]);
    expect(plain(at(root, 'a3'))).toEqual([[[[]]]]);
  });

  it.each([
    ['lists', bomb(30, (aliases) => `[${aliases}]`)],
    [
      'merge keys',
      `${bomb(
        1,
        () =>
          `{${numbers(2000)
            .map((i) => `k${i}: 1`)
            .join(', ')}}`,
      )}${numbers(1000)
        .map((i) => `m${i}: { <<: *a1 }\n`)
        .join('')}`,
    ],
    [
      'keys without a value',
      `x: &x {${numbers(2000)
        .map((i) => `k${i}`)
        .join(', ')}}\n${numbers(1000)
        .map((i) => `m${i}: *x\n`)
        .join('')}`,
    ],
  ])('is a bomb of aliases: %s', (_, text) => {
    const { root, problems } = read(text);
    expect(problems).toMatchObject([
      { kind: 'too-large', text: TOO_MANY_ALIASED, at: { path: expect.arrayContaining([expect.any(String)]) } },
    ]);
    const values = [...walk(root)].length;
    expect(values).toBeLessThanOrEqual(MAX_VALUES);
    expect(values).toBeGreaterThan(1000);
  });

  it('is not many aliases of a small thing, which share it', () => {
    const { root, problems } = read(`a: &a { b: 1 }\nlist:\n${'  - *a\n'.repeat(LONG)}`);
    expect(problems).toEqual([]);
    expect(at(root, 'list', LONG - 1)).toBe(at(root, 'a'));
  });

  it('is a list of too many values, of which the first are read', () => {
    const { root, problems } = read(`[${'1,'.repeat(MAX_VALUES)}1]`, 'x.json');
    expect(problems).toMatchObject([{ kind: 'too-large', text: TOO_MANY }]);
    expect(at(root, 5)).toMatchObject({ value: 1, at: { start: 11 } });
  });

  it('is more YAML than can be read in a while', () => {
    expect(read('#\n'.repeat(MAX_LEXEMES / 2 + 1)).problems).toMatchObject([{ kind: 'too-large', text: TOO_MANY_LEXEMES }]);
  }, 60_000);

  it('is a file above 8 MB, whatever is in it', () => {
    const { root, problems } = read('a'.repeat(MAX_LENGTH + 2 ** 20));
    expect(problems).toMatchObject([
      { kind: 'too-large', text: 'it is 9.0 MB large, and files above 8 MB are not read', at: { path: [], start: 0, end: 0 } },
    ]);
    expect(root).toMatchObject({ kind: 'scalar', value: null });
  });

  it('is not one text of 8 MB', () => {
    const text = `a: |\n${'  x\n'.repeat(MAX_LENGTH / 4 - 2)}`;
    expect(read(text).problems).toEqual([]);
  }, 60_000);
});
