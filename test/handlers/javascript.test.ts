import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHandler } from '../../src/handlers/index.ts';
import { describe as described, falsehoods, isWhole, type Real } from './compare.ts';
import { calls } from './events.ts';
import { fixtures, requestFor } from './handlers.ts';

/** Below node_modules, so that the libraries which the fixtures use are found from there. */
const out = mkdtempSync(resolve('node_modules/.handlers-'));
const reals = new Map<string, readonly Real[]>();

/** Every fixture as a module that node runs, whatever it is written in. */
async function bundled(): Promise<void> {
  for (const { name, path } of fixtures) {
    const bundle = await rolldown({ input: path, external: /^[^./]/, platform: 'node', logLevel: 'silent' });
    await bundle.write({ file: join(out, `${name}.mjs`), format: 'esm' });
  }
}

beforeAll(async () => {
  await bundled();
  const handlers = fixtures.map(({ name, env, later }) => ({ name, file: join(out, `${name}.mjs`), env: { ...env, ...later } }));
  const printed = execFileSync(process.execPath, ['test/handlers/call.mjs'], {
    input: JSON.stringify({ handlers, events: calls }),
    maxBuffer: 1e9,
  });
  for (const { name, answers } of JSON.parse(printed.toString()) as { name: string; answers: Real[] }[]) reals.set(name, answers);
}, 120_000);
afterAll(() => rmSync(out, { recursive: true }));

describe('what handlers answer', () => {
  let whole = 0;

  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (name, fixture) => {
    const code = await readHandler(requestFor(fixture));
    expect(
      reals.get(name)?.some(({ error }) => error === undefined),
      'the handler answers',
    ).toBe(true);
    expect(falsehoods(code, calls, reals.get(name) ?? [])).toEqual([]);
    if (isWhole(code)) whole += 1;
    else console.info(`${name}: ${[...code.unread.map(({ why }) => why), ...code.answers.map(described)].join('; ').slice(0, 400)}`);
  });

  it('are known of two thirds at least', () => {
    console.info(`${whole} of ${fixtures.length} handlers are known, ${fixtures.length - whole} not wholly`);
    expect(fixtures.length).toBeGreaterThanOrEqual(60);
    expect(whole).toBeGreaterThanOrEqual((fixtures.length * 2) / 3);
  });
});
