import path from 'node:path';
import { parseEnv } from 'node:util';
import { STDIN_NAME } from '../config/claim.ts';
import { failure } from '../config/io.ts';
import { didYouMean, Misuse } from '../config/misuse.ts';
import { rootOf } from '../config/root.ts';
import type { Finding } from '../finding.ts';
import { lint, SHIPPED, type Input, type LintOptions, type LintResult } from '../lint.ts';
import { FORMATS } from '../report/format.ts';
import type { Described, Report } from '../report/report.ts';
import { count, visible } from '../report/text.ts';
import type { Environment } from './environment.ts';
import { COMMANDS, parseOptions, type Options } from './options.ts';
import { sourcesOf } from './sources.ts';

/** Longer than any file that is read. */
const MAX_STDIN = 10_000_000;

/** Nothing to complain of; findings; wrong use; a bug of ours; of a simulation: not known. */
type ExitCode = 0 | 1 | 2 | 3 | 4;

/** argv → what is printed and the exit code. */
export async function main(environment: Environment, parts = SHIPPED): Promise<ExitCode> {
  try {
    const options = parseOptions(environment.argv, STDIN_NAME);
    if (options.help) return print(environment, (await import('./help.ts')).HELP);
    if (options.version) return print(environment, `${(await import('./version.ts')).version}\n`);
    switch (options.command) {
      case 'lint':
        return await lintCommand(options, environment, parts);
      case 'simulate':
        return await simulateCommand(options, environment, parts);
      case 'diff':
        return await diffCommand(options, environment, parts);
      case 'explain':
        return print(environment, await explainedOf(options, environment, parts));
      case 'rules':
        return print(environment, (await import('./rules.ts')).catalogue(options, parts.rules));
    }
  } catch (error) {
    if (!(error instanceof Misuse)) return crashed(error, environment);
    for (const sentence of error.sentences)
      say(environment, `${sentence}${sentence.startsWith('unknown option') ? '; cors-lint --help lists them' : ''}`);
    return 2;
  }
}

function print(environment: Environment, text: string): ExitCode {
  environment.stdout(text);
  return 0;
}

async function lintCommand(options: Options, environment: Environment, parts: typeof SHIPPED): Promise<ExitCode> {
  refuseTwoInOnePlace(options);
  const settings = settingsOf(options, environment);
  if (options.explainValue) {
    const { explainValue } = await import('./explain-value.ts');
    return print(environment, await explainValue(options.explainValue, options, settings, environment, parts));
  }
  if (options.printConfig) {
    const { printConfig } = await import('./print-config.ts');
    return print(environment, await printConfig(options, settings, environment, parts));
  }
  const result = await linted(options, environment, parts);
  await report(options, result, environment, parts.rules);
  environment.linted?.(result.lifted);
  return exitCode(options, result, environment);
}

async function simulateCommand(options: Options, environment: Environment, parts: typeof SHIPPED): Promise<ExitCode> {
  const { asking, formats, noColour, outputFile } = options;
  const [{ name: format, file = outputFile } = { name: 'stylish' }] = formats;
  if (!SIMULATED.includes(format)) throw new Misuse(`cors-lint simulate has the formats ${SIMULATED.join(', ')}, not ${format}`);
  const result = await linted(options, environment, parts);
  const colour = file === undefined && !noColour && wantsColour(environment);
  const { text, code } = (await import('./simulate.ts')).simulate(result, asking, { format, cwd: environment.cwd, colour });
  if (file === undefined) environment.stdout(text);
  else writeReport(file, text, environment);
  return result.crashes.length > 0 ? 3 : code;
}

async function diffCommand(options: Options, environment: Environment, parts: typeof SHIPPED): Promise<ExitCode> {
  refuseTwoInOnePlace(options);
  const shown = options.formats.find(({ name }) => name === 'table');
  if (shown) throw new Misuse('cors-lint diff has no table: cors-lint simulate prints one of each version');
  const { compare, KINDS } = await import('./diff.ts');
  const result = await compare(options, settingsOf(options, environment), environment, parts);
  for (const sentence of result.said) say(environment, sentence);
  for (const { where, file, error } of result.crashes) sayCrash(`${where} failed at ${file}`, error, environment);
  await report(options, { ...result, lifted: [] }, environment, KINDS);
  return exitCode(options, result, environment);
}

/** A rule's id is one word; a message is more. */
async function explainedOf(options: Options, environment: Environment, parts: typeof SHIPPED): Promise<string> {
  const [message = '', ...paths] = options.operands;
  if (!/[\s:]/.test(message)) return (await import('./explain.ts')).explain(options.operands, parts.rules, drawingOf(options, environment));
  const project = paths.length > 0 ? await linted({ ...options, operands: paths }, environment, parts) : undefined;
  return (await import('./message.ts')).explainMessage(message, project, environment.cwd);
}

const SIMULATED = ['stylish', 'table', 'json', 'markdown'];

/** What there is to see, with what is said besides. */
async function linted(options: Options, environment: Environment, parts: typeof SHIPPED): Promise<LintResult> {
  const result = await lint(inputsOf(options, environment), settingsOf(options, environment), environment.io, parts);
  for (const notice of result.notices) say(environment, notice);
  if (result.nothing !== undefined) throw new Misuse(result.nothing + commandMeant(options, environment));
  for (const { where, file, error } of result.crashes) sayCrash(`${where} failed at ${file}`, error, environment);
  return result;
}

function settingsOf(options: Options, environment: Environment): LintOptions {
  const { preset, rules, stages, params, config, handlers } = options;
  return { cwd: environment.cwd, preset, rules, stages, params, config, handlers, ...envOf(options, environment) };
}

