import type { Location } from '../../source/location.ts';
import { entriesOf, get, type Tree, type TreeMap } from '../../value/tree.ts';
import type { Provenance } from '../../value/value.ts';
import { asText, map, scalar } from '../trees.ts';
import { readKeys, STOPS, type CorsPlace } from './cors-keys.ts';
import { INTEGRATION, type Definition } from './definition.ts';
import { contentsOf, describe, filledIn, intrinsicOf, isGiven, refused, truthy, withEntry } from './shape.ts';
import type { Sam } from './template.ts';

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const WILDCARD = "'*'";

const PLACE: CorsPlace = {
  name: '`Cors` of an `AWS::Serverless::Api`',
  keys: ['AllowMethods', 'AllowHeaders', 'AllowOrigin', 'MaxAge', 'AllowCredentials'],
  elsewhere: { ExposeHeaders: "the function's own answers: for a REST API, SAM has no such setting" },
};

/** `Cors` of a REST API, as far as SAM reads it. */
interface Settings {
  readonly key: Location;
  readonly origin: Tree;
  readonly headers: Tree;
  readonly methods: Tree;
  readonly maxAge: Tree;
  readonly credentials: Tree;
}

/**
 * `Cors`: an OPTIONS method on each path that has none (api_generator.py _add_cors, sam.md §1). Values go through as they
 * are written, unquoted ones included: SAM puts quotes around the methods that it lists by itself, and around `true`.
 */
export function addCors(body: Definition, cors: Tree, key: Location, sam: Sam): void {
  const settings = readCors(cors, key, sam);
  const done = new Set<string>();
  for (const [path, { key: at, value }] of body.paths) {
    // Paths that differ by the slash at the end alone are one to API Gateway, and get one OPTIONS (probe P01).
    const normal = path === '/' ? path : withoutSlash(path);
    if (done.has(normal)) continue;
    done.add(normal);
    if (contentsOf(value).some((item) => item.kind !== 'map')) sayNoMap(path, value, sam);
    addOptions(body, path, at, settings);
  }
}

function withoutSlash(path: string): string {
  let end = path.length;
  while (path.charAt(end - 1) === '/') end--;
  return path.slice(0, end);
}

/** Of a path under `Fn::If`, the methods of the first branch are listed for the other one too (probe P09). */
function addOptions(body: Definition, path: string, at: Location, settings: Settings): void {
  let { methods } = settings;
  body.editPath(path, at, (item) => {
    // Present with any value, null included, it is left alone (S9; probes P04, P29).
    if (item.entries.has('options')) return item;
    if (!truthy(methods)) methods = scalar(`'${methodsOf(item)}'`, filledIn(settings.key));
    return withEntry(item, 'options', optionsOf({ ...settings, methods }), settings.key);
  });
}

/** Every key of the path item counts as a method: `parameters` becomes PARAMETERS (probe P05). */
function methodsOf(item: TreeMap): string {
  const names = [...item.entries.keys()];
  const all = names.includes('x-amazon-apigateway-any-method') ? METHODS : [...names, 'options'].map((name) => name.toUpperCase());
  return [...new Set(all)].toSorted().join(',');
}

/** The generated method: a mock that answers 200, without contentHandling and Vary (swagger.py _options_method_response_for_cors). */
function optionsOf(settings: Settings): TreeMap {
  const from = filledIn(settings.key);
  const sent = headersOf(settings);
  const json = (text: string): TreeMap => map({ 'application/json': scalar(text, from) }, from);
  const answer = map(
    { statusCode: scalar('200', from), responseParameters: parameters(sent, from), responseTemplates: json('{}\n') },
    from,
  );
  const integration = map(
    { type: scalar('mock', from), requestTemplates: json('{\n  "statusCode" : 200\n}\n'), responses: map({ default: answer }, from) },
    from,
  );
  const declared = sent.map(([name]) => [name, map({ type: scalar(name.endsWith('Age') ? 'integer' : 'string', from) }, from)] as const);
  const response = map(
    { description: scalar('Default response for CORS method', from), headers: map(Object.fromEntries(declared), from) },
    from,
  );
  return map({ summary: scalar('CORS support', from), [INTEGRATION]: integration, responses: map({ '200': response }, from) }, from);
}

