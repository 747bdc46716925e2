import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import type { Machine } from '../interpret/machine.ts';
import { among } from '../interpret/operators.ts';
import { dictionary, list, opaque, scalar, textOf, type Thing } from '../interpret/things.ts';
import { asksBy, isUndefined, joined, method, none, option, truthOf, unreadable, waited } from './kit.ts';
import { originOf } from './origins.ts';
import { replyOfContext } from './powertools-http.ts';
import type { Reply } from './reply.ts';

interface Cors {
  readonly on: Machine;
  readonly settings: Thing | undefined;
  readonly at: Location;
}

const METHODS = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'];
const HEADERS = ['Authorization', 'Content-Type', 'X-Amz-Date', 'X-Api-Key', 'X-Amz-Security-Token'];

/** `cors(settings)` of Powertools for TypeScript. */
export const corsOf = (at: Location): Thing =>
  method('cors', at, ([settings], place) =>
    method('cors', place, ([given]) => {
      const machine = given?.kind === 'object' ? given : undefined;
      const [context, next] = [machine?.entries.get('reqCtx')?.value, machine?.entries.get('next')?.value];
      const reply = context && replyOfContext(context);
      return reply && next ? answer({ on: reply.machine, settings, at: place }, reply, next) : none(place);
    }),
  );

function answer(cors: Cors, reply: Reply, next: Thing): Thing {
  const { on, settings, at } = cors;
  const goOn = (): Thing => {
    waited(on, invoke(on, next, [], at), at);
    return none(at);
  };
  const why = unreadable(settings);
  if (why !== undefined) {
    goOn();
    reply.unsettle(why);
    return none(at);
  }
  const origin = option(on, settings, 'origin', at);
  if (!isAllowed(on, origin, at)) return goOn();
  if (!asksBy(on, ['OPTIONS'], at)) {
    base(cors, reply, origin);
    const exposed = option(on, settings, 'exposeHeaders', at);
    if (!isUndefined(exposed) && !(exposed.kind === 'list' && exposed.items.length === 0))
      reply.set('Access-Control-Expose-Headers', joined(exposed, ', '), exposed.at);
    return goOn();
  }
  // One that asks for a method or a header that is not allowed goes on to the routes.
  if (on.run.fork(2) === 1) {
    reply.refusal = true;
    return goOn();
  }
  base(cors, reply, origin);
  const maxAge = option(on, settings, 'maxAge', at);
  if (!isUndefined(maxAge)) reply.set('Access-Control-Max-Age', joined(maxAge, ','), maxAge.at);
  const [methods, headers] = [option(on, settings, 'allowMethods', at), option(on, settings, 'allowHeaders', at)];
  reply.set('Access-Control-Allow-Methods', cased(isUndefined(methods) ? listOf(METHODS, at) : methods, true), methods.at);
  reply.set('Access-Control-Allow-Headers', cased(isUndefined(headers) ? listOf(HEADERS, at) : headers, false), headers.at);
  return dictionary([['statusCode', scalar(204, at)]], at);
}

const listOf = (texts: readonly string[], at: Location): Thing =>
  list(
    texts.map((text) => scalar(text, at)),
    at,
  );

/** A list of names as the library writes it. */
function cased(thing: Thing, upper: boolean): Thing {
  const text = textOf(joined(thing, ', '));
  return text === undefined ? opaque('the code works it out', thing.at) : scalar(upper ? text.toUpperCase() : text.toLowerCase(), thing.at);
}

const hasStar = (origin: Thing): boolean =>
  isUndefined(origin) || textOf(origin) === '*' || (origin.kind === 'list' && origin.items.some((item) => textOf(item) === '*'));

/** Who sends no Origin is none of them. */
function isAllowed(on: Machine, origin: Thing, at: Location): boolean {
  const caller = on.run.piece('origin', at);
  if (hasStar(origin)) return on.run.decide(caller);
  const items =
    origin.kind === 'list' ? [...origin.items, ...(origin.open === undefined ? [] : [opaque(origin.open, origin.at)])] : [origin];
  return items.length > 0 && on.run.decide(among(caller, items, at));
}

function base({ on, settings, at }: Cors, reply: Reply, origin: Thing): void {
  const place = isUndefined(origin) ? at : origin.at;
  reply.set('Access-Control-Allow-Origin', hasStar(origin) ? scalar('*', place) : { ...originOf(on, at), at: place }, place);
  if (!hasStar(origin) && origin.kind === 'list') reply.set('Vary', scalar('Origin', place), place);
  const credentials = option(on, settings, 'credentials', at);
  if (truthOf(on, credentials) !== false)
    reply.set(
      'Access-Control-Allow-Credentials',
      truthOf(on, credentials) ? scalar('true', credentials.at) : opaque('the code works it out', credentials.at),
      credentials.at,
    );
}
