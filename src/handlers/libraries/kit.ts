import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import { concatenated } from '../interpret/evaluate.ts';
import type { Machine } from '../interpret/machine.ts';
import { namedMember } from '../interpret/members.ts';
import { among } from '../interpret/operators.ts';
import { Thrown } from '../interpret/run.ts';
import { isNothing, native, opaque, scalar, textOf, type Members, type Thing } from '../interpret/things.ts';

/* What the stand-ins of libraries are made of. */

/** What importing a package gives: called as its default export is, with what else it exports by name. */
export function packaged(main: Thing, named: Readonly<Record<string, Thing>> = {}): Thing {
  const own = new Map(Object.entries({ default: main, ...named }));
  return native(
    'package',
    main.at,
    (args, at, makes, byName) => (main.kind === 'native' ? main.call(args, at, makes, byName) : opaque('it is no function', at)),
    having(own, (name) => (main.kind === 'native' ? main.members?.get(name) : undefined) ?? unread(name, main.at)),
  );
}

/** What a library gives besides, of which nothing is known. */
const unread = (name: string, at: Location): Thing | undefined =>
  /^(?:then|catch|finally|call|apply|bind|prototype|__esModule)$/.test(name)
    ? undefined
    : opaque(`\`${name}\` of the library is not read`, at);

/** A method that a library gives. */
export const method = (name: string, at: Location, call: (args: readonly Thing[], at: Location) => Thing): Thing => native(name, at, call);

/** What a library gives that has these by name, and anything else besides, of which nothing is known. */
export const having = (own: Map<string, Thing>, other: (name: string) => Thing | undefined = () => undefined): Members => ({
  get: (name) => own.get(name) ?? other(name),
  set: (name, thing) => own.set(name, thing),
});

export const none = (at: Location): Thing => scalar(undefined, at);
export const isUndefined = (thing: Thing | undefined): boolean => !thing || (thing.kind === 'scalar' && thing.value === undefined);

/** An option of a library's settings; undefined where it is left out. */
export function option(on: Machine, settings: Thing | undefined, name: string, at: Location): Thing {
  if (!settings || isNothing(settings) === true || settings.kind === 'scalar') return none(at);
  return settings.kind === 'object' ? namedMember(on, settings, name, at) : opaque(whyOf(settings), settings.at);
}

/** Whether every setting is written where it can be read; else why not. */
export function unreadable(settings: Thing | undefined): string | undefined {
  if (!settings || settings.kind === 'scalar') return undefined;
  return settings.kind === 'object' ? settings.open : whyOf(settings);
}

/** Ends the sentence "not known before deployment: …". */
export const whyOf = (thing: Thing): string =>
  thing.kind === 'opaque'
    ? thing.why
    : thing.kind === 'foreign'
      ? `it comes from the package \`${thing.package}\``
      : thing.kind === 'event'
        ? 'it is worked out from the event'
        : 'the code works it out';

export const truthOf = (on: Machine, thing: Thing): boolean | undefined => on.run.facts.truth(on.run, thing);

/** The texts of a list, or one by itself; undefined where one of them is not known, or there may be more. */
export function textsIn(thing: Thing): readonly string[] | undefined {
  if (thing.kind === 'list' && thing.open !== undefined) return undefined;
  const texts = (thing.kind === 'list' ? thing.items : [thing]).map(textOf);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/** Methods that the code names in letters of either case. */
export const methodsIn = (thing: Thing): readonly string[] | undefined => textsIn(thing)?.map((text) => text.toUpperCase());

/** A list, or a text, as one text. */
export function joined(thing: Thing, between: string, at = thing.at): Thing {
  if (thing.kind !== 'list') return thing.kind === 'scalar' && typeof thing.value === 'number' ? concatenated([thing], at) : thing;
  if (thing.open !== undefined) return opaque(thing.open, at);
  return concatenated(
    thing.items.flatMap((item, place) => (place === 0 ? [item] : [scalar(between, at), item])),
    at,
  );
}

/** Whether the request asks by one of these methods. */
export function asksBy(on: Machine, methods: readonly string[], at: Location): boolean {
  return on.run.decide(
    among(
      on.run.piece('method', at),
      methods.map((name) => scalar(name, at)),
      at,
    ),
  );
}

/** Does what the code does, and hands what it throws to whoever catches it. */
export function guarded<T>(on: Machine, work: () => T, failed: (error: Thing) => T): T {
  const { tries } = on.run;
  on.run.tries = tries + 1;
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    on.run.tries = tries;
    return failed(error.thing);
  } finally {
    on.run.tries = tries;
  }
}

/** What a promise comes to. What may go wrong on the way there was followed where it stands. */
export function waited(on: Machine, thing: Thing, at: Location): Thing {
  if (thing.kind !== 'promise') {
    if (thing.kind === 'opaque' || thing.kind === 'foreign') on.run.risk(at);
    return thing;
  }
  if (thing.rejected === 'yes') throw new Thrown(thing.value);
  return waited(on, thing.value, at);
}

/** Calls a function of the code's own and waits for it. */
export const awaited = (on: Machine, callee: Thing, args: readonly Thing[], at: Location): Thing =>
  waited(on, invoke(on, callee, args, at), at);

/** A part of the request that is an object always, so that nothing goes wrong when the code reads a part of it. */
export const partOf = (on: Machine, name: string, at: Location): Thing =>
  native(name, at, () => none(at), {
    get: (member) => (/^(?:then|toString|hasOwnProperty)$/.test(member) ? undefined : on.run.piece(`request.${name}.${member}`, at)),
  });
