import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/source/json.ts';
import { at, plain, read, said } from './helpers.ts';

const json = (text: string) => read(text, 'template.json');

describe('a JSON value', () => {
  it.each([
    ['1', { kind: 'scalar', value: 1, source: '1', plain: true }],
    ['-1.5e3', { kind: 'scalar', value: -1500, source: '-1.5e3', plain: true }],
    ['true', { kind: 'scalar', value: true, plain: true }],
    ['null', { kind: 'scalar', value: null, plain: true }],
    ['"no"', { kind: 'scalar', value: 'no', source: '"no"', plain: false }],
    ['"\\u00e9\\n\\"\\\\\\/"', { kind: 'scalar', value: 'é\n"\\/', plain: false }],
    ['"\\ud83d\\ude00"', { kind: 'scalar', value: '😀' }],
    ['[1]', { kind: 'list', source: '[1]', plain: false }],
    ['{"Ref": "X"}', { kind: 'map', source: '{"Ref": "X"}', plain: false }],
    ['{}', { kind: 'map', plain: false }],
  ])('%s keeps how it is written', (source, kept) => {
    const { root, problems } = json(`{"a": ${source} }`);
    expect(problems).toEqual([]);
    expect(at(root, 'a')).toMatchObject({ ...kept, at: { path: ['a'], start: 6, end: 6 + source.length } });
    expect(at(root, 'a')).not.toHaveProperty('tag');
    expect(plain(at(root, 'a'))).toEqual(JSON.parse(source));
  });

  it('has keys with a place of their own', () => {
    const { root } = json('{ "a": [ { "b\\n" : 1 } ] }');
    const map = at(root, 'a', 0);
    expect(map.kind === 'map' && map.entries.get('b\n')?.key).toMatchObject({ path: ['a', 0, 'b\n'], start: 11, end: 16 });
  });

  it('may begin with a byte order mark', () => {
    const { root, problems } = json('\uFEFF{"a": 1}');
    expect(problems).toEqual([]);
    expect(at(root, 'a').at).toMatchObject({ start: 7, end: 8 });
  });

  it('knows no merge keys, tags or prototypes', () =>
    expect(plain(json('{"<<": {"a": 1}, "__proto__": 2, "constructor": 3}').root)).toEqual(
      JSON.parse('{"<<": {"a": 1}, "__proto__": 2, "constructor": 3}'),
    ));
});

describe('what is read as JSON', () => {
  const quoted = (text: string, path: string) => said(text, path).length;
  it('is what is called so, and what begins with a brace', () => {
    // YAML, which has merge keys, would find nothing to merge here.
    expect(quoted('{"<<": 1, "a": {"b": 1}}', 'template.json')).toBe(0);
    expect(plain(read('\n  { "a": 1.0 }', 'template.template').root)).toEqual({ a: 1 });
    expect(plain(read('[1]', 'x.JSON').root)).toEqual([1]);
  });

  it.each([
    ['template.json', '{"a": [1, 2,], # why\n "b": 2,}', { a: [1, 2], b: 2 }],
    ['template.json', "{'a': b}", { a: 'b' }],
    ['template.json', 'a: 1\n', { a: 1 }],
    ['template.yml', '{a: b, c: [d]}\n', { a: 'b', c: ['d'] }],
    ['template.yml', '{{ x }}: 1\n', { '{{ x }}': 1 }],
    ['empty.json', '', null],
    ['empty.json', ' \n', null],
  ])('%s: %j is YAML for all that', (path, text, value) => {
    // Whether that is a mistake, the dialect says: CloudFormation takes it.
    expect(said(text, path).filter((problem) => !problem.includes(' lax-json '))).toEqual([]);
    expect(plain(read(text, path).root)).toEqual(value);
  });
});

describe('what only a reader of YAML takes', () => {
  it('is told of a file that is called JSON', () =>
    expect(said('{"a": 1,}', 'serverless.json')).toEqual(['1:8 lax-json «,» nothing follows the `,`']));
  it('is right in YAML', () => expect(said('{"a": 1,}', 'serverless.yml')).toEqual([]));
});

