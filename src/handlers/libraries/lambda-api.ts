import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import { unmatched } from '../interpret/drafts.ts';
import type { Machine } from '../interpret/machine.ts';
import { question } from '../interpret/operators.ts';
import { native, opaque, promised, scalar, textOf, type Native, type Thing } from '../interpret/things.ts';
import { applicationOf, delivered, ROUTELESS } from './application.ts';
import { chained } from './handed.ts';
import { asksBy, guarded, having, isUndefined, method, none, option, packaged, partOf, truthOf, whyOf, waited } from './kit.ts';
import { lambdaApiResponse } from './lambda-api-response.ts';
import type { Library } from './library.ts';
import { Paths, type Routed } from './paths.ts';
import { Reply } from './reply.ts';
import { requestHeaders } from './request.ts';

interface Route extends Routed {
  /** The middlewares that were there when it was made, and its own. */
  readonly handlers: readonly Thing[];
}

interface Api {
  readonly routes: Route[];
  readonly middlewares: { readonly path: Thing | undefined; readonly does: Thing }[];
  readonly errors: Thing[];
  readonly settings: Thing | undefined;
}

/** `lambda-api`: `createAPI()`, whose `run` answers. */
export const lambdaApi: Library['load'] = () =>
  Promise.resolve((on, at) =>
    packaged(
      method('createAPI', at, ([settings], place) => instance(on, { routes: [], middlewares: [], errors: [], settings }, '', place)),
    ),
  );

function instance(on: Machine, api: Api, prefix: string, at: Location): Thing {
  const own = new Map<string, Thing>();
  const made: Native = applicationOf(
    'api',
    at,
    having(own, (name) => (/^(?:then|catch|finally)$/.test(name) ? undefined : method(name, at, () => made))),
    (why) => void api.middlewares.push({ path: undefined, does: opaque(why, at) }),
  );
  const give = chained(on, own, at, () => made);
  for (const verb of ['get', 'post', 'put', 'delete', 'patch', 'options', 'head', 'any']) {
    give(verb, (args, place) => add(api, prefix, verb === 'any' ? undefined : [verb.toUpperCase()], args, place));
  }
  give('METHOD', ([methods, ...args], place) => {
    const names = (methods?.kind === 'list' ? methods.items.map(textOf) : (methods ? textOf(methods) : undefined)?.split(',')) ?? [
      undefined,
    ];
    const known = names.flatMap((name) => (name === undefined ? [] : [name.trim().toUpperCase()]));
    add(api, prefix, known.length === names.length && !known.includes('ANY') ? known : undefined, args, place);
  });
  give('use', (args) => {
    const [path, handlers] = pathed(args);
    for (const does of handlers) {
      if (does.kind === 'function' && does.code.params.length === 4) api.errors.push(does);
      else api.middlewares.push({ path, does });
    }
  });
  give('register', ([routes, options], place) => {
    const below = option(on, options, 'prefix', place);
    if (routes) invoke(on, routes, [instance(on, api, `${prefix}/${textOf(below) ?? ''}`, place), options ?? none(place)], place);
  });
  own.set(
    'run',
    method('run', at, (_args, place) => promised(new Walk(on, api, place).answer(), place)),
  );
  return made;
}

const pathed = (args: readonly Thing[]): [Thing | undefined, readonly Thing[]] =>
  args[0] && isPath(args[0]) ? [args[0], args.slice(1)] : [undefined, args];

function add(api: Api, prefix: string, methods: readonly string[] | undefined, args: readonly Thing[], at: Location): void {
  const [path, handlers] = pathed(args);
  const before = api.middlewares.filter((one) => covers(one.path, path)).map(({ does }) => does);
  api.routes.push({ methods, path, prefix, handlers: [...before, ...handlers], at });
}

const isPath = (thing: Thing): boolean =>
  textOf(thing) !== undefined || thing.kind === 'text' || thing.kind === 'held' || thing.kind === 'list';

/** Whether a middleware stands before a route. */
function covers(path: Thing | undefined, route: Thing | undefined): boolean {
  const texts = path?.kind === 'list' ? path.items.map(textOf) : [path ? textOf(path) : '/*'];
  return texts.some((text) => {
    if (text === undefined || text === '*' || text === '/*') return true;
    const [whole, asked] = [text.replace(/\/?\*$/, ''), (route && textOf(route)) ?? ''];
    return text.endsWith('*') ? `${asked}/`.startsWith(`${whole}/`) : asked === whole;
  });
}

/** Whose path is the more exact. */
const vagueness = ({ path }: Route): number => {
  const text = path ? textOf(path) : '*';
  return text === undefined || text.endsWith('*') ? 1000 - (text?.length ?? 0) : (text.match(/:/g)?.length ?? 0);
};

