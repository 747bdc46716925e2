import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAny } from '../../src/source/any-yaml.ts';
import { readEveryday } from '../../src/source/everyday/read.ts';
import { MAX_DEPTH, MAX_LEXEMES } from '../../src/source/limits.ts';
import { filesBelow, readText, shared } from '../support/shared.ts';

/** Whether it is read without the library. Fails where that gives another tree. */
function isEveryday(text: string, path = 'serverless.yml'): boolean {
  const file = { path, text };
  const quick = readEveryday(file);
  // Much faster than `toEqual`; that tells what is different.
  if (quick && !isDeepStrictEqual(quick, readAny(file))) expect(quick, JSON.stringify(text)).toEqual(readAny(file));
  return quick !== undefined;
}

const texts = (folder: string | undefined): readonly string[] =>
  folder === undefined ? [] : filesBelow(folder, (name) => /\.(ya?ml|template)$/.test(name)).map(readText);

const CORPUS = texts(shared('corpus'));
const FIXTURES = [...texts('fixtures'), ...texts('test')];

describe('what nearly everybody writes', () => {
  it.each([
    ['maps and lists', 'a:\n  b: 1\n  c:\n    - x\n    - y: 2\n      z:\n      - 3\n    -\n      - 4\n    - - 5\n      - 6\nd: 7\n'],
    ['a list', '- a\n- b: c\n  d: e\n'],
    ['lists as deep as their key', 'a:\n- b\n- c:\n  - d\ne: !Join\n- ""\n- - f\n'],
    ['nothing', 'a:\nb:   # why\nc: !Ref   \nd:\n  -\n  -   # why\n  - !Sub\n\n\ne:'],
    ['words and numbers', 'a: [~, null, Null, NULL, true, True, FALSE, nil, yes, No]'],
    ['numbers', 'a: [0, -1, +2, 0o17, 0x1F, 007, 1., .5, -1.5e3, 1E-2, 12345678901234567890, 1_000, 0b1, -0x1, 1.2.3, +, .]'],
    ['keys', '200: a\n\'quoted\': b\n"double \\" ": c\nTrue: d\n~: e\nAWS::Region: f\nspaced  : g\n-x: h\n?y: i\n:z: j\n0x10: k\n'],
    ['plain texts', 'a: b:c #d# "e" \'f\' [g] {h}, !i &j *k\nl: -m\nn: ?o\np: :q\nr: https://s#t\nu: v#w   # x\n'],
    ['quoted texts', 'a: ""\nb: \'it\'\'s\'\nc: "\\u00e9\\n\\t\\/\\\\\\"" # d\ne: \'# f: [g\'\nh: "\'"\n'],
    [
      'tags',
      'a: !Sub "b"\nc: !GetAtt D.Arn\ne: !If\n  - F\n  - !Ref G\n  - !Sub\n    - h\n    - i: !Fn::X 1\nj:\n  !Ref K\nl: !Foo\n  m: n\no: !Foo [!Ref P]\n',
    ],
    [
      'brackets',
      'a: []\nb: {}\nc: [ d , "e", [f], {g: h, "i":j, \'k\' : [l]}, ]\nm: {n: o, p : q, r: {s: t,},}\nu: [v:w, x#y, -z, :a, ?b]\n',
    ],
    ['brackets over lines', 'a: [\n  b, # c\n\n  d\n  # e\n]\nf:\n  { g: h,\n    i: j }\nk:\n  - [\n    l\n    ]\n'],
    ['literal texts', 'a: |\n  b\n    c\n\n  d: e # f\nf: |-\n\n    g\n   \n\nh:\n  - |\n   i\n  - j: |-  # k\n      l\n\nm: |\n  n'],
    ['folded texts', 'a: >\n  b\n  c\n\n  d\n\n\n  e\n\nf: >-\n\n\n  g  \n  h\n\n# i\nj: k\n'],
    ['comments', '# a\n\n  # b\n---  # c\n# d\ne: # f\n   # g\n  h: i # j\n # k\n#l\nm: n#o\n  # p\n# q'],
    [
      'comments that speak of us',
      '# cors-lint 1\na: [ # cors-lint 2\n  b ] # cors-lint 3\nc: | # cors-lint 4 \n  # cors-lint no\n#cors-lint 5',
    ],
    ['no line break at the end', 'a: b'],
    ['other scripts', 'é: ü\n日本: [😀, "\\ud83d\\ude00"]\n'],
    ['names of objects', '__proto__: 1\nconstructor: 2\n'],
  ])('is read without the library, and as it does: %s', (_, text) => {
    expect([text, text.replaceAll('\n', '\r\n'), text.trimEnd()].map((one) => isEveryday(one))).toEqual([true, true, true]);
  });

  it.each([
    '# nothing',
    'a',
    '"a"',
    '[a]',
    ' a: b',
    '--- a: b',
    'a: 1\n---\nb: 2',
    'a: 1\n...\n',
    '...\na: 1',
    '%YAML 1.2\n---\na: 1',
    '\uFEFFa: 1',
    'a: [b,\n# c\n  d]',
  ])('is one map or list that begins with its line: %j is left to the library', (text) => expect(isEveryday(text)).toBe(false));

  it.each([
    'a: &b c',
    'a: *b',
    '&a b: c',
    '<<: a',
    '? a',
    '? a\n: b',
    ': a',
    'a: 1\na: 2',
    '1: a\n"1": b',
    'a: b: c',
    'a: - b',
    'a: "b" c',
    'a: [b] c',
    'a: [b]: c',
    '[a]: b',
    '{a: b}: c',
    'a: !!str b',
    'a: !<b> c',
    'a: ! b',
    'a: !b%20 c',
    'a: !b !c d',
    '!a b: c',
    'a: !b c: d',
    '- !a b: c',
    'a: @b',
    'a: `b`',
    'a: %b',
    'a: ,b',
    'a: ]b',
    'a: "b\n  c"',
    "a: 'b\n  c'",
    'a: "b',
    'a: "\\x41"',
    'a: "\\q"',
    'a: "b"#c',
    'a: [b,#c\n  d]',
    'a: b\n  c',
    'a:\n  b\n  c',
    'a:\n# b\n  c',
    'a:\n  b: c\n d: e',
    'a: b\n  c: d',
    '- a\nb: c',
    'a:\tb',
    'a: b\tc',
    'a: b\u00A0c',
    'a: b\u2028c',
    'a: b\rc: d',
    'a: .inf',
    'a: -.INF',
    'a: .NaN',
    'a: |+\n  b\n\n',
    'a: |2\n   b\n',
    'a: |\n\n',
    'a: |\nb: c',
    'a: |\n     \n  b\n',
    'a: |\n  b\n     \n',
    'a: |\n   b\n  c\n',
    'a: >\n  b\n    c\n',
    'a: | b\n',
    'a: [b c\n  d]',
    'a: [b, , c]',
    'a: [,]',
    'a: [b: c]',
    'a: [b\n',
    'a: [b}',
    'a: [\nb]',
    'a:\n  b: [c,\n  d]',
    'a: {b, c}',
    'a: {b: }',
    'a: {b:c}',
    'a: {b: 1, b: 2}',
    'a: {? b: c}',
    'a: {[b]: c}',
    'a: [- b]',
    'a: [-]',
    'a: [|]',
    'a: [&b c]',
    'a: ["b\n  c"]',
  ])('is not what is rare or wrong: %j is left to the library', (text) => {
    expect(isEveryday(text)).toBe(false);
    expect(isEveryday(`key:\n  - ${text.replaceAll('\n', '\n    ')}\n`)).toBe(false);
  });

  it('is as deep and as long as anyone needs', () => {
    const nested = (depth: number) => `a: ${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}`;
    const key = (length: number) => `- ${'a'.repeat(length)}: b`;
    const indented = (depth: number) => Array.from({ length: depth }, (_, i) => `${'  '.repeat(i)}a:\n`).join('');
    expect([nested(MAX_DEPTH), indented(MAX_DEPTH), key(1000)].map((text) => isEveryday(text))).toEqual([true, true, true]);
    expect([nested(MAX_DEPTH + 1), indented(MAX_DEPTH + 1), key(1001)].map((text) => isEveryday(text))).toEqual([false, false, false]);
    expect(readEveryday({ path: 'x.yml', text: '- a\n'.repeat(MAX_LEXEMES / 8 + 1) })).toBeUndefined();
  });

  it('is what the fixtures are', () => {
    expect(FIXTURES.length).toBeGreaterThan(500);
    expect(FIXTURES.filter((text) => isEveryday(text)).length / FIXTURES.length).toBeGreaterThan(0.95);
  }, 120_000);

  it.skipIf(CORPUS.length === 0)(
    'is what the templates are that deploy',
    () => {
      expect(CORPUS.length).toBeGreaterThan(500);
      expect(CORPUS.filter((text) => isEveryday(text)).length / CORPUS.length).toBeGreaterThan(0.9);
      for (const text of texts(shared('oracles'))) isEveryday(text);
    },
    120_000,
  );
});

