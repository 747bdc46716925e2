import { describe, expect, it } from 'vitest';
import { modules, read, type Import, type Module } from './tooling/imports.ts';

/** What each part may import. Names may move as the code grows; these directions may not. */
const DIRECTIONS: Readonly<Record<string, readonly string[]>> = {
  source: [],
  value: ['source'],
  finding: ['source', 'value'],
  model: ['source', 'value'],
  browser: [],
  rule: ['finding', 'value', 'model'],
  rules: ['rule', 'value', 'model', 'browser'],
  frontends: ['source', 'value', 'model'],
  handlers: ['source', 'value', 'model'],
  simulate: ['value', 'model', 'browser'],
  engine: ['rule', 'finding', 'value', 'model', 'source'],
  // `value` has the words for the worlds in which a finding holds.
  report: ['finding', 'rule', 'source', 'value', 'simulate'],
  // The pipeline on one page: it begins with `source` (parse), and hands the rules of the registry to the engine.
  lint: ['frontends', 'answers', 'engine', 'config', 'source', 'value', 'registry'],
  // What the code of a document's functions answers, put into its model.
  answers: ['handlers', 'config', 'model', 'source', 'value'],
  // Paths → files, and which front end claims each; options → the rules that run.
  config: ['frontends', 'source', 'value', 'rule', 'engine', 'generated'],
  // The config's validator, compiled by `npm run generate`.
  generated: [],
  // Where a value comes from, for --explain-value.
  trace: ['source', 'value'],
  // What it tells is worded like a rule's, and reported as findings.
  diff: ['lint', 'simulate', 'model', 'value', 'browser', 'finding', 'rule'],
  cli: ['lint', 'report', 'simulate', 'diff', 'config', 'docs', 'registry', 'trace'],
  lsp: ['lint', 'report', 'simulate', 'diff', 'config', 'registry'],
  // Other tools want lines and columns as plain data.
  integrations: ['lint', 'report', 'simulate', 'diff', 'config', 'registry', 'source'],
  // The library's entry: it re-exports.
  index: ['lint', 'config', 'rule', 'finding', 'source', 'value', 'registry', 'engine'],
  // rules/index.ts, printed: it names every rule.
  registry: ['rule', 'rules'],
  // The rules' pages, and what their examples print.
  docs: ['rule', 'finding', 'lint', 'report', 'config', 'source'],
};

/** Parts that see each other's types alone. */
const TYPES_ONLY = new Set(['report → simulate']);

/** Parts that a rule's author and a web page load: they reach for nothing outside. */
const PURE = new Set(['source', 'value', 'finding', 'model', 'browser', 'rule', 'rules', 'engine', 'frontends', 'simulate', 'report']);

/** Packages, and the one part that knows each. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  yaml: ['source'],
  tinyglobby: ['config'],
  ignore: ['config'],
  tldts: ['browser'],
  '@aws-cdk/cloudformation-diff/lib/diff-template.js': ['diff'],
  '@aws-cdk/cloudformation-diff/lib/diff/types.js': ['diff'],
  '@lezer/python': ['handlers'],
  acorn: ['source', 'handlers'],
  '@sveltejs/acorn-typescript': ['source', 'handlers'],
};

/** Nothing in a template is executed, and nothing is sent anywhere. */
const NEVER = new Set([
  'node:child_process',
  'node:cluster',
  'node:dgram',
  'node:http',
  'node:http2',
  'node:https',
  'node:net',
  'node:tls',
  'node:vm',
  'node:worker_threads',
]);
/** Alone in running something: git, for who names a revision to `diff`. */
const GIT = 'src/cli/git.ts';
/** A thread of our own code: the CDK asks where nothing may be awaited. */
const THREADS = new Set(['src/integrations/cdk/sync.ts', 'src/integrations/cdk/cdk-worker.ts']);
/** Loads the program's own files, and nothing else. */
const CHUNKS = 'src/cli/chunks.ts';
const NEVER_CALLED = ['eval', 'Function', 'fetch', 'WebSocket', 'XMLHttpRequest'];

/** The part a file belongs to: its folder in src, or itself. */
function partOf(file: string): string {
  if (file === 'rules/index.ts') return 'registry';
  const [top = '', name = ''] = file.split('/');
  return top === 'rules' ? 'rules' : name.replace(/\.ts$/, '');
}

const isOurs = ({ to }: Import): boolean => /^(src|rules)\//.test(to);

/** Everything that a part's own imports lead to: types may be named from any distance, since signatures mention them. */
function below(part: string): Set<string> {
  const reached = new Set<string>();
  const follow = (one: string): void => {
    for (const next of DIRECTIONS[one] ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      follow(next);
    }
  };
  follow(part);
  return reached;
}

function againstDirections({ file, imports }: Module): string[] {
  const part = partOf(file);
  const allowed = DIRECTIONS[part];
  if (!allowed) return [`${file}: \`${part}\` is no part of the house; give it a row in DIRECTIONS`];
  // A rule is held to the letter; so whoever writes one needs to know four modules.
  const named = part === 'rules' ? new Set(allowed) : below(part);
  return imports.filter(isOurs).flatMap((one) => {
    const target = partOf(one.to);
    if (target === part && part !== 'rules') return [];
    if (TYPES_ONLY.has(`${part} → ${target}`) && !one.type) return [`${file} imports ${one.to}, of which it may only see the types`];
    return allowed.includes(target) || (one.type && named.has(target))
      ? []
      : [`${file} imports ${one.to}: ${part} → ${allowed.join(', ') || '–'}`];
  });
}

