import type { Location } from '../source/location.ts';
import { leaves, siteOf, type List, type Value } from '../value/value.ts';
import { all, always, any, couldBe, is, judge, NO, not, some, test, YES, type Verdict } from '../value/verdict.ts';
import type { Distribution } from './around.ts';
import { atLeastMaybe } from './asking.ts';
import { oncePer, oncePerPair } from './once.ts';
import type {
  AllowedOrigin,
  Api,
  AuthorizerKind,
  CorsHeaders,
  Endpoint,
  GatewayResponse,
  Model,
  PreflightBy,
  Preflight,
  Resource,
  Response,
} from './api.ts';

// What stands, and what is not to be seen.

export const endpointsOf = oncePer((api: Api): readonly (readonly [Endpoint, Resource])[] =>
  api.resources.flatMap((resource) => resource.endpoints.map((endpoint) => [endpoint, resource] as const)),
);

/** A path is there for as long as some method is, an OPTIONS that the gateway answers included. */
export const resourceExists = ({ endpoints, preflight }: Resource): Verdict =>
  any(not(is(preflight.by, 'nobody')), ...endpoints.map(({ exists }) => exists));

/** An API that is defined elsewhere may hold anything besides. */
export const seenWhole = (api: Api): Verdict =>
  api.imported
    ? always('maybe', {
        kind: 'unknown',
        why: `\`${api.name}\` may hold more than what can be read here`,
        from: { kind: 'literal', at: api.at },
      })
    : YES;

/**
 * Whether pages of another origin may call an API: a private one is reached within a VPC alone, and what a distribution of the same
 * document serves beside a site is called by that site, on its own origin.
 */
export const isForOtherSites = oncePerPair((api: Api, { distributions = [] }: Model): Verdict =>
  not(any(test(api.private, Boolean), ...distributions.map((one) => servesBesideSite(one, api)))),
);

/** The same, but for a private API that sends CORS headers: it is meant for the pages of its network. */
export const isForPages = (api: Api, model: Model): Verdict =>
  any(isForOtherSites(api, model), all(test(api.private, Boolean), maySendCors(api)));

const servesBesideSite = ({ exists, servesMore, behaviors }: Distribution, { name }: Api): Verdict =>
  servesMore ? all(exists, any(...behaviors.filter((one) => one.api === name).map((one) => one.exists))) : NO;

// Who may call.

/** Whether an endpoint is authorized in one of these ways. */
export const authorizedBy = ({ authorizer }: Endpoint, ...kinds: readonly AuthorizerKind[]): Verdict =>
  test(authorizer, ({ kind }) => kinds.includes(kind));

/** For `related`: the authorizers that may stand before an endpoint. */
export const whereAuthorized = ({ authorizer }: Endpoint) =>
  leaves(authorizer).flatMap((arm) =>
    arm.kind === 'known' && arm.value.kind !== 'none' ? [{ at: arm.value.at, text: 'this authorizes the calls' }] : [],
  );

// What the answers carry.

const answeredBy = (preflight: Preflight, ...kinds: readonly PreflightBy[]): Verdict => any(...kinds.map((kind) => is(preflight.by, kind)));

/** What kind of origin is allowed; 'https://${domain}' is surely neither `*` nor absent. */
export const originIs = (headers: CorsHeaders, kind: AllowedOrigin['kind']): Verdict =>
  judge(headers.origin, (arm) => {
    if (arm.kind === 'known') return arm.value.kind === kind ? 'yes' : 'no';
    if (kind === 'any') return couldBe(arm.pieces, '*') || couldBe(arm.pieces, "'*'") ? 'maybe' : 'no';
    // Pieces are those of a text, and a text is sent.
    return kind === 'absent' && arm.pieces !== undefined ? 'no' : 'maybe';
  });

const sendsOrigin = (headers: CorsHeaders): Verdict => not(originIs(headers, 'absent'));

/** Access-Control-Allow-Credentials counts if it is exactly `true` (Fetch, "CORS check"). */
export const allowsCredentials = (headers: CorsHeaders): Verdict => is(headers.credentials, 'true');

/** For `related`: where the credentials are allowed. */
export const whereAllowed = ({ credentials }: CorsHeaders) => ({ at: siteOf(credentials.from), text: 'credentials are allowed here' });

/** Whether an origin and the credentials beside it are in a document or in code that is not seen: nothing in sight hints at either. */
export const isUnseen = (origin: Value<unknown>, { credentials }: CorsHeaders): boolean =>
  origin.kind === 'unknown' && credentials.kind === 'unknown' && isSame(siteOf(origin.from), siteOf(credentials.from));

