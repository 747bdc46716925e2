import type { Location } from '../../../source/location.ts';
import { entriesOf, get, valueOf, type Tree } from '../../../value/tree.ts';
import type { Provenance } from '../../../value/value.ts';
import { isCorsHeader } from '../../cloudformation/responses.ts';
import { overChoices } from '../choices.ts';
import { DEPLOYMENT_ID, functionId, methodId, resourceId, REST_API_ID } from '../naming.ts';
import { asText, getAtt, list, map, ref, scalar } from '../../trees.ts';
import { filledIn, isGiven, truthy } from '../shape.ts';
import { coerceBoolean } from '../cors-block.ts';
import { authorization } from './authorizer.ts';
import { corsOf, mergeCors, type CorsConfig } from './cors-config.ts';
import { sayDisagreements } from './disagreement.ts';
import { httpEvents, type HttpEvent } from './http-events.ts';
import { integrationType, requestOf, responses } from './integration.ts';
import { preflightProperties, unknownPreflight } from './preflight.ts';
import { doubtful, resource, type Template } from './template.ts';

const VALIDATOR_ID = 'ApiGatewayRequestValidator';

/** The REST API of a service's `http` events (lib/plugins/aws/package/compile/events/api-gateway). */
export function compileRest(template: Template): void {
  const events = httpEvents(template.service, template.say);
  const [first] = events;
  if (!first) return;
  const api = compileApi(template, first.at);
  const paths = compileResources(template, events, api);
  const methods: string[] = [];
  for (const [path, resourceRef] of paths) {
    const withCors = events.filter((event) => event.path === path && truthy(event.cors) !== false);
    const [one] = withCors;
    if (!one) continue;
    sayDisagreements(path, withCors, template.say);
    sayInert(path, withCors, events, template.say);
    const id = methodId(path, 'options');
    methods.push(id);
    template.put(
      id,
      one.corsAt,
      overChoices(
        withCors.map(({ cors }) => cors),
        (configs) => preflight(withCors, configs, { ResourceId: resourceRef, RestApiId: api.id }),
      ),
    );
  }
  for (const event of events) {
    const id = methodId(event.path, asText(event.method) ?? 'unknown');
    methods.push(id);
    template.put(
      id,
      event.at,
      overChoices([event.tree, event.cors], ([tree, cors]) =>
        method(template, where(event, tree ?? event.tree, cors ?? event.cors), api, paths.get(event.path)),
      ),
    );
  }
  template.add(DEPLOYMENT_ID, 'AWS::ApiGateway::Deployment', first.at, { RestApiId: api.id }, methods);
}

/** An event as it is where choices have fallen. */
const where = (event: HttpEvent, tree: Tree, cors: Tree): HttpEvent =>
  tree === event.tree && cors === event.cors ? event : { ...event, tree, cors };

/** An OPTIONS event of the path takes the place of the generated preflight (merge-016, 018, 019, auth-013). */
function sayInert(path: string, withCors: readonly HttpEvent[], events: readonly HttpEvent[], say: Template['say']): void {
  const options = events.find((event) => event.path === path && asText(event.method) === 'OPTIONS');
  if (!options) return;
  for (const { corsAt } of withCors) {
    say({
      kind: 'inert',
      at: corsAt,
      text: `The event \`OPTIONS /${path}\` takes the place of the preflight that this \`cors\` would make, so browsers meet what that event answers, and none of these settings. Remove the OPTIONS event, or let it answer with the CORS headers and remove \`cors\`.`,
    });
  }
}

/** The API that methods are put on: the service's own, or one that is given by id. */
interface RestApi {
  readonly id: Tree;
  readonly root: Tree;
  /** Resources of an API given by id, by path without slashes around it. */
  readonly given: ReadonlyMap<string, Tree>;
}

