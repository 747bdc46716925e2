import vm from 'node:vm';
import type { LoadedText } from '../../../../src/frontends/serverless/code/load.ts';
import type { PartlyComputed } from '../../../../src/frontends/serverless/code/locate.ts';
import { readModule } from '../../../../src/frontends/serverless/code/read-module.ts';
import { positionAt } from '../../../../src/source/lines.ts';
import type { Located, Parsed } from '../../../../src/source/located.ts';
import type { SourceFile } from '../../../../src/source/location.ts';

export type Files = Readonly<Record<string, string>>;

/** Files in memory: what is not named is missing, what names nothing but a folder is closed, as on a disk. */
function loaderOf(files: Files, asked: string[] = []): (path: string) => LoadedText {
  const made = new Map<string, SourceFile>();
  return (path) => {
    asked.push(path);
    const text = Object.hasOwn(files, path) ? files[path] : undefined;
    if (text === undefined) {
      const isFolder = Object.keys(files).some((name) => name.startsWith(`${path}/`));
      return isFolder ? { kind: 'closed', why: `${path} is a folder` } : { kind: 'missing' };
    }
    const file = made.get(path) ?? { path: `/service/${path}`, text };
    made.set(path, file);
    return { kind: 'text', file };
  };
}

/** What one of these files, by default the first, is read as. */
export function read(files: Files, name = Object.keys(files)[0] ?? '', asked: string[] = []): Parsed {
  const load = loaderOf(files, asked);
  const loaded = load(name);
  if (loaded.kind !== 'text') throw new Error(`there is no ${name}`);
  return readModule(loaded.file, { load });
}

/** The values alone. What is computed is `{ '?': why }`, with its pieces and the keys that are known where there are any. */
export function plain(located: Located): unknown {
  switch (located.kind) {
    case 'scalar': {
      if (!located.computed) return located.value;
      const { why, pieces, known }: PartlyComputed = located.computed;
      return { '?': why, ...(pieces && { pieces }), ...(known && { known: plainEntries(known) }) };
    }
    case 'list':
      return located.items.map(plain);
    case 'map':
      return plainEntries(located.entries);
  }
}

const plainEntries = (entries: Extract<Located, { kind: 'map' }>['entries']): unknown =>
  Object.fromEntries([...entries].map(([key, { value }]) => [key, plain(value)]));

/** The keys that are certain in a map that is not known as a whole. */
function knownIn(located: Located): PartlyComputed['known'] {
  const computed: PartlyComputed | undefined = located.kind === 'scalar' ? located.computed : undefined;
  return computed?.known;
}

/** What a file with these statements exports by default, as plain data; a TypeScript file unless told otherwise. */
export const valueOf = (text: string, name = 'serverless.ts', others: Files = {}): unknown =>
  plain(read({ [name]: text, ...others }, name).root);

/** What is told of an expression: `constants` stand before it. */
export const expression = (code: string, constants = ''): unknown => valueOf(`${constants}\nexport default ${code};`);

/** What stands at a path. */
export function at(located: Located, ...path: readonly (string | number)[]): Located {
  return path.reduce<Located>((node, step) => {
    const known = knownIn(node);
    const child =
      node.kind === 'map'
        ? node.entries.get(String(step))?.value
        : node.kind === 'list'
          ? node.items[Number(step)]
          : known?.get(String(step))?.value;
    if (!child) throw new Error(`nothing at ${path.join('.')}`);
    return child;
  }, located);
}

/** Where something is written, and what stands there: 'src/hello/index.ts:3:9 «true»'. */
export function place({ file, start, end }: Located['at']): string {
  const { line, column } = positionAt(file, start);
  return `${file.path.replace('/service/', '')}:${line}:${column} «${file.text.slice(start, end)}»`;
}

/** The problems of files, one a line. */
export const said = (files: Files): readonly string[] =>
  read(files).problems.map((problem) => `${place(problem.at)} ${problem.kind}: ${problem.text}`);

/** Every value in a tree, shared ones at each of their uses. */
export function* walk(located: Located): Generator<Located> {
  yield located;
  const known = knownIn(located);
  const entries = located.kind === 'map' ? located.entries : known;
  if (located.kind === 'list') for (const item of located.items) yield* walk(item);
  if (entries) for (const { value } of entries.values()) yield* walk(value);
}

/** What no tree may break, whatever the file says. */
export function faults({ root, problems }: Parsed): readonly string[] {
  const found: string[] = [];
  const inside = ({ file, start, end }: Located['at']): boolean => start >= 0 && start <= end && end <= file.text.length;
  for (const node of walk(root)) {
    const where = node.at.path.join('.');
    if (!inside(node.at)) found.push(`${where} lies outside its file`);
    if (node.source !== node.at.file.text.slice(node.at.start, node.at.end)) found.push(`${where} has another source`);
    if (node.kind === 'map')
      for (const [name, { key }] of node.entries)
        if (!inside(key) || key.path.at(-1) !== name) found.push(`${where} has a bad key ${name}`);
    if (node.kind === 'scalar' && node.computed && (node.value !== null || /^[A-Z]|\.$|\n/.test(node.computed.why)))
      found.push(`${where}: "${node.computed.why}" is no clause`);
  }
  for (const { at: where, text } of problems) if (!inside(where) || !/^[^\n]*[^.\n]$/.test(text)) found.push(`the problem "${text}"`);
  return found;
}

/** What Node makes of a CommonJS file of these tests' own, as the framework hands it on: through JSON. */
export function run(code: string, globals: Readonly<Record<string, unknown>> = {}): unknown {
  const module = { exports: {} };
  const given = { ...globals, module, exports: module.exports, process: { env: {} } };
  vm.compileFunction(code, Object.keys(given))(...Object.values(given));
  return JSON.parse(JSON.stringify(module.exports)) as unknown;
}
