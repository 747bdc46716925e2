import { mapKnown } from '../value/tree.ts';
import type { Known, Value } from '../value/value.ts';
import { all, type Verdict } from '../value/verdict.ts';
import type { AllowedOrigin, Api, CorsHeaders, OriginPattern } from './api.ts';
import { arms } from './asking.ts';
import { entriesIn } from './lists.ts';
import { oncePer } from './once.ts';
import { isSeen } from './preflights.ts';
import { endpointsOf, responsesOf } from './queries.ts';

/** An origin that is allowed somewhere, as its author wrote it. */
export interface WrittenOrigin {
  readonly text: Known<string>;
  /** Where it counts. */
  readonly isSo: Verdict;
  readonly place: Place;
  /** The answer that it is allowed on. */
  readonly headers: CorsHeaders;
}

/**
 * What may stand there. `header`: one value, compared as it is; `pattern`: an entry of the list of a Serverless `http` event, with
 * one wildcard; `http-api`, `function-url`: an entry of the service's own list.
 */
type Place = 'header' | 'pattern' | 'http-api' | 'function-url';

/** Every origin that an API allows, as far as it is known: by its settings, and by code that was read. */
export const originsOf = oncePer((api: Api): readonly WrittenOrigin[] => [
  ...managedOrigins(api),
  ...api.resources.flatMap(({ preflight }) => originsIn(preflight.headers, isSeen(preflight))),
  ...endpointsOf(api).flatMap(([endpoint]) =>
    responsesOf(endpoint).flatMap(({ exists, headers }) => originsIn(headers, all(endpoint.exists, exists))),
  ),
  ...api.gatewayResponses.flatMap(({ exists, headers }) => originsIn(headers, exists)),
]);

/** Those of the service's own settings. */
function managedOrigins({ managed, target }: Api): readonly WrittenOrigin[] {
  if (!managed || (target !== 'http' && target !== 'url')) return [];
  const place = target === 'http' ? 'http-api' : 'function-url';
  return entriesIn(managed.origins).map(([text, isSo]) => ({ text, isSo: all(managed.exists, isSo), place, headers: managed.headers }));
}

/** Those of one answer. */
export const originsIn = (headers: CorsHeaders, exists: Verdict): readonly WrittenOrigin[] =>
  arms(headers.origin).flatMap(([origin, stands]) =>
    textsOf(origin).flatMap(([written, place]) =>
      arms(written).flatMap(([{ value, ...arm }, isSo]): readonly WrittenOrigin[] =>
        value === undefined ? [] : [{ text: { ...arm, value }, isSo: all(exists, stands, isSo), place, headers }],
      ),
    ),
  );

function textsOf(arm: Known<AllowedOrigin>): readonly (readonly [Value<string | undefined>, Place])[] {
  const origin = arm.value;
  if (origin.kind === 'fixed') return [[mapKnown(arm, () => origin.text), 'header']];
  if (origin.kind !== 'echo') return [];
  const listed = origin.among.map((pattern) => [writtenAs(pattern), pattern.match === 'regex' ? 'pattern' : 'header'] as const);
  // Who is not listed gets a fixed one: mostly the first of the list, which has its turn already.
  const told = new Set(origin.among.flatMap(({ text }) => (text.kind === 'known' ? [text.value] : [])));
  const isTold = (text: string): boolean => told.has(text) || told.has(toPattern(text));
  return [
    ...listed,
    [mapKnown(origin.otherwise, (text) => (text === undefined || text === '*' || isTold(text) ? undefined : text)), 'header'],
  ];
}

/**
 * An entry of a list as it was before the Serverless Framework made a regular expression of it: "[.]" was a dot, the first ".+" a
 * star. Undefined for expressions of another hand, which say what they match in their own way.
 */
export const writtenAs = ({ match, text }: OriginPattern): Value<string | undefined> =>
  mapKnown(text, (pattern) => (match === 'exact' ? pattern : fromPattern(pattern)));

/** What the framework makes of an entry. */
const toPattern = (text: string): string => text.replaceAll('.', '[.]').replace('*', '.+');

function fromPattern(pattern: string): string | undefined {
  const text = pattern.replaceAll('[.]', '.').replace('.+', '*');
  const plain = text.replaceAll(/\$\{[^}]*\}/g, '');
  return /[\\()[\]{}|?+^$]/.test(plain) ? undefined : text;
}
