import { parseArgs, type ParseArgsConfig } from 'node:util';
import { didYouMean, Misuse } from '../config/misuse.ts';
import type { Level, Override, Preset } from '../engine/active.ts';
import { FORMATS } from '../report/format.ts';
import { headerOf, originOf, requestOf, type Asking } from './asking.ts';

export const COMMANDS = ['lint', 'simulate', 'diff', 'explain', 'rules'] as const;
export type Command = (typeof COMMANDS)[number];

/** What the user wants, as written on the command line. */
export interface Options {
  readonly command: Command;
  /** What follows the command. */
  readonly operands: readonly string[];
  readonly formats: readonly Format[];
  /** Where goes what would go to standard output. */
  readonly outputFile: string | undefined;
  readonly quiet: boolean;
  /** Undefined: any number. */
  readonly maxWarnings: number | undefined;
  readonly possible: boolean;
  readonly rules: Readonly<Record<string, Override>>;
  readonly preset: Preset | undefined;
  /** False: none; undefined: what is found. */
  readonly config: string | false | undefined;
  /** Show what applies to one file, and lint nothing. */
  readonly printConfig: boolean;
  /** Say where the values on this line come from, and lint nothing. */
  readonly explainValue: FileLine | undefined;
  /** False: the code of functions is not read; undefined: as the configuration says. */
  readonly handlers: false | undefined;
  readonly stages: readonly string[];
  readonly params: Readonly<Record<string, string>>;
  readonly env: boolean;
  readonly envFiles: readonly string[];
  /** The name of standard input; undefined where it is not read. */
  readonly stdin: string | undefined;
  /** Of `simulate`; of `diff` the origins. */
  readonly asking: Asking;
  readonly noColour: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

export interface FileLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface Format {
  readonly name: string;
  /** Where it goes; undefined: to standard output. */
  readonly file?: string;
}

export const OPTIONS = {
  format: { type: 'string', multiple: true },
  'output-file': { type: 'string' },
  quiet: { type: 'boolean' },
  'max-warnings': { type: 'string' },
  possible: { type: 'boolean' },
  rule: { type: 'string', multiple: true },
  preset: { type: 'string' },
  config: { type: 'string' },
  'no-config': { type: 'boolean' },
  'no-handlers': { type: 'boolean' },
  'print-config': { type: 'boolean' },
  'explain-value': { type: 'string' },
  stage: { type: 'string', multiple: true },
  param: { type: 'string', multiple: true },
  env: { type: 'boolean' },
  'env-file': { type: 'string', multiple: true },
  stdin: { type: 'boolean' },
  'stdin-filename': { type: 'string' },
  origin: { type: 'string', multiple: true },
  request: { type: 'string' },
  header: { type: 'string', multiple: true },
  credentials: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const satisfies ParseArgsConfig['options'];

const NAMES = Object.keys(OPTIONS) as (keyof typeof OPTIONS)[];

/** argv → options. Throws `Misuse` with one sentence for a mistake. `unnamed`: what standard input is called without a name. */
export function parseOptions(argv: readonly string[], unnamed: string): Options {
  const { values, positionals, tokens } = argv.some((word) => word.startsWith('-')) ? parsed(argv) : optionless(argv);
  for (const token of tokens) if (token.kind === 'option') refuseMistaken(token, argv);
  const texts = (name: 'format' | 'rule' | 'stage' | 'param' | 'env-file' | 'origin' | 'header'): string[] =>
    (values[name] ?? []).map(String);
  const text = (
    name: 'preset' | 'max-warnings' | 'stdin-filename' | 'config' | 'output-file' | 'request' | 'explain-value',
  ): string | undefined => values[name]?.toString();
  const [command, operands] = commandOf(positionals, tokens.find(({ kind }) => kind !== 'option')?.kind === 'positional');
  const request = text('request');
  if (command !== 'simulate') refuseForSimulation(command, Object.keys(values));
  return {
    command,
    operands,
    formats: texts('format').map(formatOf),
    outputFile: text('output-file'),
    quiet: values.quiet === true,
    maxWarnings: maxWarningsOf(text('max-warnings')),
    possible: values.possible === true,
    rules: Object.fromEntries(texts('rule').map(ruleOf)),
    preset: presetOf(text('preset')),
    config: configOf(text('config'), values['no-config'] === true),
    handlers: values['no-handlers'] === true ? false : undefined,
    printConfig: values['print-config'] === true,
    explainValue: lineOf(text('explain-value')),
    stages: texts('stage'),
    params: Object.fromEntries(texts('param').map(paramOf)),
    env: values.env === true,
    envFiles: texts('env-file'),
    stdin: stdinOf(values.stdin === true, text('stdin-filename'), operands, unnamed),
    asking: {
      origins: texts('origin').map(originOf),
      request: request === undefined ? undefined : requestOf(request),
      headers: texts('header').map(headerOf),
      credentials: values.credentials === true,
    },
    noColour: values['no-color'] === true,
    help: values.help === true,
    version: values.version === true,
  };
}

/** Not strict: Node's own sentences for mistakes are no help to a newcomer. */
const parsed = (argv: readonly string[]) =>
  parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: false, tokens: true });

/** The same of words without an option among them, as commit hooks give; Node takes half a millisecond to load what tells options. */
const optionless = (argv: readonly string[]): ReturnType<typeof parsed> => ({
  values: {},
  positionals: [...argv],
  tokens: argv.map((value, index) => ({ kind: 'positional', index, value })),
});

