import path from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { memoryIo } from '../../src/config/memory-io.ts';
import { lint, type LintOptions } from '../../src/lint.ts';
import { silent } from './failures.ts';
import { samTemplates } from './generated-sam.ts';
import { templates } from './generated-templates.ts';
import { services } from './generated.ts';

/** Settings that come together by chance, which no fixture was written for; `SEED=…` asks for a run that was printed, `RUNS=…` for more. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const runs = Number(process.env['RUNS'] ?? 400);
const CWD = path.resolve('/project');

const KINDS = { 'serverless.yml': services, 'template.json': templates, 'sam.json': samTemplates } as const;
type Name = keyof typeof KINDS;

async function silentIn(name: Name, text: string, rules: LintOptions['rules'] = {}): Promise<readonly string[]> {
  return silent(await lint([name], { cwd: CWD, config: false, rules }, memoryIo({ [path.join(CWD, name)]: text })));
}

it.each(Object.keys(KINDS) as Name[])(`no failure is silent in a %s made by chance (seed ${seed})`, { timeout: 600_000 }, async (name) => {
  await fc.assert(
    fc.asyncProperty(KINDS[name], async (text) => {
      expect(await silentIn(name, text)).toEqual([]);
    }),
    { seed, numRuns: runs },
  );
});

/** The check can fail: without the rule that tells of a fault, the fault is silent. */
it.each([
  ['serverless.yml', 'missing-cors'],
  ['serverless.yml', 'missing-auth-headers'],
  ['serverless.yml', 'missing-sigv4-headers'],
  ['serverless.yml', 'missing-gateway-response-cors'],
  ['serverless.yml', 'method-not-allowed'],
  ['template.json', 'authenticated-preflight'],
  ['template.json', 'binary-preflight'],
  ['template.json', 'broken-mock-preflight'],
  ['template.json', 'credentials-with-wildcard-origin'],
  ['template.json', 'inconsistent-credentials'],
  ['template.json', 'inconsistent-origin'],
  ['template.json', 'missing-integration-response-cors'],
  ['template.json', 'route-catches-preflight'],
  ['sam.json', 'authenticated-preflight'],
  ['sam.json', 'missing-auth-headers'],
] as const)('in a %s, a failure is silent without %s', { timeout: 300_000 }, async (name, rule) => {
  const isTold = fc.asyncProperty(KINDS[name], async (text) => (await silentIn(name, text, { [rule]: 'off' })).length === 0);
  expect((await fc.check(isTold, { seed: 1, numRuns: 600, endOnFailure: true })).failed).toBe(true);
});
