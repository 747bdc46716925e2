import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import { places, unmatched } from '../interpret/drafts.ts';
import type { Machine } from '../interpret/machine.ts';
import { among } from '../interpret/operators.ts';
import { Thrown } from '../interpret/run.ts';
import { dictionary, native, opaque, scalar, textOf, type Dictionary, type Thing } from '../interpret/things.ts';
import { builtin } from '../python/lineage.ts';
import { ROUTELESS } from './application.ts';
import { asksBy, guarded, having, methodsIn, truthOf, whyOf } from './kit.ts';
import type { Library } from './library.ts';
import { Paths, type Routed } from './paths.ts';
import {
  bound,
  callable,
  decorator,
  errorKind,
  given,
  handlerFor,
  joinedTexts,
  moduleOf,
  nothing,
  transparent,
  withNames,
  type Give,
} from './python-kit.ts';
import { Reply } from './reply.ts';
import { OF_POWERTOOLS } from './statuses.ts';

interface Route extends Routed {
  readonly does: Thing;
  /** Its own word on CORS. */
  readonly cors: Thing | undefined;
}

interface Resolver {
  readonly routes: Route[];
  readonly handlers: { readonly kind: Thing; readonly does: Thing }[];
  /** Why something unseen works on its answers. */
  middleware: string | undefined;
  readonly cors: Thing | undefined;
}

type Settings = ReadonlyMap<string, Thing>;

const configs = new WeakMap<Thing, Settings>();
const routers = new WeakMap<Thing, Resolver>();

/** `aws_lambda_powertools.event_handler`. */
export const powertools: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const service = errorKind(on, 'ServiceError');
    const errors = Object.fromEntries(Object.keys(OF_POWERTOOLS).map((name) => [name, errorKind(on, name, service)]));
    const resolver = (name: string, place: number): [string, Thing] => [
      name,
      callable(name, at, (args, to, named) => {
        const names = place === 0 ? ['cors', 'debug'] : ['proxy_type', 'cors', 'debug'];
        return instance(on, { routes: [], handlers: [], middleware: undefined, cors: given(bound(names, args, named), 'cors') }, to);
      }),
    ];
    const all: Record<string, Thing> = {
      ...errors,
      ServiceError: service,
      ...Object.fromEntries([
        ...['APIGatewayRestResolver', 'APIGatewayHttpResolver', 'LambdaFunctionUrlResolver', 'ALBResolver'].map((name) =>
          resolver(name, 0),
        ),
        resolver('ApiGatewayResolver', 1),
      ]),
      Router: callable('Router', at, (_args, to) => instance(on, { routes: [], handlers: [], middleware: undefined, cors: undefined }, to)),
      CORSConfig: callable('CORSConfig', at, (args, to, named) => {
        const made = native('CORSConfig', to, () => opaque('it is no function', to));
        configs.set(
          made,
          bound(['allow_origin', 'extra_origins', 'allow_headers', 'expose_headers', 'max_age', 'allow_credentials'], args, named),
        );
        return made;
      }),
      Response: callable('Response', at, (args, to, named) =>
        responseOf(on, bound(['status_code', 'content_type', 'body', 'headers', 'cookies', 'compress'], args, named), to),
      ),
      content_types: transparent('content_types', at),
      ProxyEventType: transparent('ProxyEventType', at),
    };
    return moduleOf('event_handler', at, {
      ...all,
      exceptions: moduleOf('exceptions', at, all),
      api_gateway: moduleOf('api_gateway', at, all),
    });
  });

/** `aws_lambda_powertools` itself: decorators that leave answers as they are. */
export const powertoolsTools: Library['load'] = () => Promise.resolve((_on, at) => transparent('aws_lambda_powertools', at));

function responseOf(on: Machine, all: Settings, at: Location): Dictionary {
  const headers = given(all, 'headers');
  return {
    ...dictionary(
      [
        ['status_code', given(all, 'status_code') ?? scalar(200, at)],
        ['headers', headers ?? dictionary([], at)],
        ['body', given(all, 'body') ?? nothing(at)],
      ],
      at,
    ),
    class: builtin(on, 'PowertoolsResponse', []),
  };
}

