import path from 'node:path';
import { rules } from '../rules/index.ts';
import { claim, type Claim } from './config/claim.ts';
import { discover } from './config/discover.ts';
import { openFiles, type Files } from './config/files.ts';
import type { Io } from './config/io.ts';
import { overlay, type Given } from './config/overlay.ts';
import { noSuchRule } from './config/misuse.ts';
import { noticesOf, type Notices } from './config/notices.ts';
import { activate, type ActiveRule, type Override, type Preset } from './engine/active.ts';
import { check } from './engine/check.ts';
import { once, sorted } from './engine/merge.ts';
import type { Finding } from './finding.ts';
import { cloudformation } from './frontends/cloudformation/index.ts';
import type { Document, FrontEnd, Settings } from './frontends/frontend.ts';
import { serverless } from './frontends/serverless/index.ts';
import type { Model } from './model/api.ts';
import type { Rule } from './rule.ts';
import type { Parsed } from './source/located.ts';
import type { Location, SourceFile } from './source/location.ts';
import { parse } from './source/parse.ts';
import { YES } from './value/verdict.ts';

/** A path (of a file or a folder, or a glob pattern), or a file with its content: an editor's buffer, standard input. */
export type Input = string | Given;

/** What to judge, and under which assumptions. All of it may be left out. */
export interface LintOptions extends Partial<Settings> {
  /** Which rules run by themselves: 'recommended' if left out. */
  readonly preset?: Preset;
  /** What is said of single rules: 'off', a severity for all its messages, or that and options. */
  readonly rules?: Readonly<Record<string, Override>>;
  /** What relative paths are relative to; the current folder. */
  readonly cwd?: string;
}

export interface LintResult extends Notices {
  /** Every file that was linted, also without findings, and every other file that findings are in. */
  readonly files: readonly FileResult[];
  /** Bugs of the linter. Each is also a finding of the rule `internal-error`. */
  readonly crashes: readonly Crash[];
}

export interface FileResult {
  /** Absolute. */
  readonly path: string;
  /** By place; the possible ones are among them. */
  readonly findings: readonly Finding[];
}

export interface Crash {
  readonly file: string;
  /** What failed: 'the rule missing-cors', 'the serverless front end'. */
  readonly where: string;
  readonly error: unknown;
}

/** What the pipeline is put together from. */
export interface Parts {
  readonly rules: readonly Rule[];
  /** The first that claims a document has it. */
  readonly frontEnds: readonly FrontEnd[];
  readonly parse: (file: SourceFile) => Parsed;
}

export const SHIPPED: Parts = { rules, frontEnds: [serverless, cloudformation], parse };

/** paths → files → located trees → models → findings, by the file that they are in. Throws `Misuse` for a rule that is not there. */
export async function lint(inputs: readonly Input[], options: LintOptions, disk: Io, parts = SHIPPED): Promise<LintResult> {
  const { cwd = path.resolve(), stages = [], params = {}, env, preset = 'recommended' } = options;
  const active = activate(parts.rules, preset, known(options.rules ?? {}, parts.rules));
  const given = inputs.flatMap((input) => (typeof input === 'string' ? [] : [{ ...input, path: path.resolve(cwd, input.path) }]));
  const io = given.length > 0 ? overlay(disk, given) : disk;
  const discovery = await discover(
    inputs.map((input) => (typeof input === 'string' ? input : input.path)),
    cwd,
    io,
  );
  const files = openFiles(io, parts.parse);
  const claims = discovery.candidates.map((candidate) => claim(candidate, files, parts.frontEnds));
  const run: Run = { files, active, settings: { stages, params, env }, included: new Set(), crashes: [] };
  const findings = byFile(claims, (one) => lintOne(one, run));
  return { files: findings, crashes: run.crashes, ...noticesOf(discovery, claims) };
}

