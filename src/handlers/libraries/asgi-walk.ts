import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import { places, refusals, unmatched } from '../interpret/drafts.ts';
import type { Machine } from '../interpret/machine.ts';
import { Thrown } from '../interpret/run.ts';
import { isNothing, native, opaque, scalar, textOf, type Named, type Thing } from '../interpret/things.ts';
import { errorClass } from '../python/errors.ts';
import { ROUTELESS } from './application.ts';
import { aroundCors } from './asgi-cors.ts';
import { asksBy, guarded, whyOf, waited } from './kit.ts';
import { Paths, type Routed } from './paths.ts';
import { bound, callable, errorKind, given, handlerFor } from './python-kit.ts';
import { replyBehind, replyWith, responseThing } from './python-response.ts';
import type { Reply } from './reply.ts';

export interface Middleware {
  readonly kind: Thing;
  readonly named: Named;
  readonly at: Location;
}

interface Route extends Routed {
  readonly does: Thing;
  readonly status: Thing | undefined;
}

export interface App {
  readonly routes: Route[];
  /** The last is the outermost. */
  readonly middlewares: Middleware[];
  readonly handlers: { readonly kind: Thing; readonly does: Thing }[];
  readonly prefix: string;
}

/** An answer on its way out, which may be changed, or why there is none that is known. */
export interface Answered {
  readonly reply: Reply | undefined;
  readonly why: string;
  readonly at: Location;
  readonly lost?: boolean;
  /** It is for a preflight that asks for more than is allowed. */
  readonly refusal?: boolean;
}

/** The classes of answers. */
export const responseClass = (on: Machine, name: string, at: Location): Thing =>
  callable(name, at, (args, place, named) => {
    const all = bound(['content', 'status_code', 'headers'], args, named);
    const usual = scalar(name === 'RedirectResponse' ? 307 : 200, place);
    return responseThing(replyWith(on, given(all, 'status_code') ?? usual, given(all, 'headers'), place), place);
  });

export function serve(on: Machine, app: App, at: Location): Thing {
  if (app.routes.length === 0) return opaque(ROUTELESS, at);
  const stack = app.middlewares.toReversed();
  const run = (place: number): Answered => {
    const middleware = stack[place];
    return middleware ? around(on, middleware, () => run(place + 1)) : inside(on, app, at);
  };
  const made = guarded(
    on,
    () => run(0),
    (error) => outermost(on, app, error),
  );
  on.left = made.at;
  if (!made.reply) return opaque(made.why, made.at);
  const result = made.reply.response(made.at);
  places.set(result, made.at);
  if (made.lost === true) unmatched.add(result);
  if (made.refusal === true) refusals.add(result);
  return result;
}

/** What nobody has answered for is outside of every middleware, CORSMiddleware among them. */
function outermost(on: Machine, { handlers }: App, error: Thing): Answered {
  const all = errorClass(on, 'Exception');
  const own = handlers.findLast(({ kind }) => kind === all || (kind.kind === 'scalar' && kind.value === 500));
  if (own) return responded(on, invoke(on, own.does, [requestOf(on, error.at), error], error.at), undefined, error.at);
  return { reply: replyWith(on, scalar(500, error.at), undefined, error.at), why: '', at: error.at };
}

function around(on: Machine, { kind, named, at }: Middleware, inner: () => Answered): Answered {
  if (kind.kind === 'native' && kind.name === 'CORSMiddleware') return aroundCors(on, named, at, inner);
  if (kind.kind === 'native') return inner();
  if (kind.kind !== 'function') {
    // It may answer, or set what it likes.
    if (on.run.fork(2) === 1) return { reply: undefined, why: whyOf(kind), at };
    const answer = inner();
    answer.reply?.unsettle(whyOf(kind));
    return answer;
  }
  let last: Answered | undefined;
  const next = callable('call_next', at, (_args, place) => {
    last = inner();
    return last.reply ? responseThing(last.reply, place) : opaque(last.why, place);
  });
  const answer = waited(on, invoke(on, kind, [requestOf(on, at), next], at), at);
  if (last?.reply && replyBehind(answer) === last.reply) return last;
  return responded(on, answer, undefined, at);
}

