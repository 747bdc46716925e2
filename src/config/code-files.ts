import path from 'node:path';
import { folderOf, join, type LoadText } from '../frontends/serverless/code/load.ts';
import type { CodeInFiles, CodeSource } from '../model/functions.ts';
import type { SourceFile } from '../source/location.ts';
import type { Files } from './files.ts';
import { versionIn } from './package-json.ts';
import { mapped, outputFolder } from './source-maps.ts';

/** The file that a function's handler is in, and the name that it is exported by. */
export interface Entry {
  readonly file: SourceFile;
  readonly exported: string;
}

/** What is not known of it: ends "what the code answers is not known: …". */
export interface Unfound {
  readonly unknown: string;
}

/** The code beside a document, file by file, by the rules of its language. */
export interface CodeFiles {
  entry(source: CodeInFiles): Entry | Unfound;
  /** How the imports of code are followed. What reads a tsconfig.json is loaded with it, once there is code. */
  imports(): Promise<Imports>;
  /** The range of versions of a package that the nearest package.json above a file asks for, as written. */
  version(packageName: string, from: SourceFile, source: CodeSource): string | undefined;
}

/** What a specifier means to a file; undefined for a package, and for what is not there. */
export type Imports = (specifier: string, from: SourceFile, source: CodeSource) => SourceFile | Unfound | undefined;

/** Source before what a compiler made of it and put beside it. */
const TYPED = ['.ts', '.mts', '.cts', '.tsx'];
const PLAIN = ['.js', '.mjs', '.cjs', '.jsx'];
const SCRIPTS = [...TYPED, ...PLAIN];

/** Code of strangers: no run reads more of it than that. */
const MOST_FILES = 5000;
const MOST_CHARACTERS = 64 * 1024 * 1024;
/** A bundle of a megabyte is no handler that anybody edits. */
const LONGEST = 1024 * 1024;

/** The paths that a name such as '@shared/http' stands for to a file of a document, relative to the file's folder. */
export type Aliased = (from: SourceFile, specifier: string, of: string) => readonly string[];

export function codeFiles(files: Files, aliased: () => Promise<Aliased>): CodeFiles {
  const loading = new Loading(files);
  let imports: Promise<Imports> | undefined;
  return {
    entry(source) {
      const load = loading.at(path.dirname(source.beside), source.beside);
      for (const { module, exported, extensions } of namesIn(source)) {
        const found = first(load, placesOf(source, module, extensions, load));
        if (found) return 'unknown' in found ? found : { file: found, exported };
      }
      return { unknown: `no file is found for the handler \`${source.handler}\`` };
    },
    imports: () => (imports ??= aliased().then((aliases) => importsIn(loading, aliases))),
    version: (packageName, from, source) => versionIn(loading.at(path.dirname(from.path), documentOf(source)), packageName),
  };
}

const importsIn =
  (loading: Loading, aliases: Aliased): Imports =>
  (specifier, from, source) => {
    const of = documentOf(source);
    const load = loading.at(path.dirname(from.path), of);
    if (/\.py$/i.test(from.path)) return first(load, pythonPlaces(specifier, from, source));
    if (/^\.\.?(?:\/|$)/.test(specifier)) return first(load, scriptPlaces(specifier));
    if (/^[/~]|^[a-z]+:/i.test(specifier)) return specifier.startsWith('/opt/') ? { unknown: 'it comes from a layer' } : undefined;
    const found = first(load, aliases(from, specifier, of).flatMap(scriptPlaces));
    return found && !('unknown' in found) && !/[\\/]node_modules[\\/]/.test(found.path) ? found : undefined;
  };

/** The first of these paths that is a file to be read; else why one is not to be. */
function first(load: LoadText, candidates: readonly string[]): SourceFile | Unfound | undefined {
  let closed: Unfound | undefined;
  const gone = new Map<string, boolean>();
  for (const candidate of candidates) {
    const folder = folderOf(candidate);
    // Sixteen names may be looked for in one folder.
    if (!gone.has(folder)) gone.set(folder, folder !== '' && load(folder).kind === 'missing');
    if (gone.get(folder)) continue;
    const loaded = load(candidate);
    if (loaded.kind === 'text') return mapped(loaded.file, (at) => load(join(folderOf(candidate), at)));
    if (loaded.kind === 'closed' && !loaded.why.endsWith(' is a folder')) closed ??= { unknown: loaded.why };
  }
  return closed;
}

/** Reads code within bounds, whoever asks for it. */
class Loading {
  private readonly files: Files;
  private readonly counted = new Set<SourceFile>();
  private readonly loaders = new Map<string, LoadText>();
  private characters = 0;

