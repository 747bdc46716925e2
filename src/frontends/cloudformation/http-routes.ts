import type { Location } from '../../source/location.ts';
import type { Value } from '../../value/value.ts';
import type { Answer, Authorizer, Endpoint, Integration, Preflight, PreflightBy, Resource, Response, Writer } from '../../model/api.ts';
import { chooseHeaders, noHeaders } from './headers.ts';
import type { ManagedCors } from './managed.ts';
import { firstOf, type Candidate } from './preflight.ts';
import { statusClass } from './responses.ts';
import { DEFAULT, takersOfOptions, type RouteKey } from './routes.ts';
import { constant } from './template.ts';
import { both, choose, isNever, verdictOf } from './worlds.ts';

/** A route in the worlds in which its key is this one: a resource of the template, or an operation of an OpenAPI document. */
export interface Route extends RouteKey {
  readonly at: Location;
  readonly present: Value<boolean>;
  readonly methodText: Value<string>;
  readonly pathText: Value<string>;
  /** Routes of one path have one key. */
  readonly place: string;
  readonly authorizer: Value<Authorizer>;
  /** There is an integration behind it. */
  readonly leads: Value<boolean>;
  readonly handler: string | undefined;
  /** What parameter mappings make of the backend's answers. */
  readonly responses: readonly Response[];
}

/** The paths of an HTTP API, by its routes. */
export function resourcesOf(routes: readonly Route[], managed: ManagedCors | undefined): readonly Resource[] {
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
    const answered = byRoutes(first, routes);
    return [
      {
        path: first.pathText,
        at: first.at,
        endpoints: here.map((route) => endpoint(route, managed)),
        preflight: managed ? byService(answered, managed) : answered,
      },
    ];
  });
}

/**
 * What answers OPTIONS of a path by its routes. A route without an integration answers nothing (H7); one whose key is not
 * known may be the one that is met.
 */
function byRoutes({ path, at }: Route, routes: readonly Route[]): Preflight {
  const takers = path === undefined ? routes.filter((route) => route.path === DEFAULT) : takersOfOptions(path, routes);
  const unsure = routes.filter((route) => mayTake(route, path));
  const candidate = (route: Route, when: Value<boolean>): Candidate[] => (isNever(when) ? [] : [{ when, preflight: asPreflight(route) }]);
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

function asPreflight({ at, method, authorizer, handler }: Route): Preflight {
  return {
    ...firstOf([], at),
    by: constant<PreflightBy>(method === 'OPTIONS' ? 'options' : 'any', at),
    authorizer,
    handler,
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

function endpoint(route: Route, managed: ManagedCors | undefined): Endpoint {
  const { at, leads, responses } = route;
  const integration: Value<Integration> = choose(leads, constant<Integration>('proxy', at), constant<Integration>('none', at));
  const answer = (kind: 'ok' | 'error'): Answer => {
    const mapped = responses.filter(({ status }) => (statusClass(status) ?? 'ok') === kind);
    const otherwise = constant<Writer>(mapped.some(setsOrigin) ? 'gateway' : 'handler', at);
    // The gateway's headers take the place of the handler's (H3), and of those that mappings set.
    const answering = managed ? choose(managed.present, constant<Writer>('gateway', managed.block.at), otherwise) : otherwise;
    const replaced = managed?.present.kind === 'known' && managed.present.value;
    return { by: choose(leads, answering, constant<Writer>('nobody', at)), responses: replaced ? [] : mapped };
  };
  return {
    at,
    exists: verdictOf(route.present),
    method: route.methodText,
    authorizer: route.authorizer,
    needsKey: constant(false, at),
    validates: constant(false, at),
    integration,
    handler: route.handler,
    success: answer('ok'),
    handlerError: answer('error'),
  };
}

const setsOrigin = ({ headers: { origin } }: Response): boolean => !(origin.kind === 'known' && origin.value.kind === 'absent');
