import type { Location } from '../../source/location.ts';
import { callPure, invoke } from '../interpret/calls.ts';
import { release } from '../interpret/effects.ts';
import { concatenated } from '../interpret/evaluate.ts';
import type { Machine } from '../interpret/machine.ts';
import { isMember, operate, question } from '../interpret/operators.ts';
import { dictionary, list, native, opaque, scalar, textOf, type Named, type Thing } from '../interpret/things.ts';
import { attribute, write } from './attributes.ts';
import { dictOf, remove } from './dicts.ts';
import { errorClass, fault } from './errors.ts';
import { filtered, first, mapped, paired, range, slice } from './iteration.ts';
import { asKey, nameOf } from './keys.ts';
import { builtin, classMember, extendsBuiltin, lineage } from './lineage.ts';
import { listOf, setOf } from './lists.ts';
import { enter, exit, swallows } from './managers.ts';
import { calculate, number, whole, wholeOf } from './numbers.ts';
import { textIn } from './texts.ts';

type Call = (on: Machine, args: readonly Thing[], at: Location, named: Named) => Thing;

/** Whether each, or any, item of a list is true. */
const asked =
  (all: boolean): Call =>
  (on, [of], at) => {
    const items = listOf(of, at);
    if (items.open !== undefined) return question(`${all ? 'all' : 'any'}:${of ? on.run.id(of) : ''}`, at);
    return scalar(all ? items.items.every((one) => on.run.decide(one)) : items.items.some((one) => on.run.decide(one)), at);
  };

function lengthOf(of: Thing | undefined, at: Location): Thing {
  if (of?.kind === 'list' && of.open === undefined && !of.set) return scalar(of.items.length, at);
  if (of?.kind === 'object' && !of.class && of.open === undefined) return scalar(of.entries.size, at);
  const text = of && textOf(of);
  return text === undefined ? number(at) : scalar(text.length, at);
}

/** `str(…)`. */
function asText(on: Machine, of: Thing | undefined, at: Location): Thing {
  if (!of) return scalar('', at);
  if (of.kind === 'scalar') return { ...of, at, value: textIn(of.value) };
  if (of.kind === 'text' || of.kind === 'held' || of.kind === 'event') return of;
  if (of.kind !== 'object' || !of.class) return opaque('it is the text of a value', at, { pure: true });
  const own = classMember(of.class, '__str__');
  if (own && own !== 'unknown') return invoke(on, own, [of], at);
  // That of a KeyError has quotes.
  const args = extendsBuiltin(of.class, /^KeyError$/) ? undefined : of.entries.get('args')?.value;
  const [only] = args?.kind === 'list' && args.items.length === 1 ? args.items : [];
  return only?.kind === 'scalar' && typeof only.value === 'string' ? only : opaque('it is the text of a value', at, { pure: true });
}

/** `int(…)`, `float(…)`. */
const numeric =
  (integer: boolean): Call =>
  (on, [of], at) => {
    const text = of && textOf(of)?.trim();
    const value = of?.kind === 'scalar' && typeof of.value === 'number' ? of.value : text === undefined ? undefined : Number(text);
    if (text !== undefined && !/^[+-]?\d+$/.test(text) && (integer || !/^[+-]?\d*\.?\d+$/.test(text))) throw fault(on, 'ValueError', at);
    // The text of a float is another than JavaScript's: `1.0`.
    if (value !== undefined) return integer ? whole(Math.trunc(value), at) : number(at);
    on.run.risk(at, ['ValueError', 'TypeError']);
    return number(at);
  };

function truthOf(on: Machine, of: Thing | undefined, at: Location): Thing {
  const truth = of ? on.run.facts.truth(on.run, of) : false;
  if (!of || truth !== undefined) return scalar(truth ?? false, at);
  return of.kind === 'condition' ? of : { kind: 'condition', at, negated: false, test: { kind: 'truthy', of } };
}

/** Names of types, and what is known to be of each. */
const TYPES: Readonly<Record<string, (of: Thing) => boolean>> = {
  dict: ({ kind }) => kind === 'object',
  list: ({ kind }) => kind === 'list',
  str: (of) => of.kind === 'text' || textOf(of) !== undefined,
  int: (of) => of.kind === 'scalar' && (typeof of.value === 'number' || typeof of.value === 'boolean'),
  bool: (of) => of.kind === 'condition' || (of.kind === 'scalar' && typeof of.value === 'boolean'),
};

