import { beforeAll, describe, expect, it } from 'vitest';
import { readHandler } from '../../src/handlers/index.ts';
import { describe as described, falsehoods, isWhole, type Real } from './compare.ts';
import { calls } from './events.ts';
import { fixturesIn, requestFor } from './handlers.ts';
import { realAnswers } from './real.ts';

const fixtures = fixturesIn('javascript');
let reals: ReadonlyMap<string, readonly Real[]>;

beforeAll(async () => {
  reals = await realAnswers(fixtures, calls);
}, 120_000);

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
