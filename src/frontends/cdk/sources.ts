import type { SourceFile } from '../../source/location.ts';
import { folderOf, join, type LoadText } from '../serverless/code/load.ts';
import { relative, stepsOf } from './paths.ts';
import { ownFrames, type Frame } from './trace.ts';

/** A stretch of somebody's code. */
export interface Spot {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

interface Found {
  readonly file: SourceFile;
  readonly isGenerated: boolean;
}

/** Where the assembly lies. */
export interface Home {
  /** The manifest's path: absolute where files are on a disk. */
  readonly manifest: string;
  /** From the folder that files are loaded from to the manifest's. */
  readonly folder: string;
  /** How many assemblies lie around this one: the app's folder is one further up than the outermost. */
  readonly depth: number;
}

/** Files of another machine that are looked for under what their paths end with: more are not worth the disk's time. */
const MOST_SOUGHT = 200;
/** Of a path only so many steps are compared, in so many folders from the app's upwards. */
const MOST_STEPS = 12;
const MOST_FOLDERS = 5;

/**
 * The lines of the user's own code that an assembly's stack traces name. Code is read for its places alone, never run, and
 * only where `load` opens it: inside the repository.
 */
export class Sources {
  private readonly load: LoadText | undefined;
  private readonly home: Home;
  private readonly found = new Map<string, Found | undefined>();
  private readonly lines = new WeakMap<SourceFile, readonly number[]>();
  private sought = 0;
  /** Once a file of another machine was found: which folder there is which here. */
  private mapping: { readonly there: string; readonly here: string } | undefined;

  constructor(load: LoadText | undefined, home: Home) {
    this.load = load;
    this.home = home;
  }

  /** The innermost frame that lies in the repository. Undefined where none does, or the file has changed since. */
  spot(trace: readonly string[]): Spot | undefined {
    if (!this.load) return undefined;
    for (const frame of ownFrames(trace)) {
      const found = this.fileOf(frame.file);
      if (found) return found.isGenerated ? undefined : this.spotIn(found.file, frame);
    }
    return undefined;
  }

  private fileOf(path: string): Found | undefined {
    if (this.found.has(path)) return this.found.get(path);
    const at = this.lookFor(path);
    const file = at === undefined ? undefined : this.textOf(at);
    const found = file && at !== undefined ? { file, isGenerated: this.isGenerated(at, file) } : undefined;
    this.found.set(path, found);
    return found;
  }

  private textOf(path: string): SourceFile | undefined {
    const loaded = this.load?.(path);
    return loaded?.kind === 'text' ? loaded.file : undefined;
  }

  /** Where it was synthesized, else by the end of its path: a CI server's `/home/runner/work/shop/shop/lib/api.ts` is our `lib/api.ts`. */
  private lookFor(path: string): string | undefined {
    const { manifest, folder } = this.home;
    const way = relative(folderOf(manifest.replaceAll('\\', '/')), path);
    const same = way === undefined ? undefined : join(folder, way);
    if (same !== undefined && this.textOf(same)) return same;
    const steps = stepsOf(path);
    return this.mapped(steps.join('/')) ?? this.byEnding(steps);
  }

  private mapped(path: string): string | undefined {
    if (!this.mapping || !path.startsWith(this.mapping.there)) return undefined;
    const at = join(this.mapping.here, path.slice(this.mapping.there.length));
    return this.textOf(at) && at;
  }

  private byEnding(steps: readonly string[]): string | undefined {
    const { folder, depth } = this.home;
    this.sought += 1;
    if (this.sought > MOST_SOUGHT) return undefined;
    for (let length = Math.min(steps.length, MOST_STEPS); length > 0; length -= 1) {
      // A bare name is only the app's own: others have an index.ts too.
      for (let up = 0; up < (length === 1 ? 1 : MOST_FOLDERS); up += 1) {
        const here = join(folder, '../'.repeat(depth + 1 + up));
        const at = join(here, steps.slice(-length).join('/'));
        if (!this.textOf(at)) continue;
        const there = steps.slice(0, -length).map((step) => `${step}/`);
        this.mapping = { there: there.join(''), here };
        return at;
      }
    }
    return undefined;
  }

  /** What a compiler made of TypeScript is nobody's to edit, and its lines are not those of what is. */
  private isGenerated(at: string, { text }: SourceFile): boolean {
    if (!/\.[cm]?jsx?$/.test(at)) return false;
    return text.includes('//# sourceMappingURL=') || this.textOf(at.replace(/js(x?)$/, 'ts$1')) !== undefined;
  }

  /** A frame points at the beginning of a name, `new` or a call; where nothing of the kind stands there the file is another by now. */
  private spotIn(file: SourceFile, { line, column }: Frame): Spot | undefined {
    const starts = this.startsOf(file);
    const [begin, next] = [starts[line - 1], starts[line] ?? file.text.length + 1];
    if (begin === undefined || column < 1 || begin + column >= next) return undefined;
    const start = begin + column - 1;
    const [token = ''] = /^(?:new\s+)?[\w$.]+|^\S/.exec(file.text.slice(start, next - 1)) ?? [];
    const isInside = /[\w$]/.test(token[0] ?? '') && /[\w$]/.test(file.text[start - 1] ?? '');
    return token === '' || isInside ? undefined : { file, start, end: start + token.length };
  }

  private startsOf(file: SourceFile): readonly number[] {
    const known = this.lines.get(file);
    if (known) return known;
    const starts = [file.text.startsWith('\uFEFF') ? 1 : 0];
    for (let end = file.text.indexOf('\n'); end !== -1; end = file.text.indexOf('\n', end + 1)) starts.push(end + 1);
    this.lines.set(file, starts);
    return starts;
  }
}
