import type { Location } from '../../source/location.ts';
import { places } from '../interpret/drafts.ts';
import type { Machine } from '../interpret/machine.ts';
import { Thrown } from '../interpret/run.ts';
import { dictionary, native, opaque, promised, type Dictionary, type Native, type Thing } from '../interpret/things.ts';
import { awaited, guarded, having, isUndefined, method, none, option, packaged, whyOf } from './kit.ts';
import { unsaid, type Library, type Version } from './library.ts';

/** What middlewares are hung on, in the order in which they run. */
interface Stack {
  handler: Thing | undefined;
  readonly before: Thing[];
  readonly after: Thing[];
  readonly onError: Thing[];
  readonly version: Version;
}

/** `@middy/core`: `middy(handler).use(…)`. */
export const middy: Library['load'] = () =>
  Promise.resolve((on, at, version) => {
    const make = method('middy', at, ([handler], place) => instance(on, handler, version, place));
    return packaged(make, { middy: make });
  });

const isCode = (thing: Thing | undefined): boolean => thing?.kind === 'function' || thing?.kind === 'native' || thing?.kind === 'foreign';

function instance(on: Machine, handler: Thing | undefined, version: Version, at: Location): Thing {
  const stack: Stack = { handler: isCode(handler) ? handler : undefined, before: [], after: [], onError: [], version };
  const own = new Map<string, Thing>();
  const give = (name: string, does: (thing: Thing, at: Location) => void): void => {
    own.set(
      name,
      method(name, at, ([thing], place) => {
        on.run.wrote();
        if (thing) does(thing, place);
        return made;
      }),
    );
  };
  // Answers are worked on from the last middleware to the first; from its third version on, errors are too.
  const hang = (place: 'before' | 'after' | 'onError', thing: Thing): void => {
    if (isUndefined(thing)) return;
    if (place === 'before' || (place === 'onError' && (version?.major ?? 3) < 3)) stack[place].push(thing);
    else stack[place].unshift(thing);
  };
  give('use', (thing, place) => {
    for (const one of thing.kind === 'list' ? thing.items : [thing]) use(on, one, hang, place);
  });
  for (const place of ['before', 'after', 'onError'] as const) give(place, (thing) => hang(place, thing));
  give('handler', (thing) => (stack.handler = thing));
  const made: Native = native(
    'middy',
    at,
    ([event, context], place) => promised(answer(on, stack, [event, context], place), place),
    having(own),
  );
  return made;
}

function use(on: Machine, middleware: Thing, hang: (place: 'before' | 'after' | 'onError', thing: Thing) => void, at: Location): void {
  if (middleware.kind === 'object' || middleware.kind === 'native') {
    for (const place of ['before', 'after', 'onError'] as const) hang(place, option(on, middleware, place, at));
    return;
  }
  // It may answer itself, and work on every answer.
  const why = whyOf(middleware);
  hang(
    'before',
    method('before', at, () => (on.run.fork(2) === 1 ? opaque(why, at) : none(at))),
  );
  const changes = method('after', at, ([request]) => {
    const { headers } = request?.kind === 'object' ? normalized(on, request, 4, at) : { headers: undefined };
    if (headers) headers.open = why;
    return none(at);
  });
  hang('after', changes);
  hang(
    'onError',
    method('onError', at, () => (on.run.fork(2) === 1 ? opaque(why, at) : none(at))),
  );
}

/** What a middleware sees: the event, the answer, what was thrown. */
const part = (request: Dictionary, name: string): Thing | undefined => request.entries.get(name)?.value;

function answer(on: Machine, stack: Stack, [event, context]: readonly (Thing | undefined)[], at: Location): Thing {
  const request = dictionary(
    [
      ['event', event ?? none(at)],
      ['context', context ?? none(at)],
      ['internal', { ...dictionary([], at), open: 'other code may put something there' }],
    ],
    at,
  );
  let left: Location | undefined;
  const run = (middlewares: readonly Thing[], place?: Location): boolean => {
    for (const middleware of middlewares) {
      const before = part(request, 'response');
      const given = awaited(on, middleware, [request], middleware.at);
      if (!isUndefined(given)) request.entries.set('response', { at: given.at, value: given });
      if (before !== part(request, 'response') && (!before || isUndefined(before)))
        left = middleware.kind === 'function' ? on.left : (place ?? middleware.at);
      if (!isUndefined(given)) return true;
    }
    return false;
  };
  guarded(
    on,
    () => {
      if (run(stack.before)) return;
      const value = stack.handler ? awaited(on, stack.handler, [event ?? none(at), context ?? none(at)], at) : none(at);
      left = on.left;
      request.entries.set('response', { at: value.at, value });
      run(stack.after);
    },
    (error) => {
      request.entries.delete('response');
      request.entries.set('error', { at: error.at, value: error });
      if (stack.version === undefined && stack.onError.length > 1)
        request.entries.set('response', { at, value: opaque(unsaid('@middy/core'), at) });
      else run(stack.onError, error.at);
      const answered = part(request, 'response');
      if (!answered || isUndefined(answered)) throw new Thrown(error);
    },
  );
  on.left = left ?? at;
  const response = part(request, 'response') ?? none(at);
  if (response.kind === 'object') places.set(response, on.left);
  return response;
}

/** The answer in the form of the proxy, with headers, as the middlewares for HTTP make it before they work on it. */
export function normalized(on: Machine, request: Dictionary, major: number, at: Location): { readonly headers: Dictionary | undefined } {
  const response = part(request, 'response');
  const put = (value: Dictionary): Dictionary => {
    on.run.wrote();
    request.entries.set('response', { at: value.at, value });
    return value;
  };
  const status = (value: number): [string, Thing][] => (major >= 4 ? [['statusCode', { kind: 'scalar', at, value }]] : []);
  let there: Dictionary | undefined;
  if (!response || isUndefined(response)) there = put(dictionary(status(500), at));
  else if (response.kind === 'object') {
    const bare = response.open === undefined && !['statusCode', 'body', 'headers'].some((name) => !isUndefined(part(response, name)));
    there = bare && major >= 3 ? put(dictionary([...status(200), ['body', response]], response.at)) : response;
    if (isUndefined(part(there, 'statusCode')) && there.open === undefined)
      for (const [name, value] of status(500)) there.entries.set(name, { at, value });
  } else if (response.kind === 'scalar' || response.kind === 'text' || response.kind === 'list') {
    there = put(dictionary([...status(200), ['body', response]], response.at));
  }
  if (!there) return { headers: undefined };
  const headers = part(there, 'headers');
  if (headers && !isUndefined(headers)) return { headers: headers.kind === 'object' ? headers : undefined };
  const made = dictionary([], there.at);
  made.open = there.open;
  there.entries.set('headers', { at, value: made });
  return { headers: made };
}
