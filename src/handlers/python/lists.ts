import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { isMember } from '../interpret/operators.ts';
import { list, native, opaque, scalar, type List, type Thing } from '../interpret/things.ts';
import { fault } from './errors.ts';
import { keyNamed } from './keys.ts';

type Method = (on: Machine, of: List, args: readonly Thing[], at: Location) => Thing;

/** The items of what is walked through. */
export function listOf(from: Thing | undefined, at: Location): List {
  if (!from) return list([], at);
  if (from.kind === 'list') return { ...list([...from.items], at), open: from.open };
  if (from.kind === 'object' && !from.class) {
    const names = [...from.entries].map(([name, entry]) => keyNamed(name, entry.at));
    return from.open === undefined ? list(names, at) : { ...list([], at), open: from.open };
  }
  return { ...list([], at), open: 'it is made of what is not known' };
}

export const setOf = (from: Thing | undefined, at: Location): List => ({ ...listOf(from, at), set: true });

function changed(on: Machine, of: List, change: () => void, at: Location): Thing {
  change();
  on.run.wrote();
  return scalar(null, at);
}

const METHODS: Readonly<Record<string, Method | undefined>> = {
  append: (on, of, args, at) => changed(on, of, () => of.items.push(...args), at),
  add: (on, of, args, at) => changed(on, of, () => of.items.push(...args), at),
  extend: (on, of, [from], at) => changed(on, of, () => joined(of, listOf(from, at)), at),
  update: (on, of, [from], at) => changed(on, of, () => joined(of, listOf(from, at)), at),
  insert(on, of, [place, one], at) {
    return changed(
      on,
      of,
      () => {
        if (place?.kind === 'scalar' && typeof place.value === 'number' && one) of.items.splice(place.value, 0, one);
        else lose(of, one ? [one] : []);
      },
      at,
    );
  },
  copy: (_on, of, _args, at) => ({ ...of, at, items: [...of.items] }),
  union: (_on, of, args, at) => {
    const made = setOf(of, at);
    for (const arg of args) joined(made, listOf(arg, at));
    return made;
  },
  index(on, of, [one], at) {
    const place = of.items.findIndex((item) => item.kind === 'scalar' && one?.kind === 'scalar' && item.value === one.value);
    if (of.open !== undefined || place === -1) {
      on.run.risk(at, ['ValueError']);
      return opaque('it is a place in a list', at, { pure: true });
    }
    return scalar(place, at);
  },
  count: (_on, _of, _args, at) => opaque('it is a number', at, { pure: true }),
  __contains__: (on, of, [one], at) => (one ? isMember(on, one, of, at) : scalar(false, at)),
  clear: (on, of, _args, at) =>
    changed(
      on,
      of,
      () => {
        of.items = [];
        of.open = undefined;
      },
      at,
    ),
  pop(on, of, [place], at) {
    if (of.open === undefined && of.items.length === 0) throw fault(on, 'IndexError', at);
    on.run.wrote();
    const last = of.open === undefined && !place && !of.set ? of.items.pop() : undefined;
    if (last) return last;
    lose(of, of.items);
    return opaque('it is an item of a list', at);
  },
};

function joined(to: List, from: List): void {
  to.items.push(...from.items);
  to.open ??= from.open;
}

/** Its items are in any order now, and some may be gone. */
function lose(of: List, more: readonly Thing[]): void {
  of.items = [];
  of.open = more.length > 0 ? 'it is changed in a way that is not followed' : (of.open ?? 'it is changed in a way that is not followed');
}

/** A method of a list, a tuple or a set. */
export function ofList(on: Machine, of: List, name: string, at: Location): Thing {
  const method = METHODS[name];
  return native(name, at, (args, place) => {
    if (method) return method(on, of, args, place);
    lose(of, []);
    on.run.wrote();
    return opaque('it is worked out of a list in a way that is not followed', place);
  });
}
