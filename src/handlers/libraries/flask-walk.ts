import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import { places, unmatched } from '../interpret/drafts.ts';
import type { Machine } from '../interpret/machine.ts';
import { isNothing, opaque, scalar, type Named, type Thing } from '../interpret/things.ts';
import { errorClass } from '../python/errors.ts';
import { ROUTELESS } from './application.ts';
import { addCors } from './flask-cors.ts';
import { views } from './flask.ts';
import { asksBy, guarded, whyOf } from './kit.ts';
import { Paths, type Routed } from './paths.ts';
import { errorKind, handlerFor, withNames } from './python-kit.ts';
import { replyBehind, replyWith, responseThing } from './python-response.ts';
import type { Reply } from './reply.ts';

interface Route extends Routed {
  readonly does: Thing;
}

export interface App {
  readonly routes: Route[];
  readonly after: { readonly does: Thing; readonly at: Location }[];
  readonly handlers: { readonly kind: Thing; readonly does: Thing }[];
  readonly cors: { readonly named: Named; readonly at: Location }[];
  readonly prefix: string;
  unseen: string | undefined;
}

interface Answered {
  readonly reply: Reply | undefined;
  readonly why: string;
  readonly at: Location;
  readonly lost?: true;
}

/** What a view gives: a response, or a body with its status and its headers. */
export function responded(on: Machine, thing: Thing, at: Location): Answered {
  const reply = replyBehind(thing);
  if (reply) return { reply, why: '', at };
  if (thing.kind === 'list' && thing.items.length > 1) {
    const [body, ...more] = thing.items;
    const inner = body ? replyBehind(body) : undefined;
    const status = more.find(({ kind }) => kind !== 'object' && kind !== 'list');
    const headers = more.find(({ kind }) => kind === 'object');
    const made = inner ?? replyWith(on, scalar(200, at), undefined, at);
    if (status) made.status = status;
    made.merge(headers, at);
    if (more.some(({ kind }) => kind === 'list')) made.unsettle('its headers are a list');
    return { reply: made, why: '', at };
  }
  if (thing.kind === 'foreign' || (thing.kind === 'opaque' && !thing.pure)) return { reply: undefined, why: whyOf(thing), at };
  return { reply: replyWith(on, scalar(200, at), undefined, at), why: '', at };
}

export function serve(on: Machine, app: App, at: Location): Thing {
  if (app.routes.length === 0) return opaque(ROUTELESS, at);
  if (app.unseen !== undefined && on.run.fork(2) === 1) return opaque(app.unseen, at);
  const paths = new Paths(on);
  const made = guarded(
    on,
    () => routed(on, app, paths, at),
    (error) => failed(on, app, error),
  );
  on.left = made.at;
  if (!made.reply) return opaque(made.why, made.at);
  const { reply } = made;
  if (app.unseen !== undefined) reply.unsettle(app.unseen);
  // The last that was registered comes first; flask_cors is one of them.
  for (const { does, at: place } of app.after.toReversed()) {
    const given = does.kind === 'function' ? invoke(on, does, [responseThing(reply, place)], place) : undefined;
    if (!given || replyBehind(given) !== reply) reply.unsettle(given ? whyOf(given) : whyOf(does));
  }
  for (const { named, at: place } of app.cors) addCors(on, reply, named, paths, place);
  const result = reply.response(made.at);
  places.set(result, made.at);
  if (made.lost) unmatched.add(result);
  return result;
}

function routed(on: Machine, { routes, handlers }: App, paths: Paths, at: Location): Answered {
  let otherwise = false;
  const matching = (methods: readonly string[] | undefined, { path, prefix, at: place }: Route): boolean => {
    const asked = !methods || asksBy(on, methods, place);
    otherwise ||= !asked;
    return asked && paths.matches(path, prefix, !path, place);
  };
  const route = routes.find((one) => matching(one.methods, one));
  const view = route && views.get(route.does);
  if (route) {
    const given = withNames(on, view?.does ?? route.does, [], route.at);
    const made = responded(on, given, on.left ?? route.at);
    if (view && made.reply) addCors(on, made.reply, view.named, paths, view.at);
    return made;
  }
  const other = otherwise ? routes.find((one) => paths.matches(one.path, one.prefix, !one.path, one.at)) : undefined;
  // OPTIONS is answered for every path that has a route.
  if (other && asksBy(on, ['OPTIONS'], at)) {
    const own = views.get(other.does);
    const reply = replyWith(on, scalar(200, at), undefined, at);
    if (own) addCors(on, reply, own.named, paths, own.at);
    return { reply, why: '', at: own?.at ?? at };
  }
  const code = other ? 405 : 404;
  const missing = handlers.findLast(({ kind }) => kind.kind === 'scalar' && kind.value === code);
  if (missing)
    return { ...responded(on, withNames(on, missing.does, [opaque('it is an error', at, { pure: true })], at), on.left ?? at), lost: true };
  return { reply: replyWith(on, scalar(code, at), undefined, at), why: '', at, lost: true };
}

/** What is thrown is answered within what is done after each request. */
function failed(on: Machine, { handlers }: App, error: Thing): Answered {
  const http = errorKind(on, 'HTTPException');
  const code = error.kind === 'object' && error.class === http ? error.entries.get('code')?.value : undefined;
  const numbered = handlers.findLast(({ kind }) => kind.kind === 'scalar' && code?.kind === 'scalar' && kind.value === code.value);
  const all = errorClass(on, 'Exception');
  const handler =
    numbered?.does ??
    handlerFor(
      on,
      handlers.filter(({ kind }) => kind.kind !== 'scalar' || kind.value === null),
      error,
    ) ??
    (code ? undefined : handlers.findLast(({ kind }) => (kind.kind === 'scalar' && kind.value === 500) || kind === all)?.does);
  if (handler) return responded(on, withNames(on, handler, [error], error.at), on.left ?? error.at);
  const unknown = error.kind === 'opaque' && !error.raised;
  const status = code && isNothing(code) !== true ? code : unknown ? opaque('it hangs on what is thrown', error.at) : scalar(500, error.at);
  return { reply: replyWith(on, status, undefined, error.at), why: '', at: error.at };
}
