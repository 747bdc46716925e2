import type { Location } from '../source/location.ts';
import type { Tree } from '../value/tree.ts';
import type { List, Value } from '../value/value.ts';
import type { Verdict } from '../value/verdict.ts';
import type { Code, CodeAnswer } from './code.ts';
import type { FunctionCode } from './functions.ts';
import type { Bucket, Distribution, Listener } from './around.ts';
import type { Deployment } from './deployment.ts';
import type { Ignored, Mention, Problem, WrittenSuppression } from './written.ts';

/** All that one document deploys, as far as browsers can tell. Rules see this and nothing else. */
export interface Model {
  readonly apis: readonly Api[];
  readonly deployments: readonly Deployment[];
  readonly ignored: readonly Ignored[];
  readonly problems: readonly Problem[];
  readonly mentions: readonly Mention[];
  /** What its own metadata says is not to be reported; left out where there is none. */
  readonly suppressions?: readonly WrittenSuppression[];
  /** The functions whose code it tells of; left out where there are none. */
  readonly functions?: readonly FunctionCode[];
  /** What browsers meet besides the APIs; left out where there is none of a kind. */
  readonly buckets?: readonly Bucket[];
  readonly distributions?: readonly Distribution[];
  readonly listeners?: readonly Listener[];
  /** What the deploy is called: a stage. Unknown where the dialect has none. */
  readonly stage: Value<string>;
  /** Where stages were asked for by name: those that the document tells apart. Left out where the dialect has none. */
  readonly stages?: readonly string[];
}

/** REST API (API Gateway v1), HTTP API (v2), Lambda function URL, WebSocket API (v2). */
export type Target = 'rest' | 'http' | 'url' | 'websocket';

/** One gateway, whatever file format described it. */
export interface Api {
  readonly target: Target;
  /** As the user knows it: a logical id, or the function of a URL. */
  readonly name: string;
  readonly at: Location;
  readonly exists: Verdict;
  /** The template adds to an API that is defined elsewhere: what else that one holds cannot be seen. */
  readonly imported: boolean;
  /** Only reachable inside a VPC. */
  readonly private: Value<boolean>;
  readonly resources: readonly Resource[];
  readonly gatewayResponses: readonly GatewayResponse[];
  /** CORS that the service itself answers and adds: CorsConfiguration of an HTTP API, Cors of a function URL. */
  readonly managed: Managed | undefined;
  /** Where a client puts its API key. */
  readonly keySource: Value<'HEADER' | 'AUTHORIZER'>;
  readonly binaryMediaTypes: List<string>;
  /** The resource policy as resolved; absent without one. */
  readonly policy: Tree;
  /** A stage keeps answers for a while (R29); undefined where no stage is seen to. */
  readonly cached?: Value<boolean>;
  /** What stands in front of it signs the calls, preflights included, so that no caller has to; undefined where nothing does. */
  readonly signed?: Verdict;
  /** A domain of it asks every caller for a client certificate, which no preflight carries (R42); undefined where none does. */
  readonly needsCertificate?: Value<boolean>;
}

/** One path of an API. A preflight belongs to a path, not to a method. */
export interface Resource {
  /** As API Gateway routes it: '/', '/users/{id}', '/{proxy+}'; '$default' for an HTTP API's catch-all. */
  readonly path: Value<string>;
  readonly at: Location;
  /** OPTIONS is among them only where a route of its own takes it to code. */
  readonly endpoints: readonly Endpoint[];
  readonly preflight: Preflight;
}

/** One method on one path. */
export interface Endpoint {
  readonly at: Location;
  readonly exists: Verdict;
  /** Upper case; 'ANY' takes all that no other takes. */
  readonly method: Value<string>;
  readonly authorizer: Value<Authorizer>;
  /** The caller must send an API key. */
  readonly needsKey: Value<boolean>;
  /** The gateway checks the request's body or parameters before the integration sees it. */
  readonly validates: Value<boolean>;
  readonly integration: Value<Integration>;
  /** The proxy passes on what an HTTP server answers, not a function. Undefined where it never does. */
  readonly isHttp?: Value<boolean>;
  /** It answers 415 to a body of a type that it has no template for (R5). Undefined where it takes whatever comes. */
  readonly refusesTypes?: Value<boolean>;
  /** The logical id or the framework's name of the function behind it. */
  readonly handler: string | undefined;
  readonly success: Answer;
  readonly handlerError: Answer;
  /** What its function answers; left out where that was not read. */
  readonly code?: ReadCode;
}

