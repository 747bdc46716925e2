import type { Location } from '../../source/location.ts';
import { entriesOf, get, textOf, valueOf, type Tree } from '../../value/tree.ts';
import { known, leaves, type Value } from '../../value/value.ts';
import type { Declaration, GatewayResponse, Mapping, Response } from '../../model/api.ts';
import { headerIn, headersOf, PREFIXES } from './headers.ts';
import type { Place } from './mapping.ts';
import { flag, ownersIn, textOr, type Template } from './template.ts';
import {
  absent,
  both,
  distribute,
  either,
  isGiven,
  isNever,
  itemsOf,
  perWorld,
  standsHere,
  verdictOf,
  standing,
  type Arm,
} from './worlds.ts';

/** The integration responses of a method: one answer for each status pattern. */
export const responsesOf = (method: Tree, present: Value<boolean>): readonly Response[] =>
  itemsOf(get(method, 'Integration', 'IntegrationResponses')).map((item) => {
    const there = both(present, item.present);
    return {
      at: item.tree.from.at,
      exists: verdictOf(there),
      status: valueOf(get(item.tree, 'StatusCode'), textOr),
      pattern: textOf(get(item.tree, 'SelectionPattern')),
      headers: headersOf(item.tree, 'integration-response'),
      mappings: mappingsIn(method, item.tree, there),
    };
  });

/** What all the integration responses of a method map. */
export const allMappings = (method: Tree, present: Value<boolean>): readonly Mapping[] =>
  itemsOf(get(method, 'Integration', 'IntegrationResponses')).flatMap((item) => mappingsIn(method, item.tree, both(present, item.present)));

const mappingsIn = (method: Tree, response: Tree, present: Value<boolean>): readonly Mapping[] =>
  mappingsOf(response, 'integration-response', present, (header) => declared(method, response, header));

/**
 * The integration response of a mock or a mapped OPTIONS: the one without a pattern, which is the default (R8). Without
 * one it hangs on the patterns which of them answers, if any does.
 */
export const defaultResponse = (method: Tree): Tree =>
  distribute([get(method, 'Integration', 'IntegrationResponses')], method.from, (list) => {
    if (list.kind !== 'list') return list.kind === 'unknown' ? list : absent(list.from);
    const patterns = list.items.map((item) => get(item, 'SelectionPattern'));
    return distribute<readonly Tree[]>([...list.items, ...patterns], list.from, (...arms) => {
      const items = arms.slice(0, list.items.length);
      const found = items.findIndex((item, i) => {
        const pattern = arms[list.items.length + i];
        return isGiven(item) && (!pattern || !isGiven(pattern) || (pattern.kind === 'scalar' && pattern.value === ''));
      });
      const first = items.find(isGiven);
      const one = items[found];
      if (one) return one;
      return first
        ? { kind: 'unknown', why: 'it hangs on the selection patterns which integration response answers', from: first.from }
        : absent(list.from);
    });
  });

/** The mappings of headers as written. */
function mappingsOf(
  response: Tree,
  place: Place,
  present: Value<boolean>,
  declaredAs: (header: string) => Value<boolean>,
): readonly Mapping[] {
  const prefix = PREFIXES[place];
  return [...entriesOf(get(response, 'ResponseParameters'))].flatMap(([name, { key, value }]) => {
    const there = both(present, standsHere(value));
    if (!name.toLowerCase().startsWith(prefix) || (there.kind === 'known' && !there.value)) return [];
    const header = name.slice(prefix.length);
    return [{ place, header, key, exists: verdictOf(there), raw: valueOf(standing(value), textOr), declared: declaredAs(header) }];
  });
}

/** Whether the method response of the same status names the header, as it has to (R9); true or false does not matter (R10). */
function declared(method: Tree, response: Tree, header: string): Value<boolean> {
  const list = get(method, 'MethodResponses');
  const status = get(response, 'StatusCode');
  return perWorld([list, status], list.from, (responses, code) => {
    if (responses.kind === 'unknown') return { kind: 'unknown', why: responses.why, from: responses.from };
    if (code.kind === 'unknown') return { kind: 'unknown', why: code.why, from: code.from };
    const wanted = code.kind === 'scalar' ? String(code.value) : '';
    return itemsOf(responses)
      .map((item) => both(item.present, both(isStatus(item.tree, wanted), names(item.tree, header))))
      .reduce(either, known(false, responses.from));
  });
}

/** The headers that browsers read (Fetch, "CORS protocol"), and Vary. */
export function isCorsHeader(name: string): boolean {
  const lower = name.toLowerCase();
  // Asked of every header that is set, and those that there are need no regular expression.
  return HEADERS.has(lower) || (lower.startsWith('access-control-') && /^access-control-(?:allow|expose|max)-[\w-]+$/i.test(name));
}

