import type { Location } from '../../source/location.ts';
import type { Argument, Expression, Operator, Target } from '../program.ts';

/* Expressions that lowering makes. */

export const literal = (at: Location, value: string | number | boolean | null): Expression => ({ at, kind: 'literal', value });
export const named = (at: Location, name: string): Expression => ({ at, kind: 'name', name });
export const opaque = (at: Location, why: string, parts: readonly Expression[] = []): Expression => ({ at, kind: 'opaque', why, parts });
export const binary = (at: Location, op: Operator, left: Expression, right: Expression): Expression => ({
  at,
  kind: 'binary',
  op,
  left,
  right,
});
export const plain = (value: Expression): Argument => ({ value, spreads: false });

export const call = (at: Location, callee: Expression, args: readonly Expression[]): Expression => ({
  at,
  kind: 'call',
  callee,
  args: args.map(plain),
  named: [],
  makes: false,
});

/** `of.name(…)`. */
export const method = (at: Location, of: Expression, name: string, args: readonly Expression[]): Expression =>
  call(at, { at, kind: 'member', of, name: literal(at, name), optional: false, attribute: true }, args);

/** What is put in a target, read again. */
export const nameTarget = (at: Location, name: string): Target => ({ at, kind: 'name', name });
