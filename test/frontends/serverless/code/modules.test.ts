import { describe, expect, it } from 'vitest';
import { plain, read, said, type Files } from './support.ts';

const from = (files: Files): unknown => plain(read(files).root);

describe('imports', () => {
  it('are by default, by name, of all, and handed on', () => {
    const files = {
      'serverless.ts': `import first, { second as two, 'third one' as three } from './a';
import * as all from './functions';
import { hello, bye, everything, deep } from './functions/index.ts';
export default { first, two, three, functions: { ...all }, hello, bye, everything, deep };`,
      'a.ts': "const second = 2; export { second, second as 'third one' }; export default { a: 1 };",
      'functions/index.ts':
        "export { default as hello } from './hello'; export * from './more'; export * as everything from './more.ts'; import bye from './bye'; export { bye };",
      'functions/hello.ts': "export default { handler: 'hello.main' };",
      'functions/bye.ts': "const bye = { handler: 'bye.main' }; export default bye;",
      'functions/more.ts': "export const deep = { handler: 'deep.main' }; export default { not: 'handed on' };",
    };
    const [hello, bye, deep] = ['hello', 'bye', 'deep'].map((name) => ({ handler: `${name}.main` }));
    const everything = { deep, default: { not: 'handed on' } };
    expect(from(files)).toEqual({
      first: { a: 1 },
      two: 2,
      three: 2,
      functions: { hello, bye, deep, everything },
      hello,
      bye,
      everything,
      deep,
    });
  });

  it('are required', () => {
    const files = {
      'serverless.js': `const { cors, more: { list: [first] } } = require('./shared');
module.exports = { cors, first, whole: require('./shared').more, made: require('./made').default, data: require('./data.json'), folder: require('./folder') };`,
      'shared.js': "exports.cors = true; exports.more = { list: ['x'] };",
      'made.mjs': 'export default 1;',
      'data.json': '{ "a": [1, "${self:b}"] }',
      'folder/index.cjs': 'module.exports = "f";',
    };
    expect(from(files)).toEqual({ cors: true, first: 'x', whole: { list: ['x'] }, made: 1, data: { a: [1, '${self:b}'] }, folder: 'f' });
  });

  it('cross between the two kinds of module', () => {
    const files = {
      'serverless.ts': `import plain from './plain.cjs'; import { named } from './plain.cjs'; import compiled from './compiled'; import * as all from './plain.cjs';
import data, { a } from './data.json'; import * as same from './data.json'; import old = require('./plain.cjs');
export default { plain, named, compiled, all, data, a, same, old };`,
      'plain.cjs': 'module.exports = { named: 1 };',
      'compiled.js': 'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = void 0; exports.default = { a: 1 };',
      'data.json': '{"a": 2}',
    };
    const named = { named: 1 };
    expect(from(files)).toEqual({
      plain: named,
      named: 1,
      compiled: { a: 1 },
      all: named,
      data: { a: 2 },
      a: 2,
      same: { a: 2 },
      old: named,
    });
  });

  it.each([
    ['./x', 'serverless.ts', 'x.ts', ['x.js']],
    ['./x', 'serverless.js', 'x.js', ['x.ts']],
    ['./x.js', 'serverless.ts', 'x.ts', ['x.js']],
    ['./x.mjs', 'serverless.mts', 'x.mts', []],
    ['./x.js', 'serverless.js', 'x.js', ['x.ts']],
    ['./x.js', 'serverless.js', 'x.ts', []],
    ['./x.config', 'serverless.ts', 'x.config.ts', []],
    ['./x', 'serverless.ts', 'x/index.ts', []],
    ['./x/', 'serverless.ts', 'x/index.ts', ['x.ts']],
    ['.', 'serverless.ts', 'index.ts', []],
    ['./x/../y', 'serverless.ts', 'y.cts', []],
    ['../lib/x', 'serverless.ts', '../lib/x.ts', []],
    ['./x', 'serverless.ts', 'x.json', []],
  ])('%s in %s is %s, before %s', (specifier, name, meant, others) => {
    const made = (file: string, x: string): string =>
      file.endsWith('.json') ? `{ "x": "${x}" }` : file.endsWith('.js') ? `exports.x = '${x}';` : `export const x = '${x}';`;
    const importing = name.endsWith('.js')
      ? `module.exports = { x: require('${specifier}').x };`
      : `import { x } from '${specifier}'; export default { x };`;
    const files = Object.fromEntries([meant, ...others].map((file) => [file, made(file, file)]));
    expect(from({ [name]: importing, ...files })).toEqual({ x: meant });
  });

  it('that cannot be followed say why', () => {
    const files = {
      'serverless.ts': `import a from 'lodash/merge'; import b from './nothing'; import { c } from './x'; import d from './x'; import e from '/etc/x'; import f from './folder'; import g from './broken'; import { h } from './outside';
export default { a, b, c, d, e, f, g, h, i: require(name()) };`,
      'x.ts': 'export const y = 1;',
      'folder/readme.md': '',
      'broken.ts': 'export default {',
    };
    expect(from(files)).toEqual({
      a: { '?': "it comes from the package 'lodash/merge', which is not read" },
      b: { '?': 'there is no file of code or JSON that "./nothing" could mean' },
      c: { '?': '"./x" exports no `c`' },
      d: { '?': '"./x" exports no `default`' },
      e: { '?': 'it comes from `/etc/x`, which is a path on one machine alone' },
      f: { '?': 'there is no file of code or JSON that "./folder" could mean' },
      g: { '?': '"broken.ts" cannot be read' },
      h: { '?': 'there is no file of code or JSON that "./outside" could mean' },
      i: { '?': 'the name of the file that it comes from is computed' },
    });
    expect(said(files)).toEqual(['broken.ts:1:17 «» syntax: something is missing here: a bracket is never closed, or a value never given']);
  });

  it('may hand on what cannot be seen', () => {
    const files = {
      'serverless.ts': "import * as all from './a'; import { x, y } from './a'; export default { functions: { ...all, z: 3 }, x, y };",
      'a.ts': "export * from 'functions-package'; export const x = 1;",
    };
    const unseen = { '?': "it comes from the package 'functions-package', which is not read" };
    expect(from(files)).toEqual({ functions: { ...unseen, known: { x: 1, z: 3 } }, x: 1, y: unseen });
  });

  it('are not loaded for what is not asked', () => {
    const asked: string[] = [];
    read(
      {
        'serverless.ts': "import a from './a'; import { b } from './b'; import './c'; export default { a, c: f(b) };",
        'a.ts': 'export default 1;',
        'b.ts': '',
        'c.ts': '',
      },
      'serverless.ts',
      asked,
    );
    // What is imported for what it does may change what others import.
    expect(asked).toEqual(['serverless.ts', 'c.ts', 'a.ts']);
  });

  it('pass on what the loader refuses', () => {
    const files = { 'serverless.ts': "import a from '../../secret'; export default { a };" };
    expect(from(files)).toEqual({ a: { '?': 'there is no file of code or JSON that "../../secret" could mean' } });
    expect(from({ ...files, '../../secret.ts/x': '' })).toEqual({ a: { '?': '../../secret.ts is a folder' } });
  });

  it('that go round in a circle are followed as far as they mean anything', () => {
    expect(
      from({
        'serverless.ts': "import { b } from './b'; export const a = { x: 1 }; export default { b };",
        'b.ts': "import { a } from './serverless'; export const b = { a };",
      }),
    ).toEqual({ b: { a: { x: 1 } } });
    expect(
      from({
        'serverless.ts': "import { b } from './b'; export default b;",
        'b.ts': "export { b } from './c';",
        'c.ts': "export { b } from './b';",
      }),
    ).toEqual({ '?': 'it leads back to itself' });
    expect(
      from({
        'serverless.ts': "export * from './b'; export * from './c'; export default { x: require('./b') };",
        'b.ts': "export * from './c'; export const b = 1;",
        'c.ts': "export * from './b'; export const c = 2;",
      }),
    ).toEqual({ x: { b: 1, c: 2 } });
    expect(
      from({
        'serverless.ts': "import { b } from './b'; export const a = { b }; export default a;",
        'b.ts': "import { a } from './serverless'; export const b = { a };",
      }),
    ).toEqual({ b: { a: { '?': 'it contains itself' } } });
    expect(
      from({
        'serverless.ts': "import { b } from './b'; export const a = { ...b }; export default a;",
        'b.ts': "import { a } from './serverless'; export const b = { ...a, c: 1 };",
      }),
    ).toEqual({ '?': 'it contains itself', known: { c: 1 } });
  });

  it('that export nothing of use say so', () => {
    expect(from({ 'serverless.js': 'app.listen(3000);' })).toEqual({ '?': 'it exports nothing' });
    expect(from({ 'serverless.ts': '' })).toEqual({ '?': 'it exports nothing' });
    expect(from({ 'serverless.ts': 'export const config = {};' })).toEqual({ '?': 'it has no default export' });
    expect(from({ 'serverless.js': 'module.exports = {};' })).toEqual({});
  });
});

