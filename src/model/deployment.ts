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
}
