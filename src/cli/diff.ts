import path from 'node:path';
import { STDIN_NAME } from '../config/claim.ts';
import type { Io } from '../config/io.ts';
import { Misuse } from '../config/misuse.ts';
export { KINDS } from '../diff/kinds.ts';
import { defaultsOf, diff, diffDefaults, type Compared, type Side } from '../diff/diff.ts';
import type { Finding } from '../finding.ts';
import { lint, type FileResult, type Input, type Lifted, type LintOptions, type LintResult, type SHIPPED } from '../lint.ts';
import { plural } from '../report/text.ts';
import type { Environment } from './environment.ts';
import type { Options } from './options.ts';
import { openRevision, revisionOf } from './revision.ts';

/** What `cors-lint diff` has to report. */
export interface Diffed {
  readonly files: readonly FileResult[];
  readonly crashes: LintResult['crashes'];
  /** One line on what was held against what. */
  readonly said: readonly string[];
  /** 'HEAD~1:template.yaml', 'template.yaml'. */
  readonly labels: readonly [before: string, after: string];
}

/** No template is longer. */
const MAX_STDIN = 10_000_000;

/** One of the two operands, opened. */
interface Version {
  readonly label: string;
  /** ' (HEAD~1)'. */
  readonly where: string;
  readonly io: Io;
  readonly input: Input;
  readonly folder: string;
}

/** `cors-lint diff <before> <after>`: both are lifted, and held against each other. */
export async function compare(options: Options, settings: LintOptions, environment: Environment, parts: typeof SHIPPED): Promise<Diffed> {
  const [one, other] = operandsOf(options);
  const versions = [await open(one, environment), await open(other, environment)] as const;
  const lifting = (version: Version, params: Readonly<Record<string, string>>): Promise<LintResult> =>
    lint([version.input], { ...settings, params: { ...params, ...settings.params }, rules: onlyReading(parts) }, version.io, parts);
  const lifted = [await lifting(versions[0], {}), await lifting(versions[1], {})] as const;
  const sides = { before: sideOf(versions[0], lifted[0]), after: sideOf(versions[1], lifted[1]) };
  const asking = { origins: options.asking.origins };
  const compared = diff(sides.before, sides.after, asking);
  const given = new Set(Object.keys(settings.params ?? {}));
  const defaults = defaultsOf(sides.before, sides.after).filter(({ name }) => !given.has(name));
  const later: Finding[] = [];
  if (defaults.length > 0) {
    const [old, now] = [
      await lifting(versions[0], Object.fromEntries(defaults.map(({ name, before }) => [name, before]))),
      await lifting(versions[1], Object.fromEntries(defaults.map(({ name, after }) => [name, after]))),
    ];
    const taken = { before: sideOf(versions[0], old), after: sideOf(versions[1], now) };
    later.push(...diffDefaults(taken, sides, defaults, asking).filter((finding) => !isTold(finding, compared.findings)));
  }
  return {
    files: byFile([...compared.findings, ...later]),
    crashes: lifted.flatMap(({ crashes }) => crashes),
    said: [saidOf(sides, compared, one === other), ...compared.unseen],
    labels: [versions[0].label, versions[1].label],
  };
}

function operandsOf({ operands }: Options): readonly [string, string] {
  const [one, other, ...more] = operands;
  if (one === undefined || other === undefined || more.length > 0)
    throw new Misuse(
      'cors-lint diff takes two things to compare: templates, cdk.out folders, or revisions of them, as in cors-lint diff HEAD~1:template.yaml template.yaml',
    );
  if (one === '-' && other === '-') throw new Misuse('standard input can be only one of the two: name a file in place of the other "-"');
  return [one, other];
}

async function open(operand: string, environment: Environment): Promise<Version> {
  const { cwd, io } = environment;
  if (operand === '-') {
    const content = bodyIn(environment.stdin(MAX_STDIN)) ?? new Uint8Array();
    return { label: 'standard input', where: '', io, input: { path: STDIN_NAME, content }, folder: cwd };
  }
  const file = path.resolve(cwd, operand);
  const kind = io.stat(file);
  if (kind === 'folder') return { label: operand, where: '', io, input: operand, folder: file };
  if (kind !== undefined) return { label: operand, where: '', io, input: unwrapped(operand, file, io), folder: path.dirname(file) };
  const meant = revisionOf(operand);
  if (!meant)
    throw new Misuse(
      `no such file or folder: ${operand}${isRevision(operand) ? `; of a revision, name the file too: ${operand}:template.yaml` : ''}`,
    );
  const revision = await openRevision(meant.revision, meant.way, environment);
  const isFolder = revision.io.stat(revision.at) === 'folder';
  return {
    label: operand,
    where: ` (${meant.revision})`,
    io: revision.io,
    input: revision.at,
    folder: isFolder ? revision.at : path.dirname(revision.at),
  };
}

