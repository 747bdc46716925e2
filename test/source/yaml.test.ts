import { describe, expect, it } from 'vitest';
import { at, plain, read, said } from './helpers.ts';

const entry = (text: string) => at(read(text).root, 'a');
const sourceAt = (text: string, ...path: readonly (string | number)[]) => at(read(text).root, ...path).source;

describe('a value keeps how it is written', () => {
  it.each([
    ['a: !Ref Q\n', { kind: 'scalar', tag: '!Ref', source: 'Q', plain: true, value: 'Q' }],
    ["a: !Sub 'x${y}'\n", { kind: 'scalar', tag: '!Sub', source: "'x${y}'", plain: false, value: 'x${y}' }],
    ['a: !GetAtt A.B\n', { kind: 'scalar', tag: '!GetAtt', value: 'A.B' }],
    ['a: !Ref 1\n', { kind: 'scalar', tag: '!Ref', value: '1' }],
    ['a: !If [X, 1]\n', { kind: 'list', tag: '!If', source: '[X, 1]', plain: false }],
    ['a: !If\n  - X\n', { kind: 'list', tag: '!If', source: '- X', plain: true }],
    ['a: !Transform { Name: N }\n', { kind: 'map', tag: '!Transform', source: '{ Name: N }', plain: false }],
    ['a: !Transform\n  Name: N\n', { kind: 'map', tag: '!Transform', source: 'Name: N', plain: true }],
    ['a: !!str 123\n', { kind: 'scalar', tag: '!!str', source: '123', plain: true, value: '123' }],
    ['a: !!int "7"\n', { kind: 'scalar', tag: '!!int', value: 7 }],
    ['a: !!binary aGk=\n', { kind: 'scalar', tag: '!!binary', value: 'aGk=' }],
    ['a: !!timestamp 2012-10-17\n', { kind: 'scalar', value: '2012-10-17' }],
    ['a: !!set { x }\n', { kind: 'map', tag: '!!set' }],
    ['a: !!omap [ x: 1 ]\n', { kind: 'list', tag: '!!omap' }],
    ["a: 'no'\n", { kind: 'scalar', source: "'no'", plain: false, value: 'no' }],
    ['a: no\n', { kind: 'scalar', source: 'no', plain: true, value: 'no' }],
    ['a: |\n  no\n', { kind: 'scalar', source: '|\n  no', plain: false, value: 'no\n' }],
    ['a: >-\n  b\n  c\n\n', { kind: 'scalar', source: '>-\n  b\n  c', plain: false, value: 'b c' }],
    ['a:\n', { kind: 'scalar', source: '', plain: true, value: null }],
    ['a: b\n  c\n', { kind: 'scalar', source: 'b\n  c', plain: true, value: 'b c' }],
    ['a: 2012-10-17\n', { value: '2012-10-17' }],
    ['a: 017\n', { value: 17, source: '017' }],
    ['a: 0o17\n', { value: 15 }],
    ['a: 12345678901234567890\n', { value: 12345678901234567000, source: '12345678901234567890' }],
    ['a: 1e3\n', { value: 1000 }],
    ['a: .inf\n', { value: Infinity }],
    ['a: True\n', { value: true }],
    ['a: ~\n', { value: null, source: '~' }],
    ['a: <<\n', { value: '<<' }],
  ])('%j', (text, kept) => {
    expect(read(text).problems).toEqual([]);
    expect(entry(text)).toMatchObject(kept);
  });

  it('has no tag where none is written', () => expect(entry('a: 1\n')).not.toHaveProperty('tag'));

  it('keeps tags within tags', () => {
    const { root } = read('a: !Join\n  - "-"\n  - - !Ref X\n    - !If [C, !Sub "${Y}", { Ref: Z }]\n');
    expect([at(root, 'a'), at(root, 'a', 1, 0), at(root, 'a', 1, 1), at(root, 'a', 1, 1, 1)].map(({ tag }) => tag)).toEqual([
      '!Join',
      '!Ref',
      '!If',
      '!Sub',
    ]);
  });
});

