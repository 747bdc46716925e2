import type { Location } from '../../source/location.ts';
import { native, opaque, scalar, textOf, type Thing } from '../interpret/things.ts';
import { method, none } from './kit.ts';
import type { Reply } from './reply.ts';

/** The answer in the making as a `Response` of the Fetch API: `res` of a context. */
export function fetchResponse(reply: Reply, at: Location): Thing {
  return native('res', at, () => none(at), {
    get: (name) =>
      name === 'headers' ? headersOf(reply, at) : name === 'status' ? reply.status : opaque(`\`res.${name}\` is not read`, at),
  });
}

/** Its `Headers`. */
function headersOf(reply: Reply, at: Location): Thing {
  const set = (name: string, does: (header: string, value: Thing, place: Location) => void): [string, Thing] => [
    name,
    method(name, at, ([header, value], place) => {
      const text = textOf(header);
      if (text === undefined) reply.unsettle('a name in it is not known');
      else does(text, value ?? none(place), place);
      return none(place);
    }),
  ];
  return native(
    'headers',
    at,
    () => none(at),
    new Map<string, Thing>([
      set('set', (header, value, place) => reply.set(header, value, place)),
      set('append', (header, value, place) => reply.append(header, value, place)),
      set('delete', (header) => reply.delete(header)),
      ['get', method('get', at, ([header], place) => reply.get(textOf(header) ?? '') ?? none(place))],
      ['has', method('has', at, ([header], place) => scalar(reply.get(textOf(header) ?? '') !== undefined, place))],
    ]),
  );
}
