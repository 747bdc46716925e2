import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { Scope } from '../interpret/scope.ts';
import type { Class, Thing } from '../interpret/things.ts';

const made = new WeakMap<Machine, Map<string, Class>>();
const builtins = new WeakSet<Class>();

/** A class of the language or its library, one and the same on each walk. */
export function builtin(on: Machine, name: string, bases: readonly Thing[]): Class {
  const all = made.get(on) ?? new Map<string, Class>();
  made.set(on, all);
  const there = all.get(name);
  if (there) return there;
  const file = { path: '', text: '' };
  const at: Location = { file, path: [], start: 0, end: 0 };
  const one: Class = {
    kind: 'class',
    at,
    code: { kind: 'class', at, name, extends: undefined, members: [], decorators: [] },
    scope: new Scope(file),
    parent: undefined,
    own: new Map(),
    bases,
  };
  all.set(name, one);
  builtins.add(one);
  return one;
}

export const isBuiltin = (one: Class): boolean => builtins.has(one);

/** The class and all above it, in the order in which members are looked for: what is met again further up counts there. */
export function lineage(one: Thing): readonly Thing[] {
  const there = lineages.get(one);
  if (there) return there;
  const all = one.kind === 'class' ? [one, ...(one.bases ?? []).flatMap((base) => lineage(base))] : [one];
  const order = [...new Set(all.toReversed())].toReversed();
  lineages.set(one, order);
  return order;
}
const lineages = new WeakMap<Thing, readonly Thing[]>();

/** Whether it is, or extends, a class of the language by this name. */
export const extendsBuiltin = (one: Class, names: RegExp): boolean =>
  lineage(one).some((above) => above.kind === 'class' && builtins.has(above) && names.test(above.code.name ?? ''));

/** A member of a class: the thing itself, `unknown` where a class above is not read, or undefined. */
export function classMember(one: Class, name: string): Thing | 'unknown' | undefined {
  for (const above of lineage(one)) {
    if (above.kind !== 'class') return 'unknown';
    const own = above.own.get(name);
    if (own) return own;
  }
  return undefined;
}

/** The member that comes after a class, among those above an instance's: what `super()` finds. */
export function memberAfter(of: Class, home: Class, name: string): Thing | 'unknown' | undefined {
  const all = lineage(of);
  for (const above of all.slice(all.indexOf(home) + 1)) {
    if (above.kind !== 'class') return 'unknown';
    const own = above.own.get(name);
    if (own) return own;
  }
  return undefined;
}
