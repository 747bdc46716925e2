import { hasStrayQuotes } from '../browser/origins.ts';
import { METHODS, NEED_LISTING } from '../browser/methods.ts';
import { isToken } from '../browser/tokens.ts';
import { nearest } from '../value/nearest.ts';
import type { List } from '../value/value.ts';
import { all, any, couldBe, judge, NO, not, some, YES, type Verdict } from '../value/verdict.ts';
import type { Endpoint } from './api.ts';
import { inside } from './asking.ts';

/** What is wrong with an entry of Access-Control-Allow-Methods, and the method that was meant, where one is near. */
export interface MethodFault {
  /** `token`: no name at all, with which browsers drop the whole list; `any`: API Gateway's word for all; `name`: a case or spelling that no browser sends. */
  readonly kind: 'token' | 'any' | 'name';
  readonly meant?: string;
  /** What to do, a clause: 'Write PUT, or remove it'. */
  readonly way: string;
}

/** Undefined for what is fine, and for what another rule tells of: quotes within the value. */
export function methodFault(entry: string): MethodFault | undefined {
  if (entry === '' || entry === '*' || hasStrayQuotes(entry) || METHODS.includes(entry) || OTHERS.has(entry)) return undefined;
  if (!isToken(entry)) return { kind: 'token', way: 'Put commas between the methods, and nothing else' };
  if (entry.toUpperCase() === 'ANY' || entry.toUpperCase() === 'ALL') return { kind: 'any', way: 'Write * or the methods themselves' };
  const meant = nearest(entry, METHODS);
  return meant === undefined ? { kind: 'name', way: 'Remove it' } : { kind: 'name', meant, way: `Write ${meant}, or remove it` };
}

/** Names that are right, although no page can send them. */
const OTHERS = new Set(['TRACE', 'CONNECT']);

/** Whether an entry keeps this method out by its own fault alone: mended, it would let it in. */
function meansMethod(entry: string, method: string): boolean {
  const fault = methodFault(entry);
  return fault !== undefined && (fault.meant === method || (fault.kind === 'any' && NEED_LISTING.includes(method)));
}

/** Whether a list lets a method through: by name, letter by letter, or by `*`, of which `ineffective-wildcard` knows when it is none. */
export const listsMethod = (methods: List<string>, method: string): Verdict =>
  some(methods, (item) =>
    judge(item, (arm) => {
      if (arm.kind === 'unknown') return couldBe(arm.pieces, method) || couldBe(arm.pieces, '*') ? 'maybe' : 'no';
      return arm.value === method || arm.value === '*' ? 'yes' : 'no';
    }),
  );

/** Whether some entry would let the method in, were it written right: then that entry is what is reported. */
export const triesToList = (methods: List<string>, method: string): Verdict =>
  some(methods, (item) =>
    judge(item, (arm) => {
      if (arm.kind === 'unknown') return 'maybe';
      const text = arm.value ?? '';
      return meansMethod(text, method) ||
        (hasStrayQuotes(text) && text.includes(method)) ||
        (methodFault(text)?.kind === 'token' && text.includes(method))
        ? 'yes'
        : 'no';
    }),
  );

/** The methods that an entry keeps out by its own fault alone, of those that endpoints need to be listed. ANY needs all, where code takes them. */
export function keptOut(
  entry: string,
  methods: List<string>,
  endpoints: readonly Endpoint[],
): { readonly names: readonly string[]; readonly needed: Verdict } {
  const takes = (method: string): Verdict =>
    any(
      ...endpoints.map((one) =>
        all(
          one.exists,
          inside(one.method, (name) => (name === method || name === 'ANY' ? YES : NO)),
        ),
      ),
    );
  const needs = NEED_LISTING.filter((method) => meansMethod(entry, method))
    .map((method) => [method, all(takes(method), not(listsMethod(methods, method)))] as const)
    .filter(([, verdict]) => verdict.some(({ truth }) => truth === 'yes'));
  return { names: needs.map(([method]) => method), needed: any(...needs.map(([, verdict]) => verdict)) };
}
