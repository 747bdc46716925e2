import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { Thrown } from '../interpret/run.ts';
import { dictionary, native, opaque, scalar, type Dictionary, type Thing } from '../interpret/things.ts';
import { isUndefined, method, none, option, packaged, truthOf } from './kit.ts';
import { unsaid, type Library, type Version } from './library.ts';
import { normalized } from './middy.ts';

/** A middleware of middy: what it does before the handler, after it, and with what is thrown. */
const middleware = (parts: Readonly<Record<string, (request: Dictionary, at: Location) => Thing | undefined>>, at: Location): Thing =>
  dictionary(
    Object.entries(parts).map(([name, does]) => [
      name,
      method(name, at, ([request], place) => (request?.kind === 'object' ? does(request, place) : undefined) ?? none(place)),
    ]),
    at,
  );

/** `@middy/http-error-handler`: answers with what was thrown. */
export const errorHandler: Library['load'] = () =>
  Promise.resolve((on, at, version) =>
    packaged(
      method('httpErrorHandler', at, ([settings], place) => {
        const fallback = option(on, settings, 'fallbackMessage', place);
        return middleware({ onError: (request) => answered(on, request, version, fallback, place) }, place);
      }),
    ),
  );

function answered(on: Machine, request: Dictionary, version: Version, fallback: Thing, at: Location): Thing | undefined {
  const response = request.entries.get('response')?.value;
  const major = version?.major ?? 5;
  if (major >= 3 && response && !isUndefined(response)) return undefined;
  const error = request.entries.get('error')?.value ?? none(at);
  const status = error.kind === 'object' ? error.entries.get('statusCode')?.value : undefined;
  const exposed = exposes(on, error, status);
  // Before its fifth version it leaves alone what is no error of HTTP, and Lambda fails.
  if (exposed !== true && truthOf(on, fallback) !== true && (version === undefined || major < 5)) {
    if (exposed === undefined) return opaque('whether what is thrown is an error of HTTP is not known', error.at);
    return version === undefined ? opaque(unsaid('@middy/http-error-handler'), error.at) : undefined;
  }
  const { headers } = normalized(on, request, major, error.at);
  const now = request.entries.get('response')?.value;
  if (now?.kind !== 'object' || !headers) return undefined;
  const code =
    exposed === true
      ? (status ?? opaque('the code works it out', error.at))
      : exposed === false
        ? scalar(500, at)
        : opaque('it hangs on what is thrown', error.at);
  now.entries.set('statusCode', { at: code.at, value: code });
  const own = error.kind === 'object' && exposed === true ? error.entries.get('headers')?.value : undefined;
  if (own?.kind === 'object') for (const [name, entry] of own.entries) headers.entries.set(name, entry);
  else if (own && !isUndefined(own)) headers.open = 'what is thrown has headers of its own';
  return undefined;
}

/** Whether an error says itself that it is for the caller. */
function exposes(on: Machine, error: Thing, status: Thing | undefined): boolean | undefined {
  if (error.kind !== 'object') return error.kind === 'scalar' ? false : undefined;
  const expose = error.entries.get('expose')?.value;
  if (expose && !isUndefined(expose)) return truthOf(on, expose) === true ? status !== undefined : truthOf(on, expose);
  if (!status) return error.open === undefined ? false : undefined;
  return status.kind === 'scalar' ? Number(status.value) > 0 && Number(status.value) < 500 : undefined;
}

/** Middlewares that may refuse a request, with an error of HTTP. */
export const refusing: Library['load'] = () =>
  Promise.resolve((on, at) =>
    packaged(
      method('middleware', at, (_settings, place) =>
        middleware(
          {
            before: () => {
              if (on.run.fork(2) === 1) throw new Thrown(httpError(opaque('the middleware says which', place), scalar(true, place), place));
              return undefined;
            },
          },
          place,
        ),
      ),
    ),
  );

/** Middlewares that leave answers alone. */
export const quiet: Library['load'] = () =>
  Promise.resolve((_on, at) => packaged(method('middleware', at, (_settings, place) => middleware({ before: () => undefined }, place))));

const httpError = (status: Thing, expose: Thing, at: Location): Thing =>
  dictionary(
    [
      ['statusCode', status],
      ['status', status],
      ['expose', expose],
      ['message', opaque('it is the message of an error', at)],
    ],
    at,
  );

/** `http-errors`: `createError(404)`, `new createError.NotFound()`; `createError` of `@middy/util`. */
export const httpErrors: Library['load'] = () =>
  Promise.resolve((_on, at) => {
    const create = (args: readonly Thing[], place: Location): Thing => {
      const status = args.find((one) => one.kind === 'scalar' && typeof one.value === 'number');
      const made = httpError(
        status ?? opaque('the code works it out', place),
        status?.kind === 'scalar' ? scalar(Number(status.value) < 500, place) : opaque('the code works it out', place),
        place,
      );
      for (const one of args)
        if (one.kind === 'object' && made.kind === 'object') for (const [name, entry] of one.entries) made.entries.set(name, entry);
      return made;
    };
    const main = native('createError', at, create, {
      get: (name) =>
        /^[A-Z]/.test(name)
          ? method(name, at, (_args, place) => httpError(opaque('its name says which', place), scalar(!SERVER.test(name), place), place))
          : undefined,
    });
    return packaged(main, { createError: method('createError', at, create) });
  });

/** Errors of HTTP that are not for the caller: those of 500 and above. */
const SERVER =
  /^(?:InternalServerError|NotImplemented|BadGateway|ServiceUnavailable|GatewayTimeout|HTTPVersionNotSupported|VariantAlsoNegotiates|InsufficientStorage|LoopDetected|BandwidthLimitExceeded|NotExtended|NetworkAuthenticationRequired)$/;

export { middleware };