describe('broken JSON', () => {
  it.each([
    ['{"a": 1, "a": 2, "b": 3}', ['1:10 duplicate-key «"a"» the key `a` stands twice in this map'], { a: 2, b: 3 }],
    ['{"a": 1 // x\n, "b": 2}', ['1:9 syntax «// x» JSON has no comments'], { a: 1, b: 2 }],
    ['/* x */ {"a": 1, /* y */ "b": 2}', ['1:1 syntax «/* x */» JSON has no comments'], { a: 1, b: 2 }],
    ['{"a": 1, "b" 2}', ['1:10 syntax «"b"» a `:` is missing after the key'], { a: 1 }],
    ['{"a": 1 "b": 2}', ['1:9 syntax «"» a `,` is missing before this'], { a: 1 }],
    ['{"a": [1 2, {"c": 3}]', ['1:10 syntax «2» a `,` is missing before this'], { a: [1] }],
    ['{"a": [1, 2}', ['1:12 syntax «}» the `[` is closed by a `}`'], { a: [1, 2] }],
    ['{"a": {"b": [1, 2', ['1:13 syntax «[» the `[` is never closed'], { a: { b: [1, 2] } }],
    ['{"a": {"b": 1', ['1:7 syntax «{» the `{` is never closed'], { a: { b: 1 } }],
    ['{"a": "x\n, "b": 1}', ['1:7 syntax «"x» the `"` is never closed'], { a: '' }],
    ['{"a": "x', ['1:7 syntax «"x» the `"` is never closed'], { a: '' }],
    ['{"a": "\\q"}', ['1:8 syntax «\\q» `\\q` is no escape that JSON knows'], { a: '' }],
    ['{"a": "\\\\\\u12"}', ['1:10 syntax «\\u12» `\\u12` is no escape that JSON knows'], { a: '' }],
    ['{"a": "x\ty", "b": ]}', ['1:9 syntax «\t» a tab or control character must be escaped between quotes'], { a: '' }],
    ['{"a": @, "b": 1}', ['1:7 syntax «@» `@` is no JSON value: text needs double quotes'], { a: null }],
    ['{"a": , "b": @}', ['1:7 syntax «,» a value is missing here'], { a: null }],
    ['{"a": [1, @, }', ['1:11 syntax «@» `@` is no JSON value: text needs double quotes'], { a: [1, null] }],
    ['{"a": 1,, "b": @}', ['1:9 syntax «,» a key must stand in double quotes'], { a: 1 }],
    ['{"a": 1} x', ['1:10 syntax «x» something follows the end of the value'], { a: 1 }],
    ['{"a": 1', ['1:1 syntax «{» the `{` is never closed'], { a: 1 }],
    ['{"a":', ['1:6 syntax «» a value is missing here'], { a: null }],
    ['{"a"', ['1:1 syntax «{» the `{` is never closed'], {}],
    ['{', ['1:1 syntax «{» the `{` is never closed'], {}],
  ])('%j', (text, problems, value) => {
    expect(said(text, 'template.json')).toEqual(problems);
    expect(plain(json(text).root)).toEqual(value);
  });

  it('is blamed on JSON where it looks like it, else on YAML', () => {
    expect(said('{"a": [1}', 'x.template')).toEqual(['1:9 syntax «}» the `[` is closed by a `}`']);
    expect(said('{a: [b}', 'x.template')).toEqual(['1:5 syntax «[» the `[` is never closed']);
  });

  it('says what stands twice before the error as well', () =>
    expect(said('{"a": {"b": 1, "b": 2}, "a": {"b": @', 'x.json')).toEqual([
      '1:16 duplicate-key «"b"» the key `b` stands twice in this map',
      '1:25 duplicate-key «"a"» the key `a` stands twice in this map',
      '1:36 syntax «@» `@` is no JSON value: text needs double quotes',
    ]));

  it('is read without YAML too', () =>
    expect(parseJson({ path: '', text: '{"a": 1,}' }).problems).toMatchObject([
      { at: { start: 7, end: 8 }, kind: 'syntax', text: 'nothing follows the `,`' },
    ]));
});
