import type { Location } from '../../source/location.ts';
import { entriesOf, get, type Tree, type TreeEntry, type TreeMap } from '../../value/tree.ts';
import { list, scalar } from '../trees.ts';
import { readKeys, STOPS, type CorsPlace } from './cors-keys.ts';
import { sayDropped } from './cors.ts';
import type { Definition } from './definition.ts';
import { describe, emptyMap, filledIn, intrinsicOf, isGiven, isNoValue, referred, refused, truthy, withEntry } from './shape.ts';
import type { Sam } from './template.ts';

export const CORS = 'x-amazon-apigateway-cors';

/** As CloudFormation calls them, and as the document does. */
const NAMES = {
  AllowOrigins: 'allowOrigins',
  AllowHeaders: 'allowHeaders',
  AllowMethods: 'allowMethods',
  ExposeHeaders: 'exposeHeaders',
  MaxAge: 'maxAge',
  AllowCredentials: 'allowCredentials',
} as const;

const PLACE: CorsPlace = { name: '`CorsConfiguration` of an `AWS::Serverless::HttpApi`', keys: Object.keys(NAMES) };

/** `CorsConfiguration` of an HTTP API → `x-amazon-apigateway-cors` (http_api_generator.py _add_cors, sam.md §3). */
export function addHttpCors(body: Definition, cors: Tree, key: Location, sam: Sam): void {
  const from = filledIn(key);
  const before = body.get(CORS);
  const block = before.kind === 'map' ? before : emptyMap(from);
  if (cors.kind === 'unknown') return body.set(CORS, cors, key);
  // Only the origins are set, so most preflights get no grant (probe H01).
  if (cors.kind === 'scalar' && cors.value === true)
    return body.set(CORS, withEntry(block, 'allowOrigins', list([scalar('*', from)], from), key), key);
  if (intrinsicOf(cors) !== undefined) return body.set(CORS, wholeBlock(cors, block, sam), key);
  if (cors.kind !== 'map') return body.set(CORS, refusedBlock(cors, sam), key);
  const settings = readKeys(cors, PLACE, sam);
  const origins = get(settings, 'AllowOrigins');
  sayDropped(get(settings, 'AllowCredentials'), cors, '`CorsConfiguration`', sam);
  const name = intrinsicOf(origins);
  if (name !== undefined && !isParameter(origins, sam)) return body.set(CORS, destroyed(origins, settings, block, name, sam), key);
  body.set(CORS, { ...block, entries: new Map([...block.entries, ...settingsIn(settings)]), from: cors.from }, key);
}

/** What is false is left out; `MaxAge: 0` counts, and of `AllowCredentials` only the boolean (probes H04e, H32). */
function* settingsIn(settings: TreeMap): Iterable<readonly [string, TreeEntry]> {
  for (const [name, small] of Object.entries(NAMES)) {
    const entry = settings.entries.get(name);
    if (!entry) continue;
    const { value } = entry;
    const counts =
      name === 'MaxAge' ? isGiven(value) : name === 'AllowCredentials' ? value.kind === 'scalar' && value.value === true : truthy(value);
    if (counts) yield [small, entry];
  }
}

/** A function in the place of the block stands there with its keys renamed; a parameter cannot hold a block (probes H02, H03, H23). */
function wholeBlock(cors: Tree, block: TreeMap, sam: Sam): Tree {
  const standard = get(sam.template, 'Parameters', referred(cors) ?? '', 'Default');
  // The translator takes a default that is a boolean; whether the deploy hands it one is not known.
  if (isParameter(cors, sam) && standard.kind === 'scalar' && typeof standard.value === 'boolean')
    return { kind: 'unknown', why: 'a parameter decides whether there is CORS', from: cors.from };
  if (isParameter(cors, sam)) return refusedBlock(cors, sam);
  const named = renamed(cors);
  if (block.entries.size === 0) return named;
  sam.say({
    kind: 'refused',
    fatal: true,
    at: cors.from.at,
    text: `\`CorsConfiguration\` is ${describe(cors)}, and the \`DefinitionBody\` has \`${CORS}\` besides: SAM lays the one beside the other's keys, and CloudFormation refuses that. Keep one of the two.`,
  });
  return { ...block, entries: new Map([...block.entries, ...entriesOf(named)]) };
}

/**
 * A function as the whole of `AllowOrigins` takes the place of the whole block: SAM takes it for one that stands for all of
 * `CorsConfiguration` (probes H20, H21; SAM#1515).
 */
function destroyed(origins: Tree, settings: TreeMap, block: TreeMap, name: string, { say }: Sam): Tree {
  const others = [...settings.entries.keys()].filter((one) => one !== 'AllowOrigins').map((one) => `\`${one}\``);
  say({
    kind: 'inert',
    at: entriesOf(settings).get('AllowOrigins')?.key ?? origins.from.at,
    text: `\`AllowOrigins\` is ${name === 'Ref' ? describe(origins) : `an \`${name}\``} here, and SAM writes a function that stands for the whole list in the place of the whole CORS block${others.length > 0 ? `: ${others.join(', ')} are lost with it` : ''}. Put functions into the list, like \`- !If [IsProd, https://app.example.com, https://dev.example.com]\`, or make the whole \`CorsConfiguration\` an \`Fn::If\` between two maps.`,
  });
  return block.entries.size > 0 ? refused(origins.from) : renamed(origins);
}

/** `!Ref` of a parameter, whose value takes its place before SAM looks. */
const isParameter = (tree: Tree, { template }: Sam): boolean => {
  if (intrinsicOf(tree) !== 'Ref' || isNoValue(tree)) return false;
  const name = referred(tree) ?? '';
  return name.startsWith('AWS::') || entriesOf(get(template, 'Parameters')).has(name);
};

/** Every `AllowOrigins` in it, be it a key or not, becomes `allowOrigins`: SAM replaces text (open_api.py add_cors). */
function renamed(tree: Tree): Tree {
  if (tree.kind === 'list') return { ...tree, items: tree.items.map(renamed) };
  if (tree.kind === 'scalar' && typeof tree.value === 'string') return { ...tree, value: small(tree.value) };
  if (tree.kind !== 'map') return tree;
  return { ...tree, entries: new Map([...tree.entries].map(([name, { key, value }]) => [small(name), { key, value: renamed(value) }])) };
}

const small = (text: string): string => Object.entries(NAMES).reduce((rest, [name, other]) => rest.replaceAll(name, other), text);

/** A text, a list, a parameter (probes H01c, H01d, H02, H02b). */
function refusedBlock(cors: Tree, { say }: Sam): Tree {
  say({
    kind: 'wrong-shape',
    at: cors.from.at,
    name: 'CorsConfiguration',
    written: describe(cors),
    wanted: '`true` or a map of settings',
    effect: STOPS,
  });
  return refused(cors.from);
}
