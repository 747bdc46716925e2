import { describe, expect, it } from 'vitest';
import { expression, faults, plain, read, run, valueOf } from './support.ts';

/** What is read of each is what Node makes of it, as JSON. */
const KNOWN: readonly string[] = [
  'module.exports = { text: \'a\', quoted: "b", number: 1.5, hex: 0x10, big: 1e3, yes: true, no: false, nothing: null };',
  "module.exports = { 'quoted key': 1, 2: 'two', ['com' + 'puted']: 3, [`t`]: 4, [5]: 5 };",
  "module.exports = { escaped: 'a\\n\\u0041\\x42', long: 'a\\\nb' };",
  'module.exports = { left: undefined, kept: [undefined, , null], void: void 0 };',
  'module.exports = { minus: -1, plus: +2, not: !true, notNot: !!"x", minusText: -"3" };',
  "module.exports = { joined: 'a' + 1 + true + null + undefined, sums: 1 + 2 + 'x' + 1 + 2, time: 60 * 60 * 24 - 1, left: 7 % 4, over: 2 ** 3 ** 2 };",
  'const a = "x", b = 3; module.exports = { text: `${a}-${b}-${true}-${null}`, plain: `no ${`nested ${a}`} hole` };',
  'module.exports = { same: 1 === 1, other: "a" !== "a", loose: null == undefined, strict: null === undefined, more: 2 > 1, equal: 2 <= 2, loosely: "a" == "b" };',
  "const stage = 'prod'; module.exports = { origin: stage === 'prod' ? 'https://a' : '*', list: stage ? [1] : [], not: !stage || 'none' };",
  'module.exports = { or: 0 || "b", and: 1 && "c", not: "" && "d", nullish: null ?? "e", zero: 0 ?? "f", deep: (null || undefined) ?? { a: 1 } };',
  'const shared = { a: 1, b: { c: [1, 2] } }; module.exports = { one: shared, two: shared.b, three: shared["b"].c[1], four: shared.b.c.length, five: shared.none };',
  'const base = { a: 1, b: 2 }; module.exports = { ...base, b: 3, ...{ c: 4 }, ...null, ...undefined, ...false, ...0, ...{} };',
  'const base = { a: 1 }; module.exports = { a: 0, ...base, inner: { ...base, a: undefined } };',
  'const list = [1, 2]; module.exports = [0, ...list, ...[...list, 3], ...[]];',
  'const a = 1; const b = { a }; const { a: c, d = 5, ...rest } = b; module.exports = { a, b, c, d };',
  'const [first, , third = 3, [inner]] = ["a", "b", undefined, ["c"]]; module.exports = { first, third, inner };',
  'const { a: { b: [deep] }, ["k" + 1]: key } = { a: { b: ["d"] }, k1: 1 }; module.exports = { deep, key };',
  'let never; let set = 1; var old = "v"; module.exports = { never, set, old };',
  'module.exports = { a: (1, 2), b: ((("x"))), c: ({})?.none?.at, d: null?.x };',
  'exports.service = "a"; exports.provider = { name: "aws" }; module.exports.custom = { x: 1 };',
  'exports.lost = 1; module.exports = { kept: 1 }; module.exports.more = 2;',
  'const config = module.exports = { a: 1 }; config.a;',
  'module.exports = exports = { a: 1 }; exports.b = 2;',
  '"use strict"; module.exports = { octal: 0o17, separated: 1_000 };',
  'if (false) { var hoisted = 1; } module.exports = { a: 1 };',
  'module.exports = { __proto__y: 1, constructor: 2, toString: "t" };',
  'module.exports = { variable: "${self:custom.x}", sub: "https://${AWS::Region}" };',
  'const functions = { a: { handler: "a.a" } }; const names = Object.keys(functions); module.exports = { functions };',
];

describe('what is known', () => {
  it.each(KNOWN)('%s', (code) => {
    const parsed = read({ 'serverless.js': code });
    expect(plain(parsed.root)).toEqual(run(code));
    expect(faults(parsed)).toEqual([]);
    expect(parsed.problems).toEqual([]);
  });
});

