import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { opaque, scalar, textOf, type Thing } from '../interpret/things.ts';
import { formatted } from './texts.ts';

export const number = (at: Location): Thing => opaque('it is a number', at, { pure: true });

/** A whole number: the text of any other is not that of JavaScript's. */
export const wholeOf = (of: Thing | undefined): number | undefined =>
  of?.kind === 'scalar' && typeof of.value === 'number' && Number.isSafeInteger(of.value) ? of.value : undefined;
export const whole = (value: number, at: Location): Thing => (Number.isSafeInteger(value) ? scalar(value, at) : number(at));

/** Arithmetic, and `'%s' % value`. */
export function calculate(_on: Machine, [sign, left, right]: readonly Thing[], at: Location): Thing {
  const op = sign && textOf(sign);
  const text = left && textOf(left);
  if (op === '%' && text !== undefined && right) return formatted(text, right, at) ?? opaque('it is formatted', at, { pure: true });
  const [a, b] = [left, right].map(wholeOf);
  if (a === undefined || b === undefined) return opaque('it is calculated', at, { pure: true });
  switch (op) {
    case '-':
      return whole(a - b, at);
    case '*':
      return whole(a * b, at);
    case '//':
      return b === 0 ? number(at) : scalar(Math.floor(a / b), at);
    case '**':
      return b < 0 ? number(at) : whole(a ** b, at);
    default:
      // A quotient's text is not that of JavaScript's.
      return number(at);
  }
}
