import type { Known, Question, Unknown, Value } from '../value/value.ts';
import { simplify, type Truth, type Verdict, type World } from '../value/verdict.ts';

/** Values and verdicts as they are in one world. */
export interface Reader {
  read<T>(value: Value<T>): Known<T> | Unknown<T>;
  holds(verdict: Verdict): Truth;
}

/** What comes of something in some of the worlds. */
export interface InWorld<T> {
  readonly when: World;
  readonly result: T;
}

/** So many worlds are walked one by one; what hangs on more is left open. */
const MOST = 64;

/** The question that a walk comes upon without an answer. It is thrown, so that what is being walked need not know of worlds. */
class Fork extends Error {
  readonly on: Question;

  constructor(on: Question) {
    super(`${on.name} is open`);
    this.on = on;
  }
}

/**
 * What `ask` answers in each world. It is asked anew for each: whenever it reads a value that hangs on an open question, it starts
 * over once for each answer, so it must be pure. Undefined past 64 worlds.
 */
export function inEachWorld<T>(ask: (reader: Reader) => T): readonly InWorld<T>[] | undefined {
  const open: World[] = [{}];
  const answers: InWorld<T>[] = [];
  for (let world = open.pop(); world; world = open.pop()) {
    if (answers.length + open.length >= MOST) return undefined;
    try {
      answers.push({ when: world, result: ask(readerIn(world)) });
    } catch (fork) {
      if (!(fork instanceof Fork)) throw fork;
      const { on } = fork;
      // The first label is asked first.
      for (const label of on.labels.toReversed()) open.push({ ...world, [on.key]: { on, labels: [label] } });
    }
  }
  return answers;
}

/** Worlds in which the same comes about, taken together: 'stage = dev or test' in place of two. */
export function together<T>(answers: readonly InWorld<T>[], keyOf: (result: T) => string): readonly InWorld<T>[] {
  const groups = new Map<string, InWorld<T>[]>();
  for (const answer of answers) {
    const key = keyOf(answer.result);
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return simplify(group.map(({ when }) => ({ when, truth: 'yes', because: [] }))).map(({ when }) => ({ when, result: first.result }));
  });
}

function readerIn(world: World): Reader {
  const answerOf = (on: Question): string => {
    const label = world[on.key]?.labels[0];
    if (label === undefined) throw new Fork(on);
    return label;
  };
  const read = <T>(value: Value<T>): Known<T> | Unknown<T> => {
    let at = value;
    while (at.kind === 'choice') {
      const branch = at.branches.get(answerOf(at.on));
      if (!branch) return { kind: 'unknown', why: `nothing is said for ${at.on.name}`, from: at.from };
      at = branch;
    }
    return at;
  };
  const isHere = (when: World): boolean => Object.values(when).every(({ on, labels }) => labels.includes(answerOf(on)));
  // The cases of a verdict are disjoint and cover all.
  return { read, holds: (verdict) => verdict.find(({ when }) => isHere(when))?.truth ?? 'maybe' };
}
