import { join, type LoadedText, type LoadText } from '../frontends/serverless/code/load.ts';
import type { SourceFile } from '../source/location.ts';

const REFERENCE = /^\/\/[#@] sourceMappingURL=(\S+)\s*$/m;

/** The source of a compiled file, where its source map names one that is there; else the file itself. `load`: relative to its folder. */
export function mapped(file: SourceFile, load: (path: string) => LoadedText): SourceFile {
  return byMap(file, load) ?? byMark(file, load) ?? file;
}

function byMap(file: SourceFile, load: (path: string) => LoadedText): SourceFile | undefined {
  const url = /\.[cm]?js$/.test(file.path) ? REFERENCE.exec(file.text.slice(-MOST_BEHIND))?.[1] : undefined;
  if (url === undefined || /^[a-z]+:/i.test(url)) return undefined;
  const map = load(url);
  const sources = map.kind === 'text' ? sourcesIn(map.file.text) : [];
  // A bundler puts what is imported first: the entry is the last one.
  for (const source of sources.toReversed()) {
    const loaded = load(join(url.slice(0, Math.max(url.lastIndexOf('/'), 0)), source));
    if (loaded.kind === 'text') return loaded.file;
  }
  return undefined;
}

/** What esbuild writes before each file of a bundle: '// lambda/orders.ts', from the folder that it runs in. */
const MARK = /^\/\/ ((?:[\w.@$-]+\/)*[\w.@$-]+\.[cm]?[jt]sx?)$/gm;

/** An asset of the CDK is a bundle below `cdk.out`, which lies in the folder of the app. */
function byMark(file: SourceFile, load: (path: string) => LoadedText): SourceFile | undefined {
  if (!/[\\/]asset\.[0-9a-f]{32,}[\\/]/.test(file.path)) return undefined;
  const marked = [...file.text.matchAll(MARK)].flatMap(([, name = '']) => (name.includes('node_modules') ? [] : [name])).at(-1);
  if (marked === undefined) return undefined;
  for (const up of ['../../', '../../../', '../../../../']) {
    const loaded = load(`${up}${marked}`);
    if (loaded.kind === 'text') return loaded.file;
  }
  return undefined;
}

/** The reference stands on the last line. */
const MOST_BEHIND = 2000;

/** https://tc39.es/ecma426/#sec-source-map-format; those of packages are nobody's to edit. */
function sourcesIn(text: string): readonly string[] {
  try {
    const { sources, sourceRoot = '' } = JSON.parse(text) as { readonly sources?: unknown; readonly sourceRoot?: unknown };
    if (!Array.isArray(sources)) return [];
    return sources.flatMap((one) =>
      typeof one === 'string' && !/node_modules|^[a-z]+:/i.test(one) ? [join(typeof sourceRoot === 'string' ? sourceRoot : '', one)] : [],
    );
  } catch {
    // What is no JSON maps nothing: the compiled file stands for itself.
    return [];
  }
}

/** Folders upwards in which a tsconfig.json is looked for. */
const MOST_LEVELS = 6;

/** Where the source of a module lies that a handler names in the folder that TypeScript compiles into, which git ignores. */
export function outputFolder(module: string, extensions: readonly string[], load: LoadText): readonly string[] {
  const steps = module.split('/');
  for (let level = Math.min(steps.length - 1, MOST_LEVELS); level >= 0; level -= 1) {
    const folder = steps.slice(0, level).join('/');
    const config = load(join(folder, 'tsconfig.json'));
    if (config.kind !== 'text') continue;
    const [out, root] = ['outDir', 'rootDir'].map((name) => new RegExp(`"${name}"\\s*:\\s*"([^"]+)"`).exec(config.file.text)?.[1]);
    const output = out === undefined ? undefined : `${join(folder, out)}/`;
    if (output === undefined || !module.startsWith(output)) return [];
    const below = module.slice(output.length);
    const roots = root === undefined ? ['', 'src'] : [root];
    return roots.flatMap((one) => extensions.map((extension) => `${join(folder, join(one, below))}${extension}`));
  }
  return [];
}
