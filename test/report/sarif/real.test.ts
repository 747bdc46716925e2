import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { memoryIo } from '../../../src/config/memory-io.ts';
import { nodeIo } from '../../../src/config/node-io.ts';
import type { Io } from '../../../src/config/io.ts';
import { lint, SHIPPED } from '../../../src/lint.ts';
import { sarif } from '../../../src/report/sarif.ts';
import type { Report } from '../../../src/report/report.ts';
import { faultsOf, resultsOf, values, type Log } from './log.ts';

const CWD = path.resolve('.');

async function linted(inputs: readonly string[], io: Io = nodeIo): Promise<Report> {
  const { files } = await lint(inputs, { cwd: CWD, preset: 'strict' }, io, SHIPPED);
  return { files, hidden: 0, cwd: CWD, colour: false, rules };
}

describe('the log of every fixture of every rule', () => {
  let text = '';
  let log: Log;
  const run = () => log.runs[0];

  beforeAll(async () => {
    text = sarif(await linted(['fixtures']));
    log = JSON.parse(text) as Log;
  });

  it('holds to the schema', () => {
    expect(run().results.length).toBeGreaterThan(50);
    expect(faultsOf(log)).toEqual([]);
  });

  it('has no null, no half character and no absolute path but the root’s', () => {
    const wrong = [...values(log)].filter(
      ([at, value]) =>
        value === null ||
        (typeof value === 'string' &&
          (/\p{Surrogate}/u.test(value) || (/(?:^|\/)uri$/.test(at) && /^[a-z]+:|^\//.test(value) && !at.includes('originalUriBaseIds')))),
    );
    expect(wrong).toEqual([]);
    expect(text.split(CWD)).toHaveLength(2);
  });

  it('points at lines and columns, says why at each other place, and knows each result again', () => {
    for (const { locations, relatedLocations = [], partialFingerprints } of run().results) {
      for (const { physicalLocation } of [...locations, ...relatedLocations]) {
        expect(physicalLocation.artifactLocation.uriBaseId).toBe('%SRCROOT%');
        const { startLine, startColumn, endLine, endColumn } = physicalLocation.region;
        expect(Math.min(startLine, startColumn, endColumn)).toBeGreaterThan(0);
        expect(endLine > startLine || (endLine === startLine && endColumn >= startColumn)).toBe(true);
      }
      for (const related of relatedLocations) expect(related.message.text).not.toBe('');
      expect(partialFingerprints['corsLint/v1']).toMatch(/^[0-9a-f]{64}$/);
    }
    const all = run().results.map(({ partialFingerprints }) => partialFingerprints['corsLint/v1']);
    expect(new Set(all).size).toBe(all.length);
  });

  it('describes every rule, in order, within what code scanning takes', () => {
    const { rules: all } = run().tool.driver;
    expect(all.map(({ id }) => id)).toEqual(rules.map(({ meta }) => meta.id));
    for (const { name, shortDescription, fullDescription, help, properties } of all) {
      expect(name).toMatch(/^(?:[A-Z][a-z0-9]*)+$/);
      for (const { text: description } of [shortDescription, fullDescription]) expect(description).toMatch(/^.{1,1023}(?:[.…]|\.\))$/s);
      expect(help.text).not.toMatch(/\*\*|^#|\]\(/m);
      expect(help.markdown).toContain('## What to do');
      expect(properties['tags']?.length).toBeLessThanOrEqual(20);
      expect(['very-high', 'high', 'medium', 'low']).toContain(properties['precision']);
      expect(['error', 'warning', 'recommendation']).toContain(properties['problem.severity']);
    }
  });

  it('calls the rules about exposure, and no others, security rules', () => {
    const exposes = rules.map(({ messages }) => Object.values(messages).some(({ harm }) => harm === 'exposed'));
    const { rules: all } = run().tool.driver;
    expect(all.map(({ properties }) => 'security-severity' in properties)).toEqual(exposes);
    for (const { properties } of all) expect(properties['security-severity'] ?? '0.0').toMatch(/^\d+\.\d$/);
  });

  it('points from each result at its rule', () =>
    expect(run().results.filter(({ ruleId, ruleIndex }) => run().tool.driver.rules[ruleIndex]?.id !== ruleId)).toEqual([]));

  it('is the same when made again', async () => expect(sarif(await linted(['fixtures']))).toBe(text));
});

describe('a fingerprint', () => {
  const sample = readFileSync('fixtures/sample/serverless.yml', 'utf8');
  const fingerprintsOf = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
    const io = memoryIo(Object.fromEntries(Object.entries(files).map(([name, text]) => [path.join(CWD, name), text])));
    return resultsOf(await linted(Object.keys(files), io)).map((result) => result.partialFingerprints['corsLint/v1'] ?? '');
  };

  it('stays where lines move, and line ends and layout change', async () => {
    const before = await fingerprintsOf({ 'serverless.yml': sample });
    expect(before.length).toBeGreaterThan(5);
    expect(await fingerprintsOf({ 'serverless.yml': `# moved\n\n\n${sample}\n# end\n` })).toEqual(before);
    expect(await fingerprintsOf({ 'serverless.yml': `\uFEFF${sample.replaceAll('\n', '\r\n')}` })).toEqual(before);
    expect(await fingerprintsOf({ 'serverless.yml': sample.replaceAll(/^ +/gm, (indent) => indent + indent) })).toEqual(before);
  });

  it('is another one in another file', async () => {
    const both = await fingerprintsOf({ 'a/serverless.yml': sample, 'b/serverless.yml': sample });
    expect(new Set(both).size).toBe(both.length);
  });
});
