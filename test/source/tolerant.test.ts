import { Lexer } from 'yaml';
import { describe, expect, it } from 'vitest';
import { compose, type Lexing } from '../../src/source/compose.ts';
import { TolerantLexer } from '../../src/source/tolerant.ts';
import { plain, read, said } from './helpers.ts';

const errors = (text: string, lexer: Lexing) => {
  const composed = compose(text, lexer, true);
  return composed.kind === 'documents' ? composed.documents.flatMap((document) => document.errors) : [];
};

describe('what PyYAML and js-yaml accept though yaml does not', () => {
  it.each([
    ['a: [{\n  x: 1\n}]\nb: 2\n', { a: [{ x: 1 }], b: 2 }],
    ['k:\n  a: \'{\n "x": 1\n}\'\n  b: 2\n', { k: { a: '{ "x": 1 }', b: 2 } }],
    ['k:\n  sub: [\n    a\n  ]\n  o: {\n  x: 1\n  }\n', { k: { sub: ['a'], o: { x: 1 } } }],
    ['k:\n  - a: {\n  x: 1 }\n    b: "c\n d"\n', { k: [{ a: { x: 1 }, b: 'c d' }] }],
  ])('%j', (text, value) => {
    expect(said(text)).toEqual([]);
    expect(plain(read(text).root)).toEqual(value);
    // Were yaml to accept it itself, or its private names to change, this file could go or must.
    expect(errors(text, new TolerantLexer())).toEqual([]);
  });

  it('is needed for the first of them still', () => expect(errors('a: [{\n  x: 1\n}]\nb: 2\n', new Lexer())).not.toEqual([]));

  it('keeps places', () => {
    const text = 'a: [{\n  x: 1\n}]\nb: 2\n';
    const { root } = read(text);
    expect(root.kind === 'map' && root.entries.get('a')?.value).toMatchObject({ source: '[{\n  x: 1\n}]', plain: false });
  });

  it('does not hide what is an error to them as well', () => {
    expect(said('a: [{\n  x: 1\n}\nb: 2\n')).toEqual(['3:1 syntax «}» the `}` must be indented more than the key of its `{`']);
    expect(said("a: '{\n}\nb: 2\n")).toEqual(["1:4 syntax «'» the `'` is never closed"]);
  });
});