const HEADERS = new Set([
  'access-control-allow-origin',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-credentials',
  'access-control-expose-headers',
  'access-control-max-age',
  'vary',
]);

/** The CORS headers that the method responses name, mapped or not; and the responses that are written by `$ref` (R44). */
export function declarationsOf(method: Tree, present: Value<boolean>): readonly Declaration[] {
  // Whether such a method is there is as open for what it maps, so that nothing would ever cover what it declares.
  if (present.kind === 'unknown') return [];
  return itemsOf(get(method, 'MethodResponses')).flatMap((item): Declaration[] => {
    const status = valueOf(get(item.tree, 'StatusCode'), textOr);
    const there = both(present, item.present);
    const reference = get(item.tree, '$ref');
    if (!isNever(standsHere(reference))) return [{ at: reference.from.at, exists: verdictOf(there), status, header: undefined }];
    const prefix = PREFIXES['integration-response'];
    return [...entriesOf(get(item.tree, 'ResponseParameters'))].flatMap(([name, { key, value }]) => {
      const header = name.slice(prefix.length);
      const stands = both(there, standsHere(value));
      if (!name.toLowerCase().startsWith(prefix) || !isCorsHeader(header) || isNever(stands)) return [];
      return [{ at: key, exists: verdictOf(stands), status, header }];
    });
  });
}

const isStatus = (response: Tree, wanted: string): Value<boolean> =>
  valueOf(get(response, 'StatusCode'), (value) => textOr(value) === wanted);

const names = (response: Tree, header: string): Value<boolean> => {
  const parameters = get(response, 'ResponseParameters');
  const found = headerIn(parameters, PREFIXES['integration-response'], header);
  return perWorld([found], found.from, (arm) =>
    arm.kind === 'unknown' ? { kind: 'unknown', why: arm.why, from: arm.from } : known(isGiven(arm), arm.from),
  );
};

/** One gateway response, its properties as those of AWS::ApiGateway::GatewayResponse. */
export const gatewayResponse = (name: string, at: Location, properties: Tree, present: Value<boolean>): GatewayResponse => ({
  at,
  exists: verdictOf(present),
  name,
  type: valueOf(get(properties, 'ResponseType'), textOr),
  status: textOf(get(properties, 'StatusCode')),
  headers: headersOf(properties, 'gateway-response'),
  mappings: mappingsOf(properties, 'gateway-response', present, () => known(true, properties.from)),
});

/** The gateway responses of the template by the API (its `identity`) that they are for: of HTTP APIs too, where they have no effect (H16). */
export function gatewayResponses(
  template: Template,
): ReadonlyMap<string, { readonly arm: Arm; readonly responses: readonly GatewayResponse[] }> {
  const found = new Map<string, { arm: Arm; responses: GatewayResponse[] }>();
  for (const { id, key, present, properties } of template.ofType('AWS::ApiGateway::GatewayResponse')) {
    for (const owner of ownersIn(get(properties, 'RestApiId'))) {
      const group = found.get(owner.key) ?? { arm: owner.arm, responses: [] };
      group.responses.push(gatewayResponse(id, key, properties, both(present, owner.present)));
      found.set(owner.key, group);
    }
  }
  return found;
}

/** Whether a validator is named, and what it checks; one that is not in the template may check anything. */
export function validation(method: Tree, template: Template): { readonly body: Value<boolean>; readonly parameters: Value<boolean> } {
  const id = get(method, 'RequestValidatorId');
  const checks = (name: string): Value<boolean> =>
    perWorld([id], id.from, (arm) => {
      if (!isGiven(arm)) return known(false, arm.from);
      const validator = template.named(arm);
      if (validator?.type === 'AWS::ApiGateway::RequestValidator') return flag(get(validator.properties, name));
      return { kind: 'unknown', why: 'its request validator is defined elsewhere', from: arm.from };
    });
  return { body: checks('ValidateRequestBody'), parameters: checks('ValidateRequestParameters') };
}

/** A status as a number, where it is one. */
export function statusOf(response: Tree): Value<number | undefined> {
  return valueOf(get(response, 'StatusCode'), (value) => {
    const text = textOr(value);
    return text.length === 3 && text.split('').every((digit) => digit >= '0' && digit <= '9') ? Number(text) : undefined;
  });
}

/** 'ok' or 'error' by the first status that is known; undefined where none is. */
export function statusClass(status: Value<string>): 'ok' | 'error' | undefined {
  for (const leaf of leaves(status))
    if (leaf.kind === 'known' && leaf.value !== '') return leaf.value.startsWith('4') || leaf.value.startsWith('5') ? 'error' : 'ok';
  return undefined;
}
