import type { Expression, Target } from '../program.ts';
import { evaluate } from './evaluate.ts';
import type { Machine } from './machine.ts';
import { getMember, setMember } from './members.ts';
import type { Scope } from './scope.ts';
import { dictionary, keyOf, list, opaque, scalar, type Thing } from './things.ts';

/** Puts a value where the code says. */
export function bind(on: Machine, scope: Scope, to: Target, value: Thing, declares: boolean): void {
  switch (to.kind) {
    case 'name':
      // Python's names are declared wherever they are set.
      if (!declares || on.language.own) on.run.wrote();
      if (declares) return scope.declare(to.name, value);
      // A name that nothing declares becomes one of the module.
      if (!scope.set(to.name, value)) scope.root.declare(to.name, value);
      return undefined;
    case 'member':
      return bindMember(on, scope, to, value);
    case 'fields':
      return bindFields(on, scope, to, value, declares);
    case 'items':
      return bindItems(on, scope, to, value, declares);
    default:
      return undefined;
  }
}

function bindMember(on: Machine, scope: Scope, to: Extract<Target, { kind: 'member' }>, value: Thing): void {
  const [of, key] = [evaluate(on, scope, to.of), evaluate(on, scope, to.name)];
  if (on.language.own) on.language.own.write(on, of, key, value, to.attribute === true, to.name.at);
  else setMember(on, of, key, value, to.name.at);
}

function bindFields(on: Machine, scope: Scope, to: Extract<Target, { kind: 'fields' }>, value: Thing, declares: boolean): void {
  const taken = new Set<string>();
  for (const { name, to: into, otherwise } of to.fields) {
    const key = evaluate(on, scope, name);
    const text = keyOf(key);
    if (text !== undefined) taken.add(text);
    let part = getMember(on, value, key, into.at);
    if (otherwise) part = defaulted(on, scope, part, otherwise);
    bind(on, scope, into, part, declares);
  }
  if (!to.rest) return;
  if (value.kind !== 'object') return bind(on, scope, to.rest, opaque('it is what is left of another value', to.at), declares);
  const rest = dictionary([], value.at);
  rest.open = value.open;
  for (const [name, entry] of value.entries) if (!taken.has(name)) rest.entries.set(name, entry);
  bind(on, scope, to.rest, rest, declares);
}

/** `{ a = 1 }`: the default where it is undefined. Where that is open, and the value is a piece of the request, it is taken to be there. */
function defaulted(on: Machine, scope: Scope, value: Thing, otherwise: Expression): Thing {
  if (value.kind === 'scalar') return value.value === undefined ? evaluate(on, scope, otherwise) : value;
  if (value.kind !== 'opaque' && value.kind !== 'event' && value.kind !== 'held') return value;
  if (value.kind === 'event' && (value.path === 'origin' || value.path === 'headers' || value.path === 'method')) return value;
  evaluate(on, scope, otherwise);
  return opaque('it has a default', value.at);
}

function bindItems(on: Machine, scope: Scope, to: Extract<Target, { kind: 'items' }>, from: Thing, declares: boolean): void {
  const { own } = on.language;
  const value = own ? own.iterate(on, from, to.at) : from;
  for (const [place, item] of to.items.entries()) {
    if (!item) continue;
    if (item.kind === 'opaque') continue;
    const key = scalar(place, item.at);
    bind(on, scope, item, own ? own.read(on, value, key, false, item.at) : getMember(on, value, key, item.at), declares);
  }
  if (!to.rest) return;
  const rest = list(value.kind === 'list' ? value.items.slice(to.items.length) : [], to.at);
  rest.open = value.kind === 'list' ? value.open : 'it is what is left of another value';
  bind(on, scope, to.rest, rest, declares);
}
