import type { Location } from '../../source/location.ts';
import type { Expression } from '../program.ts';
import { bind } from './assign.ts';
import { callUnknown, initialise, invoke, memberAbove } from './calls.ts';
import { disturb, effectsOf, isLog } from './effects.ts';
import type { Machine } from './machine.ts';
import { getMember, spread } from './members.ts';
import { negate, operate } from './operators.ts';
import { Thrown } from './run.ts';
import { Scope } from './scope.ts';
import { dictionary, isNothing, keyOf, list, opaque, scalar, type Class, type Primitive, type Thing } from './things.ts';

export { equality } from './operators.ts';

type Form<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

/** What an expression comes to on this way through the code. */
export function evaluate(on: Machine, scope: Scope, node: Expression): Thing {
  on.run.budget.spend();
  const { at } = node;
  switch (node.kind) {
    case 'literal':
      return scalar(node.value, at);
    case 'name':
      return valueOf(on, scope, node.name, at);
    case 'text':
      return concatenated(
        node.parts.map((part) => evaluate(on, scope, part)),
        at,
        on.language.own?.text,
      );
    case 'object':
      return objectOf(on, scope, node);
    case 'list':
      return listOf(on, scope, node.items, at);
    case 'regex':
      return { kind: 'pattern', at, source: node.source, flags: node.flags };
    case 'member':
      return member(on, scope, node);
    case 'call':
      return call(on, scope, node);
    case 'function':
      return on.language.own?.functionOf(on, scope, node) ?? { kind: 'function', at, code: node, scope, self: undefined, own: new Map() };
    case 'class':
      return on.language.own?.classOf(on, scope, node) ?? classOf(on, scope, node);
    case 'binary':
      return binary(on, scope, node);
    case 'not':
      return negate(on, evaluate(on, scope, node.of), at);
    case 'conditional':
      return conditional(on, scope, node);
    case 'assign': {
      const value = evaluate(on, scope, node.value);
      bind(on, scope, node.to, value, false);
      return value;
    }
    case 'await':
      return settled(on, evaluate(on, scope, node.of), at);
    case 'sequence':
      return node.parts.map((part) => evaluate(on, scope, part)).at(-1) ?? scalar(undefined, at);
    case 'opaque':
      for (const part of node.parts) evaluate(on, scope, part);
      return opaque(node.why, at);
  }
}

function valueOf(on: Machine, scope: Scope, name: string, at: Location): Thing {
  const value = scope.get(name) ?? on.language.global(on, name, at) ?? opaque(`\`${name}\` is not found`, at);
  if (value.kind === 'opaque' && value.unbound) throw new Thrown(opaque('it is an error', at, { raised: ['UnboundLocalError'] }));
  return value;
}

/** What a promise comes to. */
export function settled(on: Machine, thing: Thing, at: Location): Thing {
  if (thing.kind === 'opaque' || thing.kind === 'foreign') on.run.risk(at);
  if (thing.kind !== 'promise') return thing;
  if (thing.rejected === 'yes') throw new Thrown(thing.value);
  if (thing.rejected === 'maybe') on.run.risk(at);
  return settled(on, thing.value, at);
}

export const MAX_TEXT = 100_000;

/** Texts put together; a hole that stands alone is what it is. */
export function concatenated(parts: readonly Thing[], at: Location, text?: (value: Primitive) => string): Thing {
  const flat: (string | Thing)[] = [];
  let secret = false;
  for (const part of parts) {
    if (part.kind === 'text') flat.push(...part.parts);
    else if (part.kind === 'scalar') {
      secret ||= part.secret === true;
      flat.push(text ? text(part.value) : String(part.value));
    } else if (part.kind === 'list' && part.open === undefined && !text) {
      const joined = part.items.map((item) => (item.kind === 'scalar' ? String(item.value ?? '') : undefined));
      flat.push(joined.includes(undefined) ? opaque('it is made of a list', at) : joined.join(','));
    } else flat.push(part);
  }
  const filled = flat.filter((part) => part !== '');
  const [only] = filled;
  if (filled.length === 1 && typeof only === 'object' && (only.kind === 'event' || only.kind === 'held')) return only;
  // Code of strangers may double a text as often as it likes.
  if (filled.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0) > MAX_TEXT)
    return opaque('it is a long text', at);
  if (filled.every((part) => typeof part === 'string')) return { ...scalar(filled.join(''), at), ...(secret && { secret: true as const }) };
  return { kind: 'text', at, parts: filled };
}

