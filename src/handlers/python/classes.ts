import type { Location } from '../../source/location.ts';
import type { ClassExpression, FunctionExpression } from '../program.ts';
import { invoke } from '../interpret/calls.ts';
import { release } from '../interpret/effects.ts';
import { evaluate } from '../interpret/evaluate.ts';
import { execute } from '../interpret/execute.ts';
import type { Machine } from '../interpret/machine.ts';
import { Scope } from '../interpret/scope.ts';
import {
  dictionary,
  list,
  native,
  opaque,
  scalar,
  type Class,
  type Closure,
  type Dictionary,
  type Named,
  type Thing,
} from '../interpret/things.ts';
import { errorOf, fault } from './errors.ts';
import { classMember, extendsBuiltin, lineage, memberAfter } from './lineage.ts';

const NO_NAMES: Named = new Map();
/** The scopes of class bodies: the functions that stand in one do not see its names. */
const bodies = new WeakSet<Scope>();
/** What a dataclass has, in order; a factory makes its default anew for each instance. */
const fieldsOf = new WeakMap<Class, readonly string[]>();
const factories = new WeakMap<Thing, Thing>();

/** A function, as `def` with its decorators leaves it. */
export function functionOf(on: Machine, scope: Scope, code: FunctionExpression): Thing {
  const decorators = code.decorators.map((one) => evaluate(on, scope, one));
  const defaults = code.params.map(({ otherwise }) => otherwise && evaluate(on, scope, otherwise));
  const around = bodies.has(scope) ? (scope.parent ?? scope) : scope;
  const made: Closure = { kind: 'function', at: code.at, code, scope: around, self: undefined, own: new Map(), defaults };
  return decorators.reduceRight<Thing>((thing, decorator) => invoke(on, decorator, [thing], code.at), made);
}

/** A class, as its body with its decorators leaves it. */
export function classOf(on: Machine, scope: Scope, code: ClassExpression): Thing {
  const decorators = code.decorators.map((one) => evaluate(on, scope, one));
  const above = code.extends && evaluate(on, scope, code.extends);
  const bases = above?.kind === 'list' ? above.items : above ? [above] : [];
  // Functions of the class find it here, for `super()`.
  const cell = new Scope(scope.file, scope);
  const body = new Scope(scope.file, cell);
  bodies.add(body);
  execute(on, body, code.body ?? []);
  const made: Class = { kind: 'class', at: code.at, code, scope: cell, parent: undefined, own: new Map(), bases };
  for (const name of body.names) {
    const value = body.get(name);
    if (value && !name.startsWith('<')) made.own.set(name, value);
  }
  cell.declare('<home>', made);
  if (extendsBuiltin(made, /^(?:Int|Str)?Enum$|^Flag$/)) enumerate(made);
  if (extendsBuiltin(made, /^NamedTuple$/)) asDataclass(made);
  return decorators.reduceRight<Thing>((thing, decorator) => invoke(on, decorator, [thing], code.at), made);
}

/** Each value of an Enum becomes a member of it; those of an IntEnum are numbers themselves. */
function enumerate(made: Class): void {
  const numbers = extendsBuiltin(made, /^(?:IntEnum|int)$/);
  for (const [name, value] of made.own) {
    if (name.startsWith('_') || value.kind === 'function' || value.kind === 'descriptor') continue;
    if (numbers && value.kind === 'scalar' && typeof value.value === 'number') continue;
    const member = dictionary(
      [
        ['value', value],
        ['name', scalar(name, value.at)],
      ],
      value.at,
    );
    made.own.set(name, { ...member, class: made });
  }
}

/** `@dataclass`. */
export function asDataclass(made: Class): Class {
  const above = lineage(made).flatMap((one) => (one.kind === 'class' && one !== made ? (fieldsOf.get(one) ?? []) : []));
  fieldsOf.set(made, [...new Set([...above, ...made.code.members.map(({ name }) => name)])]);
  return made;
}

/** `field(default=…, default_factory=…)`. */
export function fieldOf(named: Named, at: Location): Thing {
  const factory = named.get('default_factory');
  const plain = named.get('default');
  if (plain) return plain;
  const made = opaque('it is a field', at);
  if (factory) factories.set(made, factory);
  return made;
}

