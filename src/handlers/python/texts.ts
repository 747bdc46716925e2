import type { Location } from '../../source/location.ts';
import { mapValue } from '../../value/value.ts';
import { concatenated, MAX_TEXT } from '../interpret/evaluate.ts';
import type { Machine } from '../interpret/machine.ts';
import { isAskedFor, question } from '../interpret/operators.ts';
import { derivedFrom, list, native, opaque, scalar, textOf, type Named, type Primitive, type Thing } from '../interpret/things.ts';
import { listOf } from './lists.ts';

/** The text of a value that is put into one. */
export function textIn(value: Primitive): string {
  if (value === null || value === undefined) return 'None';
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}

const stripped = (text: string, marks: string | undefined, left: boolean, right: boolean): string => {
  const stays = (mark: string): boolean => (marks === undefined ? !/\s/.test(mark) : !marks.includes(mark));
  const all = Array.from(text);
  const start = left ? all.findIndex(stays) : 0;
  return start === -1 ? '' : all.slice(start, right ? all.findLastIndex(stays) + 1 : undefined).join('');
};

/** From one text to another, whatever the text is. */
type Change = (text: string, args: readonly (string | undefined)[]) => string | undefined;
const CHANGES: Readonly<Record<string, Change | undefined>> = {
  lower: (text) => text.toLowerCase(),
  casefold: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  capitalize: (text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase(),
  title: (text) => text.toLowerCase().replaceAll(/[a-z]+/g, (word) => word.slice(0, 1).toUpperCase() + word.slice(1)),
  strip: (text, [marks]) => stripped(text, marks, true, true),
  lstrip: (text, [marks]) => stripped(text, marks, true, false),
  rstrip: (text, [marks]) => stripped(text, marks, false, true),
  replace: (text, [from, to]) => (from === undefined || from === '' || to === undefined ? undefined : text.replaceAll(from, () => to)),
  removeprefix: (text, [start]) => (start !== undefined && text.startsWith(start) ? text.slice(start.length) : text),
  removesuffix: (text, [end]) => (end !== undefined && end !== '' && text.endsWith(end) ? text.slice(0, -end.length) : text),
};

/** What a text is asked. */
type Ask = (on: Machine, text: string, args: readonly Thing[], at: Location, named: Named) => Thing | undefined;
const ASKS: Readonly<Record<string, Ask | undefined>> = {
  startswith: (_on, text, args, at) => anyOf(args, (one) => text.startsWith(one), at),
  endswith: (_on, text, args, at) => anyOf(args, (one) => text.endsWith(one), at),
  split(_on, text, args, at) {
    const [by, most] = args;
    const mark = by && textOf(by);
    const times = most?.kind === 'scalar' && typeof most.value === 'number' ? most.value : undefined;
    if (mark && times !== undefined && times >= 0) {
      const [start, rest] = [text.split(mark).slice(0, times), text.split(mark).slice(times)];
      return list(
        [...start, rest.join(mark)].slice(0, text.split(mark).length).map((part) => scalar(part, at)),
        at,
      );
    }
    if (args.length > 1 || (by && mark === undefined && !(by.kind === 'scalar' && by.value === null)) || mark === '') return undefined;
    const parts = mark === undefined ? text.split(/\s+/).filter((part) => part !== '') : text.split(mark);
    return list(
      parts.map((part) => scalar(part, at)),
      at,
    );
  },
  join: (_on, text, [of], at) => {
    const items = listOf(of, at);
    if (items.open !== undefined || items.set) return undefined;
    return concatenated(
      items.items.flatMap((one, place) => (place === 0 ? [one] : [scalar(text, at), one])),
      at,
      textIn,
    );
  },
  format: (_on, text, args, at, named) => filled(text, args, named, at),
  __contains__: (_on, text, args, at) => anyOf(args, (one) => text.includes(one), at),
  isdigit: (_on, text, _args, at) => scalar(/^\d+$/.test(text), at),
};

/** `startswith('a')`, `startswith(('a', 'b'))`. */
function anyOf([of]: readonly Thing[], is: (one: string) => boolean, at: Location): Thing | undefined {
  const texts = (of?.kind === 'list' ? of.items : of ? [of] : []).map(textOf);
  if (texts.length === 0 || texts.includes(undefined) || (of?.kind === 'list' && of.open !== undefined)) return undefined;
  return scalar(
    texts.some((one) => one !== undefined && is(one)),
    at,
  );
}

/** `'{} {0} {name}'.format(…)`, without what says how. */
function filled(text: string, args: readonly Thing[], named: Named, at: Location): Thing | undefined {
  let next = 0;
  const parts: Thing[] = [];
  for (const part of text.split(/(\{\{|\}\}|\{\w*\})/)) {
    if (part === '{{' || part === '}}') parts.push(scalar(part.slice(1), at));
    else if (/^\{\w*\}$/.test(part)) {
      const name = part.slice(1, -1);
      const value = name === '' ? args[next] : /^\d+$/.test(name) ? args[Number(name)] : named.get(name);
      next += 1;
      if (!value) return undefined;
      parts.push(value);
    } else if (/[{}]/.test(part)) return undefined;
    else parts.push(scalar(part, at));
  }
  return concatenated(parts, at, textIn);
}

/** `'%s' % …`. */
export function formatted(text: string, by: Thing, at: Location): Thing | undefined {
  const args = by.kind === 'list' && !by.set ? by.items : [by];
  if (by.kind === 'list' && by.open !== undefined) return undefined;
  let next = 0;
  const parts: Thing[] = [];
  for (const part of text.split(/(%[sd%])/)) {
    if (part === '%%') parts.push(scalar('%', at));
    else if (part === '%s' || part === '%d') {
      const value = args[next];
      next += 1;
      if (!value) return undefined;
      parts.push(value);
    } else if (part.includes('%')) return undefined;
    else parts.push(scalar(part, at));
  }
  return next === args.length ? concatenated(parts, at, textIn) : undefined;
}

/** A method of a text that is known, or worked out at each call from what is not. What came from the environment stays marked. */
export function ofText(on: Machine, of: Thing, name: string, at: Location): Thing {
  return native(name, at, (args, place, _makes, named) => {
    const change = CHANGES[name];
    const texts = args.map(textOf);
    if (of.kind === 'held' && change && !texts.includes(undefined)) return heldText(of, (text) => change(text, texts), place);
    const text = textOf(of);
    if (text !== undefined) {
      const changed = change && !texts.includes(undefined) ? change(text, texts) : undefined;
      const made = changed !== undefined && changed.length > MAX_TEXT ? undefined : changed;
      const given = made === undefined ? ASKS[name]?.(on, text, args, place, named) : scalar(made, place);
      if (given) return of.kind === 'scalar' && of.secret ? marked(given) : given;
    }
    return unknown(on, of, name, args, place);
  });
}

/** An environment's variable, changed. */
function heldText(of: Extract<Thing, { kind: 'held' }>, change: (text: string) => string | undefined, at: Location): Thing {
  const value = mapValue(of.value, (arm) => {
    if (arm.kind !== 'known' || arm.value === undefined) return arm;
    const text = change(arm.value);
    return text === undefined ? { kind: 'unknown', why: 'the code works it out', from: arm.from } : { ...arm, value: text };
  });
  return { kind: 'held', at, value };
}

function unknown(on: Machine, of: Thing, name: string, args: readonly Thing[], at: Location): Thing {
  if (of.kind === 'held' && name === 'split') return { ...list([], at), open: 'it comes from the environment' };
  // Browsers send it in lower case, without a slash.
  const [marks] = args;
  if (isAskedFor(of) && /^[lr]?strip$/.test(name) && (!marks || textOf(marks) === '/')) return of;
  if (isAskedFor(of) && name === (of.path === 'method' ? 'upper' : 'lower')) return of;
  const [asked] = args;
  if (/^(?:startswith|endswith|__contains__)$/.test(name) && asked) {
    return question(`${name}:${on.run.id(of)}:${on.run.id(asked)}`, at, of, asked);
  }
  return opaque('it is worked out from what is not known', at, { pure: true, ...derivedFrom(of, ...args) });
}

function marked(thing: Thing): Thing {
  if (thing.kind === 'list') return { ...thing, items: thing.items.map(marked) };
  return thing.kind === 'scalar' ? { ...thing, secret: true } : thing;
}
