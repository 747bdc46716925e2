import path from 'node:path';
import { rules } from '../rules/index.ts';
import { answered } from './answers/index.ts';
import { codeReader, handlerFiles, isCode } from './config/code.ts';
import type { CodeFiles } from './config/code-files.ts';
import { handedTo, missingServices, withServices, type Handed } from './config/compose.ts';
import { withAssemblies } from './config/assembly.ts';
import { claim, type Claim } from './config/claim.ts';
import type { Clients, Config } from './config/config.ts';
import { configure } from './config/configure.ts';
import { discover } from './config/discover.ts';
import { openFiles, type Files } from './config/files.ts';
import type { Io } from './config/io.ts';
import { givenIn, overlay, type Given } from './config/overlay.ts';
import { refuseStrangers } from './config/misuse.ts';
import { noticesOf, strangeStages, type Notices, type Staged } from './config/notices.ts';
import { planOf, type Plan } from './config/plan.ts';
import { steady } from './config/steady.ts';
import type { Override, Preset } from './engine/active.ts';
import { check } from './engine/check.ts';
import { once, sorted } from './engine/merge.ts';
import { withOrigins } from './engine/origins.ts';
import { REPORTER, settle, type Ran, type Settling } from './engine/settle.ts';
import { settleWritten } from './engine/written.ts';
import type { Finding } from './finding.ts';
import { dialects } from './frontends/dialects.ts';
import type { Dialect, Document, LiftContext, Settings, StackTemplate } from './frontends/frontend.ts';
import type { Model } from './model/api.ts';
import type { Rule } from './rule.ts';
import type { Parsed } from './source/located.ts';
import type { Location, SourceFile } from './source/location.ts';
import { commentsIn } from './source/any-comments.ts';
import { parse } from './source/parse.ts';
import { YES } from './value/verdict.ts';

/** A path (of a file or a folder, or a glob pattern), or a file with its content: an editor's buffer, standard input. */
export type Input = string | Given;

/** What to judge, and under which assumptions. All of it may be left out. */
export interface LintOptions extends Partial<Settings> {
  /** Which rules run by themselves; the config's if left out, without one 'recommended'. */
  readonly preset?: Preset | undefined;
  /** What is said of single rules: 'off', a severity for all its messages, or that and options. It wins over the config. */
  readonly rules?: Readonly<Record<string, Override>>;
  /** The path of the one config for all files; false: none. If left out, each file has the nearest one above it in its repository. */
  readonly config?: string | false | undefined;
  /** What relative paths are relative to; the current folder. */
  readonly cwd?: string;
  /** False: the code of functions is not read, whatever the config says. */
  readonly handlers?: false | undefined;
}

export interface LintResult extends Notices {
  /** Every file that was linted, also without findings, and every other file that findings are in. */
  readonly files: readonly FileResult[];
  /** Bugs of the linter. Each is also a finding of the rule `internal-error`. */
  readonly crashes: readonly Crash[];
  /** What was judged. */
  readonly lifted: readonly Lifted[];
}

/** A document as it is deployed: what `simulate` walks through. */
export interface Lifted {
  /** Absolute. */
  readonly path: string;
  readonly model: Model;
  /** What the author's pages send, where a config says so. */
  readonly clients: Clients | undefined;
  readonly dialect: Dialect['name'];
  /** The templates that CloudFormation is handed, nested ones included; none of a dialect that keeps them to itself. */
  templates(): readonly StackTemplate[];
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
  readonly dialects: readonly Dialect[];
  readonly parse: (file: SourceFile) => Parsed;
}

export const SHIPPED: Parts = { rules, dialects, parse };

/** paths → files → located trees → models → findings, by the file that they are in. Throws `Misuse` for what is wrong with the options or a config. */
export async function lint(inputs: readonly Input[], options: LintOptions, disk: Io, parts = SHIPPED): Promise<LintResult> {
  const { cwd = path.resolve(), config } = options;
  refuseStrangers(Object.keys(options.rules ?? {}), parts.rules);
  const io = overlay(steady(disk), givenIn(inputs, cwd));
  const discovery = await discover(
    inputs.map((input) => (typeof input === 'string' ? input : input.path)),
    cwd,
    io,
  );
  const files = openFiles(io, parts.parse);
  const candidates = await withAssemblies(withServices(discovery.candidates, files, io), files, io);
  const found = candidates.map((candidate) => candidate.path);
  const { configOf, notices } = await configure(found, { cwd, io, files, rules: parts.rules, config });
  const readCode = found.some(isCode) ? await codeReader(files) : undefined;
  const claims = candidates.map((candidate): Claim => {
    const by = configOf(candidate.path);
    return by?.ignores(candidate.path)
      ? { candidate, kind: 'ignored' }
      : claim(candidate, files, parts.dialects, { readCode, isService: options.made !== undefined });
  });
  let code: Promise<CodeFiles> | undefined;
  const run: Run = {
    files,
    code: () => (code ??= handlerFiles(files)),
    handed: (file) => handedTo(file, files, io),
    configOf,
    options,
    rules: parts.rules,
    plans: new Map(),
    parts: new Map(),
    ran: new Map(),
    crashes: [],
    lifted: [],
    staged: [],
  };
  const findings = await settled(await byFile(claims, (one) => lintOne(one, run), run), run);
  const said = noticesOf(discovery, claims);
  return {
    files: findings,
    crashes: run.crashes,
    lifted: run.lifted,
    ...said,
    notices: [
      ...notices,
      ...said.notices,
      ...missingServices(discovery.candidates, files, io),
      ...strangeStages(run.staged, options.stages ?? []),
    ],
  };
}

