import { having, waited } from './kit.ts';
import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import type { Machine } from '../interpret/machine.ts';
import { namedMember } from '../interpret/members.ts';
import { among } from '../interpret/operators.ts';
import { Thrown } from '../interpret/run.ts';
import { dictionary, opaque, scalar, textOf, type Thing } from '../interpret/things.ts';
import { responseOf } from './hono-context.ts';
import { asksBy, isUndefined, joined, method, none, option, packaged, truthOf, unreadable } from './kit.ts';
import { unsaid, type Library, type Version } from './library.ts';
import { originOf } from './origins.ts';

interface Cors {
  readonly on: Machine;
  readonly settings: Thing | undefined;
  readonly version: Version;
  readonly at: Location;
}

/** `hono/cors`: `cors(settings)`. */
export const honoCors: Library['load'] = () =>
  Promise.resolve((on, at, version) => {
    const cors = method('cors', at, ([settings], place) => {
      const made: Cors = { on, settings, version, at: place };
      return method('cors', place, ([context, next], to) => (context && next ? answer(made, context, next) : none(to)));
    });
    return packaged(cors, { cors });
  });

const isAtLeast = (version: Version, minor: number): boolean =>
  version !== undefined && (version.major > 4 || (version.major === 4 && version.minor >= minor));

function answer(cors: Cors, context: Thing, next: Thing): Thing {
  const { on, settings, version, at } = cors;
  const header = (name: string, value: Thing): void => {
    if (truthOf(on, value) !== false) invoke(on, namedMember(on, context, 'header', at), [scalar(name, value.at), value], value.at);
  };
  const why = unreadable(settings);
  const asked = (name: string): Thing => option(on, settings, name, at);
  const preflight = asksBy(on, ['OPTIONS'], at);
  const origin = why === undefined || given(settings, 'origin') ? allowed(cors, context) : opaque(why, at);
  header('Access-Control-Allow-Origin', origin);
  const credentials = asked('credentials');
  if (truthOf(on, credentials) !== false)
    header('Access-Control-Allow-Credentials', truthOf(on, credentials) ? scalar('true', credentials.at) : credentials);
  header('Access-Control-Expose-Headers', listed(asked('exposeHeaders')));
  const star = !given(settings, 'origin') || textOf(asked('origin')) === '*';
  const varies = star
    ? undefined
    : why === undefined && asked('origin').kind !== 'opaque'
      ? scalar('Origin', at)
      : opaque('the code works it out', at);
  if (preflight) {
    // Which it also is for the headers that it allows, where it is asked for any.
    header('Vary', opaque('it hangs on what the preflight asks for', at));
    const maxAge = asked('maxAge');
    if (!isUndefined(maxAge)) header('Access-Control-Max-Age', joined(maxAge, ','));
    header('Access-Control-Allow-Methods', methods(cors));
    const headers = listed(asked('allowHeaders'));
    header(
      'Access-Control-Allow-Headers',
      truthOf(on, headers) === false ? on.run.piece('headers.access-control-request-headers', at) : headers,
    );
    return responseOf(on, { status: scalar(204, at), headers: [], at });
  }
  if (varies && !isAtLeast(version, 12)) header('Vary', varies);
  waited(on, invoke(on, next, [], at), at);
  if (varies && isAtLeast(version, 12)) {
    const append = dictionary([['append', scalar(true, at)]], at);
    invoke(on, namedMember(on, context, 'header', at), [scalar('Vary', at), varies, append], at);
  }
  return none(at);
}

const given = (settings: Thing | undefined, name: string): boolean => settings?.kind === 'object' && settings.entries.has(name);

/** A list of names as a header has it; an empty one is not sent. */
const listed = (thing: Thing): Thing =>
  thing.kind === 'list' && thing.open === undefined && thing.items.length === 0 ? none(thing.at) : joined(thing, ',');

function methods({ on, settings, version, at }: Cors): Thing {
  const own = option(on, settings, 'allowMethods', at);
  if (given(settings, 'allowMethods')) return own.kind === 'list' ? listed(own) : opaque('the code works it out', own.at);
  const usual = 'GET,HEAD,PUT,POST,DELETE,PATCH';
  if (isAtLeast(version, 13)) return scalar(`${usual},QUERY`, at);
  return opaque(unsaid('hono'), at);
}

/** What it allows; nothing for nobody. */
function allowed(cors: Cors, context: Thing): Thing {
  const { on, settings, version, at } = cors;
  if (!given(settings, 'origin')) return scalar('*', at);
  const configured = option(on, settings, 'origin', at);
  if (configured.kind === 'function' || configured.kind === 'native')
    return waited(on, invoke(on, configured, [originOf(on, at), context], at), at);
  if (textOf(configured) === '*') return configured;
  const text = textOf(configured);
  if (text === undefined && configured.kind !== 'list') return opaque('the code works it out', configured.at);
  const items =
    configured.kind === 'list'
      ? [...configured.items, ...(configured.open === undefined ? [] : [opaque(configured.open, configured.at)])]
      : [configured];
  if (items.some((item) => textOf(item) === '*')) return opaque('an asterisk in a list is no pattern', configured.at);
  if (items.length === 0) throw new Thrown(opaque('it is an error', at));
  if (on.run.decide(among(on.run.piece('origin', at), items, at))) return originOf(on, at);
  // Before, those who are not on the list got its first entry.
  return isAtLeast(version, 8) ? none(at) : opaque(unsaid('hono'), at);
}

/** `hono/http-exception`: `new HTTPException(401)`. */
export const honoException: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const make = method('HTTPException', at, ([status, settings], place) => {
      const own = option(on, settings, 'res', place);
      const code = status ?? scalar(500, place);
      const respond = method('getResponse', place, (_args, to) =>
        isUndefined(own) ? responseOf(on, { status: code, headers: [], at: to }) : opaque('it is an answer of its own', own.at),
      );
      return dictionary(
        [
          ['status', code],
          ['message', opaque('it is the message of an error', place)],
          ['getResponse', respond],
        ],
        place,
      );
    });
    return packaged(make, { HTTPException: make });
  });

/** Middlewares of Hono that leave answers alone, and those that refuse requests with an HTTPException. */
const middlewares =
  (refuses: boolean): Library['load'] =>
  () =>
    Promise.resolve((on, at) => {
      const make = method('middleware', at, (_settings, place) =>
        method('middleware', place, ([_context, next], to) => {
          if (refuses && on.run.fork(2) === 1) {
            const status = opaque('the middleware says which', place);
            const respond = method('getResponse', place, (_args, here) => responseOf(on, { status, headers: [], at: here }));
            throw new Thrown(
              dictionary(
                [
                  ['status', status],
                  ['getResponse', respond],
                ],
                place,
              ),
            );
          }
          return next ? invoke(on, next, [], to) : none(to);
        }),
      );
      return packaged({
        ...make,
        ...(make.kind === 'native' && {
          members: having(new Map(), (name) => (/^[a-z]/.test(name) && name !== 'then' ? make : undefined)),
        }),
      } as Thing);
    });
export const honoQuiet = middlewares(false);
export const honoRefusing = middlewares(true);
