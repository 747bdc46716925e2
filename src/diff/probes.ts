import { needsAllowing } from '../browser/headers.ts';
import { readOrigin } from '../browser/origins.ts';
import type { Api, Endpoint, Resource } from '../model/api.ts';
import { knownIn, knownItems } from '../model/asking.ts';
import { originsOf } from '../model/origins.ts';
import { endpointsOf } from '../model/queries.ts';
import { canonical } from './canonical.ts';
import { concrete } from '../simulate/intended.ts';
import type { Request } from '../simulate/request.ts';
import { sampleOf } from '../simulate/routes.ts';

/** A page of nobody whom the templates name. */
export const STRANGER = 'https://stranger.example';

/** What is asked of both versions. */
export interface Probe {
  readonly request: Request;
  /** What is of interest: what the preflight comes to, what that for all the headers comes to that it allows, what the answers do. */
  readonly of: 'preflight' | 'headers' | 'answers';
}

/** More origins and more requests than this tell no other story. */
const MOST_ORIGINS = 16;
const MOST_PROBES = 6000;

/** What is to be asked, and whether that is all that there is to ask. */
export interface Probes {
  readonly probes: readonly Probe[];
  readonly isWhole: boolean;
}

/** Every endpoint of either version that is not alike in both × every origin that either lets in and a stranger's × with and without cookies. */
export function probesOf(before: Api, after: Api, asked: readonly string[]): Probes {
  const origins = originsIn(before, after, asked);
  const probes: Probe[] = [];
  for (const { path, method, headers } of targetsOf(before, after)) {
    for (const origin of origins) {
      for (const credentials of [false, true]) {
        if (probes.length >= MOST_PROBES) return { probes, isWhole: false };
        const request: Request = { origin, method, path, headers: [], credentials };
        probes.push({ of: 'preflight', request: { ...request, forcePreflight: true } });
        if (headers.length > 0) probes.push({ of: 'headers', request: { ...request, headers, forcePreflight: true } });
        probes.push({ of: 'answers', request });
      }
    }
  }
  return { probes, isWhole: true };
}

/** Those that one version alone lets in come first: there the difference is. */
function originsIn(before: Api, after: Api, asked: readonly string[]): readonly string[] {
  const named = (api: Api): ReadonlySet<string> =>
    new Set([...originsOf(api)].flatMap(({ text }) => (text.secret ? [] : [concrete(text.value)])).filter(isOrigin));
  const [old, now] = [named(before), named(after)];
  const all = [...asked, ...[...old, ...now].toSorted((a, b) => Number(old.has(a) && now.has(a)) - Number(old.has(b) && now.has(b)))];
  return [STRANGER, ...new Set(all)].slice(0, MOST_ORIGINS);
}

const isOrigin = (text: string): boolean => typeof readOrigin(text) !== 'string';

interface Target {
  readonly path: string;
  readonly method: string;
  readonly headers: Request['headers'];
}

function targetsOf(before: Api, after: Api): Iterable<Target> {
  const targets = new Map<string, Target>();
  const alike = pathsAlike(before, after);
  const add = (api: Api): void => {
    for (const [endpoint, resource] of endpointsOf(api)) {
      if (alike.has(canonical(resource))) continue;
      const headers = headersOf(endpoint, resource);
      for (const path of new Set(knownIn(resource.path).map(sampleOf)))
        for (const method of methodsOf(endpoint, resource)) {
          const key = `${method} ${path}`;
          if (!targets.has(key)) targets.set(key, { path, method, headers });
        }
    }
  };
  // The headers of the old one are those that pages send today.
  add(before);
  add(after);
  return targets.values();
}

/** Paths that are the same in both, where all the rest is that decides on an answer: they need no asking. */
function pathsAlike(before: Api, after: Api): ReadonlySet<string> {
  const around = (api: Api): string => canonical({ ...api, resources: api.resources.map(({ path }) => path) });
  if (around(before) !== around(after)) return new Set();
  const old = new Set(before.resources.map(canonical));
  return new Set(after.resources.map(canonical).filter((one) => old.has(one)));
}

const EVERY = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** An endpoint for any method is asked with those that its preflight allows. */
function methodsOf({ method }: Endpoint, { preflight }: Resource): readonly string[] {
  const allowed = new Set(knownItems(preflight.headers.methods));
  const others = allowed.has('*') ? EVERY : ['GET', ...EVERY.filter((name) => allowed.has(name))];
  return [...new Set(knownIn(method).flatMap((name) => (name === 'ANY' ? others : name === 'OPTIONS' ? [] : [name])))];
}

/** All headers that the preflight allows by name, and those that the caller has to send. */
function headersOf(endpoint: Endpoint, { preflight }: Resource): Request['headers'] {
  const allowed = knownItems(preflight.headers.headers).filter((name) => name !== '*' && /^[\w-]+$/.test(name));
  const unique = new Map(allowed.filter(needsAllowing).map((name) => [name.toLowerCase(), name]));
  return [...unique.values()].map((name) => [name, /^content-type$/i.test(name) ? 'application/json' : 'x'] as const);
}
