import { gatewayErrors, type GatewayError } from '../model/gateway-errors.ts';
import type { Api, Endpoint, GatewayResponse, Preflight, Resource } from '../model/api.ts';
import { isSignedByCallers } from '../model/distributions.ts';
import { refusesAnonymousOptions } from '../model/policy.ts';
import { authorizedBy } from '../model/queries.ts';
import { known, type Known, type Unknown } from '../value/value.ts';
import { bare, open, written, type Answer } from './answers.ts';
import { codePreflight } from './code.ts';
import type { Request } from './request.ts';
import type { Reader } from './worlds.ts';

/** What one API answers one request in one world. */
export interface Scene {
  readonly api: Api;
  readonly resource: Resource;
  readonly request: Request;
  readonly reader: Reader;
}

/** What answers the OPTIONS request that a browser sends ahead. */
export function preflightAnswer(scene: Scene): Answer {
  const { resource, reader, api } = scene;
  const { preflight } = resource;
  const by = reader.read(preflight.by);
  if (by.kind === 'unknown') return open('what answers OPTIONS here', preflight.at, by.why);
  if (by.value === 'nobody')
    return api.imported
      ? openApi(scene)
      : { ...refusal(scene, 'MISSING_AUTHENTICATION_TOKEN', preflight, 'API Gateway'), since: 'no method takes OPTIONS here' };
  const stopped = stoppedBefore(preflight, scene);
  if (stopped) return stopped;
  switch (by.value) {
    case 'managed':
      return managedPreflight(preflight, scene);
    case 'mock':
      return mockAnswer(preflight, scene);
    case 'options':
    case 'any':
      return mappedAnswer(preflight, scene) ?? codePreflight(preflight, scene);
  }
}

const openApi = ({ api, resource }: Scene): Answer =>
  open('an API that is defined elsewhere', resource.at, `\`${api.name}\` may hold more than what can be read here`);

/** A preflight carries neither credentials nor a header of one's own (B1): whoever asks for them refuses it. */
function stoppedBefore(preflight: Preflight, scene: Scene): Answer | undefined {
  const { reader } = scene;
  const authorizer = reader.read(preflight.authorizer);
  if (authorizer.kind === 'unknown') return open('what stands before OPTIONS', preflight.at, authorizer.why);
  const { kind, at } = authorizer.value;
  const isSigned = kind === 'iam' && reader.holds(isSignedByCallers(scene.api)) === 'no';
  if (kind !== 'none' && !isSigned)
    return refusal(scene, kind === 'iam' ? 'MISSING_AUTHENTICATION_TOKEN' : 'UNAUTHORIZED', { at }, 'the authorizer before OPTIONS');
  const needsKey = reader.read(preflight.needsKey);
  if (needsKey.kind === 'unknown') return open('whether OPTIONS needs an API key', preflight.at, needsKey.why);
  const policy = reader.holds(refusesAnonymousOptions(scene.api));
  if (kind === 'none' && policy === 'yes') return refusal(scene, 'ACCESS_DENIED', { at: scene.api.policy.from.at }, 'the resource policy');
  if (kind === 'none' && policy === 'maybe')
    return open('the resource policy', scene.api.policy.from.at, 'whom the resource policy lets in');
  if (needsKey.value) return refusal(scene, 'INVALID_API_KEY', preflight, 'the check of the API key before OPTIONS');
  return missingHeader(preflight, scene);
}

/** What browsers send with every preflight. */
const ALWAYS_SENT = /^(?:origin|access-control-request-method|host|accept|user-agent)$/i;

function missingHeader(preflight: Preflight, scene: Scene): Answer | undefined {
  const { reader } = scene;
  const list = reader.read(preflight.needsHeaders);
  if (list.kind === 'unknown') return open('which headers OPTIONS needs', preflight.at, list.why);
  const needed = list.value.map((item) => reader.read(item));
  const isMissing = needed.some((one) => one.kind === 'known' && one.value !== undefined && !ALWAYS_SENT.test(one.value));
  if (isMissing) return refusal(scene, 'BAD_REQUEST_PARAMETERS', preflight, 'the request validator before OPTIONS');
  const unsure = needed.find((one) => one.kind === 'unknown');
  return unsure?.kind === 'unknown' ? open('which headers OPTIONS needs', preflight.at, unsure.why) : undefined;
}

