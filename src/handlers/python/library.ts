import type { Location } from '../../source/location.ts';
import { mapValue } from '../../value/value.ts';
import { callPure, invoke } from '../interpret/calls.ts';
import { release } from '../interpret/effects.ts';
import { settled } from '../interpret/evaluate.ts';
import type { Machine } from '../interpret/machine.ts';
import {
  derivedFrom,
  dictionary,
  list,
  native,
  opaque,
  scalar,
  textOf,
  type Closure,
  type Named,
  type Thing,
} from '../interpret/things.ts';
import { asDataclass, asDict, fieldOf } from './classes.ts';
import { dictOf } from './dicts.ts';
import { errorClass, fault } from './errors.ts';
import { builtin } from './lineage.ts';
import { contextManager, suppress } from './managers.ts';
import { isStandard } from './packages.ts';
import { patterns } from './patterns.ts';
import { STATUSES } from './statuses.ts';

type Call = (on: Machine, args: readonly Thing[], at: Location, named: Named) => Thing;

/** What is the same function, decorated. */
const same: Call = (_on, [of], at) => of ?? scalar(null, at);
/** Whether JSON can be made of it for sure. */
function isPlain(thing: Thing, seen = new Set<Thing>()): boolean {
  if (seen.has(thing)) return true;
  seen.add(thing);
  switch (thing.kind) {
    case 'scalar':
    case 'text':
    case 'held':
    case 'event':
    case 'condition':
      return true;
    case 'list':
      return !thing.set && thing.open === undefined && thing.items.every((one) => isPlain(one, seen));
    case 'object':
      return !thing.class && thing.open === undefined && [...thing.entries.values()].every(({ value }) => isPlain(value, seen));
    default:
      return false;
  }
}

const dumps: Call = (on, [of], at, named) => {
  if (of && !isPlain(of) && !named.has('default') && !named.has('cls')) on.run.risk(at, ['TypeError', 'ValueError']);
  return { kind: 'text', at, parts: [opaque('`json.dumps` gives it', at, { pure: true, ...derivedFrom(of) })] };
};

/** A variable of the environment; one that is not given is `otherwise`. */
function variable(on: Machine, name: Thing | undefined, otherwise: Thing | undefined, at: Location): Thing {
  const key = name && textOf(name);
  if (key === undefined) return opaque('its name is not known', at, { pure: true });
  const value = on.run.env(key);
  if (value.kind === 'known') {
    if (value.value === undefined) return otherwise ?? scalar(null, at);
    return { kind: 'scalar', at, value: value.value, ...(value.secret && { secret: true as const }) };
  }
  const text = otherwise && textOf(otherwise);
  return {
    kind: 'held',
    at,
    value: mapValue(value, (arm) =>
      arm.kind === 'known' && arm.value === undefined && text !== undefined ? { ...arm, value: text } : arm,
    ),
  };
}

const required: Call = (on, [name], at) => {
  const value = variable(on, name, undefined, at);
  if (value.kind === 'scalar' && value.value === null) throw fault(on, 'KeyError', at);
  return value;
};
const optional: Call = (on, [name, otherwise], at, named) => variable(on, name, otherwise ?? named.get('default'), at);

const given = (call: Call, on: Machine, name: string, at: Location): Thing =>
  native(name, at, (args, place, _makes, named) => call(on, args, place, named));

function environment(on: Machine, at: Location): Thing {
  const none: Call = (_on, _args, place) => opaque('it is no function', place);
  const all: Readonly<Record<string, Call | undefined>> = {
    get: optional,
    __getitem__: required,
    __contains__: (machine, [name], place) => {
      const value = variable(machine, name, undefined, place);
      return value.kind === 'scalar'
        ? scalar(value.value !== null, place)
        : opaque('it is a variable of the environment', place, { pure: true });
    },
    setdefault: optional,
  };
  const get = (name: string): Thing => {
    const call = all[name];
    return call ? given(call, on, name, at) : opaque('it is worked out from the environment', at, { pure: true });
  };
  return { ...given(none, on, 'os.environ', at), members: { get } } as Thing;
}