const isSame = (one: Location, other: Location): boolean =>
  one.file.path === other.file.path && one.start === other.start && one.end === other.end;

/** Whether ANY takes a preflight, and API Gateway writes the answer all the same. */
const isMapped = ({ mapped }: Preflight): Verdict => (mapped ? test(mapped, Boolean) : NO);

/** Whether a preflight is answered with an origin: by the gateway itself, or by code that was read. */
export const isAnswered = oncePer((preflight: Preflight): Verdict =>
  all(any(answeredBy(preflight, 'mock', 'managed'), isMapped(preflight), preflight.seen ?? NO), sendsOrigin(preflight.headers)),
);

/** The answers of an endpoint that are known: those that the gateway writes, and those of code that was read. A success and an error may be one and the same. */
export const responsesOf = oncePer(({ success, handlerError }: Endpoint): readonly Response[] => [
  ...new Set([...success.responses, ...handlerError.responses]),
]);

/** Those that the gateway writes. */
export const mappedResponsesOf = (endpoint: Endpoint): readonly Response[] => responsesOf(endpoint).filter(({ code }) => !code);

/** Whether CORS headers are sent on some answer of this API, by the gateway or by code that was read: a sign that browsers are meant to call it. */
export const sendsCors = oncePer((api: Api): Verdict => {
  const preflights = api.resources.map(({ preflight }) => isAnswered(preflight));
  const responses = api.resources.flatMap(({ endpoints }) =>
    endpoints.flatMap((endpoint) =>
      responsesOf(endpoint).map((response) => all(endpoint.exists, response.exists, sendsOrigin(response.headers))),
    ),
  );
  const errors = api.gatewayResponses.map((response) => all(response.exists, sendsOrigin(response.headers)));
  const managed = api.managed ? [all(api.managed.exists, sendsOrigin(api.managed.headers))] : [];
  // Only what is unknown is worth telling: that some answer has no headers is no evidence.
  return any(...managed, ...preflights, ...responses, ...errors).map((one) => ({
    ...one,
    because: one.because.filter(({ kind }) => kind === 'unknown').slice(0, 4),
  }));
});

/** The same, with the benefit of the doubt. */
export const maySendCors = oncePer((api: Api): Verdict => atLeastMaybe(sendsCors(api)));

/**
 * Whether nobody answers OPTIONS of a path, so that every preflight there fails: REST resources with neither OPTIONS nor ANY
 * (R1, R22, R24), and HTTP APIs without CORS of which no route takes OPTIONS.
 */
export const refusesPreflight = oncePerPair((resource: Resource, api: Api): Verdict => {
  if (api.target !== 'rest' && api.target !== 'http') return NO;
  return all(
    is(resource.preflight.by, 'nobody'),
    // What is spelt by a variable may be a path of which another event made the OPTIONS.
    judge(resource.path, ({ kind }) => (kind === 'known' ? 'yes' : 'maybe')),
    not(standsInForOptions(api)),
    seenWhole(api),
  );
});

/** How the gateway refuses it: R24, unless a gateway response says otherwise (R32). */
export function refusalOf(api: Api): string {
  if (api.target === 'http') return 'with 404';
  const statuses = refusals(api).flatMap(({ status }) => leaves(status));
  const success = statuses.find((one) => one.kind === 'known' && one.value?.startsWith('2'));
  if (success?.kind === 'known') return `with a ${success.value} that allows nothing`;
  return statuses.some((one) => one.kind !== 'known' || one.value !== undefined) ? 'with an error' : 'with 403';
}

/**
 * Whether a gateway response makes of "no such method" an answer with which preflights pass: a status of 2xx (R32), an origin, and a
 * method or a header that it allows. One of that very type takes the place of the default (R31).
 */
const standsInForOptions = oncePer(({ gatewayResponses }: Api): Verdict => {
  const own = any(...gatewayResponses.map(({ exists, type }) => all(exists, is(type, 'MISSING_AUTHENTICATION_TOKEN'))));
  return any(
    ...gatewayResponses.map(({ exists, type, status, headers }) =>
      all(
        exists,
        any(is(type, 'MISSING_AUTHENTICATION_TOKEN'), all(is(type, 'DEFAULT_4XX'), not(own))),
        test(status, (code) => code?.startsWith('2') ?? false),
        sendsOrigin(headers),
        any(holdsSome(headers.methods), holdsSome(headers.headers)),
      ),
    ),
  );
});

const holdsSome = (list: List<string>): Verdict => some(list, (item) => test(item, (text) => text !== undefined));