function instance(on: Machine, resolver: Resolver, at: Location): Thing {
  const own = new Map<string, Thing>();
  const give: Give = (name, call) => void own.set(name, callable(name, at, call));
  const routing = (methods: readonly string[] | undefined, all: Settings, place: Location): Thing =>
    decorator(place, (does) => {
      on.run.wrote();
      if (does) resolver.routes.push({ methods, path: all.get('rule'), prefix: '', does, cors: given(all, 'cors'), at: place });
      if (given(all, 'middlewares')) resolver.middleware ??= 'a middleware works on its answers';
    });
  for (const verb of ['get', 'post', 'put', 'delete', 'patch', 'head'])
    give(verb, (args, place, named) => routing([verb.toUpperCase()], bound(['rule', 'cors'], args, named), place));
  give('route', (args, place, named) => {
    const all = bound(['rule', 'method', 'cors'], args, named);
    const method = all.get('method');
    return routing(method ? methodsIn(method) : [], all, place);
  });
  const handles = (kinds: readonly Thing[]): Thing =>
    decorator(at, (does) => {
      for (const kind of kinds) if (does) resolver.handlers.push({ kind, does });
    });
  give('exception_handler', ([kind]) => handles(kind?.kind === 'list' ? kind.items : kind ? [kind] : []));
  give('not_found', ([does], place) => {
    const missed = handles([errorKind(on, 'NotFoundError', errorKind(on, 'ServiceError'))]);
    return does ? invoke(on, missed, [does], place) : missed;
  });
  give('use', (_args, place) => {
    resolver.middleware ??= 'a middleware works on its answers';
    return nothing(place);
  });
  give('include_router', (args, place, named) => {
    const all = bound(['router', 'prefix'], args, named);
    include(resolver, all.get('router'), given(all, 'prefix'), place);
    return nothing(place);
  });
  const resolve = callable('resolve', at, (_args, place) => answer(on, resolver, place));
  own.set('resolve', resolve);
  own.set('current_event', eventOf(on, at));
  const made = native(
    'app',
    at,
    (_args, place) => answer(on, resolver, place),
    having(own, (name) => (name.startsWith('__') ? undefined : opaque(`\`${name}\` of the resolver is not read`, at, { pure: true }))),
  );
  routers.set(made, resolver);
  return made;
}

function include(resolver: Resolver, router: Thing | undefined, prefix: Thing | undefined, at: Location): void {
  const there = router && routers.get(router);
  if (!there) {
    const why = router ? whyOf(router) : 'it is made of what is not known';
    resolver.routes.push({ methods: undefined, path: undefined, prefix: '', does: opaque(why, at), cors: undefined, at });
    return;
  }
  for (const route of there.routes) resolver.routes.push({ ...route, prefix: `${(prefix && textOf(prefix)) ?? ''}/${route.prefix}` });
  resolver.handlers.push(...there.handlers);
  resolver.middleware ??= there.middleware;
}

/** `app.current_event`. */
function eventOf(on: Machine, at: Location): Thing {
  return native('current_event', at, (_args, place) => opaque('it is no function', place), {
    get(name) {
      if (name === 'http_method') return on.run.piece('method', at);
      if (name === 'headers') return on.run.piece('headers', at);
      if (name === 'raw_event') return on.run.piece('', at);
      if (name === 'json_body') on.run.risk(at, ['JSONDecodeError', 'TypeError']);
      return opaque('it is worked out from the event', at, { pure: true });
    },
  });
}

