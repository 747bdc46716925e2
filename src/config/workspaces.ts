import path from 'node:path';
import type { Files } from './files.ts';

/** A package of the repository's own: where it lies, and which file its package.json names. */
interface Own {
  readonly folder: string;
  readonly main: string | undefined;
}

/** Folders upwards in which a package.json with `workspaces` is looked for. */
const MOST_LEVELS = 12;
const MOST_PACKAGES = 1000;

/**
 * The packages that a monorepo holds itself, by `workspaces` of package.json (npm, yarn) or pnpm-workspace.yaml: what code imports by
 * their names is read where it lies, whether it was installed or not.
 */
export class Workspaces {
  private readonly files: Files;
  private readonly known = new Map<string, ReadonlyMap<string, Own>>();

  constructor(files: Files) {
    this.files = files;
  }

  /** The paths, without or with an extension, that may be meant; absolute. */
  places(specifier: string, folder: string, of: string): readonly string[] {
    const [, name = '', below = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
    const own = this.around(folder, of).get(name);
    if (!own) return [];
    if (below !== '') return [path.join(own.folder, below), path.join(own.folder, 'src', below)];
    return [
      ...(own.main === undefined ? [] : [path.join(own.folder, own.main)]),
      ...['src/index', 'index'].map((one) => path.join(own.folder, one)),
    ];
  }

  private around(folder: string, of: string): ReadonlyMap<string, Own> {
    let at = folder;
    for (let level = 0; level < MOST_LEVELS; level += 1) {
      const known = this.known.get(at);
      if (known) return known;
      const patterns = this.patternsIn(at, of);
      if (patterns.length > 0) {
        const found = this.packagesIn(at, patterns, of);
        this.known.set(at, found);
        return found;
      }
      if (path.dirname(at) === at) break;
      at = path.dirname(at);
    }
    return NONE;
  }

  private patternsIn(folder: string, of: string): readonly string[] {
    const json = this.json(path.join(folder, 'package.json'), of);
    const written = json?.['workspaces'];
    const listed = Array.isArray(written) ? written : (written as { readonly packages?: unknown } | undefined)?.packages;
    if (Array.isArray(listed)) return listed.filter((one) => typeof one === 'string');
    // A list of texts, as pnpm writes it; nothing else of it matters.
    const pnpm = this.text(path.join(folder, 'pnpm-workspace.yaml'), of);
    return [...(pnpm ?? '').matchAll(/^\s*-\s*['"]?([^'"#\n]+?)['"]?\s*$/gm)].map(([, pattern = '']) => pattern);
  }

  /** `packages/*` and plain folders; deeper stars stand for one step as well. */
  private packagesIn(root: string, patterns: readonly string[], of: string): ReadonlyMap<string, Own> {
    const found = new Map<string, Own>();
    const folders = patterns
      .filter((one) => !one.startsWith('!'))
      .flatMap((pattern) => this.matching(root, pattern.split('/').filter(Boolean), of));
    for (const folder of folders.slice(0, MOST_PACKAGES)) {
      const json = this.json(path.join(folder, 'package.json'), of);
      const [name, main] = [json?.['name'], json?.['source'] ?? json?.['module'] ?? json?.['main']];
      if (typeof name === 'string' && !found.has(name)) found.set(name, { folder, main: typeof main === 'string' ? main : undefined });
    }
    return found;
  }

  private matching(folder: string, [step, ...rest]: readonly string[], of: string): readonly string[] {
    if (step === undefined) return [folder];
    if (!step.includes('*')) return this.matching(path.join(folder, step), rest, of);
    const wanted = new RegExp(`^${step.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/\*+/g, '.*')}$`);
    return this.files
      .folders(folder, of)
      .filter((name) => wanted.test(name) && name !== 'node_modules')
      .flatMap((name) => this.matching(path.join(folder, name), rest, of));
  }

  private text(at: string, of: string): string | undefined {
    const loaded = this.files.texts({ path: at, text: '' }, of)(path.basename(at));
    return loaded.kind === 'text' ? loaded.file.text : undefined;
  }

  private json(at: string, of: string): Readonly<Record<string, unknown>> | undefined {
    const text = this.text(at, of);
    try {
      return text === undefined ? undefined : (JSON.parse(text) as Readonly<Record<string, unknown>>);
    } catch {
      // npm itself stops at such a file: no package is found by it.
      return undefined;
    }
  }
}

const NONE: ReadonlyMap<string, Own> = new Map();
