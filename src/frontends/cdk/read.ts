import type { Problem } from '../../model/written.ts';
import { YES } from '../../value/verdict.ts';
import { unreadable } from '../cloudformation/index.ts';
import type { Document, Loaded } from '../frontend.ts';
import { join } from '../serverless/code/load.ts';
import { Assembly, type AssemblyContext } from './assembly.ts';
import { member, type Written } from './json.ts';
import { within } from './paths.ts';
import { circular, closedFile, escaping, missingFile, nameless, nothingIn, tooMany } from './problems.ts';

export interface FoundAssembly {
  /**
   * The templates of its stacks and of those in its Stages, relative to the folder of the manifest, with slashes:
   * 'assembly-Prod/ProdShop12.template.json'. Nested stacks are their parents' to name.
   */
  readonly templates: readonly string[];
  /** What is wrong with the manifests and what they name; each lies where it is written. */
  readonly problems: readonly Problem[];
}

const MOST_ASSEMBLIES = 500;

/** All that a cloud assembly (a `cdk.out` folder) deploys, by its manifest; files that lie there from an earlier synthesis are none of it. */
export function readAssembly(manifest: Document, context: AssemblyContext): FoundAssembly {
  const reading = new Reading(context);
  reading.add(new Assembly(manifest, context));
  return { templates: [...reading.templates], problems: reading.problems };
}

class Reading {
  readonly templates = new Set<string>();
  readonly problems: Problem[] = [];
  private readonly seen = new Set(['']);
  private readonly context: AssemblyContext;

  constructor(context: AssemblyContext) {
    this.context = context;
  }

  add(assembly: Assembly): void {
    const { document, folder, manifest } = assembly;
    const broken = unreadable(document);
    this.problems.push(...broken);
    for (const { template, path } of manifest.stacks) {
      const at = this.present(template, folder, template.text, `the template of the stack "${path}"`)?.at;
      if (at !== undefined) this.templates.add(at);
    }
    for (const one of manifest.assemblies) this.inner(one.folder, one.name.text, folder);
    // What is broken off says enough of itself.
    if (broken.some(({ fatal }) => fatal)) return;
    this.problems.push(...manifest.nameless.map(nameless));
    if (member(document.root, 'artifacts')?.kind !== 'map')
      this.problems.push({ kind: 'refused', at: document.root.at, exists: YES, fatal: true, text: nothingIn });
  }

  private inner(written: Written, name: string, folder: string): void {
    const at = join(folder, within(written.text) ?? '');
    if (within(written.text) !== undefined && this.seen.has(at)) return void this.problems.push(circular(written));
    if (this.seen.size >= MOST_ASSEMBLIES) return void this.problems.push(tooMany(written));
    this.seen.add(at);
    const found = this.present(written, folder, `${written.text}/manifest.json`, `the manifest of the stage "${name}"`);
    if (found) this.add(new Assembly(found.document, this.context, at));
  }

  /** A file that a manifest names; what is wrong with it is said. */
  private present(written: Written, folder: string, file: string, what: string): Present | undefined {
    const inside = within(file);
    const at = join(folder, inside ?? '');
    const loaded: Loaded | undefined = inside === undefined ? undefined : this.context.load(at);
    if (loaded?.kind === 'document') return { at, document: loaded.document };
    this.problems.push(
      !loaded
        ? escaping(written)
        : loaded.kind === 'missing'
          ? missingFile(written, what)
          : closedFile(written, `The${what.slice(3)} is not read: ${loaded.why}`),
    );
    return undefined;
  }
}

interface Present {
  /** Relative to the folder of the outermost manifest. */
  readonly at: string;
  readonly document: Document;
}
