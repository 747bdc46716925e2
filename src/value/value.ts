import type { Edit } from '../source/edit.ts';
import type { Location } from '../source/location.ts';

/**
 * What is known, before deployment, of a value that the gateway will use.
 * Every arm says where it comes from: what cannot be pointed at cannot be reported.
 */
export type Value<T> = Known<T> | Unknown<T> | Choice<T>;

/** A list of which each item may be unknown on its own; an item is undefined where a condition takes it out. */
export type List<T> = Value<readonly Value<T | undefined>[]>;

export interface Known<T> extends Lifted<T> {
  readonly kind: 'known';
  readonly value: T;
}

export interface Unknown<T> extends Lifted<T> {
  readonly kind: 'unknown';
  /** Ends the sentence "not known before deployment: …". */
  readonly why: string;
  /** A string's literal pieces, null for a hole: ['https://', null, '.example.com']. */
  readonly pieces?: readonly (string | null)[];
}

/** One of several values, by a named choice: a Serverless stage, Fn::If, a parameter with AllowedValues. */
export interface Choice<T> extends Lifted<T> {
  readonly kind: 'choice';
  readonly on: Question;
  /** One for each of `on.labels`, in that order. */
  readonly branches: ReadonlyMap<string, Value<T>>;
}

/** What a choice hangs on. Equal keys are one question, wherever they are met. */
export interface Question {
  /** Unique: a nested stack's `IsProd` is not its parent's. */
  readonly key: string;
  /** As the user wrote it: 'stage', 'IsProd'. */
  readonly name: string;
  /** All answers; ['true', 'false'] for a condition. */
  readonly labels: readonly string[];
}

interface Lifted<T> {
  readonly from: Provenance;
  /** Some piece of it came from the environment: it is shown as the user wrote it, never as resolved. */
  readonly secret?: true;
  /** How to write another value here, in this file's dialect; absent where nobody can. */
  put?(value: T): readonly Edit[];
}

/**
 * `at` is always a place the user can edit. `refused`: the deploy stops at what is written there, which is told in a word of its own, so
 * that nothing else is to be guessed of it.
 */
export type Provenance = { readonly refused?: true } & (
  | { readonly kind: 'literal'; readonly at: Location }
  | { readonly kind: 'absent'; readonly at: Location } // `at`: the key of the mapping that lacks it
  | { readonly kind: 'default'; readonly at: Location; readonly by: string } // a framework filled it in because of `at`
  | { readonly kind: 'reference'; readonly at: Location; readonly to: Provenance | undefined } // `at` names what stands at `to`
  | { readonly kind: 'merged'; readonly at: Location; readonly parts: readonly Provenance[] }
);

export const known = <T>(value: T, from: Provenance): Known<T> => ({ kind: 'known', value, from });

/** The value of each answer of a choice, made anew; `known` and `unknown` values are handed to `arm`. */
export function mapValue<T, U>(value: Value<T>, arm: (value: Known<T> | Unknown<T>) => Value<U>): Value<U> {
  if (value.kind !== 'choice') return arm(value);
  return {
    kind: 'choice',
    on: value.on,
    from: value.from,
    branches: new Map([...value.branches].map(([label, branch]) => [label, mapValue(branch, arm)])),
  };
}

/** Every known or unknown value that this one may turn out to be. */
export const leaves = <T>(value: Value<T>): readonly (Known<T> | Unknown<T>)[] =>
  value.kind === 'choice' ? [...value.branches.values()].flatMap((branch) => leaves(branch)) : [value];

/** Each item of a list, under the conditions it stands under; undefined where they do not hold. */
export function items<T>(list: List<T>): readonly Value<T | undefined>[] {
  if (list.kind === 'known') return list.value;
  if (list.kind === 'unknown') return [{ kind: 'unknown', why: list.why, from: list.from }];
  const { on } = list;
  const none = known(undefined, list.from);
  return [...list.branches].flatMap(([label, branch]) =>
    items(branch).map((item): Value<T | undefined> => {
      const branches = new Map(on.labels.map((other) => [other, other === label ? item : none]));
      return { kind: 'choice', on, branches, from: item.from };
    }),
  );
}

/** Where the value itself is written: the end of the trail of references. */
export function siteOf(from: Provenance): Location {
  return from.kind === 'reference' && from.to ? siteOf(from.to) : from.at;
}

/** The framework that wrote the value, if the author did not. */
export function filledInBy(from: Provenance): string | undefined {
  if (from.kind === 'reference' && from.to) return filledInBy(from.to);
  return from.kind === 'default' ? from.by : undefined;
}

export const isFilledIn = (from: Provenance): boolean => filledInBy(from) !== undefined;

/** The place of what the deploy refuses. */
export const refusing = (from: Provenance): Provenance => ({ ...from, refused: true });

/** A value as a message shows it: itself where known and no secret, the user's own text where not. */
export function show(value: Value<unknown>): string {
  if (value.kind === 'known' && !value.secret) return String(value.value);
  const { file, start, end } = value.from.at;
  return file.text.slice(start, end).trim();
}