/** One request on its way. */
class Walk {
  readonly #on: Machine;
  readonly #api: Api;
  readonly #at: Location;
  readonly #reply: Reply;
  readonly #request: Thing;
  readonly #response: Thing;
  #unseen: string | undefined;
  #goes = false;

  constructor(on: Machine, api: Api, at: Location) {
    this.#on = on;
    this.#api = api;
    this.#at = at;
    this.#reply = new Reply(on, scalar(200, at));
    this.#reply.merge(option(on, api.settings, 'headers', at), at);
    this.#request = requestOf(on, at);
    this.#response = lambdaApiResponse(on, this.#reply, at, {
      fail: (status, error, place) => this.#fail(status, error, place),
      unsure: (why) => (this.#unseen ??= why),
    });
  }

  answer(): Thing {
    const [on, at] = [this.#on, this.#at];
    if (this.#api.routes.length === 0) return opaque(ROUTELESS, at);
    const paths = new Paths(on);
    const routes = this.#api.routes.toSorted((one, other) => vagueness(one) - vagueness(other));
    const route = routes.find((one) => isFor(on, paths, routes, one));
    if (route) this.#run(route);
    else {
      // No middleware has been asked by then.
      this.#fail(opaque('lambda-api works it out', at), opaque('no route is there', at), at);
      if (this.#reply.sent) unmatched.add(this.#reply.sent.answer);
    }
    return delivered(on, this.#reply, this.#unseen, at);
  }

  #run({ handlers, at }: Route): void {
    for (const does of handlers) {
      if (this.#reply.sent) return;
      if (does.kind === 'foreign' || does.kind === 'opaque') this.#unread(does, at);
      else {
        this.#goes = false;
        guarded(
          this.#on,
          () => this.#call(does, [this.#request, this.#response], at),
          (error) => this.#fail(undefined, error, error.at),
        );
        // One that neither answers nor lets the request go on keeps it for ever.
        if (!this.#goes) return;
      }
    }
  }

  /** It may answer, or set what it likes. */
  #unread(does: Thing, at: Location): void {
    if (this.#on.run.fork(2) === 1) this.#reply.sent = { answer: opaque(whyOf(does), at), at };
    else this.#reply.unsettle(whyOf(does));
  }

  #call(does: Thing, args: readonly Thing[], at: Location): void {
    const next = native('next', at, (_args, place) => {
      this.#goes = true;
      return none(place);
    });
    const given = waited(this.#on, invoke(this.#on, does, [...args, { ...next, effect: true }], at), at);
    if (this.#reply.sent || given === this.#response || truthOf(this.#on, given) === false) return;
    this.#reply.send(this.#on.left ?? at);
  }

  #fail(status: Thing | undefined, error: Thing, at: Location): void {
    const reply = this.#reply;
    if (reply.sent) return;
    stripped(this.#on, this.#api, reply, at);
    reply.status = status ?? scalar(500, at);
    for (const does of this.#api.errors) if (!reply.sent) this.#call(does, [error, this.#request, this.#response], at);
    reply.send(at);
  }
}

function isFor(on: Machine, paths: Paths, routes: readonly Route[], { methods, path, prefix, at }: Route): boolean {
  if ((methods && !asksBy(on, methods, at)) || !paths.matches(path, prefix, !path, at)) return false;
  const text = path ? textOf(path) : '/*';
  const alone =
    methods?.join() === 'OPTIONS' &&
    text?.endsWith('*') === true &&
    routes.filter((one) => (one.path ? textOf(one.path) : '/*') === text).length === 1;
  // Such a route answers for paths that another route is for, and for no other.
  return !alone || on.run.decide(question('path:known', at));
}

/** Errors are answered without the headers that were set, but for those that the settings name. */
function stripped(on: Machine, api: Api, reply: Reply, at: Location): void {
  const kept = option(on, api.settings, 'errorHeaderWhitelist', at);
  const names = kept.kind === 'list' ? kept.items.map((item) => textOf(item)?.toLowerCase()) : [];
  for (const name of reply.headers.keys()) if (!names.includes(name)) reply.delete(name);
  if (!isUndefined(kept) && (kept.kind !== 'list' || kept.open !== undefined || names.includes(undefined)))
    reply.open ??= 'which headers errors keep is not known';
  reply.merge(option(on, api.settings, 'headers', at), at);
}

function requestOf(on: Machine, at: Location): Thing {
  return native(
    'req',
    at,
    () => none(at),
    having(new Map([['headers', requestHeaders(on, at)]]), (name) => {
      if (name === 'method') return on.run.piece('method', at);
      return name === 'params' || name === 'query' ? partOf(on, name, at) : on.run.piece(`request.${name}`, at);
    }),
  );
}
