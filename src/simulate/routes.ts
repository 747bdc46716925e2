import type { Api, Endpoint, Resource } from '../model/api.ts';
import type { Reader } from './worlds.ts';

/** Where a request arrives. `endpoint` is undefined where the path is there and takes no such method. */
export interface Route {
  readonly resource: Resource;
  readonly endpoint: Endpoint | undefined;
}

/** What a request meets: a route, surely none, or one that hangs on what is not known. */
export type Met = Route | 'nothing' | 'open';

/**
 * The route that a request of this method takes. REST chooses the resource first, static parts before `{id}` before `{proxy+}`, and
 * looks for the method there alone (R22). An HTTP API looks for a full match, then a greedy one, then `$default`, each with the
 * method or ANY (H6). A function URL has one route for all paths.
 */
export function routeOf(api: Api, method: string, path: string, reader: Reader): Met {
  if (api.target === 'url') return only(api.resources, method, reader);
  const read = api.resources.map((resource) => ({ resource, pattern: reader.read(resource.path) }));
  const sure = read
    .flatMap(({ resource, pattern }) => {
      const fit = pattern.kind === 'known' ? fitOf(pattern.value, path) : undefined;
      return fit === undefined ? [] : [{ resource, fit }];
    })
    .toSorted((a, b) => a.fit - b.fit);
  const isOpen = api.imported || read.some(({ pattern }) => pattern.kind === 'unknown');
  if (api.target === 'http') {
    const found = sure.map(({ resource }) => met(resource, method, reader)).find((one) => one !== 'nothing' && one.endpoint !== undefined);
    if (found) return found;
  }
  const best = sure.find(({ resource }) => isThere(resource, reader));
  if (!best) return isOpen ? 'open' : 'nothing';
  return met(best.resource, method, reader);
}

const only = ([resource]: readonly Resource[], method: string, reader: Reader): Met =>
  resource ? met(resource, method, reader) : 'nothing';

/** A path is made by its methods, an OPTIONS that the gateway answers among them. */
function isThere({ endpoints, preflight }: Resource, reader: Reader): boolean {
  const by = reader.read(preflight.by);
  return by.kind === 'unknown' || by.value !== 'nobody' || endpoints.some(({ exists }) => reader.holds(exists) !== 'no');
}

function met(resource: Resource, method: string, reader: Reader): Exclude<Met, 'open'> {
  const named = resource.endpoints
    .filter(({ exists }) => reader.holds(exists) !== 'no')
    .map((endpoint) => [endpoint, reader.read(endpoint.method)] as const);
  const taking = (wanted: string): Endpoint | undefined => named.find(([, name]) => name.kind === 'known' && name.value === wanted)?.[0];
  return { resource, endpoint: taking(method) ?? taking('ANY') ?? named.find(([, name]) => name.kind === 'unknown')?.[0] };
}

const DEFAULT = 1_000_000;

/** How well a path pattern takes a path: the lower the better; undefined where it does not. Static parts weigh nothing, `{id}` one, `{proxy+}` more than any number of them, the later the less. */
function fitOf(pattern: string, path: string): number | undefined {
  if (pattern === '$default') return DEFAULT;
  const [wanted, given] = [partsOf(pattern), partsOf(path)];
  let fit = 0;
  for (const [i, part] of wanted.entries()) {
    if (/^\{[^}]*\+\}$/.test(part)) return given.length > i ? fit + 1000 * (100 - Math.min(i, 99)) : undefined;
    if (i >= given.length) return undefined;
    if (/^\{[^}]*\}$/.test(part)) fit += 1;
    else if (part !== given[i]) return undefined;
  }
  return wanted.length === given.length ? fit : undefined;
}

/** Whether a path pattern takes a path. */
export const takes = (pattern: string, path: string): boolean => fitOf(pattern, path) !== undefined;

const partsOf = (path: string): readonly string[] =>
  path
    .replace(/[?#].*$/s, '')
    .split('/')
    .filter(Boolean);

/** A path that a pattern takes, to try it with: `/items/{id}` is met by `/items/id`. */
export const sampleOf = (pattern: string): string =>
  pattern === '$default' ? '/any' : pattern.replaceAll(/\{([^}+]*)\+?\}/g, (_, name: string) => name || 'any');

/** More of them, the plainest first: one may be taken by another route. */
export const samplesOf = (pattern: string): readonly string[] =>
  pattern === '$default'
    ? [sampleOf(pattern), '/any/any', '/']
    : [
        ...new Set([
          sampleOf(pattern),
          pattern.replaceAll(/\{[^}]*\}/g, 'any'),
          pattern.replaceAll(/\{[^}]*\+\}/g, 'any/any').replaceAll(/\{[^}]*\}/g, 'any'),
        ]),
      ];
