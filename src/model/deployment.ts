import type { Location } from '../source/location.ts';
import type { Verdict } from '../value/verdict.ts';

/** A snapshot of a REST API that a stage serves. */
export interface Deployment {
  readonly at: Location;
  readonly exists: Verdict;
  readonly name: string;
  /** The logical id of its API, where it names one. */
  readonly api: string | undefined;
  /** Logical ids that are made before it: by DependsOn and references, those of others included. */
  readonly waitsFor: readonly string[];
  /** A framework made it, and gives it a new id at each deploy. */
  readonly generated: boolean;
  /** It is made from the document of its API, and gets a new id as soon as the text of that changes (sam.md §8). */
  readonly ofDocument?: {
    /** Parameters that decide over CORS there: a new value alone changes no text, and makes no new deployment (D04, D06). */
    readonly parameters: readonly Named[];
  };
}

export interface Named {
  readonly name: string;
  readonly at: Location;
}
