import type { Choice, List, Question, Value } from './value.ts';

export type Truth = 'yes' | 'no' | 'maybe';

/** What is assumed: for each question, which of its answers are still open. {} assumes nothing. */
export type World = Readonly<Record<string, Open>>;

export interface Open {
  readonly on: Question;
  /** In the question's order; never all of them, never none. */
  readonly labels: readonly string[];
}

/** A three-valued answer, world by world. The worlds are disjoint and cover all cases. */
export type Verdict = readonly Case[];

export interface Case {
  readonly when: World;
  readonly truth: Truth;
  /** The values that settled it, or that left it open. */
  readonly because: readonly Value<unknown>[];
}

/** Past this many worlds the cases of a verdict are taken together. */
const MAX_WORLDS = 64;

const NOTHING: World = {};

/** A verdict that hangs on nothing. */
export const always = (truth: Truth, ...because: readonly Value<unknown>[]): Verdict => [{ when: NOTHING, truth, because }];
export const YES: Verdict = always('yes');
export const NO: Verdict = always('no');

/** `holds` of a known value; an unknown value may hold. */
export function test<T>(value: Value<T>, holds: (value: T) => boolean): Verdict {
  return judge(value, (arm) => (arm.kind === 'unknown' ? 'maybe' : holds(arm.value) ? 'yes' : 'no'));
}

/** As `test`, but 'https://${stage}.example.com' is surely not '*'. */
export function is<T>(value: Value<T>, wanted: T & string): Verdict {
  return judge(value, (arm) =>
    arm.kind === 'known' ? (arm.value === wanted ? 'yes' : 'no') : couldBe(arm.pieces, wanted) ? 'maybe' : 'no',
  );
}

/** The most general question to a value: each known or unknown arm is judged by itself. */
export function judge<T>(value: Value<T>, truthOf: (arm: Exclude<Value<T>, { kind: 'choice' }>) => Truth): Verdict {
  return value.kind === 'choice' ? judgeEach(value, truthOf) : [{ when: NOTHING, truth: truthOf(value), because: [value] }];
}

// What is rare stands in functions of its own: for the closures in it, V8 would put something aside at every call.

const judgeEach = <T>({ on, branches }: Choice<T>, truthOf: Parameters<typeof judge<T>>[1]): Verdict =>
  [...branches].flatMap(([label, branch]) => assume({ [on.key]: { on, labels: [label] } }, judge(branch, truthOf)));

/** Some item of the list holds. An unknown list may hold anything. */
export function some<T>(list: List<T>, holds: (item: Value<T | undefined>) => Verdict): Verdict {
  if (list.kind === 'unknown') return always('maybe', list);
  if (list.kind === 'known') return any(...list.value.map(holds), always('no', list));
  return [...list.branches].flatMap(([label, branch]) => assume({ [list.on.key]: { on: list.on, labels: [label] } }, some(branch, holds)));
}

export const all = (...verdicts: readonly Verdict[]): Verdict => combine(verdicts, 'no', YES);
export const any = (...verdicts: readonly Verdict[]): Verdict => combine(verdicts, 'yes', NO);
export const not = (verdict: Verdict): Verdict => verdict.map(({ when, truth, because }) => ({ when, truth: OPPOSITE[truth], because }));

/** Whether it holds in some world, or may: what does not is nothing to tell. */
export const mayHold = (verdict: Verdict): boolean => !isSettled(verdict, 'no');

const OPPOSITE = { yes: 'no', no: 'yes', maybe: 'maybe' } as const satisfies Record<Truth, Truth>;

/** Kleene's conjunction or disjunction: `decisive` on either side settles it. */
function combine(verdicts: readonly Verdict[], decisive: Truth, neutral: Verdict): Verdict {
  let result = neutral;
  // Nothing runs as often: an iterator would take longer than what it goes through.
  for (let i = 0; i < verdicts.length; i++) {
    const verdict = verdicts[i];
    if (verdict === undefined || verdict === neutral) continue;
    if (result !== neutral) result = joined(result, verdict, decisive);
    else result = verdict.length < 2 ? verdict : few(verdict);
    // What is settled everywhere stays so, with the evidence that settled it.
    if (isSettled(result, decisive)) break;
  }
  return result;
}

function joined(one: Verdict, other: Verdict, decisive: Truth): Verdict {
  const [left, right] = [one[0], other[0]];
  // Most verdicts hang on nothing: one case each, and one of both.
  if (left?.when === NOTHING && right?.when === NOTHING && one.length === 1 && other.length === 1)
    return [join(NOTHING, left, right, decisive)];
  return few(crossed(one, other, decisive));
}

const crossed = (one: Verdict, other: Verdict, decisive: Truth): Verdict =>
  one.flatMap((first) => assume(first.when, other).map((second) => join(second.when, first, second, decisive)));