function objectOf(on: Machine, scope: Scope, node: Form<'object'>): Thing {
  const made = dictionary([], node.at);
  for (const entry of node.entries) {
    if ('spread' in entry) {
      spread(on, made, evaluate(on, scope, entry.spread), node.at);
      continue;
    }
    const written = evaluate(on, scope, entry.key);
    const key = keyOf(on.language.own?.key(written) ?? written);
    const value = evaluate(on, scope, entry.value);
    if (key === undefined) {
      for (const [name, old] of made.entries) made.entries.set(name, { at: old.at, value: opaque('it may be another one', node.at) });
      made.open = 'a name in it is not known';
    } else
      made.entries.set(key, { at: entry.key.at, value: value.kind === 'function' && !value.code.arrow ? { ...value, self: made } : value });
  }
  return made;
}

function listOf(on: Machine, scope: Scope, items: Form<'list'>['items'], at: Location): Extract<Thing, { kind: 'list' }> {
  const made = list([], at);
  for (const { value, spreads } of items) {
    const one = evaluate(on, scope, value);
    const item = spreads && on.language.own ? on.language.own.iterate(on, one, at) : one;
    if (!spreads) made.items.push(item);
    else if (item.kind === 'list') {
      made.items.push(...item.items);
      made.open ??= item.open;
    } else made.open = 'it is made of what is not known';
  }
  return made;
}

function member(on: Machine, scope: Scope, node: Form<'member'>): Thing {
  if (node.of.kind === 'name' && node.of.name === 'super') {
    return memberAbove(on, scope, keyOf(evaluate(on, scope, node.name)) ?? '', node.at);
  }
  const of = evaluate(on, scope, node.of);
  if (node.optional && of.kind === 'scalar' && isNothing(of)) return scalar(undefined, node.at);
  return read(on, scope, of, node);
}

function read(on: Machine, scope: Scope, of: Thing, { name, attribute, at }: Form<'member'>): Thing {
  const key = evaluate(on, scope, name);
  return on.language.own ? on.language.own.read(on, of, key, attribute === true, at) : getMember(on, of, key, at);
}

function call(on: Machine, scope: Scope, node: Form<'call'>): Thing {
  const { callee, at } = node;
  if (callee.kind === 'name' && callee.name === '<super>') return superCall(on, scope, node);
  if (callee.kind === 'member' && isLog(callee)) {
    for (const { value } of [...node.args, ...node.named]) evaluate(on, scope, value);
    return scalar(on.language.own?.nothing, at);
  }
  let self: Thing | undefined;
  let called: Thing;
  if (callee.kind === 'member' && !(callee.of.kind === 'name' && callee.of.name === 'super')) {
    self = evaluate(on, scope, callee.of);
    if (callee.optional && self.kind === 'scalar' && isNothing(self)) return scalar(undefined, at);
    called = read(on, scope, self, callee);
  } else called = evaluate(on, scope, callee);
  if (called.kind === 'scalar' && isNothing(called) && callee.kind === 'member' && callee.optional) return scalar(undefined, at);
  const args = listOf(on, scope, node.args, at);
  const named = namedOf(on, scope, node.named);
  // Which argument comes where is not known.
  if (args.open !== undefined || named.open) {
    if (called.kind === 'function') disturb(on, called.scope, called.code);
    if (called.kind === 'opaque' && called.pure) return invoke(on, called, args.items, at);
    return callUnknown(on, [...args.items, ...named.values.values()], at, 'its arguments are not known');
  }
  return invoke(on, called, args.items, at, self, node.makes, named.values);
}

/** Python's `name=value` and `**values`; `open`: there may be others. */
function namedOf(
  on: Machine,
  scope: Scope,
  written: Form<'call'>['named'],
): { readonly values: Map<string, Thing>; readonly open: boolean } {
  const values = new Map<string, Thing>();
  let open = false;
  for (const { name, value } of written) {
    const given = evaluate(on, scope, value);
    if (name !== undefined) values.set(name, given);
    else if (given.kind === 'object' && given.open === undefined) for (const [key, entry] of given.entries) values.set(key, entry.value);
    else {
      open = true;
      values.set(`**${values.size}`, given);
    }
  }
  return { values, open };
}

function superCall(on: Machine, scope: Scope, node: Form<'call'>): Thing {
  const [above, self] = [scope.get('<super>'), scope.get('this')];
  const args = listOf(on, scope, node.args, node.at).items;
  if (above?.kind === 'native') return above.call(args, node.at, false, new Map());
  if (self?.kind === 'object') initialise(on, opaque('it is not read', node.at), self, args, node.at);
  return scalar(undefined, node.at);
}

