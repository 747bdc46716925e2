import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../../src/index.ts';
import { shared } from '../support/shared.ts';

/** Real projects: no crash, and each serverless file is read. What is found in them is read by people, not asserted. */
const corpus = shared('corpus');

const isService = (name: string): boolean => /^serverless\.(ya?ml|json)$/.test(basename(name));

describe.skipIf(!corpus)('the corpus', () => {
  it('is linted without a crash, every serverless file of it', async () => {
    const folder = corpus ?? '';
    const { files, crashes } = await lint([folder]);
    expect(crashes).toEqual([]);
    const services = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => isService(name))
      .map((name) => join(folder, name));
    expect(services.length).toBeGreaterThan(190);
    const linted = new Set(files.map(({ path }) => path));
    expect(services.filter((path) => !linted.has(path))).toEqual([]);
  }, 120_000);
  it('has findings, all with a place inside their file', async () => {
    const { files } = await lint([corpus ?? '']);
    const findings = files.flatMap(({ findings: found }) => found);
    expect(findings.length).toBeGreaterThan(50);
    for (const { primary, message } of findings) {
      expect(primary.start).toBeLessThanOrEqual(primary.file.text.length);
      expect(primary.end).toBeGreaterThanOrEqual(primary.start);
      expect(message).not.toMatch(/undefined|\[object/);
    }
  }, 120_000);
});
