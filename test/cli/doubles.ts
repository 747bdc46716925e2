import path from 'node:path';
import { main } from '../../src/cli/main.ts';
import { memoryIo } from '../../src/config/memory-io.ts';
import type { Environment } from '../../src/cli/environment.ts';
import type { Io } from '../../src/config/io.ts';
import type { Dialect, Document, FrontEnd, LiftContext } from '../../src/frontends/frontend.ts';
import { suppressionsIn } from '../../src/frontends/suppressions.ts';
import type { Parts } from '../../src/lint.ts';
import type { Model } from '../../src/model/api.ts';
import type { Problem } from '../../src/model/written.ts';
import { defineRule, type Rule } from '../../src/rule.ts';
import type { Located } from '../../src/source/located.ts';
import { parse } from '../../src/source/parse.ts';
import { always, YES, type Verdict } from '../../src/value/verdict.ts';

/*
 * A front end and rules that find what a test writes down, so that the pipeline and the command line are tested for
 * themselves: `faults: [certain, possible, in-prod, …]` is a list of faults, `include:` a list of other files.
 */

const STAGE = { key: 'stage', name: 'stage', labels: ['dev', 'prod'] };
const EXISTS: Readonly<Record<string, Verdict>> = {
  possible: always('maybe'),
  'in-prod': [
    { when: { stage: { on: STAGE, labels: ['prod'] } }, truth: 'yes', because: [] },
    { when: { stage: { on: STAGE, labels: ['dev'] } }, truth: 'no', because: [] },
  ],
};

function dialect(name: Dialect['name'], claimedBy: string): Dialect {
  const frontEnd: FrontEnd = {
    name,
    claims: (root) => root.kind === 'map' && root.entries.has(claimedBy),
    lift: (document, context) =>
      ({
        apis: [],
        deployments: [],
        ignored: [],
        problems: [...problemsOf(document, context)],
        mentions: [],
        suppressions: suppressionsIn(metadataOf(document.root), [document.root.at]),
        stage: { kind: 'unknown', why: 'this is a double', from: { kind: 'literal', at: document.root.at } },
      }) satisfies Model,
  };
  return { name, claims: frontEnd.claims, load: async () => frontEnd };
}

const metadataOf = (root: Located): Located | undefined => (root.kind === 'map' ? root.entries.get('Metadata')?.value : undefined);

function* problemsOf({ root, problems }: Document, context: LiftContext): Iterable<Problem> {
  for (const { at, text } of problems) yield { kind: 'unreadable', at, exists: YES, text, fatal: true };
  yield* faultsOf(root);
  for (const { at, value } of listed(root, 'include')) {
    const loaded = context.load(value);
    if (loaded.kind === 'closed') yield fault(at, `closed: ${loaded.why}`);
    if (loaded.kind === 'missing') yield fault(at, 'missing');
    if (loaded.kind === 'document') yield* faultsOf(loaded.document.root);
  }
}

function* faultsOf(root: Located): Iterable<Problem> {
  for (const { at, value } of listed(root, 'faults')) {
    if (value === 'throw') throw new Error('s3cret');
    yield fault(at, value, EXISTS[value]);
  }
}

const fault = (at: Located['at'], text: string, exists: Verdict = YES): Problem => ({
  kind: 'unresolved',
  at,
  exists,
  written: '',
  missing: 'value',
  text,
});

function listed(root: Located, key: string): { readonly at: Located['at']; readonly value: string }[] {
  const list = root.kind === 'map' ? root.entries.get(key)?.value : undefined;
  return list?.kind === 'list'
    ? list.items.flatMap((item) => (item.kind === 'scalar' ? [{ at: item.at, value: String(item.value) }] : []))
    : [];
}

const EXAMPLES = {
  bad: [{ as: 'serverless', code: 'service: a\nfaults: [certain]\n' }],
  good: [{ as: 'serverless', code: 'service: a\n' }],
} as const;
const META = { since: '0.1.0', why: 'Browsers refuse it.', remedy: 'Mend it.', references: ['https://fetch.spec.whatwg.org/'] } as const;

