import type { Location } from '../source/location.ts';
import type { Tree } from '../value/tree.ts';
import type { Value } from '../value/value.ts';
import type { Verdict } from '../value/verdict.ts';
import type { CorsHeaders } from './api.ts';

/** A function as its template describes it: where its code stands, and what the code is given. */
export interface FunctionCode {
  /** As `Endpoint.handler` names it. */
  readonly name: string;
  /** Where the template names its handler, else the function. */
  readonly at: Location;
  readonly exists: Verdict;
  /** 'nodejs22.x', 'python3.13'; undefined where none is said. */
  readonly runtime: Value<string | undefined>;
  readonly source: Value<CodeSource>;
  /** The environment that the template gives it, by name; a tree that is not wholly known may hold any name. */
  readonly environment: Tree;
}

/**
 * `exported`: 'src/users.get' below a folder, as Lambda loads it; `entry`: a file that a bundler makes the function of, and the
 * name of its export; `inline`: the code itself, in the template; `opaque`: code that cannot be read here: `why` ends the
 * sentence "what the code answers is not known: …" (a container image, another runtime, a wrapper).
 */
export type CodeSource =
  | { readonly kind: 'exported'; readonly folder: string; readonly handler: string }
  | { readonly kind: 'entry'; readonly file: string; readonly exported: string }
  | { readonly kind: 'inline'; readonly text: string; readonly handler: string }
  | { readonly kind: 'opaque'; readonly why: string };

/** What the code of a function answers, as proved from its source, which is never run. */
export interface Code {
  /** The function's declaration in its source. */
  readonly at: Location;
  /** Every way in which it answers that could be followed; one for each place that makes an answer. */
  readonly answers: readonly CodeAnswer[];
  /** The ways that could not be followed. With any, there may be answers besides. */
  readonly unread: readonly Unread[];
  /** Nothing in the code that was read names a CORS header or a library that sends one. Meaningful with nothing unread. */
  readonly traces: boolean;
}

export interface Unread {
  readonly at: Location;
  /** Ends the sentence "what the code answers is not known: …". */
  readonly why: string;
}

/** One way in which code answers. */
export interface CodeAnswer {
  /** What makes it: a `return`, a `callback(…)`, a library's call. */
  readonly at: Location;
  /** Which requests get here: a preflight alone, all but preflights, or any, as far as the code asks for the method. */
  readonly asked: 'preflight' | 'others' | 'any';
  /** Undefined where the code names none: Lambda makes it 200, or 502 on REST APIs and for what is no answer. */
  readonly status: Value<number | undefined>;
  /** As sent: with the texts of values that are no strings. */
  readonly headers: CorsHeaders;
  /** Every header it sets whose name looks like one of CORS, as written. */
  readonly written: readonly CodeHeader[];
}

/** A header that code sets. */
export interface CodeHeader {
  readonly at: Location;
  /** With its letter case, and its faults. */
  readonly name: string;
  readonly value: Value<unknown>;
}
