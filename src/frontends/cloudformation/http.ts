import type { Location } from '../../source/location.ts';
import { get, partsOf, textOf, valueOf, type Tree } from '../../value/tree.ts';
import { known, leaves, type Value } from '../../value/value.ts';
import { YES } from '../../value/verdict.ts';
import type { Answer, Api, Endpoint, GatewayResponse, Integration, Preflight, PreflightBy, Resource, Writer } from '../../model/api.ts';
import { authorizerOf, nobody } from './authorizers.ts';
import { functionIn, namesIn } from './handlers.ts';
import { chooseHeaders, noHeaders } from './headers.ts';
import { managedCors, type ManagedCors } from './managed.ts';
import { firstOf, type Candidate } from './preflight.ts';
import { gatewayResponses } from './responses.ts';
import { isDefinedByBody, nameOf, withoutRest } from './rest.ts';
import { DEFAULT, takersOfOptions, type RouteKey } from './routes.ts';
import { constant, identity, ownersIn, textOr, type Entity, type Owner, type Template } from './template.ts';
import { compose, isText, splitOnce, trimmed } from './text.ts';
import { absent, both, choose, isNever, standsHere, variants, verdictOf, type Arm } from './worlds.ts';

/** A route in the worlds in which its key is this one. */
interface Route extends RouteKey {
  readonly at: Location;
  readonly present: Value<boolean>;
  readonly methodText: Value<string>;
  readonly pathText: Value<string>;
  /** Routes of one path have one key. */
  readonly place: string;
  readonly properties: Tree;
  /** There is an integration behind it. */
  readonly leads: Value<boolean>;
  readonly handler: string | undefined;
}

interface Group {
  readonly api: Entity | undefined;
  readonly arm: Arm;
  readonly routes: Route[];
}

/** HTTP and WebSocket APIs, those that the template only adds routes to included. */
export function httpApis(template: Template): readonly Api[] {
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
  const open = absent(properties.from);
  return keysIn(routeKey.kind === 'absent' ? { kind: 'scalar', value: DEFAULT, from: target.from } : routeKey).map(
    ({ present: here, ...names }) => ({
      ...names,
      at: target.from.at,
      present: both(there, here),
      properties: open,
      leads: known(true, target.from),
      handler: functionIn(target, template),
    }),
  );
}

function routesIn({ key, present, properties }: Entity, owner: Owner, template: Template): Route[] {
  const target = get(properties, 'Target');
  return keysIn(get(properties, 'RouteKey')).map(({ present: here, ...names }) => ({
    ...names,
    at: key,
    present: both(both(present, owner.present), here),
    properties,
    leads: standsHere(target),
    handler: handlerOf(target, template),
  }));
}

/** The function behind the integration that a target names: 'integrations/<ref>'. */
function handlerOf(target: Tree, template: Template): string | undefined {
  for (const { id } of namesIn(target)) {
    const integration = template.entities.get(id);
    if (integration?.type === 'AWS::ApiGatewayV2::Integration') return functionIn(get(integration.properties, 'IntegrationUri'), template);
  }
  return undefined;
}

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

function lift({ api, arm, routes }: Group, responses: readonly GatewayResponse[], template: Template): Api {
  const at = api?.key ?? arm.from.at;
  const properties = api?.properties ?? absent(arm.from);
  const isWebSocket = api
    ? isProtocol(properties, 'WEBSOCKET')
    : routes.some(({ methodText }) => [...leaves(methodText)].some((leaf) => leaf.kind === 'known' && leaf.value.startsWith('$')));
  const managed = managedCors(get(properties, 'CorsConfiguration'), 'http');
  return {
    target: isWebSocket ? 'websocket' : 'http',
    name: api?.id ?? nameOf(arm),
    at,
    exists: api ? verdictOf(api.present) : YES,
    imported: !api || isDefinedByBody(properties),
    resources: isWebSocket ? [] : resourcesOf(routes, managed, template),
    gatewayResponses: responses,
    managed: managed?.block,
    ...withoutRest(at),
  };
}