/** `proxy`: the backend's own answer passes; `mapped`: AWS and HTTP, the gateway writes the answer. */
export type Integration = 'proxy' | 'mapped' | 'mock' | 'none';

export type AuthorizerKind = 'none' | 'iam' | 'cognito' | 'token' | 'request' | 'jwt' | 'custom';

export interface Authorizer {
  readonly kind: AuthorizerKind;
  readonly at: Location;
  /** Names of the request headers that it reads, without which it refuses; unknown where it may read any. */
  readonly headers: List<string>;
}

/** Who puts the CORS headers on an answer. `both`: a function URL's service and its code, so twice. */
export type Writer = 'gateway' | 'handler' | 'both' | 'nobody';

/** The code of a function, in the worlds in which it is that one. */
export interface ReadCode {
  /** One for each code that it may be. */
  readonly readings: readonly { readonly code: Code; readonly isSo: Verdict }[];
}

/** What one kind of answer of an endpoint carries. */
export interface Answer {
  readonly by: Value<Writer>;
  /** What the gateway writes, one for each status pattern, and what code that was read answers; empty where neither is known. */
  readonly responses: readonly Response[];
  /** What code answers and the service adds its headers to, `by` both; left out where none was read. */
  readonly beside?: readonly Response[];
  /** The CORS headers that its method responses name; undefined where there are none. */
  readonly declares?: readonly Declaration[];
}

/** One integration response, or one way in which code answers. */
export interface Response {
  readonly at: Location;
  readonly exists: Verdict;
  readonly status: Value<string>;
  /** Undefined or '' for the default one. */
  readonly pattern: Value<string | undefined>;
  readonly headers: CorsHeaders;
  readonly mappings: readonly Mapping[];
  /** Code makes it. */
  readonly code?: CodeAnswer;
}

/** What answers an OPTIONS request that a browser sends ahead of the real one. */
export interface Preflight {
  /** The OPTIONS method or the managed block; else the resource. */
  readonly at: Location;
  /** The logical ids of the methods that make it, for a REST API; empty where nobody answers. */
  readonly names: readonly string[];
  readonly by: Value<PreflightBy>;
  /** Of the answer that the gateway writes itself, or code where `seen` holds: 200, 204 …; undefined where other code or nobody answers. */
  readonly status: Value<number | undefined>;
  readonly authorizer: Value<Authorizer>;
  readonly needsKey: Value<boolean>;
  /** Request headers without which a validator refuses it. */
  readonly needsHeaders: List<string>;
  /** Meaningful where the gateway writes the answer, and where `seen` holds. */
  readonly headers: CorsHeaders;
  readonly mappings: readonly Mapping[];
  /** The integration turns the body into text, so binary media types do not disturb it. */
  readonly convertsToText: Value<boolean>;
  /** ANY takes it, and what the backend sends is not passed on: API Gateway writes the answer (R27). Undefined where it never does. */
  readonly mapped?: Value<boolean>;
  /** How the mock is set up that answers; undefined where none does. */
  readonly mock?: Mock;
  /** The CORS headers that its method responses name; undefined where there are none. */
  readonly declares?: readonly Declaration[];
  /** The function that OPTIONS goes to; undefined where none is seen to. */
  readonly handler?: string | undefined;
  /** What that function answers to OPTIONS; left out where that was not read. */
  readonly code?: ReadCode;
  /** The ways in which code answers it, with the worlds in which they are; left out where none was read. */
  readonly responses?: readonly Response[];
  /** Code answers it in one way alone, and `status` and `headers` are that one's; left out where none was read. */
  readonly seen?: Verdict;
}

