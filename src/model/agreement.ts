import type { Known, Value } from '../value/value.ts';
import { all, always, any, judge, NO, not, test, YES, type Verdict } from '../value/verdict.ts';
import type { AllowedOrigin, Api, CorsHeaders, Endpoint, OriginPattern, Preflight } from './api.ts';
import { atLeastMaybe, lacking } from './asking.ts';
import { matchesGlob } from './glob.ts';
import { originsIn, writtenAs, type WrittenOrigin } from './origins.ts';
import { isSeen } from './preflights.ts';
import { allowsCredentials, endpointsOf, originIs, responsesOf } from './queries.ts';

// Whether the answers of one API say the same, those of code that was read among them.

/** An origin as it is compared; with the star that it may hold. */
type Text = string;

/** Whether it is the origin of some page: what is none is another rule's. */
type Counts = (origin: WrittenOrigin) => boolean;

/** Another answer, which one is to agree with, and the worlds in which it is. */
export interface Other {
  readonly headers: CorsHeaders;
  readonly isSo: Verdict;
}

/** Preflights, as far as it is seen what they say. */
export const preflightsOf = (preflights: readonly Preflight[]): readonly Other[] =>
  preflights.map((one) => ({ headers: one.headers, isSo: isSeen(one) }));

/** The other answers of an endpoint, where no preflight is known to say the same: with it all would have to agree. */
export const answersBeside = (
  headers: CorsHeaders | undefined,
  endpoint: Endpoint,
  preflight: Preflight,
  says: Says = saysWhom,
): readonly Other[] =>
  responsesOf(endpoint)
    .filter((one) => one.headers !== headers)
    .map((one) => ({ headers: one.headers, isSo: all(endpoint.exists, one.exists, atLeastMaybe(not(says(preflight)))) }));

/** Whether a preflight is known to say what answers are to agree with. */
type Says = (preflight: Preflight) => Verdict;

const saysWhom: Says = (preflight) => all(isSeen(preflight), isKnown(preflight.headers.origin), not(originIs(preflight.headers, 'absent')));

/** Whom it lets in, and whether with credentials. */
export const saysCredentials: Says = (preflight) => all(saysWhom(preflight), isKnown(preflight.headers.credentials));

const isKnown = (value: Value<unknown>): Verdict => judge(value, ({ kind }) => (kind === 'known' ? 'yes' : 'maybe'));

/** The answers of all endpoints, where no preflight is seen. */
export const answersIn = (api: Api, says: Says = saysWhom): readonly Other[] =>
  endpointsOf(api).flatMap(([endpoint, { preflight }]) => answersBeside(undefined, endpoint, preflight, says));

/** Every origin that these answers name, and in which worlds. */
function named(others: readonly Other[], counts: Counts): ReadonlyMap<Text, Verdict> {
  const found = new Map<Text, Verdict>();
  for (const other of others) {
    for (const origin of originsIn(other.headers, other.isSo)) {
      const { text, isSo } = origin;
      if (!text.secret && counts(origin)) found.set(text.value, any(found.get(text.value) ?? NO, isSo));
    }
  }
  return found;
}

/** Whether an answer of these lets in whoever asks. */
export const admitsEveryone = (others: readonly Other[]): Verdict =>
  any(...others.map((one) => all(one.isSo, any(originIs(one.headers, 'any'), originIs(one.headers, 'reflect')))));

/** Origins that these answers admit and one with this origin refuses: one set for each group of worlds. */
export function refusedOrigins(
  others: readonly Other[],
  { value: origin }: Known<AllowedOrigin>,
  counts: Counts,
): ReturnType<typeof lacking> {
  const admitted = named(others, counts);
  return lacking([...admitted.keys()], (text) => not(all(admitted.get(text) ?? NO, not(admits(origin, text)))));
}

function admits(origin: AllowedOrigin, text: Text): Verdict {
  switch (origin.kind) {
    case 'any':
    case 'reflect':
      return YES;
    case 'absent':
      return NO;
    case 'fixed':
      return origin.text.trim() === text ? YES : NO;
    case 'echo':
      return any(...origin.among.map((pattern) => matches(pattern, text)));
  }
}

const matches = (pattern: OriginPattern, text: Text): Verdict =>
  test(writtenAs(pattern), (written) => written === text).flatMap((one) => {
    if (one.truth !== 'no' || pattern.match === 'exact') return [one];
    // An expression of another hand says in its own way what it matches.
    const same = test(writtenAs(pattern), (written) => written !== undefined && matchesGlob(text, written));
    const foreign = test(writtenAs(pattern), (written) => written === undefined);
    return any(same, all(foreign, always('maybe')));
  });

/** Whether one of these answers allows credentials, and not beside `*`, with which no call succeeds anyway. */
export const credentialed = (others: readonly Other[]): Verdict =>
  any(...others.map((one) => all(one.isSo, allowsCredentials(one.headers), atLeastMaybe(not(originIs(one.headers, 'any'))))));

/** An answer that pages can read, were it not for the credentials. With `*` it does not matter whether it allows them, if that is not known. */
export const readableWithout = (headers: CorsHeaders, isStar = false): Verdict => {
  const withholds = not(allowsCredentials(headers));
  return all(not(originIs(headers, 'absent')), isStar ? atLeastMaybe(withholds) : withholds);
};
