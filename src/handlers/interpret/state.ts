import type { Location } from '../../source/location.ts';
import type { Machine } from './machine.ts';
import type { Scope } from './scope.ts';
import { opaque, type Thing } from './things.ts';

/*
 * Lambda keeps what a file holds from one request to the next: `HEADERS['Access-Control-Allow-Origin'] = origin` on a dict of the
 * module is still there when somebody else asks. So code that changes such things is walked again from what it left.
 */

/** More than that is not looked at; tables of data are not what code changes. */
const MOST_PARTS = 200;
const MOST_THINGS = 3000;

/** What all files that were loaded hold. */
export interface State {
  /** Equal for equal states. */
  readonly text: string;
  readonly numbers: ReadonlySet<Thing>;
  readonly sizes: ReadonlyMap<Thing, number>;
}

export function stateOf(on: Machine): State {
  const seen = new Map<unknown, number>();
  const parts: string[] = [];
  const numbers = new Set<Thing>();
  const sizes = new Map<Thing, number>();
  walk(on, (thing) => {
    if (isNumber(thing)) numbers.add(thing);
    if (thing.kind === 'list') sizes.set(thing, thing.items.length);
    const number = seen.get(thing);
    if (number !== undefined) parts.push(`#${number}`);
    else {
      seen.set(thing, seen.size);
      parts.push(described(thing));
    }
    return thing;
  });
  return { text: parts.join(' '), numbers, sizes };
}

const isNumber = (thing: Thing): boolean => thing.kind === 'scalar' && typeof thing.value === 'number';

function described(thing: Thing): string {
  switch (thing.kind) {
    case 'scalar':
      return `${typeof thing.value}:${String(thing.value)}`;
    case 'object':
      return `{${[...thing.entries.keys()].slice(0, MOST_PARTS).join()}${thing.open ?? ''}`;
    case 'list':
      return `[${thing.items.length}${thing.open ?? ''}`;
    case 'opaque':
      return thing.kind;
    default:
      return `${thing.kind}@${thing.at.start}`;
  }
}

/** What an earlier request left: nothing of it is known to this one, and what grows since `first` is of any size. */
export function age(on: Machine, first: State, at: Location): void {
  const why = 'an earlier request may have left it';
  walk(on, (thing) => {
    if (thing.kind === 'list' && (first.sizes.get(thing) ?? thing.items.length) < thing.items.length) {
      thing.items = [];
      thing.open = why;
    }
    return isOfRequest(thing) || (isNumber(thing) && !first.numbers.has(thing)) ? opaque(why, at) : thing;
  });
}

/** It hangs on the request. */
const isOfRequest = (thing: Thing): boolean =>
  thing.kind === 'event' || thing.kind === 'text' || thing.kind === 'condition' || thing.kind === 'opaque';

/** Goes through everything that the files hold; `put` gives what takes its place. */
function walk(on: Machine, put: (thing: Thing) => Thing): void {
  const seen = new Set<unknown>();
  const visit = (thing: Thing, replace: (by: Thing) => void): void => {
    if (seen.size > MOST_THINGS) return;
    const by = put(thing);
    if (by !== thing) return replace(by);
    if (seen.has(thing)) return undefined;
    seen.add(thing);
    for (const [part, change] of partsOf(thing)) visit(part, change);
    if (thing.kind === 'function') through(thing.scope);
    return undefined;
  };
  const through = (scope: Scope | undefined): void => {
    if (!scope || seen.has(scope)) return;
    seen.add(scope);
    for (const [name, thing] of scope.held) visit(thing, (by) => scope.declare(name, by));
    through(scope.parent);
  };
  for (const { names, common } of on.modules.values()) {
    through(names);
    visit(common(), () => undefined);
  }
}

type Part = readonly [Thing, (by: Thing) => void];

const own = (members: Map<string, Thing>): Part[] => [...members].map(([name, value]) => [value, (by) => void members.set(name, by)]);

/** What a thing holds, and how each is changed. */
function partsOf(thing: Thing): readonly Part[] {
  switch (thing.kind) {
    case 'object':
      return [...thing.entries]
        .slice(0, MOST_PARTS)
        .map(([name, entry]) => [entry.value, (by) => void thing.entries.set(name, { at: entry.at, value: by })]);
    case 'list':
      return thing.items.slice(0, MOST_PARTS).map((item, place) => [item, (by) => void (thing.items[place] = by)]);
    case 'class':
      return own(thing.own);
    case 'function':
      // Python's defaults are there once for all calls.
      return [...own(thing.own), ...(thing.defaults ?? []).flatMap((one) => (one ? [[one, () => undefined] as const] : []))];
    case 'native':
      return thing.holds ? [[thing.holds, () => undefined]] : [];
    case 'descriptor':
      return [[thing.of, () => undefined]];
    default:
      return [];
  }
}
