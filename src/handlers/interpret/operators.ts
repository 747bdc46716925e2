import type { Location } from '../../source/location.ts';
import type { Operator } from '../program.ts';
import { concatenated } from './evaluate.ts';
import type { Machine } from './machine.ts';
import { isLacking, spread } from './members.ts';
import {
  derivedFrom,
  dictionary,
  keyOf,
  opaque,
  scalar,
  type Asked,
  type Condition,
  type Primitive,
  type Scalar,
  type Test,
  type Thing,
} from './things.ts';

const condition = (test: Test, at: Location, negated = false): Condition => ({ kind: 'condition', at, test, negated });

/**
 * A question of which nothing is known but that equal keys have equal answers. `of` is what it is asked of: the Origin itself comes
 * first where its letters are looked at.
 */
export const question = (key: string, at: Location, ...of: readonly (Thing | undefined)[]): Condition => {
  const [letters] = of;
  const origin =
    of.length > 0 && letters?.kind === 'event' && letters.path === 'origin' ? 'letters' : derivedFrom(...of).derived && 'derived';
  return condition({ kind: 'unknown', key, ...(origin && { origin }) }, at);
};

export function negate(on: Machine, of: Thing, at: Location): Thing {
  if (of.kind === 'condition') {
    const { index: _index, match: _match, ...is } = of;
    return { ...is, at, negated: !of.negated };
  }
  const known = on.run.facts.truth(on.run, of);
  return known === undefined ? condition({ kind: 'truthy', of }, at, true) : scalar(!known, at);
}

/** Whether the request's Origin, or its method, is one of these. */
export const among = (of: Asked, list: readonly Thing[], at: Location): Thing =>
  list.length === 0 ? scalar(false, at) : condition({ kind: 'among', of, list }, at);

export const isAskedFor = (thing: Thing): thing is Asked => thing.kind === 'event' && (thing.path === 'origin' || thing.path === 'method');

export function operate(on: Machine, op: Operator, left: Thing, right: Thing, at: Location): Thing {
  const own = on.language.own?.operate(on, op, left, right, at);
  if (own) return own;
  switch (op) {
    case 'equal':
      return equality(on, left, right, at);
    case 'unequal':
      return negate(on, equality(on, left, right, at), at);
    case 'add':
      return add(left, right, at);
    case 'in':
      return isMember(on, left, right, at);
    case 'merge':
      return merge(on, left, right, at);
    case 'less':
    case 'greater':
      if (left.kind === 'condition' && left.index && right.kind === 'scalar') return found(on, op, left, right, at);
      if (left.kind === 'scalar' && right.kind === 'scalar') return compare(op, left.value, right.value, at);
      return question(`${op}:${on.run.id(left)}:${on.run.id(right)}`, at, undefined, left, right);
    default:
      return opaque('it is worked out in a way that is not followed', at);
  }
}

/** `indexOf(…) > -1`, `indexOf(…) < 0`. */
function found(on: Machine, op: 'less' | 'greater', index: Condition, to: Scalar, at: Location): Thing {
  const { index: _index, ...is } = index;
  if (op === 'greater' && to.value === -1) return { ...is, at };
  return op === 'less' && to.value === 0 ? negate(on, is, at) : opaque('it is a place in a list', at);
}

function compare(op: 'less' | 'greater', left: Primitive, right: Primitive, at: Location): Thing {
  if (typeof left !== typeof right || left === undefined || right === undefined || left === null || right === null) {
    return opaque('it is a comparison of unlike values', at);
  }
  return scalar(op === 'less' ? left < right : left > right, at);
}

function add(left: Thing, right: Thing, at: Location): Thing {
  if (left.kind === 'scalar' && right.kind === 'scalar' && typeof left.value === 'number' && typeof right.value === 'number') {
    return scalar(left.value + right.value, at);
  }
  const text = (one: Thing): boolean => one.kind === 'text' || (one.kind === 'scalar' && typeof one.value === 'string');
  if (text(left) || text(right)) return concatenated([left, right], at);
  return opaque('it is worked out in a way that is not followed', at);
}

