import { items, leaves, type Known, type List, type Unknown, type Value } from '../value/value.ts';
import { always, assume, judge, type Truth, type Verdict, type World } from '../value/verdict.ts';

/** Each value that this one may turn out to be, with the worlds in which it does. */
export function spots<T>(value: Value<T>): readonly (readonly [Known<T> | Unknown<T>, Verdict])[] {
  // Most values hang on nothing.
  if (value.kind !== 'choice') return [[value, always('yes', value)]];
  return [...new Set(leaves(value))].map((arm) => [arm, judge(value, (other) => (other === arm ? 'yes' : 'no'))]);
}

/** As `spots`, of known values that something holds of: where a rule can say nothing in particular of what is unknown. */
export function arms<T>(value: Value<T>, holds?: (value: T) => boolean): readonly (readonly [Known<T>, Verdict])[] {
  if (value.kind !== 'choice') return isOne(value, holds) ? [[value, always('yes', value)]] : [];
  return armsOf(value, holds);
}

const armsOf = <T>(value: Value<T>, holds?: (value: T) => boolean) =>
  spots(value).flatMap(([arm, isSo]) => (isOne(arm, holds) ? [[arm, isSo] as const] : []));

const isOne = <T>(arm: Known<T> | Unknown<T>, holds?: (value: T) => boolean): arm is Known<T> =>
  arm.kind === 'known' && (holds?.(arm.value) ?? true);

/** All that a value is known to turn out to be, but for secrets, which no message may show. */
export const knownIn = <T>(value: Value<T>): readonly T[] =>
  leaves(value).flatMap((arm) => (arm.kind === 'known' && !arm.secret ? [arm.value] : []));

/** All items that a list is known to hold in some world. */
export const knownItems = <T>(list: List<T>): readonly T[] =>
  items(list)
    .flatMap(knownIn<T | undefined>)
    .filter((item) => item !== undefined);

/** What holds of a value that is made of values itself. */
export function inside<T>(value: Value<T>, verdictOf: (value: T) => Verdict): Verdict {
  if (value.kind === 'unknown') return always('maybe', value);
  if (value.kind === 'known') return verdictOf(value.value);
  return [...value.branches].flatMap(([name, branch]) =>
    assume({ [value.on.key]: { on: value.on, labels: [name] } }, inside(branch, verdictOf)),
  );
}

/** The benefit of the doubt: what may hold counts as holding. */
export const atLeastMaybe = (verdict: Verdict): Verdict => verdict.map((one) => (one.truth === 'maybe' ? { ...one, truth: 'yes' } : one));

/** Those that hold in some world; where none does, those that may. */
export function likeliest<T>(things: readonly T[], verdictOf: (thing: T) => Verdict): readonly T[] {
  const having = (wanted: Truth): readonly T[] => things.filter((thing) => verdictOf(thing).some(({ truth }) => truth === wanted));
  const certain = having('yes');
  return certain.length > 0 ? certain : having('maybe');
}

/** Which of these names are not allowed: one set for each group of worlds. What is not known to be missing is left out where something is. */
export function lacking(
  names: readonly string[],
  allowed: (name: string) => Verdict,
): readonly { readonly names: readonly string[]; readonly verdict: Verdict }[] {
  let worlds: { when: World; sure: string[]; open: string[]; because: Value<unknown>[] }[] = [
    { when: {}, sure: [], open: [], because: [] },
  ];
  for (const name of names) {
    const verdict = allowed(name);
    worlds = worlds.flatMap(({ when, sure, open, because }) =>
      assume(when, verdict).map((one) => ({
        when: one.when,
        sure: one.truth === 'no' ? [...sure, name] : sure,
        open: one.truth === 'maybe' ? [...open, name] : open,
        because: [...because, ...one.because],
      })),
    );
  }
  const missing = worlds.map(({ when, sure, open, because }) => ({
    when,
    because,
    names: sure.length > 0 ? sure : open,
    truth: sure.length > 0 ? ('yes' as const) : open.length > 0 ? ('maybe' as const) : ('no' as const),
  }));
  return [...new Map(missing.map((one) => [one.names.join(), one.names])).values()].flatMap((set) => {
    const truthIn = (one: (typeof missing)[number]): Truth => (one.names.join() === set.join() ? one.truth : 'no');
    if (set.length === 0) return [];
    return [{ names: set, verdict: missing.map((one) => ({ when: one.when, truth: truthIn(one), because: one.because })) }];
  });
}
