import { readOrigin } from '../browser/origins.ts';
import { needsAllowing } from '../browser/headers.ts';
import type { AllowedOrigin, Api, CorsHeaders, Endpoint, Preflight, Resource } from '../model/api.ts';
import { knownIn } from '../model/asking.ts';
import { isSignedByCallers } from '../model/distributions.ts';
import { originsIn } from '../model/origins.ts';
import { allowsCredentials, endpointsOf, responsesOf } from '../model/queries.ts';
import type { List } from '../value/value.ts';
import { simplify, YES, type Verdict } from '../value/verdict.ts';
import type { Request } from './request.ts';
import { routeOf, sampleOf, samplesOf, takes } from './routes.ts';
import { inEachWorld, type Reader } from './worlds.ts';

/** What the author's pages really send, where the config says so. */
export interface Clients {
  readonly origins?: readonly string[];
  readonly headers?: readonly string[];
  readonly credentials?: boolean;
}

/** Some page, for an API that lets every page in. */
const SOME_PAGE = 'https://app.example.com';

/**
 * The origins that the author means to let in at one endpoint in one world: those that its preflight or an answer of its own admits, a
 * stand-in where a pattern or every origin is admitted, and those of the author's pages. What is no origin of a page cannot be meant.
 */
function originsMeant(answers: readonly CorsHeaders[], { origins = [] }: Clients, reader: Reader): readonly string[] {
  const listed = answers
    .flatMap((headers) => [...originsIn(headers, YES)])
    .flatMap(({ text, isSo }) => (!text.secret && reader.holds(isSo) === 'yes' ? [concrete(text.value)] : []));
  const meant = [...listed, ...origins].filter((origin) => typeof readOrigin(origin) !== 'string');
  if (meant.length > 0) return [...new Set(meant)];
  const isOpen = answers.map(({ origin }) => reader.read(origin)).some((one) => one.kind === 'known' && OPEN.has(one.value.kind));
  return isOpen ? [SOME_PAGE] : [];
}

const OPEN: ReadonlySet<AllowedOrigin['kind']> = new Set(['any', 'reflect']);

/** 'https://*.example.com' stands for 'https://any.example.com' among others. */
export const concrete = (origin: string): string =>
  origin === '*' ? SOME_PAGE : origin.replace(/^(https?:\/\/)\*$/, '$1any.example.com').replace('*', 'any');

/** The answers of one endpoint that say who may read them. */
const answersOf = (endpoint: Endpoint, { preflight }: Resource, { managed }: Api, reader: Reader): readonly CorsHeaders[] => [
  ...(managed && reader.holds(managed.exists) !== 'no' ? [managed.headers] : []),
  preflight.headers,
  ...[...(preflight.responses ?? []), ...responsesOf(endpoint)]
    .filter(({ exists }) => reader.holds(exists) !== 'no')
    .map(({ headers }) => headers),
];

/** A request that the author means to allow, for the endpoint that it is to reach. */
export interface Meant {
  readonly endpoint: Endpoint;
  readonly resource: Resource;
  readonly request: Request;
  /** The worlds in which it is meant. */
  readonly isSo: Verdict;
}

const WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * The requests that the author of an API means to allow: each declared method from each origin, with the headers that its authorizer
 * and its key are read from, with JSON where there is a body and the preflight allows any header, and with credentials if an answer of
 * the endpoint allows them. An endpoint for ANY method is asked with GET, or what else of the plain methods leads to it.
 */
export const requestsMeant = (api: Api, clients: Clients = {}): readonly Meant[] => [...asked(api, clients, (meant) => meant)];

/**
 * The same for each endpoint, asked from these origins; where there are none from those that are meant, and where nobody is meant to
 * be let in, from a page that others of this API let in, or any.
 */
export function requestsFor(api: Api, clients: Clients, origins: readonly string[]): readonly Meant[] {
  if (origins.length > 0) return [...asked(api, clients, () => origins)];
  const [standIn = SOME_PAGE] = requestsMeant(api, clients).map(({ request }) => request.origin);
  return [...asked(api, clients, (meant) => (meant.length > 0 ? meant : [standIn]))];
}

/** The origins that are meant to be let in where a path leads; where it leads nowhere, anywhere in the API. */
export function originsAt(api: Api, path: string, clients: Clients): readonly string[] {
  const all = requestsFor(api, clients, []);
  const here = all.filter(({ resource }) => knownIn(resource.path).some((pattern) => takes(pattern, path)));
  return [...new Set((here.length > 0 ? here : all).map(({ request }) => request.origin))];
}