const BITS = [
  [
    '',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\n  ',
    '\n    ',
    '\r\n',
    '\r',
    '\t',
    '\0',
    '\x02',
    '\x1F',
    '\x85',
    '\u00A0',
    '\uFEFF',
    '\n---\n',
    '\n...\n',
  ],
  ['"', "'", '[', ']', '{', '}', ',', ':', ': ', ':\n', '-', '- ', '\n- ', '-\n', '?', '? ', '#', ' #', '\n# cors-lint\n', '\n    #\n'],
  ['&', '&a ', '*a', '!', '!Sub ', '!!str ', '!Ref\n', '|', '|\n', '>-\n', '|+\n', '|2\n', '%', '@', '`', '\\', '<<: ', '/', '.', '~'],
  ['a', '1', '0x1F', '-.5', '1e3', '.inf', 'null', 'é', '😀', "''", '""', '[a, b]', '{a: b}', '{"a":1}', '[\n  a\n]', 'a: b', '- a'],
].flat();

/** Some lines of a file, with a few bits of it replaced. */
const broken = (all: readonly string[]): fc.Arbitrary<string> =>
  fc
    .record({
      text: fc.constantFrom(...all),
      from: fc.nat(1000),
      length: fc.integer({ min: 3, max: 30 }),
      isOutdented: fc.boolean(),
      changes: fc.array(fc.record({ at: fc.nat(1000), length: fc.nat(3), bit: fc.constantFrom(...BITS) }), { maxLength: 4 }),
    })
    .map(({ text, from, length, isOutdented, changes }) => {
      const lines = text.split('\n');
      const first = from % lines.length;
      const some = lines.slice(first, first + length);
      const indent = isOutdented ? Math.min(...some.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))) : 0;
      const start = some.map((line) => line.slice(indent)).join('\n');
      return changes.reduce((now, { at, length: cut, bit }) => {
        const offset = at % (now.length + 1);
        return now.slice(0, offset) + bit + now.slice(offset + cut);
      }, start);
    });

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const runs = Number(process.env['RUNS'] ?? 5_000);

it(`a file that is broken anywhere is read as the library does, or left to it (seed ${seed})`, { timeout: 600_000 }, () => {
  let everyday = 0;
  fc.assert(
    fc.property(broken([...FIXTURES, ...CORPUS]), (text) => {
      if (isEveryday(text)) everyday += 1;
    }),
    { seed, numRuns: runs },
  );
  expect(everyday).toBeGreaterThan(runs / 20);
});
