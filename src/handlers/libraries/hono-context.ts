import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { isNothing, native, opaque, promised, scalar, textOf, type Native, type Thing } from '../interpret/things.ts';
import { fetchResponse } from './fetch-response.ts';
import { having, isUndefined, joined, method, none, option, whyOf } from './kit.ts';
import type { Reply } from './reply.ts';
import { headerGetter } from './request.ts';

/** A Response that the code made, until it is the answer. */
export interface Given {
  readonly status: Thing;
  readonly headers: readonly { readonly name: string; readonly value: Thing; readonly at: Location }[];
  readonly at: Location;
}

const responses = new WeakMap<Thing, Given>();
export const givenBy = (thing: Thing): Given | undefined => responses.get(thing);

export function responseOf(_on: Machine, given: Given): Thing {
  const thing = native('Response', given.at, () => opaque('it is no function', given.at), {
    get: (name) =>
      name === 'status'
        ? given.status
        : /^(?:then|catch|finally)$/.test(name)
          ? undefined
          : opaque(`\`${name}\` of a response is not read`, given.at),
  });
  responses.set(thing, given);
  return thing;
}

/** Who hears of what happens to a context. */
interface Hears {
  notFound(at: Location): Thing;
  unsure(why: string): void;
}

/** The `c` that Hono hands to the code. */
export function honoContext(on: Machine, reply: Reply, at: Location, hears: Hears): Thing {
  const own = new Map<string, Thing>();
  const kept = new Map<string, Thing>();
  const give = (name: string, call: (args: readonly Thing[], place: Location) => Thing): void => void own.set(name, method(name, at, call));
  const answer = ([arg, headers]: readonly (Thing | undefined)[], place: Location): Thing => made(on, reply, arg, headers, hears, place);
  for (const name of ['json', 'text', 'html', 'body', 'newResponse']) give(name, ([, ...more], place) => answer(more, place));
  give('render', (_args, place) => answer([], place));
  give('redirect', ([, status], place) => answer([status ?? scalar(302, place)], place));
  give('notFound', (_args, place) => hears.notFound(place));
  give('status', ([status], place) => {
    if (status) reply.status = status;
    return none(place);
  });
  give('header', ([name, value, how], place) => {
    const text = textOf(name);
    if (text === undefined) reply.unsettle('a name in it is not known');
    else if (!value || isUndefined(value)) reply.delete(text);
    else if (how && !isUndefined(option(on, how, 'append', place))) reply.append(text, value, place);
    else reply.set(text, value, name?.at ?? place);
    return none(place);
  });
  give('set', ([name, value], place) => {
    const text = textOf(name);
    if (text !== undefined && value) kept.set(text, value);
    return none(place);
  });
  give('get', ([name], place) => kept.get(textOf(name) ?? '') ?? opaque('it is what other code put there', place));
  own.set('req', requestOf(on, at));
  own.set('res', fetchResponse(reply, at));
  const context: Native = {
    ...native('c', at, () => none(at), {
      get: (name) => own.get(name) ?? (name === 'error' ? none(at) : opaque(`\`${name}\` of the context is not read`, at)),
      set(name, thing) {
        if (name === 'res') hears.unsure('the code puts another answer in its place');
        else own.set(name, thing);
      },
    }),
    effect: true,
    released(why) {
      reply.unsettle(why);
    },
  };
  return context;
}

function made(on: Machine, reply: Reply, arg: Thing | undefined, more: Thing | undefined, hears: Hears, at: Location): Thing {
  const given: Given['headers'][number][] = [];
  const init = arg && arg.kind === 'object' ? option(on, arg, 'headers', at) : undefined;
  for (const headers of [init, more]) {
    if (!headers || isNothing(headers) === true) continue;
    if (headers.kind === 'object')
      for (const [name, entry] of headers.entries) given.push({ name, value: joined(entry.value, ', '), at: entry.at });
    if (headers.kind !== 'object' || headers.open !== undefined)
      hears.unsure(headers.kind === 'object' ? (headers.open ?? '') : whyOf(headers));
  }
  const status = arg && arg.kind === 'object' ? option(on, arg, 'status', at) : arg;
  return responseOf(on, { status: status && !isUndefined(status) ? status : reply.status, headers: given, at });
}

function requestOf(on: Machine, at: Location): Thing {
  const piece = (name: string): Thing => on.run.piece(`request.${name}`, at);
  return native(
    'req',
    at,
    () => none(at),
    having(new Map<string, Thing>(), (name) => {
      if (name === 'method') return on.run.piece('method', at);
      if (name === 'header') return headerGetter(on, name, at);
      if (/^(?:json|text|parseBody|formData|arrayBuffer|blob)$/.test(name))
        return method(name, at, (_args, place) => promised(piece('body'), place, 'maybe'));
      return /^(?:param|query|queries|valid)$/.test(name) ? method(name, at, () => piece(name)) : piece(name);
    }),
  );
}
