import type { Location } from './location.ts';

/**
 * A document as it was written: the only thing front ends read. YAML and JSON both become this.
 * Nothing is resolved: a plain scalar keeps its text, and each dialect reads it by its own YAML version.
 */
export type Located = LocatedMap | LocatedList | LocatedScalar;

export interface LocatedMap extends Written {
  readonly kind: 'map';
  /** In the order written, merge keys (`<<`) applied; of a duplicate key the last stands. */
  readonly entries: ReadonlyMap<string, LocatedEntry>;
}

export interface LocatedEntry {
  readonly key: Location;
  readonly value: Located;
}

export interface LocatedList extends Written {
  readonly kind: 'list';
  readonly items: readonly Located[];
}

export interface LocatedScalar extends Written {
  readonly kind: 'scalar';
  /** By YAML 1.2 core, which is also how js-yaml 4 reads all that matters here. */
  readonly value: string | number | boolean | null;
  /** Set where the value is not written here but worked out by code, which is not run: `value` is null then. */
  readonly computed?: Computed;
}

/** What can be told of a value that code works out. */
export interface Computed {
  /** Ends the sentence "not known before deployment: …". */
  readonly why: string;
  /** The literal pieces of a template string, null for what is computed. */
  readonly pieces?: readonly (string | null)[];
}

/** How a value stands in the file. An alias's is its anchor's. */
interface Written {
  readonly at: Location;
  /** As written: '!If'. */
  readonly tag?: string;
  /** The text at `at`, quotes and brackets included, the tag not. */
  readonly source: string;
  /** Without quotes or block header (a scalar), without brackets (a map or a list). */
  readonly plain: boolean;
}

/** Something in the file that could not be read as it stands. */
export interface SyntaxProblem {
  readonly at: Location;
  /** `lax-json`: a file called .json that only a reader of YAML takes (a trailing comma, a `#` comment). */
  readonly kind: 'syntax' | 'duplicate-key' | 'cyclic-alias' | 'too-large' | 'lax-json';
  /** One sentence without a full stop, in plain words. */
  readonly text: string;
}

export interface Comment {
  readonly at: Location;
  /** Without the `#`. */
  readonly text: string;
}

/** What `parse` makes of a file. `root` holds what could be read, also where there are problems. */
export interface Parsed {
  readonly root: Located;
  readonly problems: readonly SyntaxProblem[];
  readonly comments: readonly Comment[];
}
