import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import type { Machine } from '../interpret/machine.ts';
import { setMember, spread } from '../interpret/members.ts';
import { isMember } from '../interpret/operators.ts';
import {
  dictionary,
  keyOf,
  list,
  native,
  opaque,
  scalar,
  textOf,
  type Dictionary,
  type List,
  type Native,
  type Thing,
} from '../interpret/things.ts';

/** `Object.keys` and its like: undefined entries where the object may hold others. */
function listed(of: Thing | undefined, make: (name: string, value: Thing) => Thing, at: Location): List {
  if (of?.kind !== 'object') return { ...list([], at), open: 'it is made of what is not known' };
  const made = list(
    [...of.entries].map(([name, { value }]) => make(name, value)),
    at,
  );
  // In what order, and among what, is not known.
  return of.open === undefined ? made : { ...made, items: [], open: of.open };
}

export const keysOf = (of: Thing | undefined, at: Location): List => listed(of, (name) => scalar(name, at), at);

function fromEntries(of: Thing | undefined, at: Location): Dictionary {
  const made = dictionary([], at);
  const source = of?.kind === 'object' && of.map ? listed(of, (name, value) => list([scalar(name, at), value], at), at) : of;
  if (source?.kind !== 'list' || source.open !== undefined) return { ...made, open: 'it is made of what is not known' };
  for (const pair of source.items) {
    const [name, value] = pair.kind === 'list' && pair.open === undefined ? pair.items : [];
    const key = name && keyOf(name);
    if (name && value && key !== undefined) made.entries.set(key, { at: name.at, value });
    else return { ...dictionary([], at), open: 'it is made of what is not known' };
  }
  return made;
}

function define(on: Machine, [of, name, how]: readonly Thing[], at: Location): Thing {
  if (!of || !name || how?.kind !== 'object') return of ?? scalar(undefined, at);
  const [value, getter] = [how.entries.get('value')?.value, how.entries.get('get')?.value];
  const key = keyOf(name);
  if (getter && of.kind === 'object' && key !== undefined) of.entries.set(key, { at, value: getter, getter: true });
  else setMember(on, of, name, value ?? opaque('it is defined in a way that is not followed', at), at);
  return of;
}

/** The global `Object`. */
export function objectClass(on: Machine, at: Location): Thing {
  const give = (name: string, call: Native['call']): [string, Thing] => [name, native(name, at, call)];
  return native(
    'Object',
    at,
    ([of], place) => of ?? dictionary([], place),
    new Map<string, Thing>([
      give('assign', ([to, ...from], place) => {
        for (const one of from) {
          if (to?.kind === 'object') spread(on, to, one, place);
          else if (to && one.kind === 'object')
            for (const [name, { value }] of one.entries) setMember(on, to, scalar(name, place), value, place);
        }
        return to ?? scalar(undefined, place);
      }),
      give('keys', ([of], place) => keysOf(of, place)),
      give('getOwnPropertyNames', ([of], place) => keysOf(of, place)),
      give('values', ([of], place) => listed(of, (_name, value) => value, place)),
      give('entries', ([of], place) => listed(of, (name, value) => list([scalar(name, place), value], place), place)),
      give('fromEntries', ([of], place) => fromEntries(of, place)),
      give('freeze', ([of], place) => of ?? scalar(undefined, place)),
      give('seal', ([of], place) => of ?? scalar(undefined, place)),
      give('create', ([of], place) => ({
        ...dictionary([], place),
        open: of?.kind === 'scalar' ? undefined : 'its prototype is not read',
      })),
      give('defineProperty', (args, place) => define(on, args, place)),
      give('hasOwn', ([of, name], place) => (of && name ? isMember(on, name, of, place) : scalar(false, place))),
    ]),
  );
}

/** `new Map(…)`: its entries by name. */
export const mapOf = (of: Thing | undefined, at: Location): Thing => ({
  ...(of && !(of.kind === 'scalar' && !of.value) ? fromEntries(of, at) : dictionary([], at)),
  map: true,
});

/** What every object can do, and a Map. */
export function ofObject(on: Machine, of: Dictionary, name: string, at: Location): Thing | undefined {
  if (name === 'hasOwnProperty') return native(name, at, ([key], place) => (key ? isMember(on, key, of, place) : scalar(false, place)));
  if (name === 'toString') return native(name, at, (_args, place) => opaque('it is the text of an object', place));
  return of.map ? ofMap(on, of, name, at) : undefined;
}

function ofMap(on: Machine, of: Dictionary, name: string, at: Location): Thing | undefined {
  switch (name) {
    case 'get':
      return native(name, at, ([key], place) => {
        const text = key && textOf(key);
        const entry = text === undefined ? undefined : of.entries.get(text);
        if (entry) return entry.value;
        return text !== undefined && of.open === undefined ? scalar(undefined, place) : opaque('it is a part of a map', place);
      });
    case 'has':
      return native(name, at, ([key], place) => (key ? isMember(on, key, of, place) : scalar(false, place)));
    case 'set':
      return native(name, at, ([key, value], place) => {
        if (key && value) setMember(on, of, key, value, place);
        return of;
      });
    case 'keys':
      return native(name, at, (_args, place) => keysOf(of, place));
    case 'entries':
      return native(name, at, (_args, place) => listed(of, (one, value) => list([scalar(one, place), value], place), place));
    case 'values':
      return native(name, at, (_args, place) => listed(of, (_one, value) => value, place));
    case 'forEach':
      return native(name, at, ([work], place) => {
        for (const [one, { value }] of of.entries) if (work) invoke(on, work, [value, scalar(one, place)], place);
        return scalar(undefined, place);
      });
    case 'delete':
    case 'clear':
      return native(name, at, (_args, place) => {
        of.entries.clear();
        of.open = 'it is changed in a way that is not followed';
        on.run.wrote();
        return opaque('it is a part of a map', place);
      });
    default:
      return undefined;
  }
}

/** `delete of[name]`. */
export function remove(on: Machine, of: Thing, name: Thing): void {
  const key = keyOf(name);
  if (of.kind !== 'object') return;
  on.run.wrote();
  if (key !== undefined) of.entries.delete(key);
  else {
    of.entries.clear();
    of.open = 'something was taken out of it';
  }
  if (of.open !== undefined && key !== undefined) of.entries.set(key, { at: name.at, value: scalar(undefined, name.at) });
}

/** What an error has: its message; a class that extends it adds to that. */
export function errorOf([message]: readonly Thing[], at: Location): Thing {
  const made = dictionary([['message', message ?? scalar('', at)]], at);
  made.entries.set('name', { at, value: opaque('it is the name of an error', at) });
  made.entries.set('stack', { at, value: opaque('it is where an error was made', at) });
  return made;
}