/** What decides whether a mock can answer at all. Meaningful in the worlds in which one does. */
export interface Mock {
  /** What its request templates make of a preflight. */
  readonly request: Value<MockRequest>;
  /** What becomes of a preflight that no template is for: 'WHEN_NO_MATCH' where nothing else is said (R5). */
  readonly passthrough: Value<string>;
  /** An integration response answers: one has no pattern (R8), or a pattern that matches the status that is asked for. */
  readonly responds: Value<boolean>;
  /** The integration response turns the body into text as well. */
  readonly responseConvertsToText: Value<boolean>;
}

/**
 * `status`: the template for application/json asks for this status; `none`: it asks for none that is a plain number (R3), as
 * written; `missing`: templates, but none for application/json (R5); `untemplated`: no template at all (R7).
 */
export type MockRequest =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'none'; readonly written: string }
  | { readonly kind: 'missing'; readonly types: readonly string[] }
  | { readonly kind: 'untemplated' };

/** A method response that names a CORS header for its status, as a mapping of it needs (R9), be it mapped or not (R11). */
export interface Declaration {
  /** The key that names it; or the `$ref`. */
  readonly at: Location;
  readonly exists: Verdict;
  readonly status: Value<string>;
  /** As written; undefined for a response by `$ref`: whatever headers it names are lost (R44). */
  readonly header: string | undefined;
}

/**
 * `mock`: an OPTIONS method that the gateway answers from mappings; `managed`: the service's own CORS;
 * `options`: an OPTIONS method or route that goes to a backend; `any`: a method or route that takes every
 * method goes to a backend; `nobody`: the gateway refuses it (403 on REST, 404 on HTTP APIs).
 */
export type PreflightBy = 'mock' | 'managed' | 'options' | 'any' | 'nobody';

/** What API Gateway says when it never reaches the integration, e.g. DEFAULT_4XX. REST only. */
export interface GatewayResponse {
  readonly at: Location;
  readonly exists: Verdict;
  readonly name: string;
  readonly type: Value<string>;
  readonly status: Value<string | undefined>;
  readonly headers: CorsHeaders;
  readonly mappings: readonly Mapping[];
  /** It stands beside an OpenAPI document, not in it: the next import of the document drops it (S17, D4). */
  readonly detached?: true;
  /** Its OpenAPI document defines it, so it is there as soon as the API is. */
  readonly withApi?: true;
}

/** CORS settings that the service itself applies, as given. */
export interface Managed {
  readonly at: Location;
  readonly exists: Verdict;
  readonly origins: List<string>;
  readonly headers: CorsHeaders;
}

/** The CORS part of one answer, as a browser will read it: quotes of mappings taken off. */
export interface CorsHeaders {
  readonly origin: Value<AllowedOrigin>;
  /** The text of Access-Control-Allow-Credentials; undefined without it. Only 'true' counts. */
  readonly credentials: Value<string | undefined>;
  readonly methods: List<string>;
  readonly headers: List<string>;
  readonly expose: List<string>;
  readonly maxAge: Value<string | undefined>;
  readonly vary: List<string>;
}

/** What Access-Control-Allow-Origin will be. */
export type AllowedOrigin =
  | { readonly kind: 'absent' }
  | { readonly kind: 'any' } // the literal *
  | { readonly kind: 'fixed'; readonly text: string } // one value for everybody, whatever it is
  | { readonly kind: 'echo'; readonly among: readonly OriginPattern[]; readonly otherwise: Value<string | undefined> }
  /** The caller's origin, whoever asks; `listed`: since an entry of a list matches everyone; `letters`: code looks at some letters of it alone. */
  | { readonly kind: 'reflect'; readonly listed?: true; readonly letters?: true };

/** An origin that is echoed: `exact` by string comparison, `regex` by Java's String.matches (whole string). */
export interface OriginPattern {
  readonly match: 'exact' | 'regex';
  readonly text: Value<string>;
}

/** One header mapping of an integration or gateway response, as written. */
export interface Mapping {
  /** Where it takes place: what may stand on the right-hand side differs. */
  readonly place: 'integration-response' | 'gateway-response';
  /** The response header it sets, as written. */
  readonly header: string;
  readonly key: Location;
  readonly exists: Verdict;
  /** The right-hand side, quotes included. */
  readonly raw: Value<string>;
  /** Named in the method response of the same status, where it has to be. */
  readonly declared: Value<boolean>;
}