const STATUSES: Readonly<Record<string, number>> = { UNAUTHORIZED: 401, BAD_REQUEST_PARAMETERS: 400 };

/** The gateway's own no. HTTP APIs do not say what theirs carries (H17), but its status is enough. */
function refusal(scene: Scene, type: string, { at }: Pick<Preflight, 'at'>, by: string): Answer {
  const { api } = scene;
  const status = STATUSES[type] ?? (api.target === 'http' ? 404 : 403);
  if (api.target !== 'rest') return bare(by, at, status);
  const answer = errorAnswer({ type, status, fallback: 'DEFAULT_4XX' }, scene);
  // No gateway response would help: what is not answered with success lets no preflight pass (B2).
  return { ...answer, by, since: undefined, places: { ...answer.places, status: at, origin: at } };
}

/** What an HTTP API or a function URL answers by its own CORS settings (H1, U3). */
function managedPreflight(preflight: Preflight, scene: Scene): Answer {
  const answer = fromHeaders(preflight, "the API's own CORS", scene);
  const { request } = scene;
  const star = answer.possible.some(({ headers }) => headers.some(([name, value]) => STARRED.has(name) && value.split(',').includes('*')));
  const asksMuch = request.credentials || request.headers.some(([name]) => /^authorization$/i.test(name));
  if (!star || !asksMuch) return answer;
  // Whether `*` is sent as it stands or as what was asked for, AWS does not say (H20).
  const named = answer.possible.map(({ status, headers }) => ({
    status,
    headers: headers.map(([name, value]): readonly [string, string] => [
      name,
      STARRED.has(name) && value.split(',').includes('*') ? askedFor(name, request) : value,
    ]),
  }));
  const at = answer.places.headers;
  const unknown: Unknown<unknown> = {
    kind: 'unknown',
    why: 'whether "*" is sent as it stands or as what was asked for',
    from: { kind: 'literal', at },
  };
  return { ...answer, possible: [...answer.possible, ...named], unknowns: [...answer.unknowns, unknown] };
}

const STARRED: ReadonlySet<string> = new Set(['Access-Control-Allow-Headers', 'Access-Control-Allow-Methods']);

const askedFor = (name: string, { method, headers }: Request): string =>
  name === 'Access-Control-Allow-Methods' ? method : headers.map(([one]) => one).join(',') || '*';

/** What API Gateway writes for an ANY method whose integration is no proxy. */
function mappedAnswer(preflight: Preflight, scene: Scene): Answer | undefined {
  const mapped = preflight.mapped && scene.reader.read(preflight.mapped);
  if (mapped?.kind === 'unknown') return open('what answers OPTIONS here', preflight.at, mapped.why);
  return mapped?.value ? fromHeaders(preflight, 'the ANY method', scene) : undefined;
}

function fromHeaders(preflight: Preflight, by: string, { reader, request }: Scene): Answer {
  const status = reader.read(preflight.status);
  if (status.kind === 'unknown') return open(by, preflight.at, status.why);
  return written(by, { code: status.value ?? 200, at: preflight.at }, preflight.headers, request, reader);
}