describe('TypeScript', () => {
  it.each([
    ["'*' as string", '*'],
    ['{ a: 1 } as const', { a: 1 }],
    ['{ a: 1 } satisfies Record<string, number>', { a: 1 }],
    ['<any>[1, 2]', [1, 2]],
    ["('a' as unknown as Origin)!", 'a'],
    ['f<string>', { '?': '`f` is not set at the top level of this file' }],
    ['({ a: 1 } as any).a', 1],
  ])('%s', (code, value) => expect(expression(code)).toEqual(value));

  it('reads enums', () => {
    const code =
      "export enum Stage { Dev = 'dev', 'Prod stage' = 'prod' }\nconst enum N { A, B, C = 5, D }\nexport default { s: Stage.Dev, t: Stage['Prod stage'], n: [N.A, N.B, N.D], all: Stage };";
    expect(valueOf(code)).toEqual({ s: 'dev', t: 'prod', n: [0, 1, 6], all: { Dev: 'dev', 'Prod stage': 'prod' } });
  });

  it('passes over types', () => {
    const code = `import type { AWS } from '@serverless/typescript';
import { type Handler } from 'aws-lambda';
interface Config { origin: string }
type Shape = { [K in keyof Config]?: Config[K] };
declare const secret: string;
function over(a: string): void;
function over(a: unknown): void {}
abstract class Base<T> { constructor(private readonly a: T) {} }
const config: Partial<Config> & AWS = { origin: '*' };
export default config;`;
    expect(valueOf(code)).toEqual({ origin: '*' });
  });

  it.each([
    ['export default', 'const c = { a: 1 }; export default c;'],
    ['export { c as default }', 'const c = { a: 1 }; export { c as default };'],
    ['export =', 'const c = { a: 1 }; export = c;'],
    ['module.exports', 'const c = { a: 1 }; module.exports = c;'],
    ['both', 'export const c = { a: 1 }; module.exports = c;'],
    ['exports.default', 'const c = { a: 1 }; Object.defineProperty(exports, "__esModule", { value: true }); exports.default = c;'],
    ['import x = require', 'import x = require("./x"); export default x;'],
  ])('%s', (_name, code) => expect(valueOf(code, 'serverless.ts', { 'x.ts': 'export = { a: 1 };' })).toEqual({ a: 1 }));

  it('is also read where JavaScript is expected', () =>
    expect(valueOf('const c: string = "a"; module.exports = { c };', 'serverless.js')).toEqual({ c: 'a' }));
});

