import type { Block, Expression, FunctionExpression, Statement, Target } from '../program.ts';
import type { Machine } from './machine.ts';
import type { Scope } from './scope.ts';
import { opaque, type Thing } from './things.ts';

/** What a stretch of code may do to what is outside of it. */
interface Effects {
  /** Names that it changes. */
  readonly writes: ReadonlySet<string>;
  /** Names that it declares itself: in Python they stay after a block. */
  readonly leaks: ReadonlySet<string>;
  /** Names of what it changes parts of, or calls methods of. */
  readonly mutates: ReadonlySet<string>;
  /** Names that it calls, or hands on. */
  readonly uses: ReadonlySet<string>;
  /** Names that stand among the arguments of its calls. */
  readonly passes: ReadonlySet<string>;
  /** It changes parts of what it is given. */
  readonly mutatesGiven: boolean;
  /** It may leave the code around it: by `return`, `throw`, `break`. */
  readonly leaves: boolean;
  /** It calls anything but what writes logs. */
  readonly calls: boolean;
}

const cache = new WeakMap<object, Effects>();

/** What these statements, or this function, may do. */
export function effectsOf(code: Block | FunctionExpression): Effects {
  const made = cache.get(code) ?? collect(code);
  cache.set(code, made);
  return made;
}

class Collector {
  readonly writes = new Set<string>();
  readonly mutates = new Set<string>();
  readonly uses = new Set<string>();
  readonly passes = new Set<string>();
  readonly declared = new Set<string>();
  readonly leaks = new Set<string>();
  readonly given = new Set<string>();
  leaves = false;
  calls = false;

  target(to: Target, declares: boolean, nested: boolean): void {
    if (to.kind === 'name') (declares ? this.declared : this.writes).add(to.name);
    if (to.kind === 'name' && declares && !nested) this.leaks.add(to.name);
    if (to.kind === 'member') this.mutates.add(baseOf(to.of));
    if (to.kind === 'fields')
      for (const field of [...to.fields.map((one) => one.to), to.rest]) if (field) this.target(field, declares, nested);
    if (to.kind === 'items') for (const item of [...to.items, to.rest]) if (item) this.target(item, declares, nested);
  }

  call(node: Extract<Expression, { kind: 'call' }>): void {
    if (node.callee.kind === 'member') {
      if (isLog(node.callee)) return;
      this.mutates.add(baseOf(node.callee.of));
    }
    const bases = [...node.args, ...node.named].map(({ value }) => baseOf(value));
    // `delete a.b`, `del a[b]`, `a += b` change their first.
    if (node.callee.kind === 'name' && /^<(?:delete|extend)>$/.test(node.callee.name)) this.mutates.add(bases[0] ?? '');
    for (const base of bases) this.passes.add(base);
    this.calls = true;
  }

  see(node: Statement | Expression, nested: boolean): void {
    switch (node.kind) {
      case 'assign':
        this.target(node.to, 'declares' in node && node.declares, nested);
        break;
      case 'loop':
        if (node.binds) this.target(node.binds, true, nested);
        break;
      case 'try':
        for (const { binds } of node.catches) if (binds) this.target(binds, true, nested);
        break;
      case 'import':
        for (const { local } of node.names) this.target({ at: node.at, kind: 'name', name: local }, true, nested);
        break;
      case 'function':
        for (const param of node.params) {
          this.target(param.to, true, true);
          if (param.to.kind === 'name') this.given.add(param.to.name);
        }
        break;
      case 'return':
      case 'throw':
      case 'jump':
        if (!nested) this.leaves = true;
        break;
      case 'opaque':
        if ('changes' in node) for (const name of node.changes) this.writes.add(name);
        break;
      case 'name':
        this.uses.add(node.name);
        break;
      case 'call':
        this.call(node);
        break;
      default:
    }
  }
}

function collect(code: Block | FunctionExpression): Effects {
  const into = new Collector();
  visit(code, into, false);
  const free = (names: ReadonlySet<string>): ReadonlySet<string> => new Set([...names].filter((name) => !into.declared.has(name)));
  return {
    writes: free(into.writes),
    leaks: into.leaks,
    mutates: free(into.mutates),
    uses: free(into.uses),
    passes: free(into.passes),
    mutatesGiven: [...into.given].some((name) => into.mutates.has(name) || into.passes.has(name)),
    leaves: into.leaves,
    calls: into.calls,
  };
}

