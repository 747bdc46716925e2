import type { Provenance, Value } from '../value/value.ts';
import { all, any, is, mayHold, NO, not, test, type Verdict } from '../value/verdict.ts';
import type { Api, AuthorizerKind, Endpoint, Preflight, Resource } from './api.ts';
import { arms, knownIn, knownItems } from './asking.ts';
import { entriesIn } from './lists.ts';
import { oncePer } from './once.ts';
import { shown } from './names.ts';
import { answersWithoutOrigin, refusalOf, refusesPreflight } from './queries.ts';

/** Something without which a preflight is refused, as no browser sends it along (B1). */
export interface Need {
  readonly kind: 'authorizer' | 'key' | 'header';
  /** 'a JWT', 'an API key', 'the header X-Tenant'. */
  readonly what: string;
  readonly isSo: Verdict;
  readonly at: Provenance;
}

const WORDS: Readonly<Record<Exclude<AuthorizerKind, 'none'>, string>> = {
  iam: 'a signed call (AWS_IAM)',
  cognito: 'a token of Cognito',
  token: 'what its Lambda authorizer reads',
  request: 'what its Lambda authorizer reads',
  jwt: 'a JWT',
  custom: 'what its authorizer reads',
};

/** What every preflight carries. */
const SENT = /^(?:origin|access-control-request-(?:method|headers)|host|accept|user-agent)$/i;

/** What OPTIONS of a path is asked for, whoever answers it. */
export function* needsOf({ authorizer, needsKey, needsHeaders }: Preflight): Iterable<Need> {
  for (const [arm, isSo] of arms(authorizer))
    if (arm.value.kind !== 'none') yield { kind: 'authorizer', what: WORDS[arm.value.kind], isSo, at: arm.from };
  const isKeyed = test(needsKey, Boolean);
  if (mayHold(isKeyed)) yield { kind: 'key', what: 'an API key', isSo: isKeyed, at: needsKey.from };
  for (const [entry, isSo] of entriesIn(needsHeaders, (name) => !SENT.test(name)))
    yield { kind: 'header', what: `the header ${shown(entry)}`, isSo, at: entry.from };
}

/** Whether the headers of a preflight are what browsers get: the gateway writes them, or code that was read sends them. */
export const isSeen = oncePer(({ by, seen, mapped }: Preflight): Verdict =>
  any(is(by, 'mock'), mapped ? test(mapped, Boolean) : NO, seen ?? NO),
);

/** How preflights of an endpoint fail without any code having a say: nobody takes them, or what is answered has no CORS headers. */
export const failuresOf = ({ method }: Endpoint, resource: Resource, api: Api): readonly { verdict: Verdict; how: string }[] => [
  { verdict: refusesPreflight(resource, api), how: refusalOf(api) },
  { verdict: all(not(is(method, 'OPTIONS')), answersWithoutOrigin(resource)), how: 'without CORS headers' },
];

/** Whether OPTIONS of a path has a method or a route of its own, which another kind of answer does not take the place of. */
export const hasOwnOptions = ({ preflight: { by }, endpoints }: Resource): Verdict =>
  any(is(by, 'mock'), is(by, 'options'), all(is(by, 'managed'), any(...endpoints.map(takesOptions))));

/** Whether a route for every method takes it. The service's own CORS gives way to one that has an authorizer (H5). */
export const isCaughtByAny = ({ preflight: { by }, endpoints }: Resource): Verdict =>
  any(is(by, 'any'), all(is(by, 'managed'), not(any(...endpoints.map(takesOptions)))));

/** A route without an integration answers nothing (H7). */
const takesOptions = ({ method, exists, integration }: Endpoint): Verdict =>
  all(exists, is(method, 'OPTIONS'), not(is(integration, 'none')));

/** Whether an API's own CORS settings send that very header with that very value. */
export function sendsItself({ managed }: Api, { name, value }: { readonly name: string; readonly value: Value<string> }): boolean {
  if (!managed || value.kind !== 'known') return false;
  const { origins, headers } = managed;
  const own: Readonly<Record<string, readonly string[]>> = {
    'access-control-allow-origin': knownItems(origins),
    'access-control-allow-methods': knownItems(headers.methods),
    'access-control-allow-headers': knownItems(headers.headers),
    'access-control-expose-headers': knownItems(headers.expose),
    'access-control-allow-credentials': knownIn(headers.credentials).filter((text) => text !== undefined),
  };
  return own[name.toLowerCase()]?.join(',') === value.value.replaceAll(/[\s']/g, '');
}
