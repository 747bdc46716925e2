import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { guessed, setMember, spread } from '../interpret/members.ts';
import { equality, isAskedFor, isMember } from '../interpret/operators.ts';
import { dictionary, list, native, opaque, scalar, type Dictionary, type List, type Named, type Thing } from '../interpret/things.ts';
import { fault } from './errors.ts';
import { asKey, keyNamed, nameOf, partsOf } from './keys.ts';

type Method = (on: Machine, of: Dictionary, args: readonly Thing[], at: Location, named: Named) => Thing;

/** The entries of a dict one by one; none of one that may hold others. */
function listed(of: Dictionary, make: (name: string, value: Thing) => Thing, at: Location): List {
  const items = [...of.entries].map(([name, { value }]) => make(name, value));
  return of.open === undefined ? list(items, at) : { ...list([], at), open: of.open };
}

const keysOf = (of: Dictionary, at: Location): List => listed(of, (name) => keyNamed(name, at), at);
const itemsOf = (of: Dictionary, at: Location): List => listed(of, (name, value) => list([keyNamed(name, at), value], at), at);

/** A dict of its own, with the same entries. */
export function copyOf(of: Dictionary, at: Location): Dictionary {
  return { ...of, at, entries: new Map(of.entries) };
}

/** `dict(…)`, and what `update` adds. */
export function fill(on: Machine, to: Dictionary, from: Thing | undefined, named: Named, at: Location): void {
  if (from?.kind === 'list' && from.open === undefined && !from.set) {
    for (const pair of from.items) {
      const [name, value] = pair.kind === 'list' && pair.open === undefined ? pair.items : [];
      setMember(on, to, name ? asKey(name) : opaque('its name is not known', at), value ?? opaque('it is not known', at), at);
    }
  } else if (from) spread(on, to, from, at);
  for (const [name, value] of named) setMember(on, to, scalar(name, at), value, at);
}

function found(on: Machine, of: Dictionary, key: Thing | undefined, otherwise: Thing | undefined, at: Location): Thing {
  const name = nameOf(key);
  const entry = name === undefined ? undefined : of.entries.get(name);
  if (entry) return entry.value;
  if (name !== undefined && of.open === undefined) return otherwise ?? scalar(null, at);
  const one = key && chosen(on, of, key);
  if (one) return one === 'none' ? (otherwise ?? scalar(null, at)) : one;
  return name === undefined || otherwise ? opaque('it is a part of a dict', at) : guessed(of, name, of.open ?? '', at);
}

/** An entry by a piece of the request, where that may tell: each is followed, and that there is none. */
export function chosen(on: Machine, of: Dictionary, key: Thing): Thing | 'none' | undefined {
  if (of.open !== undefined || of.entries.size > MAX_CHOICES || nameOf(key) !== undefined) return undefined;
  const calls = [...of.entries.values()].some(({ value }) => value.kind === 'function' || value.kind === 'class');
  if (!isAskedFor(key) && !(calls && /^(?:event|text|opaque|list)$/.test(key.kind))) return undefined;
  for (const [name, entry] of of.entries) if (isKey(on, key, name, entry.at)) return entry.value;
  return 'none';
}

/** Whether a key is the one of this name; both are followed where that is open. */
function isKey(on: Machine, key: Thing, name: string, at: Location): boolean {
  if (key.kind !== 'list') return on.run.decide(equality(on, key, keyNamed(name, at), at));
  const parts = partsOf(name);
  if (!parts || parts.length !== key.items.length || key.open !== undefined) return on.run.fork(2) === 0;
  return parts.every((part, place) => {
    const item = key.items[place];
    return item !== undefined && on.run.decide(equality(on, item, scalar(part, at), at));
  });
}
const MAX_CHOICES = 30;

const METHODS: Readonly<Record<string, Method | undefined>> = {
  get: (on, of, [key, otherwise], at, named) => found(on, of, key, otherwise ?? named.get('default'), at),
  setdefault(on, of, [key, otherwise], at) {
    const name = nameOf(key);
    if (name !== undefined && of.open === undefined && !of.entries.has(name))
      setMember(on, of, scalar(name, at), otherwise ?? scalar(null, at), at);
    const made = found(on, of, key, undefined, at);
    if (key && name !== undefined && of.open !== undefined) setMember(on, of, scalar(name, at), made, at);
    return made;
  },
  update(on, of, [from], at, named) {
    fill(on, of, from, named, at);
    return scalar(null, at);
  },
  __ior__(on, of, [from], at, named) {
    fill(on, of, from, named, at);
    return of;
  },
  items: (_on, of, _args, at) => itemsOf(of, at),
  keys: (_on, of, _args, at) => keysOf(of, at),
  values: (_on, of, _args, at) => listed(of, (_name, value) => value, at),
  copy: (_on, of, _args, at) => copyOf(of, at),
  __contains__: (on, of, [key], at) => (key ? isMember(on, asKey(key), of, at) : scalar(false, at)),
  pop(on, of, [key, otherwise], at) {
    const name = nameOf(key);
    if (name !== undefined && of.open === undefined && !of.entries.has(name) && !otherwise) throw fault(on, 'KeyError', at);
    const value = found(on, of, key, otherwise, at);
    if (key) remove(on, of, key);
    return value;
  },
  clear(on, of, _args, at) {
    on.run.wrote();
    of.entries.clear();
    of.open = undefined;
    return scalar(null, at);
  },
};

/** A method of a dict; undefined where it has none of that name. */
export function ofDict(on: Machine, of: Dictionary, name: string, at: Location): Thing | undefined {
  const method = METHODS[name];
  return method && native(name, at, (args, place, _makes, named) => method(on, of, args, place, named));
}

/** `del of[key]`. */
export function remove(on: Machine, of: Dictionary, key: Thing): void {
  const name = nameOf(key);
  on.run.wrote();
  if (name === undefined) {
    of.entries.clear();
    of.open = 'something was taken out of it';
  } else if (of.open === undefined) of.entries.delete(name);
  // It was the last of that name, whatever else there is.
  else of.entries.set(name, { at: key.at, value: scalar(undefined, key.at) });
}

/** `dict(…)`. */
export function dictOf(on: Machine, [from]: readonly Thing[], at: Location, named: Named): Thing {
  if (from?.kind === 'event') return named.size === 0 ? from : opaque('it is worked out from the event', at);
  const made = dictionary([], at);
  fill(on, made, from, named, at);
  return made;
}