/** A function that gives the same thing for the same arguments: what is changed of that stays changed. */
function remembering(on: Machine, of: Closure): Thing {
  const cached = native('cached', of.at, (args, at, _makes, named) => {
    const plain = args.length === 0 && named.size === 0;
    const there = plain ? of.own.get('<cached>') : undefined;
    if (there) return there;
    const made = invoke(on, of, args, at, undefined, false, named);
    if (plain) of.own.set('<cached>', made);
    else release(on, made);
    return made;
  });
  return { ...cached, holds: of };
}

const partial: Call = (on, [of, ...first], at, bound) =>
  native('partial', at, (args, place, _makes, named) =>
    of ? invoke(on, of, [...first, ...args], place, undefined, false, new Map([...bound, ...named])) : opaque('it is no function', place),
  );

/** `copy.copy`, and `copy.deepcopy`, which copies each thing once. */
function copied(of: Thing, deep: boolean, at: Location, made = new Map<Thing, Thing>()): Thing {
  const there = made.get(of);
  if (there) return there;
  const inner = (one: Thing): Thing => (deep ? copied(one, deep, at, made) : one);
  if (of.kind === 'list') {
    const items: Thing[] = [];
    made.set(of, { ...of, at, items });
    for (const item of of.items) items.push(inner(item));
  } else if (of.kind === 'object') {
    const entries: typeof of.entries = new Map();
    made.set(of, { ...of, at, entries });
    for (const [name, entry] of of.entries) entries.set(name, { at: entry.at, value: inner(entry.value) });
  }
  return made.get(of) ?? of;
}

const dataclass: Call = (_on, [of], at) =>
  of?.kind === 'class'
    ? asDataclass(of)
    : native('dataclass', at, ([made], place) => (made?.kind === 'class' ? asDataclass(made) : opaque('it is no class', place)));

function statuses(at: Location): Thing {
  const get = (name: string): Thing => {
    const status = STATUSES.get(name);
    return status === undefined ? opaque('it is a status', at, { pure: true }) : scalar(status, at);
  };
  return native('HTTPStatus', at, ([of], place) => of ?? opaque('it is a status', place), { get });
}

const type =
  (name: string, ...above: readonly string[]) =>
  (on: Machine): Thing =>
    builtin(
      on,
      name,
      above.map((one) => builtin(on, one, [])),
    );

