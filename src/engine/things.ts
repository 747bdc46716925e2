import type { Api, Endpoint, GatewayResponse, Mapping, Model, Resource } from '../model/api.ts';
import { label, shown } from '../model/names.ts';
import { resourceExists, responsesOf } from '../model/queries.ts';
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
export function thingsOf(model: Model): readonly Thing[] {
  const context = { model };
  return [
    { exists: YES, hook: 'model', ask: (check, options) => check.model?.(model, options) },
    ...model.apis.flatMap((api) => thingsOfApi({ model, api })),
    ...model.deployments.map((deployment): Thing => {
      const { exists, at, name } = deployment;
      return { exists, at, subject: name, hook: 'deployment', ask: (check, options) => check.deployment?.(deployment, context, options) };
    }),
    ...model.ignored.map((ignored): Thing => {
      const { exists, at } = ignored;
      return { exists, at, hook: 'ignored', ask: (check, options) => check.ignored?.(ignored, context, options) };
    }),
    ...model.problems.map((problem): Thing => {
      const { exists, at } = problem;
      return { exists, at, hook: 'problem', ask: (check, options) => check.problem?.(problem, context, options) };
    }),
  ];
}

function thingsOfApi(context: InApi): readonly Thing[] {
  const { api } = context;
  const { exists, at, name } = api;
  return [
    { api: name, exists, at, subject: name, hook: 'api', ask: (check, options) => check.api?.(api, context, options) },
    ...api.resources.flatMap((resource) => thingsOfResource(resource, context)),
    ...api.gatewayResponses.flatMap((response) => thingsOfGatewayResponse(response, context)),
  ];
}

function thingsOfGatewayResponse(response: GatewayResponse, context: InApi): readonly Thing[] {
  const { api } = context;
  const [exists, subject] = [all(api.exists, response.exists), shown(response.type)];
  const ask: Thing['ask'] = (check, options) => check.gatewayResponse?.(response, context, options);
  return [
    { api: api.name, exists, at: response.at, subject, hook: 'gatewayResponse', ask },
    ...response.mappings.map((mapping) => thingOfMapping(mapping, exists, subject, context)),
  ];
}

function thingsOfResource(resource: Resource, outer: InApi): readonly Thing[] {
  const { api } = outer;
  const { preflight } = resource;
  const context = { ...outer, resource };
  const of = { api: api.name, exists: all(api.exists, resourceExists(resource)), subject: shown(resource.path) };
  const things: Thing[] = [
    { ...of, at: resource.at, hook: 'resource', ask: (check, options) => check.resource?.(resource, context, options) },
  ];
  if (isCalled(resource, api))
    things.push({ ...of, at: preflight.at, hook: 'preflight', ask: (check, options) => check.preflight?.(preflight, context, options) });
  for (const mapping of preflight.mappings) things.push(thingOfMapping(mapping, api.exists, `OPTIONS ${of.subject}`, outer, resource));
  for (const endpoint of resource.endpoints) things.push(...thingsOfEndpoint(endpoint, context));
  return things;
}

function thingsOfEndpoint(endpoint: Endpoint, context: InResource): readonly Thing[] {
  const { api, resource, model } = context;
  const [exists, subject] = [all(api.exists, endpoint.exists), label(endpoint, resource)];
  const ask: Thing['ask'] = (check, options) => check.endpoint?.(endpoint, context, options);
  return [
    { api: api.name, exists, at: endpoint.at, subject, hook: 'endpoint', ask },
    ...mappingsOf(endpoint, api).map(([mapping, stands]) => thingOfMapping(mapping, stands, subject, { model, api }, resource)),
    ...headersOf(endpoint, exists, subject, context),
  ];
}

/** The headers that the code of an endpoint sets, wherever it answers: those whose names look like CORS. */
const headersOf = ({ code }: Endpoint, exists: Verdict, subject: string, context: InResource): readonly Thing[] =>
  (code?.readings ?? []).flatMap((reading) => {
    const stands = all(exists, reading.isSo);
    return [...new Set(reading.code.answers.flatMap(({ written }) => written))].map((header): Thing => {
      const ask: Thing['ask'] = (check, options) => check.codeHeader?.(header, context, options);
      return { api: context.api.name, exists: stands, at: header.at, subject, hook: 'codeHeader', ask };
    });
  });

/**
 * CDK makes OPTIONS on every path, the root included: where others have methods, nobody calls one that has OPTIONS alone. An API of
 * which no methods are in sight may have them elsewhere.
 */
const isCalled = ({ endpoints }: Resource, { resources, imported }: Api): boolean =>
  endpoints.length > 0 || imported || resources.every((one) => one.endpoints.length === 0);

/** An endpoint's mappings, each with the worlds in which its response stands. Both answers may be one. */
const mappingsOf = (endpoint: Endpoint, api: Api): readonly (readonly [Mapping, Verdict])[] =>
  responsesOf(endpoint).flatMap((response) =>
    response.mappings.map((mapping) => [mapping, all(api.exists, endpoint.exists, response.exists)] as const),
  );

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
