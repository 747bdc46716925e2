import type { List } from '../value/value.ts';
import { all, any, couldBe, judge, NO, not, some, YES, type Verdict } from '../value/verdict.ts';
import type { Endpoint } from './api.ts';
import { inside } from './asking.ts';

/** Whether a list lets a method through: by name, letter by letter, or by `*`, of which `ineffective-wildcard` knows when it is none. */
export const listsMethod = (methods: List<string>, method: string): Verdict =>
  some(methods, (item) =>
    judge(item, (arm) => {
      if (arm.kind === 'unknown') return couldBe(arm.pieces, method) || couldBe(arm.pieces, '*') ? 'maybe' : 'no';
      return arm.value === method || arm.value === '*' ? 'yes' : 'no';
    }),
  );

/** Those of these methods that some endpoint has and the list does not let through, and where. ANY has all of them, as far as code takes them. */
export function keptOut(
  wanted: readonly string[],
  methods: List<string>,
  endpoints: readonly Endpoint[],
): { readonly names: readonly string[]; readonly isSo: Verdict } {
  const takes = (method: string): Verdict =>
    any(
      ...endpoints.map((one) =>
        all(
          one.exists,
          inside(one.method, (name) => (name === method || name === 'ANY' ? YES : NO)),
        ),
      ),
    );
  const needs = wanted
    .map((method) => [method, all(takes(method), not(listsMethod(methods, method)))] as const)
    .filter(([, verdict]) => verdict.some(({ truth }) => truth === 'yes'));
  return { names: needs.map(([method]) => method), isSo: any(...needs.map(([, verdict]) => verdict)) };
}