function compileApi(template: Template, at: Location): RestApi {
  const { provider } = template.service;
  const settings = get(provider, 'apiGateway');
  const from = filledIn(at);
  const id = get(settings, 'restApiId');
  // An empty id is none.
  if (isGiven(id) && asText(id) !== '') {
    const root = get(settings, 'restApiRootResourceId');
    if (!isGiven(root))
      template.say({
        kind: 'refused',
        fatal: true,
        at: id.from.at,
        text: 'With `restApiId` the Serverless Framework also wants `restApiRootResourceId`; without it, it stops here and nothing is deployed.',
      });
    return { id, root, given: givenResources(get(settings, 'restApiResources')) };
  }
  const keySource = get(settings, 'apiKeySourceType');
  const statements = get(settings, 'resourcePolicy');
  template.add(REST_API_ID, 'AWS::ApiGateway::RestApi', at, {
    EndpointConfiguration: map({ Types: list([upper(get(provider, 'endpointType'), scalar('EDGE', from))], from) }, from),
    BinaryMediaTypes: isGiven(get(settings, 'binaryMediaTypes')) ? get(settings, 'binaryMediaTypes') : undefined,
    ApiKeySourceType: isGiven(keySource) ? upper(keySource, keySource) : undefined,
    Policy: isGiven(statements)
      ? map({ Version: scalar('2012-10-17', from), Statement: policyStatements(statements) }, from)
      : scalar('', from),
  });
  return { id: ref(REST_API_ID, from), root: getAtt(REST_API_ID, 'RootResourceId', from), given: new Map() };
}

/** As ajv's coercion leaves them: actions a list, a list of one resource that resource (prov-005). */
function policyStatements(tree: Tree): Tree {
  if (tree.kind !== 'list') return tree;
  return {
    ...tree,
    items: tree.items.map((statement) => {
      if (statement.kind !== 'map') return statement;
      return {
        ...statement,
        entries: new Map(
          [...statement.entries].map(([name, { key, value }]) => {
            const [only] = value.kind === 'list' && value.items.length === 1 ? value.items : [];
            if (name === 'Action' && value.kind === 'scalar') return [name, { key, value: list([value], value.from) }] as const;
            return [name, { key, value: name === 'Resource' && only ? only : value }] as const;
          }),
        ),
      };
    }),
  };
}

const upper = (tree: Tree, standard: Tree): Tree =>
  tree.kind === 'scalar' && tree.value !== null ? { ...tree, value: String(tree.value).toUpperCase() } : isGiven(tree) ? tree : standard;

