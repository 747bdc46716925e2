import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHandler } from '../../src/handlers/index.ts';
import { describe as described, falsehoods, isWhole, type Real } from './compare.ts';
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

const byName = (fixtures: readonly PythonFixture[]) => fixtures.map((fixture) => [fixture.name, fixture] as const);

describe('what handlers in Python answer', () => {
  let whole = 0;

  it.each(byName(pythonFixtures))('%s', async (name, fixture) => {
    const code = await readHandler(pythonRequest(fixture));
    expect(
      reals.get(fixture)?.some(({ error }) => error === undefined),
      'the handler answers',
    ).toBe(true);
    expect(falsehoods(code, pythonCalls, reals.get(fixture) ?? [])).toEqual([]);
    if (isWhole(code)) whole += 1;
    else console.info(`${name}: ${[...code.unread.map(({ why }) => why), ...code.answers.map(described)].join('; ').slice(0, 400)}`);
  });

  it('are known of two thirds at least', () => {
    console.info(`${whole} of ${pythonFixtures.length} handlers are known, ${pythonFixtures.length - whole} not wholly`);
    expect(pythonFixtures.length).toBeGreaterThanOrEqual(60);
    expect(whole).toBeGreaterThanOrEqual((pythonFixtures.length * 2) / 3);
  });
});

describe('nothing false is said of the corners of Python', () => {
  const calls = pythonCalls.filter(({ fetches }) => fetches === 'ok');

  it.each(byName(small))('%s', async (name, fixture) => {
    const code = await readHandler(pythonRequest(fixture));
    expect(
      reals.get(fixture)?.some(({ error }) => error === undefined),
      'it answers, if that is not what it shows',
    ).toBe(!name.endsWith('_fails'));
    expect(falsehoods(code, calls, reals.get(fixture) ?? [])).toEqual([]);
  });
});