  constructor(files: Files) {
    this.files = files;
  }

  /** By paths relative to a folder, for a document. */
  at(folder: string, of: string): LoadText {
    const key = `${folder}\0${of}`;
    const load = this.loaders.get(key) ?? this.bounded(this.files.texts({ path: path.join(folder, 'code'), text: '' }, of));
    this.loaders.set(key, load);
    return load;
  }

  private bounded(load: LoadText): LoadText {
    return (at) => {
      const loaded = load(at);
      if (loaded.kind !== 'text' || this.counted.has(loaded.file)) return loaded;
      const { text } = loaded.file;
      if (text.length > LONGEST)
        return { kind: 'closed', why: `\`${path.basename(loaded.file.path)}\` is larger than 1 MB, and is not read` };
      if (this.counted.size >= MOST_FILES || this.characters + text.length > MOST_CHARACTERS)
        return { kind: 'closed', why: 'more code than is read at once lies here' };
      this.counted.add(loaded.file);
      this.characters += text.length;
      return loaded;
    };
  }
}

const documentOf = (source: CodeSource): string => (source.kind === 'files' ? source.beside : source.written.file.path);

interface Named {
  readonly module: string;
  readonly exported: string;
  readonly extensions: readonly string[];
}

/**
 * 'src/users.list' is `list` of src/users: Node's runtime splits at the first dot of the last step, Python's at the last one
 * (https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html, python-handler.html).
 */
function namesIn({ handler, language }: CodeInFiles): readonly Named[] {
  const script = /^((?:.*\/)?[^./]+)\.(.+)$/.exec(handler);
  const python = /^(.+)\.([^./]+)$/.exec(handler);
  return [
    ...(script && language !== 'python' ? [{ module: script[1] ?? '', exported: script[2] ?? '', extensions: SCRIPTS }] : []),
    ...(python && language !== 'javascript'
      ? [{ module: (python[1] ?? '').replaceAll('.', '/'), exported: python[2] ?? '', extensions: ['.py'] }]
      : []),
  ];
}

/** Where the module of a handler may lie, relative to the folder of the document. */
function placesOf({ folder, entries }: CodeInFiles, module: string, extensions: readonly string[], load: LoadText): readonly string[] {
  const written = folder.replaceAll('\\', '/');
  const at = /^[/]/.test(written) ? `${written}/${module}` : join(written, module);
  const bundled = entries.filter((entry) => endsLike(entry, module)).map((entry) => join(written, entry));
  const inside = extensions.map((extension) => `${at}/${extension === '.py' ? '__init__' : 'index'}${extension}`);
  return [...bundled, ...extensions.map((extension) => at + extension), ...inside, ...outputFolder(at, extensions, load)];
}

/** Whether a bundler's entry is what becomes the file of this module: it keeps the name, and of the path what entries do not share. */
function endsLike(entry: string, module: string): boolean {
  const [stem, wanted] = [entry.replace(/\.\w+$/, ''), module.replace(/^\.\//, '')];
  return stem === wanted || stem.endsWith(`/${wanted}`);
}

/** './x.js' in TypeScript means x.ts, as its compiler has it. */
function scriptPlaces(specifier: string): readonly string[] {
  const base = specifier.replace(/\/+$/, '');
  const twins = TYPED.flatMap((extension) => (/\.[cm]?jsx?$/.test(base) ? [base.replace(/\.[cm]?jsx?$/, extension)] : []));
  const exact = /\.(?:[cm]?[jt]s|[jt]sx|json)$/.test(base) ? [...twins, base] : [];
  return [...exact, ...SCRIPTS.map((extension) => base + extension), ...SCRIPTS.map((extension) => `${base}/index${extension}`)];
}

/** Relative to the folder of the file that imports: '.utils' beside it, '..lib' above, 'shared.http' in the folder that is packed. */
function pythonPlaces(specifier: string, from: SourceFile, source: CodeSource): readonly string[] {
  const [, dots = '', name = ''] = /^(\.*)(.*)$/.exec(specifier) ?? [];
  const steps = name.replaceAll('.', '/');
  const here = path.dirname(from.path);
  const root = source.kind === 'files' ? path.resolve(path.dirname(source.beside), source.folder) : here;
  const base = dots === '' ? path.relative(here, root).replaceAll(path.sep, '/') : '../'.repeat(dots.length - 1);
  const at = join(base, steps);
  return steps === '' ? [join(at, '__init__.py')] : [`${at}.py`, `${at}/__init__.py`];
}
