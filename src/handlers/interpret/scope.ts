import type { SourceFile } from '../../source/location.ts';
import type { Thing } from './things.ts';

/** The names that a stretch of code sees, and what they stand for. */
export class Scope {
  readonly file: SourceFile;
  readonly parent: Scope | undefined;
  readonly #cells = new Map<string, Thing | (() => Thing)>();

  constructor(file: SourceFile, parent?: Scope) {
    this.file = file;
    this.parent = parent;
  }

  /** That of the module. */
  get root(): Scope {
    return this.parent?.root ?? this;
  }

  /** The names that are declared right here. */
  get names(): readonly string[] {
    return [...this.#cells.keys()];
  }

  /** What they stand for, but for what is worked out at each use. */
  get held(): readonly (readonly [string, Thing])[] {
    return [...this.#cells].flatMap(([name, cell]) => (typeof cell === 'function' ? [] : [[name, cell] as const]));
  }

  /** `thing` may be worked out at each use: an import shows what the other module holds then. */
  declare(name: string, thing: Thing | (() => Thing)): void {
    this.#cells.set(name, thing);
  }

  get(name: string): Thing | undefined {
    const cell = this.#cells.get(name);
    if (cell === undefined) return this.parent?.get(name);
    return typeof cell === 'function' ? cell() : cell;
  }

  /** Changes a name where it was declared; false where it was nowhere. */
  set(name: string, thing: Thing): boolean {
    if (!this.#cells.has(name)) return this.parent?.set(name, thing) ?? false;
    this.#cells.set(name, thing);
    return true;
  }
}
