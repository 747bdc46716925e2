import { parseJavaScript } from '../../../source/javascript.ts';
import type { SourceFile } from '../../../source/location.ts';
import { declared } from './declared.ts';
import { Evaluator, siteOf, type Imports } from './evaluate.ts';
import { folderOf, isAbsolute, join, type LoadText } from './load.ts';
import { isRelative } from './specifiers.ts';
import { itemsOf, property, unknown, type Val } from './value.ts';

/** Folders upwards in which a tsconfig.json is looked for, and files that extend each other. */
const MAX_LEVELS = 20;

/** What a tsconfig.json says of where modules are. Paths are relative to the folder of the linted file. */
interface Settings {
  readonly baseUrl?: string | undefined;
  readonly paths?: { readonly folder: string; readonly patterns: ReadonlyMap<string, readonly string[]> } | undefined;
}

/** Reads the nearest tsconfig.json when it is first needed. */
export class Aliases {
  private readonly load: LoadText;
  private settings: Settings | undefined;
  /** The folder of the file that extends all others. */
  private configDir = '';

  constructor(load: LoadText) {
    this.load = load;
  }

  /** The paths that a name such as '@functions/hello' may stand for. */
  places(specifier: string): readonly string[] {
    this.settings ??= this.nearest();
    const { baseUrl, paths } = this.settings;
    const aliased = paths ? matches(paths.patterns, specifier).flatMap((target) => this.below(baseUrl ?? paths.folder, target)) : [];
    return [...aliased, ...(baseUrl === undefined ? [] : this.below(baseUrl, specifier))];
  }

  /** None where the path means something on one machine alone. */
  private below(folder: string, path: string): readonly string[] {
    if (path.startsWith(CONFIG_DIR)) return [join(this.configDir, path.slice(CONFIG_DIR.length))];
    return isAbsolute(path) ? [] : [join(folder, path)];
  }

  private nearest(): Settings {
    let folder = '';
    for (let level = 0; level < MAX_LEVELS; level += 1) {
      const path = join(folder, 'tsconfig.json');
      const loaded = this.load(path);
      this.configDir = folder;
      if (loaded.kind === 'text') return this.read(path, loaded.file, [path]);
      folder = join(folder, '..');
    }
    return {};
  }

  /** Its own settings over those of what it extends; packages are not looked into. `chain`: the linted project's file first. */
  private read(path: string, file: SourceFile, chain: readonly string[]): Settings {
    const root = dataOf(file);
    if (!root) return {};
    const folder = folderOf(path);
    const extended = textsOf(at(root, 'extends')).map((specifier) => this.extended(folder, specifier, chain));
    const inherited = extended.reduce<Settings>((all, one) => ({ baseUrl: one.baseUrl ?? all.baseUrl, paths: one.paths ?? all.paths }), {});
    const options = at(root, 'compilerOptions');
    const [baseUrl] = textsOf(at(options, 'baseUrl'));
    const patterns = patternsOf(at(options, 'paths'));
    return {
      baseUrl: baseUrl === undefined ? inherited.baseUrl : this.below(folder, baseUrl)[0],
      paths: patterns ? { folder, patterns } : inherited.paths,
    };
  }

  private extended(folder: string, specifier: string, chain: readonly string[]): Settings {
    if (!isRelative(specifier) || chain.length >= MAX_LEVELS) return {};
    const base = join(folder, specifier);
    for (const path of /\.json$/i.test(base) ? [base] : [base, `${base}.json`]) {
      const loaded = chain.includes(path) ? undefined : this.load(path);
      if (loaded?.kind === 'text') return this.read(path, loaded.file, [...chain, path]);
    }
    return {};
  }
}

/** The targets of the pattern that fits best: the name itself, else the longest text before a `*`. */
function matches(patterns: ReadonlyMap<string, readonly string[]>, specifier: string): readonly string[] {
  const exact = patterns.get(specifier);
  if (exact) return exact;
  let best: { readonly before: string; readonly after: string; readonly targets: readonly string[] } | undefined;
  for (const [pattern, targets] of patterns) {
    const star = pattern.indexOf('*');
    const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
    const fits = star >= 0 && specifier.length >= before.length + after.length && specifier.startsWith(before) && specifier.endsWith(after);
    if (fits && (!best || before.length > best.before.length)) best = { before, after, targets };
  }
  if (!best) return [];
  const middle = specifier.slice(best.before.length, specifier.length - best.after.length);
  return best.targets.map((target) => target.replace('*', () => middle));
}

/** Of paths that begin with it TypeScript means the folder of the file that extends all others. */
const CONFIG_DIR = '${configDir}';

function patternsOf(paths: Val | undefined): ReadonlyMap<string, readonly string[]> | undefined {
  if (paths?.kind !== 'object') return undefined;
  return new Map([...paths.shape().entries].map(([pattern, { value }]) => [pattern, textsOf(value())]));
}

/** A tsconfig.json may hold comments and trailing commas, so it is read as the JavaScript that it also is. */
function dataOf({ path, text }: SourceFile): Val | undefined {
  const file = { path, text: `(${text.replace(/^\uFEFF/, '')}\n)` };
  const parsed = parseJavaScript(file, false);
  const statement = 'program' in parsed ? parsed.program.body[0] : undefined;
  if (!('program' in parsed) || statement?.type !== 'ExpressionStatement') return undefined;
  const module = { file, folder: '', declared: declared(parsed.program), reassigned: new Map<string, never>(), changesGiven: false };
  return new Evaluator(ALONE).evaluate(statement.expression, module);
}

const ALONE: Imports = {
  imported: (_module, _specifier, _name, site) => unknown('', site),
  required: (_module, _specifier, site) => unknown('', site),
  exportsOf: (module) => unknown('', siteOf({ start: 0, end: 0 }, module)),
};

const at = (val: Val | undefined, key: string): Val | undefined => (val?.kind === 'object' ? property(val, key, val.site) : undefined);

/** One text, or a list of them. */
function textsOf(val: Val | undefined): readonly string[] {
  if (val?.kind === 'constant') return typeof val.value === 'string' ? [val.value] : [];
  const items = val?.kind === 'list' ? itemsOf(val) : [];
  return typeof items === 'string'
    ? []
    : items.flatMap((item) => (item.kind === 'constant' && typeof item.value === 'string' ? [item.value] : []));
}
