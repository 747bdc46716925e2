import type { Managed } from '../../model/api.ts';
import { get, listOf, mapKnown, textOf, type Tree } from '../../value/tree.ts';
import { known, type List, type Value } from '../../value/value.ts';
import type { AllowedOrigin } from '../../model/api.ts';
import { isOn } from './cache-policies.ts';
import { namesIn } from './handlers.ts';
import { constant, textOr, type Template } from './template.ts';
import { isNever, perWorld, standsHere, verdictOf } from './worlds.ts';

/** The CORS part of a response headers policy, and whether it beats what the API sends (O6). */
export interface ResponsePolicy {
  readonly cors: Managed | undefined;
  readonly overrides: Value<boolean>;
}

/** Of a policy that the template defines; undefined for one that it does not (the managed ones let the API win: O6). */
export function responsePolicy(id: Tree, template: Template): ResponsePolicy | undefined {
  const entity = namesIn(id)
    .map((name) => template.entities.get(name.id))
    .find((one) => one?.type === 'AWS::CloudFront::ResponseHeadersPolicy');
  if (!entity) return undefined;
  const block = get(entity.properties, 'ResponseHeadersPolicyConfig', 'CorsConfig');
  const present = standsHere(block);
  if (isNever(present)) return { cors: undefined, overrides: constant(false, entity.key) };
  const { at } = block.from;
  const list = (name: string): List<string> => listOf(get(block, name, 'Items'), textOr);
  const origins = list('AccessControlAllowOrigins');
  const cors: Managed = {
    at,
    exists: verdictOf(present),
    origins,
    headers: {
      origin: originOf(get(block, 'AccessControlAllowOrigins', 'Items')),
      credentials: mapKnown(isOn(get(block, 'AccessControlAllowCredentials')), (allowed) => (allowed ? 'true' : undefined)),
      methods: list('AccessControlAllowMethods'),
      headers: list('AccessControlAllowHeaders'),
      expose: list('AccessControlExposeHeaders'),
      maxAge: textOf(get(block, 'AccessControlMaxAgeSec')),
      vary: constant([], at),
    },
  };
  return { cors, overrides: isOn(get(block, 'OriginOverride')) };
}

/** Entries may have one `*` as their leftmost label (O5). */
const originOf = (items: Tree): Value<AllowedOrigin> =>
  perWorld([items], items.from, (list): Value<AllowedOrigin> => {
    if (list.kind !== 'list') return { kind: 'unknown', why: list.kind === 'unknown' ? list.why : 'it is no list', from: list.from };
    if (list.items.some((item) => item.kind === 'scalar' && item.value === '*')) return known({ kind: 'any' }, list.from);
    const open = list.items.find((item) => item.kind !== 'scalar');
    if (open) return { kind: 'unknown', why: open.kind === 'unknown' ? open.why : 'it hangs on a condition', from: open.from };
    const among = list.items.flatMap((item) =>
      item.kind === 'scalar'
        ? [{ match: 'regex' as const, text: known(String(item.value).replaceAll('.', '[.]').replace('*', '.+'), item.from) }]
        : [],
    );
    return known({ kind: 'echo', among, otherwise: known(undefined, list.from) }, list.from);
  });
