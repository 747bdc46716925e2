import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { question } from '../interpret/operators.ts';
import { textOf, type Thing } from '../interpret/things.ts';
import { asksBy } from './kit.ts';

/** Paths that match every request. */
const ALL = /^(?:\/?\(?\.?\*\)?|\/?\{\/?\*\w+\}|\/?\*\w*|\/\{\w+\+\}|\/:\w+\*)$/;
const PLAIN = /^[\w.~-]+$/;
/** A segment that is one of any name: `:id`, `{id}`, `<id>`. */
const ONE = /^(?::\w+|\{\w+\}|<(?:\w+:)?\w+>)$/;

/** A route, as far as it says for which requests it is. */
export interface Routed {
  /** Undefined where it takes any, or it is not known which. */
  readonly methods: readonly string[] | undefined;
  readonly path: Thing | undefined;
  /** What it is mounted below. */
  readonly prefix: string;
  readonly at: Location;
}

/** A path as a route has it: the segments that it begins with as they stand, and how many there are, where that is fixed. */
interface Shape {
  readonly whole: string;
  readonly head: readonly string[];
  readonly length: number | undefined;
  readonly plain: boolean;
}

function shapeOf(whole: string, within: boolean): Shape {
  const segments = whole.split('/').filter((one) => one !== '');
  const first = segments.findIndex((one) => !PLAIN.test(one));
  const fixed = !within && segments.every((one) => PLAIN.test(one) || ONE.test(one));
  return {
    whole,
    head: first === -1 ? segments : segments.slice(0, first),
    length: fixed ? segments.length : undefined,
    plain: first === -1,
  };
}

/** What one way through the code has found out of the request's path. */
export class Paths {
  readonly #on: Machine;
  readonly #yes: Shape[] = [];
  /** It is not below these. */
  readonly #outside: Shape[] = [];

  constructor(on: Machine) {
    this.#on = on;
  }

  /** The first of the routes that takes the request; `all`: one without a path takes it whatever its path. */
  first<R extends Routed>(routes: readonly R[], all: boolean): R | undefined {
    return routes.find(
      ({ methods, path, prefix, at }) => (!methods || asksBy(this.#on, methods, at)) && this.matches(path, prefix, all && !path, at),
    );
  }

  /** Whether the request's path is this one, or `within`: below it. Both are followed where that is open. */
  matches(path: Thing | undefined, prefix: string, within: boolean, at: Location): boolean {
    if (path?.kind === 'pattern' && /^\^?(?:\\\/)?\(?\.\*\)?\$?$/.test(path.source)) return true;
    if (path?.kind === 'list') return path.items.some((one) => this.matches(one, prefix, within, at));
    const text = path ? textOf(path) : '';
    if (text === undefined) return this.#on.run.decide(question(`path:${path ? this.#on.run.id(path) : ''}`, at));
    const every = ALL.test(text);
    const whole = `${prefix}/${every ? '' : text}`.replaceAll(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
    const below = within || every;
    if (below && whole === '/') return true;
    const shape = shapeOf(whole, below);
    const known = this.#known(shape, below);
    if (known !== undefined) return known;
    const yes = this.#on.run.decide(question(`path:${below ? 'in' : 'is'}:${whole}`, at));
    if (yes) this.#yes.push(shape);
    else if (below && shape.plain) this.#outside.push(shape);
    return yes;
  }

  /** What follows from what was found out before. */
  #known(shape: Shape, below: boolean): boolean | undefined {
    if (this.#outside.some(({ head }) => begins(shape.head, head))) return false;
    for (const one of this.#yes) {
      if (one.head.some((segment, place) => shape.head[place] !== undefined && shape.head[place] !== segment)) return false;
      if (one.length !== undefined && (shape.length === undefined ? shape.head.length > one.length : shape.length !== one.length))
        return false;
      if (shape.length !== undefined && one.head.length > shape.length) return false;
      if (below && shape.plain && begins(one.head, shape.head)) return true;
      if (!below && one.whole === shape.whole && one.length === shape.length) return true;
    }
    return undefined;
  }
}

const begins = (long: readonly string[], short: readonly string[]): boolean => short.every((segment, place) => long[place] === segment);
