import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import type { Real } from './compare.ts';
import type { Call } from './events.ts';
import type { Fixture } from './handlers.ts';

/** What each fixture answers when it is called, by name: bundled to a module that node runs, whatever it is written in. */
export async function realAnswers(fixtures: readonly Fixture[], calls: readonly Call[]): Promise<ReadonlyMap<string, readonly Real[]>> {
  // Below node_modules, so that the libraries which the fixtures use are found from there.
  const out = mkdtempSync(resolve('node_modules/.handlers-'));
  try {
    for (const { name, path, uses } of fixtures) {
      const bundle = await rolldown({ input: path, external: /^[^./]/, platform: 'node', logLevel: 'silent' });
      await bundle.write({ file: join(out, `${name}.mjs`), format: 'esm', paths: uses });
    }
    const handlers = fixtures.map(({ name, env, later }) => ({ name, file: join(out, `${name}.mjs`), env: { ...env, ...later } }));
    const printed = execFileSync(process.execPath, ['test/handlers/call.mjs'], {
      input: JSON.stringify({ handlers, events: calls }),
      maxBuffer: 1e9,
    });
    const told = JSON.parse(printed.toString()) as { name: string; answers: Real[] }[];
    return new Map(told.map(({ name, answers }) => [name, answers]));
  } finally {
    rmSync(out, { recursive: true });
  }
}
