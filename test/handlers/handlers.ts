import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { HandlerRequest } from '../../src/handlers/index.ts';
import type { SourceFile } from '../../src/source/location.ts';
import { known } from '../../src/value/value.ts';

/** A handler of the fixtures: a file of its own, or a folder's `index`. */
export interface Fixture {
  readonly name: string;
  readonly path: string;
  /** Set for both: `// env: NAME=value`. */
  readonly env: Readonly<Record<string, string>>;
  /** Set when it is called, and not known before: `// later: NAME=value`. */
  readonly later: Readonly<Record<string, string>>;
  /** The packages it runs with, where they are installed under another name: `// uses: @middy/core 4`. */
  readonly uses: Readonly<Record<string, string>>;
}

/** The variables that comments of a fixture set: `// env: NAME=value`, `# later: NAME=value`. */
export function variablesOf(text: string): Pick<Fixture, 'env' | 'later'> {
  const marked = (mark: string): Record<string, string> =>
    Object.fromEntries(
      [...text.matchAll(new RegExp(`^(?://|#) ${mark}: (\\w+)=(.*)$`, 'gm'))].map(([, name = '', value = '']) => [name, value]),
    );
  return { env: marked('env'), later: marked('later') };
}

const used = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^\/\/ uses: (\S+) (\d+)$/gm)].map(([, name = '', major = '']) => [
      name,
      `${name.replace('@', '').replace('/', '-')}-${major}`,
    ]),
  );

/** The fixtures of a folder below `fixtures/handlers`. */
export const fixturesIn = (folder: string): readonly Fixture[] =>
  readdirSync(join('fixtures/handlers', folder), { withFileTypes: true }).map((entry): Fixture => {
    const at = join('fixtures/handlers', folder, entry.name);
    const inner = entry.isDirectory() ? readdirSync(at).find((name) => name.startsWith('index.')) : '';
    const path = join(at, inner ?? '').replace(/\/$/, '');
    const text = readFileSync(path, 'utf8');
    return { name: entry.name, path, ...variablesOf(text), uses: used(text) };
  });

const installed = (JSON.parse(readFileSync('package.json', 'utf8')) as { devDependencies: Record<string, string> }).devDependencies;

/** Opens files, each once. */
export function opener(change = (_path: string, text: string): string => text): (path: string) => SourceFile {
  const files = new Map<string, SourceFile>();
  return (path) => {
    const file = files.get(path) ?? { path, text: change(path, readFileSync(path, 'utf8')) };
    files.set(path, file);
    return file;
  };
}

/** What a request says of the file of a handler, and of its environment. */
export function given(file: SourceFile, { env, later }: Pick<Fixture, 'env' | 'later'>): Pick<HandlerRequest, 'file' | 'env'> {
  const from = { kind: 'literal', at: { file, path: [], start: 0, end: 0 } } as const;
  return { file, env: (name) => (name in later ? { kind: 'unknown', why: 'it is set later', from } : known(env[name], from)) };
}

/** The request that a fixture stands for. */
export function requestFor(
  { path, env, later, uses }: Pick<Fixture, 'path' | 'env' | 'later' | 'uses'>,
  change = (text: string): string => text,
): HandlerRequest {
  const open = opener((one, text) => (one === path ? change(text) : text));
  return {
    ...given(open(path), { env, later }),
    exported: 'handler',
    version: (name) => installed[uses[name] ?? name],
    load(specifier, { path: of }) {
      if (!specifier.startsWith('.')) return undefined;
      const base = relative('.', join(dirname(of), specifier));
      const found = [
        base,
        ...['js', 'mjs', 'cjs', 'ts'].flatMap((ext) => [`${base}.${ext}`, join(base, `index.${ext}`), base.replace(/\.js$/, `.${ext}`)]),
      ];
      const hit = found.find((one) => /\.\w+$/.test(one) && existsSync(one));
      return hit === undefined ? undefined : open(hit);
    },
  };
}
