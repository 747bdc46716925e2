import type { Location } from '../../source/location.ts';
import { concatenated, MAX_TEXT } from '../interpret/evaluate.ts';
import type { Machine } from '../interpret/machine.ts';
import { among, isAskedFor, question } from '../interpret/operators.ts';
import { derivedFrom, list, native, opaque, scalar, textOf, type Pattern, type Thing } from '../interpret/things.ts';
import { allowList } from '../interpret/patterns.ts';

type Method = (text: string, args: readonly Thing[], at: Location) => Thing | undefined;

const part = (args: readonly Thing[]): string | undefined => textOf(args[0]);

const METHODS = new Map<string, Method>(
  Object.entries<Method>({
    toUpperCase: (text, _args, at) => scalar(text.toUpperCase(), at),
    toLowerCase: (text, _args, at) => scalar(text.toLowerCase(), at),
    toString: (text: string, _args: readonly Thing[], at: Location) => scalar(text, at),
    trim: (text, _args, at) => scalar(text.trim(), at),
    startsWith: (text, args, at) => known(args, (one) => scalar(text.startsWith(one), at)),
    endsWith: (text, args, at) => known(args, (one) => scalar(text.endsWith(one), at)),
    includes: (text, args, at) => known(args, (one) => scalar(text.includes(one), at)),
    indexOf: (text, args, at) => known(args, (one) => scalar(text.indexOf(one), at)),
    concat: (text, args, at) => concatenated([scalar(text, at), ...args], at),
    split: (text, args, at) =>
      known(args, (one) =>
        list(
          text.split(one).map((piece) => scalar(piece, at)),
          at,
        ),
      ),
    replace: (text, [from, to], at) => {
      const [one, other] = [textOf(from), textOf(to)];
      return one === undefined || other === undefined ? undefined : scalar(text.replace(one, other), at);
    },
    replaceAll: (text, [from, to], at) => {
      const [one, other] = [textOf(from), textOf(to)];
      // Code of strangers may make it longer as often as it likes.
      if (one === undefined || one === '' || other === undefined || text.length * (other.length + 1) > MAX_TEXT) return undefined;
      return scalar(text.replaceAll(one, other), at);
    },
  }),
);

const known = (args: readonly Thing[], make: (text: string) => Thing): Thing | undefined => {
  const text = part(args);
  return text === undefined ? undefined : make(text);
};

/** A method of a text that is known, or worked out at each call from what is not. What came from the environment stays marked. */
export function ofText(on: Machine, of: Thing, name: string, at: Location): Thing {
  return native(name, at, (args, place) => {
    const text = textOf(of);
    const given = text === undefined ? undefined : METHODS.get(name)?.(text, args, place);
    if (given) return of.kind === 'scalar' && of.secret ? marked(given) : given;
    if (of.kind === 'held' && name === 'split') return { ...list([], place), open: 'it comes from the environment' };
    if (of.kind === 'event' && isAskedFor(of)) {
      const asked = ofAsked(on, of, name, args, place);
      if (asked) return asked;
    }
    const [pattern] = args;
    if (/^(?:includes|startsWith|endsWith|test|search|match)$/.test(name) && pattern) {
      return question(`${name}:${on.run.id(of)}:${on.run.id(pattern)}`, place, of, pattern);
    }
    return opaque('it is worked out from what is not known', place, derivedFrom(of, ...args));
  });
}

function marked(thing: Thing): Thing {
  if (thing.kind === 'list') return { ...thing, items: thing.items.map(marked) };
  return thing.kind === 'scalar' ? { ...thing, secret: true } : thing;
}

function ofAsked(
  on: Machine,
  of: Extract<Thing, { kind: 'event' }>,
  name: string,
  [first]: readonly Thing[],
  at: Location,
): Thing | undefined {
  if (name === 'toString' || name === 'trim' || (of.path === 'method' && name === 'toUpperCase')) return of;
  return name === 'match' && first?.kind === 'pattern' ? matches(on, first, of, at) : undefined;
}

/** Whether a pattern matches. */
export function matches(on: Machine, pattern: Pattern, of: Thing | undefined, at: Location): Thing {
  if (of && isAskedFor(of) && of.path === 'origin' && allowList(pattern.source, pattern.flags) !== undefined)
    return among(of, [pattern], at);
  return question(`match:${on.run.id(pattern)}:${of ? on.run.id(of) : ''}`, at, of);
}
