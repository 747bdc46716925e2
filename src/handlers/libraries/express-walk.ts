import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import { unmatched } from '../interpret/drafts.ts';
import type { Machine } from '../interpret/machine.ts';
import { native, opaque, scalar, textOf, type Thing } from '../interpret/things.ts';
import { delivered, ROUTELESS } from './application.ts';
import { expressRequest, expressResponse, isError } from './express-reply.ts';
import { asksBy, guarded, none, truthOf, whyOf } from './kit.ts';
import { unsaid, type Version } from './library.ts';
import { Paths } from './paths.ts';
import { Reply } from './reply.ts';

export interface Router {
  readonly layers: Layer[];
}

const routers = new WeakMap<Thing, Router>();

/** The router behind what Express gives. */
export const routerOf = (thing: Thing): Router | undefined => routers.get(thing);

/** Marks what Express gives as a router, which may stand among the handlers of another. */
export const routes = (thing: Thing, router: Router): void => void routers.set(thing, router);

/** What was hung on a router: for requests by `verb`, or by any; `within`: for all paths below its own. */
export interface Layer {
  readonly verb: string | undefined;
  readonly within: boolean;
  readonly path: Thing | undefined;
  readonly handlers: readonly Thing[];
  readonly at: Location;
}

/** One request on its way through an application. */
interface Walk {
  readonly on: Machine;
  readonly paths: Paths;
  readonly reply: Reply;
  readonly request: Thing;
  readonly response: Thing;
  readonly version: Version;
  /** Some route is there for other methods. */
  otherwise: boolean;
  unseen: string | undefined;
}

/** Where a request goes on: with an error, past what takes none. */
type Onward = (error: Thing | undefined) => void;

export function serve(on: Machine, router: Router, version: Version, at: Location): Thing {
  if (router.layers.length === 0) return opaque(ROUTELESS, at);
  const reply = new Reply(on, scalar(200, at));
  const walk: Walk = {
    on,
    paths: new Paths(on),
    reply,
    request: expressRequest(on, at),
    response: expressResponse(reply, at, (why) => (walk.unseen ??= why)),
    version,
    otherwise: false,
    unseen: undefined,
  };
  through(walk, router, '', undefined, (error) => last(walk, error, at));
  return delivered(on, reply, walk.unseen, at);
}

/** What Express answers itself: a page that says that nothing is there, or what went wrong; with the headers that are set by then. */
function last({ on, reply, otherwise }: Walk, error: Thing | undefined, at: Location): void {
  if (reply.sent) return;
  const worked = opaque('Express works it out', at);
  if (!error) reply.status = otherwise && asksBy(on, ['OPTIONS'], at) ? worked : scalar(404, at);
  else reply.status = worked;
  const answer = reply.send(error?.at ?? at);
  if (!error) unmatched.add(answer);
}

function through(walk: Walk, { layers }: Router, prefix: string, error: Thing | undefined, out: Onward): void {
  const step = (place: number, failed: Thing | undefined): void => {
    const layer = layers[place];
    if (!layer) return out(failed);
    walk.on.run.budget.spend();
    if (!matches(walk, layer, prefix)) return step(place + 1, failed);
    handle(walk, layer, prefix, failed, (next) => step(place + 1, next));
  };
  step(0, error);
}

function matches(walk: Walk, { verb, within, path, at }: Layer, prefix: string): boolean {
  // GET's routes answer HEAD too.
  if (verb !== undefined && !asksBy(walk.on, verb === 'GET' ? ['GET', 'HEAD'] : [verb], at)) {
    walk.otherwise = true;
    return false;
  }
  return walk.paths.matches(path, prefix, within, at);
}

function handle(walk: Walk, layer: Layer, prefix: string, error: Thing | undefined, out: Onward): void {
  const step = (place: number, failed: Thing | undefined): void => {
    const handler = layer.handlers[place];
    if (!handler) return out(failed);
    const onward: Onward = (next) => (textOf(next) === 'route' || textOf(next) === 'router' ? out(undefined) : step(place + 1, next));
    const inner = routers.get(handler);
    const below = `${prefix}/${textOf(layer.path) ?? ''}`;
    if (inner && failed) return step(place + 1, failed);
    if (inner) return through(walk, inner, below, undefined, onward);
    call(walk, handler, layer.at, failed, onward);
  };
  step(0, error);
}

function call(walk: Walk, handler: Thing, at: Location, error: Thing | undefined, onward: Onward): void {
  const { on, request, response, reply } = walk;
  const takesErrors = handler.kind === 'function' && handler.code.params.length === 4;
  if (takesErrors !== (error !== undefined)) return onward(error);
  if (handler.kind === 'foreign' || handler.kind === 'opaque') {
    // It may answer, or set what it likes.
    if (on.run.fork(2) === 1) reply.sent ??= { answer: opaque(whyOf(handler), at), at };
    else reply.unsettle(whyOf(handler));
    return reply.sent ? undefined : onward(undefined);
  }
  const next = {
    ...native('next', at, ([failed]) => (onward(isError(failed) && on.run.decide(failed) ? failed : undefined), none(at))),
    effect: true as const,
  };
  const args = error ? [error, request, response, next] : [request, response, next];
  guarded(
    on,
    () => rejected(walk, invoke(on, handler, args, at), onward),
    (failed) => (reply.sent ? undefined : onward(failed)),
  );
}

/** From Express 5 on, what an async handler throws is an error of the request; before, nobody hears of it. */
function rejected({ on, reply, version }: Walk, given: Thing, onward: Onward): void {
  if (given.kind !== 'promise' || given.rejected !== 'yes' || reply.sent) return;
  if (version === undefined) reply.sent = { answer: opaque(unsaid('express'), given.at), at: given.at };
  else if (version.major >= 5) onward(truthOf(on, given.value) === false ? opaque('it is an error', given.at) : given.value);
}
