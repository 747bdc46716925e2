import type { Location } from '../../source/location.ts';
import { nearest } from '../../value/nearest.ts';
import { entriesOf, get, type Tree, type TreeEntry, type TreeMap } from '../../value/tree.ts';
import { map, scalar } from '../trees.ts';
import { STOPS } from './cors-keys.ts';
import type { Definition } from './definition.ts';
import { describe, emptyMap, filledIn, intrinsicOf, isGiven, pythonText, refused } from './shape.ts';
import type { Sam } from './template.ts';

const KEYS = ['ResponseParameters', 'ResponseTemplates', 'StatusCode'];

/** Where a parameter of a response goes, by what SAM calls it. */
const PLACES = { Headers: 'header', Paths: 'path', QueryStrings: 'querystring' } as const;

/**
 * `GatewayResponses` of a REST API: each takes the place of the document's own of that type, headers and all (probe G07). Values
 * go through as they are written, without quotes put around them (probe G01; model/apigateway.py ApiGatewayResponse).
 */
export function addGatewayResponses(body: Definition, responses: Tree, sam: Sam): void {
  if (intrinsicOf(responses) !== undefined) {
    saySays(responses, 'a map from a type, like DEFAULT_4XX, to a response', 'GatewayResponses', sam);
    return;
  }
  for (const [type, { key, value }] of entriesOf(responses)) {
    if (value.kind !== 'map' || intrinsicOf(value) !== undefined) {
      if (value.kind !== 'unknown') saySays(value, 'a map with `ResponseParameters`; no function may stand here', type, sam);
      continue;
    }
    sayKeys(value, KEYS, `the gateway response \`${type}\``, sam);
    sayStatus(get(value, 'StatusCode'), sam);
    body.setIn('x-amazon-apigateway-gateway-responses', type, response(value, key, sam), key);
  }
}

function response(tree: TreeMap, key: Location, sam: Sam): TreeMap {
  const from = filledIn(key);
  const status = get(tree, 'StatusCode');
  const text = pythonText(status);
  return map(
    {
      responseParameters: parametersIn(get(tree, 'ResponseParameters'), key, sam),
      responseTemplates: isGiven(get(tree, 'ResponseTemplates')) ? get(tree, 'ResponseTemplates') : emptyMap(from),
      statusCode: text === undefined ? (isGiven(status) ? status : undefined) : scalar(text, status.from),
    },
    from,
  );
}

/** `Headers: { X: … }` → `gatewayresponse.header.X`, one that says so already included (probe G08). */
function parametersIn(parameters: Tree, key: Location, sam: Sam): Tree {
  if (parameters.kind === 'unknown' || intrinsicOf(parameters) !== undefined) return parameters;
  if (parameters.kind !== 'map' && isGiven(parameters)) saySays(parameters, 'a map with `Headers`', 'ResponseParameters', sam);
  sayKeys(parameters, Object.keys(PLACES), '`ResponseParameters`', sam);
  const entries = Object.entries(PLACES).flatMap(([name, place]) => {
    const values = get(parameters, name);
    if (isGiven(values) && (values.kind !== 'map' || intrinsicOf(values) !== undefined))
      saySays(values, 'a map from a name to a value', name, sam);
    return [...entriesOf(values)].map(([header, entry]) => [`gatewayresponse.${place}.${header}`, entry] as const);
  });
  // What stands one level too high was meant to be sent: no rule shall miss it as well.
  const meant = [...entriesOf(parameters)].filter(([name]) => HEADER.test(name));
  const refusals = meant.map(([name, { key: at, value }]) => [name, { key: at, value: refused(value.from) }] as const);
  return {
    kind: 'map',
    entries: new Map<string, TreeEntry>([...entries, ...refusals]),
    from: isGiven(parameters) ? parameters.from : filledIn(key),
  };
}

const HEADER = /^gatewayresponse\.header\.(.+)$/;

/** A wrong type: SAM has no name for what stands here (probes G04, X10). */
function saySays(tree: Tree, wanted: string, name: string, { say }: Sam): void {
  say({ kind: 'wrong-shape', at: tree.from.at, name, written: describe(tree), wanted, effect: STOPS });
}

/** `gatewayresponse.header.X` in the place of `Headers` (probe G03) among them. */
function sayKeys(tree: Tree, keys: readonly string[], place: string, { say }: Sam): void {
  for (const [name, { key: at }] of entriesOf(tree)) {
    if (keys.includes(name)) continue;
    const header = HEADER.exec(name)?.[1];
    const meant = nearest(name, keys);
    say({
      kind: 'property',
      at,
      name,
      place,
      ...(header !== undefined ? { belongs: `\`Headers\`, as \`${header}\`` } : meant !== undefined && { meant }),
      effect: STOPS,
    });
  }
}

function sayStatus(status: Tree, { say }: Sam): void {
  const text = pythonText(status);
  if (text === undefined || text === '' || /^\d{1,3}$/.test(text)) return;
  say({ kind: 'wrong-shape', at: status.from.at, name: 'StatusCode', written: describe(status), wanted: 'a number', effect: STOPS });
}
