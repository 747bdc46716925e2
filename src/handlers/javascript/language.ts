import type { Location } from '../../source/location.ts';
import { callUnknown, invoke } from '../interpret/calls.ts';
import type { Language, Machine } from '../interpret/machine.ts';
import { namespace } from '../interpret/modules.ts';
import { concatenated } from '../interpret/evaluate.ts';
import { derivedFrom, dictionary, list, native, opaque, promised, scalar, textOf, type Closure, type Thing } from '../interpret/things.ts';
import { ofList } from './lists.ts';
import { errorOf, keysOf, mapOf, objectClass, ofObject, remove } from './objects.ts';
import { ofPromise, promiseClass } from './promises.ts';
import { matches, ofText } from './texts.ts';

/** Calls that change nothing, and give what is not looked at. */
const PURE = new Set([
  'JSON',
  'Math',
  'Date',
  'parseInt',
  'parseFloat',
  'isNaN',
  'Symbol',
  'Buffer',
  'URL',
  'URLSearchParams',
  'encodeURIComponent',
  'decodeURIComponent',
  'encodeURI',
  'decodeURI',
  'BigInt',
  'Intl',
  'btoa',
  'atob',
  'performance',
  'crypto',
  'TextEncoder',
  'TextDecoder',
  '__dirname',
  '__filename',
  'console',
]);
const ERRORS = /^(?:Error|[A-Z]\w+Error)$/;

/** JavaScript as Lambda's Node.js runs it. */
export const javascript: Language = {
  blocks: true,
  global(on, name, at) {
    if (name === 'process') return processOf(on, at);
    if (name === 'globalThis' || name === 'global') return opaque('it is what all code shares', at);
    if (PURE.has(name)) return pure(on, name, at);
    return GLOBALS.get(name)?.(on, at) ?? (ERRORS.test(name) ? native(name, at, errorOf) : undefined);
  },
  member(on, of, name, at) {
    switch (of.kind) {
      case 'scalar':
        return typeof of.value === 'string' || name === 'toString' ? ofText(on, asText(of), name, at) : undefined;
      case 'text':
      case 'held':
        return ofText(on, of, name, at);
      case 'event':
        return ofText(on, of, name, at);
      case 'list':
        return ofList(on, of, name, at);
      case 'object':
        return ofObject(on, of, name, at);
      case 'promise':
      case 'foreign':
      case 'opaque':
        return ofPromise(on, of, name, at);
      case 'pattern':
        return name === 'test' || name === 'exec' ? native(name, at, ([text], place) => matches(on, of, text, place)) : undefined;
      case 'function':
        return ofFunction(on, of, name, at);
      default:
        return undefined;
    }
  },
};

const asText = (of: Extract<Thing, { kind: 'scalar' }>): Thing => (typeof of.value === 'string' ? of : { ...of, value: String(of.value) });

function ofFunction(on: Machine, of: Closure, name: string, at: Location): Thing | undefined {
  switch (name) {
    case 'call':
      return native(name, at, ([self, ...args], place) => invoke(on, of, args, place, self));
    case 'apply':
      return native(name, at, ([self, args], place) =>
        args?.kind === 'list' && args.open === undefined
          ? invoke(on, of, args.items, place, self)
          : callUnknown(on, [of], place, 'its arguments are not known'),
      );
    case 'bind':
      return native(name, at, ([self, ...bound]) => native('bound', at, (args, place) => invoke(on, of, [...bound, ...args], place, self)));
    default:
      return undefined;
  }
}

function processOf(on: Machine, at: Location): Thing {
  const none = (_args: readonly Thing[], place: Location): Thing => opaque('it is no function', place);
  const env = native('env', at, none, { get: (name) => variable(on, name, at) });
  return native('process', at, none, { get: (name) => (name === 'env' ? env : opaque('it tells of the process', at)) });
}

/** A variable of the environment. */
function variable(on: Machine, name: string, at: Location): Thing {
  const value = on.run.env(name);
  if (value.kind !== 'known') return { kind: 'held', at, value };
  return { kind: 'scalar', at, value: value.value, ...(value.secret && { secret: true as const }) };
}

/** `JSON.stringify`, `Date.now`, `new URL(…)`: of no consequence, but that JSON may not be readable. */
function pure(on: Machine, name: string, at: Location): Thing {
  const member = (path: string): Thing => {
    const given = (args: readonly Thing[], place: Location): Thing => {
      if (path === 'JSON.parse' || path === 'URL' || path.startsWith('Buffer')) on.run.risk(place);
      return opaque(`\`${path}\` gives it`, place, derivedFrom(...args));
    };
    return native(path, at, given, { get: (one) => member(`${path}.${one}`) });
  };
  return member(name);
}