interface Run {
  readonly files: Files;
  /** The code of functions; asked for once there is any to read. */
  readonly code: () => Promise<CodeFiles>;
  /** What a compose file hands to a service. */
  readonly handed: (file: string) => Handed | undefined;
  readonly configOf: (file: string) => Config | undefined;
  readonly options: LintOptions;
  readonly rules: readonly Rule[];
  readonly plans: Map<string, Plan>;
  /** The files that each document is made of. */
  readonly parts: Map<string, Set<string>>;
  /** The rules that looked at all of a file. */
  readonly ran: Map<string, Ran>;
  readonly crashes: Crash[];
  readonly lifted: Lifted[];
  readonly staged: Staged[];
}

async function lintOne(one: Claim, run: Run): Promise<readonly Finding[]> {
  switch (one.kind) {
    case 'document':
      return lintDocument(one.document, one.dialect, run);
    case 'unreadable':
      return checked(refused(one.at ?? startOf(one.file), `this cannot be read: ${one.why}`), one.file, planFor(one.file, run), run);
    case 'crashed':
      return crashed(one.file, 'the parser', one.error, run);
    case 'harmless':
    case 'foreign':
    case 'ignored':
      return [];
  }
}

async function lintDocument(document: Document, dialect: Dialect, run: Run): Promise<readonly Finding[]> {
  const { file } = document;
  const parts = new Set<string>();
  const load = run.files.loader(file, (part) => parts.add(part));
  if (MADE_OF_FILES.has(dialect.name)) run.parts.set(file.path, parts);
  const plan = planFor(file, run);
  try {
    const context: LiftContext = {
      load,
      consult: run.files.loader(file, () => undefined),
      loadText: run.files.texts(file),
      settings: dialect.name === 'serverless' ? withHanded(plan.settings, run.handed(file.path)) : plan.settings,
    };
    const frontEnd = await dialect.load();
    const lifted = frontEnd.lift(document, context);
    run.staged.push({ file: nameOf(file.path, run), wanted: plan.settings.stages, told: lifted.stages });
    const { model, failed } = await withAnswers(lifted, plan, run, file);
    run.lifted.push({
      path: file.path,
      model,
      clients: run.configOf(file.path)?.clients,
      dialect: frontEnd.name,
      templates: () => frontEnd.stacks?.(document, context) ?? [],
    });
    await Promise.all(plan.active.flatMap(({ rule }) => rule.prepare?.(model) ?? []));
    const findings = [...failed, ...checked(model, file, plan, run)];
    const originOf = findings.length > 0 ? frontEnd.originsOf?.(document, context) : undefined;
    return originOf ? withOrigins(findings, originOf) : findings;
  } catch (error) {
    return crashed(file, `the ${dialect.name} front end`, error, run);
  }
}

const nameOf = (file: string, { options: { cwd = path.resolve() } }: Run): string => path.relative(cwd, file) || file;

/** The answers of code that the document deploys, unless nobody wants them. */
async function withAnswers(
  model: Model,
  { handlers }: Plan,
  run: Run,
  file: SourceFile,
): Promise<{ readonly model: Model; readonly failed: readonly Finding[] }> {
  if (handlers === false) return { model, failed: [] };
  try {
    return { model: await answered(model, run.code), failed: [] };
  } catch (error) {
    return { model, failed: crashed(file, 'the reading of its functions', error, run) };
  }
}

/** What the user says wins over a compose file. */
const withHanded = (settings: Settings, handed: Handed | undefined): Settings =>
  handed ? { ...settings, params: { ...handed.params, ...settings.params }, openParams: handed.openParams } : settings;

const MADE_OF_FILES = new Set<Dialect['name']>(['serverless', 'sam', 'cloudformation', 'cdk']);

/**
 * A part of another document is no document by itself: what it refers to, what it is handed and what it is imported as stand there. Of
 * documents that are parts of each other none is one.
 */
function partsOf(parts: Run['parts']): ReadonlySet<string> {
  const named = new Set([...parts].flatMap(([from, own]) => [...own].filter((part) => part !== from)));
  const reached = new Set<string>();
  for (let next = [...parts.keys()].filter((from) => !named.has(from)); next.length > 0;) {
    next = next.flatMap((from) => [...(parts.get(from) ?? [])].filter((part) => part !== from && !reached.has(part)));
    for (const part of next) reached.add(part);
  }
  return reached;
}

function planFor({ path: file }: SourceFile, run: Run): Plan {
  const plan = run.plans.get(file) ?? planOf(file, run.configOf(file), run.options, run.rules);
  run.plans.set(file, plan);
  return plan;
}

