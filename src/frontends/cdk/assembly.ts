import type { Located } from '../../source/located.ts';
import type { Document, LiftContext } from '../frontend.ts';
import { folderOf, join, nameOf } from '../serverless/code/load.ts';
import { readAssets } from './assets.ts';
import type { Written } from './json.ts';
import { isManifest } from './claims.ts';
import { readManifest, type Manifest, type Stack } from './manifest.ts';
import { readMetadata, readTree, type Metadata } from './metadata.ts';
import { nestedStacks, type StackFiles } from './nested.ts';
import { within } from './paths.ts';
import { Sources } from './sources.ts';

/** What reading an assembly needs of the world outside: files beside the linted one, and code. */
export type AssemblyContext = Pick<LiftContext, 'load' | 'loadText'>;

/** One template of an assembly: a stack's, or a nested stack's. */
export interface AssemblyTemplate {
  /** Beside its manifest. */
  readonly file: Written;
  /** The construct path of its stack: 'Prod/Shop', 'Prod/Shop/Orders'. */
  readonly path: string;
  readonly files: StackFiles;
}

/** More templates than any stack nests, and assemblies nested deeper than any. */
const MOST_TEMPLATES = 500;
const MOST_LEVELS = 16;

/** One manifest and the files beside it. Nothing is read before it is asked for. */
export class Assembly {
  readonly manifest: Manifest;
  readonly document: Document;
  /** From the folder that files are loaded from to the manifest's. */
  readonly folder: string;
  private readonly context: AssemblyContext;
  private readonly files = new Map<Stack, StackFiles>();
  private around: readonly Outer[] | undefined;
  private code: Sources | undefined;
  private constructTree: Pick<Metadata, 'ids' | 'nested'> | undefined;

  constructor(document: Document, context: AssemblyContext, folder = '') {
    this.document = document;
    this.manifest = readManifest(document.root);
    this.context = context;
    this.folder = folder;
  }

  /** A file beside the manifest; undefined where there is none that can be read. */
  root(file: string | undefined): Located | undefined {
    const inside = file === undefined ? undefined : within(file);
    const loaded = inside === undefined ? undefined : this.context.load(join(this.folder, inside));
    return loaded?.kind === 'document' ? loaded.document.root : undefined;
  }

  filesOf(stack: Stack): StackFiles {
    const files = this.files.get(stack) ?? this.open(stack);
    this.files.set(stack, files);
    return files;
  }

  private open(stack: Stack): StackFiles {
    const metadata = once(() => readMetadata(stack.metadata, this.root(stack.metadataFile)));
    const assets = once(() => readAssets(...stack.assets.map((file) => this.root(file))));
    return {
      get metadata() {
        return metadata();
      },
      get assets() {
        return assets();
      },
    };
  }

  /** The template that a file holds, without opening those of other stacks. */
  find(file: string): AssemblyTemplate | undefined {
    const { stacks } = this.manifest;
    const own = stacks.find(({ template }) => within(template.text) === file);
    if (own) return this.templateOf(own);
    // Every nested template is an asset of its stack. The metadata say it too, but are long.
    const owners = stacks.filter((stack) => [...this.filesOf(stack).assets.values()].includes(file));
    for (const stack of owners) {
      for (const template of this.templatesOf(stack)) if (within(template.file.text) === file) return template;
    }
    return undefined;
  }

  private templateOf(stack: Stack): AssemblyTemplate {
    const files = this.filesOf(stack);
    return {
      file: stack.template,
      files,
      // What the metadata say is exact; a display name may be cut short. But they are long, and not every run needs them.
      get path() {
        return files.metadata.templates.get(stack.template.text) ?? stack.path;
      },
    };
  }

  /** A stack's template and those nested in it, outermost first, each once; only those that are there. */
  private *templatesOf(stack: Stack): Iterable<AssemblyTemplate> {
    const pending: AssemblyTemplate[] = [this.templateOf(stack)];
    const seen = new Set<string>();
    for (let next = pending.shift(); next && seen.size < MOST_TEMPLATES; next = pending.shift()) {
      const { file, files } = next;
      const root = seen.has(file.text) ? undefined : this.root(file.text);
      if (!root) continue;
      seen.add(file.text);
      yield next;
      for (const nested of nestedStacks(root, next)) pending.push({ file: nested.file, path: nested.path, files });
    }
  }

  /** The assemblies around this one, nearest first, as far as they can be seen. */
  get outer(): readonly Outer[] {
    this.around ??= outerOf(this.document, this.folder, this.context);
    return this.around;
  }

  get sources(): Sources {
    const home = { manifest: this.document.file.path, folder: this.folder, depth: this.outer.length };
    this.code ??= new Sources(this.context.loadText, home);
    return this.code;
  }

  /** The construct tree, which the outermost assembly has. */
  get tree(): Pick<Metadata, 'ids' | 'nested'> {
    if (this.constructTree) return this.constructTree;
    const { manifest, folder } = this.outer.at(-1) ?? this;
    const file = within(manifest.tree?.text ?? '..');
    const loaded = file === undefined ? undefined : this.context.load(join(folder, file));
    this.constructTree = loaded?.kind === 'document' ? readTree(loaded.document.root) : { ids: [], nested: new Set() };
    return this.constructTree;
  }
}

/** An assembly that holds another one. */
interface Outer {
  readonly manifest: Manifest;
  readonly folder: string;
}

function outerOf({ file }: Document, folder: string, { load }: AssemblyContext): readonly Outer[] {
  const outer: Outer[] = [];
  let [inner, path] = [folderOf(file.path.replaceAll('\\', '/')), folder];
  while (outer.length < MOST_LEVELS) {
    path = join(path, '..');
    const loaded = nameOf(inner) === '' ? undefined : load(join(path, 'manifest.json'));
    if (loaded?.kind !== 'document' || !isManifest(loaded.document.root)) break;
    const manifest = readManifest(loaded.document.root);
    if (!manifest.assemblies.some((one) => within(one.folder.text) === nameOf(inner))) break;
    outer.push({ manifest, folder: path });
    inner = folderOf(inner);
  }
  return outer;
}

/** The function, asked once. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
