import { beforeAll, describe } from 'vitest';
import { testHandlers, toldTruly } from './checks.ts';
import type { Real } from './compare.ts';
import { calls } from './events.ts';
import { fixturesIn, requestFor } from './handlers.ts';
import { realAnswers } from './real.ts';

const fixtures = fixturesIn('javascript');
let reals: ReadonlyMap<string, readonly Real[]>;

beforeAll(async () => {
  reals = await realAnswers(fixtures, calls);
}, 120_000);

describe('what handlers answer', () => {
  testHandlers(fixtures, (fixture) => toldTruly(requestFor(fixture), calls, reals.get(fixture.name)));
});