/** What the doubles' rules report; the severities are in the names. */
const RULES: readonly Rule[] = [
  defineRule({
    meta: { ...META, id: 'a-fault', summary: 'There is a fault.', preset: 'recommended' },
    messages: {
      error: { severity: 'error', harm: 'broken', text: 'this is {what}' },
      warning: { severity: 'warning', harm: 'untidy', text: 'this is {what}' },
      note: { severity: 'note', harm: 'untidy', text: 'this is {what}' },
    },
    options: {},
    examples: EXAMPLES,
    check: {
      *problem(problem) {
        if (problem.kind !== 'unresolved' || problem.text === 'strict') return;
        const { exists: verdict, at, text: what } = problem;
        if (what === 'rule-throws') throw new Error('s3cret');
        yield { verdict, messageId: what === 'warning' || what === 'note' ? what : 'error', data: { what }, at };
      },
    },
  }),
  defineRule({
    meta: { ...META, id: 'strict-fault', summary: 'There is a fault that few mind.', preset: 'strict' },
    messages: { found: { severity: 'warning', harm: 'untidy', text: 'this is strict' } },
    options: {},
    examples: EXAMPLES,
    check: {
      *problem(problem) {
        if (problem.kind === 'unresolved' && problem.text === 'strict')
          yield { verdict: problem.exists, messageId: 'found', at: problem.at };
      },
    },
  }),
  defineRule({
    meta: { ...META, id: 'unreadable-file', summary: 'A file cannot be read.', preset: 'recommended' },
    messages: { broken: { severity: 'error', harm: 'broken', text: '{text}' } },
    options: {},
    examples: EXAMPLES,
    check: {
      *problem({ kind, at, exists: verdict, ...problem }) {
        if ((kind === 'unreadable' || kind === 'refused') && 'text' in problem)
          yield { verdict, messageId: 'broken', data: { text: problem.text }, at };
      },
    },
  }),
  defineRule({
    meta: { ...META, id: 'unused-suppression', summary: 'A suppression suppresses nothing.', preset: 'recommended' },
    messages: {
      malformed: { severity: 'warning', harm: 'untidy', text: '{text}' },
      'unknown-rule': { severity: 'warning', harm: 'untidy', text: 'there is no rule `{rule}`{meant}' },
      'idle-enable': { severity: 'warning', harm: 'untidy', text: 'nothing to enable' },
      'unused-all': { severity: 'warning', harm: 'untidy', text: 'nothing to suppress {where}' },
      unused: { severity: 'warning', harm: 'untidy', text: '{rules} has nothing to suppress {where}' },
      'unused-in-part': { severity: 'warning', harm: 'untidy', text: 'of several, {rules} has nothing to suppress {where}' },
    },
    options: {},
    examples: EXAMPLES,
    check: {},
  }),
];

export const PARTS: Parts = {
  rules: RULES,
  dialects: [dialect('serverless', 'service'), dialect('cloudformation', 'Resources')],
  parse,
};

export const CWD = path.resolve('/project');

/** Files below the working folder. */
export const project = (files: Readonly<Record<string, string | Uint8Array>>): Io =>
  memoryIo(Object.fromEntries(Object.entries(files).map(([file, content]) => [path.resolve(CWD, file), content])));

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What was written to files. */
  readonly written: Readonly<Record<string, string>>;
}

/** `cors-lint …` in memory. */
export async function run(
  argv: readonly string[],
  files: Readonly<Record<string, string | Uint8Array>> | Io = {},
  more: Partial<Environment> = {},
  parts = PARTS,
): Promise<Ran> {
  const out = { stdout: '', stderr: '' };
  const written: Record<string, string> = {};
  const isIo = (one: typeof files): one is Io => typeof one['read'] === 'function';
  const environment: Environment = {
    argv,
    cwd: CWD,
    env: {},
    io: isIo(files) ? files : project(files),
    stdout: (text) => void (out.stdout += text),
    stderr: (text) => void (out.stderr += text),
    stdin: () => new Uint8Array(),
    writeFile: (file, text) => void (written[file] = text),
    stdoutIsTerminal: () => false,
    columns: () => undefined,
    ...more,
  };
  return { code: await main(environment, parts), ...out, written };
}
