import type { Location, SourceFile } from '../../source/location.ts';
import type { Program, Statement } from '../program.ts';
import { evaluate } from './evaluate.ts';
import { execute, hoist } from './execute.ts';
import type { Machine, Module } from './machine.ts';
import { namedMember } from './members.ts';
import { Scope } from './scope.ts';
import { dictionary, foreign, opaque, type Thing } from './things.ts';

/** Walks a file, once. Of files that import each other, one gets what there is of the other by then. */
export function moduleOf(on: Machine, program: Program): Module {
  const { file } = program;
  const there = on.modules.get(file);
  if (there) return there;
  const start: Location = { file, path: [], start: 0, end: 0 };
  const scope = new Scope(file);
  if (program.language === 'python')
    return walked(on, program, scope, { file, exports: new Map(), common: () => opaque('', start), names: scope, scope });
  const exports = new Map<string, () => Thing>();
  const holder = dictionary([['exports', dictionary([], start)]], start);
  scope.declare('module', holder);
  scope.declare('exports', holder.entries.get('exports')?.value ?? holder);
  scope.declare('this', opaque('it is the module', start));
  scope.declare('<exports>', opaque('', start));
  const module: Module = {
    file,
    exports,
    names: scope,
    common: () => holder.entries.get('exports')?.value ?? opaque('it is exported in a way that is not followed', start),
  };
  return walked(on, program, scope, module);
}

function walked(on: Machine, { file, body }: Program, scope: Scope, module: Module): Module {
  on.modules.set(file, module);
  hoist(scope, body);
  const { tries } = on.run;
  // What goes wrong while a file is loaded is noticed by no handler of errors.
  on.run.tries = 0;
  try {
    execute(on, scope, body);
  } finally {
    on.run.tries = tries;
  }
  return module;
}

/** What a module exports by a name. */
export function exportOf(on: Machine, module: Module, name: string, at: Location): Thing | undefined {
  if (module.scope) return module.scope.get(name);
  const exported = module.exports.get(name);
  if (exported) return exported();
  const common = module.common();
  const marked = common.kind === 'object' && common.entries.has('default') && common.entries.has('__esModule');
  if (name === 'default' && module.exports.size === 0 && !marked) return common;
  const member = common.kind === 'scalar' ? undefined : namedMember(on, common, name, at);
  return member?.kind === 'scalar' && member.value === undefined ? undefined : member;
}

/** What `require`, or `import * as`, gives. */
export function namespace(on: Machine, specifier: string, from: SourceFile, at: Location): Thing {
  const module = moduleFrom(on, specifier, from, at);
  if (!('exports' in module)) return module;
  if (module.exports.size === 0) return module.common();
  const names = dictionary([], at);
  for (const [name, value] of module.exports) names.entries.set(name, { at, value: value() });
  return names;
}

function moduleFrom(on: Machine, specifier: string, from: SourceFile, at: Location): Module | Thing {
  const loaded = on.imports.resolve(specifier, from);
  if (!loaded) return packageOf(on, specifier, from, at);
  return 'program' in loaded ? moduleOf(on, loaded.program) : opaque(loaded.unread, loaded.at);
}

export function packageOf(on: Machine, specifier: string, from: SourceFile, at: Location): Thing {
  const there = on.packages.get(specifier) ?? on.imports.known(specifier, from)?.(on, at) ?? foreign(specifier, at);
  on.packages.set(specifier, there);
  return there;
}

export function importing(on: Machine, scope: Scope, { from, names, at }: Extract<Statement, { kind: 'import' }>): void {
  const module = moduleFrom(on, from, scope.file, at);
  for (const { name, local } of names) {
    if ('exports' in module) {
      if (name === '*') scope.declare(local, () => namespace(on, from, scope.file, at));
      else scope.declare(local, () => exportOf(on, module, name, at) ?? opaque(`\`${from}\` exports no \`${name}\``, at));
    } else if (name === '*' || (name === 'default' && module.kind === 'foreign')) scope.declare(local, module);
    else scope.declare(local, namedMember(on, module, name, at));
  }
}

export function exporting(on: Machine, scope: Scope, { names }: Extract<Statement, { kind: 'export' }>): void {
  const exports = on.modules.get(scope.file)?.exports;
  for (const { local, exported } of names) {
    if (local.kind === 'name') exports?.set(exported, () => evaluate(on, scope, local));
    else {
      const value = evaluate(on, scope, local);
      exports?.set(exported, () => value);
    }
  }
}

/** `export * from`. */
export function reexporting(on: Machine, scope: Scope, { from, at }: Extract<Statement, { kind: 'reexport' }>): void {
  const exports = on.modules.get(scope.file)?.exports;
  const module = moduleFrom(on, from, scope.file, at);
  if (!('exports' in module)) return;
  for (const [name, value] of module.exports) if (name !== 'default') exports?.set(name, value);
  const common = module.common();
  if (module.exports.size === 0 && common.kind === 'object') {
    for (const [name, { value }] of common.entries) exports?.set(name, () => value);
  }
}
