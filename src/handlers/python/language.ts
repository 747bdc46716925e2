import { callUnknown } from '../interpret/calls.ts';
import type { Language, Machine, Ways } from '../interpret/machine.ts';
import { list, opaque, scalar, type Dictionary, type Thing } from '../interpret/things.ts';
import type { Location } from '../../source/location.ts';
import { read, write } from './attributes.ts';
import { begin } from './begin.ts';
import { callType, contains, globalOf, sum } from './builtins.ts';
import { boundTo, classOf, functionOf, instantiate, raised } from './classes.ts';
import { fill, copyOf } from './dicts.ts';
import { fault, takes } from './errors.ts';
import { importing } from './importing.ts';
import { asKey } from './keys.ts';
import { classMember, isBuiltin } from './lineage.ts';
import { listOf, setOf } from './lists.ts';
import { textIn } from './texts.ts';

const ways: Ways = {
  nothing: null,
  text: textIn,
  read,
  write,
  key: asKey,
  iterate,
  functionOf,
  classOf,
  begin,
  instantiate: (on, made, args, named, at) =>
    (isBuiltin(made) && callType(on, made.code.name ?? '', args, named, at)) || instantiate(on, made, args, named, at),
  callable(_on, of) {
    if (of.kind !== 'object' || !of.class) return undefined;
    const call = classMember(of.class, '__call__');
    return call && call !== 'unknown' ? boundTo(call, of, of.class) : undefined;
  },
  operate(on, op, left, right, at) {
    switch (op) {
      case 'add':
        return sum(on, left, right, at);
      case 'in':
        return contains(on, left, right, at);
      case 'merge':
        return merged(on, left, right, at);
      case 'equal':
      case 'unequal':
        return sameNumber(left, right) ? scalar(op === 'equal', at) : undefined;
      default:
        return undefined;
    }
  },
  raised,
  catches: (on, error, kind) => takes(on, error, kind) ?? on.run.fork(2) === 0,
  importing,
  answer,
};

/** Python as Lambda runs it. */
export const python: Language = {
  blocks: false,
  global: globalOf,
  // What each value can do is found by `read`.
  member: () => undefined,
  own: ways,
};

/** What a loop goes through: the names of a dict, the letters of a text. */
function iterate(on: Machine, of: Thing, at: Location): Thing {
  if (of.kind === 'list' || of.kind === 'opaque') return of;
  if (of.kind === 'object' && !of.class) return listOf(of, at);
  if (of.kind === 'scalar' && typeof of.value === 'string') {
    return list(
      Array.from(of.value).map((letter) => scalar(letter, at)),
      at,
    );
  }
  if (of.kind === 'scalar') throw fault(on, 'TypeError', at);
  return { ...list([], at), open: 'it goes through what is not known' };
}

/** `left | right`, of dicts and of sets. */
function merged(on: Machine, left: Thing, right: Thing, at: Location): Thing | undefined {
  if (left.kind === 'list' && right.kind === 'list')
    return setOf({ ...left, items: [...left.items, ...right.items], open: left.open ?? right.open }, at);
  if (left.kind !== 'object')
    return left.kind === 'event' ? undefined : callUnknown(on, [left, right], at, 'it is worked out of what is not known');
  const made: Dictionary = copyOf(left, at);
  fill(on, made, right, new Map(), at);
  return made;
}

/** `True == 1`. */
const sameNumber = (left: Thing, right: Thing): boolean =>
  left.kind === 'scalar' &&
  right.kind === 'scalar' &&
  /^(?:boolean number|number boolean)$/.test(`${typeof left.value} ${typeof right.value}`) &&
  Number(left.value) === Number(right.value);

/** What Lambda makes JSON of; an instance, a set, a coroutine is nothing it can. */
function answer(_on: Machine, result: Thing): Thing | undefined {
  if (result.kind === 'scalar') return result.value === null ? { ...result, value: undefined } : result;
  if (result.kind !== 'object') return result.kind === 'list' && result.set ? undefined : result;
  if (result.class) return undefined;
  const headers = result.entries.get('headers');
  if (headers?.value.kind !== 'object' || !headers.value.class) return result;
  const entries = new Map(result.entries).set('headers', { at: headers.at, value: opaque('they are no dict', headers.at) });
  return { ...result, entries };
}
