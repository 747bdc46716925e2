import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { native, opaque, promised, textOf, type Native, type Thing } from '../interpret/things.ts';
import { answerOf, applicationOf, ROUTELESS, serves } from './application.ts';
import { Walk, type App } from './hono-walk.ts';
import { chained } from './handed.ts';
import { having, method, methodsIn, packaged, whyOf } from './kit.ts';
import type { Library } from './library.ts';

const METHODS = ['get', 'post', 'put', 'delete', 'patch', 'options', 'query'];

const apps = new WeakMap<Thing, App>();

/** `hono`: `new Hono()`. */
export const hono: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const make = method('Hono', at, (_args, place) =>
      instance(on, { routes: [], prefix: '', notFound: undefined, onError: undefined }, place),
    );
    return packaged(make, { Hono: make });
  });

/** `hono/aws-lambda`: `handle(app)`. */
export const honoLambda: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const handle = method('handle', at, ([app], place) => native('handler', place, (_args, to) => promised(answerOf(on, app, place), to)));
    return packaged(handle, { handle });
  });

function instance(on: Machine, app: App, at: Location): Thing {
  const own = new Map<string, Thing>();
  const made: Native = applicationOf(
    'app',
    at,
    having(own, (name) => (name === 'fetch' || name === 'request' ? opaque(`\`${name}\` is not read`, at) : undefined)),
    (why) => add(app, undefined, undefined, [opaque(why, at)], at),
  );
  const give = chained(on, own, at, () => made);
  for (const name of [...METHODS, 'all', 'use']) {
    const methods = METHODS.includes(name) ? [name.toUpperCase(), ...(name === 'get' ? ['HEAD'] : [])] : undefined;
    give(name, ([first, ...rest], place) => {
      if (!first) return;
      if (textOf(first) === undefined) add(app, methods, undefined, [first, ...rest], place);
      else add(app, methods, first, rest, place);
    });
  }
  give('on', ([methods, path, ...handlers], place) => {
    add(app, methods ? methodsIn(methods) : [], path, handlers, place);
  });
  give('route', ([path, inner], place) => nest(app, path, inner, place));
  give('mount', ([path], place) => add(app, undefined, path, [opaque('another framework answers there', place)], place));
  give('notFound', ([handler]) => void (app.notFound = handler));
  give('onError', ([handler]) => void (app.onError = handler));
  own.set(
    'basePath',
    method('basePath', at, ([path], place) => instance(on, { ...app, prefix: below(app, path) }, place)),
  );
  apps.set(made, app);
  serves(made, (machine, place) => (app.routes.length === 0 ? opaque(ROUTELESS, place) : new Walk(machine, app, place).answer()));
  return made;
}

const below = ({ prefix }: App, path: Thing | undefined): string => `${prefix}/${(path && textOf(path)) ?? ''}`;

function add(app: App, methods: readonly string[] | undefined, path: Thing | undefined, handlers: readonly Thing[], at: Location): void {
  for (const handler of handlers) app.routes.push({ methods, path, prefix: app.prefix, handler, at, onError: undefined });
}

/** The routes of another application, below a path. */
function nest(app: App, path: Thing | undefined, inner: Thing | undefined, at: Location): void {
  const there = inner && apps.get(inner);
  if (inner && !there) add(app, undefined, path, [opaque(whyOf(inner), inner.at)], at);
  for (const route of there?.routes ?? []) {
    app.routes.push({ ...route, prefix: `${below(app, path)}/${route.prefix}`, onError: route.onError ?? there?.onError });
  }
}