describe('what is not known', () => {
  it.each([
    ['handlerPath(__dirname)', 'it is the result of calling handlerPath()'],
    ['path.join("a", "b")', 'it is the result of calling path.join()'],
    ['(() => 1)()', 'it is the result of calling a function'],
    ['new Date()', 'it is made by a class'],
    ['process.env.ORIGIN', 'it is the environment variable ORIGIN'],
    ['process.env["ORIGIN"]!', 'it is the environment variable ORIGIN'],
    ["process.env.ORIGIN || '*'", 'it is the environment variable ORIGIN'],
    ['process.argv[2]', 'it is told by the process that deploys'],
    ['await load()', 'it is the result of calling load()'],
    ['() => 1', 'it is a function'],
    ['class {}', 'it is a class'],
    ['/x/', 'it is a regular expression'],
    ['10n', 'it is a big integer'],
    ['1 / 0', 'it is Infinity'],
    ['String.raw`a`', 'it is made by a function from a template string'],
    ["import('./x')", 'it is imported while the code runs'],
    ['import.meta.url', 'it is told by the engine that runs the code'],
    ['__dirname', 'it is a path on the machine that deploys'],
    ['missing', '`missing` is not set at the top level of this file'],
    ["process.env.STAGE === 'prod' ? 1 : 2", "it depends on `process.env.STAGE === 'prod'`"],
    ['process.env.A && 1', 'it depends on `process.env.A`'],
    ['({}).toString', '`toString` is a method of every object'],
    ["'a'.length", '`length` of a string is computed'],
    ['null.x', 'it reads `x` of null'],
    ['a + [1]', 'a list or a map is made into text', "const a = 'x';"],
    ['a', 'the variable `a` is set more than once', "let a = 'x'; if (process.env.A) a = 'y';"],
    ['a', 'the variable `a` is set more than once', 'let a = 1; function f() { a++; }'],
    ['a', '`a` is read before it is set', '', 'const a = 1;'],
    ['a', 'it is a function', 'function a() {}'],
    ['a', 'it is a class', 'class a {}'],
    ['a', 'it is a namespace', 'namespace a { export const b = 1; }'],
    ['a', "it comes from the package 'aws-sdk', which is not read", "import a from 'aws-sdk';"],
    ['a.b.c', "it comes from the package 'node:path', which is not read", "import * as a from 'node:path';"],
    ['a', 'it is the environment variable A', "import { env } from 'node:process'; const { A: a } = env;"],
    ['a', 'it is the rest of what is taken apart', 'const { ...a } = { b: 1 };'],
  ])('%s: %s', (code, why, before = '', after = '') => {
    const value = valueOf(`${before}\nexport default ${code};\n${after}`);
    expect(value).toMatchObject({ '?': why });
  });

  it.each([
    ['`https://${process.env.S}.example.com`', ['https://', null, '.example.com']],
    ["'https://' + process.env.S + '.' + domain", ['https://', null, '.example.com']],
    ['`${`a${f()}`}${f()}${1}b`', ['a', null, '1b']],
    ['`${f()}` + 1', [null, '1']],
  ])('keeps the pieces of %s', (code, pieces) => {
    const why = code.includes('process') ? 'it is the environment variable S' : 'it is the result of calling f()';
    expect(expression(code, "const domain = 'example.com';")).toEqual({ '?': why, pieces });
  });

  it('knows of text with a hole that it is there', () =>
    expect(expression('[`a${f()}` || "b", `a${f()}` ? 1 : 2, `${f()}` ?? 3]')).toMatchObject([
      { pieces: ['a', null] },
      1,
      { pieces: [null] },
    ]));

  it('does not know a getter or a method', () =>
    expect(expression('{ get a() { return 1; }, b() {}, async c() {}, d: 1 }')).toEqual({
      a: { '?': 'it is worked out by a function' },
      b: { '?': 'it is a function' },
      c: { '?': 'it is a function' },
      d: 1,
    }));
});

describe('spreads of what is not known', () => {
  it('leave what is written after them, and make the rest uncertain', () =>
    expect(expression('{ a: 1, b: 2, ...base(), b: 3, c: 4 }')).toEqual({
      '?': 'it is the result of calling base()',
      known: { a: { '?': 'it is the result of calling base()' }, b: 3, c: 4 },
    }));
  it('are followed from one object into the next', () =>
    expect(expression('{ z: 0, ...half, y: 2 }', 'const half = { ...base(), x: 1 };')).toEqual({
      '?': 'it is the result of calling base()',
      known: { z: { '?': 'it is the result of calling base()' }, x: 1, y: 2 },
    }));
  it('never let a key be absent', () =>
    expect(expression('[half.x, half.none]', 'const half = { ...base(), x: 1 };')).toEqual([
      1,
      { '?': 'it is the result of calling base()' },
    ]));
  it('touch only the keys that they may bring', () =>
    expect(expression('{ a: 1, ...(process.env.P ? { b: 2 } : {}), ...(process.env.Q && { c: 3 }), d: 4 }')).toEqual({
      a: 1,
      b: { '?': 'it depends on `process.env.P`' },
      c: { '?': 'it depends on `process.env.Q`' },
      d: 4,
    }));
  it('make a list unknown as a whole', () =>
    expect(expression('{ list: [1, ...more()], other: [1] }')).toEqual({
      list: { '?': 'it is the result of calling more()' },
      other: [1],
    }));
  it('are like a key of an unknown name', () =>
    expect(expression('{ a: 1, [name()]: 2, b: 3 }')).toMatchObject({
      '?': 'a key beside it is computed (it is the result of calling name())',
      known: { b: 3 },
    }));
});