interface Run {
  readonly files: Files;
  readonly active: readonly ActiveRule[];
  readonly settings: Settings;
  /** Files that a serverless.yml is made of. */
  readonly included: Set<string>;
  readonly crashes: Crash[];
}

function lintOne(one: Claim, run: Run): readonly Finding[] {
  switch (one.kind) {
    case 'document':
      return lintDocument(one.document, one.frontEnd, run);
    case 'unreadable':
      return checked(refused(one.file, `this cannot be read: ${one.why}`), one.file, run);
    case 'crashed':
      return crashed(one.file, 'the parser', one.error, run);
    case 'harmless':
    case 'foreign':
      return [];
  }
}

function lintDocument(document: Document, frontEnd: FrontEnd, run: Run): readonly Finding[] {
  const { file } = document;
  // A part of a serverless.yml is no template by itself: what it refers to stands in the other parts.
  if (frontEnd.name === 'cloudformation' && run.included.has(file.path)) return [];
  const load = run.files.loader(file, (part) => frontEnd.name === 'serverless' && run.included.add(part));
  try {
    return checked(frontEnd.lift(document, { load, settings: run.settings }), file, run);
  } catch (error) {
    return crashed(file, `the ${frontEnd.name} front end`, error, run);
  }
}

function checked(model: Model, file: SourceFile, { active, crashes }: Run): readonly Finding[] {
  const result = check(active, model);
  crashes.push(...result.crashes.map(({ rule, error }) => ({ file: file.path, where: `the rule ${rule}`, error })));
  return result.findings;
}

/** A file that cannot be opened is the user's to mend, so it is a rule's to report. Of this one there is no rest that could be linted. */
const refused = (file: SourceFile, text: string): Model => ({
  apis: [],
  deployments: [],
  ignored: [],
  problems: [{ kind: 'refused', fatal: true, at: startOf(file), exists: YES, text }],
  mentions: [],
  stage: { kind: 'unknown', why: 'the file cannot be read', from: { kind: 'literal', at: startOf(file) } },
});

function crashed(file: SourceFile, where: string, error: unknown, { crashes }: Run): Finding[] {
  crashes.push({ file: file.path, where, error });
  const message = `this file was not checked: ${where} failed, by a fault of cors-lint and none of yours. Please report it`;
  const said = { rule: 'internal-error', messageId: 'failed', message, data: {}, severity: 'error', harm: 'untidy' } as const;
  return [{ ...said, certainty: 'certain', when: [], primary: startOf(file), related: [], subjects: [] }];
}

const startOf = (file: SourceFile): Location => ({ file, path: [], start: 0, end: 0 });

/** A finding belongs to the file in which the value is written, whichever document it was found from. */
function byFile(claims: readonly Claim[], lintThe: (one: Claim) => readonly Finding[]): FileResult[] {
  const linted = claims.filter(({ kind }) => kind !== 'foreign' && kind !== 'harmless');
  const files = new Map<string, Finding[]>(linted.map(({ candidate }) => [candidate.path, []]));
  for (const one of linted.toSorted((a, b) => turn(a) - turn(b))) {
    for (const finding of lintThe(one)) {
      const { path: file } = finding.primary.file;
      const findings = files.get(file) ?? [];
      findings.push(finding);
      files.set(file, findings);
    }
  }
  // Two documents that share a file say the same of it.
  return [...files].map(([file, findings]) => ({ path: file, findings: sorted(once(findings)) }));
}

/** Serverless files first: they say which other files are parts of them. */
const turn = (one: Claim): number => (one.kind === 'document' && one.frontEnd.name === 'serverless' ? 0 : 1);

function known(overrides: Readonly<Record<string, Override>>, all: readonly Rule[]): Readonly<Record<string, Override>> {
  const ids = all.map(({ meta }) => meta.id);
  const stranger = Object.keys(overrides).find((id) => !ids.includes(id));
  if (stranger !== undefined) throw noSuchRule(stranger, ids);
  return overrides;
}