function refuseForSimulation(command: Command, given: readonly string[]): void {
  const names = ['request', 'header', 'credentials', ...(command === 'diff' ? [] : ['origin'])];
  const name = names.find((one) => given.includes(one));
  if (name !== undefined) throw new Misuse(`--${name} is for cors-lint simulate: write cors-lint simulate <path> --${name} …`);
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly index: number;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function refuseMistaken({ name, rawName, index, value, inlineValue }: OptionToken, argv: readonly string[]): void {
  const option = NAMES.find((known) => known === name);
  if (!option) {
    // `-format` comes as -f, -o, -r …: what was written says more.
    const [written = rawName] = (argv[index] ?? rawName).split('=');
    throw new Misuse(
      `unknown option ${written}${didYouMean(
        `--${written.replace(/^-+/, '')}`,
        NAMES.map((known) => `--${known}`),
      )}`,
    );
  }
  const { type } = OPTIONS[option];
  if (type === 'boolean' && value !== undefined) throw new Misuse(`${rawName} takes no value`);
  if (type === 'boolean') return;
  const swallowed = inlineValue !== true && value?.startsWith('-') === true && value.length > 1;
  if (value === undefined || value === '' || swallowed) throw new Misuse(`${rawName} needs a value: ${EXAMPLES[option]}`);
}

const EXAMPLES: Readonly<Record<string, string>> = {
  format: '--format json',
  'output-file': '--output-file report.txt',
  config: '--config cors-lint.config.yml',
  'explain-value': '--explain-value serverless.yml:12',
  'max-warnings': '--max-warnings 0',
  rule: '--rule missing-cors:warning',
  preset: '--preset strict',
  origin: '--origin https://app.example.com',
  request: '--request "PUT /items/42"',
  header: '--header content-type:application/json',
  stage: '--stage prod',
  param: '--param domain=example.com',
  'env-file': '--env-file .env',
  'stdin-filename': '--stdin-filename serverless.yml',
};

/** The first word is a command, unless it stands after `--`; else all are paths. */
function commandOf(words: readonly string[], plain: boolean): readonly [Command, readonly string[]] {
  const command = plain ? COMMANDS.find((name) => name === words[0]) : undefined;
  return command ? [command, words.slice(1)] : ['lint', words];
}

function formatOf(written: string): Format {
  const [name = '', ...file] = written.split(':');
  const names = Object.keys(FORMATS);
  if (!names.includes(name)) throw new Misuse(`there is no format "${name}"${didYouMean(name, names)}; choose ${listed(names)}`);
  return file.length > 0 && file.join(':') !== '' ? { name, file: file.join(':') } : { name };
}

function maxWarningsOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  if (!/^\d{1,9}$/.test(written)) throw new Misuse(`--max-warnings takes a whole number from 0 on, not "${written}"`);
  return Number(written);
}

const LEVELS: Readonly<Record<string, Level>> = { off: 'off', note: 'note', warning: 'warning', warn: 'warning', error: 'error' };

function ruleOf(written: string): readonly [string, Level] {
  const [id = '', severity = ''] = written.split(/:(.*)/s);
  if (!Object.hasOwn(LEVELS, severity)) {
    const what = severity === '' ? 'no severity' : `the severity "${severity}"${didYouMean(severity, Object.keys(LEVELS))}`;
    throw new Misuse(`--rule ${written} has ${what}; write --rule ${id || 'missing-cors'}:off, or :note, :warning, :error`);
  }
  return [id, LEVELS[severity] as Level];
}

function presetOf(written: string | undefined): Preset | undefined {
  if (written === undefined || written === 'recommended' || written === 'strict') return written;
  const names = ['recommended', 'strict'];
  throw new Misuse(`there is no preset "${written}"${didYouMean(written, names)}; choose ${listed(names)}`);
}

function configOf(file: string | undefined, none: boolean): string | false | undefined {
  if (none && file !== undefined) throw new Misuse('--config names a file, and --no-config wants none: leave one of them out');
  return none ? false : file;
}

/** 'serverless.yml:12'; a column, as other tools print it, does not matter. */
function lineOf(written: string | undefined): FileLine | undefined {
  if (written === undefined) return undefined;
  const [, file, line] = /^(.+?):(\d{1,9})(?::\d{1,9})?$/s.exec(written) ?? [];
  if (file === undefined || Number(line) < 1)
    throw new Misuse(`--explain-value takes a file and a line, not "${written}": ${EXAMPLES['explain-value']}`);
  return { file, line: Number(line) };
}

function paramOf(written: string): readonly [string, string] {
  const [name = '', value] = written.split(/=(.*)/s);
  if (name === '' || value === undefined)
    throw new Misuse(`--param ${written} has no "${value === undefined ? '=' : 'name'}": write --param name=value`);
  return [name, value];
}

function stdinOf(read: boolean, name: string | undefined, operands: readonly string[], unnamed: string): string | undefined {
  if (!read && name !== undefined) throw new Misuse('--stdin-filename names what --stdin reads: give both');
  if (read && operands.length > 0)
    throw new Misuse(`--stdin reads one file from standard input: leave out ${operands.join(' ')}, or --stdin`);
  return read ? (name ?? unnamed) : undefined;
}

const listed = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
