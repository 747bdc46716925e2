import { nearest } from '../../value/nearest.ts';
import { entriesOf, get, mapTree, type Tree, type TreeEntry } from '../../value/tree.ts';
import { list } from '../trees.ts';
import { httpScheme } from './authorizers.ts';
import { STOPS } from './cors-keys.ts';
import type { Definition } from './definition.ts';
import { sayNone } from './event-auth.ts';
import type { ApiEvent } from './events.ts';
import { sayFunction, sayUndefined } from './rest-auth.ts';
import { iamScheme, needing, requirement } from './security.ts';
import { describe, filledIn, intrinsicOf, isNoValue, truthy, withEntry } from './shape.ts';
import type { Sam, SamResource } from './template.ts';

const KEYS = ['Authorizers', 'DefaultAuthorizer', 'EnableIamAuthorizer'];

const schemesOf = (auth: Tree): ReadonlyMap<string, TreeEntry> => entriesOf(get(auth, 'Authorizers'));

const isIamEnabled = (auth: Tree): boolean => {
  const flag = get(auth, 'EnableIamAuthorizer');
  return flag.kind === 'scalar' && flag.value === true;
};

/**
 * `Auth` of an HTTP API: the default authorizer secures every route that says nothing itself but for OPTIONS, so an ANY route and
 * `$default` too (open_api.py set_path_default_authorizer; probes H11, H31).
 */
export function addHttpAuth(body: Definition, { properties }: SamResource, sam: Sam): void {
  const auth = get(properties, 'Auth');
  if (!truthy(auth)) return;
  if (intrinsicOf(auth) !== undefined) return sayFunction(auth, sam);
  sayKeys(auth, sam);
  if (isIamEnabled(auth)) addScheme(body, 'AWS_IAM', iamScheme(filledIn(auth.from.at)));
  for (const [name, entry] of schemesOf(auth)) addScheme(body, name, httpScheme(entry));
  const standard = get(auth, 'DefaultAuthorizer');
  if (!truthy(standard) || isNoValue(standard)) return;
  const wanted = requirementOf(standard, auth, sam);
  for (const path of body.paths.keys())
    body.editMethods(path, (definition, name) =>
      name === 'options' || truthy(get(definition, 'security'))
        ? definition
        : withEntry(definition, 'security', list([wanted], wanted.from)),
    );
}

/** `Auth` of one event; without an authorizer it means the default one (push.py HttpApi._add_auth_to_openapi_integration). */
export function addHttpEventAuth(body: Definition, { path, method, properties }: ApiEvent, api: SamResource, sam: Sam): void {
  const own = get(properties, 'Auth');
  if (!truthy(own)) return;
  const auth = get(api.properties, 'Auth');
  const authorizer = truthy(get(own, 'Authorizer')) ? get(own, 'Authorizer') : get(auth, 'DefaultAuthorizer');
  if (!truthy(authorizer)) return;
  if (authorizer.kind === 'scalar' && authorizer.value === 'NONE' && !truthy(get(auth, 'DefaultAuthorizer'))) sayNone(authorizer, sam.say);
  const wanted = requirementOf(authorizer, auth, sam);
  body.editMethod(path, method, (definition) => needing(definition, wanted));
}

/** Parameters stay as they are in an HTTP API's `Auth`, so what is no text is refused; who is let through is not known then. */
function requirementOf(authorizer: Tree, auth: Tree, sam: Sam): Tree {
  const from = filledIn(authorizer.from.at);
  return mapTree(authorizer, (arm) => {
    if (arm.kind !== 'scalar') {
      sayNoName(arm, sam);
      return { kind: 'unknown', why: 'it is not the name of an authorizer', from: arm.from };
    }
    const name = String(arm.value);
    const isKnown = name === 'NONE' || schemesOf(auth).has(name) || (name === 'AWS_IAM' && isIamEnabled(auth));
    if (!isKnown) sayUndefined(name, authorizer.from.at, sam.say);
    return requirement(name, from);
  });
}

function sayNoName(tree: Tree, { say }: Sam): void {
  const name = intrinsicOf(tree);
  if (name === undefined) return;
  say({
    kind: 'wrong-shape',
    at: tree.from.at,
    name: 'Authorizer',
    written: describe(tree),
    wanted: 'the name of an authorizer as plain text',
    effect: STOPS,
  });
}

function addScheme(body: Definition, name: string, scheme: Tree): void {
  const components = body.get('components');
  const schemes = get(components, 'securitySchemes');
  const from = scheme.from;
  const all = withEntry(schemes.kind === 'map' ? schemes : { kind: 'map', entries: new Map(), from }, name, scheme);
  body.setIn('components', 'securitySchemes', all);
}

function sayKeys(auth: Tree, { say }: Sam): void {
  for (const [name, { key: at }] of entriesOf(auth)) {
    if (KEYS.includes(name)) continue;
    const meant = nearest(name, KEYS);
    say({
      kind: 'property',
      at,
      name,
      place: '`Auth` of an `AWS::Serverless::HttpApi`',
      ...(meant !== undefined && { meant }),
      effect: STOPS,
    });
  }
}
