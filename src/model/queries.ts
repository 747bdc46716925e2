import { mapKnown } from '../value/tree.ts';
import { items, leaves, show, siteOf, type Known, type List, type Unknown, type Value } from '../value/value.ts';
import {
  all,
  always,
  any,
  assume,
  couldBe,
  is,
  judge,
  NO,
  not,
  some,
  test,
  YES,
  type Truth,
  type Verdict,
  type World,
} from '../value/verdict.ts';
import type {
  AllowedOrigin,
  Api,
  AuthorizerKind,
  CorsHeaders,
  Endpoint,
  GatewayResponse,
  PreflightBy,
  Preflight,
  Resource,
  Response,
} from './api.ts';

// How things are called.

/** So much of a value fits into a message. */
const MAX_SHOWN = 80;

/** A value as `show` gives it, on one line and not too long. */
export function shown(value: Value<unknown>): string {
  const text = show(value).replaceAll(/\s+/g, ' ');
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
}

/** 'POST /users'. */
export function label(endpoint: Endpoint, resource: Resource): string {
  const path = shown(resource.path);
  return path === '$default' ? path : `${shown(endpoint.method)} ${path}`;
}

/** 'A', 'A and B', 'A, B and C', 'A, B and 3 more'. */
export function listed(names: readonly string[], most = 2): string {
  const whole = names.length <= most + 1;
  const head = whole ? names.slice(0, -1) : names.slice(0, most);
  const last = whole ? names.at(-1) : `${names.length - most} more`;
  return [head.join(', '), last].filter(Boolean).join(' and ');
}

/** What a fixed origin is in a message; how the user wrote any other. */
export const shownOrigin = (origin: Value<AllowedOrigin>): string => shown(mapKnown(origin, textOf));

const textOf = (origin: AllowedOrigin): string => (origin.kind === 'fixed' ? origin.text : origin.kind === 'any' ? '*' : origin.kind);

/** The known paths of an endpoint, and the function behind it: what users call it by. */
export const namesOf = ({ handler }: Endpoint, { path }: Resource): readonly string[] => knownIn(path).concat(handler ?? []);

export function* endpointsOf(api: Api): Iterable<readonly [Endpoint, Resource]> {
  for (const resource of api.resources) for (const endpoint of resource.endpoints) yield [endpoint, resource];
}

// Asking values.

/** Each value that this one may turn out to be, with the worlds in which it does. */
export function* spots<T>(value: Value<T>): Iterable<readonly [Known<T> | Unknown<T>, Verdict]> {
  for (const arm of new Set(leaves(value))) yield [arm, judge(value, (other) => (other === arm ? 'yes' : 'no'))];
}

/** As `spots`, of known values that something holds of: where a rule can say nothing in particular of what is unknown. */
export function* arms<T>(value: Value<T>, holds: (value: T) => boolean = () => true): Iterable<readonly [Known<T>, Verdict]> {
  for (const [arm, isSo] of spots(value)) if (arm.kind === 'known' && holds(arm.value)) yield [arm, isSo];
}

/** All that a value is known to turn out to be. */
export const knownIn = <T>(value: Value<T>): readonly T[] => [...leaves(value)].flatMap((arm) => (arm.kind === 'known' ? [arm.value] : []));

