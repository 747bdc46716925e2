import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeIo } from '../../src/config/node-io.ts';
import { SHIPPED } from '../../src/lint.ts';
import { run } from '../cli/doubles.ts';
import { shared } from '../support/shared.ts';

/** What is the same API, written in two ways or by two programs, is no change for browsers. */
const diff = (before: string, after: string) => run(['diff', before, after, '--no-config'], nodeIo, {}, SHIPPED);

const sam = shared('oracles/sam');

describe.skipIf(sam === undefined)('a SAM template and what its translator made of it', () => {
  const pairs = sam === undefined ? [] : pairsIn(sam);

  it('are alike', async () => {
    const told: string[] = [];
    let compared = 0;
    for (const { name, input, output } of pairs) {
      const { stdout, code } = await diff(input, output);
      // Of the inputs that SAM translates, some hold what no reader takes.
      if (code === 2) continue;
      compared += 1;
      if (stdout !== '' && !/^\d+ possible findings? hangs? on values/.test(stdout)) told.push(`${name}:\n${stdout}`);
    }
    expect(told).toEqual([]);
    expect(compared).toBeGreaterThan(120);
  });
});

/** Every second, which takes long enough. */
function pairsIn(folder: string): readonly { readonly name: string; readonly input: string; readonly output: string }[] {
  const names = readdirSync(path.join(folder, 'input')).filter((_, i) => i % 2 === 0);
  return names.flatMap((file) => {
    const name = file.replace(/\.ya?ml$/, '');
    const output = path.join(folder, 'output', `${name}.json`);
    return existsSync(output) ? [{ name, input: path.join(folder, 'input', file), output }] : [];
  });
}

const cdk = shared('oracles/cdk/older');

describe.skipIf(cdk === undefined)('one app, as two versions of the CDK synthesize it', () => {
  const folder = (version: string): string => path.join(cdk ?? '', `v${version}`, 'cdk.out');

  it.each(['2.100.0', '2.190.0', '2.242.0', '2.258.0'])('%s and 2.275.0 are alike', async (version) => {
    const { stdout, stderr, code } = await diff(folder(version), folder('2.275.0'));
    expect([stdout, code]).toEqual(['', 0]);
    expect(stderr).toContain('6 APIs');
  });

  // Up to 2.82, `apiKeyRequired` of all methods was put on OPTIONS as well, and a preflight carries no key.
  it('2.60.0 asked for a key before the preflight', async () => {
    const { stdout } = await diff(folder('2.60.0'), folder('2.275.0'));
    expect(stdout.match(/diff-[a-z-]+$/gm)).toEqual(['diff-opened', 'diff-opened', 'diff-opened']);
    expect(stdout).toContain('pages of every site may now call `GET /` of `ApiF70053CD`');
  });
});