function isInstance(on: Machine, [of, kind]: readonly Thing[], at: Location): Thing {
  if (!of || !kind) return question('isinstance', at);
  if (kind.kind === 'list' && kind.open === undefined) {
    const each = kind.items.map((one) => isInstance(on, [of, one], at));
    if (each.some((one) => one.kind === 'scalar' && one.value === true)) return scalar(true, at);
    if (each.every((one) => one.kind === 'scalar')) return scalar(false, at);
  }
  if (kind.kind === 'class' && of.kind === 'object' && of.class) {
    const above = lineage(of.class);
    if (above.includes(kind)) return scalar(true, at);
    if (above.every((one) => one.kind === 'class')) return scalar(false, at);
  }
  // Lambda gives dicts.
  if (of.kind === 'event' && /^(?:headers|requestContext)?$/.test(of.path) && kind.kind === 'class') {
    return scalar(kind.code.name === 'dict', at);
  }
  // Lambda gives dicts.
  if (of.kind === 'event' && /^(?:headers|requestContext)?$/.test(of.path) && kind.kind === 'class') {
    return scalar(kind.code.name === 'dict', at);
  }
  const test = kind.kind === 'class' ? TYPES[kind.code.name ?? ''] : undefined;
  if (test && of.kind !== 'opaque' && of.kind !== 'event' && of.kind !== 'foreign' && of.kind !== 'held') {
    if (of.kind !== 'list' || of.open === undefined) return scalar(test(of) && !(of.kind === 'object' && of.class), at);
  }
  return question(`isinstance:${on.run.id(of)}:${on.run.id(kind)}`, at);
}

function getAttribute(on: Machine, [of, name, otherwise]: readonly Thing[], at: Location): Thing {
  const text = name && textOf(name);
  if (!of || text === undefined) {
    on.run.risk(at);
    return opaque('its name is not known', at);
  }
  const missing =
    of.kind === 'object' && of.class && of.open === undefined && !of.entries.has(text) && classMember(of.class, text) === undefined;
  return missing && otherwise ? otherwise : attribute(on, of, text, at);
}

/** `left += right`: a list grows where it is. */
function extend(on: Machine, [left, right]: readonly Thing[], at: Location): Thing {
  if (!left || !right) return opaque('it is calculated', at);
  if (left.kind !== 'list') return operate(on, 'add', left, right, at);
  const more = listOf(right, at);
  left.items.push(...more.items);
  left.open ??= more.open;
  on.run.wrote();
  return left;
}

/** `{k.lower(): v for k, v in of.items()}`. */
function lowered(of: Thing | undefined, at: Location): Thing {
  // The event's are found by any case.
  if (of?.kind === 'event') return of;
  const made = dictionary([], at);
  if (of?.kind !== 'object' || of.class) return { ...made, open: 'it is made of what is not known' };
  made.open = of.open;
  for (const [name, entry] of of.entries) made.entries.set(name.toLowerCase(), entry);
  return made;
}

function deleted(on: Machine, [of, key]: readonly Thing[], at: Location): Thing {
  if (of?.kind === 'object' && !of.class && key) {
    const name = nameOf(key);
    if (name !== undefined && !of.entries.has(name) && of.open === undefined) throw fault(on, 'KeyError', at);
    if (of.open !== undefined) on.run.risk(at, ['KeyError']);
    remove(on, of, key);
  } else if (of) release(on, of);
  return scalar(null, at);
}

/** What prints, sorts or counts: it changes nothing that it is given, and what it gives is not looked into. */
const pure =
  (name: string): Call =>
  (on, args, at, named) =>
    callPure(on, [...args, ...named.values()], at, `\`${name}\` gives it`);

