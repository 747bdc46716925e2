import { readOrigin } from '../browser/origins.ts';
import { needsAllowing } from '../browser/headers.ts';
import type { Api, CorsHeaders, Endpoint, Preflight, Resource } from '../model/api.ts';
import { arms, knownIn, knownItems } from '../model/asking.ts';
import { originsIn } from '../model/origins.ts';
import { allowsCredentials, endpointsOf, responsesOf } from '../model/queries.ts';
import { any, YES, type Verdict } from '../value/verdict.ts';
import type { Request } from './request.ts';
import { sampleOf, takes } from './routes.ts';

/** What the author's pages really send, where the config says so. */
export interface Clients {
  readonly origins?: readonly string[];
  readonly headers?: readonly string[];
  readonly credentials?: boolean;
}

/** Some page, for an API that lets every page in. */
const SOME_PAGE = 'https://app.example.com';

/** An origin that its author means to let in, and the worlds in which he does. */
interface MeantOrigin {
  readonly origin: string;
  readonly isSo: Verdict;
}

/**
 * The origins that the author means to let in at one endpoint: those that its preflight or an answer of its own admits, a stand-in
 * where a pattern or every origin is admitted, and those of the author's pages. What is no origin of a page cannot be meant.
 */
function originsMeant(answers: readonly CorsHeaders[], { origins = [] }: Clients): readonly MeantOrigin[] {
  const listed = answers
    .flatMap((headers) => [...originsIn(headers, YES)])
    .flatMap(({ text, isSo }): MeantOrigin[] => (text.secret ? [] : [{ origin: concrete(text.value), isSo }]));
  const meant = [...listed, ...origins.map((origin) => ({ origin, isSo: YES }))].filter(
    ({ origin }) => typeof readOrigin(origin) !== 'string',
  );
  const open = answers.flatMap(({ origin }) =>
    [...arms(origin, ({ kind }) => kind === 'any' || kind === 'reflect')].map(([, isSo]) => isSo),
  );
  const all = meant.length > 0 ? meant : open.map((isSo) => ({ origin: SOME_PAGE, isSo }));
  return [...new Set(all.map(({ origin }) => origin))].map((origin) => ({
    origin,
    isSo: any(...all.filter((one) => one.origin === origin).map(({ isSo }) => isSo)),
  }));
}

/** 'https://*.example.com' stands for 'https://any.example.com' among others. */
export const concrete = (origin: string): string =>
  origin === '*' ? SOME_PAGE : origin.replace(/^(https?:\/\/)\*$/, '$1any.example.com').replace('*', 'any');

/** The answers of one endpoint that say who may read them. */
const answersOf = (endpoint: Endpoint, { preflight }: Resource, { managed }: Api): readonly CorsHeaders[] => [
  ...(managed ? [managed.headers] : []),
  preflight.headers,
  ...(preflight.responses ?? []).map(({ headers }) => headers),
  ...responsesOf(endpoint).map(({ headers }) => headers),
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
 * the endpoint allows them. An endpoint for ANY method is asked with GET.
 */
export const requestsMeant = (api: Api, clients: Clients = {}): readonly Meant[] => [...asked(api, clients, (meant) => meant)];

/**
 * The same for each endpoint, asked from these origins; where there are none from those that are meant, and where nobody is meant to
 * be let in, from a page that others of this API let in, or any.
 */
export function requestsFor(api: Api, clients: Clients, origins: readonly string[]): readonly Meant[] {
  if (origins.length > 0) return [...asked(api, clients, () => origins.map(always))];
  const [standIn = SOME_PAGE] = requestsMeant(api, clients).map(({ request }) => request.origin);
  return [...asked(api, clients, (meant) => (meant.length > 0 ? meant : [always(standIn)]))];
}

/** The origins that are meant to be let in where a path leads; where it leads nowhere, anywhere in the API. */
export function originsAt(api: Api, path: string, clients: Clients): readonly string[] {
  const all = requestsFor(api, clients, []);
  const here = all.filter(({ resource }) => knownIn(resource.path).some((pattern) => takes(pattern, path)));
  return [...new Set((here.length > 0 ? here : all).map(({ request }) => request.origin))];
}

const always = (origin: string): MeantOrigin => ({ origin, isSo: YES });

function* asked(api: Api, clients: Clients, from: (meant: readonly MeantOrigin[]) => readonly MeantOrigin[]): Iterable<Meant> {
  for (const [endpoint, resource] of endpointsOf(api)) {
    const answers = answersOf(endpoint, resource, api);
    const origins = from(originsMeant(answers, clients));
    const credentials = clients.credentials ?? answers.some((headers) => allowsCredentials(headers).some(({ truth }) => truth === 'yes'));
    for (const name of new Set(knownIn(endpoint.method))) {
      const method = name === 'ANY' ? 'GET' : name;
      if (method === 'OPTIONS') continue;
      const headers = headersMeant(endpoint, resource.preflight, api, method, clients);
      for (const path of new Set(knownIn(resource.path).map(sampleOf)))
        for (const { origin, isSo } of origins) yield { endpoint, resource, isSo, request: { origin, method, path, headers, credentials } };
    }
  }
}

function headersMeant(endpoint: Endpoint, preflight: Preflight, api: Api, method: string, clients: Clients): Request['headers'] {
  const names = new Set<string>(clients.headers ?? []);
  for (const { headers, kind } of knownIn(endpoint.authorizer)) {
    for (const name of kind === 'iam' ? SIGNED : knownItems(headers)) if (needsAllowing(name)) names.add(name);
  }
  if (knownIn(endpoint.needsKey).includes(true) && knownIn(api.keySource).includes('HEADER')) names.add('X-Api-Key');
  if (WITH_BODY.has(method) && knownItems(preflight.headers.headers).length > 0) names.add('Content-Type');
  return [...names].map((name) => [name, /^content-type$/i.test(name) ? 'application/json' : 'x'] as const);
}

/** What signing with temporary credentials sends (I1). */
const SIGNED = ['Authorization', 'X-Amz-Date', 'X-Amz-Security-Token'];
