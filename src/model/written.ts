import type { Location } from '../source/location.ts';
import type { Value } from '../value/value.ts';
import type { Verdict } from '../value/verdict.ts';

/** Something that was written and has no effect. Front ends yield these, so that they know no rule. */
export type Ignored = IgnoredProperty | IgnoredCors | InertCors | Overridden;

/** A key that nothing reads: misspelt, or in the wrong place. */
export interface IgnoredProperty {
  readonly kind: 'property';
  /** The key. */
  readonly at: Location;
  readonly exists: Verdict;
  readonly name: string;
  /** Completes "… under {place}": '`cors` of an `http` event'. */
  readonly place: string;
  /** The key that would have an effect here, if one is near. */
  readonly meant?: string;
  /** Where it belongs, if it is known elsewhere: '`provider.httpApi.cors`'. */
  readonly belongs?: string;
  /** What comes of it instead, a whole sentence: 'Serverless Framework 3 ignores it and sends "*".' */
  readonly effect: string;
}

/** `cors` on an event that no browser calls over HTTP, or that has no such setting. */
export interface IgnoredCors {
  readonly kind: 'cors-on-event';
  readonly at: Location;
  readonly exists: Verdict;
  /** 'sqs', 'schedule', 'websocket', 'alb' … */
  readonly event: string;
}

/** A CORS block or header that comes to nothing as a whole, although it is well written. */
export interface InertCors {
  readonly kind: 'inert';
  /** The key: `cors`, a header's. */
  readonly at: Location;
  readonly exists: Verdict;
  /** One or two whole sentences: why it has no effect, what browsers meet instead, and where the setting belongs. */
  readonly text: string;
  /** The design of the service that leaves it out; undefined where a tool drops it, or where it says nothing. */
  readonly by?: InertBy;
  /** The header that is lost, and its value, where it is a single one. */
  readonly header?: { readonly name: string; readonly value: Value<string> };
}

/**
 * `proxy`: an integration response of a proxy integration (R25); `managed`: a parameter mapping of an HTTP API whose own CORS
 * takes its place (H3); `body`: CorsConfiguration beside an OpenAPI document, with which the deploy fails (H14); `http-api`: a
 * gateway response of an HTTP API, likewise (H16); `websocket`: CORS of a WebSocket API (H19).
 */
export type InertBy = 'proxy' | 'managed' | 'body' | 'http-api' | 'websocket';

/** A setting of one event that another event of the same path outweighs. */
export interface Overridden {
  readonly kind: 'overridden';
  /** The value that loses. */
  readonly at: Location;
  readonly exists: Verdict;
  /** '/users'. */
  readonly path: string;
  /** The setting: 'origin', 'allowCredentials'. */
  readonly name: string;
  /** As written: 'https://app.example.com'; the text of the file where it is a secret or a variable. */
  readonly written: string;
  /** Where the value is written that wins, and as written. */
  readonly winner: Location;
  readonly winning: string;
}

/**
 * What a template itself says is known and wanted, where it cannot carry comments:
 * `Metadata: {cors-lint: {disable: [{id, reason}]}}`. One for each entry of the list.
 */
export interface WrittenSuppression {
  /** The entry, or what stands in place of one. */
  readonly at: Location;
  /** The rule, as written: whether there is one is the engine's to say. Undefined where the entry cannot be read. */
  readonly id: string | undefined;
  readonly reason: string | undefined;
  /** What is wrong with the entry: a clause without a full stop. */
  readonly wrong?: string;
  /**
   * Where it silences: each a stretch of a file (a whole resource; a whole document for the template's own metadata), not
   * necessarily of this one. A finding whose primary place begins in one of them is suppressed.
   */
  readonly covers: readonly Location[];
}

/** An API that is named by a literal id, in an execute-api ARN or URL. */
export interface Mention {
  readonly at: Location;
  readonly exists: Verdict;
  readonly form: 'arn' | 'url';
  /** Ten characters of a-z and 0-9. */
  readonly apiId: string;
  /** The account in an ARN, where it is literal. */
  readonly account: string | undefined;
  /** Where it stands, as users call it: '`environment` of the function `main`', 'a policy', 'an output'. */
  readonly place: string;
}

/** A mistake that the front end met while reading. */
export type Problem = Unreadable | Refused | WrongShape | Unresolved | DuplicateMethod;

/** The file, or a stretch of it, is not YAML or JSON. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly at: Location;
  readonly exists: Verdict;
  /** What is wrong, a clause without a full stop. */
  readonly text: string;
  /** False where the deploying tool reads it all the same (a duplicate key outside the Serverless Framework). */
  readonly fatal: boolean;
}

/** The deploying tool stops here, or drops the thing. */
export interface Refused {
  readonly kind: 'refused';
  readonly at: Location;
  readonly exists: Verdict;
  /** One or two whole sentences: what is wrong, and what which tool does. */
  readonly text: string;
  /** False where the tool that is used deploys it all the same, or some do. */
  readonly fatal: boolean;
}

/** A value of a kind that its key does not take. */
export interface WrongShape {
  readonly kind: 'wrong-shape';
  readonly at: Location;
  readonly exists: Verdict;
  /** The key: 'cors', 'origin', 'allowCredentials'. */
  readonly name: string;
  /** What was written, as a noun phrase: 'the text "no"', 'a list'. */
  readonly written: string;
  /** What is taken here: 'true, false or a map'. */
  readonly wanted: string;
  /** What comes of it, a whole sentence naming the tools. */
  readonly effect: string;
}

/** A reference to what is not there. */
export interface Unresolved {
  readonly kind: 'unresolved';
  readonly at: Location;
  /** The worlds in which it is met and leads nowhere. */
  readonly exists: Verdict;
  /** '${self:custom.x}', '!Ref Missing'. */
  readonly written: string;
  /** `value`: a variable without value and fallback; `resource`: no such logical id, authorizer, function; `file`: no such file; `cycle`: it comes back to itself. */
  readonly missing: 'value' | 'resource' | 'file' | 'cycle';
  /** What is missing, as a clause: 'there is no `custom.x` in this file'. */
  readonly text: string;
}

/** Two methods of one name on one resource: the deploy fails. */
export interface DuplicateMethod {
  readonly kind: 'duplicate-method';
  /** The second. */
  readonly at: Location;
  readonly exists: Verdict;
  readonly method: string;
  readonly path: string;
  /** What API Gateway says to it. */
  readonly error: string;
  /** The first. */
  readonly first: Location;
}
