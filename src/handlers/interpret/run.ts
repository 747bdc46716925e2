import type { Location } from '../../source/location.ts';
import type { Value } from '../../value/value.ts';
import { Facts } from './facts.ts';
import { opaque, type Asked, type Condition, type Thing } from './things.ts';

/** Of one handler, over all ways through it. */
const MAX_STEPS = 400_000;
export const MAX_WAYS = 1500;
const MAX_CALLS = 40;

/** The work over all ways through one handler. */
export class Budget {
  steps = 0;

  get spent(): boolean {
    return this.steps > MAX_STEPS;
  }

  spend(): void {
    this.steps += 1;
    if (this.steps > MAX_STEPS) throw new Spent();
  }
}

/** Too much work: what is left of the handler is not read. */
export class Spent extends Error {}
/** This way through the code ends without an answer that is the code's own: an error that leaves it. */
export class Ended extends Error {}
/** The code has answered, in another way than by `return`. */
export class Answered extends Error {}
/** An error that the code may catch. */
export class Thrown extends Error {
  readonly thing: Thing;
  constructor(thing: Thing) {
    super('thrown');
    this.thing = thing;
  }
}

/** A turn that was taken where several were open. */
interface Turn {
  readonly of: number;
  readonly taken: number;
}

/** One way through the code, from its start to its end. */
export class Run {
  readonly budget: Budget;
  facts = new Facts();
  readonly turns: Turn[] = [];
  readonly env: (name: string) => Value<string | undefined>;
  /** What is empty counts as false. */
  readonly emptyIsFalse: boolean;
  /** Counts what was changed, so that a throw that tells nothing new need not be followed. */
  writes = 0;
  /** Calls of code that is not read, within the promise that is made now. */
  risks = 0;
  /** How many handlers of errors stand around. */
  tries = 0;
  depth = 0;
  readonly active: unknown[] = [];
  readonly #ahead: readonly number[];
  readonly #asked = new Map<string, Asked>();
  readonly #ids = new WeakMap<Thing, number>();
  #state = '';
  /** What was followed of the risks that are open in this state. */
  readonly #risked = new Set<string>();
  #count = 0;

  constructor(budget: Budget, ahead: readonly number[], env: (name: string) => Value<string | undefined>, emptyIsFalse: boolean) {
    this.budget = budget;
    this.#ahead = ahead;
    this.env = env;
    this.emptyIsFalse = emptyIsFalse;
  }

  /** Another request comes: nothing is known of it. */
  renew(): void {
    this.facts = new Facts();
    this.#asked.clear();
    this.#state = '';
    this.tries = 0;
  }

  /** Which of so many ways is taken here; all are, one after another. */
  fork(of: number): number {
    const taken = this.#ahead[this.turns.length] ?? 0;
    this.turns.push({ of, taken });
    return taken;
  }

  /** What is asked next: the turns to take, or undefined where every way was taken. */
  next(): readonly number[] | undefined {
    const turns = [...this.turns];
    for (let last = turns.pop(); last; last = turns.pop()) {
      if (last.taken + 1 < last.of) return [...turns.map(({ taken }) => taken), last.taken + 1];
    }
    return undefined;
  }

  enter<T>(code: unknown, work: () => T): T {
    if (this.depth >= MAX_CALLS) throw new Spent();
    this.depth += 1;
    this.active.push(code);
    try {
      return work();
    } finally {
      this.depth -= 1;
      this.active.pop();
    }
  }

  /** One thing for each piece of the event, so that what is found out of it is known wherever it is met. */
  piece(path: string, at: Location): Asked {
    const piece = this.#asked.get(path) ?? { kind: 'event', at, path };
    this.#asked.set(path, piece);
    return piece;
  }

  id(thing: Thing): string {
    if (thing.kind === 'scalar') return `${typeof thing.value}:${String(thing.value)}`;
    if (thing.kind === 'condition') return `${thing.negated ? '!' : ''}${this.testId(thing)}`;
    const id = this.#ids.get(thing) ?? (this.#count += 1);
    this.#ids.set(thing, id);
    return `#${id}`;
  }

  testId({ test }: Condition): string {
    return test.kind === 'unknown'
      ? test.key
      : test.kind === 'truthy'
        ? `?${this.id(test.of)}`
        : test.kind === 'equal'
          ? `${this.id(test.of)}=${typeof test.to}:${String(test.to)}`
          : `${this.id(test.of)} in ${test.list.map((one) => this.id(one)).join(',')}`;
  }

  /** Whether a thing counts as true; both are followed where that is open. */
  decide(thing: Thing): boolean {
    const known = this.facts.truth(this, thing);
    if (known !== undefined) return known;
    const yes = this.fork(2) === 0;
    this.facts.learn(this, thing, yes);
    return yes;
  }

  /**
   * Something that is not read may throw here, an error of one of these kinds where they are known. Followed where the code would
   * notice, and where it tells anything new.
   */
  risk(at: Location, raised?: readonly string[]): void {
    this.risks += 1;
    if (this.tries === 0) return;
    const state = `${this.tries}:${this.writes}:${this.facts.size}:${this.active.length}`;
    if (state !== this.#state) this.#risked.clear();
    this.#state = state;
    const kinds = raised?.join(' ') ?? '';
    if (this.#risked.has('') || this.#risked.has(kinds)) return;
    if (this.fork(2) === 1) throw new Thrown(opaque('it comes with an error', at, raised && { raised }));
    this.#risked.add(kinds);
  }

  wrote(): void {
    this.writes += 1;
  }
}
