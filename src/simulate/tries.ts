import { isSafelistedMethod } from '../browser/methods.ts';
import type { Reason } from '../browser/reasons.ts';
import type { Api, Resource } from '../model/api.ts';
import { knownIn } from '../model/asking.ts';
import type { Meaning } from './address.ts';
import type { Journey } from './journey.ts';
import type { Explained } from './message.ts';
import { isName, type Request } from './request.ts';
import { takes } from './routes.ts';

// What a message of a browser leaves open of a request: it is tried in each way.

/** Whether a journey ends as a message says. */
export const comesTo = (journey: Journey, reasons: readonly Reason[]): boolean =>
  journey.kind === 'taken' &&
  journey.cells.some(({ outcome }) => outcome.kind === 'blocked' && outcome.reasons.some((reason) => reasons.includes(reason)));

/** The paths of an API that take one of these; a function URL has one for all. */
export const taking = ({ target, resources }: Api, paths: readonly Meaning[]): readonly Resource[] =>
  target === 'websocket'
    ? []
    : resources.filter(
        (resource) => target === 'url' || knownIn(resource.path).some((pattern) => paths.some(({ path }) => takes(pattern, path))),
      );

/** The message's method; where it names none, those of the routes that take the path. */
export function methodsOf(routes: readonly Resource[], { method }: Explained): readonly string[] {
  if (method !== undefined && isName(method)) return [method];
  const declared = routes.flatMap(({ endpoints }) => endpoints.flatMap((endpoint) => knownIn(endpoint.method)));
  return [...new Set(declared.map((name) => (name === 'ANY' ? 'GET' : name)))].filter((name) => name !== 'OPTIONS');
}

/** These reasons come of cookies alone. */
export const OF_CREDENTIALS = /acac-not-true|wildcard-with-credentials/;
/** These come of a preflight alone. */
const OF_PREFLIGHT = /^(?:preflight-|acam-|acah-|method-|header-|authorization-)/;

/** What may have been sent. Where the browser has asked first without need, there was a header that the message does not tell. */
export function headersOf(reasons: readonly Reason[], header: string | undefined, method: string): readonly Request['headers'][] {
  const named = header ?? (reasons.includes('authorization-not-covered-by-wildcard') ? 'authorization' : undefined);
  if (named !== undefined) return [[[named, /^content-type$/i.test(named) ? 'application/json' : '1']]];
  const some: Request['headers'] = [method === 'POST' ? ['content-type', 'application/json'] : ['authorization', '1']];
  if (!isSafelistedMethod(method) || !reasons.some((reason) => OF_PREFLIGHT.test(reason))) return [[]];
  return reasons.every((reason) => OF_PREFLIGHT.test(reason)) ? [some] : [[], some];
}
