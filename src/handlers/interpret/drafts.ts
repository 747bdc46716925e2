import type { CodeAnswer } from '../../model/code.ts';
import type { Location } from '../../source/location.ts';
import { known, type Value } from '../../value/value.ts';
import { headersOf, type Sent } from './headers.ts';
import { literalOf, type Found } from './facts.ts';
import type { Machine } from './machine.ts';
import type { Thing } from './things.ts';

/** An answer on one way through the code. */
export interface Draft {
  readonly at: Location;
  readonly asked: CodeAnswer['asked'];
  readonly status: Value<number | undefined>;
  readonly sent: Sent;
  /** What this way has found out of the caller's Origin. */
  readonly origin: Found;
  readonly unmatched: boolean;
  readonly refusal: boolean;
}

/** Answers to preflights that ask for more than a library is told to allow. */
export const refusals = new WeakSet<Thing>();

/** Answers that a framework gives where none of its routes is for the request. */
export const unmatched = new WeakSet<Thing>();

/** Where answers were made that other code hands on; its `return` is not the place. */
export const places = new WeakMap<Thing, Location>();

/** What an answer is; undefined where that is not known at all. */
export function draftOf(on: Machine, thing: Thing, at: Location): Draft | undefined {
  if (thing.kind !== 'object' && thing.kind !== 'scalar' && thing.kind !== 'list' && thing.kind !== 'text') return undefined;
  return {
    at: places.get(thing) ?? at,
    asked: askedOf(on.run.facts.found.method),
    status: statusOf(thing, at),
    sent: headersOf(thing, at),
    origin: on.run.facts.found.origin,
    unmatched: unmatched.has(thing),
    refusal: refusals.has(thing),
  };
}

function askedOf({ among, not }: Found): CodeAnswer['asked'] {
  if (among) {
    const texts = among.map(literalOf);
    if (texts.includes(undefined)) return 'any';
    return texts.includes('OPTIONS') ? (texts.length === 1 ? 'preflight' : 'any') : 'others';
  }
  return not.some((one) => literalOf(one) === 'OPTIONS') ? 'others' : 'any';
}

function statusOf(thing: Thing, at: Location): Value<number | undefined> {
  const from = { kind: 'literal', at } as const;
  if (thing.kind !== 'object') return known(undefined, from);
  const status = thing.entries.get('statusCode')?.value;
  if (!status) return thing.open === undefined ? known(undefined, from) : { kind: 'unknown', why: thing.open, from };
  const value = literalOf(status);
  const number = typeof value === 'string' ? Number(value) : value;
  const place = { kind: 'literal', at: status.at } as const;
  if (typeof number === 'number' && Number.isInteger(number)) return known(number, place);
  if (status.kind === 'scalar' && status.value === undefined) return known(undefined, place);
  return { kind: 'unknown', why: 'the code works it out', from: place };
}