type Global = (on: Machine, at: Location) => Thing;
const GLOBALS = new Map<string, Global>(
  Object.entries<Global>({
    Object: objectClass,
    Promise: promiseClass,
    NaN: (_on, at) => scalar(Number.NaN, at),
    Map: (_on, at) => native('Map', at, ([of], place) => mapOf(of, place)),
    Set: (_on, at) =>
      native('Set', at, ([of], place) => {
        if (!of) return { ...list([], place), set: true };
        const open = of.kind === 'list' ? of.open : 'it is made of what is not known';
        return { ...list(of.kind === 'list' ? [...of.items] : [], place), open, set: true };
      }),
    Array: (_on, at) =>
      native(
        'Array',
        at,
        (_args, place) => ({ ...list([], place), open: 'it is made in a way that is not followed' }),
        new Map<string, Thing>([
          [
            'isArray',
            native('isArray', at, ([of], place) => (of?.kind === 'list' ? scalar(!of.set, place) : opaque('it may be a list', place))),
          ],
          [
            'from',
            native('from', at, ([of, ...more], place) =>
              of?.kind === 'list' && more.length === 0
                ? { ...list([...of.items], place), open: of.open }
                : { ...list([], place), open: 'it is made of what is not known' },
            ),
          ],
          ['of', native('of', at, (args, place) => list([...args], place))],
        ]),
      ),
    RegExp: (_on, at) =>
      native('RegExp', at, ([source, flags], place) => {
        if (source?.kind === 'pattern') return source;
        const [text, marks] = [textOf(source), flags ? textOf(flags) : ''];
        if (text !== undefined && marks !== undefined) return { kind: 'pattern', at: place, source: text, flags: marks };
        // No allow-list: what it holds is not known.
        return { kind: 'pattern', at: place, source: '', flags: 'unknown' };
      }),
    String: (_on, at) => native('String', at, ([of], place) => (of ? concatenated([of], place) : scalar('', place))),
    Number: (_on, at) =>
      native('Number', at, ([of], place) => (of?.kind === 'scalar' ? scalar(Number(of.value), place) : opaque('it is a number', place))),
    Boolean: (on, at) =>
      native('Boolean', at, ([of], place) => {
        const truth = of && on.run.facts.truth(on.run, of);
        if (!of || truth !== undefined) return scalar(truth ?? false, place);
        return of.kind === 'condition' ? of : { kind: 'condition', at: place, negated: false, test: { kind: 'truthy', of } };
      }),
    structuredClone: (_on, at) =>
      native('structuredClone', at, ([of], place) => {
        if (of?.kind !== 'object') return opaque('it is a copy', place);
        const made = dictionary([], place);
        for (const [name, { value }] of of.entries) made.entries.set(name, { at: value.at, value });
        made.open = of.open;
        return made;
      }),
    setTimeout: (on, at) => native('setTimeout', at, (args, place) => callUnknown(on, args, place, 'it is a timer')),
    require: (on, at) => native('require', at, ([specifier], place) => required(on, specifier, place)),
    '<import>': (on, at) => native('import', at, ([specifier], place) => promised(required(on, specifier, place), place)),
    '<keys>': (_on, at) => native('keys', at, ([of], place) => keysOf(of, place)),
    '<delete>': (on, at) =>
      native('delete', at, ([of, name], place) => {
        if (of && name) remove(on, of, name);
        return scalar(true, place);
      }),
    '<typeof>': (_on, at) => native('typeof', at, ([of], place) => typeOf(of, place)),
  }),
);

function required(on: Machine, specifier: Thing | undefined, at: Location): Thing {
  const text = specifier && textOf(specifier);
  return text === undefined ? opaque('what it imports is not known', at) : namespace(on, text, at.file, at);
}

function typeOf(of: Thing | undefined, at: Location): Thing {
  if (!of || of.kind === 'opaque' || of.kind === 'event' || of.kind === 'foreign' || of.kind === 'held')
    return opaque('it is the name of a type', at);
  if (of.kind === 'scalar') return scalar(of.value === null ? 'object' : typeof of.value, at);
  if (of.kind === 'text') return scalar('string', at);
  if (of.kind === 'condition') return scalar('boolean', at);
  return scalar(of.kind === 'function' || of.kind === 'native' || of.kind === 'class' ? 'function' : 'object', at);
}
