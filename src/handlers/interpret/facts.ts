import type { Run } from './run.ts';
import { isOfOrigin, type Asked, type Condition, type Dictionary, type List, type Primitive, type Test, type Thing } from './things.ts';

/** What one way through the code has found out of a piece of the request. */
export interface Found {
  /** It is one of these. */
  among: readonly Thing[] | undefined;
  /** It is none of these. */
  readonly not: Thing[];
  /** It is there, and not empty. */
  present: boolean | undefined;
  /** Something was asked of it that says little of who it is: of its letters, or of what was worked out from it. */
  asked: 'letters' | 'derived' | undefined;
}

/** What is found out on one way through the code: the answers to its own questions. */
export class Facts {
  readonly #answers = new Map<string, boolean>();
  readonly #equals = new Map<string, { is: Primitive } | { not: Set<Primitive> }>();
  readonly found: Record<'origin' | 'method', Found> = {
    origin: { among: undefined, not: [], present: undefined, asked: undefined },
    method: { among: undefined, not: [], present: undefined, asked: undefined },
  };

  size = 0;

  /** Whether a thing counts as true; undefined where that is open. */
  truth(run: Run, thing: Thing): boolean | undefined {
    switch (thing.kind) {
      case 'scalar':
        return Boolean(thing.value);
      case 'text':
        return thing.parts.some((part) => typeof part === 'string' && part !== '') ? true : this.#answers.get(run.id(thing));
      case 'condition': {
        const answer = this.#truthOf(run, thing);
        return answer === undefined ? undefined : answer !== thing.negated;
      }
      case 'held':
        return thing.value.kind === 'known' ? Boolean(thing.value.value) : this.#answers.get(`?${run.id(thing)}`);
      case 'event':
        if (thing.path === '') return true;
        return this.#truthOf(run, { kind: 'condition', at: thing.at, negated: false, test: { kind: 'truthy', of: thing } });
      case 'foreign':
      case 'opaque':
        if (thing.kind === 'opaque' && thing.solid) return true;
        return this.#truthOf(run, { kind: 'condition', at: thing.at, negated: false, test: { kind: 'truthy', of: thing } });
      case 'list':
      case 'object':
        if (!run.emptyIsFalse) return true;
        return this.#fullness(run, thing);
      default:
        return true;
    }
  }

  /** Whether there is anything in it. */
  #fullness(run: Run, thing: List | Dictionary): boolean | undefined {
    const size = thing.kind === 'list' ? thing.items.length : thing.entries.size;
    if (size > 0 || (thing.kind === 'object' && thing.class)) return true;
    return thing.open === undefined ? false : this.#answers.get(`?${run.id(thing)}`);
  }

  #truthOf(run: Run, condition: Condition): boolean | undefined {
    const { test } = condition;
    const answered = this.#answers.get(run.testId(condition));
    if (answered !== undefined) return answered;
    if (test.kind === 'truthy' && test.of.kind === 'event' && isFound(test.of)) {
      if (test.of.path === 'method') return true;
      return this.found.origin.among || this.found.origin.present ? true : this.found.origin.present;
    }
    if (test.kind === 'truthy') {
      const equal = this.#equals.get(run.id(test.of));
      return equal && 'is' in equal ? Boolean(equal.is) : undefined;
    }
    if (test.kind === 'equal') return this.#equality(run, test);
    return test.kind === 'among' ? this.#membership(test.of, test.list) : undefined;
  }

  #equality(run: Run, test: Extract<Test, { kind: 'equal' }>): boolean | undefined {
    const equal = this.#equals.get(run.id(test.of));
    if (equal) return 'is' in equal ? Object.is(equal.is, test.to) : equal.not.has(test.to) ? false : undefined;
    if ((test.to === null || test.to === undefined) && this.#answers.get(`?${run.id(test.of)}`)) return false;
    return undefined;
  }

  /** Of literals alone: what is one of [A] is none of [B], and one of [A, B]. */
  #membership(of: Asked, list: readonly Thing[]): boolean | undefined {
    if (!isFound(of)) return undefined;
    const found = this.found[of.path as 'origin' | 'method'];
    const texts = new Set(list.map(literalOf));
    if (texts.has(undefined)) return undefined;
    const among = found.among?.map(literalOf);
    if (among && !among.includes(undefined)) {
      if (among.every((one) => texts.has(one))) return true;
      if (!among.some((one) => texts.has(one))) return false;
    }
    const not = new Set(found.not.map(literalOf));
    return [...texts].every((one) => not.has(one)) ? false : undefined;
  }

  learn(run: Run, thing: Thing, yes: boolean): void {
    this.size += 1;
    const condition: Condition =
      thing.kind === 'condition' ? thing : { kind: 'condition', at: thing.at, negated: false, test: { kind: 'truthy', of: thing } };
    const answer = yes !== condition.negated;
    this.#answers.set(run.testId(condition), answer);
    if (thing.kind === 'text') this.#answers.set(run.id(thing), answer);
    const { test } = condition;
    const asked =
      test.kind === 'unknown' ? test.origin : test.kind !== 'among' && test.of.kind !== 'event' && isOfOrigin(test.of) && 'derived';
    if (asked && this.found.origin.asked !== 'derived') this.found.origin.asked = asked;
    if (test.kind === 'equal') this.#learnEqual(run, test, answer);
    else if (test.kind === 'among' && isFound(test.of)) this.#learnAmong(test, answer);
    else if (test.kind === 'truthy' && test.of.kind === 'event' && test.of.path === 'origin') this.found.origin.present = answer;
  }

  #learnEqual(run: Run, test: Extract<Test, { kind: 'equal' }>, answer: boolean): void {
    const id = run.id(test.of);
    const known = this.#equals.get(id);
    if (answer) this.#equals.set(id, { is: test.to });
    else if (known && 'not' in known) known.not.add(test.to);
    else this.#equals.set(id, { not: new Set([test.to]) });
  }

  #learnAmong({ of, list }: Extract<Test, { kind: 'among' }>, answer: boolean): void {
    const found = this.found[of.path as 'origin' | 'method'];
    if (!answer) {
      found.not.push(...list);
      return;
    }
    // What was one of a list, and is one of this list too, is told by the shorter one.
    if (!found.among || list.length < found.among.length) found.among = list;
  }
}

const isFound = (piece: Asked): boolean => piece.path === 'origin' || piece.path === 'method';
export const literalOf = (thing: Thing): Primitive => (thing.kind === 'scalar' ? thing.value : undefined);
