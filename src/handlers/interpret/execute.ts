import type { Location } from '../../source/location.ts';
import type { Block, Expression, Statement } from '../program.ts';
import { bind } from './assign.ts';
import { carried, disturb, effectsOf, isIdle, release } from './effects.ts';
import { equality, evaluate } from './evaluate.ts';
import type { Machine } from './machine.ts';
import { exporting, importing, reexporting } from './modules.ts';
import { Thrown } from './run.ts';
import { Scope } from './scope.ts';
import { opaque, partOf, scalar, type Thing } from './things.ts';

/** How a block was left, other than at its end. */
type End =
  | { readonly kind: 'return'; readonly value: Thing; readonly at: Location }
  | { readonly kind: 'jump'; readonly to: 'end' | 'next' };

/** As many turns are taken one after another; a loop of more is taken as one over what is not known. */
const MAX_TURNS = 64;

/** JavaScript's functions can be used above where they stand. */
export function hoist(scope: Scope, block: Block): void {
  for (const statement of block) {
    if (statement.kind !== 'assign' || !statement.declares || statement.to.kind !== 'name' || statement.value.kind !== 'function') continue;
    const { value } = statement;
    if (value.name === statement.to.name && value.at === statement.at) {
      scope.declare(statement.to.name, { kind: 'function', at: value.at, code: value, scope, self: undefined, own: new Map() });
    }
  }
}

export function execute(on: Machine, scope: Scope, block: Block): End | undefined {
  for (const statement of block) {
    on.run.budget.spend();
    const end = step(on, scope, statement);
    if (end) return end;
  }
  return undefined;
}

const nested = (on: Machine, scope: Scope): Scope => (on.language.blocks ? new Scope(scope.file, scope) : scope);

/** A block of its own names. */
function inner(on: Machine, scope: Scope, block: Block): End | undefined {
  const own = nested(on, scope);
  hoist(own, block);
  return execute(on, own, block);
}

function step(on: Machine, scope: Scope, statement: Statement): End | undefined {
  switch (statement.kind) {
    case 'assign':
      // A function that was hoisted is there already.
      if (statement.value.kind === 'function' && statement.value.at === statement.at && statement.declares) return undefined;
      bind(on, scope, statement.to, evaluate(on, scope, statement.value), statement.declares);
      return undefined;
    case 'evaluate':
      evaluate(on, scope, statement.value);
      return undefined;
    case 'return':
      return {
        kind: 'return',
        at: statement.at,
        value: statement.value ? evaluate(on, scope, statement.value) : scalar(on.language.own?.nothing, statement.at),
      };
    case 'throw':
      throw thrown(on, statement.value ? evaluate(on, scope, statement.value) : opaque('it is an error', statement.at), statement.at);
    case 'if':
      return branch(on, scope, statement);
    case 'loop':
      return loop(on, scope, statement);
    case 'try':
      return attempt(on, scope, statement);
    case 'switch':
      return choose(on, scope, statement);
    case 'jump':
      return { kind: 'jump', to: statement.to };
    case 'import':
      if (on.language.own) on.language.own.importing(on, scope, statement);
      else importing(on, scope, statement);
      return undefined;
    case 'export':
      exporting(on, scope, statement);
      return undefined;
    case 'reexport':
      if (on.language.own) on.language.own.importing(on, scope, statement);
      else reexporting(on, scope, statement);
      return undefined;
    case 'opaque':
      for (const name of statement.changes) scope.set(name, opaque(statement.why, statement.at));
      return undefined;
  }
}

const thrown = (on: Machine, thing: Thing, at: Location): Thrown => new Thrown(on.language.own?.raised(on, thing, at) ?? thing);

function branch(on: Machine, scope: Scope, { test, then, otherwise }: Extract<Statement, { kind: 'if' }>): End | undefined {
  const asked = evaluate(on, scope, test);
  if (on.run.facts.truth(on.run, asked) === undefined && isIdle(on, then) && isIdle(on, otherwise)) return undefined;
  return inner(on, scope, on.run.decide(asked) ? then : otherwise);
}

