import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFiles } from '../../src/config/files.ts';
import type { Io } from '../../src/config/io.ts';
import { memoryIo } from '../../src/config/memory-io.ts';
import { nodeIo } from '../../src/config/node-io.ts';
import type { Loaded } from '../../src/frontends/frontend.ts';
import { parse } from '../../src/source/parse.ts';

const told = (loaded: Loaded): string =>
  loaded.kind === 'document' ? loaded.document.file.text : loaded.kind === 'closed' ? loaded.why : 'missing';

describe('what a document may see of other files', () => {
  let root: string;
  const read: string[] = [];
  const io: Io = { ...nodeIo, read: (file, most) => (read.push(path.relative(root, file)), nodeIo.read(file, most)) };
  const load = (from: string, file: string): string => {
    const { file: source } = openFiles(nodeIo, parse).open(path.join(root, from));
    return told(openFiles(io, parse).loader(source, () => undefined)(file));
  };

  beforeAll(() => {
    root = realpathSync(mkdtempSync(path.join(tmpdir(), 'cors-lint-')));
    for (const folder of ['repo/.git', 'repo/service/folder.yml', 'repo/shared', 'bare'])
      mkdirSync(path.join(root, folder), { recursive: true });
    for (const file of [
      'repo/service/serverless.yml',
      'repo/service/near.yml',
      'repo/shared/up.yml',
      'secret.yml',
      'bare/serverless.yml',
      'bare/near.yml',
      'repo-2.yml',
    ]) {
      writeFileSync(path.join(root, file), `# ${file}`);
    }
    writeFileSync(path.join(root, 'repo/service/big.yml'), Buffer.alloc(9_000_000, 'a'));
    symlinkSync('../../secret.yml', path.join(root, 'repo/service/leak.yml'));
    symlinkSync('../shared', path.join(root, 'repo/service/linked'));
    symlinkSync('../..', path.join(root, 'repo/service/out'));
    symlinkSync('circle.yml', path.join(root, 'repo/service/circle.yml'));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const outside = (file: string): string => `${file} lies outside this repository and is not read`;

  it.each([
    ['near.yml', '# repo/service/near.yml'],
    ['./near.yml', '# repo/service/near.yml'],
    ['../shared/up.yml', '# repo/shared/up.yml'],
    ['linked/up.yml', '# repo/shared/up.yml'],
    ['none.yml', 'missing'],
    ['near.yml/none.yml', 'missing'],
    ['../../secret.yml', outside('../../secret.yml')],
    ['../../none.yml', outside('../../none.yml')],
    ['../../repo-2.yml', outside('../../repo-2.yml')],
    ['../../../../../../../../../../etc/passwd', outside('../../../../../../../../../../etc/passwd')],
    ['/etc/passwd', outside('/etc/passwd')],
    ['~/.aws/credentials', outside('~/.aws/credentials')],
    ['leak.yml', outside('leak.yml')],
    ['out/secret.yml', outside('out/secret.yml')],
    ['config.js', 'it is computed by running config.js'],
    ['../shared/config.mts', 'it is computed by running ../shared/config.mts'],
    ['folder.yml', 'folder.yml is a folder'],
    ['circle.yml', 'circle.yml is not a regular file'],
    ['big.yml', 'big.yml cannot be read: it is larger than 8 MB, and such files are not read'],
  ])('%s', (file, expected) => {
    read.length = 0;
    expect(load('repo/service/serverless.yml', file)).toBe(expected);
    expect(read.filter((one) => one.startsWith('..') || one.includes('secret') || one.includes('repo-2'))).toEqual([]);
  });

  it('without a repository, only what lies beside it or below', () => {
    expect(load('bare/serverless.yml', 'near.yml')).toBe('# bare/near.yml');
    expect(load('bare/serverless.yml', '../secret.yml')).toBe("../secret.yml lies outside this file's folder and is not read");
  });
});

it('reads and parses a file once, whoever asks', () => {
  const seen: string[] = [];
  const io = memoryIo({ '/p/a/serverless.yml': 'a: 1', '/p/b/serverless.yml': 'b: 1', '/p/.git/HEAD': '', '/p/c.yml': 'c: 1' });
  const reading: Io = { ...io, read: (file, most) => (seen.push(`read ${file}`), io.read(file, most)) };
  const files = openFiles(reading, (file) => (seen.push(`parse ${file.path}`), parse(file)));
  for (const from of ['/p/a/serverless.yml', '/p/b/serverless.yml']) {
    const { file } = files.open(from);
    const load = files.loader(file, () => undefined);
    for (const other of ['../c.yml', '../c.yml', 'serverless.yml']) expect(load(other)).toMatchObject({ kind: 'document' });
    files.document(file);
  }
  expect(seen.toSorted()).toEqual([...new Set(seen)].toSorted());
  expect(seen).toHaveLength(6);
});

it('keeps a byte order mark, so that offsets are those of the file', () =>
  expect(openFiles(memoryIo({ '/a.yml': Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]) }), parse).open('/a.yml').file.text).toBe('\uFEFFa'));

it('reads a pipe to its end', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cors-lint-'));
  const file = path.join(folder, 'long.yml');
  writeFileSync(file, 'é'.repeat(200_000));
  expect(nodeIo.read(file, 1_000_000)).toHaveLength(400_000);
  // Neither of these has a size; the second has no end.
  expect(Buffer.from(nodeIo.read('/proc/self/status', 1_000_000)).toString()).toContain('Name:');
  expect(nodeIo.read('/dev/zero', 100_000)).toHaveLength(100_001);
  rmSync(folder, { recursive: true });
});