/** `main`, `HEAD~1`, `v1.2`: no name of a template. */
const isRevision = (operand: string): boolean => !/[/\\]|\.[a-z]\w*$/i.test(operand);

/** What `aws cloudformation get-template` printed holds the template. */
function unwrapped(operand: string, file: string, io: Io): Input {
  if (!/\.json$/i.test(file)) return operand;
  const bytes = io.read(file, MAX_STDIN);
  const body = bodyIn(bytes);
  return body === bytes ? operand : { path: file, content: body };
}

/** The template in what the AWS CLI prints: `{"StagesAvailable": […], "TemplateBody": …}`, a text where it is YAML. */
function bodyIn(bytes: Uint8Array): string | Uint8Array {
  const text = new TextDecoder().decode(bytes);
  if (!/^\s*\{/.test(text) || !text.includes('"TemplateBody"')) return bytes;
  let printed: unknown;
  try {
    printed = JSON.parse(text);
  } catch {
    // Whatever it is, its reader says what is wrong with it.
    return bytes;
  }
  const body = (printed as { readonly TemplateBody?: unknown }).TemplateBody;
  if (typeof body === 'string') return body;
  return typeof body === 'object' && body !== null ? `${JSON.stringify(body, null, 2)}\n` : bytes;
}

/** What is wrong with a version is lint's to say, but for what keeps it from being read. */
const onlyReading = ({ rules }: typeof SHIPPED): NonNullable<LintOptions['rules']> =>
  Object.fromEntries(rules.map(({ meta }) => [meta.id, meta.id === 'unreadable-file' ? 'error' : 'off']));

/** Throws `Misuse` where there is nothing to compare: half a template proves nothing. */
function sideOf({ label, where, folder }: Version, { lifted, files, notices, nothing }: LintResult): Side {
  const unread = files.flatMap(({ path: file, findings }) => {
    const document = lifted.find((one) => one.path === file);
    const broken = document?.model.problems.some((problem) => problem.kind === 'unreadable' && problem.fatal) ?? true;
    return broken ? findings.filter(({ rule, certainty }) => rule === 'unreadable-file' && certainty === 'certain') : [];
  });
  const [first] = unread;
  if (first) throw new Misuse(`${label} cannot be compared: ${first.message.replace(/^this cannot be read: /, '')}`);
  // What a manifest names and is not there would look as if it were deleted.
  const missing = lifted.filter(isManifest).flatMap(({ model }) => model.problems.flatMap((one) => ('text' in one ? [one.text] : [])))[0];
  if (missing !== undefined) throw new Misuse(`${label} cannot be compared: ${missing.replace(/\.$/, '')}`);
  if (lifted.length === 0 && (nothing !== undefined || notices.length > 0))
    throw new Misuse(`${label} cannot be compared: ${[...notices, ...(nothing === undefined ? [] : [nothing])].join('; ')}`);
  return { label, where, folder, lifted };
}

const isManifest = ({ path: file, dialect }: Lifted): boolean => dialect === 'cdk' && path.basename(file) === 'manifest.json';

/** The ordinary comparison says it without any condition. */
const isTold = (finding: Finding, all: readonly Finding[]): boolean =>
  all.some((one) => one.rule === finding.rule && one.api === finding.api && one.subjects.join() === finding.subjects.join());

function byFile(findings: readonly Finding[]): readonly FileResult[] {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { path: file } = finding.primary.file;
    files.set(file, [...(files.get(file) ?? []), finding]);
  }
  return [...files].map(([file, own]) => ({ path: file, findings: own }));
}

function saidOf({ before, after }: { readonly before: Side; readonly after: Side }, compared: Compared, isSame: boolean): string {
  const { apis, requests, findings } = compared;
  const serverless = [...before.lifted, ...after.lifted].some(({ dialect }) => dialect === 'serverless');
  const how = serverless ? ', as the Serverless Framework compiles them at the stages that they know' : '';
  const what = `compared ${before.label} with ${after.label}${how}: ${plural(apis, 'API')}, ${plural(requests, 'request')} from pages`;
  if (isSame) return `${what}; both are the same`;
  return findings.length === 0 && compared.unseen.length === 0 ? `${what}; nothing changes for browsers` : what;
}