/** An OPTIONS method that the gateway answers: as it is set up, if it can answer at all (R3, R5, R8, R17). */
function mockAnswer(preflight: Preflight, scene: Scene): Answer {
  const { api, reader } = scene;
  const by = 'the OPTIONS method';
  const fails = (status: number): Answer => {
    const answer = errorAnswer({ type: 'API_CONFIGURATION_ERROR', status, fallback: status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX' }, scene);
    return { ...answer, by, since: undefined, places: { ...answer.places, status: preflight.at, origin: preflight.at } };
  };
  if (preflight.mock) {
    const request = reader.read(preflight.mock.request);
    if (request.kind === 'unknown') return open(by, preflight.at, request.why);
    const passthrough = reader.read(preflight.mock.passthrough);
    if (request.value.kind === 'none') return fails(500);
    if (request.value.kind === 'untemplated') return open(by, preflight.at, 'what a mock without a request template answers');
    if (request.value.kind === 'missing') {
      if (passthrough.kind === 'unknown') return open(by, preflight.at, passthrough.why);
      return fails(passthrough.value === 'WHEN_NO_MATCH' ? 500 : 415);
    }
    const responds = reader.read(preflight.mock.responds);
    if (responds.kind === 'unknown') return open(by, preflight.at, responds.why);
    if (!responds.value) return fails(500);
    const binary = binaryTrouble(preflight, api, reader);
    if (binary) return binary.kind === 'known' ? fails(500) : open(by, preflight.at, binary.why);
  }
  return fromHeaders(preflight, by, scene);
}

/** An empty body counts as binary where everything does, and is text only if the integration says so (R17). */
function binaryTrouble({ convertsToText, mock }: Preflight, api: Api, reader: Reader): Known<true> | Unknown<unknown> | undefined {
  const list = reader.read(api.binaryMediaTypes);
  if (list.kind === 'unknown') return list;
  const types = list.value.map((item) => reader.read(item));
  const all = types.find((one) => one.kind === 'known' && one.value === '*/*') ?? types.find((one) => one.kind === 'unknown');
  if (!all) return undefined;
  const converts = reader.read(convertsToText);
  if (converts.kind === 'unknown') return converts;
  if (converts.value) {
    const response = mock ? reader.read(mock.responseConvertsToText) : undefined;
    // Some had to say so on the response too: one report and no more.
    if (!response || (response.kind === 'known' && response.value)) return undefined;
    return { kind: 'unknown', why: 'whether the response has to be converted to text as well', from: converts.from };
  }
  return all.kind === 'unknown' ? all : known(true, all.from);
}

/** What API Gateway says itself for an error of this type: a gateway response of its own, else the default's (R30, R31), else nothing of CORS. */
export function errorAnswer(error: Pick<GatewayError, 'type' | 'status' | 'fallback'>, scene: Scene): Answer {
  const { api, reader } = scene;
  for (const wanted of [error.type, error.fallback]) {
    if (wanted === undefined) continue;
    for (const response of api.gatewayResponses) {
      const type = reader.read(response.type);
      const there = type.kind === 'unknown' ? 'maybe' : type.value === wanted ? reader.holds(response.exists) : 'no';
      if (there === 'maybe')
        return open(`the gateway response ${response.name}`, response.at, 'whether this gateway response is for that error');
      if (there === 'yes') return worded(response, wanted, error.status, scene);
    }
  }
  return api.imported
    ? openApi(scene)
    : { ...bare('API Gateway itself', api.at, error.status), since: 'no gateway response is for that error' };
}

/** A gateway response as it is sent: with the status of its error, unless it says another; one that is not known may be any. */
function worded(response: GatewayResponse, type: string, otherwise: number, { reader, request }: Scene): Answer {
  const { status, at, headers } = response;
  const read = reader.read(status);
  const own = read.kind === 'known' && /^\d{3}$/.test(read.value ?? '') ? Number(read.value) : otherwise;
  const answer = written(`the gateway response ${type}`, { code: own, at }, headers, request, reader);
  if (read.kind === 'known') return answer;
  const good = answer.possible.map((one) => ({ ...one, status: 200 }));
  return { ...answer, possible: [...answer.possible, ...good], unknowns: [...answer.unknowns, read] };
}

/**
 * The errors that a REST API can answer this endpoint's callers with; 413 is never among them (R39). A path and a method that are there
 * are answered MISSING_AUTHENTICATION_TOKEN for want of a signature alone (R30).
 */
export function errorsOf(endpoint: Endpoint, { api, resource }: Scene): readonly GatewayError[] {
  return gatewayErrors({ ...api, resources: [{ ...resource, endpoints: [endpoint] }] })
    .map((error) => (error.type === 'MISSING_AUTHENTICATION_TOKEN' ? { ...error, occurs: authorizedBy(endpoint, 'iam') } : error))
    .filter(({ occurs }) => occurs.some(({ truth }) => truth !== 'no'));
}
