import { expect, it } from 'vitest';
import { readHandler, type HandlerRequest } from '../../src/handlers/index.ts';
import type { Library } from '../../src/handlers/libraries/library.ts';
import type { Code } from '../../src/model/code.ts';
import { doubts, falsehoods, isWhole, type Real } from './compare.ts';
import type { Call } from './events.ts';

/** Reads a handler, and holds what is claimed of it against what it answered. */
export async function toldTruly(
  request: HandlerRequest,
  calls: readonly Call[],
  reals: readonly Real[] = [],
  answers = true,
): Promise<Code> {
  const code = await readHandler(request);
  expect(
    reals.some(({ error }) => error === undefined),
    'whether the handler answers',
  ).toBe(answers);
  expect(falsehoods(code, calls, reals)).toEqual([]);
  return code;
}

/** A test for each handler, and one of how many of them are known wholly. */
export function testHandlers<F extends { readonly name: string }>(fixtures: readonly F[], read: (fixture: F) => Promise<Code>): void {
  let whole = 0;

  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (name, fixture) => {
    const code = await read(fixture);
    if (isWhole(code)) whole += 1;
    else console.info(`${name}: ${doubts(code).slice(0, 400)}`);
  });

  it('are known of two thirds at least', () => {
    console.info(`${whole} of ${fixtures.length} handlers are known, ${fixtures.length - whole} not wholly`);
    expect(fixtures.length).toBeGreaterThanOrEqual(60);
    expect(whole).toBeGreaterThanOrEqual((fixtures.length * 2) / 3);
  });
}

/** A test for each library: one of its names is among those that fixtures import. */
export function testLibraries(libraries: readonly Library[], imported: ReadonlySet<string>): void {
  it.each(libraries.map((library) => [String(library.imports[0]), library] as const))(
    '%s has a fixture, and documentation',
    (_name, { imports, documentation }) => {
      expect([...imported].some((one) => imports.some((is) => (typeof is === 'string' ? is === one : is.test(one))))).toBe(true);
      expect(documentation).toMatch(/^https:\/\//);
    },
  );
}
