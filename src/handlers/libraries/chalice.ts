import type { Location } from '../../source/location.ts';
import { places, unmatched } from '../interpret/drafts.ts';
import type { Machine } from '../interpret/machine.ts';
import { native, opaque, scalar, textOf, type Thing } from '../interpret/things.ts';
import { ROUTELESS } from './application.ts';
import { guarded, truthOf, whyOf } from './kit.ts';
import type { Library } from './library.ts';
import { Paths, type Routed } from './paths.ts';
import {
  bound,
  callable,
  decorator,
  errorKind,
  given,
  joinedTexts,
  methodsOf,
  moduleOf,
  nothing,
  pythonApplication,
  transparent,
  withNames,
  type Give,
} from './python-kit.ts';
import { replyBehind, replyWith, responseThing } from './python-response.ts';
import type { Reply } from './reply.ts';
import { OF_ALL } from './statuses.ts';

interface Route extends Routed {
  readonly does: Thing;
  readonly cors: Thing | undefined;
}

interface App {
  readonly routes: Route[];
  readonly prefix: string;
  /** `app.api.cors`. */
  cors: Thing | undefined;
  unseen: string | undefined;
}

const apps = new WeakMap<Thing, App>();
const configs = new WeakMap<Thing, ReadonlyMap<string, Thing>>();
const HEADERS = ['Content-Type', 'X-Amz-Date', 'Authorization', 'X-Api-Key', 'X-Amz-Security-Token'];
const STATUSES: Readonly<Record<string, number>> = {
  ...OF_ALL,
  MethodNotAllowedError: 405,
  ConflictError: 409,
  UnprocessableEntityError: 422,
  TooManyRequestsError: 429,
  ChaliceViewError: 500,
};

/** `chalice`: https://aws.github.io/chalice/topics/views.html */
export const chalice: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const view = errorKind(on, 'ChaliceViewError');
    const errors = Object.fromEntries(
      Object.keys(STATUSES).map((name) => [name, name === 'ChaliceViewError' ? view : errorKind(on, name, view)]),
    );
    const app = (name: string): Thing =>
      callable(name, at, (_args, place) => instance(on, { routes: [], prefix: '', cors: undefined, unseen: undefined }, place));
    return moduleOf('chalice', at, {
      ...errors,
      Chalice: app('Chalice'),
      Blueprint: app('Blueprint'),
      CORSConfig: callable('CORSConfig', at, (args, place, named) => {
        const made = native('CORSConfig', place, () => opaque('it is no function', place));
        configs.set(made, bound(['allow_origin', 'allow_headers', 'expose_headers', 'max_age', 'allow_credentials'], args, named));
        return made;
      }),
      Response: callable('Response', at, (args, place, named) => {
        const all = bound(['body', 'headers', 'status_code'], args, named);
        return responseThing(replyWith(on, given(all, 'status_code') ?? scalar(200, place), given(all, 'headers'), place), place);
      }),
      Rate: transparent('Rate', at),
      Cron: transparent('Cron', at),
    });
  });

function instance(on: Machine, app: App, at: Location): Thing {
  const { made, own, give } = pythonApplication(
    at,
    (why) => void (app.unseen ??= why),
    (_args, place) => answer(on, app, place),
  );
  routing(on, app, give);
  for (const name of ['middleware', 'register_middleware']) {
    give(name, () => {
      app.unseen ??= 'a middleware works on its answers';
      return decorator(at, () => undefined);
    });
  }
  const none = (): Thing => opaque('it is no function', at);
  own.set(
    'api',
    native('api', at, none, {
      get: (name) => (name === 'cors' ? (app.cors ?? scalar(false, at)) : opaque('it is a setting of the API', at, { pure: true })),
      set: (name, thing) => (name === 'cors' ? (app.cors = thing) : undefined),
    }),
  );
  own.set('current_request', native('current_request', at, none, { get: (name) => partOfRequest(on, name, at) }));
  apps.set(made, app);
  return made;
}

function partOfRequest(on: Machine, name: string, at: Location): Thing | undefined {
  if (name === 'method') return on.run.piece('method', at);
  if (name === 'headers') return on.run.piece('headers', at);
  if (name === 'json_body') on.run.risk(at);
  return name.startsWith('__') ? undefined : opaque('it is worked out from the event', at, { pure: true });
}