function checked(model: Model, file: SourceFile, plan: Plan, run: Run): readonly Finding[] {
  const result = check(plan.active, model);
  run.crashes.push(...result.crashes.map(({ rule, error }) => ({ file: file.path, where: `the rule ${rule}`, error })));
  const ids = new Set(plan.active.map(({ rule }) => rule.meta.id));
  for (const { rule } of result.crashes) ids.delete(rule);
  const all = run.rules.every(({ meta }) => meta.preset === 'strict' || ids.has(meta.id));
  if (!narrowed(run.options) && !model.problems.some(({ kind }) => kind === 'unreadable')) run.ran.set(file.path, { ids, all });
  const findings = settleWritten(result.findings, model.suppressions ?? [], settling(file.path, plan, run));
  return findings.flatMap((finding) => plan.placed(finding) ?? []);
}

/** Less is found than in a run without options: who assumes one stage does not see what is wrong with another. */
const narrowed = ({ stages = [], params = {}, env }: LintOptions): boolean =>
  stages.length > 0 || Object.keys(params).length > 0 || env !== undefined;

/** A file of which others are made may be used by some that were not looked at; then nothing is known to be idle in it. */
const settling = (file: string, { active }: Plan, run: Run): Omit<Settling, 'comments'> => ({
  known: new Set(run.rules.map(({ meta }) => meta.id)),
  ran: run.ran.get(file),
  reporter: active.find(({ rule }) => rule.meta.id === REPORTER),
});

/** The findings with those marked that comments suppress. */
const settled = (results: readonly FileResult[], run: Run): Promise<FileResult[]> =>
  Promise.all(
    results.map(async ({ path: at, findings }) => {
      const file = findings[0]?.primary.file ?? run.files.open(at).file;
      const comments = await commentsIn(file, () => run.files.document(file));
      return { path: at, findings: settle(findings, { comments, ...settling(at, planFor(file, run), run) }) };
    }),
  );

/** A file that cannot be opened is the user's to mend, so it is a rule's to report. Of this one there is no rest that could be linted. */
const refused = (at: Location, text: string): Model => ({
  apis: [],
  deployments: [],
  ignored: [],
  problems: [{ kind: 'refused', fatal: true, at, exists: YES, text }],
  mentions: [],
  stage: { kind: 'unknown', why: 'the file cannot be read', from: { kind: 'literal', at } },
});

function crashed(file: SourceFile, where: string, error: unknown, { crashes }: Run): Finding[] {
  crashes.push({ file: file.path, where, error });
  const message = `this file was not checked: ${where} failed, by a fault of cors-lint and none of yours. Please report it`;
  const said = { rule: 'internal-error', messageId: 'failed', message, data: {}, severity: 'error', harm: 'untidy' } as const;
  return [{ ...said, certainty: 'certain', when: [], primary: startOf(file), related: [], subjects: [] }];
}

const startOf = (file: SourceFile): Location => ({ file, path: [], start: 0, end: 0 });

/** A finding belongs to the file in which the value is written, whichever document it was found from. */
async function byFile(claims: readonly Claim[], lintThe: (one: Claim) => Promise<readonly Finding[]>, run: Run): Promise<FileResult[]> {
  const linted = claims.filter(({ kind }) => kind === 'document' || kind === 'unreadable' || kind === 'crashed');
  const files = new Map<string, Finding[]>(linted.map(({ candidate }) => [candidate.path, []]));
  const isPart = (one: Claim, parts: ReadonlySet<string>): boolean =>
    one.kind === 'document' && one.dialect.name !== 'serverless' && parts.has(one.document.file.path);
  const found: (readonly [Claim, readonly Finding[]])[] = [];
  for (const turn of TURNS) {
    const parts = partsOf(run.parts);
    for (const one of linted) if (turnOf(one) === turn && !isPart(one, parts)) found.push([one, await lintThe(one)]);
  }
  // Of templates it is only known when all were looked at.
  const parts = partsOf(run.parts);
  for (const [one, ofOne] of found) {
    if (isPart(one, parts)) forget(one.candidate.path, run);
    for (const finding of isPart(one, parts) ? [] : ofOne) {
      const { path: file } = finding.primary.file;
      const findings = files.get(file) ?? [];
      findings.push(finding);
      files.set(file, findings);
    }
  }
  // Two documents that share a file say the same of it.
  return [...files].map(([file, findings]) => ({ path: file, findings: sorted(once(findings)) }));
}

/** What a part says by itself counts for nothing. */
function forget(file: string, { ran, lifted }: Run): void {
  ran.delete(file);
  const at = lifted.findIndex((one) => one.path === file);
  if (at >= 0) lifted.splice(at, 1);
}

/** Serverless files first, then templates: they say which other files are parts of them. */
const TURNS = ['serverless', 'template', 'openapi'] as const;

function turnOf(one: Claim): (typeof TURNS)[number] {
  const name = one.kind === 'document' ? one.dialect.name : undefined;
  return name === 'serverless' || name === 'openapi' ? name : 'template';
}