const house = modules('.', ['src', 'rules']);

describe('the house', () => {
  it('has its modules', () => expect(house.length).toBeGreaterThan(12));

  it('imports in the directions of the table alone', () => expect(house.flatMap(againstDirections)).toEqual([]));

  it('touches the process in cli alone', () =>
    expect(
      house
        .filter(
          ({ file, names, imports }) =>
            partOf(file) !== 'cli' && (names.has('process') || imports.some(({ to }) => to === 'node:process' || to === 'process')),
        )
        .map(({ file }) => file),
    ).toEqual([]));

  it('keeps the system out of what also runs in an editor and a web page', () =>
    expect(
      house.flatMap(({ file, imports }) =>
        PURE.has(partOf(file))
          ? imports
              .filter(({ to, type }) => to.startsWith('node:') && !type && !(to === 'node:path' && partOf(file) === 'report'))
              .map(({ to }) => `${file} imports ${to}`)
          : [],
      ),
    ).toEqual([]));

  it('knows each package in one part', () =>
    expect(
      house.flatMap(({ file, imports }) =>
        imports
          .filter(
            (one) => !isOurs(one) && one.to !== 'package.json' && !one.to.startsWith('node:') && !PACKAGES[one.to]?.includes(partOf(file)),
          )
          .map(({ to }) => `${file} imports ${to}`),
      ),
    ).toEqual([]));

  it('executes nothing and sends nothing', () =>
    expect(
      house.flatMap(({ file, imports, names }) => [
        ...imports
          .filter(
            ({ to }) =>
              NEVER.has(to) &&
              !(to === 'node:child_process' && file === GIT) &&
              !(to === 'node:vm' && file === CHUNKS) &&
              !(to === 'node:worker_threads' && THREADS.has(file)),
          )
          .map(({ to }) => `${file} imports ${to}`),
        ...NEVER_CALLED.filter((name) => names.has(name)).map((name) => `${file} names ${name}`),
      ]),
    ).toEqual([]));

  it('is small: a source file has at most 350 lines, a rule 120, its check 40, and half the files 100', () => {
    const long = house
      .filter(({ file }) => file !== 'rules/index.ts')
      .flatMap(({ file, text }) => {
        const [lines, check] = [linesIn(text), linesIn(/^ {2}check: \{\n.*?^ {2}\},$/ms.exec(text)?.[0] ?? '')];
        const limit = partOf(file) === 'rules' ? 120 : 350;
        return [
          ...(lines > limit ? [`${file}: ${lines} lines of ${limit}`] : []),
          ...(check > 40 ? [`${file}: a check of ${check} lines of 40`] : []),
        ];
      });
    expect(long).toEqual([]);
    const sizes = house.map(({ text }) => linesIn(text)).toSorted((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(100);
  });
});

const linesIn = (text: string): number => text.trimEnd().split('\n').length;

describe('the walk itself', () => {
  const walked = read(
    'src/source/yaml.ts',
    `import { x } from './located.ts';
import { type A, type B } from '../rule.ts';
import type { C } from '../finding.ts';
export { d } from '../value/value.ts';
export type * from '../model/api.ts';
type E = typeof import('../engine/check.ts');
export const f = async () => [x, await import('../report/json.ts'), process.exit, g.fetch, { eval: 1 }, "import 'h'"];`,
  );

  it('sees every kind of import', () =>
    expect(walked.imports).toEqual([
      { to: 'src/source/located.ts', type: false },
      { to: 'src/rule.ts', type: true },
      { to: 'src/finding.ts', type: true },
      { to: 'src/value/value.ts', type: false },
      { to: 'src/model/api.ts', type: true },
      { to: 'src/engine/check.ts', type: true },
      { to: 'src/report/json.ts', type: false },
    ]));

  it('tells a variable from a property', () =>
    expect(['process', 'fetch', 'eval', 'g'].map((name) => walked.names.has(name))).toEqual([true, false, false, true]));

  it('names what goes the wrong way', () =>
    expect(againstDirections(walked)).toEqual([
      'src/source/yaml.ts imports src/rule.ts: source → –',
      'src/source/yaml.ts imports src/finding.ts: source → –',
      'src/source/yaml.ts imports src/value/value.ts: source → –',
      'src/source/yaml.ts imports src/model/api.ts: source → –',
      'src/source/yaml.ts imports src/engine/check.ts: source → –',
      'src/source/yaml.ts imports src/report/json.ts: source → –',
    ]));

  it('holds a rule to the letter, and lets others name what their neighbours speak of', () => {
    const source = "import type { Location } from '../src/source/location.ts';";
    expect(againstDirections(read('rules/a.ts', source))).toHaveLength(1);
    expect(againstDirections(read('rules/a.ts', "import b from './b.ts';"))).toHaveLength(1);
    expect(againstDirections(read('src/rule.ts', source.replace('../src', '.')))).toEqual([]);
    expect(againstDirections(read('src/rule.ts', "import { lineOf } from './source/location.ts';"))).toHaveLength(1);
    expect(againstDirections(read('src/report/table.ts', "import { walk } from '../simulate/walk.ts';"))).toHaveLength(1);
    expect(againstDirections(read('src/report/table.ts', "import type { Walk } from '../simulate/walk.ts';"))).toEqual([]);
    expect(againstDirections(read('src/helpers/x.ts', ''))).toHaveLength(1);
  });
});
