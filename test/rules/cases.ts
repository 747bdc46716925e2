import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Project } from '../../src/docs/example.ts';

export const FOLDER = 'fixtures/rules';

/** One fixture: what is linted, and the file that holds exactly what a person reads. */
export interface Case {
  readonly rule: string;
  /** 'reported', 'silent-on-any'. */
  readonly name: string;
  readonly kind: string;
  /** From the root: what to lint, and what is expected. */
  readonly source: string;
  readonly out: string;
  readonly project: Project;
}

const SOURCE = /^(?<name>[a-z0-9-]+)\.(?<dialect>serverless|sam|cloudformation|openapi)(?:\.(?<extension>ya?ml|json))?$/;
const MAIN = { serverless: 'serverless', sam: 'template', cloudformation: 'template', openapi: 'openapi' } as const;

/** The rules that have a folder of fixtures. */
export const folders = (root = '.'): string[] =>
  existsSync(path.join(root, FOLDER)) ? readdirSync(path.join(root, FOLDER)).toSorted() : [];

/** The cases of a rule's folder; throws at whatever is neither a case nor its .out. */
export function casesOf(rule: string, root = '.'): Case[] {
  const folder = path.join(root, FOLDER, rule);
  const entries = readdirSync(folder).toSorted();
  const cases = entries.filter((entry) => !entry.endsWith('.out')).map((entry) => caseOf(folder, rule, entry));
  const names = cases.map(({ name }) => name);
  for (const name of names) if (names.indexOf(name) !== names.lastIndexOf(name)) throw new Error(`${folder}: two cases are called ${name}`);
  for (const entry of entries) {
    if (entry.endsWith('.out') && !names.includes(path.basename(entry, '.out'))) throw new Error(`${folder}/${entry} is of no case`);
  }
  return cases;
}

function caseOf(folder: string, rule: string, entry: string): Case {
  const { name, dialect, extension } = SOURCE.exec(entry)?.groups ?? {};
  if (name === undefined || dialect === undefined)
    throw new Error(`${folder}/${entry} is not called <case>.<serverless|sam|cloudformation>[.yml|.json]`);
  const at = path.join(folder, entry);
  const stem = MAIN[dialect as keyof typeof MAIN];
  const project = extension ? { main: `${stem}.${extension}`, files: { [`${stem}.${extension}`]: readFileSync(at) } } : projectIn(at, stem);
  return { rule, name, kind: name.split('-')[0] ?? '', source: at, out: path.join(folder, `${name}.out`), project };
}

function projectIn(folder: string, stem: string): Project {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .toSorted();
  const main = files.find((file) => new RegExp(`^${stem}\\.(ya?ml|json)$`).test(file));
  if (main === undefined) throw new Error(`${folder} has no ${stem}.yml`);
  return { main, files: Object.fromEntries(files.map((file) => [file, readFileSync(path.join(folder, file))])) };
}