describe('a value is where a person would point at it', () => {
  it.each([
    ['a block map ends with its last value', 'a:\n  b: 1 # c\n\n# d\ne: 2\n', ['a'], 'b: 1'],
    ['so does a block list', 'a:\n  - b\n  - c: 1\n    d: 2\n\ne: 2\n', ['a'], '- b\n  - c: 1\n    d: 2'],
    ['also where that is an alias', 'x: &x [1, 2]\na:\n  b: *x # c\nd: 1\n', ['a'], 'b: *x'],
    ['also where it is nothing', 'a:\n  b:\nc: 1\n', ['a'], 'b:'],
    ['the root', '# c\n\na: 1\nb: 2\n\n', [], 'a: 1\nb: 2'],
    ['anchors are not part of a value', 'a: &x !Ref B\n', ['a'], 'B'],
    ['a pair in a list has no brackets', 'a: [b: 1]\n', ['a', 0], 'b: 1'],
    ['a flow map in a list has', 'a: [{b: 1}]\n', ['a', 0], '{b: 1}'],
    ['a block scalar ends before its last line break', 'a: |+\n  b\n\n\nc: 1\n', ['a'], '|+\n  b'],
  ])('%s', (_, text, path, source) => expect(sourceAt(text, ...path)).toBe(source));

  it('a pair in a list is plain, for it has no brackets', () =>
    expect(at(read('a: [b: 1]\n').root, 'a', 0)).toMatchObject({ kind: 'map', plain: true }));

  it('has keys and indices as its path, and its key a place of its own', () => {
    const { root } = read('a:\n  - b: c\n');
    expect(at(root, 'a', 0, 'b').at).toMatchObject({ path: ['a', 0, 'b'], start: 10, end: 11 });
    const map = at(root, 'a', 0);
    expect(map.kind === 'map' && map.entries.get('b')?.key).toMatchObject({ path: ['a', 0, 'b'], start: 7, end: 8 });
  });

  it('counts a byte order mark and line breaks of two characters', () => {
    const text = '\uFEFFa: 1\r\nb:\r\n  - "c"\r\n  - |\r\n    d\r\ne: f\r\n';
    expect(plain(read(text).root)).toEqual({ a: 1, b: ['c', 'd\n'], e: 'f' });
    expect(sourceAt(text, 'b', 0)).toBe('"c"');
    expect(sourceAt(text, 'b', 1)).toBe('|\r\n    d');
    expect(sourceAt(text, 'e')).toBe('f');
  });
});

describe('keys', () => {
  it.each([
    ['200: a\n', '200'],
    ['012345678901: a\n', '012345678901'],
    ['1.0: a\n', '1.0'],
    ['null: a\n', 'null'],
    ['~: a\n', 'null'],
    ['true: a\n', 'true'],
    ['"x y": a\n', 'x y'],
    ['? [b, c]\n: a\n', '[b, c]'],
    ['{{ x }}: a\n', '{{ x }}'],
    ['!Sub x: a\n', 'x'],
    ['"<<": a\n', '<<'],
  ])('%j is a string', (text, key) => {
    expect(said(text)).toEqual([]);
    expect(plain(read(text).root)).toEqual({ [key]: 'a' });
  });

  it('stands twice: named at the second, and the last value stands, at its own place', () => {
    const text = 'a: 1\nb:\n  c: 1\na: 2\n';
    expect(said(text)).toEqual(['4:1 duplicate-key «a» the key `a` stands twice in this map']);
    expect(plain(read(text).root)).toEqual({ a: 2, b: { c: 1 } });
    expect(Object.keys(plain(read(text).root) as object)).toEqual(['b', 'a']);
  });

  it('stands three times, quoted or not', () =>
    expect(said('a: 1\n"a": 2\n\'a\': 3\n')).toEqual([
      '2:1 duplicate-key «"a"» the key `a` stands twice in this map',
      "3:1 duplicate-key «'a'» the key `a` stands twice in this map",
    ]));

  it('are told in the order of the file, and shortened', () =>
    expect(said(`a:\n  b: 1\na:\n  ${'k'.repeat(50)}: 1\n  ${'k'.repeat(50)}: 1\n`)).toEqual([
      '3:1 duplicate-key «a» the key `a` stands twice in this map',
      `5:3 duplicate-key «${'k'.repeat(50)}» the key \`${'k'.repeat(39)}…\` stands twice in this map`,
    ]));
});