const isSettled = (verdict: Verdict, decisive: Truth): boolean =>
  verdict.length === 1 ? verdict[0]?.truth === decisive : areAll(verdict, decisive);

const areAll = (verdict: Verdict, wanted: Truth): boolean => verdict.every(({ truth }) => truth === wanted);

function few(verdict: Verdict): Verdict {
  const cases = simplify(verdict);
  return cases.length > MAX_WORLDS ? together(cases) : cases;
}

/** The evidence is of the side that settles it; of both sides where neither does. */
function join(when: World, left: Case, right: Case, decisive: Truth): Case {
  if (left.truth === decisive) return { when, truth: decisive, because: left.because };
  if (right.truth === decisive) return { when, truth: decisive, because: right.because };
  const truth = left.truth === 'maybe' ? 'maybe' : right.truth;
  return { when, truth, because: left.because.concat(right.because) };
}

/** Yes if all cases are, no if none is or may be, else maybe. */
function together(verdict: Verdict): Verdict {
  const truth = verdict.every((c) => c.truth === verdict[0]?.truth) ? (verdict[0]?.truth ?? 'maybe') : 'maybe';
  return [{ when: NOTHING, truth, because: verdict.flatMap((c) => c.because).slice(0, MAX_WORLDS) }];
}

/** The verdict's cases that agree with the world, narrowed to it. */
export function assume(world: World, verdict: Verdict): Verdict {
  return verdict.flatMap((c) => {
    const when = narrow(world, c.when);
    return when ? [{ ...c, when }] : [];
  });
}

/** Both worlds at once; undefined where they exclude each other. */
export function narrow(left: World, right: World): World | undefined {
  if (left === NOTHING || right === NOTHING) return left === NOTHING ? right : left;
  const both: Record<string, Open> = { ...left };
  for (const [key, open] of Object.entries(right)) {
    const labels = both[key] ? open.labels.filter((label) => both[key]?.labels.includes(label)) : open.labels;
    if (labels.length === 0) return undefined;
    both[key] = { on: open.on, labels };
  }
  return both;
}

/** Merges cases of equal truth that differ in one question alone, until none do. */
export function simplify(verdict: Verdict): Verdict {
  if (verdict.length < 2) return verdict;
  const cases = [...verdict];
  for (let merged = true; merged;) {
    merged = false;
    for (let i = 0; i < cases.length; i++) {
      for (let j = cases.length - 1; j > i; j--) {
        const [left, right] = [cases[i], cases[j]];
        const when = left && right && left.truth === right.truth ? widen(left.when, right.when) : undefined;
        if (!left || !right || !when) continue;
        cases[i] = { when, truth: left.truth, because: [...new Set([...left.because, ...right.because])] };
        cases.splice(j, 1);
        merged = true;
      }
    }
  }
  return cases;
}

/** The one world that is both, if they differ in one question alone. */
function widen(left: World, right: World): World | undefined {
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length || keys.some((key) => !right[key])) return undefined;
  const differing = keys.filter((key) => left[key]?.labels.join('\0') !== right[key]?.labels.join('\0'));
  if (differing.length > 1) return undefined;
  const [key] = differing;
  if (key === undefined) return left;
  const { [key]: open, ...rest } = left;
  const labels = open?.on.labels.filter((label) => open.labels.includes(label) || right[key]?.labels.includes(label)) ?? [];
  if (open && labels.length < open.on.labels.length) return { ...rest, [key]: { on: open.on, labels } };
  return keys.length === 1 ? NOTHING : rest;
}

/** Whether literal pieces with holes could spell `wanted`. Linear in both lengths. */
export function couldBe(pieces: readonly (string | null)[] | undefined, wanted: string): boolean {
  if (pieces === undefined) return true;
  const literals = pieces.filter((piece) => piece !== null);
  if (literals.length === pieces.length) return literals.join('') === wanted;
  const [head, tail] = [pieces[0] ?? '', pieces.at(-1) ?? ''];
  if (!wanted.startsWith(head) || !wanted.endsWith(tail) || head.length + tail.length > wanted.length) return false;
  let from = head.length;
  const until = wanted.length - tail.length;
  for (const piece of pieces.slice(1, -1)) {
    if (piece === null) continue;
    const found = wanted.indexOf(piece, from);
    if (found < 0 || found + piece.length > until) return false;
    from = found + piece.length;
  }
  return true;
}

/** 'stage = prod', 'IsProd', 'not IsProd and stage = dev or test'. */
export function describe(world: World): string {
  return Object.values(world)
    .map(({ on, labels }) => {
      const boolean = on.labels.length === 2 && on.labels[0] === 'true' && on.labels[1] === 'false';
      return boolean ? (labels[0] === 'true' ? on.name : `not ${on.name}`) : `${on.name} = ${labels.join(' or ')}`;
    })
    .join(' and ');
}
