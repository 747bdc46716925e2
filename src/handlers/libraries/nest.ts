import type { Location } from '../../source/location.ts';
import { release } from '../interpret/effects.ts';
import type { Machine } from '../interpret/machine.ts';
import { native, opaque, promised, type Thing } from '../interpret/things.ts';
import { corsMiddleware } from './cors.ts';
import { replyOf } from './express-reply.ts';
import { routerOf, type Router } from './express-walk.ts';
import { application } from './express.ts';
import { chained } from './handed.ts';
import { having, isUndefined, method, none, option, packaged, truthOf } from './kit.ts';
import type { Library } from './library.ts';

/** The Express application behind an adapter. */
const adapted = new WeakMap<Thing, Thing>();

/** `@nestjs/platform-express`: `new ExpressAdapter(expressApp)`. */
export const nestExpress: Library['load'] = () =>
  Promise.resolve((_on, at) => {
    const make = method('ExpressAdapter', at, ([app], place) => {
      const adapter = native('adapter', place, () => opaque('it is no function', place));
      if (app) adapted.set(adapter, app);
      return adapter;
    });
    return packaged(make, { ExpressAdapter: make });
  });

/** `@nestjs/core`: `NestFactory.create(module, adapter, options)`. */
export const nest: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const create = method('create', at, (args, place) => promised(created(on, args, place), place));
    const factory = native('NestFactory', at, () => opaque('it is no function', at), new Map([['create', create]]));
    return packaged(factory, { NestFactory: factory });
  });

function created(on: Machine, [, first, second]: readonly Thing[], at: Location): Thing {
  // Before its sixth version, the application itself is given.
  const adapter = first && (routerOf(first) ? first : adapted.get(first));
  if (first && !adapter && first.kind !== 'object' && first.kind !== 'scalar') {
    release(on, first);
    return opaque('what is behind Nest is not read', at);
  }
  const settings = adapter ? second : first;
  // Nest's own answers come from Express 5 from its eleventh version on; what it catches is the same.
  const http = adapter ?? application(on, { major: 5, minor: 0 }, at);
  const router = routerOf(http);
  if (!router) return opaque('the application behind it is not read', at);
  const add = (handler: Thing, place: Location): void =>
    void router.layers.push({ verb: undefined, within: true, path: undefined, handlers: [handler], at: place });
  const cors = (given: Thing | undefined, place: Location): void => add(corsMiddleware(on, given, place), place);
  const given = option(on, settings, 'cors', at);
  if (!isUndefined(given) && truthOf(on, given) !== false) cors(given.kind === 'object' ? given : undefined, given.at);
  const own = new Map<string, Thing>();
  const made: Thing = native(
    'nest',
    at,
    () => opaque('it is no function', at),
    having(own, (name) => (/^(?:then|catch|finally)$/.test(name) ? undefined : method(name, at, () => made))),
  );
  const give = chained(on, own, at, () => made);
  give('enableCors', ([one], place) => cors(one, place));
  give('use', ([handler], place) => handler && add(handler, place));
  give('init', (_args, place) => {
    controllers(router, at);
    return promised(made, place);
  });
  const instance = native(
    'adapter',
    at,
    () => opaque('it is no function', at),
    new Map([['getInstance', method('getInstance', at, () => http)]]),
  );
  own.set(
    'getHttpAdapter',
    method('getHttpAdapter', at, () => instance),
  );
  own.set(
    'getHttpServer',
    method('getHttpServer', at, () => http),
  );
  return made;
}

/** Controllers are not read: they answer with any status, and may set headers besides those that are there. */
function controllers(router: Router, at: Location): void {
  const answers = method('controllers', at, ([, response]) => {
    const reply = response && replyOf(response);
    if (!reply) return none(at);
    reply.open ??= 'a controller may set it';
    reply.status = opaque('a controller says which', at);
    reply.send(at);
    return none(at);
  });
  router.layers.push({ verb: undefined, within: true, path: undefined, handlers: [answers], at });
}
