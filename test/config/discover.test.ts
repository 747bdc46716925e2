import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discover } from '../../src/config/discover.ts';
import type { Io } from '../../src/config/io.ts';
import { memoryIo } from '../../src/config/memory-io.ts';
import { nodeIo } from '../../src/config/node-io.ts';

const CWD = path.resolve('/project');

async function found(argv: readonly string[], io: Io, cwd = CWD): Promise<string[]> {
  const { candidates } = await discover(argv, cwd, io);
  return candidates.map((one) => path.relative(cwd, one.path).replaceAll(path.sep, '/'));
}

/** What is found in a project of these files. */
function foundAmong(files: readonly string[] | Readonly<Record<string, string>>, ...argv: string[]): Promise<string[]> {
  const contents: [string, string][] = Array.isArray(files) ? files.map((file: string) => [file, '']) : Object.entries(files);
  const io = memoryIo(Object.fromEntries(contents.map(([file, text]) => [path.join(CWD, file), text])));
  return found(argv.length > 0 ? argv : ['.'], io);
}

describe('a folder', () => {
  it('holds what may be a template, in the order of the names, the framework’s own first', async () =>
    expect(
      await foundAmong(['z.yml', 'a.json', 'api.template', 'serverless.yml', 'b/serverless.json', 'README.md', 'index.js', 'UPPER.YAML']),
    ).toEqual(['serverless.yml', 'UPPER.YAML', 'a.json', 'api.template', 'b/serverless.json', 'z.yml']));

  it.each([
    [['serverless.json', 'serverless.yaml', 'serverless.yml'], 'serverless.yml'],
    [['serverless.json', 'serverless.yaml'], 'serverless.yaml'],
    [['serverless.yml/keep', 'serverless.yaml'], 'serverless.yaml'],
    [['serverless.yml/serverless.yml'], 'serverless.yml'],
  ])('of %j the framework takes %s, and so do we', async (files, taken) => expect(await foundAmong(files)).toEqual([taken]));

  it('holds nothing that others made', async () =>
    expect(
      await foundAmong([
        'node_modules/a/serverless.yml',
        '.serverless/t.json',
        '.aws-sam/build/template.yaml',
        '.git/a.yml',
        'cdk.out/a.template.json',
        'b/cdk.out/a.template.json',
        '.infra/a.yml',
        'a/node_modules/b.yml',
      ]),
    ).toEqual(['.infra/a.yml']));

  it('holds a cloud assembly that git does not ignore, without a cdk.json as well', async () => {
    const files = {
      'a/cdk.out/manifest.json': '{}',
      'a/cdk.out/S.template.json': '{}',
      'b/.gitignore': 'cdk.out',
      'b/cdk.out/manifest.json': '{}',
    };
    expect(await foundAmong(files)).toEqual(['a/cdk.out/manifest.json']);
  });

  it('is searched even where it is called like those', async () =>
    expect(await foundAmong(['.aws-sam/build/template.yaml'], '.aws-sam')).toEqual(['.aws-sam/build/template.yaml']));
});

describe('.gitignore', () => {
  it('is honoured, nested ones too, and a deeper one overrules', async () =>
    expect(
      await foundAmong({
        '.gitignore': '*.json\nbuild/\n/only-here.yml\n!kept.json\n',
        'a.json': '',
        'kept.json': '',
        'build/a.yml': '',
        'only-here.yml': '',
        'sub/.gitignore': '!a.json\nlocal.yml\n',
        'sub/a.json': '',
        'sub/b.json': '',
        'sub/local.yml': '',
        'sub/only-here.yml': '',
        'sub/deep/local.yml': '',
        'sub/deep/a.json': '',
      }),
    ).toEqual(['kept.json', 'sub/a.json', 'sub/deep/a.json', 'sub/only-here.yml']));

  it('counts from the repository’s root down, and no further up', async () => {
    const files = { '../.gitignore': '*', '.git/HEAD': '', '.gitignore': 'gen/*\n', 'a/gen/x.yml': '', 'gen/a/x.yml': '', 'gen/y.yml': '' };
    expect(await foundAmong(files, 'a')).toEqual(['a/gen/x.yml']);
  });

  it('does not hide what the user names, file or folder', async () => {
    const files = {
      '.git/HEAD': '',
      '.gitignore': 'out/\n*.json\n',
      'out/.gitignore': 'b.yml',
      'out/a.yml': '',
      'out/b.yml': '',
      'x.json': '',
    };
    expect(await foundAmong(files, 'out', 'x.json')).toEqual(['out/a.yml', 'x.json']);
  });
});

describe('arguments', () => {
  const io = memoryIo({ '/project/a/serverless.yml': '', '/project/x.txt': '' });

  it('name each file once, and a file that is named and found is named', async () => {
    const { candidates } = await discover(['a', 'a/serverless.yml', './a//serverless.yml', 'x.txt'], CWD, io);
    expect(candidates.map(({ named }) => named)).toEqual([true, true]);
  });

  it('that name nothing are told apart from those that are searched', async () =>
    expect(await discover(['nothing', 'a', 'b/*.yml'], CWD, io)).toMatchObject({ missing: ['nothing'], searched: ['a', 'b/*.yml'] }));
});

describe('on a disk', () => {
  let root: string;
  const put = (file: string, text = ''): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };

  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'cors-lint-'));
    put('outside.yml');
    for (const file of [
      '.git/HEAD',
      'services/a/serverless.yml',
      'services/b/serverless.yml',
      'services/b/other.txt',
      'services/größe/日本.yml',
    ])
      put(`repo/${file}`);
    for (const file of ['node_modules/m/serverless.yml', 'ignored/serverless.yml', '[a]/x.yml']) put(`repo/${file}`);
    put('repo/.gitignore', 'ignored/\n');
    symlinkSync('..', path.join(root, 'repo/services/loop'));
    symlinkSync('nowhere', path.join(root, 'repo/services/dangling.yml'));
    symlinkSync('serverless.yml', path.join(root, 'repo/services/a/linked.yml'));
    symlinkSync('../../../outside.yml', path.join(root, 'repo/services/a/leak.yml'));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const onDisk = (...argv: string[]): Promise<string[]> => found(argv, nodeIo, path.join(root, 'repo'));

  it('links to folders are not followed, nor links that leave the repository or lead nowhere', async () =>
    expect(await onDisk('.')).toEqual([
      '[a]/x.yml',
      'services/a/serverless.yml',
      'services/a/linked.yml',
      'services/b/serverless.yml',
      'services/größe/日本.yml',
    ]));

  it.each([
    ['services/*/serverless.yml', ['services/a/serverless.yml', 'services/b/serverless.yml']],
    ['services/{a,größe}/*.yml', ['services/a/serverless.yml', 'services/größe/日本.yml']],
    ['**/serverless.yml', ['services/a/serverless.yml', 'services/b/serverless.yml']],
    ['services/?', ['services/a/serverless.yml', 'services/a/linked.yml', 'services/b/serverless.yml']],
    ['services/b/*.txt', ['services/b/other.txt']],
    ['ignored/*.yml', ['ignored/serverless.yml']],
    ['node_modules/*/*.yml', []],
    ['[a]/x.yml', ['[a]/x.yml']],
  ])('the pattern %s', async (pattern, files) => expect(await onDisk(pattern)).toEqual(files));

  it('a folder that is named but not below the working folder', async () =>
    expect(await found(['../services/b'], nodeIo, path.join(root, 'repo/node_modules'))).toEqual(['../services/b/serverless.yml']));
});
