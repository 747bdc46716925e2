import type { Location } from '../../source/location.ts';
import { nearest } from '../../value/nearest.ts';
import { entriesOf, get, mapTree, type Tree } from '../../value/tree.ts';
import { asText } from '../trees.ts';
import { restScheme } from './authorizers.ts';
import { STOPS } from './cors-keys.ts';
import type { Definition } from './definition.ts';
import { addPolicy, addStatements } from './policy.ts';
import { apiKeyScheme, iamScheme, requirement, startsWithIam, withApiKey, withDefault } from './security.ts';
import { describe, filledIn, intrinsicOf, refused, truthy } from './shape.ts';
import type { Sam, SamResource } from './template.ts';

const KEYS = [
  'Authorizers',
  'DefaultAuthorizer',
  'InvokeRole',
  'AddDefaultAuthorizerToCorsPreflight',
  'AddApiKeyRequiredToCorsPreflight',
  'ApiKeyRequired',
  'ResourcePolicy',
  'UsagePlan',
];

/**
 * `Auth` of a REST API (api_generator.py _add_auth, sam.md §2). It comes after `Cors`, so the generated OPTIONS methods are
 * there already, and are secured like all others unless a flag that is true by default is set to something false (S6, S7).
 */
export function addRestAuth(body: Definition, api: SamResource, sam: Sam): void {
  const auth = get(api.properties, 'Auth');
  if (!truthy(auth)) return;
  if (intrinsicOf(auth) !== undefined) return sayFunction(auth, sam);
  sayKeys(auth, sam);
  addAuthorizers(body, auth, sam);
  const needsKey = get(auth, 'ApiKeyRequired');
  if (truthy(needsKey)) {
    const from = filledIn(needsKey.from.at);
    addScheme(body, 'api_key', apiKeyScheme(from));
    const onPreflight = flag(auth, 'AddApiKeyRequiredToCorsPreflight');
    for (const path of body.paths.keys())
      body.editMethods(path, (definition, name) => withApiKey(definition, name !== 'options' || onPreflight, from));
  }
  const policy = get(auth, 'ResourcePolicy');
  if (!truthy(policy)) return;
  for (const path of body.paths.keys()) addPolicy(body, policy, path, get(api.properties, 'StageName'), sam);
  addStatements(body, policy);
}

/** Missing is true; what is there counts by Python: null is off, "false" and every function are on (probes A03, X6, X7). */
const flag = (auth: Tree, name: string): boolean => !entriesOf(auth).has(name) || truthy(get(auth, name));

/** A scheme that is there already stays as the user wrote it. */
export function addScheme(body: Definition, name: string, scheme: Tree): void {
  if (get(body.get('securityDefinitions'), name).kind === 'absent') body.setIn('securityDefinitions', name, scheme);
}

function addAuthorizers(body: Definition, auth: Tree, sam: Sam): void {
  const [given, standard] = [get(auth, 'Authorizers'), get(auth, 'DefaultAuthorizer')];
  const isIam = asText(standard) === 'AWS_IAM';
  const from = filledIn(standard.from.at);
  if (isIam) body.setIn('securityDefinitions', 'AWS_IAM', iamScheme(from));
  // A default without any authorizer is no default: the API is open (probe A07).
  if (!isIam && !truthy(given)) return;
  for (const [name, entry] of entriesOf(given)) body.setIn('securityDefinitions', name, restScheme(entry), entry.key);
  if (!truthy(standard)) return;
  const names = new Set(['AWS_IAM', ...entriesOf(given).keys()]);
  const security = defaultOf(standard, names, sam);
  const onPreflight = flag(auth, 'AddDefaultAuthorizerToCorsPreflight');
  let needsIam = false;
  for (const path of body.paths.keys())
    body.editMethods(path, (definition, name) => {
      if (name === 'options' && !onPreflight) return definition;
      const made = withDefault(definition, names, security);
      needsIam ||= startsWithIam(made);
      return made;
    });
  if (needsIam) addScheme(body, 'AWS_IAM', iamScheme(from));
}

/** The requirement that the default authorizer is: a parameter may name one or another. */
function defaultOf(standard: Tree, names: ReadonlySet<string>, { given, say }: Sam): Tree {
  return mapTree(given(standard), (arm) => {
    if (arm.kind === 'unknown') return arm;
    if (arm.kind !== 'scalar') {
      say({
        kind: 'wrong-shape',
        at: standard.from.at,
        name: 'DefaultAuthorizer',
        written: describe(standard),
        wanted: 'the name of an authorizer as plain text',
        effect: STOPS,
      });
      return refused(standard.from);
    }
    const name = String(arm.value);
    if (names.has(name)) return requirement(name, filledIn(standard.from.at));
    sayUndefined(name, standard.from.at, say);
    return refused(standard.from);
  });
}

export function sayUndefined(name: string, at: Location, say: Sam['say']): void {
  say({
    kind: 'unresolved',
    at,
    written: name,
    missing: 'resource',
    text: `there is no authorizer \`${name}\` under \`Auth.Authorizers\` of the API`,
  });
}

/** Misspelt flags of the preflight among them (probe A17). */
function sayKeys(auth: Tree, { say }: Sam): void {
  for (const [name, { key: at }] of entriesOf(auth)) {
    if (KEYS.includes(name)) continue;
    const meant = nearest(name, KEYS);
    say({ kind: 'property', at, name, place: '`Auth` of an `AWS::Serverless::Api`', ...(meant !== undefined && { meant }), effect: STOPS });
  }
}

/** SAM looks for its settings in the map that holds the function, and finds none that it knows (probe X5). */
export function sayFunction(auth: Tree, { say }: Sam): void {
  say({
    kind: 'wrong-shape',
    at: auth.from.at,
    name: 'Auth',
    written: describe(auth),
    wanted: 'a map, whose values may be functions',
    effect: STOPS,
  });
}
