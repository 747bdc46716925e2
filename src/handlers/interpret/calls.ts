import type { Location } from '../../source/location.ts';
import type { Parameter } from '../program.ts';
import { bind } from './assign.ts';
import { disturb, isActive, release } from './effects.ts';
import { evaluate } from './evaluate.ts';
import { execute, hoist } from './execute.ts';
import type { Machine } from './machine.ts';
import { ofClass } from './members.ts';
import { Spent, Thrown } from './run.ts';
import { Scope } from './scope.ts';
import {
  derivedFrom,
  dictionary,
  foreign,
  list,
  native,
  opaque,
  promised,
  scalar,
  type Class,
  type Closure,
  type Dictionary,
  type Foreign,
  type Named,
  type Opaque,
  type Thing,
} from './things.ts';

const NONE: Named = new Map();

/** How often a function may be within itself. */
const MAX_RECURSION = 3;

/** Calls a thing with these arguments; `makes`: with `new`. */
export function invoke(
  on: Machine,
  callee: Thing,
  args: readonly Thing[],
  at: Location,
  self?: Thing,
  makes = false,
  named: Named = NONE,
): Thing {
  on.run.budget.spend();
  switch (callee.kind) {
    case 'function':
      return makes ? construct(on, callee, args, at) : callClosure(on, callee, args, at, self, named);
    case 'native':
      return callee.call(args, at, makes, named);
    case 'class':
      return on.language.own ? on.language.own.instantiate(on, callee, args, named, at) : instantiate(on, callee, args, at);
    case 'foreign':
      return callForeign(on, callee, [...args, ...named.values()], at);
    case 'opaque':
      return callOpaque(on, callee, [...args, ...named.values()], at);
    case 'event':
      return callUnknown(on, [...args, ...named.values()], at, 'it is worked out from the event');
    case 'scalar':
      throw new Thrown(opaque('it is an error', at));
    default: {
      const called = on.language.own?.callable(on, callee, at);
      if (called) return invoke(on, called, args, at, undefined, false, named);
      return callUnknown(on, [...args, ...named.values()], at, 'it is worked out in a way that is not followed');
    }
  }
}

function callOpaque(on: Machine, callee: Opaque, args: readonly Thing[], at: Location): Thing {
  const given = callee.pure ? callPure(on, args, at, callee.why) : callUnknown(on, args, at, callee.why);
  return given.kind === 'opaque' && callee.derived ? { ...given, derived: true } : given;
}

function callClosure(
  on: Machine,
  callee: Closure,
  args: readonly Thing[],
  at: Location,
  self: Thing | undefined,
  named: Named = NONE,
): Thing {
  const { code } = callee;
  if (code.generator || on.run.active.filter((one) => one === code).length >= MAX_RECURSION) {
    disturb(on, callee.scope, code);
    return callUnknown(on, [...args, ...named.values()], at, code.generator ? 'it comes from a generator' : 'it calls itself');
  }
  const scope = new Scope(callee.scope.file, callee.scope);
  if (!code.arrow) {
    scope.declare('this', callee.self ?? self ?? scalar(undefined, at));
    scope.declare('arguments', list([...args], at));
    if (callee.home) scope.declare('<home>', callee.home);
  }
  const work = (): Thing => on.run.enter(code, () => runBody(on, callee, scope, args, named, at));
  return code.async ? asynchronous(on, work, at) : work();
}

function runBody(on: Machine, callee: Closure, scope: Scope, args: readonly Thing[], named: Named, at: Location): Thing {
  if (on.language.own) on.language.own.begin(on, callee, scope, args, named, at);
  else {
    bindParameters(on, scope, callee.code.params, args, at);
    hoist(scope, callee.code.body);
  }
  const end = execute(on, scope, callee.code.body);
  on.left = end?.kind === 'return' ? end.at : callee.code.at;
  return end?.kind === 'return' ? end.value : scalar(on.language.own?.nothing, callee.code.at);
}

function bindParameters(on: Machine, scope: Scope, params: readonly Parameter[], args: readonly Thing[], at: Location): void {
  for (const [place, { to, otherwise, rest }] of params.entries()) {
    let value = rest === 'items' ? list(args.slice(place), at) : (args[place] ?? scalar(undefined, at));
    if (otherwise && value.kind === 'scalar' && value.value === undefined) value = evaluate(on, scope, otherwise);
    bind(on, scope, to, value, true);
  }
}

/** What is thrown in it rejects its promise. */
function asynchronous(on: Machine, work: () => Thing, at: Location): Thing {
  const before = on.run.risks;
  try {
    const value = work();
    const settled = value.kind === 'promise' ? value : promised(value, at);
    return on.run.risks > before && settled.rejected === 'no' ? { ...settled, rejected: 'maybe' } : settled;
  } catch (error) {
    if (error instanceof Thrown) return promised(error.thing, at, 'yes');
    throw error;
  }
}

