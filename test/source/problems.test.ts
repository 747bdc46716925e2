import { describe, expect, it } from 'vitest';
import { plain, read, said } from './helpers.ts';

/** A broken text, what is said of it, and what of it can be read nevertheless. */
const TABS = 'tabs cannot indent in YAML, only spaces can';
const ALIAS = 'a value that starts with `*` must be quoted, or YAML takes it for an alias';
const COLON = 'a map needs `: ` after the key';
const TABLE: readonly (readonly [string, string, unknown])[] = [
  ['origin: *\nb: 1\n', `1:9 syntax «*» ${ALIAS}`, { origin: '*', b: 1 }],
  ['origins: [*, a]\n', `1:11 syntax «*» ${ALIAS}`, { origins: ['*', 'a'] }],
  ['a: &\n', '1:4 syntax «&» a value that starts with `&` must be quoted, or YAML takes it for an anchor', { a: null }],
  ['a: @x\n', '1:4 syntax «@x» a value that starts with `@` must be quoted', { a: '@x' }],
  ['a: `x`\n', '1:4 syntax «`x`» a value that starts with "`" must be quoted', { a: '`x`' }],
  ['a: %x\n', '1:4 syntax «%x» a value that starts with `%` must be quoted', { a: '%x' }],
  ['a: b: c\nd: 1\n', '1:4 syntax «b:» a value with `: ` in it must be quoted', { a: 'b:\u00A0c', d: 1 }],
  ['a: x\n  b: 1\n', '1:4 syntax «x» a key cannot have both a value and keys under it', { a: { b: 1 } }],
  ['cors\nother: 1\n', `1:1 syntax «cors» ${COLON}`, { other: 1 }],
  ['a: 1\nb\nc: 2\n', `2:1 syntax «b» ${COLON}`, { a: 1, c: 2 }],
  ['a: 1\nb:c\n', `2:1 syntax «b:c» ${COLON}`, { a: 1 }],
  ['a: 1\r\nb\r\nc: 2\r\n', `2:1 syntax «b» ${COLON}`, { a: 1, c: 2 }],
  ['a:\n-b\n', '2:1 syntax «-b» a list item needs a space after its `-`', { a: null }],
  ['a: 1\n- b\n', '2:1 syntax «-» a list item cannot stand among the keys of a map', { a: 1 }],
  ['a: - x\nb: 1\n', '1:4 syntax «-» a list must begin on the line after its key', { a: null, b: 1 }],
  ['a: !If - x\n', '1:8 syntax «-» a list must begin on the line after its key', { a: '' }],
  ['a:\n  - x\n - y\n', '3:2 syntax «-» the indentation of this list item matches no list above it', { a: ['x'] }],
  ['a:\n    b: 1\n  c: 2\n', '3:3 syntax «c:» the indentation of this key matches no map above it', { a: { b: 1 }, c: 2 }],
  [' a: 1\nb: 2\n', '2:1 syntax «b:» the indentation of this line matches nothing above it', { a: 1 }],
  ['- a\nb: 1\n', '2:1 syntax «b:» the indentation of this line matches nothing above it', ['a']],
  ['a:\n  b: "x\n  c: 1\nd: 2\n', '2:6 syntax «"» the `"` is never closed', { a: { b: 'x', c: 1 }, d: 2 }],
  ["a:\n  b: 'it''s\n  c: 1\nd: 2\n", "2:6 syntax «'» the `'` is never closed", { a: { b: "it''s", c: 1 }, d: 2 }],
  ["a: 'it's'\n", "1:8 syntax «s'» nothing can follow the closing `'`", { a: 'it' }],
  ['a: "x" y\n', '1:8 syntax «y» nothing can follow the closing `"`', { a: 'x' }],
  ['a: [x] y\n', '1:8 syntax «y» nothing can follow the closing `]`', { a: ['x'] }],
  ['a: *x y\n', '1:4 syntax «*x» the alias `*x` has no anchor `&x` before it|1:7 syntax «y» `y` is not expected here', { a: '*x' }],
  ['a: "\\d"\n', '1:5 syntax «\\d» `\\d` is no escape that YAML knows between double quotes', { a: '\\d' }],
  ['a: "\\uZZZZ"\n', '1:5 syntax «\\uZZZZ» `\\uZZZZ` is no escape that YAML knows between double quotes', { a: '\\uZZZZ' }],
  ['a: [1, 2\nb: 1\n', '1:4 syntax «[» the `[` is never closed', { a: [1, 2], b: 1 }],
  ['a: !Join ["", [a]\nb: 1\n', '1:10 syntax «[» the `[` is never closed', { a: ['', ['a']], b: 1 }],
  ['a: {x: [1, {y: 2}}\nb: 1\n', '1:8 syntax «[» the `[` is never closed', { a: { x: [1, { y: 2 }] }, b: 1 }],
  ['a: {b: {c: [d]}\n', '1:4 syntax «{» the `{` is never closed', { a: { b: { c: ['d'] } } }],
  ['a: {b: [c}\n', '1:8 syntax «[» the `[` is never closed', { a: { b: ['c'] } }],
  ['[1, 2', '1:1 syntax «[» the `[` is never closed', [1, 2]],
  ['a: {"x" 1}\n', '1:9 syntax «1» a `,` or `:` is missing before this', { a: { x: 1 } }],
  ['a: [{x: 1} {y: 1}]\n', '1:12 syntax «{» nothing can follow the closing `}`', { a: [{ '{x: 1}': 1 }] }],
  ['a: [x,,y]\n', '1:7 syntax «,» `,` is not expected here', { a: ['x', 'y'] }],
  ['a: ]\n', '1:4 syntax «]» there is no bracket that this `]` closes', { a: null }],
  ['a: |foo\n  x\n', '1:5 syntax «foo» nothing but a comment can follow `|` or `>` on its line', { a: 'x\n' }],
  ['a: | foo\n  x\n', '1:6 syntax «foo» nothing but a comment can follow `|` or `>` on its line', { a: 'x\n' }],
  ['a: [x,\n  , y]\n', '2:3 syntax «,» `,` is not expected here', { a: ['x', 'y'] }],
  ['a: |\n    \n  x\n', '3:3 syntax «x» the empty lines under `|` or `>` are indented more than its text', { a: '  \nx\n' }],
  ['a:\n  - - b\n   - c\n', '3:4 syntax «-» the indentation of this list item matches no list above it', { a: [['b'], ['c']] }],
  ['a: [\n  - b\n]\n', '2:3 syntax «- b» lists and maps between brackets need brackets too', { a: [['b']] }],
  ['&x - a\n', '1:1 syntax «&x» a list must begin on the line after its tag or anchor', [null]],
  ['a: !x"b"\n', '1:6 syntax «"» a tag or anchor needs a space after it', { a: 'b' }],
  ['&x ? a\n', '1:4 syntax «?» a tag or anchor must stand after the `-`, `?` or `:`', { a: null }],
  ['a:\n\tb: "x\n', `2:1 syntax «\t» ${TABS}`, { a: { b: 'x' } }],
  ['a: "x\n\ty\n', '1:4 syntax «"» the `"` is never closed', { a: 'x' }],
  ['a: >\nx\n', `2:1 syntax «x» ${COLON}`, { a: '' }],
  ['a: &x &y 1\n', '1:7 syntax «&y» a value can have only one anchor', { a: 1 }],
  ['a: !x !y 1\n', '1:7 syntax «!y» a value can have only one tag', { a: '1' }],
  ['x: &x 1\na: !Ref *x\n', '2:9 syntax «*x» an alias takes no tag or anchor of its own', { x: 1, a: 1 }],
  ['a: !foo!bar x\n', '1:4 syntax «!foo!bar» the tag `!foo!bar` is not understood', { a: 'x' }],
  ['a: !<x y\n', '1:4 syntax «!<x» the tag `!<x` is not understood', { a: 'y' }],
  ['%TAG x\n---\na: 1\n', '1:1 syntax «%TAG x» the directive `%TAG x` is not understood', { a: 1 }],
  ['%FOO\na: 1\n', '2:1 syntax «a:» the lines that begin with `%` need a line `---` after them', { a: 1 }],
  ['--- a: 1\n', '1:5 syntax «a:» a list or map must begin on the line after `---`', { a: 1 }],
  ['a: {# x\n b: 1 }\n', '1:5 syntax «# x» a comment needs a space before its `#`', { a: { b: 1 } }],
  ['a: x\n  b: 1\n  c: 2\nd: 3\n', '1:4 syntax «x» a key cannot have both a value and keys under it', { a: { b: 1, c: 2 }, d: 3 }],
  ['a: [x\n  b: 1\nc: 2\n', '1:5 syntax «x» a `,` or a closing bracket is missing after this', { a: [{ b: 1 }], c: 2 }],
  ['a: "x\nb: "y"\n', '1:4 syntax «"» the `"` is never closed', { a: 'x', b: 'y' }],
  // Tabs: whatever yaml calls it, and the file is read as it looks.
  ['a:\n\tb: 1\n', `2:1 syntax «\t» ${TABS}`, { a: { b: 1 } }],
  [
    'functions:\n\thello:\n\t\tevents:\n\t\t\t- http: GET\n',
    `2:1 syntax «\t» ${TABS}`,
    { functions: { hello: { events: [{ http: 'GET' }] } } },
  ],
  ['a:\n  - x\n\t- y\n', `3:1 syntax «\t» ${TABS}`, { a: ['x'] }],
  ['a:\n  - b: 1\n\t  c: 2\n', `3:1 syntax «\t» ${TABS}`, { a: [{ b: 1 }], c: 2 }],
  ['a: |\n\tx\n', `2:1 syntax «\t» ${TABS}`, { a: 'x\n' }],
  ['a: |\n  x\n\ty\n', `3:1 syntax «\t» ${TABS}`, { a: 'x\n\t\n' }],
  ['-\t- a\n', `1:2 syntax «\t» ${TABS}`, [['a']]],
];

