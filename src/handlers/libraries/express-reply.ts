import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { isNothing, native, opaque, scalar, textOf, type Native, type Thing } from '../interpret/things.ts';
import { handed } from './handed.ts';
import { having, joined, method, none, partOf } from './kit.ts';
import type { Reply } from './reply.ts';
import { headerGetter, lambdaOf, requestHeaders } from './request.ts';

const replies = new WeakMap<Thing, Reply>();

/** The answer behind the `res` of Express. */
export const replyOf = (response: Thing): Reply | undefined => replies.get(response);

type Method = (reply: Reply, args: readonly Thing[], at: Location) => Thing | undefined;

const sends: Method = (reply, _args, at) => {
  reply.send(at);
  return undefined;
};
const keeps: Method = () => undefined;
const sets: Method = (reply, [name, value], at) => {
  reply.put(name, value, at);
  return undefined;
};

/** Each gives the response itself where it gives nothing else. */
const METHODS: Readonly<Record<string, Method>> = {
  set: sets,
  header: sets,
  setHeader: sets,
  append(reply, [name, value], at) {
    const text = textOf(name);
    if (text === undefined || !value) reply.unsettle('a name in it is not known');
    else reply.append(text, joined(value, ', '), name?.at ?? at);
    return undefined;
  },
  appendHeader: (reply, args, at) => METHODS['append']?.(reply, args, at),
  vary(reply, [field], at) {
    const text = field && textOf(joined(field, ', '));
    if (text === undefined) reply.set('Vary', opaque('the code works it out', at), at);
    else for (const one of text.split(',')) reply.vary(one.trim(), at);
    return undefined;
  },
  removeHeader(reply, [name]) {
    const text = textOf(name);
    if (text === undefined) reply.unsettle('a name in it is not known');
    else reply.delete(text);
    return undefined;
  },
  get: (reply, [name], at) => reply.get(textOf(name) ?? '') ?? none(at),
  getHeader: (reply, [name], at) => reply.get(textOf(name) ?? '') ?? none(at),
  status(reply, [status]) {
    if (status) reply.status = status;
    return undefined;
  },
  writeHead(reply, [status, ...more], at) {
    if (status) reply.status = status;
    reply.merge(
      more.find(({ kind }) => kind !== 'scalar'),
      at,
    );
    return undefined;
  },
  json: sends,
  jsonp: sends,
  send: sends,
  end: sends,
  sendFile: sends,
  download: sends,
  render: sends,
  sendStatus(reply, [status], at) {
    if (status) reply.status = status;
    reply.send(at);
    return undefined;
  },
  redirect(reply, args, at) {
    reply.status = args.length > 1 ? (args[0] ?? reply.status) : scalar(302, at);
    reply.send(at);
    return undefined;
  },
  ...Object.fromEntries(
    [
      'type',
      'contentType',
      'cookie',
      'clearCookie',
      'links',
      'location',
      'attachment',
      'write',
      'flushHeaders',
      'on',
      'once',
      'setTimeout',
    ].map((name) => [name, keeps]),
  ),
};

/** The `res` that Express hands to the code; `unsure` is told why something unseen may have answered with it. */
export function expressResponse(reply: Reply, at: Location, unsure: (why: string) => void): Thing {
  const own = new Map<string, Thing>();
  const made = handed('res', reply, own, at, unsure, (name) => {
    if (name === 'headersSent' || name === 'writableEnded' || name === 'finished') return scalar(reply.sent !== undefined, at);
    if (name === 'statusCode') return reply.status;
    if (name === 'locals' || name === 'app' || name === 'req') return opaque('it is what other code put there', at);
    const call = METHODS[name];
    return call && method(name, at, (args, place) => call(reply, args, place) ?? response);
  });
  const response: Native = {
    ...made,
    members: {
      get: (name) => made.members?.get(name),
      set(name, thing) {
        if (name === 'statusCode') reply.status = thing;
        else own.set(name, thing);
      },
    },
  };
  replies.set(response, reply);
  return response;
}

/** The `req` that Express hands to the code. */
export function expressRequest(on: Machine, at: Location): Thing {
  const own = new Map<string, Thing>();
  const headers = requestHeaders(on, at);
  const read = headerGetter(on, 'get', at);
  return native(
    'req',
    at,
    () => none(at),
    having(own, (name) => {
      if (name === 'headers') return headers;
      if (name === 'get' || name === 'header') return read;
      if (name === 'method') return on.run.piece('method', at);
      if (name === 'params' || name === 'query') return partOf(on, name, at);
      return name === 'apiGateway' ? lambdaOf(on, name, at) : on.run.piece(`request.${name}`, at);
    }),
  );
}

export const isError = (thing: Thing | undefined): thing is Thing => thing !== undefined && isNothing(thing) !== true;
