import type { Edit } from './source/edit.ts';
import type { Location } from './source/location.ts';
import type { World } from './value/verdict.ts';

/** One fault in one place. Titles and pages are the rule's: join on `rule`. */
export interface Finding {
  readonly rule: string;
  readonly messageId: string;
  readonly message: string;
  /** The message's slots, for programs that word it themselves. */
  readonly data: Slots;
  readonly severity: Severity;
  readonly harm: Harm;
  /** 'possible': it hangs on a value that is not known before deployment. */
  readonly certainty: 'certain' | 'possible';
  /** The worlds in which it holds; empty when it always does. */
  readonly when: readonly World[];
  readonly primary: Location;
  /** Where else to look: the rule's own labels, then the trail of `primary`, then the unknowns. */
  readonly related: readonly Label[];
  readonly api?: string;
  /** 'POST /users', where it is about one endpoint or path; several where one place stands for them. */
  readonly subjects: readonly string[];
  /** Where a program wrote the document: what it calls the parts that it is about. Construct paths of the CDK: 'Prod/Shop/Api/Resource'. */
  readonly constructs?: readonly string[];
  readonly fix?: Fix;
  /** A comment of the author says that it is known and wanted: it counts for nothing, and reporters tell it apart. */
  readonly suppressed?: Suppression;
}

export interface Suppression {
  /** The comment. */
  readonly at: Location;
  /** What stands behind `--`; undefined without one. */
  readonly reason: string | undefined;
}

export type Severity = 'error' | 'warning' | 'note';

/** What comes of it: browsers cannot use the API, strangers can, or neither. */
export type Harm = 'broken' | 'exposed' | 'untidy';

export type Slots = Readonly<Record<string, string | number>>;

export interface Label {
  readonly at: Location;
  readonly text: string;
}

export interface Fix {
  readonly title: string;
  readonly safety: Safety;
  readonly edits: readonly Edit[];
}

/** A safe fix never changes what a correct deployment answers; plain --fix applies those alone. */
export type Safety = 'safe' | 'unsafe';
