import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { concatenated } from '../interpret/evaluate.ts';
import { opaque, scalar, textOf, type Thing } from '../interpret/things.ts';
import { chained, handed, headerMethods } from './handed.ts';
import { isUndefined, none, option, truthOf, unreadable } from './kit.ts';
import type { Reply } from './reply.ts';

interface Hears {
  fail(status: Thing | undefined, error: Thing, at: Location): void;
  unsure(why: string): void;
}

/** The `res` that lambda-api hands to the code. */
export function lambdaApiResponse(on: Machine, reply: Reply, at: Location, hears: Hears): Thing {
  const own = new Map<string, Thing>();
  const made: Thing = handed('res', reply, own, at, (why) => hears.unsure(why));
  const give = chained(on, own, at, () => made);
  for (const name of ['header', 'setHeader']) {
    give(name, ([header, value, more], place) => {
      const text = textOf(header);
      if (text !== undefined && more && truthOf(on, more) !== false) reply.append(text, value ?? none(place), place, ',');
      else reply.put(header, value, place);
    });
  }
  headerMethods(give, reply);
  give('cors', ([settings], place) => cors(on, reply, settings, place));
  give('error', ([code, message], place) => {
    const numbered = code?.kind === 'scalar' && typeof code.value === 'number';
    const status = numbered
      ? code
      : code && code.kind !== 'scalar' && code.kind !== 'text'
        ? opaque('the code works it out', place)
        : undefined;
    hears.fail(status, (numbered ? message : code) ?? none(place), place);
    return none(place);
  });
  sending(give, reply);
  for (const name of ['type', 'location', 'cookie', 'clearCookie', 'attachment', 'etag', 'cache', 'modified']) give(name, () => undefined);
  return made;
}

function sending(give: ReturnType<typeof chained>, reply: Reply): void {
  give('status', ([status]) => {
    if (status) reply.status = status;
  });
  const send = (status: Thing | undefined, place: Location): Thing => {
    if (status) reply.status = status;
    reply.send(place);
    return none(place);
  };
  for (const name of ['json', 'jsonp', 'html', 'send', 'sendFile', 'download']) give(name, (_args, place) => send(undefined, place));
  give('sendStatus', ([status], place) => send(status, place));
  give('redirect', (args, place) => send(args.length > 1 ? args[0] : scalar(302, place), place));
}

/** `res.cors(settings)`: headers for every answer, the preflight's included. */
function cors(on: Machine, reply: Reply, settings: Thing | undefined, at: Location): void {
  const why = unreadable(settings);
  for (const [name, header, usual] of [
    ['origin', 'Access-Control-Allow-Origin', '*'],
    ['methods', 'Access-Control-Allow-Methods', 'GET, PUT, POST, DELETE, OPTIONS'],
    ['headers', 'Access-Control-Allow-Headers', 'Content-Type, Authorization, Content-Length, X-Requested-With'],
  ] as const) {
    const given = option(on, settings, name, at);
    if (why !== undefined && given.kind === 'opaque') reply.set(header, given, at);
    else if (truthOf(on, given) !== false) reply.set(header, given, given.at);
    else if (truthOf(on, reply.get(header) ?? none(at)) === false) reply.set(header, scalar(usual, at), at);
  }
  const [maxAge, credentials, exposed] = ['maxAge', 'credentials', 'exposeHeaders'].map((name) => option(on, settings, name, at)) as [
    Thing,
    Thing,
    Thing,
  ];
  if (!isUndefined(maxAge) && truthOf(on, maxAge) !== false) {
    const seconds = maxAge.kind === 'scalar' ? Math.trunc(Number(maxAge.value) / 1000) : undefined;
    reply.set(
      'Access-Control-Max-Age',
      seconds === undefined || Number.isNaN(seconds) ? opaque('the code works it out', at) : scalar(String(seconds), maxAge.at),
      maxAge.at,
    );
  }
  if (truthOf(on, credentials) !== false)
    reply.set('Access-Control-Allow-Credentials', concatenated([credentials], credentials.at), credentials.at);
  if (truthOf(on, exposed) !== false) reply.set('Access-Control-Expose-Headers', exposed, exposed.at);
}
