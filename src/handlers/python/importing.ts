import type { Location, SourceFile } from '../../source/location.ts';
import type { Statement } from '../program.ts';
import { callPure } from '../interpret/calls.ts';
import type { Machine, Module } from '../interpret/machine.ts';
import { exportOf, moduleOf, packageOf } from '../interpret/modules.ts';
import { within } from '../interpret/reachable.ts';
import type { Scope } from '../interpret/scope.ts';
import { native, opaque, type Thing } from '../interpret/things.ts';
import { attribute } from './attributes.ts';
import { standard } from './library.ts';
import { isLoaded, THIRD_PARTY } from './packages.ts';

type Import = Extract<Statement, { kind: 'import' | 'reexport' }>;

/** `import a.b`, `from .a import b`, `from a import *`. What Python has itself comes first: Lambda has loaded it by then. */
export function importing(on: Machine, scope: Scope, statement: Import): void {
  const { from, at } = statement;
  if (statement.kind === 'reexport') {
    const module = moduleFrom(on, from, scope.file);
    for (const name of module ? publicNames(module) : []) scope.declare(name, module?.scope?.get(name) ?? opaque('it is not found', at));
    return;
  }
  for (const { name, local } of statement.names) {
    scope.declare(local, name === '*' ? moduleThing(on, from, scope.file, at) : memberOf(on, from, name, scope.file, at));
  }
}

function moduleFrom(on: Machine, specifier: string, from: SourceFile): Module | undefined {
  const loaded = on.imports.resolve(specifier, from);
  return loaded && 'program' in loaded ? moduleOf(on, loaded.program) : undefined;
}

function publicNames({ scope }: Module): readonly string[] {
  const all = scope?.get('__all__');
  if (all?.kind === 'list' && all.open === undefined) {
    return all.items.flatMap((one) => (one.kind === 'scalar' && typeof one.value === 'string' ? [one.value] : []));
  }
  return scope?.names.filter((name) => !/^[_<]/.test(name)) ?? [];
}

/** A module, as a name for it stands for it. */
function moduleThing(on: Machine, specifier: string, from: SourceFile, at: Location): Thing {
  const loaded = isLoaded(specifier) ? undefined : on.imports.resolve(specifier, from);
  const own = loaded ? undefined : standard(on, specifier, at);
  if (own) return own;
  if (!loaded) return packageThing(on, specifier, from, at);
  if (!('program' in loaded)) return opaque(loaded.unread, loaded.at);
  const module = moduleOf(on, loaded.program);
  const get = (name: string): Thing =>
    exportOf(on, module, name, at) ?? submodule(on, specifier, name, from, at) ?? missing(specifier, name, at);
  const none = (_args: readonly Thing[], place: Location): Thing => opaque('it is no function', place);
  return native(specifier, at, none, { get, set: (name, thing) => module.scope?.declare(name, thing) });
}

const missing = (specifier: string, name: string, at: Location): Thing => opaque(`\`${specifier}\` has no \`${name}\``, at);

/** A file within a package. */
function submodule(on: Machine, specifier: string, name: string, from: SourceFile, at: Location): Thing | undefined {
  const dotted = within(specifier, name);
  return on.imports.resolve(dotted, from) ? moduleThing(on, dotted, from, at) : undefined;
}

/** `from specifier import name`: a name of the module, or a module within the package. */
function memberOf(on: Machine, specifier: string, name: string, from: SourceFile, at: Location): Thing {
  const loaded = isLoaded(specifier) ? undefined : on.imports.resolve(specifier, from);
  const own = loaded ? undefined : standard(on, specifier, at);
  if (own) return attribute(on, own, name, at);
  if (loaded && !('program' in loaded) && !specifier.endsWith('.'))
    return submodule(on, specifier, name, from, at) ?? opaque(loaded.unread, loaded.at);
  const module = loaded && 'program' in loaded ? moduleOf(on, loaded.program) : undefined;
  const there = (module && exportOf(on, module, name, at)) ?? submodule(on, specifier, name, from, at);
  if (there) return there;
  return module || specifier.startsWith('.')
    ? missing(specifier, name, at)
    : attribute(on, packageThing(on, specifier, from, at), name, at);
}

/** A package that others have written: it may not be there. */
function packageThing(on: Machine, specifier: string, from: SourceFile, at: Location): Thing {
  const [root = specifier, ...path] = specifier.split('.');
  on.run.risk(at, ['ModuleNotFoundError', 'ImportError']);
  if (on.imports.known(specifier, from)) return packageOf(on, specifier, from, at);
  if (THIRD_PARTY.has(root)) return path.reduce<Thing>((of, name) => attribute(on, of, name, at), helpful(on, root, at));
  return path.reduce<Thing>((of, name) => attribute(on, of, name, at), packageOf(on, root, from, at));
}

/** What makes clients and connections. */
const MAKERS = /^(?:client|resource|connect|[A-Z]\w*)$/;

/** A package that answers for no handler: what it makes is an object, and what it gives besides may be anything. */
function helpful(on: Machine, root: string, at: Location): Thing {
  const why = `the package \`${root}\` gives it`;
  const whole = opaque(why, at, { pure: true });
  const make = (name: string): Thing =>
    native(name, at, (args, place, _makes, named) => {
      const made = callPure(on, [...args, ...named.values()], place, why);
      return made.kind === 'opaque' ? { ...made, solid: true } : made;
    });
  const get = (name: string): Thing =>
    MAKERS.test(name) && !/(?:Error|Exception)$/.test(name) ? make(name) : attribute(on, whole, name, at);
  return native(root, at, (_args, place) => opaque('it is no function', place), { get });
}
