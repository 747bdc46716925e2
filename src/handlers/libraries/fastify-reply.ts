import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { native, scalar, type Thing } from '../interpret/things.ts';
import { chained, handed, headerMethods } from './handed.ts';
import { having, none, partOf } from './kit.ts';
import type { Reply } from './reply.ts';
import { lambdaOf, requestHeaders } from './request.ts';

const replies = new WeakMap<Thing, Reply>();
/** The answer behind the `reply` of Fastify. */
export const fastifyReplyOf = (thing: Thing): Reply | undefined => replies.get(thing);

interface Hears {
  unsure(why: string): void;
  notFound(at: Location): void;
}

/** The `reply` that Fastify hands to the code. */
export function fastifyReply(on: Machine, reply: Reply, at: Location, hears: Hears): Thing {
  const own = new Map<string, Thing>();
  const made: Thing = handed(
    'reply',
    reply,
    own,
    at,
    (why) => hears.unsure(why),
    (name) => (name === 'sent' ? scalar(reply.sent !== undefined, at) : name === 'statusCode' ? reply.status : undefined),
  );
  const give = chained(on, own, at, () => made);
  for (const name of ['code', 'status']) {
    give(name, ([status]) => {
      if (status) reply.status = status;
    });
  }
  give('header', ([name, value], place) => reply.put(name, value, place));
  give('headers', ([headers], place) => reply.merge(headers, place));
  headerMethods(give, reply);
  give('send', (_args, place) => void reply.send(place));
  give('redirect', ([first, second], place) => {
    reply.status = [first, second].find((one) => one?.kind === 'scalar' && typeof one.value === 'number') ?? scalar(302, place);
    reply.send(place);
  });
  give('callNotFound', (_args, place) => hears.notFound(place));
  for (const name of ['type', 'serializer', 'setCookie', 'clearCookie']) give(name, () => undefined);
  replies.set(made, reply);
  return made;
}

/** The `request` that Fastify hands to the code. */
export function fastifyRequest(on: Machine, at: Location): Thing {
  const headers = requestHeaders(on, at);
  const raw = native('raw', at, () => none(at), {
    get: (name) => (name === 'method' ? on.run.piece('method', at) : name === 'headers' ? headers : on.run.piece(`request.${name}`, at)),
  });
  return native(
    'request',
    at,
    () => none(at),
    having(
      new Map<string, Thing>([
        ['headers', headers],
        ['raw', raw],
      ]),
      (name) => {
        if (name === 'method') return on.run.piece('method', at);
        if (name === 'params' || name === 'query') return partOf(on, name, at);
        // Nobody but the plugin for Lambda sets these.
        return name === 'awsLambda' ? lambdaOf(on, name, at) : on.run.piece(`request.${name}`, at);
      },
    ),
  );
}
