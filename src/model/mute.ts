import { all, any, is, NO, not, type Verdict } from '../value/verdict.ts';
import type { Api, Endpoint, Model, Resource, Response } from './api.ts';
import { bareAnswersOf, codeSendsOrigin, findsNoTrace, isAddedInFront, isWhole, maySendAnything } from './code-queries.ts';
import { endpointsThat, isCalledByOthers } from './names.ts';
import { endpointsOf, isAnswered, isForOtherSites } from './queries.ts';

// Endpoints whose preflight lets pages in, and whose code keeps its answers from them.

/** Whether what code leaves out reaches pages as it is: nothing in front adds it, and pages of other sites may call. */
export const reachesPages = (api: Api, model: Model): Verdict => all(isForOtherSites(api, model), not(isAddedInFront(api, model)));

/** Its preflight lets pages in, and every answer of the code is followed and has no origin. */
export const isMute = (endpoint: Endpoint, resource: Resource): Verdict =>
  all(any(...bareAnswersOf(endpoint).map(({ isBare }) => isBare)), isMuteBesides(endpoint, resource));

/** As above, where it is mute besides this one of its answers: what that lacks, all of them lack. */
export const isMuteBesides = (endpoint: Endpoint, { preflight }: Resource, but?: Response): Verdict =>
  // A way that could not be followed may send it.
  all(isAnswered(preflight), endpoint.code ? isWhole(endpoint.code) : NO, not(codeSendsOrigin(endpoint, but)));

/** The endpoints of an API whose code was looked at; those that other servers call, by their names, are left out. */
export function readEndpoints(api: Api, ignore: readonly string[]): readonly (readonly [Endpoint, Resource])[] {
  const known = readers.get(api);
  if (known?.ignore === ignore) return known.read;
  const read = endpointsOf(api).filter(([one, resource]) => one.code !== undefined && !isCalledByOthers(one, resource, ignore));
  readers.set(api, { ignore, read });
  return read;
}

/** The last answer for each API: it is asked of each of its endpoints. */
const readers = new WeakMap<Api, { readonly ignore: readonly string[]; readonly read: readonly (readonly [Endpoint, Resource])[] }>();

type Read = ReturnType<typeof readEndpoints>;

/** Several functions, of which none speaks of CORS. */
export const noneSpeaks = (endpoints: Read): boolean =>
  new Set(endpoints.map(([{ handler }]) => handler)).size > 1 && endpoints.every(([{ code }]) => code && findsNoTrace(code));

/** Those that are mute. */
export const muteAmong = (endpoints: Read) => endpointsThat(endpoints, ([one, resource]) => isMute(one, resource));

/** Those whose code sends no origin as far as it could be followed, which was not to its end; where nothing else adds one (H1). */
export const openAmong = (endpoints: Read) =>
  endpointsThat(endpoints, ([one, { preflight }]) =>
    all(isAnswered(preflight), is(one.success.by, 'handler'), not(codeSendsOrigin(one)), one.code ? maySendAnything(one.code) : NO),
  );
