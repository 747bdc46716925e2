import type {
  AllowedOrigin,
  Answer,
  Api,
  Authorizer,
  AuthorizerKind,
  CorsHeaders,
  Endpoint,
  GatewayResponse,
  Mapping,
  Model,
  OriginPattern,
  Preflight,
  PreflightBy,
  Resource,
  Response,
} from '../../src/model/api.ts';
import type { Location } from '../../src/source/location.ts';
import { known, type Known, type List, type Provenance, type Question, type Unknown, type Value } from '../../src/value/value.ts';
import { YES, type Verdict } from '../../src/value/verdict.ts';

// Models by hand: every value stands at a place of its own, which reads as the value does.

const file = { path: 'serverless.yml', text: '' };

/** A new place, later in the file than all before it. */
export function place(text: string): Location {
  const start = file.text.length;
  file.text += `${text}\n`;
  return { file, path: [], start, end: start + text.length };
}

/** What stands at a place: how tests name one. */
export const textAt = ({ file: { text }, start, end }: Location): string => text.slice(start, end);

export const literal = (text: string): Provenance => ({ kind: 'literal', at: place(text) });

export const lit = <T>(value: T, text = String(value)): Known<T> => known(value, literal(text));

export const filledIn = <T>(value: T, because: string): Known<T> =>
  known(value, { kind: 'default', at: place(because), by: 'the Serverless Framework' });

/** Written at one place, used at another. */
export const used = <T>(value: T, text: string, use: string): Known<T> =>
  known(value, { kind: 'reference', at: place(use), to: literal(text) });

export const unknown = (text: string, pieces?: readonly (string | null)[]): Unknown<never> => ({
  kind: 'unknown',
  why: `${text} is read at deployment`,
  from: literal(text),
  ...(pieces && { pieces }),
});

export const question = (name: string, ...labels: readonly string[]): Question => ({ key: name, name, labels });
export const STAGE = question('stage', 'dev', 'prod');

/** One value for each answer of the question, in its order. */
export const choice = <T>(on: Question, ...branches: readonly Value<T>[]): Value<T> => ({
  kind: 'choice',
  on,
  branches: new Map(on.labels.map((label, i) => [label, branches[i] as Value<T>])),
  from: literal(`\${${on.name}}`),
});

/** Only where the question has one of these answers. */
export const when = (on: Question, ...labels: readonly string[]): Verdict =>
  on.labels.map((label) => ({ when: { [on.key]: { on, labels: [label] } }, truth: labels.includes(label) ? 'yes' : 'no', because: [] }));

export const list = <T>(...items: readonly (T | Value<T>)[]): List<T> =>
  known(
    items.map((item) => (isValue(item) ? item : lit(item))),
    literal(`[${items.length}]`),
  );

const isValue = <T>(item: T | Value<T>): item is Value<T> => typeof item === 'object' && item !== null && 'from' in item;

const none: List<never> = known([], { kind: 'absent', at: place('nothing') });

// Origins.

const ABSENT: AllowedOrigin = { kind: 'absent' };
export const ANY: AllowedOrigin = { kind: 'any' };
export const REFLECT: AllowedOrigin = { kind: 'reflect' };
export const fixed = (text: string): Known<AllowedOrigin> => lit({ kind: 'fixed', text }, text);
export const any = (): Known<AllowedOrigin> => lit(ANY, '*');
export const echo = (...texts: readonly string[]): Known<AllowedOrigin> =>
  lit(
    { kind: 'echo', among: texts.map((text): OriginPattern => ({ match: 'regex', text: lit(text) })), otherwise: lit(texts[0]) },
    texts.join(),
  );

// Things.

export const cors = (given: Partial<CorsHeaders> = {}): CorsHeaders => ({
  origin: known(ABSENT, none.from),
  credentials: known(undefined, none.from),
  methods: none,
  headers: none,
  expose: none,
  maxAge: known(undefined, none.from),
  vary: none,
  ...given,
});

/** CORS as most people have it: one origin, and the headers that the frameworks allow by themselves. */
export const usual = (given: Partial<CorsHeaders> = {}): CorsHeaders =>
  cors({
    origin: fixed('https://app.example.com'),
    headers: list('Content-Type', 'X-Amz-Date', 'Authorization', 'X-Api-Key', 'X-Amz-Security-Token'),
    ...given,
  });

