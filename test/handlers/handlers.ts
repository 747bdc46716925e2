import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { HandlerRequest } from '../../src/handlers/index.ts';
import type { SourceFile } from '../../src/source/location.ts';
import { known } from '../../src/value/value.ts';

const FOLDER = 'fixtures/handlers/javascript';

/** A handler of the fixtures: a file of its own, or a folder's `index`. */
export interface Fixture {
  readonly name: string;
  readonly path: string;
  /** Set for both: `// env: NAME=value`. */
  readonly env: Readonly<Record<string, string>>;
  /** Set when it is called, and not known before: `// later: NAME=value`. */
  readonly later: Readonly<Record<string, string>>;
}

const marked = (text: string, mark: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(new RegExp(`^// ${mark}: (\\w+)=(.*)$`, 'gm'))].map(([, name = '', value = '']) => [name, value]));

export const fixtures: readonly Fixture[] = readdirSync(FOLDER, { withFileTypes: true }).map((entry): Fixture => {
  const inner = entry.isDirectory() ? readdirSync(join(FOLDER, entry.name)).find((name) => name.startsWith('index.')) : '';
  const path = join(FOLDER, entry.name, inner ?? '').replace(/\/$/, '');
  const text = readFileSync(path, 'utf8');
  return { name: entry.name, path, env: marked(text, 'env'), later: marked(text, 'later') };
});

/** The request that a fixture stands for. */
export function requestFor(
  { path, env, later }: Pick<Fixture, 'path' | 'env' | 'later'>,
  change = (text: string): string => text,
): HandlerRequest {
  const files = new Map<string, SourceFile>();
  const open = (one: string): SourceFile => {
    const text = readFileSync(one, 'utf8');
    const file = files.get(one) ?? { path: one, text: one === path ? change(text) : text };
    files.set(one, file);
    return file;
  };
  const file = open(path);
  const from = { kind: 'literal', at: { file, path: [], start: 0, end: 0 } } as const;
  return {
    file,
    exported: 'handler',
    env: (name) => (name in later ? { kind: 'unknown', why: 'it is set later', from } : known(env[name], from)),
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
