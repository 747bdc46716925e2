import { get, type TreeMap } from '../../value/tree.ts';
import { map, scalar } from '../trees.ts';
import type { SamApi } from './apis.ts';
import { ANY, Definition, INTEGRATION, isOpenApi, methodName, skeleton } from './definition.ts';
import { STOPS } from './cors-keys.ts';
import { addEventAuth } from './event-auth.ts';
import type { ApiEvent } from './events.ts';
import { addHttpEventAuth } from './http-auth.ts';
import { invocationOf } from './functions.ts';
import { addRequestChecks } from './request-checks.ts';
import { conditional, emptyMap, filledIn, sub, truthy, withEntry } from './shape.ts';
import { STATE_MACHINE, type Sam } from './template.ts';

/** What an event writes into the document of its REST API (model/eventsources/push.py Api, model/stepfunctions/events.py Api). */
export function addRestEvent(event: ApiEvent, api: SamApi, sam: Sam): void {
  const { definition, resource, isManaged } = api;
  const isMachine = event.owner.type === STATE_MACHINE;
  const isMerged = !isMachine && truthy(get(resource.properties, 'MergeDefinitions'));
  const auth = get(event.properties, 'Auth');
  if (definition && isMerged) mergeEvent(definition, event, api, sam);
  else if (definition && isManaged) writeEvent(definition, event, api, sam);
  else if (definition) sayLeftOut(definition, event, api, sam);
  if (definition && !isMachine && truthy(get(auth, 'OverrideApiAuth'))) addEventAuth(definition, event, resource, sam);
}

function writeEvent(definition: Definition, event: ApiEvent, { resource }: SamApi, sam: Sam): void {
  if (definition.hasIntegration(event.path, event.method)) return sayTwice(event, sam);
  const isMachine = event.owner.type === STATE_MACHINE;
  integrate(definition, event, isMachine ? stateMachine(event) : lambda(event, 'aws', sam), isMachine ? ['200', '400'] : []);
  addEventAuth(definition, event, resource, sam);
  if (!isMachine) addRequestChecks(definition, event);
}

/**
 * `MergeDefinitions`: the method is made in a document of its own and laid over what the user wrote, under the method's name as
 * the event has it, so `any` stays `any` (probe P08b).
 */
function mergeEvent(definition: Definition, event: ApiEvent, api: SamApi, sam: Sam): void {
  const made = new Definition(skeleton({ swagger: '2.0' }, event.key));
  writeEvent(made, event, api, sam);
  const name = event.method.toLowerCase();
  const method = get(made.paths.get(event.path)?.value ?? emptyMap(filledIn(event.key)), methodName(name));
  definition.editPath(event.path, event.pathAt, (item) => {
    const before = get(item, name);
    const entries = new Map([...(before.kind === 'map' ? before.entries : []), ...(method.kind === 'map' ? method.entries : [])]);
    return withEntry(item, name, { kind: 'map', entries, from: method.from }, event.key);
  });
}

/** HTTP APIs take a route also beside a document of the user's own, where it has no integration yet (probe H14). */
export function addHttpEvent(event: ApiEvent, { definition, resource, isManaged }: SamApi, sam: Sam): void {
  if (!definition || !isOpenApi(definition.tree)) return sayNoOpenApi(event, resource.type, sam);
  const isThere = definition.hasIntegration(event.path, event.method);
  if (isManaged && isThere) return sayTwice(event, sam);
  if (!isThere) integrate(definition, event, lambda(event, '${AWS::Partition}', sam), []);
  addHttpEventAuth(definition, event, resource, sam);
}

/** The method and its integration; under the condition of the function, of which nothing is there where it does not hold. */
function integrate(definition: Definition, event: ApiEvent, integration: TreeMap, statuses: readonly string[]): void {
  const { path, pathAt, key, owner } = event;
  const name = methodName(event.method);
  const from = filledIn(key);
  definition.addPath(path, name, pathAt, key);
  definition.editPath(path, pathAt, (item) => {
    const before = get(item, name);
    const method = withEntry(before.kind === 'map' ? before : emptyMap(from), INTEGRATION, integration);
    const answers = map(Object.fromEntries(statuses.map((status) => [status, map({ description: scalar(status, from) }, from)])), from);
    const whole = method.entries.has('responses') ? method : withEntry(method, 'responses', answers);
    return withEntry(item, name, owner.condition === undefined ? whole : conditional(owner.condition, whole, from), key);
  });
}

function lambda({ owner, key }: ApiEvent, partition: string, sam: Sam): TreeMap {
  const from = filledIn(key);
  const uri = invocationOf(owner, partition, sam);
  return map(
    {
      type: scalar('aws_proxy', from),
      httpMethod: scalar('POST', from),
      uri: owner.condition === undefined ? uri : conditional(owner.condition, uri, from),
    },
    from,
  );
}

/** Not a proxy, and its answers have no headers: there is no place for CORS on them, ever (probe P14). */
function stateMachine({ key, owner }: ApiEvent): TreeMap {
  const from = filledIn(key);
  const answers = ['200', '400'].map((status) => [status, map({ statusCode: scalar(status, from) }, from)] as const);
  const template = `{"input": "$util.escapeJavaScript($input.json('$'))", "stateMachineArn": "\${${owner.id}}"}`;
  return map(
    {
      type: scalar('aws', from),
      httpMethod: scalar('POST', from),
      uri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution', from),
      responses: map(Object.fromEntries(answers), from),
      requestTemplates: map({ 'application/json': sub(template, from) }, from),
    },
    from,
  );
}

const verb = (method: string): string => (method === ANY ? 'ANY' : method.toUpperCase());

function sayTwice({ key, method, path }: ApiEvent, { say }: Sam): void {
  say({ kind: 'refused', fatal: true, at: key, text: `Another event has ${verb(method)} ${path} of this API already. ${STOPS}` });
}

/** A document of the user's own is left as it is (probe P07): the event only lets the API call the function. */
function sayLeftOut(definition: Definition, event: ApiEvent, { resource }: SamApi, { say }: Sam): void {
  const { path, method, key } = event;
  if (!truthy(get(resource.properties, 'Cors')) || definition.has(path, method) || definition.has(path, 'any')) return;
  if (definition.paths.has('Fn::Transform')) return;
  say({
    kind: 'inert',
    at: key,
    text: `The \`DefinitionBody\` of \`${resource.id}\` has no ${verb(method)} ${path}, and SAM adds no paths to a \`DefinitionBody\`, so this event makes neither the method nor its CORS. Write the path into the \`DefinitionBody\`, or set \`MergeDefinitions: true\` on the API.`,
  });
}

/** Probe H15b. A document that cannot be seen is no fault. */
function sayNoOpenApi({ properties, key }: ApiEvent, type: string, { say }: Sam): void {
  if (type !== 'AWS::Serverless::Api') return;
  const id = get(properties, 'ApiId');
  say({
    kind: 'refused',
    fatal: true,
    at: id.kind === 'absent' ? key : id.from.at,
    text: `An \`HttpApi\` event needs an \`AWS::Serverless::HttpApi\`, and this is an \`AWS::Serverless::Api\`. ${STOPS}`,
  });
}
