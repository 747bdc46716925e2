import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import type { Machine } from '../interpret/machine.ts';
import { Thrown } from '../interpret/run.ts';
import { dictionary, list, native, opaque, scalar, textOf, type Named, type Thing } from '../interpret/things.ts';
import { answerOf, serves } from './application.ts';
import { responded, serve, type App } from './flask-walk.ts';
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
import { replyWith, responseThing } from './python-response.ts';

const apps = new WeakMap<Thing, App>();

/** `flask`. */
export const flask: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const app = (name: string): Thing =>
      callable(name, at, (_args, place, named) => {
        const prefix = given(named, 'url_prefix');
        return instance(
          on,
          { routes: [], after: [], handlers: [], cors: [], prefix: (prefix && textOf(prefix)) ?? '', unseen: undefined },
          place,
        );
      });
    const http = errorKind(on, 'HTTPException');
    const makes = (name: string, status: number): Thing =>
      callable(name, at, (args, place, named) => {
        const all = bound(name === 'redirect' ? ['location', 'status'] : ['response', 'status', 'headers'], args, named);
        return responseThing(replyWith(on, given(all, 'status') ?? scalar(status, place), given(all, 'headers'), place), place);
      });
    return moduleOf('flask', at, {
      Flask: app('Flask'),
      Blueprint: app('Blueprint'),
      Response: makes('Response', 200),
      redirect: makes('redirect', 302),
      jsonify: callable('jsonify', at, (_args, place) => responseThing(replyWith(on, scalar(200, place), undefined, place), place)),
      make_response: callable('make_response', at, (args, place) => {
        const made = responded(on, args.length > 1 ? list([...args], place) : (args[0] ?? nothing(place)), place);
        return made.reply ? responseThing(made.reply, place) : opaque(made.why, place);
      }),
      abort: callable('abort', at, ([status], place) => {
        throw new Thrown({
          kind: 'object',
          at: place,
          entries: dictionary([['code', status ?? scalar(500, place)]], place).entries,
          open: undefined,
          class: http,
        });
      }),
      request: requestOf(on, at),
      g: transparent('g', at),
      session: transparent('session', at),
      current_app: transparent('current_app', at),
    });
  });

function requestOf(on: Machine, at: Location): Thing {
  return native('request', at, () => opaque('it is no function', at), {
    get(name) {
      if (name === 'headers') return on.run.piece('headers', at);
      if (name === 'method') return on.run.piece('method', at);
      // A body that is no JSON is refused.
      if (name === 'json' || name === 'get_json') on.run.risk(at);
      return name.startsWith('__') ? undefined : opaque('it is worked out from the event', at, { pure: true });
    },
  });
}

/** `serverless_wsgi`, `awsgi`, `apig_wsgi`: what hands events to an application. */
export const wsgi: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const handle = (name: string): Thing => callable(name, at, ([app], place) => answerOf(on, app, place));
    const make = callable('make_lambda_handler', at, ([app], place) => callable('handler', place, (_args, to) => answerOf(on, app, to)));
    return moduleOf('wsgi', at, { handle_request: handle('handle_request'), response: handle('response'), make_lambda_handler: make });
  });

/** `flask_cors`: `CORS(app)`, `@cross_origin()`. */
export const flaskCors: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const apply = (app: Thing | undefined, named: Named, place: Location): void => {
      on.run.wrote();
      const there = app && apps.get(app);
      if (there) there.cors.push({ named, at: place });
    };
    return moduleOf('flask_cors', at, {
      CORS: callable('CORS', at, ([app], place, named) => {
        apply(app, named, place);
        return native(
          'CORS',
          place,
          () => opaque('it is no function', place),
          new Map([
            [
              'init_app',
              callable('init_app', place, ([later], to, more) => (apply(later, new Map([...named, ...more]), place), nothing(to))),
            ],
          ]),
        );
      }),
      cross_origin: callable('cross_origin', at, (_args, place, named) =>
        callable('decorator', place, ([does]) => {
          const made = callable('view', does?.at ?? place, (args, to, more) =>
            does ? invoke(on, does, args, to, undefined, false, more) : nothing(to),
          );
          if (does) views.set(made, { does, named, at: place });
          return made;
        }),
      ),
    });
  });

/** A view with CORS of its own. */
export const views = new WeakMap<Thing, { readonly does: Thing; readonly named: Named; readonly at: Location }>();

/** Who answers GET answers HEAD. */
const withHead = (named: Named): readonly string[] | undefined =>
  methodsOf(named)?.flatMap((text) => (text.toUpperCase() === 'GET' ? ['GET', 'HEAD'] : [text.toUpperCase()]));

function instance(on: Machine, app: App, at: Location): Thing {
  const { made, give } = pythonApplication(at, (why) => void (app.unseen ??= why));
  routing(on, app, give);
  hooks(app, give);
  apps.set(made, app);
  serves(made, (machine, place) => serve(machine, app, place));
  return made;
}

function routing(on: Machine, app: App, give: Give): void {
  const route = (methods: readonly string[] | undefined, args: readonly Thing[], place: Location): Thing =>
    decorator(place, (does) => {
      on.run.wrote();
      if (does) app.routes.push({ methods, path: args[0], prefix: app.prefix, does, at: place });
    });
  for (const verb of ['get', 'post', 'put', 'delete', 'patch']) {
    give(verb, (args, place) => route(verb === 'get' ? ['GET', 'HEAD'] : [verb.toUpperCase()], args, place));
  }
  give('route', (args, place, named) => route(withHead(named), args, place));
  give('add_url_rule', (args, place, named) => {
    const does = args[2] ?? given(named, 'view_func');
    if (does) app.routes.push({ methods: withHead(named), path: args[0], prefix: app.prefix, does, at: place });
    return nothing(place);
  });
  give('register_blueprint', ([blueprint], place, named) => {
    const there = blueprint && apps.get(blueprint);
    const prefix = given(named, 'url_prefix');
    if (!there) app.unseen ??= 'a blueprint is not read';
    for (const one of there?.routes ?? [])
      app.routes.push({ ...one, prefix: prefix ? `${app.prefix}/${textOf(prefix) ?? ''}` : `${app.prefix}/${one.prefix}` });
    if (there && there.cors.length + there.after.length > 0) app.unseen ??= 'a blueprint has CORS of its own';
    return nothing(place);
  });
}

function hooks(app: App, give: Give): void {
  give('after_request', ([does], place) => {
    if (does) app.after.push({ does, at: place });
    return does ?? nothing(place);
  });
  give('before_request', ([does], place) => {
    if (does) app.unseen ??= 'a function before each request may answer';
    return does ?? nothing(place);
  });
  give('errorhandler', ([kind], place) =>
    decorator(place, (does) => {
      if (kind && does) app.handlers.push({ kind, does });
    }),
  );
}
