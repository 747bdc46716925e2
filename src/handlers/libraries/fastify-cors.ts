import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import type { Machine } from '../interpret/machine.ts';
import { namedMember } from '../interpret/members.ts';
import { Thrown } from '../interpret/run.ts';
import { isNothing, opaque, scalar, textOf, type Thing } from '../interpret/things.ts';
import { fastifyReplyOf } from './fastify-reply.ts';
import { pluginOf } from './fastify.ts';
import { asksBy, isUndefined, joined, method, none, option, packaged, truthOf, unreadable, whyOf } from './kit.ts';
import { unsaid, type Library, type Version } from './library.ts';
import { isAllowed, originOf } from './origins.ts';
import type { Reply } from './reply.ts';

interface Turn {
  readonly on: Machine;
  readonly settings: Thing | undefined;
  readonly version: Version;
  readonly reply: Reply;
  readonly done: Thing;
  readonly at: Location;
}

/** `@fastify/cors`: a hook of the whole application. */
export const fastifyCors: Library['load'] = () =>
  Promise.resolve((on, at, version) => {
    const plugin = pluginOf(
      method('fastifyCors', at, ([instance, settings], place) => {
        if (!instance) return none(place);
        const hook = option(on, settings, 'hook', place);
        const does = method('cors', place, ([_request, response, done], to) => {
          const reply = response && fastifyReplyOf(response);
          if (reply && done) answer({ on, settings, version, reply, done, at: place });
          return none(to);
        });
        return invoke(
          on,
          namedMember(on, instance, 'addHook', place),
          [textOf(hook) === undefined ? scalar('onRequest', place) : hook, does],
          place,
        );
      }),
    );
    return packaged(plugin, { fastifyCors: plugin });
  });

function answer(turn: Turn): void {
  const { on, settings, version, reply, at, done } = turn;
  const given = settings?.kind === 'object' && settings.entries.has('origin');
  const origin = given ? option(on, settings, 'origin', at) : scalar('*', at);
  const isFunction =
    settings?.kind === 'function' || settings?.kind === 'native' || (settings?.kind === 'object' && settings.entries.has('delegator'));
  const why = isFunction ? 'its settings are worked out for each request' : unreadable(settings);
  if (why !== undefined) {
    reply.unsettle(why);
    if (asksBy(on, ['OPTIONS'], at)) {
      reply.sent ??= { answer: opaque(why, at), at };
      return;
    }
  } else if (!isText(origin) && truthOf(on, origin) !== false) reply.vary('Origin', at);
  else if (isText(origin) && (version === undefined || version.major < 9))
    reply.set('Vary', version ? scalar('Origin', at) : opaque(unsaid('@fastify/cors'), at), at);
  if (origin.kind === 'function' || origin.kind === 'native') {
    let called = false;
    const back = method('callback', at, ([error, allowed], place) => {
      called = true;
      if (error && isNothing(error) !== true && on.run.decide(error)) throw new Thrown(error);
      resolved(turn, allowed ?? none(place));
      return none(place);
    });
    const result = invoke(on, origin, [originOf(on, at), back], at);
    if (result.kind === 'promise') {
      if (result.rejected !== 'no' && (result.rejected === 'yes' || on.run.fork(2) === 1)) throw new Thrown(result.value);
      resolved(turn, result.value);
    } else if (!called) reply.sent ??= { answer: opaque('it is not known whom it allows', at), at };
    return;
  }
  if (why === undefined || given) return resolved(turn, origin);
  invoke(on, done, [], at);
}

const isText = (thing: Thing): boolean =>
  textOf(thing) !== undefined || thing.kind === 'text' || thing.kind === 'held' || thing.kind === 'opaque';

function resolved(turn: Turn, origin: Thing): void {
  const { on, reply, settings, at, done } = turn;
  if (origin.kind === 'scalar' && origin.value === false) return void invoke(on, done, [], at);
  if (truthOf(on, origin) === false) throw new Thrown(opaque('it is an error', at));
  const asked = (name: string): Thing => option(on, settings, name, at);
  allow(turn, origin);
  const credentials = asked('credentials');
  if (truthOf(on, credentials) === undefined)
    reply.set('Access-Control-Allow-Credentials', opaque(whyOf(credentials), credentials.at), credentials.at);
  else if (truthOf(on, credentials)) reply.set('Access-Control-Allow-Credentials', scalar('true', credentials.at), credentials.at);
  const exposed = asked('exposedHeaders');
  if (isNothing(exposed) !== true) reply.set('Access-Control-Expose-Headers', joined(exposed, ', '), exposed.at);
  if (!asksBy(on, ['OPTIONS'], at) || truthOf(on, preflight(asked)) === false) return void invoke(on, done, [], at);
  const strict = asked('strictPreflight');
  // What comes from no page is no preflight.
  if (isUndefined(strict) || truthOf(on, strict) !== false) {
    if (!on.run.decide(on.run.piece('origin', at))) {
      reply.status = scalar(400, at);
      reply.send(at);
      return;
    }
  }
  answerPreflight(turn, asked);
}

const preflight = (asked: (name: string) => Thing): Thing => {
  const given = asked('preflight');
  return isUndefined(given) ? scalar(true, given.at) : given;
};

function allow({ on, reply, at }: Turn, origin: Thing): void {
  const name = 'Access-Control-Allow-Origin';
  const star = origin.kind === 'list' ? origin.items.find((item) => textOf(item) === '*') : undefined;
  if (star) reply.set(name, star, star.at);
  else if (isText(origin)) reply.set(name, origin.kind === 'opaque' ? opaque(origin.why, origin.at) : origin, origin.at);
  else if (isAllowed(on, origin, at)) reply.set(name, originOf(on, at), origin.at);
}

function answerPreflight(turn: Turn, asked: (name: string) => Thing): void {
  const { on, reply, settings, version, at, done } = turn;
  const methods = settings?.kind === 'object' && settings.entries.has('methods') ? asked('methods') : usual(version, at);
  reply.set('Access-Control-Allow-Methods', joined(methods, ', '), methods.at);
  const headers = asked('allowedHeaders');
  if (isNothing(headers) === true) {
    reply.vary('Access-Control-Request-Headers', at);
    reply.set('Access-Control-Allow-Headers', on.run.piece('headers.access-control-request-headers', at), at);
  } else reply.set('Access-Control-Allow-Headers', joined(headers, ', '), headers.at);
  const maxAge = asked('maxAge');
  if (isNothing(maxAge) !== true) reply.set('Access-Control-Max-Age', joined(maxAge, ','), maxAge.at);
  if (truthOf(on, asked('preflightContinue')) === true) return void invoke(on, done, [], at);
  const status = asked('optionsSuccessStatus');
  reply.status = isUndefined(status) ? scalar(204, at) : status;
  reply.send(at);
}

const usual = (version: Version, at: Location): Thing =>
  version === undefined
    ? opaque(unsaid('@fastify/cors'), at)
    : scalar(version.major >= 11 ? 'GET,HEAD,POST' : 'GET,HEAD,PUT,PATCH,POST,DELETE', at);
