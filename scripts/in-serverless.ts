import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** What runs, and where its command line lies in its package. */
const ENGINES = [
  { name: 'osls-4', bin: 'osls/bin/serverless.js' },
  { name: 'osls-3', bin: 'osls/bin/serverless.js' },
  { name: 'serverless-3', bin: 'serverless/bin/serverless.js' },
];

interface Run {
  readonly service: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What is to be printed: `<service>/<out>.out`. */
  readonly out: string;
  /** Whether the framework goes on. */
  readonly passes: boolean;
  /** It shows what does not hang on the version: the first is enough. */
  readonly once?: true;
}

const RUNS: readonly Run[] = [
  { service: 'shop', args: ['package'], out: 'package', passes: false },
  // It gets no further, so it needs no network.
  { service: 'shop', args: ['deploy'], out: 'package', passes: false },
  { service: 'shop', args: ['cors-lint'], out: 'package', passes: false, once: true },
  { service: 'clean', args: ['package'], out: 'package', passes: true },
  { service: 'clean', args: ['cors-lint'], out: 'cors-lint', passes: true },
  { service: 'by-plugin', args: ['package'], out: 'package', passes: false },
  { service: 'resolved', args: ['cors-lint', '--stage', 'prod'], out: 'prod', passes: false },
  { service: 'resolved', args: ['package'], out: 'test', passes: false, once: true },
  {
    service: 'resolved',
    args: ['package', '--stage', 'prod'],
    env: { SHOP_COOKIES: 'false' },
    out: 'no-cookies',
    passes: false,
    once: true,
  },
  { service: 'code', args: ['package'], out: 'package', passes: false },
  { service: 'settings', args: ['package'], out: 'package', passes: false, once: true },
  { service: 'lenient', args: ['package'], out: 'package', passes: true, once: true },
];

/**
 * `npm run in-serverless -- FOLDER`: the plugin in the frameworks as they are installed in FOLDER/osls-4, FOLDER/osls-3 and
 * FOLDER/serverless-3, cors-lint beside them: each packages the services of fixtures/plugins/serverless, offline, and prints what stands
 * there. UPDATE_FIXTURES=1 writes it.
 */
export async function main(root: string, [folder]: readonly string[]): Promise<number> {
  if (folder === undefined) throw new Error('in which folder are the frameworks?');
  const fixtures = path.join(root, 'fixtures/plugins/serverless');
  const results = await Promise.all(ENGINES.map((engine) => runAll(engine, path.resolve(folder, engine.name), fixtures)));
  const faults = results.flat();
  for (const fault of faults) console.log(fault);
  const made = ENGINES.map((engine) => `${runsOf(engine).length} in ${engine.name}`).join(', ');
  console.log(`runs: ${made}; ${faults.length} not as they should be`);
  return faults.length === 0 ? 0 : 1;
}

const runsOf = (engine: (typeof ENGINES)[number]): readonly Run[] => RUNS.filter(({ once }) => !once || engine === ENGINES[0]);

async function runAll(engine: (typeof ENGINES)[number], home: string, fixtures: string): Promise<readonly string[]> {
  const services = path.join(home, 'services');
  rmSync(services, { recursive: true, force: true });
  cpSync(fixtures, services, { recursive: true });
  const faults: string[] = [];
  for (const run of runsOf(engine)) {
    const service = path.join(services, run.service);
    rmSync(path.join(service, '.serverless'), { recursive: true, force: true });
    const { code, text } = await printed(path.join(home, 'node_modules', engine.bin), run, service);
    const fault = faultOf(run, { code, text, service, expected: path.join(fixtures, run.service, `${run.out}.out`) });
    if (fault !== undefined) faults.push(`${engine.name}: ${run.service}: serverless ${run.args.join(' ')}: ${fault}\n${text}`);
  }
  return faults;
}

interface Printed {
  readonly code: number;
  readonly text: string;
}

function printed(bin: string, { args, env }: Run, cwd: string): Promise<Printed> {
  const quiet = { SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' };
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { cwd, env: { ...process.env, ...quiet, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, text: stderr + stdout }),
    );
  });
}

function faultOf(
  { passes }: Run,
  { code, text, service, expected }: Printed & { readonly service: string; readonly expected: string },
): string | undefined {
  if (code !== (passes ? 0 : 1)) return `exit ${code}`;
  if (existsSync(path.join(service, '.serverless/cloudformation-template-update-stack.json')) !== passes)
    return passes ? 'there is no template' : 'there is a template all the same';
  const ours = oursOf(text);
  const lines = ours.split('\n');
  if (new Set(lines).size !== lines.length) return 'it says something twice';
  if (process.env['UPDATE_FIXTURES']) writeFileSync(expected, ours);
  return ours === (existsSync(expected) ? readFileSync(expected, 'utf8') : undefined) ? undefined : `not as in ${expected}:\n${ours}--`;
}

/** What cors-lint says, without what the framework says of itself, and of each finding where it stands: the words are tested elsewhere. */
function oursOf(text: string): string {
  let file: string | undefined;
  const ours = text.split('\n').flatMap((line) => {
    if (/^\w[\w/.-]*\.\w+$/.test(line)) file = line;
    const [, place, severity, rule] = /^ +(\d+:\d+) +(\w+) .* ([\w-]+)$/.exec(line) ?? [];
    if (place !== undefined) return [`${file}:${place} ${severity} ${rule}`];
    return /^(?!Why).*(?:cors-?lint|may or may not)/i.test(line) ? [line] : [];
  });
  return ours.map((line) => `${line}\n`).join('');
}
