import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { native, opaque, scalar, textOf, type Native, type Thing } from '../interpret/things.ts';
import { callable, nothing } from './python-kit.ts';
import { Reply } from './reply.ts';

const replies = new WeakMap<Thing, Reply>();
/** The answer behind a response of the code. */
export const replyBehind = (thing: Thing): Reply | undefined => replies.get(thing);

/** An answer with a status, and a copy of these headers. */
export function replyWith(on: Machine, status: Thing, headers: Thing | undefined, at: Location): Reply {
  const reply = new Reply(on, status);
  reply.merge(headers, at);
  return reply;
}

/** A response as the code has it: Starlette's, Flask's. */
export function responseThing(reply: Reply, at: Location): Thing {
  const headers = headersThing(reply, at);
  const made: Native = {
    ...native('response', at, () => opaque('it is no function', at), {
      get(name) {
        if (name === 'headers') return headers;
        if (name === 'status_code' || name === 'status') return reply.status;
        return name.startsWith('__') ? undefined : opaque('it is a part of a response', at, { pure: true });
      },
      set(name, thing) {
        if (name === 'status_code' || name === 'status') reply.status = thing;
        if (name === 'headers') {
          reply.headers.clear();
          reply.merge(thing, at);
        }
      },
    }),
    released: (why) => reply.unsettle(why),
  };
  replies.set(made, reply);
  return made;
}

/** Headers that are a mapping, and may hold one name several times. */
function headersThing(reply: Reply, at: Location): Thing {
  const twice = (name: Thing | undefined, value: Thing | undefined, place: Location): Thing => {
    const text = textOf(name);
    // Sent twice, no browser takes it.
    if (text !== undefined && reply.get(text) && !/^vary$/i.test(text)) reply.set(text, opaque('the code sets it twice', place), place);
    else if (text !== undefined && value) reply.append(text, value, place);
    else reply.put(name, value, place);
    return nothing(place);
  };
  const all: Readonly<Record<string, (args: readonly Thing[], place: Location) => Thing>> = {
    add: ([name, value], place) => twice(name, value, place),
    append: ([name, value], place) => twice(name, value, place),
    set: ([name, value], place) => (reply.put(name, value, place), nothing(place)),
    __setitem__: ([name, value], place) => (reply.put(name, value, place), nothing(place)),
    update: ([more], place) => (reply.merge(more, place), nothing(place)),
    extend: ([more], place) => (reply.merge(more, place), nothing(place)),
    setdefault([name, value], place) {
      const there = reply.get((name && textOf(name)) ?? '');
      if (!there) reply.put(name, value, place);
      return there ?? value ?? nothing(place);
    },
    get: ([name, otherwise], place) => reply.get((name && textOf(name)) ?? '') ?? otherwise ?? nothing(place),
    __getitem__: ([name], place) => reply.get((name && textOf(name)) ?? '') ?? opaque('it is a header', place, { pure: true }),
    __contains__: ([name], place) => scalar(reply.get((name && textOf(name)) ?? '') !== undefined, place),
    pop: ([name], place) => (reply.delete((name && textOf(name)) ?? ''), opaque('it is a header', place, { pure: true })),
    remove: ([name], place) => (reply.delete((name && textOf(name)) ?? ''), nothing(place)),
  };
  return {
    ...native('headers', at, () => opaque('it is no function', at), {
      get: (name) => {
        const call = all[name];
        return call && callable(name, at, call);
      },
      // `headers[name] = value`.
      set: (name, thing) => reply.put(scalar(name, thing.at), thing, thing.at),
    }),
    released: (why) => reply.unsettle(why),
  };
}