/** `cors-lint explian x` names no path, and nearly a command. */
function commandMeant({ operands: [first] }: Options, { io, cwd }: Environment): string {
  return first === undefined || io.stat(path.resolve(cwd, first)) ? '' : didYouMean(first, COMMANDS);
}

function inputsOf({ stdin, operands }: Options, environment: Environment): Input[] {
  if (stdin !== undefined) return [{ path: stdin, content: environment.stdin(MAX_STDIN) }];
  return operands.length > 0 ? [...operands] : ['.'];
}

/** What is really set wins over a file, as dotenv has it. */
function envOf({ env, envFiles }: Options, environment: Environment): { readonly env?: Readonly<Record<string, string>> } {
  if (!env && envFiles.length === 0) return {};
  const fromFiles = envFiles.map((file) => parseEnv(readText(file, environment)));
  const real = Object.entries(env ? environment.env : {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { env: Object.assign({}, ...fromFiles, Object.fromEntries(real)) };
}

function readText(file: string, { cwd, io }: Environment): string {
  try {
    return new TextDecoder().decode(io.read(path.resolve(cwd, file), MAX_STDIN));
  } catch (error) {
    throw new Misuse(`--env-file ${file} cannot be read: ${failure(error)}`);
  }
}

/** Of two reports in one place, the second would take the first one's. */
function refuseTwoInOnePlace({ formats, outputFile }: Options): void {
  const open = formats.filter(({ file }) => file === undefined).map(({ name }) => name);
  if (open.length > 1)
    throw new Misuse(`only one format can go to standard output: give the others a file, as in --format ${open[1]}:report.txt`);
  if (outputFile !== undefined && formats.length > 0 && open.length === 0)
    throw new Misuse(`--output-file ${outputFile} would stay empty: each format has a file of its own`);
  const places = [...formats.flatMap(({ file }) => file ?? []), ...(outputFile === undefined ? [] : [outputFile])].map((file) =>
    path.normalize(file),
  );
  const twice = places.find((file, i) => places.indexOf(file) !== i);
  if (twice !== undefined) throw new Misuse(`two reports cannot both go to ${twice}: give each a file of its own`);
}

async function report(
  options: Options,
  result: Pick<LintResult, 'files' | 'crashes' | 'lifted'> & { readonly labels?: Report['compared'] },
  environment: Environment,
  rules: readonly Described[],
): Promise<void> {
  const { formats, outputFile, quiet, possible, noColour } = options;
  const { cwd, io } = environment;
  const shows = (finding: Finding): boolean =>
    finding.certainty === 'possible' ? possible && !quiet : !quiet || finding.severity === 'error';
  const shown: Report = {
    files: result.files.map((file) => ({ path: file.path, findings: file.findings.filter(shows) })),
    hidden: quiet || possible ? 0 : count(result.files.flatMap(({ findings }) => findings)).possible,
    cwd,
    colour: false,
    root: rootOf(cwd, io).folder,
    sources: sourcesOf(environment.env),
    rules,
    crashes: result.crashes,
    compared: result.labels,
    ...(formats.some(({ name }) => name === 'table') && { rows: (await import('./simulate.ts')).rowsOf(result.lifted, ASKED_NOTHING) }),
  };
  for (const { name, file = outputFile } of formats.length > 0 ? formats : [{ name: 'stylish' }]) {
    const reporter = await FORMATS[name]?.();
    if (file === undefined) environment.stdout(reporter?.({ ...shown, colour: !noColour && wantsColour(environment) }) ?? '');
    else writeReport(file, reporter?.(shown) ?? '', environment);
  }
}

/** As a format of lint, the table is of what is meant. */
const ASKED_NOTHING = { origins: [], headers: [], credentials: false };

/** Lines that are longer than this are hard to read, however wide the terminal. */
const WIDEST = 100;

const drawingOf = ({ noColour }: Options, environment: Environment): { readonly width: number; readonly colour: boolean } => ({
  width: Math.min(environment.columns() ?? WIDEST, WIDEST),
  colour: !noColour && wantsColour(environment),
});

function writeReport(file: string, text: string, environment: Environment): void {
  try {
    environment.writeFile(path.resolve(environment.cwd, file), text);
  } catch (error) {
    throw new Misuse(`the report cannot be written to ${file}: ${failure(error)}`);
  }
}

/** no-color.org and force-color.org; a person may set both, and then asks for no colour. */
function wantsColour(environment: Environment): boolean {
  const { env } = environment;
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '') return env['FORCE_COLOR'] !== '0';
  return env['TERM'] !== 'dumb' && environment.stdoutIsTerminal();
}

/** What is hidden still counts, but what is only possible never does. */
function exitCode({ maxWarnings }: Options, { files, crashes }: Pick<LintResult, 'files' | 'crashes'>, environment: Environment): ExitCode {
  const { errors, warnings } = count(files.flatMap(({ findings }) => findings));
  const tooMany = maxWarnings !== undefined && warnings > maxWarnings;
  if (tooMany) say(environment, `too many warnings: ${warnings}, and --max-warnings allows ${maxWarnings}`);
  if (crashes.length > 0) return 3;
  return errors > 0 || tooMany ? 1 : 0;
}

/** What threw may quote a value that must not be shown, so its words are for those who ask. */
function sayCrash(what: string, error: unknown, environment: Environment): void {
  const debug = Boolean(environment.env['CORS_LINT_DEBUG']);
  say(environment, `${what}: that is a bug in cors-lint, please report it${debug ? '' : ' (CORS_LINT_DEBUG=1 shows where it is)'}`);
  if (debug) environment.stderr(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

function crashed(error: unknown, environment: Environment): ExitCode {
  sayCrash('it failed', error, environment);
  return 3;
}

const say = (environment: Environment, text: string): void => environment.stderr(`cors-lint: ${visible(text)}\n`);
