import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { memoryIo } from '../../src/config/memory-io.ts';
import { steady } from '../../src/config/steady.ts';

describe('a steady disk', () => {
  const asked: string[] = [];
  const disk = memoryIo({ '/repo/serverless.yml': '', '/repo/src/cart.js': '' });
  const io = steady({
    ...disk,
    stat(at) {
      asked.push(at);
      return disk.stat(at);
    },
  });
  const at = (file: string): string => path.resolve('/repo', file);

  it('says what the disk says', () =>
    expect(
      ['serverless.yml', 'src', 'src/cart.js', 'src/cart.ts', 'lib', 'lib/cart.js', 'serverless.yml/x'].map((file) => io.stat(at(file))),
    ).toEqual(['file', 'folder', 'file', undefined, undefined, undefined, undefined]));

  it('asks for nothing twice, nor for what lies in a folder that is not there', () => {
    asked.length = 0;
    expect([io.stat(at('src/cart.ts')), io.stat(at('lib/cart.ts')), io.stat(at('lib/deep/cart.ts'))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(asked).toEqual([]);
  });
});