/** What the mock sends, in SAM's order. */
function headersOf({ origin, headers, methods, maxAge, credentials }: Settings): readonly (readonly [string, Tree])[] {
  const isTrue = credentials.kind === 'scalar' && credentials.value === true;
  const sent = {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Headers': truthy(headers) ? headers : undefined,
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Max-Age': isGiven(maxAge) ? maxAge : undefined,
    'Access-Control-Allow-Credentials': isTrue ? scalar("'true'", credentials.from) : undefined,
  };
  return Object.entries(sent).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

/** Each under the place where its value is written. */
const parameters = (given: readonly (readonly [string, Tree])[], from: Provenance): TreeMap => ({
  kind: 'map',
  from,
  entries: new Map(given.map(([name, value]) => [`method.response.header.${name}`, { key: value.from.at, value }])),
});

function readCors(cors: Tree, key: Location, sam: Sam): Settings {
  const from = filledIn(key);
  const none: Tree = { kind: 'absent', from };
  const settings: Settings = { key, origin: cors, headers: none, methods: none, maxAge: none, credentials: none };
  if (cors.kind === 'unknown') return settings;
  if (intrinsicOf(cors) !== undefined) {
    sayMaps(cors, sam);
    return settings;
  }
  if (cors.kind === 'scalar' && typeof cors.value === 'string') return settings;
  if (cors.kind !== 'map') return { ...settings, origin: refusedBlock(cors, sam) };
  const block = readKeys(cors, PLACE, sam);
  const [origin, credentials] = [get(block, 'AllowOrigin'), get(block, 'AllowCredentials')];
  sayDropped(credentials, cors, '`Cors` of a REST API', sam);
  return {
    key,
    origin: origin.kind === 'absent' ? scalar(WILDCARD, from) : truthy(origin) ? origin : refusedOrigin(origin, sam),
    headers: get(block, 'AllowHeaders'),
    methods: get(block, 'AllowMethods'),
    maxAge: get(block, 'MaxAge'),
    credentials,
  };
}

/** `Cors: true`, `Cors: false`, a list (S13; probes R03, R03b, R03e). */
function refusedBlock(cors: Tree, { say }: Sam): Tree {
  say({
    kind: 'wrong-shape',
    at: cors.from.at,
    name: 'Cors',
    written: describe(cors),
    wanted: 'the allowed origin as text, or a map of settings',
    effect: STOPS,
  });
  return refused(cors.from);
}

function refusedOrigin(origin: Tree, { say }: Sam): Tree {
  say({
    kind: 'wrong-shape',
    at: origin.from.at,
    name: 'AllowOrigin',
    written: describe(origin),
    wanted: `an origin in single quotes inside the text, like "'https://app.example.com'"`,
    effect: STOPS,
  });
  return refused(origin.from);
}

/** A function as the whole block stands for the origin alone, whatever it turns out to be (probe R15). */
function sayMaps(cors: Tree, { say }: Sam): void {
  if (intrinsicOf(cors) !== 'Fn::If' || !contentsOf(cors).some((branch) => branch.kind === 'map' && intrinsicOf(branch) === undefined))
    return;
  say({
    kind: 'wrong-shape',
    at: cors.from.at,
    name: 'Cors',
    written: 'an `Fn::If` between maps',
    wanted: 'the allowed origin as text, or a map of settings whose values may be functions',
    effect: 'SAM writes the whole map as the value of Access-Control-Allow-Origin, so none of its settings has an effect.',
  });
}

/** Only the boolean counts: "true" and a parameter are left out without a word (S4; probes R07, R07b, H04e, H32). */
export function sayDropped(credentials: Tree, block: Tree, place: string, { say }: Sam): void {
  if (!truthy(credentials) || credentials.kind === 'unknown' || (credentials.kind === 'scalar' && credentials.value === true)) return;
  if (/^'?(?:false|no|off)'?$/i.test(asText(credentials) ?? '')) return;
  say({
    kind: 'wrong-shape',
    at: entriesOf(block).get('AllowCredentials')?.value.from.at ?? credentials.from.at,
    name: 'AllowCredentials',
    written: describe(credentials),
    wanted: '`true` without quotes, in the template itself',
    effect: `SAM drops everything else from ${place} without a word, so browsers hide the answers to calls with credentials.`,
  });
}

function sayNoMap(path: string, item: Tree, { say }: Sam): void {
  say({ kind: 'refused', fatal: true, at: item.from.at, text: `The path "${path}" is no map of methods. ${STOPS}` });
}
