import type { Location } from '../../source/location.ts';
import { get, listOf, mapKnown, valueOf, type Tree } from '../../value/tree.ts';
import { known, show, type Value } from '../../value/value.ts';
import { YES } from '../../value/verdict.ts';
import type { Answer, Api, Endpoint, GatewayResponse, Integration, Resource, Writer } from '../../model/api.ts';
import { authorizerOf } from './authorizers.ts';
import { functionIn } from './handlers.ts';
import { exportIn } from './names.ts';
import { Paths, resourceKey } from './paths.ts';
import { firstOf, integrationOf, isEndpoint, methodAsPreflight, type Candidate } from './preflight.ts';
import { gatewayResponses, responsesOf, statusClass, validation } from './responses.ts';
import { constant, flag, ownersIn, textOr, type Entity, type Owner, type Template } from './template.ts';
import { absent, both, either, isGiven, isNever, perWorld, standsHere, variants, verdictOf, type Arm } from './worlds.ts';

/** A REST API as its parts say: a RestApi of the template, or one that lies elsewhere and that they name alike. */
interface Group {
  readonly api: Entity | undefined;
  readonly arm: Arm;
  readonly resources: Map<string, Place>;
  gatewayResponses: readonly GatewayResponse[];
}

/** One path of an API. */
interface Place {
  readonly id: Arm;
  readonly at: Location;
  readonly methods: { readonly entity: Entity; readonly present: Value<boolean> }[];
}

/** The REST APIs of the template, imported ones included. */
export function restApis(template: Template): readonly Api[] {
  const groups = new Map<string, Group>();
  const groupOf = ({ key, arm }: Pick<Owner, 'key' | 'arm'>): Group => {
    const group = groups.get(key) ?? { api: undefined, arm, resources: new Map(), gatewayResponses: [] };
    groups.set(key, group);
    return group;
  };
  for (const api of template.ofType('AWS::ApiGateway::RestApi')) {
    const arm: Arm = { kind: 'unknown', why: '', names: { id: api.id }, from: { kind: 'literal', at: api.key } };
    groups.set(`ref:${api.id}`, { api, arm, resources: new Map(), gatewayResponses: [] });
  }
  for (const entity of template.ofType('AWS::ApiGateway::Resource')) {
    const id: Arm = { kind: 'unknown', why: '', names: { id: entity.id }, from: { kind: 'literal', at: entity.key } };
    for (const owner of ownersIn(get(entity.properties, 'RestApiId'))) placeOf(groupOf(owner), id, entity.key);
  }
  for (const entity of template.ofType('AWS::ApiGateway::Method')) {
    for (const owner of ownersIn(get(entity.properties, 'RestApiId')))
      addMethod(groupOf(owner), entity, both(entity.present, owner.present));
  }
  for (const [key, { arm, responses }] of gatewayResponses(template)) {
    // Those of HTTP APIs are lifted with them.
    if (!isHttpApi(arm, template)) groupOf({ key, arm }).gatewayResponses = responses;
  }
  const paths = new Paths(template);
  return [...groups.values()].map((group) => lift(group, paths, template));
}

const isHttpApi = (arm: Arm, template: Template): boolean => template.named(arm)?.type === 'AWS::ApiGatewayV2::Api';

function placeOf({ resources }: Group, id: Arm, at: Location): Place {
  const place = resources.get(resourceKey(id)) ?? { id, at, methods: [] };
  resources.set(resourceKey(id), place);
  return place;
}

function addMethod(group: Group, entity: Entity, present: Value<boolean>): void {
  for (const { arm, present: here } of variants(get(entity.properties, 'ResourceId'), resourceKey).values()) {
    if (isGiven(arm)) placeOf(group, arm, entity.key).methods.push({ entity, present: both(present, here) });
  }
}

function lift({ api, arm, resources, gatewayResponses: responses }: Group, paths: Paths, template: Template): Api {
  const properties = api?.properties ?? absent(arm.from);
  const at = api?.key ?? arm.from.at;
  return {
    target: 'rest',
    name: api?.id ?? nameOf(arm),
    at,
    exists: api ? verdictOf(api.present) : YES,
    imported: !api || isDefinedByBody(properties),
    private: isPrivate(properties),
    resources: [...resources.values()].map((place) => resource(place, paths, template)),
    gatewayResponses: responses,
    managed: undefined,
    keySource: valueOf(get(properties, 'ApiKeySourceType'), (value) => (value === 'AUTHORIZER' ? 'AUTHORIZER' : 'HEADER')),
    binaryMediaTypes: listOf(get(properties, 'BinaryMediaTypes'), textOr),
    policy: policyOf(properties),
  };
}

/** An OpenAPI document defines resources of its own, and nobody has read it here. */
export const isDefinedByBody = (properties: Tree): boolean =>
  ['Body', 'BodyS3Location'].some((name) => !isNever(standsHere(get(properties, name))));

/** So much of an expression is still a name. */
const MAX_NAME = 60;

