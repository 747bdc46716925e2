import { quoted } from '../../../source/problem.ts';
import type { SourceFile } from '../../../source/location.ts';
import type { Change } from './changes.ts';
import type { Export } from './declared.ts';
import { Evaluator, siteOf, type Imports, type Module } from './evaluate.ts';
import { Library } from './library.ts';
import type { LoadText } from './load.ts';
import { processOf } from './names.ts';
import { ShapeBuilder } from './shape.ts';
import { object, property, unknown, type ObjectVal, type Shape, type Site, type Val } from './value.ts';

const MAX_ROUNDS = 4;

/** The modules of one configuration, and what they know of each other. */
export class Modules implements Imports {
  readonly library: Library;
  private readonly evaluator = new Evaluator(this);
  private readonly namespaces = new Map<Module, Val>();
  private readonly exports = new Map<Module, Val>();
  /** Why `module.exports` is not what the top level says. */
  private readonly overridden = new Map<Module, string>();

  constructor(load: LoadText) {
    this.library = new Library(load, (module, changes) => {
      // What one change puts somewhere, another may change there.
      for (let round = 0, before = -1; round < MAX_ROUNDS && this.marks > before; round += 1) {
        before = this.marks;
        for (const change of changes) this.mark(change, module);
      }
    });
  }

  /** How many things are known to be changed. */
  get marks(): number {
    return this.evaluator.marks.count + this.overridden.size;
  }

  /** Everything is to be worked out again, with all of them in mind. */
  forget(): void {
    this.evaluator.forget();
    this.namespaces.clear();
    this.exports.clear();
  }

  /** What the linted file exports: by default, else as CommonJS does. */
  root(file: SourceFile): Val {
    const found = this.library.root(file);
    const site: Site = { file, start: 0, end: 0 };
    if (found.kind === 'none') return unknown(found.why, site);
    if (found.kind === 'data') return found.val;
    const { module } = found;
    const { named, assigned } = module.declared;
    if (named.has('default')) return this.exported(module, 'default', site) ?? unknown('it exports nothing', site);
    if (named.size > 0 && !assigned.base) return unknown('it has no default export', site);
    const whole = this.exportsOf(module);
    const isEmpty =
      whole.kind === 'object' && whole.changes.whole === undefined && whole.changes.keys.size === 0 && whole.shape().entries.size === 0;
    return isEmpty && !assigned.base ? unknown('it exports nothing', site) : defaultOf(whole, site);
  }

  imported(module: Module, specifier: string, name: string | undefined, site: Site): Val {
    if (/^(?:node:)?process$/.test(specifier))
      return name === undefined || name === 'default' ? processOf(site) : property(processOf(site), name, site);
    const found = this.library.find(module, specifier);
    switch (found.kind) {
      case 'none':
        return unknown(found.why, site);
      case 'data':
        return name === undefined || name === 'default' ? found.val : property(found.val, name, site);
      case 'code':
        if (name === undefined) return this.namespace(found.module, site);
        return this.exported(found.module, name, site) ?? unknown(`"${specifier}" exports no \`${name}\``, site);
    }
  }

  required(module: Module, specifier: string, site: Site): Val {
    if (/^(?:node:)?process$/.test(specifier)) return processOf(site);
    const found = this.library.find(module, specifier);
    if (found.kind === 'none') return unknown(found.why, site);
    return found.kind === 'data' ? found.val : this.namespace(found.module, site);
  }

  exportsOf(module: Module): Val {
    const done = this.exports.get(module);
    if (done) return done;
    const { base, keys } = module.declared.assigned;
    const why = this.overridden.get(module);
    const site = siteOf(base ?? { start: 0, end: 0 }, module);
    if (why !== undefined) return unknown(why, site);
    if (base && keys.size === 0) return this.evaluator.evaluate(base, module);
    const shape = (): Shape => {
      const builder = new ShapeBuilder(this.evaluator.mayCopy);
      if (base) builder.spread(this.evaluator.evaluate(base, module));
      for (const [name, { at, value }] of keys) builder.set(name, siteOf(at, module), () => this.evaluator.evaluate(value, module));
      return builder.done();
    };
    const val = object(site, shape, { changes: this.evaluator.marks.of(module.declared.assigned), parts: () => [] });
    this.exports.set(module, val);
    return val;
  }