export const authorizer = (kind: AuthorizerKind, ...headers: readonly string[]): Value<Authorizer> => {
  const at = place(`authorizer: ${kind}`);
  return known({ kind, at, headers: list(...headers) }, { kind: 'literal', at });
};

export const preflight = (by: PreflightBy | Value<PreflightBy>, headers = cors(), given: Partial<Preflight> = {}): Preflight => ({
  at: place('cors'),
  names: [],
  by: typeof by === 'string' ? lit(by) : by,
  status: lit(by === 'mock' ? 200 : undefined),
  authorizer: authorizer('none'),
  needsKey: lit(false),
  needsHeaders: none,
  headers,
  mappings: [],
  convertsToText: lit(true),
  ...given,
});

export const response = (headers: CorsHeaders, given: Partial<Response> = {}): Response => ({
  at: place('IntegrationResponse'),
  exists: YES,
  status: lit('200'),
  pattern: lit(undefined),
  headers,
  mappings: [],
  ...given,
});

const answer = (by: 'gateway' | 'handler', responses: readonly Response[]): Answer => ({ by: lit(by), responses });

/** A Lambda proxy; with responses, an integration whose answers the gateway writes. */
export function endpoint(method: string | Value<string>, given: Partial<Endpoint> = {}, responses?: readonly Response[]): Endpoint {
  const written = answer(responses ? 'gateway' : 'handler', responses ?? []);
  return {
    at: place(`endpoint ${typeof method === 'string' ? method : 'of some method'}`),
    exists: YES,
    method: typeof method === 'string' ? lit(method) : method,
    authorizer: authorizer('none'),
    needsKey: lit(false),
    validates: lit(false),
    integration: lit(responses ? 'mapped' : 'proxy'),
    handler: undefined,
    success: written,
    handlerError: written,
    ...given,
  };
}

export const resource = (
  path: string | Value<string>,
  endpoints: readonly Endpoint[],
  answered: Preflight = preflight('nobody'),
): Resource => ({
  path: typeof path === 'string' ? lit(path) : path,
  at: answered.at,
  endpoints,
  preflight: answered,
});

export const gatewayResponse = (type: string | Value<string>, headers = cors(), given: Partial<GatewayResponse> = {}): GatewayResponse => ({
  at: place('GatewayResponse'),
  exists: YES,
  name: 'Errors',
  type: typeof type === 'string' ? lit(type) : type,
  status: lit(undefined),
  headers,
  mappings: [],
  ...given,
});

/** Both defaults, with this origin. */
export const gatewayResponses = (origin: Value<AllowedOrigin> = any()): readonly GatewayResponse[] =>
  ['DEFAULT_4XX', 'DEFAULT_5XX'].map((type) => gatewayResponse(type, cors({ origin })));

export const mapping = (header: string, raw: Value<string>, given: Partial<Mapping> = {}): Mapping => ({
  place: 'gateway-response',
  header,
  key: place(header),
  exists: YES,
  raw,
  declared: lit(true),
  ...given,
});

export const api = (resources: readonly Resource[], given: Partial<Api> = {}): Api => ({
  target: 'rest',
  name: 'ShopApi',
  at: place('ShopApi'),
  exists: YES,
  imported: false,
  private: lit(false),
  resources,
  gatewayResponses: [],
  managed: undefined,
  keySource: lit('HEADER'),
  binaryMediaTypes: none,
  policy: { kind: 'absent', from: none.from },
  ...given,
});

/** An HTTP API or a function URL with CORS of its own, which answers every preflight. */
export function managed(target: 'http' | 'url', origins: List<string>, headers: CorsHeaders, endpoints: readonly Endpoint[] = []): Api {
  const at = place('CorsConfiguration');
  const resources = endpoints.map((one) => resource('/orders', [one], preflight('managed', headers, { at })));
  return api(resources, { target, managed: { at, exists: YES, origins, headers } });
}

export const model = (apis: readonly Api[], given: Partial<Model> = {}): Model => ({
  apis,
  deployments: [],
  ignored: [],
  problems: [],
  mentions: [],
  stage: { kind: 'unknown', why: 'it is chosen at deploy time', from: { kind: 'literal', at: place('service') } },
  ...given,
});