function merge(on: Machine, left: Thing, right: Thing, at: Location): Thing {
  const made = dictionary([], at);
  spread(on, made, left, at);
  spread(on, made, right, at);
  return made;
}

/** `===`. */
export function equality(on: Machine, left: Thing, right: Thing, at: Location): Thing {
  if (left === right) return scalar(true, at);
  if (left.kind === 'scalar' && right.kind === 'scalar') return scalar(Object.is(left.value, right.value), at);
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (isAskedFor(one)) return askedEquality(on, one, other, at);
  }
  const [of, to] = left.kind === 'scalar' ? [right, left] : [left, right];
  if (to.kind === 'scalar') return plainEquality(on, of, to, at);
  return question(`=:${[on.run.id(left), on.run.id(right)].toSorted().join(':')}`, at, undefined, left, right);
}

function askedEquality(on: Machine, one: Asked, other: Thing, at: Location): Thing {
  if (other.kind !== 'scalar') return among(one, [other], at);
  if (typeof other.value === 'string') {
    return other.value === '' ? condition({ kind: 'truthy', of: one }, at, true) : among(one, [other], at);
  }
  if (other.value === undefined || other.value === null) return condition({ kind: 'truthy', of: one }, at, true);
  return scalar(false, at);
}

function plainEquality(on: Machine, of: Thing, to: Scalar, at: Location): Thing {
  switch (of.kind) {
    case 'held':
      if (of.value.kind === 'known') return scalar(of.value.value === to.value, at);
      return condition({ kind: 'equal', of, to: to.value }, at);
    case 'condition':
      // `re.match(…) is None`
      if (of.match) return to.value === null ? negate(on, of, at) : scalar(false, at);
      if (of.index) return to.value === -1 ? negate(on, of, at) : opaque('it is a place in a list', at);
      if (typeof to.value !== 'boolean') return scalar(false, at);
      return to.value ? of : negate(on, of, at);
    case 'text':
      return typeof to.value === 'string' ? condition({ kind: 'equal', of, to: to.value }, at) : scalar(false, at);
    case 'event':
    case 'foreign':
    case 'opaque':
      if (of.kind === 'opaque' && of.solid && !to.value) return scalar(false, at);
      return condition({ kind: 'equal', of, to: to.value }, at);
    default:
      return scalar(false, at);
  }
}

/** Python's `in`, and what `includes` and `has` ask of a list or of the names of an object. */
export function isMember(on: Machine, item: Thing, whole: Thing, at: Location): Thing {
  const unknown = (): Thing =>
    question(`in:${on.run.id(item)}:${on.run.id(whole)}:${on.run.writes}`, at, isAskedFor(whole) ? whole : undefined, item, whole);
  if (whole.kind === 'list') {
    if (isAskedFor(item)) return among(item, whole.open === undefined ? whole.items : [...whole.items, opaque(whole.open, whole.at)], at);
    if (item.kind !== 'scalar') return unknown();
    if (whole.items.some((one) => one.kind === 'scalar' && Object.is(one.value, item.value))) return scalar(true, at);
    return whole.open === undefined && whole.items.every((one) => one.kind === 'scalar') ? scalar(false, at) : unknown();
  }
  if (whole.kind === 'object') {
    if (isAskedFor(item)) {
      const names = [...whole.entries].map(([name, entry]): Thing => scalar(name, entry.at));
      return among(item, whole.open === undefined ? names : [...names, opaque(whole.open, whole.at)], at);
    }
    const name = keyOf(item);
    if (name === undefined) return unknown();
    if (whole.entries.has(name)) return scalar(true, at);
    return whole.open === undefined ? scalar(false, at) : unknown();
  }
  if (whole.kind === 'event' && item.kind === 'scalar' && isLacking(whole, String(item.value))) return scalar(false, at);
  // Whatever it is, it says who may ask.
  if (isAskedFor(item) && item.path === 'origin') return among(item, [opaque('it is worked out from what is not known', whole.at)], at);
  return unknown();
}