/** What calling a class gives. */
export function instantiate(on: Machine, made: Class, args: readonly Thing[], named: Named, at: Location): Thing {
  if (extendsBuiltin(made, /^TypedDict$/)) return dictionary(named, at);
  if (extendsBuiltin(made, /^(?:Int|Str)?Enum$|^Flag$/)) return opaque('it is one of several', at, { pure: true });
  if (extendsBuiltin(made, /^(?:dict|list|str|int|float|tuple|set)$/)) {
    for (const arg of [...args, ...named.values()]) release(on, arg);
    return opaque('its class extends a type of the language', at);
  }
  const self: Dictionary = { kind: 'object', at, entries: new Map(), open: undefined, class: made };
  const init = classMember(made, '__init__');
  const unread = init === 'unknown' || classMember(made, '__new__') !== undefined;
  if (unread || lineage(made).some((one) => one.kind !== 'class')) self.open = 'the class it extends is not read';
  if (extendsBuiltin(made, /^BaseException$/)) self.entries.set('args', { at, value: list([...args], at) });
  if (init && init !== 'unknown') {
    invoke(on, boundTo(init, self, made), args, at, undefined, false, named);
    return self;
  }
  if (unread) {
    for (const arg of [...args, ...named.values()]) release(on, arg);
    on.run.risk(at);
    return self;
  }
  if (fieldsOf.has(made)) fill(on, made, self, args, named, at);
  else if ((args.length > 0 || named.size > 0) && !extendsBuiltin(made, /^BaseException$/)) throw fault(on, 'TypeError', at);
  return self;
}

function fill(on: Machine, made: Class, self: Dictionary, args: readonly Thing[], named: Named, at: Location): void {
  const names = fieldsOf.get(made) ?? [];
  for (const [place, name] of names.entries()) {
    const written = classMember(made, name);
    const plain = written === 'unknown' ? opaque('its class is not read', at) : written;
    const factory = plain && factories.get(plain);
    const value = args[place] ?? named.get(name) ?? (factory ? invoke(on, factory, [], at) : plain);
    if (!value) throw fault(on, 'TypeError', at);
    self.entries.set(name, { at: value.at, value });
  }
  const after = classMember(made, '__post_init__');
  if (after && after !== 'unknown') invoke(on, boundTo(after, self, made), [], at);
}

/** What a member of a class is, read from an instance of it. */
export function boundTo(member: Thing, self: Thing, made: Class): Thing {
  if (member.kind === 'function') return { ...member, self };
  if (member.kind !== 'descriptor') return member;
  return member.how === 'class' && member.of.kind === 'function' ? { ...member.of, self: made } : member.of;
}

/** `super()`, or `super(Class, self)`. */
export function superOf(on: Machine, home: Thing | undefined, self: Thing | undefined, at: Location): Thing {
  const made = self?.kind === 'object' ? self.class : self?.kind === 'class' ? self : undefined;
  if (home?.kind !== 'class' || !made || !self) return opaque('its class is not read', at);
  const get = (name: string): Thing | undefined => {
    const member = memberAfter(made, home, name);
    if (member === 'unknown') return opaque('its class is not read', at);
    if (member?.kind === 'descriptor' && member.how === 'property') return invoke(on, member.of, [self], at);
    return member ? boundTo(member, self, made) : inherited(self, made, name, at);
  };
  return native('super', at, (_args, place) => opaque('it is no function', place), { get });
}

/** What every object has, and every error. */
function inherited(self: Thing, made: Class, name: string, at: Location): Thing | undefined {
  if (name !== '__init__') return undefined;
  return native(name, at, (args, place) => {
    if (self.kind === 'object' && extendsBuiltin(made, /^BaseException$/)) {
      self.entries.set('args', { at: place, value: list([...args], place) });
    }
    return scalar(null, place);
  });
}

/** The error that `raise` throws: a class is called first. */
export function raised(on: Machine, thing: Thing, at: Location): Thing {
  if (thing.kind === 'class') {
    return lineage(thing).every((one) => one.kind === 'class') || classMember(thing, '__init__') !== 'unknown'
      ? instantiate(on, thing, [], NO_NAMES, at)
      : errorOf(thing, [], at);
  }
  return thing.kind === 'object' || thing.kind === 'opaque' ? thing : opaque('it is an error', at);
}

/** The fields of a dataclass's instance, as a dict of its own. */
export function asDict(on: Machine, of: Thing, at: Location): Thing {
  on.run.budget.spend();
  if (of.kind === 'list') {
    const items = of.items.map((one) => asDict(on, one, at));
    return { ...list(items, at), open: of.open };
  }
  if (of.kind !== 'object') return of;
  const names = of.class && fieldsOf.get(of.class);
  const made = dictionary([], at);
  made.open = of.open;
  for (const [name, entry] of of.entries) {
    if (!names || names.includes(name)) made.entries.set(name, { at: entry.at, value: asDict(on, entry.value, at) });
  }
  return made;
}
