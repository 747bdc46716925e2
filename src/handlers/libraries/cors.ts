import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import type { Machine } from '../interpret/machine.ts';
import { isNothing, opaque, scalar, textOf, type Thing } from '../interpret/things.ts';
import { replyOf } from './express-reply.ts';
import { asksBy, isUndefined, joined, method, none, option, packaged, truthOf, unreadable, whyOf } from './kit.ts';
import type { Library } from './library.ts';
import { isAllowed, originOf } from './origins.ts';
import type { Reply } from './reply.ts';

/** `cors` of Express. */
export const cors: Library['load'] = () =>
  Promise.resolve((on, at) => packaged(method('cors', at, ([settings], place) => corsMiddleware(on, settings, place))));

interface Turn {
  readonly on: Machine;
  readonly reply: Reply;
  readonly next: Thing;
  /** Where the code makes the middleware. */
  readonly at: Location;
}

/** `cors(settings)`; the settings may be given by a function, for each request. */
export function corsMiddleware(on: Machine, settings: Thing | undefined, at: Location): Thing {
  return method('cors', at, ([request, response, next], place) => {
    const reply = response && replyOf(response);
    if (!request || !reply || !next) return opaque('it is called in a way that is not followed', place);
    const turn: Turn = { on, reply, next, at };
    if (settings?.kind !== 'function' && settings?.kind !== 'native') {
      configured(turn, settings);
      return none(place);
    }
    const back = method('callback', at, ([error, given], back_) => {
      if (error && on.run.decide(error)) return invoke(on, next, [error], back_);
      configured(turn, given);
      return none(back_);
    });
    return invoke(on, settings, [request, back], place);
  });
}

const proceed = ({ on, next, at }: Turn, error?: Thing): Thing => invoke(on, next, error ? [error] : [], at);

function configured(turn: Turn, settings: Thing | undefined): void {
  const { on, reply, at } = turn;
  const why = unreadable(settings);
  if (why !== undefined) reply.unsettle(why);
  const origin = given(settings, 'origin') ? option(on, settings, 'origin', at) : scalar('*', at);
  if (origin.kind === 'function' || origin.kind === 'native') {
    const back = method('callback', at, ([error, allowed], place) => {
      if ((error && on.run.decide(error)) || !allowed || truthOf(on, allowed) === false) proceed(turn, error);
      else apply(turn, settings, allowed);
      return none(place);
    });
    invoke(on, origin, [originOf(on, at), back], at);
    return;
  }
  if (truthOf(on, origin) === false) proceed(turn);
  else apply(turn, settings, origin);
}

const given = (settings: Thing | undefined, name: string): boolean => settings?.kind === 'object' && settings.entries.has(name);

function apply(turn: Turn, settings: Thing | undefined, origin: Thing): void {
  const { on, reply, at } = turn;
  const set = (name: string, value: Thing): void => {
    if (truthOf(on, value) !== false) reply.set(name, value, value.at);
  };
  const asked = (name: string): Thing => option(on, settings, name, at);
  const preflight = asksBy(on, ['OPTIONS'], at);
  allowOrigin(turn, origin);
  const credentials = asked('credentials');
  if (credentials.kind !== 'scalar')
    reply.set('Access-Control-Allow-Credentials', opaque(whyOf(credentials), credentials.at), credentials.at);
  else if (credentials.value === true) reply.set('Access-Control-Allow-Credentials', scalar('true', credentials.at), credentials.at);
  if (preflight) {
    const methods = given(settings, 'methods') ? asked('methods') : scalar('GET,HEAD,PUT,PATCH,POST,DELETE', at);
    set('Access-Control-Allow-Methods', joined(methods, ','));
    allowHeaders(turn, settings);
    const maxAge = asked('maxAge');
    if (!(maxAge.kind === 'scalar' && typeof maxAge.value !== 'number' && !maxAge.value))
      reply.set('Access-Control-Max-Age', joined(maxAge, ','), maxAge.at);
  }
  const exposed = joined(asked('exposedHeaders'), ',');
  set('Access-Control-Expose-Headers', exposed);
  if (!preflight) return void proceed(turn);
  const passes = asked('preflightContinue');
  if (truthOf(on, passes) === undefined ? on.run.decide(passes) : truthOf(on, passes)) return void proceed(turn);
  const status = asked('optionsSuccessStatus');
  reply.status = isUndefined(status) ? scalar(204, at) : status;
  reply.send(at);
}

function allowOrigin({ on, reply, at }: Turn, origin: Thing): void {
  const name = 'Access-Control-Allow-Origin';
  if (textOf(origin) === '*') return reply.set(name, origin, origin.at);
  if (origin.kind === 'opaque' || origin.kind === 'foreign' || origin.kind === 'held' || origin.kind === 'event') {
    reply.set(name, origin.kind === 'held' ? origin : opaque(whyOf(origin), origin.at), origin.at);
    return reply.set('Vary', opaque(whyOf(origin), origin.at), at);
  }
  if (textOf(origin) !== undefined || origin.kind === 'text') reply.set(name, origin, origin.at);
  else if (isAllowed(on, origin, at)) reply.set(name, originOf(on, at), origin.at);
  reply.vary('Origin', at);
}

function allowHeaders({ on, reply, at }: Turn, settings: Thing | undefined): void {
  const [allowed, old] = ['allowedHeaders', 'headers'].map((name) => option(on, settings, name, at)) as [Thing, Thing];
  const headers = isNothing(allowed) === true || truthOf(on, allowed) === false ? old : allowed;
  if (truthOf(on, headers) === false) {
    reply.vary('Access-Control-Request-Headers', at);
    reply.set('Access-Control-Allow-Headers', on.run.piece('headers.access-control-request-headers', at), at);
  } else reply.set('Access-Control-Allow-Headers', joined(headers, ','), headers.at);
}
