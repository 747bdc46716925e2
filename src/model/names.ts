import { mapKnown } from '../value/tree.ts';
import { leaves, show, type Value } from '../value/value.ts';
import { all, any, type Verdict } from '../value/verdict.ts';
import type { AllowedOrigin, Endpoint, Resource, Response } from './api.ts';
import { knownIn, likeliest } from './asking.ts';
import { matchesGlob } from './glob.ts';

// How things are called in a message.

/** So much of a value fits into a message. */
const MAX_SHOWN = 80;

/** A value as `show` gives it, on one line and not too long. */
export function shown(value: Value<unknown>): string {
  const text = show(value).replaceAll(/\s+/g, ' ');
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
}

/** A value as its author wrote it. */
export const shownAsWritten = ({ from }: Value<unknown>): string => shown({ kind: 'unknown', why: '', from });

/** 'POST /users', 'GET or PUT /users'. */
export function label({ method }: Endpoint, resource: Resource): string {
  const path = shown(resource.path);
  const methods = leaves(method).every(({ kind, secret }) => kind === 'known' && !secret)
    ? [...new Set(knownIn(method))].join(' or ')
    : 'some method of';
  return path === '$default' ? path : `${methods} ${path}`;
}

/** 'A', 'A and B', 'A, B and C', 'A, B and 3 more'. */
export function listed(names: readonly string[], most = 2): string {
  const whole = names.length <= most + 1;
  const head = whole ? names.slice(0, -1) : names.slice(0, most);
  const last = whole ? names.at(-1) : `${names.length - most} more`;
  return [head.join(', '), last].filter(Boolean).join(' and ');
}

/** What a fixed origin is in a message; how the user wrote any other. */
export const shownOrigin = (origin: Value<AllowedOrigin>): string => shown(mapKnown(origin, textOf));

const textOf = (origin: AllowedOrigin): string => (origin.kind === 'fixed' ? origin.text : origin.kind === 'any' ? '*' : origin.kind);

/** The option of rules that leave alone what other servers call. */
export const CALLED_BY_OTHERS = {
  type: 'strings',
  description: 'Globs of paths and function names that no page calls, case aside.',
  default: ['**/*webhook*/**', '**/*callback*/**', '**/hook*/**', '**/oauth/**'],
} as const;

/** What other servers call, by the look of a name. */
export const isCalledByOthers = (one: Endpoint, resource: Resource, globs: readonly string[]): boolean =>
  namesOf(one, resource).some((name) => looksCalled(name, globs));

/** Rules ask of the same few names again and again. */
const looks = new WeakMap<readonly string[], Map<string, boolean>>();

function looksCalled(name: string, globs: readonly string[]): boolean {
  const known = looks.get(globs) ?? new Map<string, boolean>();
  looks.set(globs, known);
  const before = known.get(name);
  if (before !== undefined) return before;
  const looksSo = globs.some((glob) => matchesGlob(name, glob));
  known.set(name, looksSo);
  return looksSo;
}

/** Those of these endpoints that something holds of, as a list of names; where it holds of none, those that it may hold of. */
export function endpointsThat<T extends readonly [Endpoint, Resource]>(
  endpoints: readonly T[],
  holds: (one: T) => Verdict,
): { readonly names: string; readonly isSo: Verdict } {
  const told = endpoints.map((one) => ({ name: label(one[0], one[1]), isSo: all(one[0].exists, holds(one)) }));
  const named = likeliest(told, ({ isSo }) => isSo);
  return { names: listed(named.map(({ name }) => name)), isSo: any(...named.map(({ isSo }) => isSo)) };
}

/** '400'; 'answer' where its status is not known. */
export const shownStatus = ({ status }: Response): string => (status.kind === 'known' ? status.value : 'answer');

/** The known paths of an endpoint, and the function behind it: what users call it by. */
export const namesOf = ({ handler }: Endpoint, { path }: Resource): readonly string[] => knownIn(path).concat(handler ?? []);
