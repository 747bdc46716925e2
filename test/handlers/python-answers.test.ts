import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { testHandlers, toldTruly } from './checks.ts';
import type { Real } from './compare.ts';
import { corners, pythonCalls, pythonFixtures, pythonRequest, toldOf, type PythonFixture } from './python-fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'corners-'));
const small = corners(folder);
const reals = new Map<PythonFixture, readonly Real[]>();

beforeAll(() => {
  const all = [...pythonFixtures, ...small];
  const printed = execFileSync('python3', ['test/handlers/call.py'], {
    input: JSON.stringify({ handlers: all.map(toldOf), events: pythonCalls }),
    maxBuffer: 1e9,
  });
  for (const [place, { answers }] of (JSON.parse(printed.toString()) as { answers: Real[] }[]).entries()) {
    const fixture = all[place];
    if (fixture) reals.set(fixture, answers);
  }
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('what handlers in Python answer', () => {
  testHandlers(pythonFixtures, (fixture) => toldTruly(pythonRequest(fixture), pythonCalls, reals.get(fixture)));
});

describe('nothing false is said of the corners of Python', () => {
  const calls = pythonCalls.filter(({ fetches }) => fetches === 'ok');

  // What a corner shows may be that the code fails.
  it.each(small.map((fixture) => [fixture.name, fixture] as const))('%s', async (name, fixture) => {
    await toldTruly(pythonRequest(fixture), calls, reals.get(fixture), !name.endsWith('_fails'));
  });
});
