import { entriesOf, get, mapTree, type Tree } from '../../value/tree.ts';
import { STOPS } from './cors-keys.ts';
import type { Definition } from './definition.ts';
import type { ApiEvent } from './events.ts';
import { addPolicy, addStatements } from './policy.ts';
import { addScheme, sayUndefined } from './rest-auth.ts';
import { apiKeyScheme, iamScheme, needing, requirement, startsWithIam } from './security.ts';
import { filledIn, isGiven, truthy } from './shape.ts';
import { scalar } from '../trees.ts';
import { STATE_MACHINE, type Sam, type SamResource } from './template.ts';

/** `Auth` of one event of a REST API: it touches that method alone, never the preflight (push.py add_auth_to_swagger; probes A10, A14). */
export function addEventAuth(definition: Definition, event: ApiEvent, api: SamResource, sam: Sam): void {
  const auth = get(event.properties, 'Auth');
  if (!truthy(auth)) return;
  const { path, method } = event;
  const authorizer = get(auth, 'Authorizer');
  if (truthy(authorizer)) {
    const wanted = requirementOf(authorizer, get(api.properties, 'Auth'), sam);
    let isIam = false;
    definition.editMethod(path, method, (one) => {
      const made = needing(one, wanted);
      isIam ||= startsWithIam(made);
      return made;
    });
    if (isIam) addScheme(definition, 'AWS_IAM', iamScheme(filledIn(authorizer.from.at)));
  }
  addEventKey(definition, event, get(auth, 'ApiKeyRequired'));
  const policy = get(auth, 'ResourcePolicy');
  if (!truthy(policy)) return;
  const stage = get(api.properties, 'StageName');
  // Of a state machine SAM leaves the stage out; one that is a function is called "Stage" here (push.py resources_to_link_for_rest_api).
  const name =
    event.owner.type === STATE_MACHINE ? scalar(null, stage.from) : stage.kind === 'scalar' ? stage : scalar('Stage', stage.from);
  addPolicy(definition, policy, path, name, sam);
  addStatements(definition, policy);
}

/** False is a mark that keeps the API's own key away, and stays in the document where the API has none (probe A19). */
function addEventKey(definition: Definition, { path, method }: ApiEvent, key: Tree): void {
  if (!isGiven(key)) return;
  const from = filledIn(key.from.at);
  if (truthy(key)) addScheme(definition, 'api_key', apiKeyScheme(from));
  definition.editMethod(path, method, (one) => needing(one, requirement(truthy(key) ? 'api_key' : 'api_key_false', from)));
}

/** The authorizer that an event names, which has to be one of its API. */
function requirementOf(authorizer: Tree, auth: Tree, { given, say }: Sam): Tree {
  const known = entriesOf(get(auth, 'Authorizers'));
  return mapTree(given(authorizer), (arm) => {
    if (arm.kind !== 'scalar') return arm.kind === 'unknown' ? arm : { kind: 'unknown', why: 'a function names it', from: arm.from };
    const name = String(arm.value);
    if (name === 'NONE' && !truthy(get(auth, 'DefaultAuthorizer'))) sayNone(authorizer, say);
    else if (name !== 'NONE' && name !== 'AWS_IAM' && !known.has(name)) sayUndefined(name, authorizer.from.at, say);
    return requirement(name, filledIn(authorizer.from.at));
  });
}

export function sayNone(authorizer: Tree, say: Sam['say']): void {
  say({
    kind: 'refused',
    fatal: true,
    at: authorizer.from.at,
    text: `\`Authorizer: NONE\` takes the default authorizer away, and the API has no \`DefaultAuthorizer\`. ${STOPS}`,
  });
}
