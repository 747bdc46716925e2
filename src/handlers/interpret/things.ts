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
  | Descriptor
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
  /** Python works out the defaults of parameters once, where the function stands. */
  readonly defaults?: readonly (Thing | undefined)[];
}

/** What a native thing has by name; it may be made at each look. */
export interface Members {
  get(name: string): Thing | undefined;
  set?(name: string, thing: Thing): unknown;
}

/** Python's `name=value`. */
export type Named = ReadonlyMap<string, Thing>;

/** Something that the language or a library gives. */
export interface Native {
  readonly kind: 'native';
  readonly at: Location;
  readonly name: string;
  /** It may be called from code that is not read, and then does something: `callback`, `resolve`. */
  readonly effect?: true;
  readonly members?: Members;
  /** What it keeps from one call to the next. */
  readonly holds?: Thing;
  /** Code that is not read has it from now on. */
  released?(why: string): void;
  call(args: readonly Thing[], at: Location, makes: boolean, named: Named): Thing;
}

export interface Class {
  readonly kind: 'class';
  readonly at: Location;
  readonly code: ClassExpression;
  readonly scope: Scope;
  readonly parent: Thing | undefined;
  readonly own: Map<string, Thing>;
  /** Python's, as written; `parent` is undefined then. */
  readonly bases?: readonly Thing[];
}

/** Of Python: what stands for another thing when it is read from an instance. */
export interface Descriptor {
  readonly kind: 'descriptor';
  readonly at: Location;
  readonly how: 'static' | 'class' | 'property';
  readonly of: Thing;
  /** A property's setter. */
  readonly set?: Thing;
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
  /** It stands for what Python's `re.match` gives: None for no. */
  readonly match?: true;
}

export type Test =
  | { readonly kind: 'truthy'; readonly of: Thing }
  | { readonly kind: 'equal'; readonly of: Thing; readonly to: Primitive }
  /** The Origin or the method is one of a list, or matches a pattern of it. */
  | { readonly kind: 'among'; readonly of: Asked; readonly list: readonly Thing[] }
  /** Equal keys are one question on one way through the code. */
  | {
      readonly kind: 'unknown';
      readonly key: string;
      /** It is asked of the Origin: of its letters alone, or of what was worked out from it. */
      readonly origin?: 'letters' | 'derived';
    };

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
  /** What is called on it changes nothing that it is given. */
  readonly pure?: true;
  /** It was worked out from the Origin: whom the code lets in may hang on it. */
  readonly derived?: true;
  /** It is an object of a library: never None, nor false. */
  readonly solid?: true;
  /** A name that has no value yet. */
  readonly unbound?: true;
  /** It is an error, of one of these kinds. */
  readonly raised?: readonly string[];
}

export const scalar = (value: Primitive, at: Location): Scalar => ({ kind: 'scalar', at, value });
export const opaque = (
  why: string,
  at: Location,
  more: Partial<Pick<Opaque, 'pure' | 'derived' | 'solid' | 'unbound' | 'raised'>> = {},
): Opaque => ({
  kind: 'opaque',
  at,
  why,
  members: new Map(),
  ...more,
});
/** What is a part of it, or comes of a call on it. */
export const partOf = ({ why, pure, derived }: Opaque, at: Location): Opaque =>
  opaque(why, at, { ...(pure && { pure }), ...(derived && { derived }) });

/** Whether the Origin is in it, or it was worked out from that. */
export function isOfOrigin(thing: Thing, depth = 0): boolean {
  switch (thing.kind) {
    case 'event':
      return thing.path === 'origin';
    case 'opaque':
      return thing.derived === true;
    case 'text':
      return thing.parts.some((part) => typeof part !== 'string' && isOfOrigin(part, depth));
    case 'list':
      return depth < MAX_DEPTH && thing.items.slice(0, MAX_PARTS).some((one) => isOfOrigin(one, depth + 1));
    case 'object':
      return depth < MAX_DEPTH && [...thing.entries.values()].slice(0, MAX_PARTS).some(({ value }) => isOfOrigin(value, depth + 1));
    default:
      return false;
  }
}
const MAX_DEPTH = 3;
const MAX_PARTS = 50;

/** A mark for what is worked out from these. */
export const derivedFrom = (...from: readonly (Thing | undefined)[]): { readonly derived?: true } =>
  from.some((one) => one && isOfOrigin(one)) ? { derived: true } : {};

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
