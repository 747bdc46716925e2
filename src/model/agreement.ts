import type { Known } from '../value/value.ts';
import { all, always, any, NO, not, test, YES, type Verdict } from '../value/verdict.ts';
import type { AllowedOrigin, CorsHeaders, OriginPattern, Preflight } from './api.ts';
import { atLeastMaybe, lacking } from './asking.ts';
import { matchesGlob } from './glob.ts';
import { originsIn, writtenAs, type WrittenOrigin } from './origins.ts';
import { isSeen } from './preflights.ts';
import { allowsCredentials, originIs } from './queries.ts';

// Whether the answers of one API say the same, those of code that was read among them.

/** An origin as it is compared; with the star that it may hold. */
type Text = string;

/** Whether it is the origin of some page: what is none is another rule's. */
type Counts = (origin: WrittenOrigin) => boolean;

/** Every origin that these preflights name, and in which worlds. */
function named(preflights: readonly Preflight[], counts: Counts): ReadonlyMap<Text, Verdict> {
  const found = new Map<Text, Verdict>();
  for (const preflight of preflights) {
    for (const origin of originsIn(preflight.headers, isSeen(preflight))) {
      const { text, isSo } = origin;
      if (!text.secret && counts(origin)) found.set(text.value, any(found.get(text.value) ?? NO, isSo));
    }
  }
  return found;
}

/** Whether a preflight of these lets in whoever asks. */
export const admitsEveryone = (preflights: readonly Preflight[]): Verdict =>
  any(...preflights.map((one) => all(isSeen(one), any(originIs(one.headers, 'any'), originIs(one.headers, 'reflect')))));

/** Origins that these preflights admit and an answer with this origin refuses: one set for each group of worlds. */
export function* refusedOrigins(
  preflights: readonly Preflight[],
  { value: origin }: Known<AllowedOrigin>,
  counts: Counts,
): ReturnType<typeof lacking> {
  const admitted = named(preflights, counts);
  yield* lacking([...admitted.keys()], (text) => not(all(admitted.get(text) ?? NO, not(admits(origin, text)))));
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

/** Whether one of these preflights allows credentials, and not beside `*`, with which no call succeeds anyway. */
export const credentialed = (preflights: readonly Preflight[]): Verdict =>
  any(...preflights.map((one) => all(isSeen(one), allowsCredentials(one.headers), not(originIs(one.headers, 'any')))));

/** Whether one of these preflights allows credentials, which no page can make use of where the answer's origin is `*`. */
export const credentialedOrUnknown = (preflights: readonly Preflight[]): Verdict =>
  any(...preflights.map((one) => all(isSeen(one), allowsCredentials(one.headers), atLeastMaybe(not(originIs(one.headers, 'any'))))));

/** An answer that pages can read, were it not for the credentials. */
export const readableWithout = (headers: CorsHeaders): Verdict => all(not(originIs(headers, 'absent')), not(allowsCredentials(headers)));
