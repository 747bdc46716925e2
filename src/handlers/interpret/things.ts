import type { Location } from '../../source/location.ts';
import type { Value } from '../../value/value.ts';
import type { ClassExpression, FunctionExpression } from '../program.ts';
import type { Scope } from './scope.ts';

/*
 * What an expression of the code may come to. Objects and lists are changed in place, as in the code itself: every way through
 * the code is walked from its start, so no two ways share them.
 */

export type Thing =
  | Scalar
  | Text
  | Held
  | Dictionary
  | List
  | Closure
  | Native
  | Class
  | Promised
  | Asked
  | Foreign
  | Condition
  | Pattern
  | Opaque;

export type Primitive = string | number | boolean | null | undefined;

/** A primitive value that is known. `secret`: a piece of it came from the environment. */
export interface Scalar {
  readonly kind: 'scalar';
  readonly at: Location;
  readonly value: Primitive;
  readonly secret?: true;
}

/** A text with holes: one part at least is no string. */
export interface Text {
  readonly kind: 'text';
  readonly at: Location;
  readonly parts: readonly (string | Thing)[];
}

/** A variable of the environment that is not known, or hangs on a choice. */
export interface Held {
  readonly kind: 'held';
  readonly at: Location;
  readonly value: Value<string | undefined>;
}

/** An object, a dict, a Map. */
export interface Dictionary {
  readonly kind: 'object';
  readonly at: Location;
  readonly entries: Map<string, Entry>;
  /** Why it may hold any other entry; what is among `entries` is certain all the same. */
  open: string | undefined;
  readonly class?: Class;
  /** `get`, `set` and the like are methods that reach its entries. */
  readonly map?: true;
}

interface Entry {
  /** Where its name is given. */
  readonly at: Location;
  readonly value: Thing;
  /** It is worked out when it is read. */
  readonly getter?: true;
}

export interface List {
  readonly kind: 'list';
  readonly at: Location;
  items: Thing[];
  /** Why it may hold any other item, and these in any order. */
  open: string | undefined;
  /** Its members are asked for with `has`. */
  readonly set?: true;
}

export interface Closure {
  readonly kind: 'function';
  readonly at: Location;
  readonly code: FunctionExpression;
  readonly scope: Scope;
  readonly self: Thing | undefined;
  /** The class whose member it is, for `super`. */
  readonly home?: Class;
  /** What is put on it: `handler.cors = …`. */
  readonly own: Map<string, Thing>;
}

/** What a native thing has by name; it may be made at each look. */
export interface Members {
  get(name: string): Thing | undefined;
  set?(name: string, thing: Thing): unknown;
}

/** Something that the language or a library gives. */
export interface Native {
  readonly kind: 'native';
  readonly at: Location;
  readonly name: string;
  /** It may be called from code that is not read, and then does something: `callback`, `resolve`. */
  readonly effect?: true;
  readonly members?: Members;
  /** Code that is not read has it from now on. */
  released?(why: string): void;
  call(args: readonly Thing[], at: Location, makes: boolean): Thing;
}

export interface Class {
  readonly kind: 'class';
  readonly at: Location;
  readonly code: ClassExpression;
  readonly scope: Scope;
  readonly parent: Thing | undefined;
  readonly own: Map<string, Thing>;
}

export interface Promised {
  readonly kind: 'promise';
  readonly at: Location;
  readonly value: Thing;
  /** It is rejected with `value`; `maybe`: with something unknown. */
  readonly rejected: 'yes' | 'no' | 'maybe';
}

/** A piece of the event: 'origin' and 'method' by whatever way the code gets at them, else its path. */
export interface Asked {
  readonly kind: 'event';
  readonly at: Location;
  readonly path: string;
}

/** What a package gives of which nothing is known, and what the code makes of that. */
export interface Foreign {
  readonly kind: 'foreign';
  readonly at: Location;
  readonly package: string;
  readonly members: Map<string, Thing>;
}

/** A yes or no that hangs on the request or on what is not known. */
export interface Condition {
  readonly kind: 'condition';
  readonly at: Location;
  readonly test: Test;
  readonly negated: boolean;
  /** It stands for what `indexOf` gives: -1 for no. */
  readonly index?: true;
}

export type Test =
  | { readonly kind: 'truthy'; readonly of: Thing }
  | { readonly kind: 'equal'; readonly of: Thing; readonly to: Primitive }
  /** The Origin or the method is one of a list, or matches a pattern of it. */
  | { readonly kind: 'among'; readonly of: Asked; readonly list: readonly Thing[] }
  /** Equal keys are one question on one way through the code. */
  | { readonly kind: 'unknown'; readonly key: string };

export interface Pattern {
  readonly kind: 'pattern';
  readonly at: Location;
  readonly source: string;
  readonly flags: string;
}

export interface Opaque {
  readonly kind: 'opaque';
  readonly at: Location;
  /** Ends the sentence "not known before deployment: …". */
  readonly why: string;
  readonly members: Map<string, Thing>;
}

export const scalar = (value: Primitive, at: Location): Scalar => ({ kind: 'scalar', at, value });
export const opaque = (why: string, at: Location): Opaque => ({ kind: 'opaque', at, why, members: new Map() });
export const list = (items: Thing[], at: Location): List => ({ kind: 'list', at, items, open: undefined });
export const native = (name: string, at: Location, call: Native['call'], members?: Members): Native => ({
  kind: 'native',
  at,
  name,
  call,
  ...(members && { members }),
});
export const promised = (value: Thing, at: Location, rejected: Promised['rejected'] = 'no'): Promised => ({
  kind: 'promise',
  at,
  value,
  rejected,
});

export const foreign = (name: string, at: Location): Foreign => ({ kind: 'foreign', at, package: name, members: new Map() });

export function dictionary(entries: Iterable<readonly [string, Thing]>, at: Location): Dictionary {
  return { kind: 'object', at, entries: new Map([...entries].map(([name, value]) => [name, { at: value.at, value }])), open: undefined };
}

/** The text that a thing is sure to be; undefined where it is not. */
export const textOf = (thing: Thing | undefined): string | undefined =>
  thing?.kind === 'scalar' && typeof thing.value === 'string' ? thing.value : undefined;

/** The name of a property that a thing stands for. */
export const keyOf = (thing: Thing): string | undefined =>
  thing.kind === 'scalar' && thing.value !== undefined ? String(thing.value) : undefined;

/** Whether it is undefined or null; undefined where that is not known. */
export function isNothing(thing: Thing): boolean | undefined {
  switch (thing.kind) {
    case 'scalar':
      return thing.value === undefined || thing.value === null;
    case 'held':
    case 'event':
    case 'foreign':
    case 'opaque':
      return undefined;
    default:
      return false;
  }
}
