import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { native, opaque, textOf, type Thing } from '../interpret/things.ts';
import { method, none } from './kit.ts';

/* What the frameworks of JavaScript hand to the code of the request. */

/** A header of the request, by its name in lower case. */
const header = (on: Machine, name: string, at: Location): Thing => on.run.piece(name === 'origin' ? 'origin' : `headers.${name}`, at);

/** `req.headers`, as Node has them: by their names in lower case alone. */
export const requestHeaders = (on: Machine, at: Location): Thing =>
  native('headers', at, () => none(at), { get: (name) => (name === name.toLowerCase() ? header(on, name, at) : none(at)) });

/** A method that gives a header of the request: `req.get('Origin')`. */
export const headerGetter = (on: Machine, name: string, at: Location): Thing =>
  method(name, at, ([asked], place) => {
    const text = textOf(asked)?.toLowerCase();
    return text === undefined ? opaque('it is worked out from the event', place) : header(on, text, place);
  });

/** What a wrapper hangs on the request: the event of Lambda, and its context. */
export const lambdaOf = (on: Machine, name: string, at: Location): Thing =>
  native(name, at, () => none(at), {
    get: (one) => (one === 'event' ? on.run.piece('', at) : opaque('it is worked out from the context', at)),
  });