describe('aliases', () => {
  it('are their anchor, place and all', () => {
    const { root, problems } = read('x: &x [1]\na: *x\nb: *x\n');
    expect(problems).toEqual([]);
    expect(at(root, 'a')).toBe(at(root, 'x'));
    expect(at(root, 'b').at.path).toEqual(['x']);
  });

  it('mean the latest anchor of the name before them', () =>
    expect(plain(read('a: &x 1\nb: *x\nc: &x 2\nd: *x\ne: &y [&y 3, *y]\nf: *y\n').root)).toEqual({
      a: 1,
      b: 1,
      c: 2,
      d: 2,
      e: [3, 3],
      f: 3,
    }));

  it('can be keys, and keys can have anchors', () =>
    expect(plain(read('&k key: v\nother: *k\nsub:\n  *k : w\n').root)).toEqual({ key: 'v', other: 'key', sub: { key: 'w' } }));

  it.each([
    ['a: &x { b: *x }\n', ['1:12 cyclic-alias «*x» the alias `*x` contains itself'], { a: { b: null } }],
    ['a: &x\n  - c: *x\n  - d\n', ['2:8 cyclic-alias «*x» the alias `*x` contains itself'], { a: [{ c: null }, 'd'] }],
    ['a: &x\n  <<: *x\n  b: 1\n', ['2:7 cyclic-alias «*x» the alias `*x` contains itself'], { a: { b: 1 } }],
    ['a: *defaults\n', ['1:4 syntax «*defaults» the alias `*defaults` has no anchor `&defaults` before it'], { a: '*defaults' }],
    ['a: *x\nb: &x 1\n', ['1:4 syntax «*x» the alias `*x` has no anchor `&x` before it'], { a: '*x', b: 1 }],
    [
      'a: *.example.com\n',
      ['1:4 syntax «*.example.com» a value that starts with `*` must be quoted, or YAML takes it for an alias'],
      { a: '*.example.com' },
    ],
    ['a: *\n', ['1:4 syntax «*» a value that starts with `*` must be quoted, or YAML takes it for an alias'], { a: '*' }],
  ])('%j', (text, problems, value) => {
    expect(said(text)).toEqual(problems);
    expect(plain(read(text).root)).toEqual(value);
  });
});

describe('merge keys', () => {
  const base = 'x: &x { a: 1, b: 2 }\ny: &y { b: 3, c: 4 }\n';
  it.each([
    ['own keys win, wherever they stand', 'z: { b: 0, <<: *x }', { b: 0, a: 1 }],
    ['also after it', 'z: { <<: *x, b: 0 }', { a: 1, b: 0 }],
    ['of several maps the earlier wins', 'z: { <<: [*x, *y] }', { a: 1, b: 2, c: 4 }],
    ['and in the other order the other', 'z: { <<: [*y, *x] }', { b: 3, c: 4, a: 1 }],
    ['of two merge keys too', 'z: { <<: *y, <<: *x }', { b: 3, c: 4, a: 1 }],
    ['a map of its own', 'z: { <<: { d: 5 }, e: 6 }', { d: 5, e: 6 }],
    ['what was merged into the merged', 'w: &w { <<: *x, f: 7 }\nz: { <<: *w }', { a: 1, b: 2, f: 7 }],
  ])('%s', (_, text, value) => {
    expect(said(base + text)).toEqual([]);
    const merged = plain(at(read(base + text).root, 'z'));
    expect(JSON.stringify(merged)).toBe(JSON.stringify(value));
  });

  it('keep the places of the anchor', () => {
    const { root } = read(`${base}z:\n  <<: *x\n`);
    const [x, z] = [at(root, 'x'), at(root, 'z')];
    expect(x.kind === 'map' && z.kind === 'map' && z.entries.get('a')).toBe(x.kind === 'map' && x.entries.get('a'));
    expect(z.at).toMatchObject({ path: ['z'] });
    expect(z.source).toBe('<<: *x');
  });

  it.each([
    ['a:\n  <<: 1\n', ['2:7 syntax «1» `<<` can only merge maps']],
    ['a:\n  <<: [1]\n', ['2:7 syntax «[1]» `<<` can only merge maps']],
    ['a:\n  <<:\n', ['2:6 syntax «» `<<` can only merge maps']],
    ['a:\n  <<: *nope\n', ['2:7 syntax «*nope» the alias `*nope` has no anchor `&nope` before it']],
  ])('%j', (text, problems) => expect(said(text)).toEqual(problems));

  it('is no duplicate of a merged key, but one of an own', () =>
    expect(said(`${base}z:\n  <<: *x\n  a: 2\n  a: 3\n`)).toEqual(['6:3 duplicate-key «a» the key `a` stands twice in this map']));
});

describe('documents', () => {
  it.each(['', '\n', ' \n', '\uFEFF', '# only a comment\n'])('%j is nothing', (text) => {
    const { root, problems } = read(text);
    expect(problems).toEqual([]);
    expect(root).toMatchObject({ kind: 'scalar', value: null, source: '', plain: true, at: { path: [], start: 0, end: 0 } });
  });

  it('of several the first is read', () => {
    expect(plain(read('---\na: 1\n---\na: 2\n...\n').root)).toEqual({ a: 1 });
    expect(said('a: 1\n---\na: 2\n')).toEqual([]);
  });

  it('an error in the others is one', () => expect(said('a: 1\n---\nb: [\n')).toEqual(['3:4 syntax «[» the `[` is never closed']));

  it('directives change nothing', () => expect(plain(read('%YAML 1.2\n---\na: no\n').root)).toEqual({ a: 'no' }));
});