  /** `export`ed under that name; undefined where nothing is. */
  private exported(module: Module, name: string, site: Site, seen = new Set<Module>()): Val | undefined {
    const own = module.declared.named.get(name);
    if (own) return this.evaluator.once(own, site, () => this.ofExport(own, module, site));
    if (isCommonJs(module))
      return name === 'default' ? defaultOf(this.exportsOf(module), site) : property(this.exportsOf(module), name, site);
    if (name === 'default' || seen.has(module)) return undefined;
    seen.add(module);
    let unread: Val | undefined;
    for (const specifier of module.declared.stars) {
      const found = this.library.find(module, specifier);
      if (found.kind === 'none') unread ??= unknown(found.why, site);
      const val = found.kind === 'code' ? this.exported(found.module, name, site, seen) : undefined;
      if (val) return val;
    }
    return unread;
  }

  private ofExport(one: Export, module: Module, site: Site): Val {
    switch (one.kind) {
      case 'local':
        return this.evaluator.exported(one.name, module, site);
      case 'value':
        return this.evaluator.evaluate(one.node, module);
      case 'from':
        return this.imported(module, one.specifier, one.name, site);
    }
  }

  /** What `import *` and `require` see. */
  private namespace(module: Module, site: Site): Val {
    if (isCommonJs(module)) return this.exportsOf(module);
    const done = this.namespaces.get(module);
    if (done) return done;
    const shape = (): Shape => {
      const builder = new ShapeBuilder(this.evaluator.mayCopy);
      for (const [name, key] of this.names(module, builder, new Set())) {
        builder.set(name, key, () => this.exported(module, name, key) ?? unknown('nothing exports it', key));
      }
      return builder.done();
    };
    const val = object(site, shape, { changes: this.evaluator.marks.of(module), parts: () => [] });
    this.namespaces.set(module, val);
    return val;
  }

  /** The names that a module exports, its own before those that it hands on. `builder` hears of what cannot be seen. */
  private names(module: Module, builder: ShapeBuilder, seen: Set<Module>): ReadonlyMap<string, Site> {
    if (seen.has(module)) return new Map();
    seen.add(module);
    const names = new Map([...module.declared.named].map(([name, { at }]) => [name, siteOf(at, module)]));
    for (const specifier of module.declared.stars) {
      const found = this.library.find(module, specifier);
      if (found.kind === 'none') builder.blur(found.why);
      if (found.kind !== 'code') continue;
      for (const [name, site] of this.names(found.module, builder, seen)) if (name !== 'default' && !names.has(name)) names.set(name, site);
    }
    return names;
  }

  /** Whether what is imported by that name may be a function that changes what it is given. */
  private changesGiven(name: string, module: Module): boolean {
    const binding = module.declared.bindings.get(name);
    const seen = new Set<Module>();
    const stack = binding && 'specifier' in binding ? [{ from: module, specifier: binding.specifier }] : [];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const found = this.library.find(next.from, next.specifier);
      if (found.kind !== 'code' || seen.has(found.module)) continue;
      if (found.module.changesGiven) return true;
      seen.add(found.module);
      const { named, stars } = found.module.declared;
      const handedOn = [...named.values()].flatMap((one) => (one.kind === 'from' ? [one.specifier] : []));
      for (const specifier of [...handedOn, ...stars]) stack.push({ from: found.module, specifier });
    }
    return false;
  }

  /** Notes on the thing itself that it is changed, by whatever name it is seen. */
  private mark({ target, part, by, added, through }: Change, module: Module): void {
    if (through !== undefined && !this.changesGiven(through, module)) return;
    const site = siteOf(by, module);
    const why = `it is changed by ${quoted(module.file.text.slice(site.start, site.end))}`;
    const ofModule = target.type === 'Identifier' && target.name === 'module' && !module.declared.bindings.has('module');
    if (ofModule && (typeof part === 'string' || part.key === 'exports')) this.overridden.set(module, why);
    const values = (): readonly Val[] =>
      added.map((node) => this.evaluator.evaluate(node.type === 'SpreadElement' ? node.argument : node, module));
    if (!ofModule) this.evaluator.marks.add(this.evaluator.target(target, module), { part, by, site, why, added: values });
  }
}

/** Without any `export` it is CommonJS, and with `module.exports = …` it is compiled to it. */
const isCommonJs = ({ declared: { named, stars, assigned } }: Module): boolean =>
  assigned.base !== undefined || assigned.keys.size > 0 || (named.size === 0 && stars.length === 0);

/** What compilers of modules make of `export default`. */
const defaultOf = (whole: Val, site: Site): Val =>
  whole.kind === 'object' && hasDefault(whole) ? property(whole, 'default', site) : whole;

const hasDefault = ({ shape, changes }: ObjectVal): boolean => changes.keys.has('default') || shape().entries.has('default');
