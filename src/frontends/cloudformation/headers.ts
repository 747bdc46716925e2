import type { Location } from '../../source/location.ts';
import { get, mapKnown, mapTree, type Tree, type TreeMap } from '../../value/tree.ts';
import { known, leaves, type List, type Provenance, type Value } from '../../value/value.ts';
import type { AllowedOrigin, CorsHeaders } from '../../model/api.ts';
import { credentialsFrom, listFrom, originFrom, textFrom, type Place } from './mapping.ts';
import { isText } from './text.ts';
import { overridesIn, type Overrides } from './vtl.ts';
import { absent, choose, isGiven, perWorld } from './worlds.ts';

/** The keys under which a response's headers are set. */
export const PREFIXES: Readonly<Record<Place, string>> = {
  'integration-response': 'method.response.header.',
  'gateway-response': 'gatewayresponse.header.',
};

/** The CORS headers that a response's ResponseParameters set, and what its template makes of them. */
export function headersOf(response: Tree, place: Place): CorsHeaders {
  const parameters = get(response, 'ResponseParameters');
  // Templates of gateway responses are not VTL: they cannot set a header (R35).
  const template = place === 'gateway-response' ? absent(response.from) : get(response, 'ResponseTemplates', 'application/json');
  const header = (name: string): Tree => headerIn(parameters, PREFIXES[place], `access-control-${name}`);
  const overridden = <T>(name: string, value: Value<T>): Value<T> => overriding(name, value, template);
  return {
    origin: originOf(originFrom(header('allow-origin'), place), template),
    credentials: overridden('access-control-allow-credentials', credentialsFrom(header('allow-credentials'), place)),
    methods: overridden('access-control-allow-methods', listFrom(header('allow-methods'), place)),
    headers: overridden('access-control-allow-headers', listFrom(header('allow-headers'), place)),
    expose: overridden('access-control-expose-headers', listFrom(header('expose-headers'), place)),
    maxAge: overridden('access-control-max-age', textFrom(header('max-age'), place)),
    vary: overridden('vary', listFrom(headerIn(parameters, PREFIXES[place], 'vary'), place)),
  };
}

/** A header's mapping, whatever the case of its name; the last one of a kind. */
export function headerIn(parameters: Tree, prefix: string, name: string): Tree {
  switch (parameters.kind) {
    case 'choice':
      return mapTree(parameters, (arm) => headerIn(arm, prefix, name));
    case 'unknown':
      return { kind: 'unknown', why: parameters.why, from: parameters.from };
    case 'absent':
      return parameters;
    case 'map':
      return byLowerCase(parameters).get(`${prefix}${name}`.toLowerCase()) ?? absent(parameters.from);
    case 'list':
    case 'scalar':
      return absent(parameters.from);
  }
}

/** Every header of a response is looked for in the same map. */
const lowerCased = new WeakMap<TreeMap, ReadonlyMap<string, Tree>>();

function byLowerCase(map: TreeMap): ReadonlyMap<string, Tree> {
  const before = lowerCased.get(map);
  if (before) return before;
  const named = new Map<string, Tree>();
  for (const [name, { value }] of map.entries) named.set(name.toLowerCase(), value);
  lowerCased.set(map, named);
  return named;
}

const readTemplates = new WeakMap<Tree, Overrides>();

function overrides(template: Tree): Overrides | undefined {
  if (!isText(template) || (template.kind === 'scalar' && !String(template.value).includes('responseOverride'))) return undefined;
  const read = readTemplates.get(template) ?? overridesIn(template);
  readTemplates.set(template, read);
  return read;
}

/** The origin that is mapped, unless the template puts the caller's in its place. */
function originOf(mapped: Value<AllowedOrigin>, template: Tree): Value<AllowedOrigin> {
  return perWorldValue(template, (arm) => {
    const override = (isGiven(arm) ? overrides(arm)?.origin : undefined) ?? { kind: 'none' };
    switch (override.kind) {
      case 'none':
        return mapped;
      case 'reflect':
        return known({ kind: 'reflect', ...(override.listed && { listed: true }) }, arm.from);
      case 'echo':
        return known({ kind: 'echo', among: override.among, otherwise: mapKnown(mapped, sent) }, arm.from);
      case 'unknown':
        // What the template does not set is sent as it is mapped.
        return { kind: 'unknown', why: override.why, from: arm.from, ...(isSent(mapped) && { pieces: [null] }) };
    }
  });
}

const isSent = (origin: Value<AllowedOrigin>): boolean =>
  [...leaves(origin)].every((arm) => (arm.kind === 'known' ? arm.value.kind !== 'absent' : arm.pieces !== undefined));

/** What a caller gets who is not echoed: the mapping, which is no template and so one value for everybody. */
const sent = (origin: AllowedOrigin): string | undefined =>
  origin.kind === 'any' ? '*' : origin.kind === 'fixed' ? origin.text : undefined;

/** A header that the template sets to something is not known. */
const overriding = <T>(name: string, value: Value<T>, template: Tree): Value<T> =>
  perWorldValue(template, (arm) =>
    isGiven(arm) && overrides(arm)?.others.has(name) ? { kind: 'unknown', why: 'the response template sets it', from: arm.from } : value,
  );

/** Only a template that hangs on a choice makes a choice of the value. */
const perWorldValue = <T>(tree: Tree, make: (arm: Exclude<Tree, { kind: 'choice' }>) => Value<T>): Value<T> =>
  tree.kind === 'choice' ? perWorld([tree], tree.from, make) : make(tree);

/** No CORS header at all. */
export function noHeaders(at: Location): CorsHeaders {
  const from: Provenance = { kind: 'absent', at };
  const none: List<string> = known([], from);
  const nothing = known(undefined, from);
  return {
    origin: known({ kind: 'absent' }, from),
    credentials: nothing,
    methods: none,
    headers: none,
    expose: none,
    maxAge: nothing,
    vary: none,
  };
}

/** One set of headers or another, header by header. */
export const chooseHeaders = (when: Value<boolean>, then: CorsHeaders, otherwise: CorsHeaders): CorsHeaders => ({
  origin: choose(when, then.origin, otherwise.origin),
  credentials: choose(when, then.credentials, otherwise.credentials),
  methods: choose(when, then.methods, otherwise.methods),
  headers: choose(when, then.headers, otherwise.headers),
  expose: choose(when, then.expose, otherwise.expose),
  maxAge: choose(when, then.maxAge, otherwise.maxAge),
  vary: choose(when, then.vary, otherwise.vary),
});
