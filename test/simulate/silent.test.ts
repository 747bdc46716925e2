import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeIo } from '../../src/config/node-io.ts';
import { lint } from '../../src/lint.ts';
import { shared } from '../support/shared.ts';
import { EXCEPTIONS } from './exceptions.ts';
import { silent, walk } from './failures.ts';

const TEMPLATE = /\.(?:ya?ml|json|template)$|^serverless\.[cm]?[jt]s$/;

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const at = path.join(folder, name);
    if (statSync(at).isDirectory()) return name === 'node_modules' ? [] : filesBelow(at);
    return TEMPLATE.test(name) ? [at] : [];
  });
}

/** The failures in the files below a folder of which no rule says anything, and how many requests were walked. */
async function silentIn(folder: string): Promise<readonly string[]> {
  const lines: string[] = [];
  let [passed, open, blocked] = [0, 0, 0];
  for (const file of filesBelow(folder)) {
    const result = await lint([file], { cwd: folder, config: false }, nodeIo);
    for (const { model } of result.lifted) {
      const walked = walk(model);
      passed += walked.passed;
      open += walked.open;
      blocked += walked.failures.length;
    }
    const name = path.relative(folder, file).replaceAll(path.sep, '/');
    if (!EXCEPTIONS.some(([pattern]) => pattern.test(name))) lines.push(...silent(result).map((line) => `${name}: ${line}`));
  }
  console.info(`${path.basename(folder)}: ${passed} answers pass, ${open} are open, ${blocked} are blocked and reported`);
  return lines;
}

/** What a browser blocks is reported; where nothing is reported, every request that is meant passes or is not known. */
describe('no failure is silent', () => {
  it('in the fixtures', { timeout: 300_000 }, async () => expect(await silentIn(path.resolve('fixtures'))).toEqual([]));

  const FOLDERS = ['oracles/serverless/pairs', 'oracles/sam/input', 'oracles/cdk', 'corpus'].map((name) => [name, shared(name)] as const);
  it.each(FOLDERS.filter(([, folder]) => folder !== undefined))('in %s', { timeout: 600_000 }, async (_, folder) =>
    expect(await silentIn(folder ?? '')).toEqual([]),
  );
});
