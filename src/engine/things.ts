import type { Api, Endpoint, Mapping, Model, Resource } from '../model/api.ts';
import { label, shown } from '../model/names.ts';
import { resourceExists } from '../model/queries.ts';
import type { InApi, InResource, Rule, Suspicion } from '../rule.ts';
import type { Location } from '../source/location.ts';
import { all, YES, type Verdict } from '../value/verdict.ts';

type Check = Rule['check'];
type Options = Parameters<NonNullable<Check['model']>>[1];

/** One thing that rules may look at. */
export interface Thing {
  readonly exists: Verdict;
  /** Undefined for the model as a whole. */
  readonly at?: Location;
  /** The name of its API. */
  readonly api?: string;
  /** What a finding about it is about: 'POST /users', '/users', 'DEFAULT_4XX'. */
  readonly subject?: string;
  /** What a rule looks at it with. */
  readonly hook: keyof Check;
  ask(check: Check, options: Options): Iterable<Suspicion> | undefined;
}

/** Everything that some hook of a rule is called with. */
export function* thingsOf(model: Model): Iterable<Thing> {
  const context = { model };
  yield { exists: YES, hook: 'model', ask: (check, options) => check.model?.(model, options) };
  for (const api of model.apis) yield* thingsOfApi({ model, api });
  for (const deployment of model.deployments) {
    const { exists, at, name } = deployment;
    yield { exists, at, subject: name, hook: 'deployment', ask: (check, options) => check.deployment?.(deployment, context, options) };
  }
  for (const ignored of model.ignored) {
    yield { exists: ignored.exists, at: ignored.at, hook: 'ignored', ask: (check, options) => check.ignored?.(ignored, context, options) };
  }
  for (const problem of model.problems) {
    yield { exists: problem.exists, at: problem.at, hook: 'problem', ask: (check, options) => check.problem?.(problem, context, options) };
  }
}

function* thingsOfApi(context: InApi): Iterable<Thing> {
  const { api } = context;
  const of = { api: api.name };
  yield {
    ...of,
    exists: api.exists,
    at: api.at,
    subject: api.name,
    hook: 'api',
    ask: (check, options) => check.api?.(api, context, options),
  };
  for (const resource of api.resources) yield* thingsOfResource(resource, context);
  for (const response of api.gatewayResponses) {
    const [exists, subject] = [all(api.exists, response.exists), shown(response.type)];
    yield {
      ...of,
      exists,
      at: response.at,
      subject,
      hook: 'gatewayResponse',
      ask: (check, options) => check.gatewayResponse?.(response, context, options),
    };
    yield* response.mappings.map((mapping) => thingOfMapping(mapping, exists, subject, context));
  }
}

function* thingsOfResource(resource: Resource, outer: InApi): Iterable<Thing> {
  const { api } = outer;
  const { preflight } = resource;
  const context = { ...outer, resource };
  const of = { api: api.name, exists: all(api.exists, resourceExists(resource)), subject: shown(resource.path) };
  yield { ...of, at: resource.at, hook: 'resource', ask: (check, options) => check.resource?.(resource, context, options) };
  if (isCalled(resource, api))
    yield { ...of, at: preflight.at, hook: 'preflight', ask: (check, options) => check.preflight?.(preflight, context, options) };
  yield* preflight.mappings.map((mapping) => thingOfMapping(mapping, api.exists, `OPTIONS ${of.subject}`, outer, resource));
  for (const endpoint of resource.endpoints) {
    const [exists, subject] = [all(api.exists, endpoint.exists), label(endpoint, resource)];
    yield {
      api: api.name,
      exists,
      at: endpoint.at,
      subject,
      hook: 'endpoint',
      ask: (check, options) => check.endpoint?.(endpoint, context, options),
    };
    yield* mappingsOf(endpoint, api).map(([mapping, stands]) => thingOfMapping(mapping, stands, subject, outer, resource));
    yield* headersOf(endpoint, exists, subject, context);
  }
}

/** The headers that the code of an endpoint sets, wherever it answers: those whose names look like CORS. */
function* headersOf({ code }: Endpoint, exists: Verdict, subject: string, context: InResource): Iterable<Thing> {
  for (const reading of code?.readings ?? []) {
    const stands = all(exists, reading.isSo);
    for (const header of new Set(reading.code.answers.flatMap(({ written }) => written))) {
      const ask: Thing['ask'] = (check, options) => check.codeHeader?.(header, context, options);
      yield { api: context.api.name, exists: stands, at: header.at, subject, hook: 'codeHeader', ask };
    }
  }
}

/**
 * CDK makes OPTIONS on every path, the root included: where others have methods, nobody calls one that has OPTIONS alone. An API of
 * which no methods are in sight may have them elsewhere.
 */
const isCalled = ({ endpoints }: Resource, { resources, imported }: Api): boolean =>
  endpoints.length > 0 || imported || resources.every((one) => one.endpoints.length === 0);

/** An endpoint's mappings, each with the worlds in which its response stands. Both answers may be one. */
function mappingsOf({ exists, success, handlerError }: Endpoint, api: Api): readonly (readonly [Mapping, Verdict])[] {
  const responses = new Set([...success.responses, ...handlerError.responses]);
  return [...responses].flatMap((response) =>
    response.mappings.map((mapping) => [mapping, all(api.exists, exists, response.exists)] as const),
  );
}

function thingOfMapping(mapping: Mapping, stands: Verdict, owner: string, outer: InApi, resource?: Resource): Thing {
  const context = { ...outer, owner, ...(resource && { resource }) };
  return {
    api: outer.api.name,
    exists: all(stands, mapping.exists),
    at: mapping.key,
    subject: owner,
    hook: 'mapping',
    ask: (check, options) => check.mapping?.(mapping, context, options),
  };
}
