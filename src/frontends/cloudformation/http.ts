import { entriesOf, get, partsOf, textOf, valueOf, type Tree } from '../../value/tree.ts';
import { known, leaves } from '../../value/value.ts';
import { YES } from '../../value/verdict.ts';
import type { Api, GatewayResponse } from '../../model/api.ts';
import { liftHttpBody } from '../openapi/http.ts';
import { mappedAnswers } from './answers.ts';
import { authorizerOf, nobody } from './authorizers.ts';
import { documentOf } from './bodies.ts';
import { certificate } from './domains.ts';
import { functionIn, namesIn } from './handlers.ts';
import { resourcesOf, type Route } from './http-routes.ts';
import { managedCors } from './managed.ts';
import { gatewayResponses } from './responses.ts';
import { nameOf, withoutRest, type LiftedApi } from './rest.ts';
import { DEFAULT } from './routes.ts';
import { identity, ownersIn, textOr, type Entity, type Owner, type Template } from './template.ts';
import { compose, isText, splitOnce, trimmed } from './text.ts';
import { absent, both, isNever, standsHere, variants, verdictOf, type Arm } from './worlds.ts';

interface Group {
  readonly api: Entity | undefined;
  readonly arm: Arm;
  readonly routes: Route[];
}

/** HTTP and WebSocket APIs, those that the template only adds routes to included. */
export function httpApis(template: Template): readonly LiftedApi[] {
  const groups = new Map<string, Group>();
  for (const api of template.ofType('AWS::ApiGatewayV2::Api')) {
    const arm: Arm = { kind: 'unknown', why: '', names: { id: api.id }, from: { kind: 'literal', at: api.key } };
    groups.set(identity(arm), { api, arm, routes: quickCreate(api, template) });
  }
  for (const entity of template.ofType('AWS::ApiGatewayV2::Route')) {
    for (const owner of ownersIn(get(entity.properties, 'ApiId'))) groupOf(groups, owner).routes.push(...routesIn(entity, owner, template));
  }
  const responses = gatewayResponses(template);
  return [...groups].map(([key, group]) => lift(group, responses.get(key)?.responses ?? [], template));
}

function groupOf(groups: Map<string, Group>, { key, arm }: Owner): Group {
  const group = groups.get(key) ?? { api: undefined, arm, routes: [] };
  groups.set(key, group);
  return group;
}

/** `Target` of an API makes a route by itself, open to everybody (H18). */
function quickCreate({ present, properties }: Entity, template: Template): Route[] {
  const target = get(properties, 'Target');
  const there = both(present, standsHere(target));
  if (isNever(there)) return [];
  const routeKey = get(properties, 'RouteKey');
  return keysIn(routeKey.kind === 'absent' ? { kind: 'scalar', value: DEFAULT, from: target.from } : routeKey).map(
    ({ present: here, ...names }) => ({
      ...names,
      at: target.from.at,
      present: both(there, here),
      authorizer: nobody(absent(properties.from).from),
      leads: known(true, target.from),
      handler: functionIn(target, template),
      responses: [],
    }),
  );
}

function routesIn({ key, present, properties }: Entity, owner: Owner, template: Template): Route[] {
  const target = get(properties, 'Target');
  const behind = integrationIn(target, template);
  return keysIn(get(properties, 'RouteKey')).map(({ present: here, ...names }) => ({
    ...names,
    at: key,
    present: both(both(present, owner.present), here),
    authorizer: authorizerOf(properties, template),
    leads: standsHere(target),
    handler: behind && functionIn(get(behind.properties, 'IntegrationUri'), template),
    responses: behind ? mappedAnswers(get(behind.properties, 'ResponseParameters'), behind.present) : [],
  }));
}

/** The integration that a target names: 'integrations/<ref>'. */
const integrationIn = (target: Tree, template: Template): Entity | undefined =>
  namesIn(target)
    .map(({ id }) => template.entities.get(id))
    .find((entity) => entity?.type === 'AWS::ApiGatewayV2::Integration');

type Named = Pick<Route, 'method' | 'path' | 'methodText' | 'pathText' | 'place' | 'present'>;

/** 'GET /items' is a method and a path, '$default' is any method of a path that no other route takes. */
const keysIn = (routeKey: Tree): readonly Named[] =>
  [...variants(routeKey, identity)].flatMap(([key, { arm, present }]) => {
    if (!isText(arm)) return [];
    const [before, after] = splitOnce(partsOf(arm), ' ');
    const isDefault = arm.kind === 'scalar' && arm.value === DEFAULT;
    const method = isDefault ? { ...arm, value: 'ANY' } : compose(before, arm.from);
    const path = isDefault
      ? arm
      : after
        ? trimmed(compose(after, arm.from))
        : compose([{ hole: 'the route names no path', from: arm.from }], arm.from);
    return [
      {
        method: method.kind === 'scalar' ? String(method.value).toUpperCase() : undefined,
        path: path.kind === 'scalar' ? String(path.value) : undefined,
        methodText: valueOf(method, (value) => textOr(value).toUpperCase()),
        pathText: valueOf(path, textOr),
        place: path.kind === 'scalar' ? String(path.value) : `unknown:${key}`,
        present,
      },
    ];
  });

function lift({ api, arm, routes }: Group, responses: readonly GatewayResponse[], template: Template): LiftedApi {
  const at = api?.key ?? arm.from.at;
  const properties = api?.properties ?? absent(arm.from);
  const document = api && documentOf(properties);
  const body = document && liftHttpBody(document, { template, present: api.present, names: [api.id] });
  const all = [...routes, ...(body?.routes ?? [])];
  const isWebSocket = api
    ? isWebSocketApi(properties)
    : routes.some(({ methodText }) => [...leaves(methodText)].some((leaf) => leaf.kind === 'known' && leaf.value.startsWith('$')));
  const managed =
    managedCors(get(properties, 'CorsConfiguration'), 'http', entriesOf(properties).get('CorsConfiguration')?.key) ?? body?.managed;
  const lifted: Api = {
    target: isWebSocket ? 'websocket' : 'http',
    name: api?.id ?? nameOf(arm),
    at,
    exists: api ? verdictOf(api.present) : YES,
    imported: !api || body?.whole === false,
    resources: isWebSocket ? [] : resourcesOf(all, managed),
    gatewayResponses: responses,
    managed: managed?.block,
    ...withoutRest(at),
    ...certificate(arm, template),
  };
  return { api: lifted, problems: body?.problems ?? [], ignored: body?.ignored ?? [] };
}

export const isWebSocketApi = (properties: Tree): boolean =>
  [...leaves(textOf(get(properties, 'ProtocolType')))].some((leaf) => leaf.kind === 'known' && leaf.value?.toUpperCase() === 'WEBSOCKET');