describe('of a broken file the first error is said, and the rest is read', () => {
  it.each(TABLE)('%j', (text, problems, value) => {
    expect(said(text).join('|')).toBe(problems);
    expect(plain(read(text).root)).toEqual(value);
  });

  it('what is wrong before it is said too, what follows it is an echo', () =>
    expect(said('a: 1\na: 2\nb\nc: 1\nc: 2\nd: *nope\ne: [\n')).toEqual([
      '2:1 duplicate-key «a» the key `a` stands twice in this map',
      `3:1 syntax «b» ${COLON}`,
    ]));
});

describe('what is no error', () => {
  it.each([
    ['a: b\n\n\t\nc: d\n', { a: 'b', c: 'd' }],
    ['a:\tb \t# c\n', { a: 'b' }],
    ['a: "b"# c\n', { a: 'b' }],
    [`${'k'.repeat(1025)}: 1\n`, { ['k'.repeat(1025)]: 1 }],
    [`{ ${'k'.repeat(1025)}: 1 }`, { ['k'.repeat(1025)]: 1 }],
    ['a: http://x:80/y#z\n', { a: 'http://x:80/y#z' }],
    ['a: \'*\'\nb: "*.example.com"\n', { a: '*', b: '*.example.com' }],
    ['a: ${self:custom.x, "y"}\n', { a: '${self:custom.x, "y"}' }],
    ['a:\n- b\n- c\n', { a: ['b', 'c'] }],
  ])('%j', (text, value) => {
    expect(said(text)).toEqual([]);
    expect(plain(read(text).root)).toEqual(value);
  });
});

describe('what is no text', () => {
  it('is said to be none', () => {
    expect(said('a: 1\n\0\n')).toEqual(['2:1 syntax «\0» it is not a text file']);
    expect(read('a\0').root).toMatchObject({ kind: 'scalar', value: null, source: '' });
    expect(said('{"a": "\0"}', 'template.json')).toHaveLength(1);
  });
});
