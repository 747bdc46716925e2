import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readHandler } from '../../src/handlers/index.ts';
import { LIBRARIES } from '../../src/handlers/libraries/table.ts';
import { describe as described, falsehoods, isWhole, type Real } from './compare.ts';
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
    const code = await readHandler(requestFor(fixture));
    expect(
      reals.get(name)?.some(({ error }) => error === undefined),
      'the handler answers',
    ).toBe(true);
    expect(falsehoods(code, calls, reals.get(name) ?? [])).toEqual([]);
    const unknown = [...code.unread.map(({ why }) => why), ...code.answers.map(described)].join('; ');
    expect(isWhole(code), unknown).toBe(!name.startsWith('unknown'));
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
  it.each(LIBRARIES.map((library) => [String(library.imports[0]), library] as const))(
    '%s has a fixture, and documentation',
    (_name, { imports, documentation }) => {
      expect([...imported].some((one) => imports.some((is) => (typeof is === 'string' ? is === one : is.test(one))))).toBe(true);
      expect(documentation).toMatch(/^https:\/\//);
    },
  );
});
