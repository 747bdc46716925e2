import type { Model } from '../../src/model/api.ts';
import type { Rule, Suspicion } from '../../src/rule.ts';
import { is, YES, type Verdict } from '../../src/value/verdict.ts';
import * as make from './model.ts';

/** A rule with the least to say of itself. */
export const rule = (id: string, text: string, hooks: Rule['check'], more: Partial<Rule> & { outranks?: string[] } = {}): Rule => ({
  meta: {
    id,
    summary: '',
    since: '0',
    preset: 'recommended',
    why: '',
    remedy: '',
    references: ['https://fetch.spec.whatwg.org/'],
    outranks: more.outranks ?? [],
  },
  messages: { it: { severity: 'error', harm: 'broken', text } },
  options: {},
  examples: { bad: [{ as: 'serverless', code: 'a' }], good: [{ as: 'serverless', code: 'b' }] },
  check: hooks,
  ...more,
});

export const suspicion = (at: Suspicion['at'], verdict: Verdict = YES, more: Partial<Suspicion> = {}): Suspicion => ({
  verdict,
  messageId: 'it',
  at,
  ...more,
});

/** A rule that suspects each endpoint's method, at the place where it is written. */
export const onMethods = (id: string, method: string, text = 'the method of {subjects}', more: Parameters<typeof rule>[3] = {}): Rule =>
  rule(
    id,
    text,
    {
      *endpoint(endpoint) {
        yield suspicion(endpoint.method.from, is(endpoint.method, method));
      },
    },
    more,
  );

export const get = (...given: Parameters<typeof make.endpoint> extends [unknown, ...infer Rest] ? Rest : never) =>
  make.endpoint('GET', ...given);
export const one = (...apis: Parameters<typeof make.api>[]): Model => make.model(apis.map((given) => make.api(...given)));
