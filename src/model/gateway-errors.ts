import { all, always, any, is, NO, not, test, YES, type Verdict } from '../value/verdict.ts';
import { oncePer } from './once.ts';
import { authorizedBy, endpointsOf } from './queries.ts';
import type { Api, AuthorizerKind, Endpoint, Integration } from './api.ts';

/** An error that a REST API words itself: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
export interface GatewayError {
  /** Undefined for the 502 of a malformed proxy answer, which only the default is known to cover. */
  readonly type: string | undefined;
  readonly status: number;
  /** The response that stands in where the type has none of its own (R30). */
  readonly fallback: string;
  /** Whether this API can answer so. */
  readonly occurs: Verdict;
}

export const DEFAULTS: readonly string[] = ['DEFAULT_4XX', 'DEFAULT_5XX'];

/**
 * The errors that an API can produce, given its authorizers, keys, validators and integrations. 413 is not among them: it
 * cannot be customised (R39). MISSING_AUTHENTICATION_TOKEN and THROTTLED meet every API: unknown paths, and the account's limits.
 */
export const gatewayErrors = oncePer(possibleErrors);

function possibleErrors(api: Api): readonly GatewayError[] {
  const authorized = (...kinds: readonly AuthorizerKind[]): Verdict => where(api, (endpoint) => authorizedBy(endpoint, ...kinds));
  const [lambda, iam, cognito] = [authorized('token', 'request', 'custom'), authorized('iam'), authorized('cognito')];
  const keyed = where(api, ({ needsKey }) => test(needsKey, Boolean));
  const validated = where(api, ({ validates }) => test(validates, Boolean));
  const integrated = any(hasIntegrated(api, 'proxy'), hasIntegrated(api, 'mapped'));
  // Lambda's answer can be no answer; what an HTTP server says always is one.
  const malformed = where(api, ({ integration, isHttp }) => all(is(integration, 'proxy'), isHttp ? test(isHttp, (http) => !http) : YES));
  const strict = where(api, ({ refusesTypes }) => (refusesTypes ? test(refusesTypes, Boolean) : NO));
  const policy = api.policy.kind === 'absent' ? NO : always('maybe');
  return [
    error('UNAUTHORIZED', 401, any(lambda, cognito)),
    error('ACCESS_DENIED', 403, any(lambda, iam, cognito, policy)),
    error('MISSING_AUTHENTICATION_TOKEN', 403, YES),
    error('INVALID_SIGNATURE', 403, iam),
    error('EXPIRED_TOKEN', 403, iam),
    error('INVALID_API_KEY', 403, keyed),
    error('BAD_REQUEST_PARAMETERS', 400, validated),
    error('BAD_REQUEST_BODY', 400, validated),
    error('THROTTLED', 429, YES),
    error('QUOTA_EXCEEDED', 429, keyed),
    error('UNSUPPORTED_MEDIA_TYPE', 415, strict),
    // They hang on a firewall, a scope: nothing that is seen here.
    error('WAF_FILTERED', 403, always('maybe')),
    error('RESOURCE_NOT_FOUND', 404, always('maybe')),
    error('AUTHORIZER_FAILURE', 500, lambda),
    error('AUTHORIZER_CONFIGURATION_ERROR', 500, lambda),
    error('API_CONFIGURATION_ERROR', 500, always('maybe')),
    error(undefined, 502, malformed),
    error('INTEGRATION_FAILURE', 504, integrated),
    error('INTEGRATION_TIMEOUT', 504, integrated),
  ];
}

const error = (type: string | undefined, status: number, occurs: Verdict): GatewayError => ({
  type,
  status,
  fallback: status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX',
  occurs,
});

const where = (api: Api, holds: (endpoint: Endpoint) => Verdict): Verdict =>
  any(...readOf(api).map(({ endpoint, isRead }) => all(isRead, holds(endpoint))));

/** What OPTIONS is answered, no page reads. */
const readOf = oncePer((api: Api) =>
  endpointsOf(api).map(([endpoint]) => ({ endpoint, isRead: all(endpoint.exists, not(is(endpoint.method, 'OPTIONS'))) })),
);

const hasIntegrated = (api: Api, kind: Integration): Verdict => where(api, ({ integration }) => is(integration, kind));

/** Whether a gateway response of this type is there. */
export const customises = (api: Api, type: string | undefined): Verdict =>
  type === undefined ? NO : any(...api.gatewayResponses.map((response) => all(response.exists, is(response.type, type))));

/** The errors that a gateway response of this type words: for a default those of its class that have none of their own (R30, R31). */
export function wordedBy(api: Api, type: string): readonly GatewayError[] {
  const known = worded(api);
  const errors = known.get(type) ?? gatewayErrors(api).flatMap((one) => ofType(one, type, api));
  known.set(type, errors);
  return errors;
}

const worded = oncePer((_api: Api) => new Map<string, readonly GatewayError[]>());

function ofType(one: GatewayError, type: string, api: Api): readonly GatewayError[] {
  if (one.type === type) return [one];
  return one.fallback === type ? [{ ...one, occurs: all(one.occurs, not(customises(api, one.type))) }] : [];
}

/** The statuses of errors, each once, in order: '401, 403 and 429'. */
export const statusesOf = (errors: readonly GatewayError[]): readonly string[] =>
  [...new Set(errors.map(({ status }) => status))].toSorted((a, b) => a - b).map(String);