function classOf(on: Machine, scope: Scope, node: Form<'class'>): Class {
  const inside = new Scope(scope.file, scope);
  const parent = node.extends && evaluate(on, scope, node.extends);
  const made: Class = { kind: 'class', at: node.at, code: node, scope: inside, parent, own: new Map() };
  if (node.name !== undefined) inside.declare(node.name, made);
  const fixed = new Scope(scope.file, inside);
  fixed.declare('this', made);
  for (const { name, value, static: own } of node.members) {
    if (own) made.own.set(name, value ? evaluate(on, fixed, value) : scalar(undefined, node.at));
  }
  return made;
}

function binary(on: Machine, scope: Scope, node: Form<'binary'>): Thing {
  const { op, left, right, at } = node;
  const first = evaluate(on, scope, left);
  if (op !== 'and' && op !== 'or' && op !== 'coalesce') return operate(on, op, first, evaluate(on, scope, right), at);
  if (op === 'coalesce') {
    const nothing = isNothing(first);
    if (nothing === false) return first;
    if (nothing === true) return evaluate(on, scope, right);
  }
  const truth = on.run.facts.truth(on.run, first);
  const rest = (): Thing => evaluate(on, scope, right);
  if (truth !== undefined) return truth === (op === 'and') ? rest() : first;
  const spelt = sameSpelling(on, scope, op, first, right);
  if (spelt) return spelt;
  const joined = plainly(on, scope, [right], touches(first));
  if (joined) return opaque(op === 'and' ? 'it hangs on what is not known' : 'it has a default', at);
  return on.run.decide(first) === (op === 'and') ? rest() : first;
}

/** `headers.origin || headers.Origin` is the Origin, if there is any; the same for the method. */
function sameSpelling(on: Machine, scope: Scope, op: 'and' | 'or' | 'coalesce', first: Thing, right: Expression): Thing | undefined {
  if (op === 'and' || first.kind !== 'event' || (right.kind !== 'member' && right.kind !== 'binary')) return undefined;
  if (effectsOf([{ at: right.at, kind: 'evaluate', value: right }]).calls) return undefined;
  const second = evaluate(on, scope, right);
  if (second === first) return first;
  return first.path === 'headers' || first.path === 'multiValueHeaders' ? first : undefined;
}

/** Whether a thing hangs on the Origin or the method, so that the two ways must be told apart. */
function touches(thing: Thing): boolean {
  if (thing.kind === 'event') return thing.path === 'origin' || thing.path === 'method';
  if (thing.kind !== 'condition') return false;
  const { test } = thing;
  return test.kind === 'among' || ((test.kind === 'truthy' || test.kind === 'equal') && touches(test.of));
}

function conditional(on: Machine, scope: Scope, node: Form<'conditional'>): Thing {
  const test = evaluate(on, scope, node.test);
  const truth = on.run.facts.truth(on.run, test);
  if (truth === undefined && plainly(on, scope, [node.then, node.otherwise], touches(test))) {
    return opaque('it hangs on what is not known', node.at);
  }
  return evaluate(on, scope, on.run.decide(test) ? node.then : node.otherwise);
}

/** Whether it makes no odds which of these is taken, as far as anyone here looks: none does anything, and each is a plain value. */
function plainly(on: Machine, scope: Scope, nodes: readonly Expression[], matters: boolean): boolean {
  if (matters) return false;
  const size = on.run.turns.length;
  return nodes.every((node) => {
    const { calls, writes, mutates } = effectsOf([{ at: node.at, kind: 'evaluate', value: node }]);
    if (calls || writes.size > 0 || mutates.size > 0 || node.kind === 'function' || node.kind === 'object') return false;
    try {
      const { tries } = on.run;
      on.run.tries = 0;
      const value = evaluate(on, scope, node);
      on.run.tries = tries;
      if (on.run.turns.length > size) return false;
      return value.kind === 'scalar' ? !(value.value === undefined || value.value === null || value.value === false) : isPlain(value);
    } catch (error) {
      if (error instanceof Thrown) return false;
      throw error;
    }
  });
}

const isPlain = (value: Thing): boolean =>
  value.kind === 'opaque' || value.kind === 'text' || (value.kind === 'event' && !touches(value) && !value.path.startsWith('headers'));