/** `urlparse(…)`, of a text that is known. */
function parsed(on: Machine, [of]: readonly Thing[], at: Location): Thing {
  const text = of && textOf(of);
  if (text === undefined) return callPure(on, of ? [of] : [], at, '`urlparse` gives it', ['ValueError', 'AttributeError']);
  const [, scheme = '', netloc = ''] = /^(?:([a-z][\w+.-]*):)?(?:\/\/([^/?#]*))?/i.exec(text) ?? [];
  const host = netloc.replace(/^.*@/, '').replace(/:\d*$/, '').toLowerCase();
  const parts = new Map<string, Thing>([
    ['scheme', scalar(scheme.toLowerCase(), at)],
    ['netloc', scalar(netloc, at)],
    ['hostname', scalar(host === '' ? null : host, at)],
  ]);
  return native('urlparse', at, (_args, place) => opaque('it is no function', place), {
    get: (name) => parts.get(name) ?? opaque('it is a part of a URL', at, { pure: true }),
  });
}

/** What is looked into, of the language's own modules. */
const CALLS: Readonly<Record<string, Call | undefined>> = {
  'json.dumps': dumps,
  'json.loads': (on, [of], at) => {
    on.run.risk(at, ['JSONDecodeError', 'TypeError']);
    return opaque(of?.kind === 'event' ? 'it is worked out from the event' : '`json.loads` gives it', at, { pure: true });
  },
  'os.getenv': optional,
  'urllib.parse.urlparse': parsed,
  'urllib.parse.urlsplit': parsed,
  'functools.wraps': (_on, _args, at) => native('wraps', at, ([of], place) => of ?? scalar(null, place)),
  'functools.update_wrapper': same,
  'functools.partial': partial,
  'functools.lru_cache': (on, args, at) =>
    args[0]?.kind === 'function'
      ? remembering(on, args[0])
      : native('lru_cache', at, ([of], place) => (of?.kind === 'function' ? remembering(on, of) : opaque('it is no function', place))),
  'functools.cache': (on, [of], at) => (of?.kind === 'function' ? remembering(on, of) : opaque('it is no function', at)),
  'functools.total_ordering': same,
  'abc.abstractmethod': same,
  'enum.unique': same,
  'copy.copy': (_on, [of], at) => copied(of ?? scalar(null, at), false, at),
  'copy.deepcopy': (_on, [of], at) => copied(of ?? scalar(null, at), true, at),
  'dataclasses.dataclass': dataclass,
  'dataclasses.field': (_on, _args, at, named) => fieldOf(named, at),
  'dataclasses.asdict': (on, [of], at) => asDict(on, of ?? scalar(null, at), at),
  'collections.OrderedDict': dictOf,
  'collections.defaultdict': (_on, _args, at) => ({ ...dictionary([], at), open: 'it makes what it has not' }),
  'contextlib.contextmanager': (on, [of], at) => contextManager(on, of, at),
  'contextlib.suppress': (_on, args, at) => suppress(args, at),
  'typing.cast': (_on, [, of], at) => of ?? scalar(null, at),
  'asyncio.run': (on, [of], at) => settled(on, of ?? scalar(null, at), at),
  'sys.exit': (on, _args, at) => {
    throw fault(on, 'SystemExit', at);
  },
  'itertools.chain': (_on, args, at) => {
    const known = args.every((one) => one.kind === 'list' && one.open === undefined);
    return known
      ? list(
          args.flatMap((one) => (one.kind === 'list' ? one.items : [])),
          at,
        )
      : { ...list([], at), open: 'it is made of what is not known' };
  },
};
const VALUES: Readonly<Record<string, ((on: Machine, at: Location) => Thing) | undefined>> = {
  'os.environ': environment,
  'typing.TYPE_CHECKING': (_on, at) => scalar(false, at),
  'typing.TypedDict': type('TypedDict'),
  'typing.NamedTuple': type('NamedTuple'),
  'typing.Generic': type('Generic'),
  'typing.Protocol': type('Protocol'),
  'abc.ABC': type('ABC'),
  'enum.Enum': type('Enum'),
  'enum.IntEnum': type('IntEnum', 'int'),
  'enum.StrEnum': type('StrEnum', 'str'),
  'enum.Flag': type('Flag'),
  'http.HTTPStatus': (_on, at) => statuses(at),
  'json.JSONEncoder': type('JSONEncoder'),
  'json.JSONDecodeError': (on, at) => errorClass(on, 'JSONDecodeError') ?? opaque('it is an error', at),
  'json.decoder.JSONDecodeError': (on, at) => errorClass(on, 'JSONDecodeError') ?? opaque('it is an error', at),
  'decimal.InvalidOperation': (on, at) => errorClass(on, 'InvalidOperation') ?? opaque('it is an error', at),
};

/** A module of the language; undefined for any other. */
export function standard(on: Machine, specifier: string, at: Location): Thing | undefined {
  return isStandard(specifier) ? within(on, specifier, at) : undefined;
}

/** What a module, or a part of one, is: its parts are found by name, and calling it changes nothing. */
function within(on: Machine, path: string, at: Location): Thing {
  const value = VALUES[path] ?? VALUES[path.replace(/^typing_extensions/, 'typing')];
  if (value) return value(on, at);
  const call = CALLS[path] ?? patterns[path];
  if (call) return given(call, on, path, at);
  const why = `\`${path}\` gives it`;
  return native(path, at, (args, place, _makes, named) => callPure(on, [...args, ...named.values()], place, why), {
    get: (name) => within(on, `${path}.${name}`, at),
  });
}
