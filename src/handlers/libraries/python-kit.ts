import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import type { Machine } from '../interpret/machine.ts';
import { isNothing, native, opaque, scalar, type Class, type Named, type Native, type Thing } from '../interpret/things.ts';
import { errorClass } from '../python/errors.ts';
import { builtin, lineage } from '../python/lineage.ts';
import { applicationOf } from './application.ts';
import { having, textsIn, waited } from './kit.ts';

/* What the stand-ins of Python's libraries are made of. */

export const nothing = (at: Location): Thing => scalar(null, at);

/** What a module gives by name; anything else is not read. */
export const moduleOf = (name: string, at: Location, given: Readonly<Record<string, Thing>>): Thing =>
  native(name, at, (_args, place) => opaque('it is no function', place), new Map(Object.entries(given)));

type Call = (args: readonly Thing[], at: Location, named: Named) => Thing;

export const callable = (name: string, at: Location, call: Call, get: (member: string) => Thing | undefined = () => undefined): Thing =>
  native(name, at, (args, place, _makes, named) => call(args, place, named), { get });

/** A decorator that tells `register` of what it stands on, and leaves that as it is. */
export const decorator = (at: Location, register: (does: Thing | undefined) => void): Thing =>
  callable('decorator', at, ([does]) => {
    register(does);
    return does ?? nothing(at);
  });

export type Give = (name: string, call: Call) => void;

/** An application as the code has it: its methods, each added by `give`, and decorators of no consequence besides. */
export function pythonApplication(
  at: Location,
  released: (why: string) => void,
  call?: Native['call'],
): { readonly made: Native; readonly own: Map<string, Thing>; readonly give: Give } {
  const own = new Map<string, Thing>();
  const members = having(own, (name) => (name.startsWith('__') ? undefined : transparent(name, at)));
  return {
    made: applicationOf('app', at, members, released, call),
    own,
    give: (name, does) => void own.set(name, callable(name, at, does)),
  };
}

/** The `methods` that a route of Flask's kind is given, GET where it is given none; undefined where they are not known. */
export function methodsOf(all: ReadonlyMap<string, Thing>): readonly string[] | undefined {
  const methods = given(all, 'methods');
  if (!methods) return ['GET'];
  return methods.kind === 'list' ? textsIn(methods) : undefined;
}

/** The arguments of a call by their names: those without one are in this order. */
export function bound(names: readonly string[], args: readonly Thing[], named: Named): ReadonlyMap<string, Thing> {
  const all = new Map(named);
  for (const [place, name] of names.entries()) {
    const given = args[place];
    if (given) all.set(name, given);
  }
  return all;
}

/** One that is given, and is not None. */
export const given = (all: ReadonlyMap<string, Thing>, name: string): Thing | undefined => {
  const thing = all.get(name);
  return thing && isNothing(thing) !== true ? thing : undefined;
};

/** A kind of errors that a library has. */
export function errorKind(on: Machine, name: string, above?: Class): Class {
  const base = above ?? errorClass(on, 'Exception');
  return builtin(on, name, base ? [base] : []);
}

/** Who has registered for an error: the nearest of its kinds; undefined where nobody has. */
export function handlerFor(
  on: Machine,
  handlers: readonly { readonly kind: Thing; readonly does: Thing }[],
  error: Thing,
): Thing | undefined {
  if (error.kind === 'object' && error.class) {
    for (const one of lineage(error.class)) {
      const found = handlers.findLast(({ kind }) => kind === one);
      if (found) return found.does;
    }
    return undefined;
  }
  const all = errorClass(on, 'Exception');
  const sorted = [...handlers.filter(({ kind }) => kind !== all), ...handlers.filter(({ kind }) => kind === all)];
  return sorted.find(({ kind }) => on.language.own?.catches(on, error, kind) === true)?.does;
}

/** Calls a function of the code's own with what its parameters ask for by name. */
export function withNames(on: Machine, does: Thing, args: readonly Thing[], at: Location): Thing {
  if (does.kind !== 'function') return waited(on, invoke(on, does, args, at), at);
  const named = new Map<string, Thing>();
  for (const [place, { to, otherwise, rest }] of does.code.params.entries()) {
    if (place < args.length || rest || otherwise || to.kind !== 'name' || (to.name === 'self' && does.self)) continue;
    named.set(to.name, on.run.piece(`pathParameters.${to.name}`, at));
  }
  return waited(on, invoke(on, does, args, at, undefined, false, named), at);
}

/** Texts that are joined, in their order, or sorted; as one text. */
export function joinedTexts(thing: Thing | undefined, between: string, at: Location, sorted: boolean, more: readonly string[] = []): Thing {
  const items = thing?.kind === 'list' ? thing.items : [];
  const texts = items.map((item) => (item.kind === 'scalar' && typeof item.value === 'string' ? item.value : undefined));
  if ((thing && thing.kind !== 'list') || (thing?.kind === 'list' && thing.open !== undefined) || texts.includes(undefined)) {
    return opaque('the code works it out', thing?.at ?? at);
  }
  const all = [...new Set([...more, ...texts.flatMap((text) => (text === undefined ? [] : [text]))])];
  return scalar((sorted ? all.toSorted() : all).join(between), thing?.at ?? at);
}

/** Something that decorates functions, and leaves them as they are; whatever it is asked for. */
export function transparent(name: string, at: Location): Thing {
  const made: Thing = native(name, at, ([of]) => (of?.kind === 'function' || of?.kind === 'native' ? of : made), {
    get: (member) => (member.startsWith('__') ? undefined : made),
  });
  return made;
}
