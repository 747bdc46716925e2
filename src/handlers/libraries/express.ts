import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { native, opaque, scalar, textOf, type Native, type Thing } from '../interpret/things.ts';
import { serves } from './application.ts';
import { routes, serve, type Layer, type Router } from './express-walk.ts';
import { having, method, packaged } from './kit.ts';
import type { Library, Version } from './library.ts';
import { passing } from './passing.ts';

const METHODS = ['get', 'post', 'put', 'delete', 'patch', 'options', 'head'];

/** `express`. */
export const express: Library['load'] = () =>
  Promise.resolve((on, at, version) => {
    const app = method('express', at, (_args, place) => application(on, version, place));
    const named = Object.fromEntries(['json', 'urlencoded', 'raw', 'text', 'static'].map((name) => [name, passing(on, 'express', at)]));
    return packaged(
      { ...(app as Native), members: having(new Map(Object.entries({ ...named, Router: routerClass(on, at) }))) },
      { ...named, Router: routerClass(on, at) },
    );
  });

const routerClass = (on: Machine, at: Location): Thing => method('Router', at, (_args, place) => routed(on, { layers: [] }, place));

export function application(on: Machine, version: Version, at: Location): Thing {
  const router: Router = { layers: [] };
  const app = routed(on, router, at);
  serves(app, (machine, place) => serve(machine, router, version, place));
  return app;
}

/** What the code hangs its middlewares and routes on. */
function routed(on: Machine, router: Router, at: Location): Thing {
  const add = (verb: string | undefined, within: boolean, path: Thing | undefined, handlers: readonly Thing[], place: Location): void => {
    on.run.wrote();
    router.layers.push({
      verb,
      within,
      path,
      handlers: handlers.flatMap((one) => (one.kind === 'list' ? one.items : [one])),
      at: place,
    } satisfies Layer);
  };
  const use = (args: readonly Thing[], place: Location): Thing => {
    const [first, ...rest] = args;
    const pathed = first && isPath(first);
    add(undefined, true, pathed ? first : undefined, pathed ? rest : args, place);
    return app;
  };
  const own = new Map<string, Thing>([['use', method('use', at, use)]]);
  for (const verb of [...METHODS, 'all']) {
    own.set(
      verb,
      method(verb, at, ([path, ...handlers], place) => {
        // `app.get('setting')`.
        if (handlers.length > 0) add(verb === 'all' ? undefined : verb.toUpperCase(), false, path, handlers, place);
        return app;
      }),
    );
  }
  own.set(
    'route',
    method('route', at, ([path], place) => route(path, (verb, handlers, at_) => add(verb, false, path, handlers, at_), place)),
  );
  // What it is told besides is of no consequence to its answers.
  const app: Native = {
    ...native(
      'app',
      at,
      () => scalar(undefined, at),
      having(own, (name) => (name === 'locals' ? undefined : method(name, at, () => app))),
    ),
    // Whoever is handed it may hang anything on it.
    released(why) {
      on.run.wrote();
      router.layers.push({ verb: undefined, within: true, path: undefined, handlers: [opaque(why, at)], at });
    },
  };
  routes(app, router);
  return app;
}

const isPath = (thing: Thing): boolean =>
  textOf(thing) !== undefined ||
  thing.kind === 'pattern' ||
  thing.kind === 'text' ||
  thing.kind === 'held' ||
  (thing.kind === 'list' && thing.items.length > 0 && thing.items.every(isPath));

function route(
  path: Thing | undefined,
  add: (verb: string | undefined, handlers: readonly Thing[], at: Location) => void,
  at: Location,
): Thing {
  const own = new Map<string, Thing>();
  const made = native('route', at, () => scalar(undefined, at), having(own));
  for (const verb of [...METHODS, 'all']) {
    own.set(
      verb,
      method(verb, path?.at ?? at, (handlers, place) => {
        add(verb === 'all' ? undefined : verb.toUpperCase(), handlers, place);
        return made;
      }),
    );
  }
  return made;
}