describe('aliases of tsconfig.json', () => {
  const using = (specifier: string, files: Files): unknown =>
    (from({ 'serverless.ts': `import x from '${specifier}'; export default { x };`, ...files }) as { x: unknown }).x;
  const unread = (specifier: string): unknown => ({ '?': `it comes from the package '${specifier}', which is not read` });

  it.each([
    [
      'of a pattern',
      '@functions/hello',
      {
        'tsconfig.json': '{"compilerOptions": {"paths": {"@functions/*": ["src/functions/*"]}}}',
        'src/functions/hello.ts': 'export default 1;',
      },
    ],
    [
      'of one name',
      '@config',
      {
        'tsconfig.json': '{"compilerOptions": {"baseUrl": "src", "paths": {"@config": ["config"]}}}',
        'src/config/index.ts': 'export default 1;',
      },
    ],
    [
      'with the second target',
      '~/a',
      { 'tsconfig.json': '{"compilerOptions": {"paths": {"~/*": ["none/*", "./lib/*"]}}}', 'lib/a.ts': 'export default 1;' },
    ],
    [
      'with the longest match',
      '@a/b/c',
      {
        'tsconfig.json': '{"compilerOptions": {"paths": {"*": ["x/*"], "@a/*": ["y/*"], "@a/b/*": ["z/*"]}}}',
        'z/c.ts': 'export default 1;',
        'y/b/c.ts': 'export default 2;',
      },
    ],
    [
      'with an end',
      'a.config',
      { 'tsconfig.json': '{"compilerOptions": {"paths": {"*.config": ["config/*.ts"]}}}', 'config/a.ts': 'export default 1;' },
    ],
    ['of baseUrl alone', 'src/a', { 'tsconfig.json': '{"compilerOptions": {"baseUrl": "."}}', 'src/a.ts': 'export default 1;' }],
    [
      'with comments and trailing commas',
      '@a',
      {
        'tsconfig.json': '\uFEFF{ // about\n "compilerOptions": { /* paths */ "paths": { "@a": ["./a",], }, }, }',
        'a.ts': 'export default 1;',
      },
    ],
    [
      'extended',
      '@a/b',
      {
        'tsconfig.json': '{"extends": "./tsconfig.paths.json"}',
        'tsconfig.paths.json': '{"compilerOptions": {"baseUrl": ".", "paths": {"@a/*": ["src/*"]}}}',
        'src/b.ts': 'export default 1;',
      },
    ],
    [
      'extended from elsewhere',
      '@a/b',
      {
        'tsconfig.json': '{"extends": ["@tsconfig/node20", "../base/tsconfig"], "compilerOptions": {}}',
        '../base/tsconfig.json': '{"compilerOptions": {"paths": {"@a/*": ["./src/*"]}}}',
        '../base/src/b.ts': 'export default 1;',
      },
    ],
    [
      'extended, for the one that extends',
      '@a',
      {
        'tsconfig.json': '{"extends": "../base/tsconfig.json"}',
        '../base/tsconfig.json': '{"compilerOptions": {"paths": {"@a": ["${configDir}/a"]}}}',
        'a.ts': 'export default 1;',
      },
    ],
    [
      'of a folder above',
      '@a',
      { '../../tsconfig.json': '{"compilerOptions": {"paths": {"@a": ["./a"]}}}', '../../a.ts': 'export default 1;' },
    ],
    [
      'from the file that is imported',
      './src/x',
      {
        'tsconfig.json': '{"compilerOptions": {"paths": {"@a": ["src/a"]}}}',
        'src/x.ts': "export { default } from '@a';",
        'src/a.ts': 'export default 1;',
      },
    ],
  ] as const)('%s', (_name, specifier, files) => expect(using(specifier, files)).toBe(1));

  it('that lead nowhere may be packages', () => {
    expect(using('@a/b', { 'tsconfig.json': '{"compilerOptions": {"paths": {"@a/*": ["src/*"]}}}' })).toEqual(unread('@a/b'));
    expect(
      using('@a/b', {
        'tsconfig.json': '{"compilerOptions": {"paths": {"@a/*": ["/src/*"], "b": 1, "c": [2]}}}',
        'src/b.ts': 'export default 1;',
      }),
    ).toEqual(unread('@a/b'));
  });

  it.each([
    ['{'],
    ['[1]'],
    ['null'],
    ['{"extends": "./tsconfig.json"}'],
    ['{"extends": "./a.json"}'],
    ['{"extends": {}, "compilerOptions": {"paths": [], "baseUrl": 1}}'],
    ['{"compilerOptions": {"paths": ((() => { throw 1; })())}}'],
  ])('are none in %s', (text) =>
    expect(using('@a', { 'tsconfig.json': text, 'a.json': '{"extends": "./tsconfig.json"}', 'a.ts': '' })).toEqual(unread('@a')),
  );
});
