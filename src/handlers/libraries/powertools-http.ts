import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import { places, refusals, unmatched } from '../interpret/drafts.ts';
import type { Machine } from '../interpret/machine.ts';
import { dictionary, native, opaque, promised, scalar, textOf, type Native, type Thing } from '../interpret/things.ts';
import { applicationOf, ROUTELESS } from './application.ts';
import { fetchResponse } from './fetch-response.ts';
import { chained } from './handed.ts';
import { awaited, guarded, having, isUndefined, method, none, methodsIn, option, packaged, partOf, whyOf, waited } from './kit.ts';
import type { Library } from './library.ts';
import { Paths, type Routed } from './paths.ts';
import { corsOf } from './powertools-cors.ts';
import { Reply } from './reply.ts';
import { headerGetter } from './request.ts';
import { OF_POWERTOOLS } from './statuses.ts';

interface Route extends Routed {
  readonly middlewares: readonly Thing[];
  readonly does: Thing;
}

interface App {
  readonly routes: Route[];
  readonly middlewares: { readonly does: Thing; readonly at: Location }[];
  readonly handlers: Thing[];
  notFound: Thing | undefined;
}

const apps = new WeakMap<Thing, App>();
const contexts = new WeakMap<Thing, Reply>();
/** The answer behind what middlewares and routes are handed. */
export const replyOfContext = (thing: Thing): Reply | undefined => contexts.get(thing);

const STATUSES = { ...OF_POWERTOOLS, MethodNotAllowedError: 405 };

/** `@aws-lambda-powertools/event-handler/http`: `new Router()`, whose `resolve` answers. */
export const powertoolsHttp: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const make = method('Router', at, (_args, place) =>
      instance(on, { routes: [], middlewares: [], handlers: [], notFound: undefined }, place),
    );
    const errors = Object.fromEntries(
      Object.entries(STATUSES).map(([name, status]) => [
        name,
        method(name, at, ([message], place) =>
          dictionary(
            [
              ['statusCode', scalar(status, place)],
              ['errorType', scalar(name, place)],
              ['message', message ?? scalar('', place)],
            ],
            place,
          ),
        ),
      ]),
    );
    return packaged(make, { Router: make, ...errors });
  });

/** `@aws-lambda-powertools/event-handler/http/middleware`. */
export const powertoolsMiddleware: Library['load'] = () => Promise.resolve((_on, at) => packaged(none(at), { cors: corsOf(at) }));

