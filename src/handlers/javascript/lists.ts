import type { Location } from '../../source/location.ts';
import { callBack, callUnknown, invoke } from '../interpret/calls.ts';
import { concatenated } from '../interpret/evaluate.ts';
import type { Machine } from '../interpret/machine.ts';
import { isMember } from '../interpret/operators.ts';
import { list, native, opaque, scalar, textOf, type List, type Thing } from '../interpret/things.ts';

type Method = (on: Machine, of: List, args: readonly Thing[], at: Location) => Thing;

const MAX_ITEMS = 100;

/** The items, where each is known to be one; what is done with each of an open list is done with one that may be any. */
function each(on: Machine, of: List, args: readonly Thing[], at: Location): ((item: Thing, place: number) => Thing) | undefined {
  const [work] = args;
  if (!work || of.items.length > MAX_ITEMS) return undefined;
  return (item, place) => invoke(on, work, [item, scalar(place, at), of], at);
}

/** Of an open list: the callback may be called any number of times. */
function unknownly(on: Machine, args: readonly Thing[], at: Location): void {
  for (const arg of args) if (arg.kind === 'function') callBack(on, arg, at);
}

const open = (why: string, at: Location): List => ({ ...list([], at), open: why });

/** The first item for which the callback is true. */
function first(on: Machine, of: List, args: readonly Thing[], at: Location): number | undefined {
  const ask = each(on, of, args, at);
  if (!ask) return undefined;
  const place = of.items.findIndex((item, index) => on.run.decide(ask(item, index)));
  return place;
}

const METHODS = new Map<string, Method>(
  Object.entries<Method>({
    includes: (on, of, [item], at) => (item ? isMember(on, item, of, at) : scalar(false, at)),
    has: (on, of, [item], at) => (item ? isMember(on, item, of, at) : scalar(false, at)),
    indexOf(on, of, [item], at) {
      const is = item ? isMember(on, item, of, at) : scalar(false, at);
      if (is.kind === 'condition') return { ...is, index: true };
      const place = of.items.findIndex((one) => one.kind === 'scalar' && item?.kind === 'scalar' && one.value === item.value);
      return is.kind === 'scalar' ? scalar(place, at) : opaque('it is a place in a list', at);
    },
    some(on, of, args, at) {
      const ask = each(on, of, args, at);
      if (of.open !== undefined || !ask) return anyOf(on, of, args, at);
      return scalar(first(on, of, args, at) !== -1, at);
    },
    every(on, of, args, at) {
      const ask = each(on, of, args, at);
      if (of.open !== undefined || !ask) return callUnknown(on, args, at, 'it is asked of a list that is not known');
      return scalar(
        of.items.every((item, place) => on.run.decide(ask(item, place))),
        at,
      );
    },
    find(on, of, args, at) {
      if (of.open === undefined && of.items.length <= MAX_ITEMS) {
        const place = first(on, of, args, at);
        return (place === undefined ? undefined : of.items[place]) ?? scalar(undefined, at);
      }
      const item = opaque(of.open ?? 'it is a long list', at);
      return on.run.decide(anyOf(on, of, args, at, item)) ? item : scalar(undefined, at);
    },
    findIndex(on, of, args, at) {
      return of.open === undefined ? scalar(first(on, of, args, at), at) : callUnknown(on, args, at, 'it is a place in a list');
    },
    filter(on, of, args, at) {
      const ask = each(on, of, args, at);
      if (of.open !== undefined || !ask) {
        unknownly(on, args, at);
        return open(of.open ?? 'it is a long list', at);
      }
      return list(
        of.items.filter((item, place) => on.run.decide(ask(item, place))),
        at,
      );
    },
    map(on, of, args, at) {
      const make = each(on, of, args, at);
      if (of.open !== undefined || !make) {
        unknownly(on, args, at);
        return open(of.open ?? 'it is a long list', at);
      }
      return list(of.items.map(make), at);
    },
    forEach(on, of, args, at) {
      const work = each(on, of, args, at);
      if (of.open !== undefined || !work) unknownly(on, args, at);
      else for (const [place, item] of of.items.entries()) work(item, place);
      return scalar(undefined, at);
    },
    reduce(on, of, [work, start], at) {
      if (of.open !== undefined || !work || !start || of.items.length > MAX_ITEMS) {
        return callUnknown(
          on,
          [work, start].filter((one) => one !== undefined),
          at,
          'it is worked out of a list',
        );
      }
      return of.items.reduce((made, item, place) => invoke(on, work, [made, item, scalar(place, at)], at), start);
    },
    join(_on, of, [between], at) {
      const text = between ? textOf(between) : ',';
      if (of.open !== undefined || text === undefined) return opaque('it is worked out of a list', at);
      return concatenated(
        of.items.flatMap((item, place) => (place === 0 ? [item] : [scalar(text, at), item])),
        at,
      );
    },
    push(on, of, args, at) {
      of.items.push(...args);
      on.run.wrote();
      return opaque('it is a length', at);
    },
    add(on, of, args) {
      of.items.push(...args);
      on.run.wrote();
      return of;
    },
    concat(_on, of, args, at) {
      const made = list([...of.items], at);
      made.open = of.open;
      for (const arg of args) {
        if (arg.kind === 'list') {
          made.items.push(...arg.items);
          made.open ??= arg.open;
        } else if (arg.kind === 'scalar') made.items.push(arg);
        else made.open = 'it is made of what is not known';
      }
      return made;
    },
    slice: (_on, of, args, at) => (args.length === 0 ? { ...list([...of.items], at), open: of.open } : open('it is a part of a list', at)),
    values: (_on, of) => of,
  }),
);

/** Whether some item of a list that is not known satisfies the callback: as it is asked of an item that is not known. */
function anyOf(
  on: Machine,
  of: List,
  args: readonly Thing[],
  at: Location,
  item: Thing = opaque(of.open ?? 'it is a long list', at),
): Thing {
  const [ask] = args;
  if (of.items.length > 0 || ask?.kind !== 'function') return callUnknown(on, args, at, 'it is asked of a list that is not known');
  const given = invoke(on, ask, [item], at);
  return given.kind === 'condition' && !given.negated ? given : opaque('it is asked of a list that is not known', at);
}

/** A method of a list or a Set. */
export function ofList(on: Machine, of: List, name: string, at: Location): Thing {
  return native(name, at, (args, place) => {
    const method = METHODS.get(name);
    if (method) return method(on, of, args, place);
    // Whatever it does, it may do to the list itself.
    of.items = [];
    of.open = 'it is changed in a way that is not followed';
    on.run.wrote();
    return callUnknown(on, args, place, 'it is worked out of a list in a way that is not followed');
  });
}