/** `new` on a function. */
function construct(on: Machine, callee: Closure, args: readonly Thing[], at: Location): Thing {
  const self = dictionary([], at);
  self.open = 'its prototype is not read';
  callClosure(on, callee, args, at, self);
  return self;
}

function instantiate(on: Machine, made: Class, args: readonly Thing[], at: Location): Thing {
  const self: Dictionary = { kind: 'object', at, entries: new Map(), open: undefined, class: made };
  on.run.enter(made.code, () => initialise(on, made, self, args, at));
  return self;
}

/** The constructor of a class, or of the one above it, at work on an instance. */
export function initialise(on: Machine, made: Thing, self: Dictionary, args: readonly Thing[], at: Location): void {
  if (made.kind === 'native') {
    const parent = made.call(args, at, true, NONE);
    if (parent.kind === 'object') for (const [name, entry] of parent.entries) self.entries.set(name, entry);
    return;
  }
  if (made.kind !== 'class') {
    self.open = 'the class it extends is not read';
    for (const arg of args) release(on, arg);
    on.run.risk(at);
    return;
  }
  const { parent } = made;
  const fields = (): void => {
    const scope = new Scope(made.scope.file, made.scope);
    scope.declare('this', self);
    for (const { name, value, at: place, static: fixed, method } of made.code.members) {
      if (fixed || method || name === 'constructor') continue;
      self.entries.set(name, { at: place, value: value ? evaluate(on, scope, value) : scalar(undefined, place) });
    }
  };
  const maker = made.code.members.find(({ name, value }) => name === 'constructor' && value?.kind === 'function');
  if (maker?.value?.kind !== 'function') {
    if (parent) initialise(on, parent, self, args, at);
    fields();
    return;
  }
  if (!parent) fields();
  const scope = new Scope(made.scope.file, made.scope);
  const above = native('super', at, (given, place) => {
    if (parent) initialise(on, parent, self, given, place);
    fields();
    return scalar(undefined, place);
  });
  scope.declare('<super>', above);
  callClosure(on, { kind: 'function', at: maker.at, code: maker.value, scope, self, home: made, own: new Map() }, args, at, self);
}

/** `super.name` within a method. */
export function memberAbove(on: Machine, scope: Scope, name: string, at: Location): Thing {
  const [home, self] = [scope.get('<home>'), scope.get('this')];
  if (home?.kind !== 'class' || !self || !home.parent) return opaque('its class is not read', at);
  if (home.parent.kind !== 'class') return opaque('its class is not read', at);
  return ofClass(on, home.parent, self, name, at) ?? home.parent.own.get(name) ?? scalar(undefined, at);
}

/** A call of what a package gives of which nothing is known: it may do anything with what it is given. */
function callForeign(on: Machine, callee: Foreign, args: readonly Thing[], at: Location): Thing {
  const given = callUnknown(on, args, at, `it comes from the package \`${callee.package}\``);
  return given.kind === 'opaque' && given.derived ? given : foreign(callee.package, at);
}

/** Code that is not read may change what it is given, call the functions it is given, and throw. */
export function callUnknown(on: Machine, args: readonly Thing[], at: Location, why: string): Thing {
  on.run.budget.spend();
  const derived = derivedFrom(...args);
  for (const arg of args) release(on, arg);
  on.run.risk(at);
  for (const arg of args) {
    if (arg.kind === 'function') callBack(on, arg, at);
    if (arg.kind === 'native' && arg.effect && on.run.fork(2) === 1) arg.call([opaque(why, at), opaque(why, at)], at, false, NONE);
  }
  return opaque(why, at, derived);
}

/** What a library does that changes nothing it is given: it may fail, and call the functions it is given. */
export function callPure(on: Machine, args: readonly Thing[], at: Location, why: string, raised?: readonly string[]): Thing {
  on.run.risk(at, raised);
  for (const arg of args) if (arg.kind === 'function') callBack(on, arg, at);
  return opaque(why, at, { pure: true, ...derivedFrom(...args) });
}

/** A function that other code may call, or not, and more than once. */
export function callBack(on: Machine, given: Closure, at: Location): void {
  // Nothing in Python answers but by returning: it is enough that what the function may change is not known.
  if (on.language.own) {
    disturb(on, given.scope, given.code);
    if (given.self) release(on, given.self);
    return;
  }
  if (!isActive(given.scope, given.code) || on.run.fork(2) === 0) return;
  if (on.run.active.includes(given.code)) throw new Spent();
  disturb(on, given.scope, given.code);
  const args = given.code.params.filter(({ rest }) => !rest).map(() => opaque('other code gives it', at));
  try {
    callClosure(on, given, args, at, opaque('other code gives it', at));
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
  }
}