function instance(on: Machine, app: App, at: Location): Thing {
  const own = new Map<string, Thing>();
  const made: Native = applicationOf(
    'router',
    at,
    having(own, (name) => (/^(?:then|catch|finally)$/.test(name) ? undefined : opaque(`\`${name}\` of the router is not read`, at))),
    (why) => void app.middlewares.push({ does: opaque(why, at), at }),
  );
  const give = chained(on, own, at, () => made);
  const add = (methods: readonly string[] | undefined, [path, ...more]: readonly Thing[], place: Location): void => {
    const list = more.find(({ kind }) => kind === 'list');
    const does = more.find(({ kind }) => kind !== 'list' && kind !== 'object');
    if (does) app.routes.push({ methods, path, prefix: '', middlewares: list?.kind === 'list' ? list.items : [], does, at: place });
  };
  for (const verb of ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'])
    give(verb, (args, place) => add([verb.toUpperCase()], args, place));
  give('route', ([does, settings], place) => {
    const methods = option(on, settings, 'method', place);
    const middlewares = option(on, settings, 'middleware', place);
    if (does)
      app.routes.push({
        methods: methodsIn(methods),
        path: option(on, settings, 'path', place),
        prefix: '',
        middlewares: middlewares.kind === 'list' ? middlewares.items : [],
        does,
        at: place,
      });
  });
  give('use', ([does], place) => void (does && app.middlewares.push({ does, at: place })));
  give('errorHandler', ([, does]) => void (does && app.handlers.push(does)));
  give('notFound', ([does]) => void (app.notFound = does));
  give('includeRouter', ([router, settings], place) => include(app, router, textOf(option(on, settings, 'prefix', place)) ?? '', place));
  own.set(
    'resolve',
    method('resolve', at, (_args, place) => promised(new Walk(on, app, place).answer(), place)),
  );
  apps.set(made, app);
  return made;
}

function include(app: App, router: Thing | undefined, prefix: string, at: Location): void {
  const there = router && apps.get(router);
  if (!there) app.middlewares.push({ does: opaque('the router is not read', at), at });
  for (const route of there?.routes ?? []) app.routes.push({ ...route, prefix: `${prefix}/${route.prefix}` });
  app.middlewares.push(...(there?.middlewares ?? []));
  app.handlers.push(...(there?.handlers ?? []));
}

/** One request on its way. */
class Walk {
  readonly #on: Machine;
  readonly #app: App;
  readonly #at: Location;
  readonly #reply: Reply;
  readonly #context: Thing;
  #final: Location;
  #unseen: string | undefined;
  #lost = false;

  constructor(on: Machine, app: App, at: Location) {
    this.#on = on;
    this.#app = app;
    this.#at = at;
    this.#final = at;
    this.#reply = new Reply(on, scalar(500, at));
    this.#context = contextOf(on, this.#reply, at);
  }

  answer(): Thing {
    const [on, app, at] = [this.#on, this.#app, this.#at];
    // Routes that decorators make are not seen.
    if (app.routes.length === 0) return opaque(ROUTELESS, at);
    const route = new Paths(on).first(app.routes, false);
    const stack = [...app.middlewares, ...(route?.middlewares ?? []).map((does) => ({ does, at: route?.at ?? at }))];
    guarded(
      on,
      () => this.#dispatch(stack, 0, route),
      (error) => this.#failed(error, error.at),
    );
    on.left = this.#final;
    if (this.#unseen !== undefined) return opaque(this.#unseen, this.#final);
    const result = this.#reply.response(this.#final);
    places.set(result, this.#final);
    if (this.#lost) unmatched.add(result);
    if (this.#lost && this.#reply.refusal) refusals.add(result);
    return result;
  }

  #dispatch(stack: readonly { readonly does: Thing; readonly at: Location }[], place: number, route: Route | undefined): void {
    const one = stack[place];
    if (!one) {
      if (route) this.#take(awaited(this.#on, route.does, [this.#context], route.at), route.at);
      else this.#nothing();
      return;
    }
    if (one.does.kind === 'foreign' || one.does.kind === 'opaque') {
      // It may answer, or set what it likes.
      if (this.#on.run.fork(2) === 1) this.#unseen = whyOf(one.does);
      else {
        this.#dispatch(stack, place + 1, route);
        this.#reply.unsettle(whyOf(one.does));
      }
      return;
    }
    const next = method('next', one.at, (_args, to) => {
      this.#dispatch(stack, place + 1, route);
      return promised(none(to), to);
    });
    const given = dictionary(
      [
        ['reqCtx', this.#context],
        ['next', next],
      ],
      one.at,
    );
    const result = waited(this.#on, invoke(this.#on, one.does, [given], one.at), one.at);
    if (!isUndefined(result)) this.#take(result, one.at);
  }

  #nothing(): void {
    this.#lost = true;
    if (this.#app.notFound)
      this.#take(awaited(this.#on, this.#app.notFound, [opaque('it is an error', this.#at), this.#context], this.#at), this.#at);
    else this.#reply.status = scalar(404, this.#at);
  }

  /** What is thrown is answered with the headers that are set by then. */
  #failed(error: Thing, at: Location): void {
    this.#final = at;
    for (const does of this.#app.handlers) {
      if (this.#on.run.fork(2) === 0) continue;
      this.#take(awaited(this.#on, does, [error, this.#context], at), at);
      return;
    }
    const own = error.kind === 'object' && error.entries.has('errorType') ? error.entries.get('statusCode')?.value : undefined;
    this.#reply.status = own ?? (error.kind === 'object' ? scalar(500, at) : opaque('it hangs on what is thrown', at));
  }

  /** An answer of the proxy's form, or a body. */
  #take(given: Thing, at: Location): void {
    this.#final = this.#on.left ?? at;
    if (given.kind === 'opaque' || given.kind === 'foreign') {
      this.#unseen = whyOf(given);
      return;
    }
    const status = given.kind === 'object' ? option(this.#on, given, 'statusCode', at) : none(at);
    if (isUndefined(status)) this.#reply.status = scalar(200, at);
    else {
      this.#reply.status = status;
      this.#reply.merge(option(this.#on, given, 'headers', at), at);
    }
  }
}

/** `reqCtx`. */
function contextOf(on: Machine, reply: Reply, at: Location): Thing {
  const no = (): Thing => none(at);
  const headers = native('headers', at, no, {
    get: (name) => (name === 'get' || name === 'has' ? headerGetter(on, name, at) : opaque('it is worked out from the event', at)),
  });
  const request = native('req', at, no, {
    get: (name) =>
      name === 'method'
        ? on.run.piece('method', at)
        : name === 'headers'
          ? headers
          : /^(?:json|text)$/.test(name)
            ? method(name, at, (_args, place) => promised(on.run.piece('request.body', place), place, 'maybe'))
            : on.run.piece(`request.${name}`, at),
  });
  const own = new Map<string, Thing>([
    ['req', request],
    ['event', on.run.piece('', at)],
    ['params', partOf(on, 'params', at)],
    ['res', fetchResponse(reply, at)],
  ]);
  const context: Native = {
    ...native(
      'reqCtx',
      at,
      no,
      having(own, (name) => opaque(`\`${name}\` is not read`, at)),
    ),
    released: (why) => reply.unsettle(why),
  };
  contexts.set(context, reply);
  return context;
}
