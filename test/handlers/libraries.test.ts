import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { LIBRARIES } from '../../src/handlers/libraries/table.ts';
import { testLibraries, toldTruly } from './checks.ts';
import { doubts, isWhole, type Real } from './compare.ts';
import { frameworkCalls as calls } from './events.ts';
import { fixturesIn, requestFor } from './handlers.ts';
import { realAnswers } from './real.ts';

const fixtures = fixturesIn('libraries');
let reals: ReadonlyMap<string, readonly Real[]>;

beforeAll(async () => {
  reals = await realAnswers(fixtures, calls);
}, 240_000);

describe('what libraries answer for handlers', () => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (name, fixture) => {
    const code = await toldTruly(requestFor(fixture), calls, reals.get(name));
    expect(isWhole(code), doubts(code)).toBe(!name.startsWith('unknown'));
  });
});

const imported = new Set(
  ['libraries', 'libraries-documented']
    .flatMap((folder) => readdirSync(join('fixtures/handlers', folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .flatMap((entry) => [...readFileSync(join(entry.parentPath, entry.name), 'utf8').matchAll(/(?:from|require\() ?'([^.'][^']*)'/g)])
    .map(([, specifier = '']) => specifier),
);

describe('each library', () => {
  testLibraries(LIBRARIES, imported);
});
