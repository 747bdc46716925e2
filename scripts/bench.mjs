// npm run bench: what a run costs, as ratios of whole processes that take turns, since milliseconds differ from machine to machine and from
// minute to minute. To be run by hand on a quiet machine, never as a test. Ends with 1 where one file costs more than the budget.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** One file, in times of a bare `node -e 0`. */
const BUDGET = 1.75;
const CORPUS = '../shared/corpus';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
function bench() {
  const bare = ['-e', '0'];
  const one = ['dist/cli.cjs', 'fixtures/sample/serverless.yml'];
  const { ratio, first, second } = compare(bare, one, 41);
  const fits = ratio <= BUDGET;
  console.log(
    `one file: ${shown(ratio)} times a bare node (${ms(second)} against ${ms(first)}); at most ${BUDGET}: ${fits ? 'pass' : 'FAIL'}`,
  );
  corpus();
  return fits ? 0 : 1;
}

/** All serverless projects of the corpus, against a process that parses the same files and does nothing with them. */
function corpus() {
  if (!existsSync(CORPUS)) return console.log(`the corpus: skipped, there is no ${CORPUS}`);
  const files = JSON.parse(run(['dist/cli.cjs', CORPUS, '--format', 'json']).stdout).map(({ filePath }) => filePath);
  const bytes = files.reduce((sum, file) => sum + readFileSync(file).length, 0);
  const lint = ['dist/cli.cjs', CORPUS];
  const { ratio, first, second } = compare(['scripts/bench.mjs', 'parse'], lint, 5, JSON.stringify(files));
  const amount = `${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`;
  console.log(`the corpus (${amount}): ${shown(ratio)} times merely parsing them (${ms(second)} against ${ms(first)})`);
}

function parseAll(files) {
  const { parseDocument } = createRequire(import.meta.url)('yaml');
  const options = { merge: true, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' };
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    if (file.endsWith('.json')) JSON.parse(text.replace(/^\uFEFF/, ''));
    else parseDocument(text, options);
  }
}

/** Medians in milliseconds, and the median of the ratios within each round: what slows the machine for a while slows both. */
function compare(first, second, rounds, input) {
  timed(first, input);
  timed(second);
  const times = Array.from({ length: rounds }, () => [timed(first, input), timed(second)]);
  return {
    ratio: median(times.map(([a, b]) => b / a)),
    first: median(times.map(([a]) => a)),
    second: median(times.map(([, b]) => b)),
  };
}

function timed(args, input) {
  const start = performance.now();
  run(args, input);
  return performance.now() - start;
}

/** Findings are no failure here, a crash is. */
function run(args, input) {
  const done = spawnSync(process.execPath, args, { env, input, encoding: 'utf8', maxBuffer: 1e9 });
  if (done.status !== 0 && done.status !== 1) throw new Error(`node ${args.join(' ')} ended with ${done.status}: ${done.stderr}`);
  return done;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const shown = (ratio) => ratio.toFixed(2);
const ms = (time) => `${time.toFixed(time < 1000 ? 1 : 0)} ms`;

// Where it is set, Node 20 reads that file at every start, which makes the bare start three times as long and the ratio look good.
const env = { ...process.env };
delete env['NODE_EXTRA_CA_CERTS'];

if (process.argv[2] === 'parse') parseAll(JSON.parse(readFileSync(0, 'utf8')));
else process.exitCode = bench();
