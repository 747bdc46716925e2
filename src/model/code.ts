import type { Location } from '../source/location.ts';
import type { Value } from '../value/value.ts';
import type { CorsHeaders } from './api.ts';

/** What the code of a function answers, as proved from its source, which is never run. */
export interface Code {
  /** The function's declaration in its source. */
  readonly at: Location;
  /** Every way in which it answers that could be followed; one for each place that makes an answer. */
  readonly answers: readonly CodeAnswer[];
  /** The ways that could not be followed. With any, there may be answers besides. */
  readonly unread: readonly Unread[];
  /** Something in the code that was read names a CORS header or a library that sends one. */
  readonly traces: boolean;
}

export interface Unread {
  readonly at: Location;
  /** Ends the sentence "what the code answers is not known: …". */
  readonly why: string;
  /** The file is not what its language takes: the deploy or the first call fails. */
  readonly broken?: true;
}

/** One way in which code answers. */
export interface CodeAnswer {
  /** What makes it: a `return`, a `callback(…)`, a library's call. */
  readonly at: Location;
  /** Which requests get here: a preflight alone, all but preflights, or any, as far as the code asks for the method. */
  readonly asked: 'preflight' | 'others' | 'any';
  /** It is for those whose Origin the code refuses, and for those who send none: no page that is let in gets it. Or it is
   * for a preflight that asks for more than is allowed. */
  readonly refused?: true;
  /** A framework's own answer to a request that none of its routes is for: whether any request gets there, the gateway's routes say. */
  readonly unmatched?: true;
  /** Its Access-Control-Allow-Headers is whatever the preflight asks for. */
  readonly allowsAsked?: true;
  /** Undefined where the code names none: Lambda makes it 200, or 502 on REST APIs and for what is no answer. */
  readonly status: Value<number | undefined>;
  /**
   * As sent: with the texts of values that are no strings. Where the Origin is echoed, this and the status are what those get whose
   * Origin is; of the others no more is said than `otherwise`.
   */
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