function routing(on: Machine, app: App, give: Give): void {
  give('route', (args, place, named) => {
    const all = bound(['path'], args, named);
    const methods = methodsOf(all);
    const cors = given(all, 'cors') ?? app.cors;
    return decorator(place, (does) => {
      on.run.wrote();
      if (does) app.routes.push({ methods, path: all.get('path'), prefix: app.prefix, does, cors, at: place });
    });
  });
  give('register_blueprint', ([blueprint], place, named) => {
    const there = blueprint && apps.get(blueprint);
    const prefix = given(named, 'url_prefix');
    if (!there) app.unseen ??= 'a blueprint is not read';
    for (const route of there?.routes ?? []) {
      app.routes.push({ ...route, prefix: `${(prefix && textOf(prefix)) ?? ''}/${route.prefix}`, cors: route.cors ?? app.cors });
    }
    return nothing(place);
  });
}

function answer(on: Machine, app: App, at: Location): Thing {
  if (app.routes.length === 0) return opaque(ROUTELESS, at);
  if (app.unseen !== undefined && on.run.fork(2) === 1) return opaque(app.unseen, at);
  const route = new Paths(on).first(app.routes, true);
  let place = route?.at ?? at;
  let reply: Reply | undefined = replyWith(on, scalar(405, at), undefined, at);
  let why = '';
  if (route) {
    guarded(
      on,
      () => {
        const thing = withNames(on, route.does, [], route.at);
        place = on.left ?? route.at;
        reply = replyBehind(thing);
        if (reply) return;
        if (thing.kind === 'foreign' || (thing.kind === 'opaque' && !thing.pure)) why = whyOf(thing);
        else reply = replyWith(on, scalar(200, place), undefined, place);
      },
      (error) => {
        place = error.at;
        reply = replyWith(on, statusOf(on, error), undefined, error.at);
      },
    );
  }
  on.left = place;
  if (!reply) return opaque(why, place);
  if (app.unseen !== undefined) reply.unsettle(app.unseen);
  if (route) allow(on, reply, route.cors, route.at);
  const result = reply.response(place);
  places.set(result, place);
  if (!route) unmatched.add(result);
  return result;
}

/** What goes wrong in a view is answered, with the headers of CORS. */
function statusOf(on: Machine, error: Thing): Thing {
  const view = errorKind(on, 'ChaliceViewError');
  if (error.kind !== 'object' || !error.class) return scalar(500, error.at);
  const status = STATUSES[error.class.code.name ?? ''];
  if (status !== undefined) return scalar(status, error.at);
  return on.language.own?.catches(on, error, view) === true ? opaque('its class says which', error.at) : scalar(500, error.at);
}

function allow(on: Machine, reply: Reply, cors: Thing | undefined, at: Location): void {
  if (!cors || truthOf(on, cors) === false) return undefined;
  const settings = configs.get(cors) ?? (cors.kind === 'scalar' ? new Map<string, Thing>() : undefined);
  if (!settings) return reply.unsettle(whyOf(cors));
  // What the view sets itself stays.
  const set = (name: string, value: Thing): void => (reply.get(name) ? undefined : reply.set(name, value, value.at));
  const place = cors.at.file === at.file ? cors.at : at;
  set('Access-Control-Allow-Origin', settings.get('allow_origin') ?? scalar('*', place));
  set('Access-Control-Allow-Headers', joinedTexts(given(settings, 'allow_headers'), ',', place, true, HEADERS));
  const [exposed, maxAge, credentials] = ['expose_headers', 'max_age', 'allow_credentials'].map((name) => given(settings, name));
  if (exposed) set('Access-Control-Expose-Headers', joinedTexts(exposed, ',', place, false));
  if (maxAge) set('Access-Control-Max-Age', maxAge.kind === 'scalar' ? scalar(String(maxAge.value), maxAge.at) : maxAge);
  if (credentials && credentials.kind !== 'scalar') set('Access-Control-Allow-Credentials', opaque(whyOf(credentials), credentials.at));
  else if (credentials?.kind === 'scalar' && credentials.value === true)
    set('Access-Control-Allow-Credentials', scalar('true', credentials.at));
  return undefined;
}
