import type { Harm, Label, Safety, Severity, Slots } from './finding.ts';
import type { Api, Endpoint, GatewayResponse, Mapping, Model, Preflight, Resource } from './model/api.ts';
import type { CodeHeader } from './model/code.ts';
import type { Deployment } from './model/deployment.ts';
import type { Ignored, Problem } from './model/written.ts';
import type { Edit } from './source/edit.ts';
import type { Location } from './source/location.ts';
import type { Provenance } from './value/value.ts';
import type { Verdict } from './value/verdict.ts';

/** All there is to say of a rule. Its page, its SARIF descriptor, its options' schema and its
 *  row in the README are printed from this; its examples are run. */
export interface Rule<M extends Messages = Messages, O extends OptionSchemas = OptionSchemas, S = Suspicion> {
  readonly meta: Meta;
  readonly messages: M;
  readonly options: O;
  readonly fix?: { readonly title: string; readonly safety: Safety };
  readonly examples: { readonly bad: readonly [Example, ...Example[]]; readonly good: readonly [Example, ...Example[]] };
  readonly check: Check<S, OptionsOf<O>>;
  /** Loads what few documents need a look-up in; asked with each model before `check` sees it. */
  prepare?(model: Model): Promise<void> | undefined;
}

export interface Meta {
  /** Kebab case; the file's name; names the fault. */
  readonly id: string;
  /** One sentence that states the fault, not the wish. */
  readonly summary: string;
  readonly since: string;
  /** `strict` rules run only in that preset or when named. */
  readonly preset: 'recommended' | 'strict';
  /** Markdown: what goes wrong in the browser, and why. */
  readonly why: string;
  /** Markdown: the way out. */
  readonly remedy: string;
  /** Rules that say less about the same place: their findings there are dropped. */
  readonly outranks?: readonly string[];
  /** The first is normative: the clause the rule stands on. */
  readonly references: readonly [Url, ...Url[]];
}

type Url = `https://${string}`;

export type Messages = Readonly<Record<string, Message>>;

export interface Message {
  readonly severity: Severity;
  readonly harm: Harm;
  /** 'the origin {origin} is …': slots in braces. {subjects} is filled with what the merged findings are about. */
  readonly text: string;
}

/** One file, or a template and what it includes: the first is linted. */
export interface Example {
  readonly as: 'serverless' | 'sam' | 'cloudformation';
  readonly code: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Where the thing looked at stands. */
export interface Context {
  readonly model: Model;
}
export interface InApi extends Context {
  readonly api: Api;
}
export interface InResource extends InApi {
  readonly resource: Resource;
}
export interface OfMapping extends InApi {
  /** Undefined for a gateway response's. */
  readonly resource?: Resource;
  /** 'GET /users', 'OPTIONS /users', 'DEFAULT_4XX'. */
  readonly owner: string;
}

/** What a rule looks at. It yields suspicions; the engine narrows them to the worlds in which the
 *  thing exists, and drops those that hold in none. */
export interface Check<S, O> {
  model?(model: Model, options: O): Iterable<S>;
  api?(api: Api, context: Context, options: O): Iterable<S>;
  resource?(resource: Resource, context: InApi, options: O): Iterable<S>;
  endpoint?(endpoint: Endpoint, context: InResource, options: O): Iterable<S>;
  preflight?(preflight: Preflight, context: InResource, options: O): Iterable<S>;
  gatewayResponse?(response: GatewayResponse, context: InApi, options: O): Iterable<S>;
  mapping?(mapping: Mapping, context: OfMapping, options: O): Iterable<S>;
  codeHeader?(header: CodeHeader, context: InResource, options: O): Iterable<S>;
  deployment?(deployment: Deployment, context: Context, options: O): Iterable<S>;
  ignored?(ignored: Ignored, context: Context, options: O): Iterable<S>;
  problem?(problem: Problem, context: Context, options: O): Iterable<S>;
}

export interface Suspicion {
  readonly verdict: Verdict;
  readonly messageId: string;
  readonly data?: Slots;
  /** The primary place is where the value is written: the end of its trail. */
  readonly at: Provenance | Location;
  readonly related?: readonly Label[];
  /** Asked only for a finding that is shown. */
  edits?(): readonly Edit[] | undefined;
}

export type OptionSchemas = Readonly<Record<string, OptionSchema>>;
export type OptionSchema = { readonly description: string } & (
  | { readonly type: 'boolean'; readonly default: boolean }
  | { readonly type: 'integer'; readonly default: number; readonly minimum?: number }
  | { readonly type: 'strings'; readonly default: readonly string[] }
);
type TypeOf = { boolean: boolean; integer: number; strings: readonly string[] };
export type OptionsOf<O extends OptionSchemas> = { readonly [K in keyof O]: TypeOf[O[K]['type']] };

/** A suspicion whose message exists and whose slots are all filled, or it does not compile. */
type SuspicionOf<M extends Messages> = {
  readonly [K in keyof M & string]: Omit<Suspicion, 'messageId' | 'data'> & { readonly messageId: K } & ([
      Exclude<SlotsIn<M[K]['text']>, 'subjects'>,
    ] extends [never]
      ? { readonly data?: never }
      : { readonly data: Readonly<Record<Exclude<SlotsIn<M[K]['text']>, 'subjects'>, string | number>> });
}[keyof M & string];
type SlotsIn<S extends string> = S extends `${string}{${infer Slot}}${infer Rest}` ? Slot | SlotsIn<Rest> : never;

/** Types the author's rule by its own messages and options; the engine needs neither. */
export const defineRule = <const M extends Messages, const O extends OptionSchemas>(rule: Rule<M, O, SuspicionOf<M>>): Rule =>
  rule as unknown as Rule;
