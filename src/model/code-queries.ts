import { mapKnown } from '../value/tree.ts';
import { all, always, any, mayHold, NO, not, test, YES, type Verdict } from '../value/verdict.ts';
import type { Api, Endpoint, Managed, Model, Preflight, ReadCode, Resource, Response } from './api.ts';
import { arms, spots } from './asking.ts';
import { oncePerPair } from './once.ts';
import { sendsItself } from './preflights.ts';
import { allowsCredentials, isAnswered, originIs, preflightIsCodes, responsesOf, whereAllowed } from './queries.ts';

// What code answers, where it was read.

/** Whether every way through the code could be followed. */
export const isWhole = ({ readings }: ReadCode): Verdict =>
  any(...readings.map(({ code, isSo }) => all(isSo, code.unread.length === 0 ? YES : NO)));

/** Where a way through the code could not be followed, it may send anything: never more than a maybe, which says why. */
export const maySendAnything = ({ readings }: ReadCode): Verdict =>
  any(
    ...readings.flatMap(({ code, isSo }) =>
      code.unread.slice(0, 1).map(({ at, why }) => all(isSo, always('maybe', { kind: 'unknown', why, from: { kind: 'literal', at } }))),
    ),
  );

/** Whether nothing in the code speaks of CORS, all of it read. */
export const findsNoTrace = ({ readings }: ReadCode): boolean => readings.every(({ code }) => !code.traces && code.unread.length === 0);

/** The ways in which the code of an endpoint answers a call. */
const codeAnswersOf = (endpoint: Endpoint): readonly Response[] => responsesOf(endpoint).filter(({ code }) => code !== undefined);

/** A redirect is followed by whoever navigates; that a page fetches one is not to be seen. */
const isRedirect = ({ status }: Response): boolean => status.kind === 'known' && status.value.startsWith('3');

/** Those without Access-Control-Allow-Origin: nobody on another site can read them. */
export const bareAnswersOf = (endpoint: Endpoint): readonly { readonly response: Response; readonly isBare: Verdict }[] =>
  codeAnswersOf(endpoint)
    .filter((one) => !isRedirect(one))
    .map((response) => ({ response, isBare: all(response.exists, originIs(response.headers, 'absent')) }));

/** Whether the code of an endpoint sends Access-Control-Allow-Origin on some answer, this one left out. */
export const codeSendsOrigin = (endpoint: Endpoint, but?: Response): Verdict =>
  any(...codeAnswersOf(endpoint).flatMap((one) => (one === but ? [] : [all(one.exists, not(originIs(one.headers, 'absent')))])));

/** Whether pages of other sites are meant to call a path: its preflight is answered, or code allows some origin there. */
export const isMeantForPages = ({ preflight, endpoints }: Resource): Verdict =>
  any(isAnswered(preflight), ...endpoints.map((one) => codeSendsOrigin(one)));

/** Whether the code of an endpoint, all of it read, looks the caller up in a list on each answer, and allows credentials. */
export const isKnownToChoose = (endpoint: Endpoint): Verdict => {
  const answers = codeAnswersOf(endpoint);
  if (!endpoint.code || answers.length === 0) return NO;
  return all(isWhole(endpoint.code), ...answers.map(({ headers }) => all(originIs(headers, 'echo'), allowsCredentials(headers))));
};

/** Whether a distribution adds the headers that code leaves out (O6). */
export const isAddedInFront = ({ name }: Api, { distributions = [] }: Model): Verdict =>
  any(
    ...distributions.flatMap(({ exists, behaviors }) =>
      behaviors.flatMap((one) => (one.api === name && one.cors ? [all(exists, one.exists, one.cors.exists, always('maybe'))] : [])),
    ),
  );

/** Whether no browser takes an answer of code to a preflight for passed: no origin, or no success (Fetch, "CORS-preflight fetch"). */
const fails = ({ exists, headers, status }: Response): Verdict =>
  all(
    exists,
    any(
      originIs(headers, 'absent'),
      test(status, (code) => /^\d{3}$/.test(code) && !code.startsWith('2')),
    ),
  );

/** Whether OPTIONS of a path goes to code that was read, and that answers it in no way that a browser takes for passed. */
export const failsByCode = oncePerPair((resource: Resource, api: Api): Verdict => {
  const { code, responses = [] } = resource.preflight;
  const answers = responses.map((one) => [one, fails(one)] as const);
  // Of code that answers nothing at all nothing is claimed.
  if (!code || answers.length === 0) return always('no');
  const passing = answers.map(([{ exists }, failing]) => all(exists, not(failing)));
  return all(preflightIsCodes(resource, api), isWhole(code), any(...answers.map(([, failing]) => failing)), not(any(...passing)));
});

/** Where the code of an endpoint names whoever asks, or whose origin has some letters. */
export function* reflectionsIn(endpoint: Endpoint) {
  for (const { exists, headers } of codeAnswersOf(endpoint)) {
    for (const [{ value, from }, isSo] of arms(headers.origin)) {
      if (value.kind !== 'reflect') continue;
      const [cookies, where] = [allowsCredentials(headers), whereAllowed(headers)];
      yield { isSo: all(exists, isSo), at: from, byLetters: value.letters === true, cookies, where };
    }
  }
}

/** Each Access-Control-Allow-Origin of code to which the service's own settings add another, or that they take the place of. */
export function* sentBesideService({ code }: Endpoint, { exists, headers }: Managed) {
  const sends = all(exists, not(originIs(headers, 'absent')));
  for (const { answer, isSo } of answersIn(code)) {
    // The service answers preflights by itself.
    if (answer.asked === 'preflight') continue;
    for (const [arm, stands] of spots(answer.headers.origin)) {
      const isSent = all(sends, isSo, stands, not(originIs(answer.headers, 'absent')));
      yield { isSo: isSent, at: arm.from, answer };
    }
  }
}

/** The CORS headers of code that an API with CORS of its own drops, answer by answer, and whether it sends the same (H3). */
export function* replacedIn(code: ReadCode | undefined, api: Api) {
  for (const { answer, isSo } of answersIn(code)) {
    const written = answer.written.filter(({ name }) => /^access-control-/i.test(name));
    const [first] = written;
    if (!first) continue;
    const texts = written.map(({ name, value }) => ({ name, value: mapKnown(value, String) }));
    // What is worked out may come to the same.
    const open = texts.some(({ value }) => value.kind !== 'known');
    const same = texts.every((one) => one.value.kind !== 'known' || sendsItself(api, one));
    yield { isSo: open && same ? all(isSo, always('maybe')) : isSo, at: first.at, headers: written.map(({ name }) => name), same };
  }
}

/** All that the code of an endpoint answers, those whom it refuses included. */
const answersIn = (code: ReadCode | undefined) =>
  (code?.readings ?? []).flatMap(({ code: one, isSo }) => one.answers.map((answer) => ({ answer, isSo })));

/** The statuses and the places of what code answers to a preflight. */
export const whereAnswered = ({ responses = [] }: Preflight) =>
  responses.slice(0, 2).map(({ at }) => ({ at, text: 'the code answers OPTIONS here' }));

/** The same, of the paths of these endpoints on which no preflight passes. */
export function whereFailing(endpoints: readonly (readonly [Endpoint, Resource])[], api: Api) {
  const failing = [...new Set(endpoints.map(([, resource]) => resource))].filter((one) => mayHold(failsByCode(one, api)));
  return failing.flatMap(({ preflight }) => whereAnswered(preflight)).slice(0, 2);
}