function givenResources(tree: Tree): ReadonlyMap<string, Tree> {
  const trimmed = (path: string): string => path.replace(/^\//, '').replace(/\/$/, '');
  const listed =
    tree.kind === 'list'
      ? tree.items.map((item) => [asText(get(item, 'path')) ?? '', get(item, 'resourceId')] as const)
      : [...entriesOf(tree)].map(([path, { value }]) => [path, value] as const);
  return new Map(listed.map(([path, id]) => [trimmed(path), id]));
}

/** A resource for each path and each path above it; the id to refer to it by, for each path that has an event. */
function compileResources(template: Template, events: readonly HttpEvent[], api: RestApi): ReadonlyMap<string, Tree> {
  const known = new Map<string, Tree>([['', api.root], ...api.given]);
  for (const { segments, at } of events) {
    let parent = api.root;
    for (const { path, part } of segments) {
      const given = known.get(path);
      if (!given) {
        const id = resourceId(path);
        template.add(id, 'AWS::ApiGateway::Resource', at, { ParentId: parent, PathPart: part, RestApiId: api.id });
        known.set(path, ref(id, filledIn(at)));
      }
      parent = known.get(path) ?? parent;
    }
  }
  return new Map(events.map(({ path }) => [path, known.get(path) ?? api.root]));
}

/** The generated OPTIONS method of one path, of all its events with CORS. */
function preflight(events: readonly HttpEvent[], cors: readonly Tree[], place: Readonly<Record<string, Tree>>): Tree {
  const from = filledIn(events[0]?.corsAt ?? { file: { path: '', text: '' }, path: [], start: 0, end: 0 });
  const configs = events.flatMap((event, i) => configOf(event, cors[i] ?? event.cors) ?? []);
  const unknown = cors.find((one) => one.kind === 'unknown');
  if (configs.length === 0 && !unknown) return { kind: 'absent', from };
  const merged = mergeCors(configs);
  if (unknown?.kind !== 'unknown' && merged)
    return resource('AWS::ApiGateway::Method', { ...preflightProperties(merged, from), ...place }, from);
  const why = unknown?.kind === 'unknown' ? unknown.why : 'it is not known';
  const options = resource('AWS::ApiGateway::Method', { ...unknownPreflight(why, from), ...place }, from);
  return configs.length > 0 ? options : doubtful(options, why);
}

const configOf = (event: HttpEvent, cors: Tree): CorsConfig | undefined =>
  truthy(cors) ? corsOf(cors, event.method, filledIn(event.corsAt)) : undefined;

function method(template: Template, event: HttpEvent, api: RestApi, resourceRef: Tree | undefined): Tree {
  const from = filledIn(event.at);
  const auth = authorization(get(event.tree, 'authorizer'), {
    restApiId: api.id,
    functions: template.service.functions,
    from,
    say: template.say,
  });
  if (auth.resource)
    template.add(auth.resource.id, 'AWS::ApiGateway::Authorizer', get(event.tree, 'authorizer').from.at, auth.resource.properties);
  const key = coerceBoolean(get(event.tree, 'private'));
  const validates = entriesOf(get(event.tree, 'request', 'schemas')).size > 0 || isGiven(get(event.tree, 'request', 'schema'));
  if (validates)
    template.add(VALIDATOR_ID, 'AWS::ApiGateway::RequestValidator', event.at, {
      RestApiId: api.id,
      ValidateRequestBody: scalar(true, from),
      ValidateRequestParameters: scalar(true, from),
    });
  return resource(
    'AWS::ApiGateway::Method',
    {
      HttpMethod: event.method,
      ResourceId: resourceRef,
      RestApiId: api.id,
      ApiKeyRequired: key.kind === 'unknown' ? key : scalar(truthy(key) === true, isGiven(key) ? key.from : from),
      RequestParameters: requestParameters(get(event.tree, 'request', 'parameters', 'headers'), from),
      RequestValidatorId: validates ? ref(VALIDATOR_ID, from) : undefined,
      ...auth.method,
      ...integration(template, event, from),
    },
    from,
  );
}

function requestParameters(headers: Tree, from: Provenance): Tree {
  const required = [...entriesOf(headers)].map(
    ([name, { value }]) =>
      [
        `method.request.header.${name}`,
        value.kind === 'map' ? (isGiven(get(value, 'required')) ? get(value, 'required') : scalar(true, value.from)) : value,
      ] as const,
  );
  return map(Object.fromEntries(required), from);
}

function integration(template: Template, event: HttpEvent, from: Provenance): Readonly<Record<string, Tree>> {
  const type = integrationType(event.tree);
  const given = get(event.tree, 'integration');
  if (type === undefined)
    return {
      Integration: map(
        { Type: { kind: 'unknown', why: given.kind === 'unknown' ? given.why : 'it is not known', from: given.from } },
        from,
      ),
    };
  const common = { Type: scalar(type, isGiven(given) ? given.from : from), Uri: getAtt(functionId(event.fn), 'Arn', from) };
  if (type !== 'AWS' && type !== 'HTTP' && type !== 'MOCK') {
    if (type.endsWith('_PROXY')) sayLostResponse(template, get(event.tree, 'response'));
    return { Integration: map(common, from), MethodResponses: list([], from) };
  }
  sayCrash(template, event, type);
  const written = responses(event.tree, type, configOf(event, event.cors), from);
  const { passthrough, templates } = requestOf(event.tree, type, from);
  return {
    Integration: map(
      { ...common, IntegrationResponses: written.integration, PassthroughBehavior: passthrough, RequestTemplates: templates },
      from,
    ),
    MethodResponses: written.method,
  };
}

/** The framework warns, and takes `response` off a proxy (integ-012). */
function sayLostResponse(template: Template, response: Tree): void {
  const statuses = [...entriesOf(get(response, 'statusCodes')).values()].map(({ value }) => value);
  const set = [response, ...statuses].flatMap((one) => [...entriesOf(get(one, 'headers'))]).filter(([name]) => isCorsHeader(name));
  const [first, second] = set;
  if (!first) return;
  const [name, { key, value }] = first;
  template.say({
    kind: 'inert',
    at: key,
    by: 'proxy',
    text: `The framework takes \`response\` off a proxy integration, so ${second ? 'what is set' : `\`${name}\``} here reaches no browser. Send it from the code behind it.`,
    ...(!second && { header: { name, value: valueOf(value, (text) => String(text ?? '')) } }),
  });
}

/** What the framework stops at with a bare TypeError (integ-006, integ-014). */
function sayCrash(template: Template, event: HttpEvent, type: string): void {
  const response = get(event.tree, 'response');
  if (type === 'HTTP' && !isGiven(response) && response.kind !== 'unknown') {
    template.say({
      kind: 'refused',
      fatal: true,
      at: get(event.tree, 'integration').from.at,
      text: 'An `http` integration needs a `response` block, or the Serverless Framework crashes here and nothing is deployed. `response: {}` is enough.',
    });
  }
  if (type === 'MOCK' && response.kind === 'map' && !isGiven(get(response, 'statusCodes'))) {
    template.say({
      kind: 'refused',
      fatal: true,
      at: response.from.at,
      text: 'The `response` of a `mock` integration needs `statusCodes`, or the Serverless Framework crashes here and nothing is deployed.',
    });
  }
}