/** Whether API Gateway answers OPTIONS of a path from integration responses that map no Access-Control-Allow-Origin (B2). */
export const answersWithoutOrigin = oncePer(({ preflight, endpoints }: Resource): Verdict => {
  const others = endpoints.flatMap((one) =>
    responsesOf(one).map(({ exists, headers }) => all(is(one.method, 'ANY'), one.exists, exists, sendsOrigin(headers))),
  );
  // The default response is the likeliest; which of several answers, the backend decides.
  const otherwise = preflight.mapped ? any(...others.map((one) => all(one, always('maybe')))) : NO;
  // Where it is not known who answers, that maybe nobody does is told, which is worse.
  const mocked = judge(preflight.by, (arm) => (arm.kind === 'known' && arm.value === 'mock' ? 'yes' : 'no'));
  return all(
    any(mocked, isMapped(preflight)),
    ...unguarded(preflight),
    // One that is set to what is not known is sent, as far as anyone can tell.
    judge(preflight.headers.origin, (arm) => (arm.kind === 'known' && arm.value.kind === 'absent' ? 'yes' : 'no')),
    not(otherwise),
  );
});

/** The gateway responses that may stand for "no such method". */
const refusals = (api: Api): readonly GatewayResponse[] =>
  api.gatewayResponses.filter(({ type }) =>
    leaves(type).some((arm) => arm.kind === 'unknown' || arm.value === 'MISSING_AUTHENTICATION_TOKEN' || arm.value === 'DEFAULT_4XX'),
  );

/** Whether OPTIONS of a path goes to code before which nothing stands. */
export const preflightIsCodes = oncePerPair(({ preflight }: Resource, api: Api): Verdict => {
  if (api.target === 'websocket') return NO;
  // Who answers is not known: then it is told that maybe nobody does, which is worse.
  const byCode = judge(preflight.by, (arm) => (arm.kind === 'known' && (arm.value === 'any' || arm.value === 'options') ? 'yes' : 'no'));
  return all(byCode, not(isMapped(preflight)), ...unguarded(preflight));
});

/** The same where that code was not read, or not all of it: it may answer well or not, so it is never more than a maybe. */
export const preflightIsLeftToCode = oncePerPair((resource: Resource, api: Api): Verdict => {
  const { preflight } = resource;
  const answer: Value<unknown> = { kind: 'unknown', why: 'what the code behind it answers', from: { kind: 'literal', at: preflight.at } };
  const unread = preflight.code?.readings.flatMap(({ code }) => code.unread) ?? [];
  // What is read is told for certain, or is well.
  if (preflight.code && unread.length === 0) return NO;
  const seen = unread.slice(0, 1).map(({ at, why }): Value<unknown> => ({ kind: 'unknown', why, from: { kind: 'literal', at } }));
  return all(preflightIsCodes(resource, api), always('maybe', ...(seen.length > 0 ? seen : [answer])));
});

/** An authorizer or a missing key stops a preflight before anything answers it. */
const unguarded = ({ authorizer, needsKey }: Preflight): readonly Verdict[] => [
  test(authorizer, ({ kind }) => kind === 'none'),
  test(needsKey, (needed) => !needed),
];

// Which headers a preflight allows.

/** Whether a list of headers names this one. In quotes or in a list of its own, it is another rule's to judge: it may. */
export function namesHeader(headers: List<string>, name: string): Verdict {
  const wanted = name.toLowerCase();
  return some(headers, (item) =>
    judge(item, (arm) => {
      if (arm.kind === 'unknown') return 'maybe';
      const named = arm.value?.toLowerCase() ?? '';
      if (named === wanted) return 'yes';
      return named.includes(wanted) && named.split(/[\s,'"]+/).includes(wanted) ? 'maybe' : 'no';
    }),
  );
}

const hasStar = oncePer((list: List<string>): Verdict => some(list, (item) => any(is(item, '*'), all(is(item, "'*'"), always('maybe')))));

/** No `*` and not by name: no page can send this header. */
export const refusesHeader = (headers: CorsHeaders, name: string): Verdict =>
  all(not(namesHeader(headers.headers, name)), not(hasStar(headers.headers)));

/**
 * Allowed by `*` alone, which is no wildcard for calls with credentials (Fetch, "CORS protocol and credentials").
 * HTTP APIs and function URLs may name what was asked for instead (H20): not documented.
 */
export const refusesDespiteStar = (headers: CorsHeaders, name: string, api: Api): Verdict =>
  all(
    not(namesHeader(headers.headers, name)),
    hasStar(headers.headers),
    allowsCredentials(headers),
    api.target === 'rest' ? YES : always('maybe'),
  );
