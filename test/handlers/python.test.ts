import { describe, expect, it } from 'vitest';
import { parsePython } from '../../src/handlers/python/parse.ts';

/** The lowered code without its locations, the source text of opaque parts left out. */
function lowered(text: string): unknown {
  const program = parsePython({ path: 'app.py', text });
  if ('problem' in program) return program.problem;
  return JSON.parse(JSON.stringify(program.body, (key, value: unknown) => (key === 'at' ? undefined : value)));
}

const name = (one: string) => ({ kind: 'name', name: one });
const text = (value: string | number | boolean | null) => ({ kind: 'literal', value });
const put = (to: string, value: unknown, declares = true) => ({ kind: 'assign', to: name(to), value, declares });
/** What `x = …` puts in x. */
const valueOf = (code: string) => (lowered(`x = ${code}\n`) as readonly { readonly value: unknown }[])[0]?.value;
const functionBody = (code: string) =>
  (lowered(`def f():\n${code.replaceAll(/^/gm, '    ')}\n`) as readonly { readonly value: { readonly body: unknown } }[])[0]?.value.body;

describe('Python, lowered', () => {
  it.each([
    [String.raw`'a\'b\n\x41\u00e9\101'`, "a'b\nAéA"],
    [String.raw`r'\d'`, String.raw`\d`],
    ['"""two\nlines"""', 'two\nlines'],
    ["'a\\\nb'", 'ab'],
    [String.raw`'\q'`, String.raw`\q`],
  ])('reads the text %s', (written, value) => expect(valueOf(written)).toEqual(text(value)));

  it('keeps the pieces of f-strings, doubled braces and joined texts', () => {
    expect(valueOf(`f"{{https://{host}" '.com'`)).toEqual({
      kind: 'text',
      parts: [{ kind: 'text', parts: [text('{https://'), name('host')] }, text('.com')],
    });
    expect(valueOf('f"{host!r}"')).toMatchObject({ parts: [{ kind: 'opaque' }] });
  });

  it('makes bytes, steps of slices, chained comparisons and numbers of another text opaque', () => {
    for (const code of ["b'x'", 'a[1:2:3]', '1 < a < 2', '1.0', String.raw`'\N{BULLET}'`])
      expect(valueOf(code), code).toMatchObject({ kind: 'opaque' });
  });

  it('reads dicts, their spreads and merges', () => {
    expect(valueOf("{'a': 1, **b} | c")).toEqual({
      kind: 'binary',
      op: 'merge',
      left: { kind: 'object', entries: [{ key: text('a'), value: text(1) }, { spread: name('b') }] },
      right: name('c'),
    });
  });

  it('tells attributes from keys', () => {
    expect(valueOf('a.b')).toEqual({ kind: 'member', of: name('a'), name: text('b'), optional: false, attribute: true });
    expect(valueOf("a['b']")).toEqual({ kind: 'member', of: name('a'), name: text('b'), optional: false });
  });

  it('passes arguments by place, by name and spread', () => {
    expect(valueOf('f(a, *b, c=1, **d)')).toMatchObject({
      args: [
        { value: name('a'), spreads: false },
        { value: name('b'), spreads: true },
      ],
      named: [{ name: 'c', value: text(1) }, { value: name('d') }],
    });
  });

  it('reads parameters, with their types and without', () => {
    const [f] = lowered('async def f(a: int, b=1, *c, d: str = "x", **e) -> None:\n    pass\n') as [{ value: { params: unknown } }];
    expect(f.value).toMatchObject({
      name: 'f',
      async: true,
      params: [
        { to: name('a') },
        { to: name('b'), otherwise: text(1) },
        { to: name('c'), rest: 'items' },
        { to: name('d'), otherwise: text('x') },
        { to: name('e'), rest: 'named' },
      ],
    });
  });

  it('makes a chain of ifs of elif', () =>
    expect(lowered('if a:\n  x = 1\nelif b:\n  x = 2\nelse:\n  x = 3\n')).toEqual([
      {
        kind: 'if',
        test: name('a'),
        then: [put('x', text(1))],
        otherwise: [{ kind: 'if', test: name('b'), then: [put('x', text(2))], otherwise: [put('x', text(3))] }],
      },
    ]));

  it('declares what a function sets, unless it is said to be another’s', () => {
    expect(functionBody('x = 1')).toEqual([put('x', text(1))]);
    expect(functionBody('global x\nx = 1')).toEqual([put('x', text(1), false)]);
    expect(functionBody('global x\nx, y = a')).toMatchObject([{ kind: 'opaque', changes: ['x', 'y'] }]);
  });

  it('works out the value of a chained assignment once', () =>
    expect(lowered('a = b = f()\n')).toMatchObject([
      { to: { name: '<1>' }, value: { kind: 'call' } },
      put('a', name('<1>')),
      put('b', name('<1>')),
    ]));

  it('changes a dict where it is with |=', () =>
    expect(lowered('a |= b\n')).toMatchObject([
      { to: name('a'), value: { kind: 'call', callee: { of: name('a'), name: text('__ior__') }, args: [{ value: name('b') }] } },
    ]));

  it('reads try with all its parts', () =>
    expect(lowered('try:\n  a()\nexcept (K, V) as e:\n  b()\nexcept:\n  c()\nelse:\n  d()\nfinally:\n  e()\n')).toMatchObject([
      {
        kind: 'try',
        body: [{ value: { callee: name('a') } }],
        catches: [{ binds: name('e'), types: [name('K'), name('V')], body: [{ value: { callee: name('b') } }] }, { types: [] }],
        otherwise: [{ value: { callee: name('d') } }],
        finally: [{ value: { callee: name('e') } }],
      },
    ]));

  it('enters what with opens, runs the body, and leaves it; what it swallows is asked of it', () => {
    const asks = (what: string) => ({ kind: 'call', callee: name(what), args: [{ value: name('<1>'), spreads: false }] });
    expect(lowered('with open(p) as f:\n  x = 1\n')).toMatchObject([
      { to: name('<1>'), value: { kind: 'call', callee: name('open') } },
      {
        kind: 'try',
        body: [{ to: name('f'), value: asks('<enter>') }, put('x', text(1))],
        catches: [{ types: [asks('<swallows>')], body: [] }],
        when: asks('<swallows>'),
        finally: [{ kind: 'evaluate', value: asks('<exit>') }],
      },
    ]);
  });

  it('looks at a match’s subject once, and goes through its cases in order', () =>
    expect(lowered('match m:\n  case "GET" | "HEAD":\n    x = 1\n  case other:\n    x = 2\n')).toMatchObject([
      put('<1>', name('m')),
      {
        kind: 'if',
        test: { op: 'or', left: { op: 'equal', left: name('<1>'), right: text('GET') }, right: { right: text('HEAD') } },
        then: [put('x', text(1))],
        otherwise: [put('other', name('<1>')), { kind: 'if', test: text(true), then: [put('x', text(2))] }],
      },
    ]));

  it('fills what a comprehension makes in loops', () => {
    expect(valueOf('[o for o in a if o]')).toMatchObject({
      kind: 'call',
      callee: {
        kind: 'function',
        body: [
          put('<1>', { kind: 'list', items: [] }),
          { kind: 'loop', binds: name('o'), over: name('a'), body: [{ kind: 'if', test: name('o'), then: [{ kind: 'evaluate' }] }] },
          { kind: 'return', value: name('<1>') },
        ],
      },
    });
    expect(valueOf('any(o in b for o in a)')).toMatchObject({ callee: name('any'), args: [{ value: { kind: 'call' } }] });
  });

  it.each([
    ['import os', [{ from: 'os', names: [{ name: '*', local: 'os' }] }]],
    ['import a.b as c', [{ from: 'a.b', names: [{ name: '*', local: 'c' }] }]],
    [
      'import a.b',
      [
        { from: 'a', names: [{ name: '*', local: 'a' }] },
        { from: 'a.b', names: [] },
      ],
    ],
    [
      'from ..x.y import (a, b as c)',
      [
        {
          from: '..x.y',
          names: [
            { name: 'a', local: 'a' },
            { name: 'b', local: 'c' },
          ],
        },
      ],
    ],
    ['from . import a', [{ from: '.', names: [{ name: 'a', local: 'a' }] }]],
    ['from .x import *', [{ kind: 'reexport', from: '.x' }]],
  ])('reads %s', (code, expected) => expect(lowered(`${code}\n`)).toMatchObject(expected));

  it('reads decorators and classes', () =>
    expect(
      lowered('@app.get("/x")\n@wraps\ndef f(): pass\nclass A(B):\n  a: int\n  b = 1\n  @staticmethod\n  def g(): pass\n'),
    ).toMatchObject([
      { to: name('f'), value: { decorators: [{ kind: 'call', callee: { of: name('app'), name: text('get') } }, name('wraps')] } },
      {
        value: {
          extends: name('B'),
          members: [{ name: 'a' }],
          body: [put('b', text(1)), { to: name('g'), value: { decorators: [name('staticmethod')] } }],
        },
      },
    ]));

  it('takes a bare yield, and numbers that end in a dot', () =>
    expect(lowered('def f():\n  yield\nx = g(2.)\n')).toMatchObject([{ to: name('f'), value: { generator: true } }, { to: name('x') }]));

  it('says what is wrong with a file, and reads none of it', () => {
    expect(lowered('def f(:\n  return {\n')).toMatchObject({ kind: 'syntax' });
    expect(lowered(`x = ${'['.repeat(2000)}${']'.repeat(2000)}\n`)).toMatchObject({ kind: 'too-large' });
  });
});
