import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sha256 } from '../../src/report/sha256.ts';

it('is SHA-256', () => {
  // The examples of NIST.
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

it('is what Node makes of it, at every length around a block’s end and beyond', () => {
  const texts = [...Array.from({ length: 200 }, (_, i) => 'aé日😀'.repeat(i).slice(0, i)), 'x'.repeat(100_000)];
  for (const text of texts) expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
});
