import path from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { memoryIo } from '../../src/config/memory-io.ts';
import { lint } from '../../src/lint.ts';
import { silent } from './failures.ts';
import { services } from './generated.ts';

/** Settings that come together by chance, which no fixture was written for; `SEED=…` asks for a run that was printed. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const CWD = path.resolve('/project');

it(`no failure is silent in services made by chance (seed ${seed})`, { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(services, async (text) => {
      const io = memoryIo({ [path.join(CWD, 'serverless.yml')]: text });
      expect(silent(await lint(['serverless.yml'], { cwd: CWD, config: false }, io))).toEqual([]);
    }),
    { seed, numRuns: 600 },
  );
});

/** The check can fail: without the rule that tells of a fault, the fault is silent. */
it.each(['missing-cors', 'missing-auth-headers', 'missing-sigv4-headers', 'missing-gateway-response-cors', 'method-not-allowed'])(
  'a failure is silent without %s',
  { timeout: 300_000 },
  async (rule) => {
    const io = (text: string): ReturnType<typeof memoryIo> => memoryIo({ [path.join(CWD, 'serverless.yml')]: text });
    const details = await fc.check(
      fc.asyncProperty(services, async (text) => {
        const options = { cwd: CWD, config: false, rules: { [rule]: 'off' } } as const;
        return silent(await lint(['serverless.yml'], options, io(text))).length === 0;
      }),
      { seed: 1, numRuns: 600, endOnFailure: true },
    );
    expect(details.failed).toBe(true);
  },
);
