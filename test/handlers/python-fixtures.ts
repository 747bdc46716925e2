import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { HandlerRequest } from '../../src/handlers/index.ts';
import { calls as both, type Call } from './events.ts';
import { given, opener, variablesOf } from './handlers.ts';

const FOLDER = 'fixtures/handlers/python';

/** A handler of the fixtures: a file of its own, or a folder that is deployed as a whole. */
export interface PythonFixture {
  readonly name: string;
  readonly path: string;
  /** What is deployed: where Python finds modules by their names. */
  readonly root: string;
  readonly exported: string;
  /** It needs no network: it is called with that up alone. */
  readonly alone: boolean;
  /** Set for both: `# env: NAME=value`. */
  readonly env: Readonly<Record<string, string>>;
  /** Set when it is called, and not known before: `# later: NAME=value`. */
  readonly later: Readonly<Record<string, string>>;
}

const filesIn = (path: string): readonly string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .toSorted()
        .flatMap((name) => filesIn(join(path, name)))
    : [path];

const HANDLER = /^(?:def )?((?:lambda_)?handler)\b *[(=]/m;

/** A handler of a file, or of one of a folder that is deployed as a whole. */
export function fixtureOf(whole: string, folder: string): PythonFixture {
  const path = filesIn(whole).find((one) => HANDLER.test(readFileSync(one, 'utf8'))) ?? whole;
  const text = readFileSync(path, 'utf8');
  const root = statSync(whole).isDirectory() ? whole : folder;
  return {
    name: relative(folder, whole),
    path,
    root,
    exported: HANDLER.exec(text)?.[1] ?? '',
    alone: false,
    ...variablesOf(text),
  };
}

export const pythonFixtures: readonly PythonFixture[] = readdirSync(FOLDER).map((name) => fixtureOf(join(FOLDER, name), FOLDER));

/** The sections of corners.py, each written to a file of its own below a folder. */
export function corners(folder: string): readonly PythonFixture[] {
  const [, ...sections] = readFileSync('fixtures/handlers/corners.py', 'utf8').split(/^# --- (\w+)\n/m);
  return sections.flatMap((name, place): readonly PythonFixture[] => {
    if (place % 2 === 1) return [];
    const path = join(folder, `${name}.py`);
    writeFileSync(path, sections[place + 1] ?? '');
    return [{ name, path, root: folder, exported: 'handler', alone: true, env: {}, later: {} }];
  });
}

/** What Python is told of a fixture: `app.handlers.create`, below its root. */
export const toldOf = ({ name, path, root, exported, alone, env, later }: PythonFixture): object => ({
  name,
  root: resolve(root),
  module: relative(root, path).replace(/\.py$/, '').replaceAll('/', '.'),
  exported,
  alone,
  env: { ...env, ...later },
});

/** The request that a fixture, or a handler anywhere, stands for. */
export function pythonRequest({ path, root, exported, env, later }: Omit<PythonFixture, 'name' | 'alone'>): HandlerRequest {
  const open = opener();
  return {
    ...given(open(path), { env, later }),
    exported,
    version: () => undefined,
    load(specifier, { path: of }) {
      const [, dots = '', name = ''] = /^(\.*)(.*)$/.exec(specifier) ?? [];
      const base = dots === '' ? root : join(dirname(of), '../'.repeat(dots.length - 1));
      const stem = join(base, name.replaceAll('.', '/'));
      const hit = [...(name === '' ? [] : [`${stem}.py`]), join(stem, '__init__.py')].find((one) => existsSync(one));
      return hit !== undefined && !relative(root, hit).startsWith('..') ? open(hit) : undefined;
    },
  };
}

/** Events in both payload formats at once, then those of an HTTP API alone: it leaves out what a request has not. */
export const pythonCalls: readonly Call[] = [
  // What goes wrong at first may go right ever after.
  ...both.slice(0, 3).toReversed(),
  ...both,
  ...['GET', 'POST', 'OPTIONS'].flatMap((method) =>
    ['https://app.example.com', 'https://evil.example'].map((origin) => ({
      fetches: 'ok',
      event: {
        version: '2.0',
        routeKey: '$default',
        rawPath: '/items',
        rawQueryString: '',
        httpMethod: method,
        path: '/items',
        headers: { origin, Origin: origin, authorization: 'Bearer token' },
        multiValueHeaders: { origin: [origin] },
        requestContext: { http: { method, path: '/items' }, stage: '$default' },
        isBase64Encoded: false,
      },
    })),
  ),
];
