import type { Location } from '../../source/location.ts';
import { callUnknown, invoke } from '../interpret/calls.ts';
import type { Machine } from '../interpret/machine.ts';
import { derivedFrom, list, opaque, scalar, textOf, type Thing } from '../interpret/things.ts';
import { fault } from './errors.ts';
import { listOf } from './lists.ts';
import { wholeOf } from './numbers.ts';

/* What goes through lists, or takes parts of them. */

/** `range(…)` of numbers that are known, and not too many. */
export function range(args: readonly Thing[], at: Location): Thing {
  const [one, other, by] = args.map(wholeOf);
  const [start, end, step] = args.length === 1 ? [0, one, 1] : [one, other, args.length > 2 ? by : 1];
  const size = start === undefined || end === undefined || !step ? undefined : Math.max(0, Math.ceil((end - start) / step));
  if (size === undefined || size > MAX_RANGE) return { ...list([], at), open: 'it is a range of numbers' };
  return list(
    Array.from({ length: size }, (_one, place) => scalar((start ?? 0) + place * (step ?? 1), at)),
    at,
  );
}
const MAX_RANGE = 100;

/** `zip`, `enumerate`, `sorted`: of items that are known. */
export function paired(lists: readonly (Thing | undefined)[], at: Location): Thing {
  const all = lists.map((one) => listOf(one, at));
  const open = all.find((one) => one.open !== undefined)?.open;
  const size = Math.min(...all.map(({ items }) => items.length));
  if (open !== undefined) return { ...list([], at), open };
  return list(
    Array.from({ length: size }, (_one, place) =>
      list(
        all.map(({ items }) => items[place] ?? scalar(null, at)),
        at,
      ),
    ),
    at,
  );
}

export function mapped(on: Machine, [work, of]: readonly Thing[], at: Location): Thing {
  const items = listOf(of, at);
  if (!work || items.open !== undefined) {
    return { ...list([], at), open: opaqueOf(callUnknown(on, work ? [work] : [], at, 'it is made of what is not known')) };
  }
  return list(
    items.items.map((one) => invoke(on, work, [one], at)),
    at,
  );
}

export function filtered(on: Machine, [test, of]: readonly Thing[], at: Location): Thing {
  const items = listOf(of, at);
  if (!test || items.open !== undefined) {
    return { ...list([], at), open: opaqueOf(callUnknown(on, test ? [test] : [], at, 'it is made of what is not known')) };
  }
  const is = (one: Thing): Thing => (test.kind === 'scalar' ? one : invoke(on, test, [one], at));
  return list(
    items.items.filter((one) => on.run.decide(is(one))),
    at,
  );
}

const opaqueOf = (thing: Thing): string => (thing.kind === 'opaque' ? thing.why : 'it is made of what is not known');

/** `of[from:to]`. */
export function slice(on: Machine, [of, from, to]: readonly Thing[], at: Location): Thing {
  const [start, end] = [from, to].map((one) => (one?.kind === 'scalar' && one.value === null ? undefined : wholeOf(one)));
  const known = [from, to].every((one) => one?.kind === 'scalar');
  const text = of && textOf(of);
  if (known && text !== undefined) return scalar(Array.from(text).slice(start, end).join(''), at);
  if (known && of?.kind === 'list' && of.open === undefined && !of.set) return list(of.items.slice(start, end), at);
  on.run.risk(at, ['TypeError']);
  return opaque('it is a part of a list or text', at, { pure: true, ...derivedFrom(of) });
}

/** `next(of)`, `next(of, otherwise)`. */
export function first(on: Machine, [of, otherwise]: readonly Thing[], at: Location): Thing {
  const items = of?.kind === 'list' ? of : undefined;
  const [item] = items?.open === undefined && !items?.set ? (items?.items ?? []) : [];
  if (item) return item;
  if (items?.open !== undefined || !items || items.items.length > 0) {
    on.run.risk(at, ['StopIteration', 'TypeError']);
    return opaque('it is one of what is not known', at, { pure: true, ...derivedFrom(of) });
  }
  if (otherwise) return otherwise;
  throw fault(on, 'StopIteration', at);
}