/** Routes, and the handlers of errors that stand around them. */
function inside(on: Machine, app: App, at: Location): Answered {
  const paths = new Paths(on);
  let otherwise = false;
  const route = app.routes.find(({ methods, path, prefix, at: place }) => {
    const asked = !methods || asksBy(on, methods, place);
    otherwise ||= !asked;
    return asked && paths.matches(path, prefix, !path, place);
  });
  return guarded(
    on,
    () => {
      if (route) return called(on, route);
      const status = otherwise ? opaque('it is 404, or 405 where another method is there', at) : scalar(404, at);
      return { reply: replyWith(on, status, undefined, at), why: '', at, lost: true };
    },
    (error) => failed(on, app, error),
  );
}

function failed(on: Machine, { handlers }: App, error: Thing): Answered {
  const all = errorClass(on, 'Exception');
  const handler = handlerFor(
    on,
    handlers.filter(({ kind }) => kind !== all && kind.kind !== 'scalar'),
    error,
  );
  if (handler) return responded(on, invoke(on, handler, [requestOf(on, error.at), error], error.at), undefined, error.at);
  const http = errorKind(on, 'HTTPException');
  if (error.kind !== 'object' || !error.class || on.language.own?.catches(on, error, http) !== true) throw new Thrown(error);
  const [status, headers] = ['status_code', 'headers'].map((name) => error.entries.get(name)?.value);
  const args = error.entries.get('args')?.value;
  const code = status ?? (args?.kind === 'list' ? args.items[0] : undefined) ?? opaque('the code works it out', error.at);
  return {
    reply: replyWith(on, code, headers && isNothing(headers) !== true ? headers : undefined, error.at),
    why: '',
    at: error.at,
  };
}

/** Calls a route with what its parameters ask for: the request, an answer to set headers on, pieces of the request. */
function called(on: Machine, { does, path, status, at }: Route): Answered {
  if (does.kind !== 'function') {
    if (does.kind !== 'native') return { reply: undefined, why: whyOf(does), at };
    return responded(on, invoke(on, does, [requestOf(on, at)], at), status, at);
  }
  const named = new Map<string, Thing>();
  const written = replyWith(on, status ?? scalar(200, at), undefined, at);
  const text = (path && textOf(path)) ?? '';
  let refuses = false;
  for (const { to, otherwise, rest } of does.code.params) {
    if (to.kind !== 'name' || rest || (to.name === 'self' && does.self)) continue;
    const isRequest = /^req/i.test(to.name);
    refuses ||= !otherwise && !isRequest && !/^res/i.test(to.name) && !text.includes(`{${to.name}`);
    if (otherwise) continue;
    named.set(to.name, isRequest ? requestOf(on, at) : parameter(to.name, written, at));
  }
  // What the request does not carry as the route asks for it is refused.
  if (refuses && on.run.fork(2) === 1) return { reply: replyWith(on, scalar(422, at), undefined, at), why: '', at };
  const thing = waited(on, invoke(on, does, [], at, undefined, false, named), at);
  const answer = responded(on, thing, written.status, on.left ?? at);
  if (answer.reply && !replyBehind(thing)) {
    answer.reply.open ??= written.open;
    for (const { name, value, at: place } of written.headers.values()) answer.reply.set(name, value, place);
  }
  return answer;
}

/** Of which kind a parameter is, its annotation says, which is not read: it may be a piece of the request, or the answer. */
function parameter(name: string, written: Reply, at: Location): Thing {
  const response = responseThing(written, at);
  const why = 'it is worked out from the event';
  return native(name, at, () => opaque(why, at, { pure: true }), {
    get: (member) =>
      member === 'headers' && response.kind === 'native'
        ? response.members?.get(member)
        : member.startsWith('__')
          ? undefined
          : opaque(why, at, { pure: true }),
    set: (member, thing) => (response.kind === 'native' ? response.members?.set?.(member, thing) : undefined),
  });
}

function requestOf(on: Machine, at: Location): Thing {
  return native('request', at, () => opaque('it is no function', at), {
    get: (name) =>
      name === 'headers'
        ? on.run.piece('headers', at)
        : name === 'method'
          ? on.run.piece('method', at)
          : name.startsWith('__')
            ? undefined
            : opaque('it is worked out from the event', at, { pure: true }),
  });
}

function responded(on: Machine, thing: Thing, status: Thing | undefined, at: Location): Answered {
  const value = waited(on, thing, at);
  const behind = replyBehind(value);
  if (behind) return { reply: behind, why: '', at: on.left ?? at };
  if (value.kind === 'foreign' || (value.kind === 'opaque' && !value.pure)) return { reply: undefined, why: whyOf(value), at };
  return { reply: replyWith(on, status ?? scalar(200, at), undefined, at), why: '', at: on.left ?? at };
}
