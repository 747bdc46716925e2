import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** The apps of fixtures/plugins/cdk/bin, and whether `cdk synth` passes. */
const APPS = [
  { app: 'validations', passes: false },
  { app: 'beta', passes: false },
  { app: 'clean', passes: true },
];

/**
 * `npm run in-cdk -- FOLDER`: `cors-lint/cdk` in real apps, with the packages that .ci/run installs in FOLDER. The types of aws-cdk-lib
 * take the plugin under new and old ways of resolving, `cdk synth` fails and passes and prints what stands in fixtures/plugins/cdk, and
 * the matcher works in jest. UPDATE_FIXTURES=1 writes what is printed.
 */
export async function main(root: string, [folder]: readonly string[]): Promise<number> {
  if (folder === undefined) throw new Error('in which folder are the packages?');
  const fixtures = path.join(root, 'fixtures/plugins/cdk');
  const [home, modules] = [path.resolve(folder, 'shop'), path.resolve(folder, 'node_modules')];
  rmSync(home, { recursive: true, force: true });
  cpSync(fixtures, home, { recursive: true });
  const run = (script: string, ...args: readonly string[]): Promise<Printed> => printed(script, args, home);

  const [compiled, asBefore] = await Promise.all([
    run(path.join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'),
    run(path.join(modules, 'typescript/bin/tsc'), '-p', '.', '--noEmit', '--module', 'commonjs', '--moduleResolution', 'node10'),
  ]);
  const faults = [faultOf('the types', compiled), faultOf('the types, resolved as by Node 10', asBefore)];
  for (const { app, passes } of APPS) {
    const synthesized = await run(
      path.join(modules, 'aws-cdk/bin/cdk'),
      'synth',
      '--quiet',
      '--app',
      `node out/bin/${app}.js`,
      '--output',
      `${app}.cdk.out`,
    );
    const ours = oursOf(synthesized.text);
    const expected = path.join(fixtures, `${app}.out`);
    if (process.env['UPDATE_FIXTURES']) writeFileSync(expected, ours);
    const isAsExpected = existsSync(expected) && ours === readFileSync(expected, 'utf8');
    faults.push(synthesized.passes === passes && isAsExpected ? undefined : `${app}: not as in ${expected}:\n${synthesized.text}`);
  }
  faults.push(faultOf('jest', await run(path.join(modules, 'jest/bin/jest.js'), '--rootDir', 'out')));

  const found = faults.filter((fault) => fault !== undefined);
  for (const fault of found) console.log(fault);
  console.log(`the types twice, ${APPS.length} apps, and jest: ${found.length} not as they should be`);
  return found.length === 0 ? 0 : 1;
}

interface Printed {
  readonly passes: boolean;
  readonly text: string;
}

function printed(script: string, args: readonly string[], cwd: string): Promise<Printed> {
  // So that findings stand in the TypeScript.
  const env = { ...process.env, NODE_OPTIONS: '--enable-source-maps', CDK_DISABLE_CLI_TELEMETRY: 'true' };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { cwd, env }, (error, stdout, stderr) =>
      resolve({ passes: !error, text: stdout + stderr }),
    );
  });
}

const faultOf = (what: string, { passes, text }: Printed): string | undefined => (passes ? undefined : `${what}:\n${text}`);

/**
 * Of each finding that CDK prints where it stands: 'lib/shop.ts:18:14 ERROR a-rule Shop/Api/OPTIONS/Resource (ApiOPTIONS5886EA5D)'. The
 * words are tested elsewhere.
 */
const oursOf = (text: string): string =>
  text
    .split(/\n\n+/)
    .filter((paragraph) => paragraph.includes('(cors-lint)'))
    .map((paragraph) => {
      const [, place, severity] = /^(\S+)\n(\w+) /m.exec(paragraph) ?? [];
      const [, construct] = /^ +(\S+ \(\w+\))/m.exec(paragraph) ?? [];
      const [, rule] = /'cors-lint::([\w-]+)'/.exec(paragraph) ?? [];
      return `${place} ${severity} ${rule} ${construct}\n`;
    })
    .join('');
