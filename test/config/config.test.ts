import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Config } from '../../src/config/config.ts';
import { configure } from '../../src/config/configure.ts';
import { openFiles } from '../../src/config/files.ts';
import type { Io } from '../../src/config/io.ts';
import { memoryIo } from '../../src/config/memory-io.ts';
import { Misuse } from '../../src/config/misuse.ts';
import { parse } from '../../src/source/parse.ts';

const ROOT = path.resolve('/repo');
const at = (file: string): string => path.resolve(ROOT, file);
type Disk = Readonly<Record<string, string | Uint8Array>>;
const disk = (files: Disk): Io =>
  memoryIo({
    [at('.git/HEAD')]: 'ref',
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [at(file), text])),
  });

const configured = (files: Disk, linted = ['serverless.yml'], config?: string | false, io = disk(files)): ReturnType<typeof configure> =>
  configure(linted.map(at), { cwd: ROOT, io, files: openFiles(io, parse), rules, config });

const configOf = async (files: Disk, linted = 'serverless.yml', config?: string): Promise<Config | undefined> =>
  (await configured(files, [linted], config)).configOf(at(linted));

/** The sentences that a mistaken config is refused with. */
async function refused(files: Disk, linted?: string[], config?: string, io?: Io): Promise<readonly string[]> {
  try {
    await configured(files, linted, config, io);
  } catch (error) {
    if (error instanceof Misuse) return error.sentences;
    throw error;
  }
  return [];
}

const yml = (text: string): Disk => ({ 'cors-lint.config.yml': text });

