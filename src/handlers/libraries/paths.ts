import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { question } from '../interpret/operators.ts';
import { textOf, type Thing } from '../interpret/things.ts';

/** Paths that match every request. */
const ALL = /^(?:\/?\(?\.?\*\)?|\/?\{\/?\*\w+\}|\/?\*\w*|\/\{\w+\+\}|\/:\w+\*)$/;
const PLAIN = /^[\w/.~-]*$/;

/** What one way through the code has found out of the request's path. */
export class Paths {
  readonly #on: Machine;
  #is: string | undefined;

  constructor(on: Machine) {
    this.#on = on;
  }

  /** Whether the request's path is this one, or `within`: below it. Both are followed where that is open. */
  matches(path: Thing | undefined, prefix: string, within: boolean, at: Location): boolean {
    if (!path) return true;
    const text = textOf(path);
    if (path.kind === 'pattern' && /^\^?(?:\\\/)?\(?\.\*\)?\$?$/.test(path.source)) return true;
    if (path.kind === 'list') return path.items.some((one) => this.matches(one, prefix, within, at));
    if (text === undefined) return this.#on.run.decide(question(`path:${this.#on.run.id(path)}`, at));
    if (ALL.test(text) && (prefix === '' || prefix === '/')) return true;
    const whole = `${prefix}/${text}`.replaceAll(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
    if (within && (whole === '/' || whole === '')) return true;
    const plain = PLAIN.test(whole);
    if (plain && this.#is !== undefined) return within ? `${this.#is}/`.startsWith(`${whole}/`) : this.#is === whole;
    const yes = this.#on.run.decide(question(`path:${within ? 'in' : 'is'}:${whole}`, at));
    if (yes && plain && !within) this.#is = whole;
    return yes;
  }
}