const isProtocol = (properties: Tree, wanted: string): boolean =>
  [...leaves(textOf(get(properties, 'ProtocolType')))].some((leaf) => leaf.kind === 'known' && leaf.value?.toUpperCase() === wanted);

function resourcesOf(routes: readonly Route[], managed: ManagedCors | undefined, template: Template): readonly Resource[] {
  const places = new Map<string, Route[]>();
  for (const route of routes) {
    if (isNever(route.present)) continue;
    const others = places.get(route.place) ?? [];
    others.push(route);
    places.set(route.place, others);
  }
  return [...places.values()].flatMap((here) => {
    const [first] = here;
    if (!first) return [];
    const answered = byRoutes(first, routes, template);
    return [
      {
        path: first.pathText,
        at: first.at,
        endpoints: here.map((route) => endpoint(route, managed, template)),
        preflight: managed ? byService(answered, managed) : answered,
      },
    ];
  });
}

/**
 * What answers OPTIONS of a path by its routes. A route without an integration answers nothing (H7); one whose key is not
 * known may be the one that is met.
 */
function byRoutes({ path, at }: Route, routes: readonly Route[], template: Template): Preflight {
  const takers = path === undefined ? routes.filter((route) => route.path === DEFAULT) : takersOfOptions(path, routes);
  const unsure = routes.filter((route) => mayTake(route, path));
  const candidate = (route: Route, when: Value<boolean>): Candidate[] =>
    isNever(when) ? [] : [{ when, preflight: asPreflight(route, template) }];
  return firstOf(
    [
      ...takers.flatMap((route) => candidate(route, both(route.present, route.leads))),
      ...unsure.flatMap((route) =>
        candidate(
          route,
          both(both(route.present, route.leads), { kind: 'unknown', why: 'its route key is not known', from: route.methodText.from }),
        ),
      ),
    ],
    at,
  );
}

/** A route of which the method or the path is not known, and that may take OPTIONS of this path. */
function mayTake({ method, path }: Route, wanted: string | undefined): boolean {
  if (path === undefined) return method === undefined || method === 'OPTIONS' || method === 'ANY';
  return method === undefined && (wanted === undefined || takersOfOptions(wanted, [{ method: 'OPTIONS', path }]).length > 0);
}

function asPreflight({ at, method, properties }: Route, template: Template): Preflight {
  return {
    ...firstOf([], at),
    by: constant<PreflightBy>(method === 'OPTIONS' ? 'options' : 'any', at),
    authorizer: authorizerOf(properties, template),
  };
}

/**
 * The service answers by itself, with 204 (H1). The authorizer stays that of the route which OPTIONS meets: one on ANY or
 * $default catches the preflight all the same (H5).
 */
export function byService(otherwise: Preflight, { block, present }: ManagedCors, status = 204): Preflight {
  return {
    ...otherwise,
    at: block.at,
    by: choose(present, constant<PreflightBy>('managed', block.at), otherwise.by),
    status: choose(present, constant<number | undefined>(status, block.at), otherwise.status),
    headers: chooseHeaders(present, block.headers, noHeaders(block.at)),
  };
}

function endpoint(route: Route, managed: ManagedCors | undefined, template: Template): Endpoint {
  const { at, properties, leads } = route;
  const integration: Value<Integration> = choose(leads, constant<Integration>('proxy', at), constant<Integration>('none', at));
  // The gateway's headers take the place of the handler's (H3).
  const answering = managed
    ? choose(managed.present, constant<Writer>('gateway', managed.block.at), constant<Writer>('handler', at))
    : constant<Writer>('handler', at);
  const answer: Answer = { by: choose(leads, answering, constant<Writer>('nobody', at)), responses: [] };
  return {
    at,
    exists: verdictOf(route.present),
    method: route.methodText,
    authorizer: properties.kind === 'absent' ? nobody(properties.from) : authorizerOf(properties, template),
    needsKey: constant(false, at),
    validates: constant(false, at),
    integration,
    handler: route.handler,
    success: answer,
    handlerError: answer,
  };
}
