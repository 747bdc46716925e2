import { describe, expect, it } from 'vitest';
import type { Located } from '../../../../src/source/located.ts';
import { faults, plain, read, said, walk } from './support.ts';

const many = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i)).join('');

/** Values as one walks the tree; shared ones count at each use. */
const sizeOf = (root: Located): number => {
  let size = 0;
  for (const _ of walk(root)) size += 1;
  return size;
};

describe('files that are too much', () => {
  it.each([
    ['lists in lists', `export default ${'['.repeat(100_000)}`],
    ['lists in lists, closed', `export default ${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['brackets', `export default ${'('.repeat(100_000)}`],
    ['maps', `export default ${'{a:'.repeat(100_000)}`],
    ['templates', `export default ${'`${'.repeat(100_000)}`],
    ['generic calls, which the parser tries in two ways', `export default ${'<T>('.repeat(40)}1${')'.repeat(40)}`],
    ['generic calls without end', `export default ${'<T>('.repeat(100_000)}`],
    ['functions', `export default ${'(a=>'.repeat(100_000)}`],
    ['blocks', '{'.repeat(100_000)],
    ['types', `let x: ${'['.repeat(100_000)}`],
  ])('%s', (_name, text) => {
    const parsed = read({ 'serverless.ts': text });
    expect(parsed.problems.map(({ kind }) => kind)).toEqual(['too-large']);
    expect(faults(parsed)).toEqual([]);
  });

  it('a file of too many bytes, or too many tokens', () => {
    expect(said({ 'serverless.ts': `export default '${'a'.repeat(8 * 1024 * 1024)}';` })).toEqual([
      'serverless.ts:1:1 «» too-large: it is 8.0 MB large, and files above 8 MB are not read',
    ]);
    expect(said({ 'serverless.js': `module.exports = [${'0,'.repeat(600_000)}];` })).toEqual([
      'serverless.js:1:1 «» too-large: it holds too much code to be read',
    ]);
  });

  it('is told in one sentence where lists and maps are deeper than anything that deploys', () => {
    const parsed = read({ 'serverless.js': `module.exports = ${'['.repeat(150)}${']'.repeat(150)};` });
    expect(parsed.problems).toMatchObject([{ kind: 'too-large', text: 'its lists and maps are nested more than 100 deep' }]);
    expect(sizeOf(parsed.root)).toBe(102);
  });
});

describe('programs that are too much', () => {
  it('double by sharing', () => {
    const text = `const a0 = ['x'];\n${many(40, (i) => `const a${i + 1} = [a${i}, a${i}];\n`)}module.exports = { bomb: a40, fine: 1 };`;
    const { root, problems } = read({ 'serverless.js': text });
    expect(problems).toMatchObject([{ kind: 'too-large', text: 'it grows to more than 500,000 values' }]);
    expect(sizeOf(root)).toBeLessThanOrEqual(500_001);
  });

  it.each([
    ['spreads of lists', (i: number) => `const a${i + 1} = [...a${i}, ...a${i}];\n`, "['x']"],
    ['spreads of maps', (i: number) => `const a${i + 1} = { b: { ...a${i} }, c: { ...a${i} } };\n`, '{}'],
    ['text', (i: number) => `const a${i + 1} = a${i} + a${i};\n`, "'x'"],
    ['text with holes', (i: number) => `const a${i + 1} = \`\${a${i}}-\${a${i}}\`;\n`, 'process.env.X'],
  ])('double by %s', (_name, line, first) => {
    const parsed = read({ 'serverless.js': `const a0 = ${first};\n${many(60, line)}module.exports = { bomb: a60, fine: 1 };` });
    expect(faults(parsed)).toEqual([]);
    expect(sizeOf(parsed.root)).toBeLessThanOrEqual(500_001);
    if (parsed.root.kind === 'map')
      expect([1, { '?': expect.any(String) }]).toContainEqual(plain(parsed.root.entries.get('fine')?.value ?? parsed.root));
  });

  it.each([
    ['names of names', "const a0 = 'x';\n", (i: number) => `const a${i + 1} = a${i};\n`, 'a20000'],
    ['spreads of spreads', 'const a0 = {};\n', (i: number) => `const a${i + 1} = { ...a${i}, k${i}: 1 };\n`, 'a3000'],
    ['spread lists of spread lists', 'const a0 = [];\n', (i: number) => `const a${i + 1} = [...a${i}, 1];\n`, 'a3000'],
    ['members of members', 'const a0 = {};\n', (i: number) => `const a${i + 1} = a${i}.x;\n`, 'a20000'],
  ])('are long chains of %s', (_name, first, line, last) => {
    const text = first + many(Number(last.slice(1)), line);
    const parsed = read({ 'serverless.js': `${text}module.exports = { chain: ${last}, fine: 1 };` });
    expect(plain(parsed.root)).toMatchObject({ chain: { '?': expect.stringMatching(/nested too deeply/) }, fine: 1 });
    expect(faults(parsed)).toEqual([]);
  });

  it('are one long expression', () => {
    expect(
      plain(read({ 'serverless.js': `module.exports = { a: ${many(500, () => "'x' + ")}'y', b: x${'.y'.repeat(20_000)} };` }).root),
    ).toMatchObject({ a: `${'x'.repeat(500)}y`, b: { '?': expect.any(String) } });
  });

  it('change one thing again and again', () => {
    const text = `const a = { b: { c: [{}] } };\nconst d = process.env.X ? a : { a };\n${many(3000, (i) => `f(d); d.b.k${i} = a; a.b.c.push({ d, x: ${i} }); Object.assign(a, d);\n`)}module.exports = { a, d };`;
    const parsed = read({ 'serverless.js': text });
    expect(plain(parsed.root)).toMatchObject({ a: { '?': 'it is changed by `f(d)`' }, d: { '?': 'it depends on `process.env.X`' } });
  });

  it('import each other without end', () => {
    const files = Object.fromEntries(
      Array.from({ length: 1500 }, (_, i) => [
        `m${i}.ts`,
        `export { x } from './m${i + 1}'; export * from './m${(i * 7) % 1500}'; export * from './m${(i * 3) % 1500}';`,
      ]),
    );
    const parsed = read({
      'serverless.ts': "import { x, y } from './m0'; import * as all from './m0'; export default { x, y, all };",
      ...files,
    });
    expect(plain(parsed.root)).toMatchObject({ x: { '?': 'what it is made of is nested too deeply' }, y: { '?': expect.any(String) } });
    expect(faults(parsed)).toEqual([]);
  });

  it('import more than belongs to any configuration', () => {
    const text = `export default '${'x'.repeat(600_000)}';`;
    const files = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`${name}.ts`, text]));
    const parsed = read({
      'serverless.ts': `${['a', 'b', 'c', 'd', 'e'].map((name) => `import ${name} from './${name}';`).join('')} export default { a: a && 1, b: b && 1, c: c && 1, d: d && 1, e: e && 1 };`,
      ...files,
    });
    expect(plain(parsed.root)).toMatchObject({ a: 1, b: 1, c: 1, d: { '?': expect.any(String) }, e: { '?': expect.any(String) } });
  });

  it('refer to themselves', () => {
    expect(
      plain(
        read({ 'serverless.js': 'const a = { b: 1, a }; const c = [c]; const d = d; let e = `${e}`; module.exports = { a, c, d, e };' })
          .root,
      ),
    ).toEqual({
      a: { b: 1, a: { '?': '`a` is read before it is set' } },
      c: [{ '?': '`c` is read before it is set' }],
      d: { '?': '`d` is read before it is set' },
      e: { '?': '`e` is read before it is set', pieces: [null] },
    });
    expect(plain(read({ 'serverless.js': 'module.exports = { a: 1, all: module.exports, self: require("./serverless") };' }).root)).toEqual(
      { a: 1, all: { '?': 'it contains itself' }, self: { '?': 'it contains itself' } },
    );
    expect(plain(read({ 'serverless.js': 'module.exports = { a: 1, ...module.exports };' }).root)).toEqual({
      '?': 'it contains itself',
      known: { a: { '?': 'it contains itself' } },
    });
  });

  it('never run', () => {
    const text =
      'globalThis.ran = true; module.exports = { a: (() => { globalThis.ran = true; })(), get b() { globalThis.ran = true; return 1; }, [String((globalThis.ran = true))]: 1, c: new (class { constructor() { globalThis.ran = true; } })(), d: `${{ toString() { globalThis.ran = true; } }}` };';
    read({ 'serverless.js': text });
    expect('ran' in globalThis).toBe(false);
  });
});