/** Each request that is meant, with the worlds in which it is: where its endpoint stands, and asks for what it sends. */
function* asked(api: Api, clients: Clients, from: (meant: readonly string[]) => readonly string[]): Iterable<Meant> {
  for (const [endpoint, resource] of endpointsOf(api)) {
    const walked = inEachWorld((reader) => requestsIn(endpoint, resource, api, { clients, from }, reader));
    const worlds = walked ?? [{ when: {}, result: untold(endpoint, resource) }];
    const requests = new Map(worlds.flatMap(({ result }) => result.map((request) => [JSON.stringify(request), request] as const)));
    for (const [key, request] of requests) {
      const isHere = (result: readonly Request[]): boolean => result.some((one) => JSON.stringify(one) === key);
      const isSo = simplify(worlds.map(({ when, result }) => ({ when, truth: isHere(result) ? 'yes' : 'no', because: [] })));
      yield { endpoint, resource, isSo, request };
    }
  }
}

interface Asked {
  readonly clients: Clients;
  readonly from: (meant: readonly string[]) => readonly string[];
}

function requestsIn(endpoint: Endpoint, resource: Resource, api: Api, { clients, from }: Asked, reader: Reader): readonly Request[] {
  if (reader.holds(api.exists) === 'no' || reader.holds(endpoint.exists) === 'no') return [];
  const reached = reachedBy(endpoint, resource, api, reader);
  if (!reached) return [];
  const answers = answersOf(endpoint, resource, api, reader);
  const headers = headersMeant(endpoint, resource.preflight, api, clients, reader);
  const credentials = clients.credentials ?? answers.some((one) => reader.holds(allowsCredentials(one)) === 'yes');
  return from(originsMeant(answers, clients, reader)).map((origin) => ({ origin, ...reached, headers, credentials }));
}

/** What a route for every method is tried with: one that no other route of its path takes, and that no preflight has to list. */
const ANY_OF = ['GET', 'POST', 'HEAD'];

/** A method and a path that lead to this endpoint and to no other; undefined where none does, or it is not known. */
function reachedBy(endpoint: Endpoint, resource: Resource, api: Api, reader: Reader): Pick<Request, 'method' | 'path'> | undefined {
  const [name, pattern] = [reader.read(endpoint.method), reader.read(resource.path)];
  if (name.kind !== 'known' || pattern.kind !== 'known' || name.secret || pattern.secret || name.value === 'OPTIONS') return undefined;
  const ways = (name.value === 'ANY' ? ANY_OF : [name.value]).flatMap((method) =>
    samplesOf(pattern.value).map((path) => ({ method, path })),
  );
  return ways.find(({ method, path }) => {
    const met = routeOf(api, method, path, reader);
    return typeof met === 'object' && met.endpoint === endpoint;
  });
}

/** Of more worlds than can be tried: a request that meets them all. */
const untold = (endpoint: Endpoint, resource: Resource): readonly Request[] =>
  knownIn(endpoint.method)
    .slice(0, 1)
    .flatMap((method) =>
      knownIn(resource.path)
        .slice(0, 1)
        .map((pattern) => ({
          origin: SOME_PAGE,
          method: method === 'ANY' ? 'GET' : method,
          path: sampleOf(pattern),
          headers: [],
          credentials: false,
        })),
    );

function headersMeant(endpoint: Endpoint, preflight: Preflight, api: Api, clients: Clients, reader: Reader): Request['headers'] {
  const names = new Set<string>(clients.headers ?? []);
  const authorizer = reader.read(endpoint.authorizer);
  if (authorizer.kind === 'known')
    for (const name of authorizer.value.kind === 'iam' ? signatureOf(api, reader) : namesIn(authorizer.value.headers, reader))
      if (needsAllowing(name)) names.add(name);
  const [needsKey, source] = [reader.read(endpoint.needsKey), reader.read(api.keySource)];
  if (needsKey.kind === 'known' && needsKey.value && source.kind === 'known' && source.value === 'HEADER') names.add('X-Api-Key');
  const method = reader.read(endpoint.method);
  if (method.kind === 'known' && WITH_BODY.has(method.value) && namesIn(preflight.headers.headers, reader).length > 0)
    names.add('Content-Type');
  return [...names].map((name) => [name, /^content-type$/i.test(name) ? 'application/json' : 'x'] as const);
}

const signatureOf = (api: Api, reader: Reader): readonly string[] => (reader.holds(isSignedByCallers(api)) === 'no' ? [] : SIGNED);

/** What a list is known to hold in one world, but for secrets. */
function namesIn(list: List<string>, reader: Reader): readonly string[] {
  const read = reader.read(list);
  return (read.kind === 'known' ? read.value : []).flatMap((item) => {
    const one = reader.read(item);
    return one.kind === 'known' && one.value !== undefined && !one.secret ? [one.value] : [];
  });
}

/** What signing with temporary credentials sends (I1). */
const SIGNED = ['Authorization', 'X-Amz-Date', 'X-Amz-Security-Token'];