function answer(on: Machine, resolver: Resolver, at: Location): Thing {
  if (resolver.routes.length === 0) return opaque(ROUTELESS, at);
  if (resolver.middleware !== undefined && on.run.fork(2) === 1) return opaque(resolver.middleware, at);
  const isDynamic = ({ path }: Route): boolean => /[<{]/.test((path && textOf(path)) ?? '<');
  const routes = [...resolver.routes.filter((one) => !isDynamic(one)), ...resolver.routes.filter(isDynamic)];
  const route = new Paths(on).first(routes, true);
  const made = guarded(
    on,
    () => (route ? called(on, route, at) : missing(on, resolver, at)),
    (error) => failed(on, resolver, error),
  );
  const enabled = route?.cors ? truthOf(on, route.cors) : resolver.cors !== undefined;
  return sent(on, resolver, made, enabled, at);
}

interface Made {
  readonly response: Dictionary | undefined;
  readonly why: string;
  readonly at: Location;
  readonly lost?: true;
}

function called(on: Machine, { does, at: place }: Route, at: Location): Made {
  if (does.kind !== 'function' && does.kind !== 'native') return { response: undefined, why: whyOf(does), at: place };
  const value = withNames(on, does, [], place);
  return { ...responseFrom(on, value, place), at: on.left ?? at };
}

/** What a route gives: a Response, or the body of one, with its status where it is a pair. */
function responseFrom(on: Machine, thing: Thing, at: Location): Made {
  if (thing.kind === 'object' && thing.class === builtin(on, 'PowertoolsResponse', [])) return { response: thing, why: '', at };
  if (thing.kind === 'foreign' || (thing.kind === 'opaque' && !thing.pure)) return { response: undefined, why: whyOf(thing), at };
  const status = thing.kind === 'list' && thing.items.length === 2 ? thing.items[1] : undefined;
  const plain = status && status.kind !== 'list' && status.kind !== 'object';
  return { response: responseOf(on, new Map(plain ? [['status_code', status]] : []), at), why: '', at };
}

function missing(on: Machine, resolver: Resolver, at: Location): Made {
  if (resolver.cors && asksBy(on, ['OPTIONS'], at)) {
    const methods = resolver.routes.flatMap((one) => ((one.cors ? truthOf(on, one.cors) !== false : true) ? (one.methods ?? []) : []));
    const headers = dictionary(
      [['Access-Control-Allow-Methods', scalar([...new Set(['OPTIONS', ...methods])].toSorted().join(','), resolver.cors.at)]],
      resolver.cors.at,
    );
    return {
      response: responseOf(
        on,
        new Map<string, Thing>([
          ['status_code', scalar(204, at)],
          ['headers', headers],
        ]),
        at,
      ),
      why: '',
      at: resolver.cors.at,
    };
  }
  const kind = errorKind(on, 'NotFoundError', errorKind(on, 'ServiceError'));
  const own = resolver.handlers.findLast((one) => one.kind === kind)?.does;
  if (own)
    return {
      ...responseFrom(on, withNames(on, own, [opaque('it is an error', at, { pure: true })], at), at),
      at: on.left ?? at,
      lost: true,
    };
  return { response: responseOf(on, new Map([['status_code', scalar(404, at)]]), at), why: '', at, lost: true };
}

/** Errors of the library's own kinds are answered, and those that the code has a handler for; Lambda fails with the others. */
function failed(on: Machine, resolver: Resolver, error: Thing): Made {
  const handler = handlerFor(on, resolver.handlers, error);
  if (handler) return { ...responseFrom(on, withNames(on, handler, [error], error.at), error.at), at: on.left ?? error.at };
  const service = errorKind(on, 'ServiceError');
  if (error.kind !== 'object' || !error.class || on.language.own?.catches(on, error, service) !== true) throw new Thrown(error);
  const args = error.entries.get('args')?.value;
  const status = OF_POWERTOOLS[error.class.code.name ?? ''] ?? (args?.kind === 'list' ? args.items[0] : undefined);
  const code = typeof status === 'number' ? scalar(status, error.at) : (status ?? opaque('the code works it out', error.at));
  return { response: responseOf(on, new Map([['status_code', code]]), error.at), why: '', at: error.at };
}

function sent(on: Machine, resolver: Resolver, made: Made, enabled: boolean | undefined, at: Location): Thing {
  on.left = made.at;
  if (!made.response) return opaque(made.why, made.at);
  const reply = new Reply(on, made.response.entries.get('status_code')?.value ?? scalar(200, at));
  reply.merge(made.response.entries.get('headers')?.value, at);
  if (resolver.middleware !== undefined) reply.open ??= resolver.middleware;
  if (enabled === undefined) reply.unsettle('whether the route has CORS is not known');
  else if (enabled) allow(on, reply, resolver.cors, made.at);
  const result = reply.response(made.at);
  places.set(result, made.at);
  if (made.lost) unmatched.add(result);
  return result;
}

/** https://docs.powertools.aws.dev/lambda/python/latest/core/event_handler/api_gateway/#cors */
function allow(on: Machine, reply: Reply, cors: Thing | undefined, at: Location): void {
  const settings: Settings | undefined = cors ? configs.get(cors) : new Map();
  if (!settings) return reply.unsettle(cors ? whyOf(cors) : '');
  const set = (name: string, value: Thing): void => reply.set(name, value, value.at);
  const place = cors?.at ?? at;
  const [first, extra] = [settings.get('allow_origin') ?? scalar('*', place), given(settings, 'extra_origins')];
  const origins = [
    first,
    ...(extra?.kind === 'list' ? extra.items : extra ? [opaque(whyOf(extra), extra.at)] : []),
    ...(extra?.kind === 'list' && extra.open !== undefined ? [opaque(extra.open, extra.at)] : []),
  ];
  const listed = origins.filter((one) => textOf(one) !== '*');
  const origin = on.run.piece('origin', at);
  // Who sends no Origin gets no header of CORS.
  if (!on.run.decide(origin)) return;
  const echoed = listed.length > 0 && on.run.decide(among(origin, listed, at));
  if (!echoed && listed.length === origins.length) return;
  set('Access-Control-Allow-Origin', echoed ? origin : (origins.find((one) => textOf(one) === '*') ?? first));
  set(
    'Access-Control-Allow-Headers',
    joinedTexts(given(settings, 'allow_headers'), ',', place, true, [
      'Authorization',
      'Content-Type',
      'X-Amz-Date',
      'X-Api-Key',
      'X-Amz-Security-Token',
    ]),
  );
  const [exposed, maxAge, credentials] = ['expose_headers', 'max_age', 'allow_credentials'].map((name) => given(settings, name));
  if (exposed && !(exposed.kind === 'list' && exposed.open === undefined && exposed.items.length === 0))
    set('Access-Control-Expose-Headers', joinedTexts(exposed, ',', place, false));
  if (maxAge) set('Access-Control-Max-Age', maxAge.kind === 'scalar' ? scalar(String(maxAge.value), maxAge.at) : maxAge);
  if (credentials?.kind !== 'scalar') {
    if (credentials && echoed) set('Access-Control-Allow-Credentials', opaque(whyOf(credentials), credentials.at));
  } else if (echoed && credentials.value === true) set('Access-Control-Allow-Credentials', scalar('true', credentials.at));
  // Newer versions say that the answer hangs on the Origin.
  if (echoed) set('Vary', opaque('it hangs on the version of the library', place));
}
