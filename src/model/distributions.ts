import { all, any, is, not, some, test, YES, type Verdict } from '../value/verdict.ts';
import type { Api, Model } from './api.ts';
import type { Behavior, Distribution } from './around.ts';
import { atLeastMaybe } from './asking.ts';
import { namesHeader, sendsCors } from './queries.ts';

/** `*.example.org` and `https://*.example.org` are the only wildcards besides `*` (O5). */
export const isNoPattern = (origin: string): boolean => origin !== '*' && origin.replace(/^(https?:\/\/)?\*\./, '').includes('*');

/** Its API sends CORS headers, as far as it is seen, or the distribution does. */
export const isForPages = ({ api, cors }: Behavior, { apis }: Model): Verdict =>
  any(...(cors ? [cors.exists] : []), ...apis.filter(({ name }) => name === api).map((one) => atLeastMaybe(sendsCors(one))));

/** A distribution that keeps the answers to this method, and not apart by Origin. */
export const cachedBy = (api: Api, { distributions = [] }: Model, method: string): Verdict =>
  any(
    ...distributions.flatMap(({ exists, behaviors }) =>
      behaviors
        .filter((one) => one.api === api.name)
        .map((one) =>
          all(
            exists,
            one.exists,
            test(one.caches, Boolean),
            some(one.cachedMethods, (name) => is(name, method)),
            not(namesHeader(one.cachesOn, 'Origin')),
          ),
        ),
    ),
  );

/** Whether a distribution signs the calls to an API; undefined where none may. */
export function signedBy(distributions: readonly Distribution[], name: string): Verdict | undefined {
  const signing = distributions.flatMap(({ exists, behaviors }) =>
    behaviors.flatMap((one) => (one.api === name && one.signs ? [all(exists, one.exists, test(one.signs, Boolean))] : [])),
  );
  return signing.length > 0 ? any(...signing) : undefined;
}

/** Whether its callers sign themselves what an AWS_IAM authorizer asks for. */
export const isSignedByCallers = ({ signed }: Api): Verdict => (signed ? not(signed) : YES);
