import { describe, expect, it } from 'vitest';
import * as ours from '../../src/browser/index.ts';
import { equivalent } from './equivalent.ts';
import { evaluator, load, mutants } from './mutants.ts';
import { isRightThroughout } from './table.ts';

describe('the table', () => {
  it('finds the evaluator right', () => expect(isRightThroughout(ours)).toBe(true));

  it('notices every mistake in it but those that make no difference', { timeout: 300_000 }, async () => {
    const all = mutants(await evaluator());
    const unnoticed: string[] = [];
    for (const { key, code } of all) if (await passes(code)) unnoticed.push(key);
    console.log(`${all.length} mistakes, of which ${unnoticed.length} make no difference`);
    expect(all.length).toBeGreaterThan(500);
    expect(unnoticed).toEqual(Object.keys(equivalent));
  });
});

/** Whether a broken evaluator gets through: one that throws does not. */
async function passes(code: string): Promise<boolean> {
  try {
    return isRightThroughout(await load(code));
  } catch {
    return false;
  }
}
