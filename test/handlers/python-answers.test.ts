import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { readHandler } from '../../src/handlers/index.ts';
import { describe as described, falsehoods, isWhole, type Real } from './compare.ts';
import { pythonCalls, pythonFixtures, pythonRequest, toldOf } from './python-fixtures.ts';

const reals = new Map<string, readonly Real[]>();

beforeAll(() => {
  const printed = execFileSync('python3', ['test/handlers/call.py'], {
    input: JSON.stringify({ handlers: pythonFixtures.map(toldOf), events: pythonCalls }),
    maxBuffer: 1e9,
  });
  for (const { name, answers } of JSON.parse(printed.toString()) as { name: string; answers: Real[] }[]) reals.set(name, answers);
}, 120_000);

describe('what handlers in Python answer', () => {
  let whole = 0;

  it.each(pythonFixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (name, fixture) => {
    const code = await readHandler(pythonRequest(fixture));
    expect(
      reals.get(name)?.some(({ error }) => error === undefined),
      'the handler answers',
    ).toBe(true);
    expect(falsehoods(code, pythonCalls, reals.get(name) ?? [])).toEqual([]);
    if (isWhole(code)) whole += 1;
    else console.info(`${name}: ${[...code.unread.map(({ why }) => why), ...code.answers.map(described)].join('; ').slice(0, 400)}`);
  });

  it('are known of two thirds at least', () => {
    console.info(`${whole} of ${pythonFixtures.length} handlers are known, ${pythonFixtures.length - whole} not wholly`);
    expect(pythonFixtures.length).toBeGreaterThanOrEqual(60);
    expect(whole).toBeGreaterThanOrEqual((pythonFixtures.length * 2) / 3);
  });
});