function loop(on: Machine, scope: Scope, { binds, over, body }: Extract<Statement, { kind: 'loop' }>): End | undefined {
  const given = over && evaluate(on, scope, over);
  const through = given && on.language.own ? on.language.own.iterate(on, given, given.at) : given;
  const items = through?.kind === 'list' && through.open === undefined ? [...through.items] : undefined;
  if (items && items.length <= MAX_TURNS) {
    for (const item of items) {
      const own = nested(on, scope);
      if (binds) bind(on, own, binds, item, true);
      const end = execute(on, own, body);
      if (end?.kind === 'return') return end;
      if (end?.to === 'end') return undefined;
    }
    return undefined;
  }
  if (isIdle(on, body)) return undefined;
  if (on.run.fork(2) === 0) return undefined;
  // The last of any number of turns: what the ones before it changed is not known.
  disturb(on, scope, carried(body));
  if (through) release(on, through);
  const own = nested(on, scope);
  const one = through?.kind === 'opaque' ? { ...partOf(through, binds?.at ?? through.at), why: 'it is one of many' } : undefined;
  if (binds) bind(on, own, binds, one ?? opaque('it is one of many', binds.at), true);
  const end = execute(on, own, body);
  return end?.kind === 'return' ? end : undefined;
}

function attempt(on: Machine, scope: Scope, statement: Extract<Statement, { kind: 'try' }>): End | undefined {
  let end: End | undefined;
  try {
    end = guarded(on, scope, statement);
  } catch (error) {
    if (!(error instanceof Thrown) || statement.finally.length === 0) throw error;
    const last = inner(on, scope, statement.finally);
    if (last) return last;
    throw error;
  }
  return inner(on, scope, statement.finally) ?? end;
}

function guarded(on: Machine, scope: Scope, statement: Extract<Statement, { kind: 'try' }>): End | undefined {
  const depth = on.run.tries;
  const catches = catching(on, scope, statement) ? statement.catches : [];
  // A `return` in `finally` takes the place of an error.
  if (catches.length > 0 || effectsOf(statement.finally).leaves) on.run.tries += 1;
  try {
    const end = inner(on, scope, statement.body);
    on.run.tries = depth;
    return end ?? inner(on, scope, statement.otherwise);
  } catch (error) {
    on.run.tries = depth;
    if (!(error instanceof Thrown)) throw error;
    for (const { binds, types, body } of catches) {
      if (types.length > 0 && !types.some((type) => takes(on, scope, error.thing, type))) continue;
      const own = nested(on, scope);
      if (binds) bind(on, own, binds, error.thing, true);
      return handling(own, error.thing, () => inner(on, own, body));
    }
    throw error;
  }
}

function catching(on: Machine, scope: Scope, { when }: Extract<Statement, { kind: 'try' }>): boolean {
  return !when || on.run.facts.truth(on.run, evaluate(on, scope, when)) !== false;
}

/** Whether a handler for a kind of errors takes this one; both are followed where that is open. */
function takes(on: Machine, scope: Scope, error: Thing, type: Expression): boolean {
  const { own } = on.language;
  return own ? own.catches(on, error, evaluate(on, scope, type)) : on.run.fork(2) === 0;
}

/** The error that Python's `raise` alone throws again. */
function handling<T>(scope: Scope, error: Thing, work: () => T): T {
  const before = scope.get('<caught>');
  scope.declare('<caught>', error);
  const end = work();
  if (before) scope.declare('<caught>', before);
  return end;
}

function choose(on: Machine, scope: Scope, { on: asked, cases, falls }: Extract<Statement, { kind: 'switch' }>): End | undefined {
  const value = evaluate(on, scope, asked);
  const own = nested(on, scope);
  let start = cases.findIndex(({ tests }) => tests?.some((test) => on.run.decide(equality(on, value, evaluate(on, own, test), test.at))));
  if (start === -1) start = cases.findIndex(({ tests }) => tests === undefined);
  if (start === -1) return undefined;
  for (const { body } of falls ? cases.slice(start) : cases.slice(start, start + 1)) {
    const end = execute(on, own, body);
    if (end?.kind === 'jump' && end.to === 'end' && falls) return undefined;
    if (end) return end;
  }
  return undefined;
}
