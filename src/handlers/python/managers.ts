import type { Location } from '../../source/location.ts';
import type { Block, FunctionExpression, Statement } from '../program.ts';
import { invoke } from '../interpret/calls.ts';
import type { Machine } from '../interpret/machine.ts';
import { question } from '../interpret/operators.ts';
import { list, native, opaque, scalar, type Native, type Thing } from '../interpret/things.ts';
import { boundTo } from './classes.ts';
import { classMember } from './lineage.ts';

/** What was made by generators that catch errors where they yield. */
const catching = new WeakSet<Thing>();
const suppressed = new WeakMap<Thing, Thing>();

/** `contextlib.suppress(…)`. */
export function suppress(kinds: readonly Thing[], at: Location): Native {
  const made = native('suppress', at, (_args, place) => opaque('it is no function', place));
  suppressed.set(made, list([...kinds], at));
  return made;
}

/** `@contextlib.contextmanager`. */
export function contextManager(on: Machine, of: Thing | undefined, at: Location): Thing {
  return native('manager', at, (args, place, _makes, named) => {
    const given = of ? invoke(on, of, args, place, undefined, false, named) : opaque('it is not read', place);
    const made = opaque(given.kind === 'opaque' ? given.why : 'it comes from a generator', place, { pure: true });
    if (of?.kind !== 'function' || catches(of.code)) catching.add(made);
    return made;
  });
}

const catches = ({ body }: FunctionExpression): boolean =>
  within(body, ({ kind, ...one }) => kind === 'try' && 'catches' in one && one.catches.length > 0);

/** Whether there is such a statement below these. */
function within(node: unknown, is: (statement: Statement) => boolean): boolean {
  if (Array.isArray(node)) return node.some((one) => within(one, is));
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && is(node as Statement)) return true;
  return Object.entries(node).some(([key, child]) => key !== 'at' && within(child, is));
}

function method(of: Thing | undefined, name: string): Thing | 'unknown' | undefined {
  if (of?.kind !== 'object' || !of.class) return undefined;
  const member = classMember(of.class, name);
  return member && member !== 'unknown' ? boundTo(member, of, of.class) : member;
}

/** What `with` binds. */
export function enter(on: Machine, of: Thing | undefined, at: Location): Thing {
  if (!of) return scalar(null, at);
  const own = method(of, '__enter__');
  if (own === 'unknown') return opaque('its class is not read', at);
  if (own) return invoke(on, own, [], at);
  if (of.kind !== 'native') on.run.risk(at);
  return of;
}

/** What happens when `with` is left. */
export function exit(on: Machine, of: Thing | undefined, at: Location): Thing {
  const own = method(of, '__exit__');
  if (!own || own === 'unknown') return scalar(null, at);
  const given = ['kind', 'value', 'traceback'].map((name) => opaque(`it is the ${name} of an error, if there was one`, at));
  return invoke(on, own, given, at);
}

/** The kinds of errors that `with` may keep to itself; false where it keeps none. What is not read is taken to keep none. */
export function swallows(on: Machine, of: Thing | undefined, at: Location): Thing {
  if (!of) return scalar(false, at);
  const kinds = suppressed.get(of);
  if (kinds) return kinds;
  if (catching.has(of)) return question(`swallows:${on.run.id(of)}`, at);
  const own = method(of, '__exit__');
  if (own === 'unknown' || (own?.kind === 'function' && answers(own.code.body))) return question(`swallows:${on.run.id(of)}`, at);
  return scalar(false, at);
}

/** Whether an `__exit__` may answer that the error is dealt with. */
const answers = (body: Block): boolean =>
  within(body, (one) => one.kind === 'return' && one.value !== undefined && !(one.value.kind === 'literal' && !one.value.value));
