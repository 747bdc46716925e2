import type { Location } from '../../source/location.ts';
import type { Block, Target } from '../program.ts';
import { bind } from '../interpret/assign.ts';
import type { Machine } from '../interpret/machine.ts';
import type { Scope } from '../interpret/scope.ts';
import { dictionary, list, native, opaque, type Closure, type Named, type Thing } from '../interpret/things.ts';
import { superOf } from './classes.ts';
import { fault } from './errors.ts';

/** The names of a function as a call begins: those it sets have no value yet, its parameters have theirs. */
export function begin(on: Machine, callee: Closure, scope: Scope, given: readonly Thing[], named: Named, at: Location): void {
  for (const name of localsOf(callee.code.body)) {
    scope.declare(name, opaque(`\`${name}\` has no value yet`, at, { unbound: true }));
  }
  const args = callee.self ? [callee.self, ...given] : given;
  parameters(on, callee, scope, args, named, at);
  const home = scope.get('<home>');
  if (!home || args.length === 0) return;
  scope.declare(
    'super',
    native('super', at, ([of, self], place) => superOf(on, of ?? home, self ?? args[0], place)),
  );
}

function parameters(on: Machine, callee: Closure, scope: Scope, args: readonly Thing[], named: Named, at: Location): void {
  const left = new Map(named);
  let place = 0;
  for (const [index, { to, rest }] of callee.code.params.entries()) {
    const name = to.kind === 'name' ? to.name : '';
    let value: Thing | undefined;
    if (rest === 'items') {
      value = list(args.slice(place), at);
      place = args.length;
    } else if (rest === 'named') {
      value = dictionary(left, at);
      left.clear();
    } else if (place < args.length) {
      value = args[place];
      place += 1;
      if (left.has(name)) throw fault(on, 'TypeError', at);
    } else {
      value = left.get(name) ?? callee.defaults?.[index];
      left.delete(name);
    }
    if (!value) throw fault(on, 'TypeError', at);
    bind(on, scope, to, value, true);
  }
  if (place < args.length || left.size > 0) throw fault(on, 'TypeError', at);
}

const cache = new WeakMap<Block, ReadonlySet<string>>();

/** The names that a function sets anywhere in it: they are its own throughout. */
function localsOf(body: Block): ReadonlySet<string> {
  const made = cache.get(body) ?? new Set<string>();
  if (!cache.has(body)) collect(body, made as Set<string>);
  cache.set(body, made);
  return made;
}

interface Part {
  readonly kind?: unknown;
  readonly to?: Target;
  readonly binds?: Target;
  readonly declares?: boolean;
  readonly value?: unknown;
  readonly names?: readonly { readonly local: unknown }[];
}

function collect(node: unknown, into: Set<string>): void {
  if (Array.isArray(node)) {
    for (const one of node) collect(one, into);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const part = node as Part;
  // Those of functions and classes within it are theirs.
  if (part.kind === 'function' || part.kind === 'class') return;
  // `(name := value)` says nothing of declaring.
  if (part.kind === 'assign' && part.to && part.declares !== false) add(part.to, into);
  if (part.binds) add(part.binds, into);
  if (part.kind === 'import') for (const { local } of part.names ?? []) if (typeof local === 'string') into.add(local);
  for (const [key, child] of Object.entries(node)) if (key !== 'at') collect(child, into);
}

function add(to: Target, into: Set<string>): void {
  if (to.kind === 'name') into.add(to.name);
  if (to.kind === 'items') for (const one of [...to.items, to.rest]) if (one) add(one, into);
}
