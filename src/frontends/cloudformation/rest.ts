import type { Location } from '../../source/location.ts';
import { get, listOf, valueOf, type Scalar, type Tree } from '../../value/tree.ts';
import { known, show, type Value } from '../../value/value.ts';
import { YES } from '../../value/verdict.ts';
import type { Api, GatewayResponse, Resource } from '../../model/api.ts';
import { liftRestBody } from '../openapi/rest.ts';
import type { Ignored, Problem } from '../../model/written.ts';
import { documentOf } from './bodies.ts';
import { certificate, isCached } from './domains.ts';
import { resourceOf, type Method } from './methods.ts';
import { exportIn } from './names.ts';
import { Paths, resourceKey } from './paths.ts';
import { gatewayResponses } from './responses.ts';
import { constant, ownersIn, textOr, type Entity, type Owner, type Template } from './template.ts';
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
  readonly methods: Method[];
}

/** An API, and what is to be said of the document that defines it. */
export interface LiftedApi {
  readonly api: Api;
  readonly problems: readonly Problem[];
  readonly ignored: readonly Ignored[];
}

/** The REST APIs of the template, imported ones included. */
export function restApis(template: Template): readonly LiftedApi[] {
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
    if (isGiven(arm)) placeOf(group, arm, entity.key).methods.push(method(entity, both(present, here)));
  }
}

const method = ({ id, key, properties }: Entity, present: Value<boolean>): Method => ({ names: [id], at: key, properties, present });

function lift({ api, arm, resources, gatewayResponses: responses }: Group, paths: Paths, template: Template): LiftedApi {
  const properties = api?.properties ?? absent(arm.from);
  const at = api?.key ?? arm.from.at;
  const document = api && documentOf(properties);
  const body = document && liftRestBody(document, { template, present: api.present, names: [api.id] });
  const own = [...resources.values()].map((place) => resourceOf(paths.of(place.id), place.at, place.methods, template));
  const types = get(properties, 'BinaryMediaTypes');
  const source = get(properties, 'ApiKeySourceType');
  const policy = policyOf(properties);
  const lifted: Api = {
    target: 'rest',
    name: api?.id ?? nameOf(arm),
    at,
    exists: api ? verdictOf(api.present) : YES,
    // A clone has what the API has that it is made from.
    imported: !api || body?.whole === false || !isNever(standsHere(get(properties, 'CloneFrom'))),
    private: isPrivate(properties),
    resources: body ? merged(body.resources, own) : own,
    gatewayResponses: body ? [...body.gatewayResponses, ...responses.map(detached(properties))] : responses,
    managed: undefined,
    keySource: body && source.kind === 'absent' ? body.keySource : keySourceOf(source),
    binaryMediaTypes: body && types.kind === 'absent' ? body.binaryMediaTypes : listOf(types, mediaType),
    policy: body && policy.kind === 'absent' ? body.policy : policy,
    ...isCached(arm, template),
    ...certificate(arm, template),
  };
  return { api: lifted, problems: body?.problems ?? [], ignored: body?.ignored ?? [] };
}

/** The property takes `~1` for `/`, as in JSON Pointer ("image~1png", AWS::ApiGateway::RestApi); SAM passes it on as it is. */
const mediaType = (value: Scalar | undefined): string => textOr(value).replaceAll('~1', '/');

/** Where a client puts its API key: `ApiKeySourceType`, or the extension of an OpenAPI document. */
export const keySourceOf = (tree: Tree): Api['keySource'] => valueOf(tree, (value) => (value === 'AUTHORIZER' ? 'AUTHORIZER' : 'HEADER'));

/** The next import of the document drops what stands beside it (D4), unless it is told to merge. */
const detached =
  (properties: Tree) =>
  (response: GatewayResponse): GatewayResponse => {
    const mode = get(properties, 'Mode');
    return mode.kind === 'absent' || (mode.kind === 'scalar' && mode.value === 'overwrite') ? { ...response, detached: true } : response;
  };

/** The paths of a document, and those that the template adds; what both have is one. */
function merged(ofBody: readonly Resource[], own: readonly Resource[]): readonly Resource[] {
  const added = new Map(own.flatMap((one) => (one.path.kind === 'known' ? [[one.path.value, one] as const] : [])));
  const twice = new Set<Resource>();
  const all = ofBody.map((one): Resource => {
    const other = one.path.kind === 'known' ? added.get(one.path.value) : undefined;
    if (!other) return one;
    twice.add(other);
    const answers = one.preflight.by.kind === 'known' && one.preflight.by.value === 'nobody' ? other : one;
    return { ...one, endpoints: [...one.endpoints, ...other.endpoints], preflight: answers.preflight };
  });
  return [...all, ...own.filter((one) => !twice.has(one))];
}

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

/** What REST APIs have and other targets have not. */
export const withoutRest = (at: Location): Pick<Api, 'private' | 'keySource' | 'binaryMediaTypes' | 'policy'> => ({
  private: constant(false, at),
  keySource: constant<'HEADER' | 'AUTHORIZER'>('HEADER', at),
  binaryMediaTypes: constant([], at),
  policy: { kind: 'absent', from: { kind: 'absent', at } },
});