/** All items that a list is known to hold in some world. */
export const knownItems = <T>(list: List<T>): readonly T[] =>
  [...items(list)].flatMap(knownIn<T | undefined>).filter((item) => item !== undefined);

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
export function* lacking(
  names: readonly string[],
  allowed: (name: string) => Verdict,
): Iterable<{ readonly names: readonly string[]; readonly verdict: Verdict }> {
  let worlds: { when: World; sure: string[]; open: string[]; because: Value<unknown>[] }[] = [
    { when: {}, sure: [], open: [], because: [] },
  ];
  for (const name of names) {
    worlds = worlds.flatMap(({ when, sure, open, because }) =>
      assume(when, allowed(name)).map((one) => ({
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
  for (const set of new Map(missing.map((one) => [one.names.join(), one.names])).values()) {
    const truthIn = (one: (typeof missing)[number]): Truth => (one.names.join() === set.join() ? one.truth : 'no');
    if (set.length > 0)
      yield { names: set, verdict: missing.map((one) => ({ when: one.when, truth: truthIn(one), because: one.because })) };
  }
}

// What stands, and what is not to be seen.

/** A path is there for as long as some method is, an OPTIONS that the gateway answers included. */
export const resourceExists = ({ endpoints, preflight }: Resource): Verdict =>
  any(not(is(preflight.by, 'nobody')), ...endpoints.map(({ exists }) => exists));

/** An API that is defined elsewhere may hold anything besides. */
export const seenWhole = (api: Api): Verdict =>
  api.imported
    ? always('maybe', {
        kind: 'unknown',
        why: `\`${api.name}\` is defined elsewhere, and may hold more than this template shows`,
        from: { kind: 'literal', at: api.at },
      })
    : YES;

// Who may call.

/** Whether an endpoint is authorized in one of these ways. */
export const authorizedBy = ({ authorizer }: Endpoint, ...kinds: readonly AuthorizerKind[]): Verdict =>
  test(authorizer, ({ kind }) => kinds.includes(kind));

/** For `related`: the authorizers that may stand before an endpoint. */
export const whereAuthorized = ({ authorizer }: Endpoint) =>
  [...leaves(authorizer)].flatMap((arm) =>
    arm.kind === 'known' && arm.value.kind !== 'none' ? [{ at: arm.value.at, text: 'this authorizes the calls' }] : [],
  );

// What the answers carry.

export const answeredBy = (preflight: Preflight, ...kinds: readonly PreflightBy[]): Verdict =>
  any(...kinds.map((kind) => is(preflight.by, kind)));

/** What kind of origin is allowed; 'https://${domain}' is surely neither `*` nor absent. */
export const originIs = (headers: CorsHeaders, kind: AllowedOrigin['kind']): Verdict =>
  judge(headers.origin, (arm) => {
    if (arm.kind === 'known') return arm.value.kind === kind ? 'yes' : 'no';
    if (kind === 'any') return couldBe(arm.pieces, '*') || couldBe(arm.pieces, "'*'") ? 'maybe' : 'no';
    return kind === 'absent' && arm.pieces?.some((piece) => piece !== null && piece !== '') ? 'no' : 'maybe';
  });

export const sendsOrigin = (headers: CorsHeaders): Verdict => not(originIs(headers, 'absent'));

/** Access-Control-Allow-Credentials counts if it is exactly `true` (Fetch, "CORS check"). */
export const allowsCredentials = (headers: CorsHeaders): Verdict => is(headers.credentials, 'true');

/** For `related`: where the credentials are allowed. */
export const whereAllowed = ({ credentials }: CorsHeaders) => ({ at: siteOf(credentials.from), text: 'credentials are allowed here' });

/** The answers that the gateway writes for an endpoint. A success and an error may be one and the same. */
export const responsesOf = ({ success, handlerError }: Endpoint): readonly Response[] => [
  ...new Set([...success.responses, ...handlerError.responses]),
];

const sent = new WeakMap<Api, Verdict>();

/** Whether the gateway sends CORS headers on some answer of this API: a sign that browsers are meant to call it. */
export function sendsCors(api: Api): Verdict {
  const before = sent.get(api);
  if (before) return before;
  const preflights = api.resources.map(({ preflight }) => all(answeredBy(preflight, 'mock', 'managed'), sendsOrigin(preflight.headers)));
  const responses = api.resources.flatMap(({ endpoints }) =>
    endpoints.flatMap((endpoint) =>
      responsesOf(endpoint).map((response) => all(endpoint.exists, response.exists, sendsOrigin(response.headers))),
    ),
  );
  const errors = api.gatewayResponses.map((response) => all(response.exists, sendsOrigin(response.headers)));
  const managed = api.managed ? [all(api.managed.exists, sendsOrigin(api.managed.headers))] : [];
  // Only what is unknown is worth telling: that some answer has no headers is no evidence.
  const verdict = any(...managed, ...preflights, ...responses, ...errors).map((one) => ({
    ...one,
    because: one.because.filter(({ kind }) => kind === 'unknown').slice(0, 4),
  }));
  sent.set(api, verdict);
  return verdict;
}

/**
 * Whether nobody answers OPTIONS of a path, so that every preflight there fails: REST resources with neither OPTIONS nor ANY
 * (R1, R22, R24), and HTTP APIs without CORS of which no route takes OPTIONS.
 */
export const refusesPreflight = (resource: Resource, api: Api): Verdict =>
  api.target === 'rest' || api.target === 'http'
    ? all(
        is(resource.preflight.by, 'nobody'),
        // What is spelt by a variable may be a path of which another event made the OPTIONS.
        judge(resource.path, ({ kind }) => (kind === 'known' ? 'yes' : 'maybe')),
        not(
          any(
            ...refusals(api).map(({ exists, status }) =>
              all(
                exists,
                test(status, (code) => code?.startsWith('2') ?? false),
              ),
            ),
          ),
        ),
        seenWhole(api),
      )
    : NO;

/** The status with which the gateway refuses it: R24, unless a gateway response says otherwise (R32). */
export const refusalStatus = (api: Api): string =>
  api.target === 'http'
    ? '404'
    : refusals(api).some(({ status }) => status.kind !== 'known' || status.value !== undefined)
      ? 'an error'
      : '403';

/** The gateway responses that may stand for "no such method". */
const refusals = (api: Api): readonly GatewayResponse[] =>
  api.gatewayResponses.filter(({ type }) =>
    [...leaves(type)].some((arm) => arm.kind === 'unknown' || arm.value === 'MISSING_AUTHENTICATION_TOKEN' || arm.value === 'DEFAULT_4XX'),
  );

/** Whether OPTIONS of a path goes to code, which may answer it well or not: never more than a maybe. */
export function preflightIsLeftToCode({ preflight }: Resource, api: Api): Verdict {
  const answer: Value<unknown> = { kind: 'unknown', why: 'what the code behind it answers', from: { kind: 'literal', at: preflight.at } };
  return api.target === 'websocket' ? NO : all(answeredBy(preflight, 'any', 'options'), always('maybe', answer));
}

// Which headers a preflight allows.

/** Whether a list of headers names this one. In quotes or in a list of its own, it is another rule's to judge: it may. */
export const namesHeader = (headers: List<string>, name: string): Verdict =>
  some(headers, (item) =>
    judge(item, (arm) => {
      if (arm.kind === 'unknown') return 'maybe';
      const named = arm.value?.toLowerCase() ?? '';
      if (named === name.toLowerCase()) return 'yes';
      return named.split(/[\s,'"]+/).includes(name.toLowerCase()) ? 'maybe' : 'no';
    }),
  );

const hasStar = (list: List<string>): Verdict => some(list, (item) => any(is(item, '*'), all(is(item, "'*'"), always('maybe'))));

/** No `*` and not by name: no page can send this header. */
export const refusesHeader = (headers: CorsHeaders, name: string): Verdict =>
  all(not(namesHeader(headers.headers, name)), not(hasStar(headers.headers)));

/**
 * Allowed by `*` alone, which is no wildcard for calls with credentials (Fetch, "CORS protocol and credentials").
 * HTTP APIs and function URLs may name what was asked for instead (H20): not documented.
 */
export const refusesHeaderBesideCredentials = (headers: CorsHeaders, name: string, api: Api): Verdict =>
  all(
    not(namesHeader(headers.headers, name)),
    hasStar(headers.headers),
    allowsCredentials(headers),
    api.target === 'rest' ? YES : always('maybe'),
  );