function visit(node: unknown, into: Collector, nested: boolean): void {
  if (Array.isArray(node)) {
    for (const one of node) visit(one, into, nested);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const kind = 'kind' in node ? node.kind : undefined;
  if (typeof kind === 'string') into.see(node as Statement | Expression, nested);
  for (const [key, child] of Object.entries(node)) if (key !== 'at') visit(child, into, nested || kind === 'function');
}

const LOGS = /^(?:log|info|debug|warn|error|trace|fatal|notice|assert|dir|table|time|timeEnd|critical|exception|warning)$/;

/** `console.log`, `logger.info`: nothing is changed by it. */
export const isLog = (callee: Extract<Expression, { kind: 'member' }>): boolean =>
  callee.name.kind === 'literal' &&
  LOGS.test(String(callee.name.value)) &&
  /^(?:console|log|logger|logging|winston|_?log.*)$/i.test(baseOf(callee.of));

/** The name that `a.b[c]` begins with; '' where it begins with none. */
function baseOf(expression: Expression): string {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind === 'member') return baseOf(expression.of);
  return expression.kind === 'call' ? baseOf(expression.callee) : '';
}

const stripped = new WeakMap<Block, Block>();

/** What a turn of a loop leaves to the next one: without the branches that leave the loop. */
export function carried(body: Block): Block {
  const there = stripped.get(body);
  if (there) return there;
  const made = body.map((statement): Statement => {
    if (statement.kind !== 'if') return statement;
    return {
      ...statement,
      then: isLeft(statement.then) ? [] : carried(statement.then),
      otherwise: isLeft(statement.otherwise) ? [] : carried(statement.otherwise),
    };
  });
  stripped.set(body, made);
  return made;
}

const isLeft = (block: Block): boolean => {
  const last = block.at(-1);
  return last?.kind === 'return' || (last?.kind === 'jump' && last.to === 'end');
};

/** Whether a block can be left out where nobody knows whether it runs: it changes nothing and answers nothing. */
export function isIdle(on: Machine, block: Block): boolean {
  const { writes, leaks, mutates, leaves, calls } = effectsOf(block);
  return writes.size === 0 && mutates.size === 0 && !leaves && !calls && (on.language.blocks || leaks.size === 0);
}

/** Everything that the code may change, any number of times and in any order, is not known afterwards. */
export function disturb(on: Machine, scope: Scope, code: Block | FunctionExpression, seen = new Set<unknown>()): void {
  if (seen.has(code)) return;
  seen.add(code);
  const { writes, leaks, mutates, uses, passes } = effectsOf(code);
  for (const name of on.language.blocks || 'kind' in code ? writes : [...writes, ...leaks]) {
    const held = scope.get(name);
    if (held) scope.set(name, opaque('it is changed again and again', held.at));
  }
  for (const name of mutates) {
    const held = scope.get(name);
    if (held && held.kind !== 'function' && held.kind !== 'class' && held.kind !== 'native') release(on, held);
  }
  let mutating = false;
  for (const name of uses) {
    const held = scope.get(name);
    if (held?.kind === 'function') disturb(on, held.scope, held.code, seen);
    mutating ||= held?.kind === 'foreign' || (held?.kind === 'function' && effectsOf(held.code).mutatesGiven);
  }
  // What is handed to a function that changes what it is given.
  for (const name of mutating ? passes : []) {
    const held = scope.get(name);
    if (held?.kind === 'object' || held?.kind === 'list') release(on, held);
  }
  on.run.wrote();
}

/** Whether code that is not read, given this function, could change or answer anything by calling it. */
export function isActive(scope: Scope, code: FunctionExpression, seen = new Set<unknown>()): boolean {
  if (seen.has(code)) return false;
  seen.add(code);
  const { writes, mutates, uses } = effectsOf(code);
  if ([...writes].some((name) => scope.get(name) !== undefined)) return true;
  for (const name of [...mutates, ...uses]) {
    const held = scope.get(name);
    if (held?.kind === 'native' && held.effect) return true;
    if (mutates.has(name) && (held?.kind === 'object' || held?.kind === 'list')) return true;
    if (held?.kind === 'function' && isActive(held.scope, held.code, seen)) return true;
  }
  return false;
}

/** Code that is not read has it from now on, and may change it at any time. */
export function release(on: Machine, thing: Thing, seen = new Set<Thing>()): void {
  if (seen.has(thing)) return;
  seen.add(thing);
  const why = 'other code may have changed it';
  if (thing.kind === 'object') {
    for (const { value } of thing.entries.values()) release(on, value, seen);
    thing.entries.clear();
    thing.open = why;
    on.run.wrote();
  } else if (thing.kind === 'list') {
    for (const item of thing.items) release(on, item, seen);
    thing.items = [];
    thing.open = why;
    on.run.wrote();
  } else if (thing.kind === 'promise') release(on, thing.value, seen);
  else if (thing.kind === 'native') thing.released?.(why);
}