describe('a config', () => {
  it('is the nearest one upwards in the repository', async () => {
    const files = {
      'cors-lint.config.yml': 'preset: strict',
      'a/cors-lint.config.json': '{"stages": ["prod"]}',
      'b/package.json': '{"name": "b", "cors-lint": {"stages": ["dev"]}}',
      'c/package.json': '{"name": "c", "bin": {"cors-lint": "x"}}',
      '../cors-lint.config.yml': 'nonsense: true',
    };
    expect(await configOf(files)).toMatchObject({ preset: 'strict', stages: [] });
    expect(await configOf(files, 'a/deep/serverless.yml')).toMatchObject({ preset: undefined, stages: ['prod'] });
    expect(await configOf(files, 'b/serverless.yml')).toMatchObject({ stages: ['dev'] });
    expect(await configOf(files, 'c/serverless.yml')).toMatchObject({ preset: 'strict' });
  });

  it('is the one that --config names, whatever its place, or none at all', async () => {
    const files = { 'other.yml': 'stages: [qa]', 'cors-lint.config.yml': 'preset: strict' };
    expect(await configOf(files, 'serverless.yml', 'other.yml')).toMatchObject({ stages: ['qa'], preset: undefined });
    expect((await configured(files, ['serverless.yml'], false)).configOf(at('serverless.yml'))).toBeUndefined();
    expect(await refused(files, ['serverless.yml'], 'nowhere.yml')).toEqual(['--config names nowhere.yml, and there is no such file']);
  });

  it('says what beside it is not read', async () => {
    const { notices } = await configured({ ...yml(''), 'cors-lint.config.json': '{}', 'package.json': '{"cors-lint": {}}' });
    expect(notices).toEqual([
      'cors-lint.config.yml is read, and the configuration in cors-lint.config.json, package.json beside it is not',
    ]);
  });

  it('holds all that may be said', async () => {
    const config = await configOf({
      'cors-lint.config.yml': `
        $schema: ./node_modules/cors-lint/dist/config-schema.json
        preset: recommended
        rules: {missing-cors: [warning, {ignore: [/health]}], null-origin: off}
        ignore: [vendor/, '*.old.yml']
        overrides: [{files: ['legacy/**'], rules: {missing-cors: note, null-origin: error}}]
        stages: [dev, prod]
        params: {domain: example.com, port: 0123, on: true}
        handlers: false
        clients: {origins: ['https://app.example.com', 'null'], headers: [Authorization], credentials: true}
        plugins: []
      `,
    });
    expect(config).toMatchObject({
      preset: 'recommended',
      stages: ['dev', 'prod'],
      params: { domain: 'example.com', port: '0123', on: 'true' },
      handlers: false,
      clients: { origins: ['https://app.example.com', 'null'], headers: ['Authorization'], credentials: true },
    });
    expect(['vendor/serverless.yml', 'a/b.old.yml', 'serverless.yml', '../vendor/x.yml'].map((file) => config?.ignores(at(file)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(config?.rulesFor(at('serverless.yml'))).toEqual({ 'missing-cors': ['warning', { ignore: ['/health'] }], 'null-origin': 'off' });
    // Who says nothing of the options leaves them.
    expect(config?.rulesFor(at('legacy/serverless.yml'))).toEqual({
      'missing-cors': ['note', { ignore: ['/health'] }],
      'null-origin': 'error',
    });
    expect(config?.rulesFor(at('serverless.yml'), at('legacy/cors.yml'))).toMatchObject({ 'null-origin': 'error' });
  });

  it('builds on others: the later wins, and each looks from its own folder', async () => {
    const config = await configOf({
      'cors-lint.config.yml': 'extends: [shared/a.yml, shared/b.json]\nparams: {c: own}\nrules: {null-origin: error}',
      'shared/a.yml': 'preset: strict\nstages: [dev]\nparams: {a: a, c: a}\nignore: [old/]\nrules: {null-origin: off, missing-cors: off}',
      'shared/b.json': '{"extends": "base.yml", "stages": ["prod"]}',
      'shared/base.yml': 'clients: {credentials: true}',
    });
    expect(config).toMatchObject({ preset: 'strict', stages: ['prod'], params: { a: 'a', c: 'own' }, clients: { credentials: true } });
    expect(config?.files.map((file) => path.relative(ROOT, file))).toEqual([
      'cors-lint.config.yml',
      path.join('shared', 'b.json'),
      path.join('shared', 'base.yml'),
      path.join('shared', 'a.yml'),
    ]);
    expect(config?.rulesFor(at('serverless.yml'))).toEqual({ 'null-origin': 'error', 'missing-cors': 'off' });
    expect([config?.ignores(at('shared/old/x.yml')), config?.ignores(at('old/x.yml'))]).toEqual([true, false]);
  });

  it('may be empty, or hold comments alone', async () => {
    for (const text of ['', '# nothing yet\n', '{}', 'rules: {}\n'])
      expect(await configOf(yml(text))).toMatchObject({ preset: undefined, stages: [] });
  });
});

describe('a mistaken config is refused with all that is wrong with it', () => {
  const CASES: readonly (readonly [string, string, readonly string[]])[] = [
    ['an unknown setting', 'stage: [a]', ['1:1: there is no setting `stage` (did you mean stages?)']],
    [
      'an unknown rule',
      'rules: {misssing-cors: off}',
      ['1:9: there is no rule "misssing-cors" (did you mean missing-cors?); `cors-lint rules` lists them all'],
    ],
    [
      'an unknown severity',
      'rules: {missing-cors: warn}',
      ['1:23: `rules.missing-cors` takes off, note, warning or error, not "warn" (did you mean warning?)'],
    ],
    [
      'an option of a wrong kind',
      'rules: {missing-cors: [error, {ignore: /x}]}',
      ['1:40: the option `ignore` of missing-cors takes a list of texts, not "/x"'],
    ],
    ['an unknown option', 'rules: {missing-cors: [error, {nope: 1}]}', ['1:32: the rule missing-cors has no option `nope`']],
    [
      'a number for a severity',
      'rules: {missing-cors: 2}',
      ['1:23: `rules.missing-cors` takes off, note, warning, error, or a list of one of these and options, not 2'],
    ],
    [
      'a boolean for a severity',
      'rules: {missing-cors: true}',
      ['1:23: `rules.missing-cors` takes off, note, warning, error, or a list of one of these and options, not true'],
    ],
    [
      'a list that is too long',
      'rules: {missing-cors: [error, {}, {}]}',
      ['1:23: `rules.missing-cors` takes off, note, warning, error, or a list of one of these and options, not a list of 3'],
    ],
    ['a list for the whole', '- rules', ['1:1: a config takes a map of settings, not a list']],
    ['a text for the whole', 'strict', ['1:1: a config takes a map of settings, not "strict"']],
    ['nothing behind a key', 'rules:\n', ['1:1: `rules` takes a map of rule ids and severities, not nothing']],
    ['a preset of another tool', 'preset: all', ['1:9: `preset` takes recommended or strict, not "all"']],
    ['a text for a list', 'ignore: vendor', ['1:9: `ignore` takes a list of patterns, not "vendor"']],
    ['an override without files', 'overrides: [{rules: {}}]', ['1:13: `overrides[0]` lacks `files`']],
    [
      'a pattern that leads out',
      "ignore: ['../x']",
      ['1:10: a pattern is relative to the folder of this file, and "../x" leads out of it'],
    ],
    ['handlers: true', 'handlers: true', ['1:11: `handlers` takes false or a map, not true']],
    [
      'an origin with a path',
      "clients: {origins: ['https://a.example/']}",
      ['1:21: `clients.origins[0]` takes an origin such as https://app.example.com, without a path, not "https://a.example/"'],
    ],
    ['plugins', 'plugins: [./mine.js]', ['1:1: this version of cors-lint does not load plugins: take `plugins` out']],
    ['a parameter that is a list', 'params: {a: [1]}', ['1:13: `params.a` takes a text, a number, true or false, not a list']],
    ['broken YAML', 'rules: {', [expect.stringMatching(/^1:\d+: /) as string]],
    ['a key that stands twice', 'preset: strict\npreset: strict', [expect.stringMatching(/^2:1: /) as string]],
    [
      'several at once, in the order of the file',
      'preset: loud\nrules: {nope: off}\nstages: prod',
      [
        '1:9: `preset` takes recommended or strict, not "loud"',
        '2:9: there is no rule "nope"; `cors-lint rules` lists them all',
        '3:9: `stages` takes a list of stages, not "prod"',
      ],
    ],
  ];

  it.each(CASES)('%s', async (_, text, said) =>
    expect(await refused(yml(text))).toEqual(
      said.map((one) =>
        typeof one === 'string' ? `cors-lint.config.yml:${one}` : (expect.stringMatching(/^cors-lint\.config\.yml:/) as string),
      ),
    ),
  );

  it('with the prototype of no object in the way', async () =>
    expect(await refused(yml('__proto__: {preset: strict}\nconstructor: 1\nrules: {toString: off}'))).toEqual([
      expect.stringContaining('there is no setting `__proto__`'),
      expect.stringContaining('there is no setting `constructor`'),
      expect.stringContaining('there is no rule "toString"'),
    ]));

  it('at most twenty are said', async () => {
    const many = Array.from({ length: 30 }, (_, i) => `  x${i}: off`).join('\n');
    const said = await refused(yml(`rules:\n${many}`));
    expect(said).toHaveLength(21);
    expect(said.at(-1)).toBe('and 10 more mistakes');
  });

  it('binary, UTF-16 and huge files', async () => {
    const cannot = 'cors-lint.config.yml cannot be read: ';
    expect(await refused({ 'cors-lint.config.yml': new Uint8Array([1, 0, 2]) })).toEqual([`${cannot}it is not a text file`]);
    expect(await refused({ 'cors-lint.config.yml': new Uint8Array([0xff, 0xfe, 0x61, 0]) })).toEqual([
      `${cannot}it is saved as UTF-16; save it as UTF-8`,
    ]);
    expect(await refused(yml('#'.repeat(20_000_000)))).toEqual([expect.stringContaining(cannot)]);
  });

  it('a folder, a pipe, a link that leads out', async () => {
    expect(await refused({ 'cors-lint.config.yml/x': '' })).toEqual(['cors-lint.config.yml cannot be read: it is a folder, not a file']);
    expect(await refused({ 'x/y': '' }, undefined, 'x')).toEqual(['x cannot be read: it is a folder, not a file']);
    const io = disk(yml('preset: strict'));
    const config = at('cors-lint.config.yml');
    const pipe: Io = { ...io, stat: (file) => (file === config ? 'other' : io.stat(file)) };
    expect(await refused({}, undefined, undefined, pipe)).toEqual(['cors-lint.config.yml cannot be read: it is not a regular file']);
    const link: Io = { ...io, realpath: (file) => (file === config ? '/etc/passwd' : io.realpath(file)) };
    expect(await refused({}, undefined, undefined, link)).toEqual([
      'cors-lint.config.yml is a link that leads out of this repository, and is not read',
    ]);
  });

  it('that may not be read', async () => {
    const io = disk(yml('preset: strict'));
    const closed: Io = {
      ...io,
      read: (file, most) => {
        if (file.endsWith('.yml')) throw Object.assign(new Error('no'), { code: 'EACCES' });
        return io.read(file, most);
      },
    };
    expect(await refused({}, undefined, undefined, closed)).toEqual(['cors-lint.config.yml cannot be read: permission denied']);
  });

  it('an alias bomb is refused in bounded time', async () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefghijklmnopqrstuvwxyz'
        .split('')
        .map((key, i) => `${key}: &${key} [*${'abcdefghijklmnopqrstuvwxyz'[i]}, *${'abcdefghijklmnopqrstuvwxyz'[i]}]`),
    ];
    expect((await refused(yml(bomb.join('\n')))).length).toBeGreaterThan(0);
  });
});

describe('what a config extends', () => {
  const EXTENDS: readonly (readonly [string, Disk, readonly string[]])[] = [
    [
      'lies outside',
      yml('extends: ../other.yml'),
      ['cors-lint.config.yml:1:10: `extends` names "../other.yml", which lies outside this repository and is not read'],
    ],
    [
      'is absolute',
      yml('extends: /etc/passwd'),
      ['cors-lint.config.yml:1:10: `extends` names "/etc/passwd", but takes paths relative to this file alone'],
    ],
    ['is not there', yml('extends: [nope.yml]'), ['cors-lint.config.yml:1:11: `extends` names "nope.yml", and there is no such file']],
    ['is a folder', { ...yml('extends: x.yml'), 'x.yml/y': '' }, ['cors-lint.config.yml:1:10: `extends` names "x.yml", which is a folder']],
    [
      'is code',
      { ...yml('extends: x.js'), 'x.js': '' },
      ['cors-lint.config.yml:1:10: `extends` names "x.js", but a config is a .yml, .yaml or .json file'],
    ],
    [
      'is itself',
      yml('extends: cors-lint.config.yml'),
      ['cors-lint.config.yml:1:10: `extends` leads in a circle: cors-lint.config.yml → cors-lint.config.yml'],
    ],
    [
      'leads in a circle',
      { ...yml('extends: a.yml'), 'a.yml': 'extends: b.yml', 'b.yml': 'extends: a.yml' },
      ['b.yml:1:10: `extends` leads in a circle: a.yml → b.yml → a.yml'],
    ],
    [
      'is mistaken itself',
      { ...yml('extends: a.yml\nx: 1'), 'a.yml': 'presets: strict' },
      [
        'a.yml:1:1: there is no setting `presets` (did you mean preset?)',
        expect.stringContaining('cors-lint.config.yml:2:1: there is no setting `x`') as string,
      ],
    ],
    [
      'is a number',
      yml('extends: 3'),
      ['cors-lint.config.yml:1:10: `extends` takes the path of another config file, or a list of such paths, not 3'],
    ],
  ];

  it.each(EXTENDS)('%s', async (_, files, said) => expect(await refused(files)).toEqual(said));

  it('may be shared by two, without a circle', async () =>
    expect(await refused({ ...yml('extends: [a.yml, b.yml]'), 'a.yml': 'extends: c.yml', 'b.yml': 'extends: c.yml', 'c.yml': '' })).toEqual(
      [],
    ));

  it('is said once where two configs extend it', async () =>
    expect(
      await refused(
        { 'a/cors-lint.config.yml': 'extends: ../c.yml', 'b/cors-lint.config.yml': 'extends: ../c.yml', 'c.yml': 'preset: x' },
        ['a/serverless.yml', 'b/serverless.yml'],
      ),
    ).toEqual(['c.yml:1:9: `preset` takes recommended or strict, not "x"']));
});