describe('files that are broken', () => {
  it.each([
    ['export default { a: 1', 'serverless.ts:1:22 «» syntax: something is missing here: a bracket is never closed, or a value never given'],
    ['export default { a: 1 b: 2 };', 'serverless.ts:1:23 «b» syntax: `b` cannot stand here'],
    ["export default { a: 'x };", "serverless.ts:1:21 «'» syntax: the quote is never closed"],
    ['export default { a: `x };', 'serverless.ts:1:22 «x» syntax: the backtick is never closed'],
    ['/* about', 'serverless.ts:1:1 «/» syntax: the comment is never closed'],
    ['const a = 1;\nconst a = 2;', 'serverless.ts:2:7 «a» syntax: `a` is declared twice'],
    ['const a;', 'serverless.ts:1:8 «;» syntax: `;` cannot stand here'],
    ['export default { a = 1 };', 'serverless.ts:1:20 «=» syntax: a `:` is meant here, not a `=`'],
    ['export default { a: #b };', 'serverless.ts:1:21 «#» syntax: `#` cannot stand here'],
    ['service: shop\nprovider:\n  - name: aws: x\n', 'serverless.ts:3:9 «:» syntax: `:` cannot stand here'],
    ['a\0', 'serverless.ts:1:2 «» syntax: it is not a text file'],
    ['function f() { await x; }', 'serverless.ts:1:22 «x» syntax: `x` cannot stand here'],
  ])('%j', (text, expected) => {
    expect(said({ 'serverless.ts': text })).toEqual([expected]);
    expect(plain(read({ 'serverless.ts': text }).root)).toEqual({ '?': '"serverless.ts" cannot be read' });
  });

  it('are told of by the reading that came furthest', () => {
    // A script by its `with`; as a module it would end there.
    // What only the JavaScript parser minds is no problem, since TypeScript's reads it too.
    expect(said({ 'serverless.js': 'export const a = 1;\nexport { a };' })).toEqual([]);
    expect(said({ 'serverless.js': 'with (x) {}\nmodule.exports = { a: };' })).toEqual([
      'serverless.js:2:23 «}» syntax: `}` cannot stand here',
    ]);
    expect(plain(read({ 'serverless.js': 'with (x) {}\nif (x) return;\nmodule.exports = { a: 1 };' }).root)).toEqual({ a: 1 });
  });
});