/** What an API that is defined elsewhere is called by: its id, the parameter or the export that holds it, or how it is written. */
export function nameOf(arm: Arm): string {
  if (arm.kind === 'scalar') return String(arm.value);
  if (arm.kind !== 'unknown') return 'another API';
  const parameter = arm.from.kind === 'reference' ? arm.from.to?.at.path.at(-1) : undefined;
  const name = arm.names?.id ?? (typeof parameter === 'string' ? parameter : exportIn(arm.why));
  if (name !== undefined) return name;
  const written = show({ kind: 'unknown', why: arm.why, from: arm.from }).replaceAll(/\s+/g, ' ');
  return written.length > MAX_NAME ? 'another API' : written;
}

/** The Serverless Framework writes '' where there is no policy. */
const policyOf = (properties: Tree): Tree => {
  const policy = get(properties, 'Policy');
  return policy.kind === 'scalar' && (policy.value === '' || policy.value === null) ? absent(policy.from) : policy;
};

function isPrivate(properties: Tree): Value<boolean> {
  const types = get(properties, 'EndpointConfiguration', 'Types');
  return perWorld([types], types.from, (list) => {
    if (list.kind === 'unknown') return { kind: 'unknown', why: list.why, from: list.from };
    if (list.kind !== 'list') return known(false, list.from);
    return list.items.map((item) => valueOf(item, (value) => value === 'PRIVATE')).reduce(either, known(false, list.from));
  });
}

function resource({ id, at, methods }: Place, paths: Paths, template: Template): Resource {
  const lifted = methods.map(({ entity, present }) => {
    const method = methodOf(entity);
    return {
      entity,
      present,
      method,
      integration: integrationOf(entity.properties),
      isOptions: is(method, 'OPTIONS'),
      isAny: is(method, 'ANY'),
    };
  });
  const candidate = (one: (typeof lifted)[number], isAny: boolean): Candidate[] => {
    const when = both(one.present, isAny ? one.isAny : one.isOptions);
    return isNever(when) ? [] : [{ when, preflight: methodAsPreflight(one.entity, one.integration, isAny, when, template) }];
  };
  const endpoints = lifted.flatMap((one) => {
    const listed = both(one.present, isEndpoint(one.isOptions, one.integration));
    return isNever(listed) ? [] : [endpoint(one.entity, one.method, one.integration, listed, template)];
  });
  // OPTIONS is more specific than ANY, so it wins wherever it stands (R21).
  const candidates = [...lifted.flatMap((one) => candidate(one, false)), ...lifted.flatMap((one) => candidate(one, true))];
  return { path: paths.of(id), at, endpoints, preflight: firstOf(candidates, at) };
}

const is = (method: Value<string>, name: string): Value<boolean> => mapKnown(method, (text) => text === name);

const methodOf = ({ properties }: Entity): Value<string> => {
  const method = get(properties, 'HttpMethod');
  return perWorld([method], method.from, (arm) => {
    if (arm.kind === 'scalar') return known(String(arm.value).toUpperCase(), arm.from);
    return { kind: 'unknown', why: arm.kind === 'unknown' ? arm.why : 'the deploy refuses this method', from: arm.from };
  });
};

function endpoint(
  entity: Entity,
  method: Value<string>,
  integration: Value<Integration>,
  present: Value<boolean>,
  template: Template,
): Endpoint {
  const { key, properties } = entity;
  const { body, parameters } = validation(properties, template);
  const by = mapKnown(integration, writerOf);
  // A proxy has no integration responses: what is written there has no effect (R25).
  const isWritten = mapKnown(integration, (kind) => kind === 'mapped' || kind === 'mock');
  const responses = isNever(isWritten) ? [] : responsesOf(properties, both(present, isWritten));
  const answer = (kind: 'ok' | 'error'): Answer => ({
    by,
    responses: responses.filter(({ status }) => (statusClass(status) ?? 'ok') === kind),
  });
  return {
    at: key,
    exists: verdictOf(present),
    method,
    authorizer: authorizerOf(properties, template),
    needsKey: flag(get(properties, 'ApiKeyRequired')),
    validates: either(body, parameters),
    integration,
    handler: functionIn(get(properties, 'Integration', 'Uri'), template),
    success: answer('ok'),
    handlerError: answer('error'),
  };
}

function writerOf(integration: Integration): Writer {
  switch (integration) {
    case 'proxy':
      return 'handler';
    case 'mapped':
    case 'mock':
      return 'gateway';
    case 'none':
      return 'nobody';
  }
}

/** What REST APIs have and other targets have not. */
export const withoutRest = (at: Location): Pick<Api, 'private' | 'keySource' | 'binaryMediaTypes' | 'policy'> => ({
  private: constant(false, at),
  keySource: constant<'HEADER' | 'AUTHORIZER'>('HEADER', at),
  binaryMediaTypes: constant([], at),
  policy: { kind: 'absent', from: { kind: 'absent', at } },
});
