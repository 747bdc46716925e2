import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { native, opaque, scalar, textOf, type Named, type Thing } from '../interpret/things.ts';
import { answerOf, serves } from './application.ts';
import { responseClass, serve, type App, type Middleware } from './asgi-walk.ts';
import type { Library } from './library.ts';
import {
  bound,
  callable,
  decorator,
  errorKind,
  given,
  methodsOf,
  moduleOf,
  nothing,
  pythonApplication,
  transparent,
  type Give,
} from './python-kit.ts';

const apps = new WeakMap<Thing, App>();
/** What a Middleware(…) holds: the class, and what it is made with. */
const held = new WeakMap<Thing, Middleware>();

/** `fastapi`, `starlette` and what is in them. */
export const asgi: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const named = <T extends Thing>(names: readonly string[], make: (name: string) => T): Record<string, T> =>
      Object.fromEntries(names.map((name) => [name, make(name)]));
    const made = (): Thing => opaque('it is made by the application', at);
    return moduleOf('fastapi', at, {
      ...named(RESPONSES, (name) => responseClass(on, name, at)),
      ...named(MARKERS, (name) => callable(name, at, (_args, place) => opaque('FastAPI gives it', place, { pure: true }))),
      ...named(['FastAPI', 'Starlette', 'APIRouter'], (name) => application(on, name, at)),
      ...named(['CORSMiddleware', 'GZipMiddleware'], (name) => native(name, at, made)),
      HTTPException: errorKind(on, 'HTTPException'),
      RequestValidationError: errorKind(on, 'RequestValidationError'),
      Middleware: callable('Middleware', at, ([kind], place, settings) => {
        const one = native('Middleware', place, () => opaque('it is no function', place));
        if (kind) held.set(one, { kind, named: settings, at: place });
        return one;
      }),
      Request: transparent('Request', at),
      status: native('status', at, made, { get: (name) => (/^HTTP_\d{3}_/.test(name) ? scalar(Number(name.slice(5, 8)), at) : undefined) }),
    });
  });

const RESPONSES = [
  'Response',
  'JSONResponse',
  'PlainTextResponse',
  'HTMLResponse',
  'ORJSONResponse',
  'UJSONResponse',
  'RedirectResponse',
  'StreamingResponse',
  'FileResponse',
];
const MARKERS = ['Depends', 'Query', 'Path', 'Body', 'Header', 'Cookie', 'Form', 'File', 'Security'];

const application = (on: Machine, name: string, at: Location): Thing =>
  callable(name, at, (_args, place, named) => {
    const app: App = { routes: [], middlewares: [], handlers: [], prefix: prefixOf(named) };
    const list = given(named, 'middleware');
    // The last that is added is the outermost; of a list, the first.
    for (const one of list?.kind === 'list' ? list.items.toReversed() : []) {
      app.middlewares.push(held.get(one) ?? { kind: one, named: new Map(), at: one.at });
    }
    const routes = given(named, 'routes');
    for (const one of routes?.kind === 'list' ? routes.items : routes ? [routes] : []) {
      app.routes.push({ methods: undefined, path: undefined, prefix: '', does: one, status: undefined, at: one.at });
    }
    return instance(on, app, place);
  });

/** `mangum`: `Mangum(app)`. */
export const mangum: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const make = callable('Mangum', at, ([app], place) => callable('handler', place, (_args, to) => answerOf(on, app, to)));
    return moduleOf('mangum', at, { Mangum: make });
  });

const prefixOf = (named: Named): string => {
  const prefix = given(named, 'prefix');
  return (prefix && textOf(prefix)) ?? '';
};

function instance(on: Machine, app: App, at: Location): Thing {
  const { made, own, give } = pythonApplication(at, (why) => {
    app.routes.push({ methods: undefined, path: undefined, prefix: '', does: opaque(why, at), status: undefined, at });
    app.middlewares.push({ kind: opaque(why, at), named: new Map(), at });
  });
  routing(on, app, give);
  own.set('route', own.get('api_route') ?? nothing(at));
  around(app, give);
  apps.set(made, app);
  serves(made, (machine, place) => serve(machine, app, place));
  return made;
}

function routing(on: Machine, app: App, give: Give): void {
  const route = (methods: readonly string[] | undefined, args: readonly Thing[], named: Named, place: Location): Thing =>
    decorator(place, (does) => {
      on.run.wrote();
      const all = bound(['path'], args, named);
      if (does) app.routes.push({ methods, path: all.get('path'), prefix: app.prefix, does, status: given(all, 'status_code'), at: place });
    });
  for (const verb of ['get', 'post', 'put', 'delete', 'patch', 'options', 'head']) {
    give(verb, (args, place, named) => route([verb.toUpperCase()], args, named, place));
  }
  give('api_route', (args, place, named) => route(methodsOf(named), args, named, place));
  for (const name of ['include_router', 'mount']) {
    give(name, (args, place, named) => {
      const all = bound(name === 'mount' ? ['prefix', 'router'] : ['router'], args, named);
      include(app, given(all, 'router'), prefixOf(all), place);
      return nothing(place);
    });
  }
}

/** What stands around the routes. */
function around(app: App, give: Give): void {
  give('add_middleware', ([kind], place, named) => {
    if (kind) app.middlewares.push({ kind, named, at: place });
    return nothing(place);
  });
  give('middleware', (_args, place) =>
    decorator(place, (does) => {
      if (does) app.middlewares.push({ kind: does, named: new Map(), at: place });
    }),
  );
  const handles = (kind: Thing | undefined, does: Thing | undefined): void => {
    if (kind && does) app.handlers.push({ kind, does });
  };
  give('exception_handler', ([kind], place) => decorator(place, (does) => handles(kind, does)));
  give('add_exception_handler', ([kind, does], place) => {
    handles(kind, does);
    return nothing(place);
  });
}

function include(app: App, router: Thing | undefined, prefix: string, at: Location): void {
  const there = router && apps.get(router);
  if (!there)
    app.routes.push({ methods: undefined, path: undefined, prefix: '', does: opaque('the router is not read', at), status: undefined, at });
  for (const route of there?.routes ?? []) app.routes.push({ ...route, prefix: `${app.prefix}/${prefix}/${route.prefix}` });
}
