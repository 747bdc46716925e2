import path from 'node:path';
import { memoryIo } from '../config/memory-io.ts';
import type { Finding } from '../finding.ts';
import { lint, SHIPPED } from '../lint.ts';
import { messageOf } from '../report/text.ts';
import type { Example, OptionSchema, Rule } from '../rule.ts';
import { positionAt } from '../source/lines.ts';
import { nameOf, textOf } from './page.ts';

/** Where an example or a fixture lies while it is linted: on no disk. */
const FOLDER = path.resolve('/example');

/** A template and what it includes, by paths relative to it. */
export interface Project {
  readonly main: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

export const projectOf = (example: Example): Project => {
  const files = Object.entries(example.files ?? {}).map(([file, text]) => [file, textOf(text)] as const);
  return { main: nameOf(example), files: Object.fromEntries([[nameOf(example), textOf(example.code)], ...files]) };
};

/** What one rule alone finds, the possible included, as far as no comment suppresses it. Throws where the project is not linted at all, or the rule fails. */
export async function findingsOf(rule: Rule, { main, files }: Project, options: Example['options'] = {}): Promise<readonly Finding[]> {
  const io = memoryIo(Object.fromEntries(Object.entries(files).map(([file, content]) => [path.join(FOLDER, file), content])));
  const at = path.join(FOLDER, main);
  // Every preset's rules run in the strict one.
  const result = await lint([at], { cwd: FOLDER, preset: 'strict' }, io, { ...SHIPPED, rules: besides(rule, configured(rule, options)) });
  const [crash] = result.crashes;
  if (crash) throw new Error(`${crash.where} failed`, { cause: crash.error });
  if (!result.files.some((file) => file.path === at)) {
    throw new Error([`${main} is not linted`, ...result.notices].join('; '));
  }
  return result.files.flatMap((file) => file.findings).filter((finding) => finding.rule === rule.meta.id && !finding.suppressed);
}

/** A rule without hooks is worded by the engine, and speaks of what the other rules do. */
const besides = (rule: Rule, one: Rule): readonly Rule[] =>
  Object.keys(rule.check).length > 0 ? [one] : SHIPPED.rules.map((other) => (other.meta.id === rule.meta.id ? one : other));

/** The rule with other defaults, so that its messages keep their severities. */
const configured = (rule: Rule, given: Readonly<Record<string, unknown>>): Rule => ({
  ...rule,
  options: Object.fromEntries(
    Object.entries(rule.options).map(([name, option]) => [
      name,
      name in given ? ({ ...option, default: given[name] } as OptionSchema) : option,
    ]),
  ),
});

/** The findings as a person reads them, one a line; of another file than the main one with its path. */
export const linesOf = (findings: readonly Finding[], main: string): string =>
  findings.map((finding) => `${lineOf(finding, main)}\n`).join('');

function lineOf(finding: Finding, main: string): string {
  const { primary, severity, rule, certainty } = finding;
  const { line, column } = positionAt(primary.file, primary.start);
  const file = path.relative(FOLDER, primary.file.path).replaceAll(path.sep, '/');
  const place = `${file === main ? '' : `${file}:`}${line}:${column}`;
  return `${place}  ${severity}  ${messageOf(finding)}  ${rule}${certainty === 'possible' ? ' (possible)' : ''}`;
}
