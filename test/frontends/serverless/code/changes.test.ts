import { describe, expect, it } from 'vitest';
import { plain, read, valueOf } from './support.ts';

const CONFIG = "const shared = { origin: '*' };\nconst config = { a: { b: 1, c: [1], d: shared }, e: shared };\n";

/** What is left of `config`, and of what it shares, after a statement. */
const after = (statement: string, before = ''): unknown =>
  valueOf(`${CONFIG}${before}\n${statement}\nmodule.exports = { config, shared };`, 'serverless.js');

const untouched = { config: { a: { b: 1, c: [1], d: { origin: '*' } }, e: { origin: '*' } }, shared: { origin: '*' } };

const changed = (statement: string): { '?': string } => ({ '?': `it is changed by \`${statement}\`` });

describe('what a program changes later', () => {
  it.each([
    'console.log(config);',
    'const keys = Object.keys(config);',
    'config.a.c.map((one) => one + 1);',
    'const text = JSON.stringify(config.a);',
    'for (const key of Object.keys(config)) console.log(key);',
    'function f(config) { config.a = 1; }',
    '{ const config = {}; config.a = 1; }',
    'const f = ({ config }) => { config.a.b = 1; };',
    'try { g(); } catch (config) { config.a = 1; }',
  ])('is not: %s', (statement) => expect(after(statement)).toEqual(untouched));

  it('is one key', () =>
    expect(after('config.a.b = 2;')).toEqual({
      ...untouched,
      config: { ...untouched.config, a: { ...untouched.config.a, b: changed('config.a.b = 2') } },
    }));
  it('may be a new key', () =>
    expect(after('if (process.env.X) config.a["n"] = 2;')).toMatchObject({ config: { a: { b: 1, n: changed('config.a["n"] = 2') } } }));
  it('may be gone', () =>
    expect(after('delete config.a.b;')).toMatchObject({ config: { a: { b: changed('delete config.a.b') }, e: { origin: '*' } } }));
  it('is seen by every name', () =>
    expect(after('config.e.origin = 1;')).toMatchObject({
      config: { a: { b: 1, d: { origin: changed('config.e.origin = 1') } } },
      shared: { origin: changed('config.e.origin = 1') },
    }));
  it('may have any key', () =>
    expect(after('config.a[key()] = 2;')).toMatchObject({ config: { a: changed('config.a[key()] = 2'), e: { origin: '*' } } }));
  it('is a list', () => expect(after('config.a.c.push(2);')).toMatchObject({ config: { a: { b: 1, c: changed('config.a.c.push(2)') } } }));
  it('is the first argument of Object.assign', () =>
    expect(after('Object.assign(config.a, extra);')).toMatchObject({
      config: { a: changed('Object.assign(config.a, extra)') },
      shared: { origin: '*' },
    }));
  it('is what is handed to a function for nothing else', () =>
    expect(after('addCors(config.a);')).toMatchObject({
      config: { a: changed('addCors(config.a)'), e: changed('addCors(config.a)') },
      shared: changed('addCors(config.a)'),
    }));
  it('is what an awaited function is handed', () =>
    expect(valueOf('const c = { a: 1 };\nawait prepare(c);\nexport default { c };')).toEqual({ c: changed('prepare(c)') }));
  it('is changed in a loop', () =>
    expect(after('for (const one of Object.values(config)) { one.cors = true; }')).toMatchObject({ config: changed('one.cors = true') }));
  it('is changed in a callback', () =>
    expect(after('Object.entries(config.a).forEach(([, one]) => { one.cors = true; });')).toMatchObject({
      config: { a: changed('one.cors = true') },
      shared: changed('one.cors = true'),
    }));
  it('is changed by another name', () =>
    expect(after('(() => { const { d } = config.a; const other = d; other.origin = 1; })();')).toMatchObject({
      shared: changed('other.origin = 1'),
    }));
  it('is changed by a function that is written here', () =>
    expect(after('const result = withCors(config.a);', 'function withCors(one) { one.cors = true; return one; }')).toMatchObject({
      config: { a: changed('one.cors = true') },
    }));
  it('is taken apart into', () =>
    expect(after('({ x: config.a.b, y: [config.e] } = f());')).toMatchObject({
      config: { a: { b: changed('({ x: config.a.b, y: [config.e] } = f())'.slice(1, -1)) }, e: { '?': expect.any(String) } },
    }));
  it('is reached through what was put there', () =>
    expect(after('config.n = shared; config.n.origin = 2;')).toMatchObject({ shared: changed('config.n.origin = 2') }));
  it('is what a variable may stand for', () =>
    expect(after('pick.origin = 1;', 'const pick = process.env.X ? shared : {};')).toMatchObject({
      shared: { origin: changed('pick.origin = 1') },
    }));

  it('is what is exported', () => {
    expect(valueOf('module.exports = { a: 1 }; if (process.env.X) module.exports = { b: 1 };', 'serverless.js')).toEqual(
      changed('module.exports = { b: 1 }'),
    );
    expect(valueOf('module.exports = { a: 1, b: 2 }; if (process.env.X) module.exports.b = 3;', 'serverless.js')).toEqual({
      a: 1,
      b: changed('module.exports.b = 3'),
    });
    expect(valueOf('exports.a = 1; exports[name()] = 2;', 'serverless.js')).toEqual(changed('exports[name()] = 2'));
    expect(valueOf('exports.a = 1; (() => { const config = module.exports; config.b = 2; })();', 'serverless.js')).toEqual(
      changed('config.b = 2'),
    );
  });

  it('is changed from another file, also where that is read later', () => {
    const files = {
      'serverless.js': "const { cors } = require('./shared'); module.exports = { first: cors.origin, cors, last: require('./late') };",
      'shared.js': "exports.cors = { origin: '*', headers: [] };",
      'late.js': "const { cors } = require('./shared'); cors.origin = process.env.O; module.exports = 1;",
    };
    expect(plain(read(files).root)).toEqual({
      first: changed('cors.origin = process.env.O'),
      cors: { origin: changed('cors.origin = process.env.O'), headers: [] },
      last: 1,
    });
  });
});