const CALLS: Readonly<Record<string, Call | undefined>> = {
  '<calculate>': calculate,
  '<extend>': extend,
  '<slice>': slice,
  '<delete>': deleted,
  '<lowered>': (_on, [of], at) => lowered(of, at),
  '<set>': (_on, [of], at) => setOf(of, at),
  '<enter>': (on, [of], at) => enter(on, of, at),
  '<exit>': (on, [of], at) => exit(on, of, at),
  '<swallows>': (on, [of], at) => swallows(on, of, at),
  '<AssertionError>': (on, args, at) => {
    const made = errorClass(on, 'AssertionError');
    return made ? invoke(on, made, args, at) : opaque('it is an error', at);
  },
  all: asked(true),
  any: asked(false),
  len: (_on, [of], at) => lengthOf(of, at),
  isinstance: (on, args, at) => isInstance(on, args, at),
  hasattr: (on, [of, name], at) => question(`hasattr:${of ? on.run.id(of) : ''}:${name ? on.run.id(name) : ''}`, at),
  getattr: getAttribute,
  setattr: (on, [of, name, value], at) => {
    if (of && name && value) write(on, of, name, value, true, at);
    return scalar(null, at);
  },
  callable: (on, [of], at) => (of?.kind === 'function' ? scalar(true, at) : question(`callable:${of ? on.run.id(of) : ''}`, at)),
  type: (_on, [of], at) => (of?.kind === 'object' && of.class ? of.class : opaque('it is a type', at, { pure: true })),
  print: (_on, _args, at) => scalar(null, at),
  enumerate: (_on, [of], at) =>
    paired(
      [
        list(
          listOf(of, at).items.map((_one, place) => scalar(place, at)),
          at,
        ),
        listOf(of, at),
      ],
      at,
    ),
  zip: (_on, args, at) => paired(args, at),
  sorted: (on, [of], at, named) => {
    for (const arg of named.values()) if (arg.kind === 'function') invoke(on, arg, [opaque('it is one of many', at)], at);
    const items = listOf(of, at);
    return items.items.length < 2 ? items : { ...list([], at), open: 'it is sorted' };
  },
  range: (_on, args, at) => range(args, at),
  reversed: (_on, [of], at) => {
    const items = listOf(of, at);
    return { ...list(items.items.toReversed(), at), open: items.open };
  },
  next: first,
  iter: (_on, [of], at) => listOf(of, at),
  map: (on, args, at) => mapped(on, args, at),
  filter: (on, args, at) => filtered(on, args, at),
  repr: (_on, _args, at) => opaque('it is the text of a value', at, { pure: true }),
  vars: (_on, [of], at) =>
    of?.kind === 'object' ? { ...dictionary([], at), entries: of.entries, open: of.open } : opaque('it is not followed', at),
  property: (_on, [of], at) => ({ kind: 'descriptor', at, how: 'property', of: of ?? scalar(null, at) }),
  staticmethod: (_on, [of], at) => ({ kind: 'descriptor', at, how: 'static', of: of ?? scalar(null, at) }),
  classmethod: (_on, [of], at) => ({ kind: 'descriptor', at, how: 'class', of: of ?? scalar(null, at) }),
  super: (_on, _args, at) => opaque('its class is not read', at),
};

const PURE =
  /^(?:open|input|min|max|sum|abs|round|divmod|pow|hash|id|ord|chr|bin|hex|oct|ascii|format|bytes|bytearray|memoryview|slice|complex|issubclass|dir|__import__)$/;

/** Types, which are called as well as named. */
const CLASSES: Readonly<Record<string, Call | undefined>> = {
  dict: dictOf,
  list: (_on, [of], at) => listOf(of, at),
  tuple: (_on, [of], at) => listOf(of, at),
  set: (_on, [of], at) => setOf(of, at),
  frozenset: (_on, [of], at) => setOf(of, at),
  str: (on, [of], at) => asText(on, of, at),
  int: numeric(true),
  float: numeric(false),
  bool: (on, [of], at) => truthOf(on, of, at),
};

/** What a call of a type of the language gives; undefined for what is none. */
export const callType = (on: Machine, name: string, args: readonly Thing[], named: Named, at: Location): Thing | undefined =>
  CLASSES[name]?.(on, args, at, named);

/** What the language has by a name that nothing declares. */
export function globalOf(on: Machine, name: string, at: Location): Thing | undefined {
  if (name === '__name__') return scalar('<module>', at);
  if (/^__\w+__$/.test(name) && name !== '__import__') return opaque('it tells of the file', at, { pure: true });
  if (name === 'object' || CLASSES[name]) return builtin(on, name, []);
  const call = CALLS[name];
  if (call) return native(name, at, (args, place, _makes, named) => call(on, args, place, named));
  if (PURE.test(name)) return native(name, at, (args, place, _makes, named) => pure(name)(on, args, place, named));
  return errorClass(on, name);
}

/** `item in whole`, where the interpreter has no answer of its own. */
export function contains(on: Machine, item: Thing, container: Thing, at: Location): Thing | undefined {
  const [one, all] = [textOf(item), textOf(container)];
  if (one !== undefined && all !== undefined) return scalar(all.includes(one), at);
  if (container.kind === 'object' && !container.class && asKey(item) !== item) return isMember(on, asKey(item), container, at);
  if (container.kind === 'native') {
    const has = container.members?.get('__contains__');
    if (has) return invoke(on, has, [item], at);
  }
  return undefined;
}

/** `list + list`, and what cannot be added. */
export function sum(on: Machine, left: Thing, right: Thing, at: Location): Thing | undefined {
  if (left.kind === 'list' && right.kind === 'list') {
    const made = listOf(left, at);
    made.items.push(...right.items);
    made.open ??= right.open;
    return made;
  }
  const [a, b] = [left, right].map((one) => (one.kind === 'scalar' ? typeof one.value : undefined));
  if (a === 'number' && b === 'number') return whole((wholeOf(left) ?? Number.NaN) + (wholeOf(right) ?? Number.NaN), at);
  const clash = a !== undefined && b !== undefined && (a === 'string') !== (b === 'string');
  if (clash) throw fault(on, 'TypeError', at);
  const texts = [left, right].every((one) => one.kind !== 'scalar' || typeof one.value === 'string');
  return texts && (a === 'string' || b === 'string') ? concatenated([left, right], at, textIn) : undefined;
}
