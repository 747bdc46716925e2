import type { Location } from '../../source/location.ts';
import { entriesOf, get, type Tree } from '../../value/tree.ts';
import type { Value } from '../../value/value.ts';
import type { IgnoredProperty } from '../../model/written.ts';
import { childrenOf } from '../cloudformation/parameters.ts';
import { unknownKeys } from '../cloudformation/misplaced.ts';
import { isNever, standing, standsHere, both, verdictOf } from '../cloudformation/worlds.ts';

const CORS = 'x-amazon-apigateway-cors';
const RESPONSES = 'x-amazon-apigateway-gateway-responses';

const CORS_KEYS = ['allowCredentials', 'allowHeaders', 'allowMethods', 'allowOrigins', 'exposeHeaders', 'maxAge'];

/** Extensions that have to do with CORS and stand where API Gateway does not read them (R45, R46, H15). */
export function misplacedIn(document: Tree, target: 'rest' | 'http', present: Value<boolean>): readonly IgnoredProperty[] {
  const below = [...belowRoot(document)].map(({ name, key }): IgnoredProperty => ({
    kind: 'property',
    at: key,
    exists: verdictOf(present),
    name,
    place: 'an inner level of an OpenAPI document',
    belongs: 'the root, beside `paths`',
    effect: name === CORS ? 'As it stands the API gets no CORS from it.' : 'As it stands no gateway response is made of it.',
  }));
  return [...below, ...(target === 'rest' ? corsOfRest(document, present) : corsOfHttp(document, present))];
}

/** The extension is for HTTP APIs alone (R46). */
function corsOfRest(document: Tree, present: Value<boolean>): readonly IgnoredProperty[] {
  const entry = entriesOf(document).get(CORS);
  const there = entry && both(present, standsHere(entry.value));
  if (!entry || !there || isNever(there)) return [];
  const effect = 'API Gateway reads it for HTTP APIs alone, so browsers get no CORS header from it.';
  const belongs = 'the document of an HTTP API; in that of a REST API each path needs an `options` operation with a mock integration';
  return [{ kind: 'property', at: entry.key, exists: verdictOf(there), name: CORS, place: 'the document of a REST API', belongs, effect }];
}

/** Its keys begin in lower case, unlike those of `CorsConfiguration` (H15). */
function corsOfHttp(document: Tree, present: Value<boolean>): readonly IgnoredProperty[] {
  const block = get(document, CORS);
  return unknownKeys(standing(block), both(present, standsHere(block)), CORS_KEYS, `\`${CORS}\``, 'API Gateway does not read it.');
}

/** Every place of the two below the root; each node is looked at once, so aliases cannot make it long. */
function* belowRoot(document: Tree): Iterable<{ readonly name: string; readonly key: Location }> {
  const seen = new Set<Tree>([document]);
  const stack = [...entriesOf(document)].flatMap(([name, { value }]) => (name === CORS || name === RESPONSES ? [] : [value]));
  for (let tree = stack.pop(); tree; tree = stack.pop()) {
    if (seen.has(tree)) continue;
    seen.add(tree);
    if (tree.kind === 'map')
      for (const name of [CORS, RESPONSES]) {
        const entry = tree.entries.get(name);
        if (entry) yield { name, key: entry.key };
      }
    stack.push(...childrenOf(tree));
  }
}
