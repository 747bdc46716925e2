import type { Api, CorsHeaders, Mapping, Preflight } from '../../model/api.ts';
import { isFilledIn, known, leaves, mapValue, siteOf, type List, type Provenance, type Value } from '../../value/value.ts';

/** Who fills things in, as the subject of a sentence. */
const BY = 'the CDK';

/** `Cors.DEFAULT_HEADERS`, which a preflight allows whose `allowHeaders` is left out. */
const HEADERS = ['Content-Type', 'X-Amz-Date', 'Authorization', 'X-Api-Key', 'X-Amz-Security-Token', 'X-Amz-User-Agent'];
/** `Cors.ALL_METHODS`, for one whose `allowMethods` is. */
const METHODS = ['OPTIONS', 'GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD'];

/** What it writes into a mapping by itself: the defaults, and `Vary` wherever the first origin is no `*` (C3). */
const MAPPED: Readonly<Record<string, string>> = {
  'access-control-allow-headers': `'${HEADERS.join(',')}'`,
  'access-control-allow-methods': `'${METHODS.join(',')}'`,
  vary: "'Origin'",
};

/**
 * The API with what the CDK wrote marked as filled in by it. A template does not tell a default from the same thing said by
 * hand, and to who reads a finding they are one: nothing in the app is to be found that says it otherwise.
 */
export function markFilledIn(api: Api): Api {
  switch (api.target) {
    case 'rest':
      return { ...api, resources: api.resources.map((one) => ({ ...one, preflight: markPreflight(one.preflight) })) };
    case 'url': {
      const { managed } = api;
      // A function URL without `allowedMethods` is given `*`.
      return {
        ...api,
        managed: managed && { ...managed, headers: markMethods(managed.headers, ['*']) },
        resources: api.resources.map((one) => ({
          ...one,
          preflight: { ...one.preflight, headers: markMethods(one.preflight.headers, ['*']) },
        })),
      };
    }
    case 'http':
    case 'websocket':
      return api;
  }
}

/** C1: a mock with all headers declared. */
function markPreflight(preflight: Preflight): Preflight {
  if (![...leaves(preflight.by)].every((arm) => arm.kind === 'known' && arm.value === 'mock')) return preflight;
  const { headers } = preflight;
  return {
    ...preflight,
    headers: { ...markMethods(headers, METHODS), headers: marked(headers.headers, HEADERS), vary: marked(headers.vary, ['Origin']) },
    mappings: preflight.mappings.map(markMapping),
  };
}

const markMethods = (headers: CorsHeaders, made: readonly string[]): CorsHeaders => ({
  ...headers,
  methods: marked(headers.methods, made),
});

/** A list that is exactly what the CDK would write. */
const marked = (list: List<string>, made: readonly string[]): List<string> =>
  mapValue(list, (arm) => {
    if (arm.kind === 'unknown' || arm.value.length !== made.length) return arm;
    const isMade = arm.value.every((item, i) => item.kind === 'known' && item.value === made[i]);
    return isMade ? known(arm.value.map(markValue), filledIn(arm.from)) : arm;
  });

function markMapping(mapping: Mapping): Mapping {
  const made = MAPPED[mapping.header.toLowerCase()];
  return made === undefined
    ? mapping
    : { ...mapping, raw: mapValue(mapping.raw, (arm) => (arm.kind === 'known' && arm.value === made ? markValue(arm) : arm)) };
}

const markValue = <T>(value: Value<T>): Value<T> => ({ ...value, from: filledIn(value.from) });

const filledIn = (from: Provenance): Provenance => (isFilledIn(from) ? from : { kind: 'default', at: siteOf(from), by: BY });
