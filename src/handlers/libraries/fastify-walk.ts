import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import { unmatched } from '../interpret/drafts.ts';
import type { Machine } from '../interpret/machine.ts';
import { Thrown } from '../interpret/run.ts';
import { isNothing, opaque, scalar, type Thing } from '../interpret/things.ts';
import { delivered, ROUTELESS } from './application.ts';
import { fastifyReply, fastifyRequest } from './fastify-reply.ts';
import { asksBy, guarded, isUndefined, method, none, option, whyOf, waited } from './kit.ts';
import { Paths, type Routed } from './paths.ts';
import { Reply } from './reply.ts';

export interface Hook {
  readonly name: string;
  readonly does: Thing;
  readonly at: Location;
}

/** Fastify, or what a plugin sees of it. */
export interface Instance {
  readonly parent: Instance | undefined;
  readonly hooks: Hook[];
  readonly routes: Route[];
  readonly plugins: { readonly plugin: Thing; readonly options: Thing | undefined; readonly at: Location }[];
  readonly prefix: string;
  onError: Thing | undefined;
  notFound: Thing | undefined;
}

interface Route extends Routed {
  readonly instance: Instance;
  readonly hooks: readonly Hook[];
  readonly handler: Thing;
  readonly validates: boolean;
}

/** One request. */
interface Walk {
  readonly on: Machine;
  readonly reply: Reply;
  readonly request: Thing;
  readonly response: Thing;
  readonly root: Instance;
  readonly at: Location;
  unseen: string | undefined;
  /** Nothing is there for it. */
  lost: boolean;
}

export function serve(on: Machine, root: Instance, at: Location): Thing {
  if (root.routes.length === 0) return opaque(ROUTELESS, at);
  const reply = new Reply(on, scalar(200, at));
  const walk: Walk = {
    on,
    reply,
    root,
    at,
    request: fastifyRequest(on, at),
    response: fastifyReply(on, reply, at, {
      unsure: (why) => (walk.unseen ??= why),
      notFound: (place) => nothing(walk, place),
    }),
    unseen: undefined,
    lost: false,
  };
  const route = new Paths(on).first(root.routes, false);
  const instance = route?.instance ?? root;
  guarded(
    on,
    () => (route ? handle(walk, route) : unrouted(walk)),
    (error) => failed(walk, instance, error),
  );
  return finished(walk, [...instance.hooks, ...(route?.hooks ?? [])]);
}

function handle(walk: Walk, route: Route): void {
  const hooks = [...route.instance.hooks, ...route.hooks];
  const runs = (...names: string[]): boolean => names.every((name) => hooks.every((hook) => hook.name !== name || run(walk, hook)));
  if (!runs('onRequest')) return;
  if (route.validates && walk.on.run.fork(2) === 1) throw refusal(route.at);
  read(walk, route.at);
  if (!runs('preParsing', 'preValidation', 'preHandler')) return;
  answers(walk, route.handler, [walk.request, walk.response], route.at);
}

const refusal = (at: Location): Thrown => new Thrown(opaque('Fastify refuses what the request carries', at));

/** A body that cannot be read is refused. */
function read({ on }: Walk, at: Location): void {
  if (!asksBy(on, ['GET', 'HEAD', 'OPTIONS'], at) && on.run.fork(2) === 1) throw refusal(at);
}

/** Whether the request goes on after a hook. */
function run(walk: Walk, { does, at }: Hook): boolean {
  const { on, reply } = walk;
  if (does.kind === 'foreign' || does.kind === 'opaque') {
    if (on.run.fork(2) === 1) reply.sent ??= { answer: opaque(whyOf(does), at), at };
    else reply.unsettle(whyOf(does));
    return !reply.sent;
  }
  let called = false;
  const done = method('done', at, ([error], place) => {
    called = true;
    if (error && isNothing(error) !== true && on.run.decide(error)) throw new Thrown(error);
    return none(place);
  });
  const given = invoke(on, does, [walk.request, walk.response, done], at);
  // One that gives no promise says itself that it is done.
  if (given.kind === 'promise' || given.kind === 'opaque') waited(on, given, at);
  else if (!called && !reply.sent) return false;
  return !reply.sent;
}

function answers(walk: Walk, handler: Thing, args: readonly Thing[], at: Location): void {
  const { on, reply } = walk;
  if (handler.kind === 'foreign' || handler.kind === 'opaque') {
    reply.sent ??= { answer: opaque(whyOf(handler), at), at };
    return;
  }
  const given = waited(on, invoke(on, handler, args, at), at);
  if (reply.sent || isUndefined(given) || given === walk.response) return;
  reply.send(on.left ?? at);
}

function failed(walk: Walk, instance: Instance, error: Thing): void {
  if (walk.reply.sent) return;
  const { reply, on } = walk;
  const own = error.kind === 'object' ? option(on, error, 'statusCode', error.at) : opaque('it hangs on what is thrown', error.at);
  reply.status = isUndefined(own) ? scalar(500, error.at) : own;
  let handler: Thing | undefined;
  for (let one: Instance | undefined = instance; one && !handler; one = one.parent) handler = one.onError;
  if (!handler) return void reply.send(error.at);
  guarded(
    on,
    () => answers(walk, handler, [error, walk.request, walk.response], error.at),
    (again) => void reply.send(again.at),
  );
}

/** Requests that no route is for go past the hooks of the whole application. */
function unrouted(walk: Walk): void {
  for (const hook of walk.root.hooks) if (hook.name === 'onRequest' && !run(walk, hook)) return;
  read(walk, walk.at);
  nothing(walk, walk.at);
}

function nothing(walk: Walk, at: Location): void {
  walk.reply.status = scalar(404, at);
  if (walk.root.notFound) return answers(walk, walk.root.notFound, [walk.request, walk.response], at);
  walk.lost = true;
  walk.reply.send(at);
}

/** What hooks add to an answer that is about to be sent. */
function finished(walk: Walk, hooks: readonly Hook[]): Thing {
  const { on, reply } = walk;
  const sending = hooks.filter(({ name }) => name === 'onSend' || name === 'preSerialization');
  if (reply.sent && sending.length > 0 && reply.sent.answer.kind === 'object') {
    const { at } = reply.sent;
    reply.sent = undefined;
    for (const { does, at: place } of sending) {
      const done = method('done', place, (_args, to) => none(to));
      if (does.kind === 'function' || does.kind === 'native')
        waited(on, invoke(on, does, [walk.request, walk.response, opaque('it is the body', place), done], place), place);
      else reply.unsettle(whyOf(does));
    }
    reply.sent = undefined;
    reply.send(at);
  }
  if (walk.lost && reply.sent) unmatched.add(reply.sent.answer);
  return delivered(on, reply, walk.unseen, walk.at);
}
