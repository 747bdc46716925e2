import type { Named } from '../../model/deployment.ts';
import { referencesIn } from '../cloudformation/references.ts';
import type { Location } from '../../source/location.ts';
import { entriesOf, get, type Tree, type TreeEntry } from '../../value/tree.ts';
import { ref } from '../trees.ts';
import { documentOf, isHidden, type SamApi } from './apis.ts';
import { addCors } from './cors.ts';
import { STOPS } from './cors-keys.ts';
import { isVersion3, type Definition } from './definition.ts';
import { addDomain, typesOf } from './domain.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { addRestAuth } from './rest-auth.ts';
import { describe, filledIn, isGiven, keyOf, truthy, writtenText } from './shape.ts';
import type { Sam } from './template.ts';

/** An `AWS::Serverless::Api` → the RestApi with its document, its Deployment, its Stage (api_generator.py _construct_rest_api). */
export function compileRest(api: SamApi, sam: Sam): void {
  const { resource, definition } = api;
  const { id, key, properties, condition } = resource;
  // In this order: so the preflights are there when `Auth` comes to secure what is there.
  addCorsBlock(api, sam);
  if (definition) addRestAuth(definition, resource, sam);
  const responses = entriesOf(properties).get('GatewayResponses');
  if (responses && truthy(responses.value)) addResponses(api, responses, sam);
  const types = get(properties, 'BinaryMediaTypes');
  if (definition && truthy(types)) definition.set('x-amazon-apigateway-binary-media-types', unescaped(types));
  if (definition) inOpenApi3(definition, get(properties, 'OpenApiVersion'), sam);
  const uri = get(properties, 'DefinitionUri');
  const body = documentOf(api);
  const endpoints = get(properties, 'EndpointConfiguration');
  const passed = { condition, dependsOn: get(resource.tree, 'DependsOn') };
  sam.output.add(
    id,
    'AWS::ApiGateway::RestApi',
    key,
    {
      ...(truthy(uri) ? { BodyS3Location: uri } : { Body: isGiven(body) ? body : undefined }),
      BinaryMediaTypes: isGiven(types) ? types : undefined,
      EndpointConfiguration: truthy(endpoints) ? typesOf(endpoints) : undefined,
      ...passedThrough(properties, ['Policy', 'ApiKeySourceType', 'Mode']),
    },
    passed,
  );
  addStage(api, sam);
}

/** A snapshot that gets another id whenever the document changes, and the stage that serves it (model/apigateway.py make_auto_deployable). */
function addStage({ resource }: SamApi, sam: Sam): void {
  const { id, key, properties, condition } = resource;
  const from = filledIn(key);
  const [deployment, stage] = [`${id}Deployment`, `${id}Stage`];
  const always = truthy(get(properties, 'AlwaysDeploy'));
  sam.output.deployments.set(deployment, always ? 'always' : 'content');
  sam.output.parameters.set(deployment, always ? [] : parametersOf(properties, sam));
  sam.output.add(deployment, 'AWS::ApiGateway::Deployment', key, { RestApiId: ref(id, from) }, { condition });
  sam.output.add(
    stage,
    'AWS::ApiGateway::Stage',
    key,
    {
      RestApiId: ref(id, from),
      DeploymentId: ref(deployment, from),
      ...passedThrough(properties, ['StageName', 'CacheClusterEnabled', 'CacheClusterSize', 'MethodSettings']),
    },
    { condition },
  );
  addDomain(resource, false, ref(stage, from), sam);
}

/** `!Ref Origin` and `${Origin}` in what sets CORS: the hash is of the text, before any value stands in its place (probes D04 to D07). */
function parametersOf(properties: Tree, { template }: Sam): readonly Named[] {
  const parameters = entriesOf(get(template, 'Parameters'));
  const found = ['Cors', 'GatewayResponses'].flatMap((name) => referencesIn(get(properties, name)));
  const named = found.flatMap(({ reference: { id, attribute }, at }) =>
    attribute === undefined && parameters.has(id) ? [{ name: id, at }] : [],
  );
  return [...new Map(named.map((one) => [one.name, one])).values()];
}

const passedThrough = (properties: Tree, names: readonly string[]): Readonly<Record<string, Tree>> =>
  Object.fromEntries(names.map((name) => [name, get(properties, name)] as const).filter(([, value]) => truthy(value)));

function addCorsBlock(api: SamApi, sam: Sam): void {
  const { resource, definition } = api;
  const entry = entriesOf(resource.properties).get('Cors');
  if (!entry) return;
  const { key, value } = entry;
  // `Cors: false` is refused by its type before anyone asks whether it is true (probe R03b); '' and {} are no CORS (R03c, R03d).
  if (!truthy(value) && value.kind !== 'list' && !(value.kind === 'scalar' && typeof value.value === 'boolean')) return;
  if (definition) return isHidden(api) ? undefined : addCors(definition, value, key, sam);
  sayNoDocument(api, key, 'Cors', sam);
}

function addResponses(api: SamApi, { key, value }: TreeEntry, sam: Sam): void {
  if (api.definition) return isHidden(api) ? undefined : addGatewayResponses(api.definition, value, sam);
  sayNoDocument(api, key, 'GatewayResponses', sam);
}

/** SAM edits what stands in the template alone (probes P10, P11, P23, P24, G05); what a transform puts there is there by then. */
function sayNoDocument(api: SamApi, at: Location, name: string, { say, output }: Sam): void {
  if (isHidden(api)) return;
  const { properties, id } = api.resource;
  output.refused.add(id);
  const uri = keyOf(properties, 'DefinitionUri');
  say({
    kind: 'inert',
    at,
    text: uri
      ? `\`${name}\` goes into an API's document, and SAM does not open the file that \`DefinitionUri\` names. ${STOPS} Write the document under \`DefinitionBody\` (\`Fn::Transform: AWS::Include\` reads a file there), or write what \`${name}\` says into the file itself.`
      : `\`${name}\` goes into an API's document, and SAM does not take ${whatIsWrong(get(properties, 'DefinitionBody'))}. ${STOPS}`,
  });
}

function whatIsWrong(body: Tree): string {
  if (body.kind !== 'map') return `${describe(body)} for one`;
  if (get(body, 'paths').kind !== 'map') return 'a `DefinitionBody` without `paths` for one';
  return isGiven(get(body, 'openapi'))
    ? `the version \`${writtenText(get(body, 'openapi'))}\` for OpenAPI 3: it has to be like 3.0 or 3.0.1, each number of one digit`
    : 'a `DefinitionBody` that says neither `swagger: "2.0"` nor `openapi: 3.0.1` for one';
}

/** '*~1*' is written for '*\/*' in a document. */
const unescaped = (tree: Tree): Tree => {
  if (tree.kind === 'list') return { ...tree, items: tree.items.map(unescaped) };
  return tree.kind === 'scalar' && typeof tree.value === 'string' ? { ...tree, value: tree.value.replaceAll('~1', '/') } : tree;
};

/** In OpenAPI 3 security schemes stand elsewhere: they take the place of what stands there (api_generator.py _openapi_postprocess). */
function inOpenApi3(body: Definition, version: Tree, sam: Sam): void {
  if (isGiven(body.get('swagger')) || !isVersion3(isGiven(version) ? version : body.get('openapi'))) return;
  for (const { value } of body.paths.values()) sayAnswers(get(value, 'options', 'responses'), sam);
  const schemes = body.get('securityDefinitions');
  if (!truthy(schemes)) return;
  body.setIn('components', 'securitySchemes', schemes);
  body.remove('securityDefinitions');
}

/** SAM rewrites the headers of a preflight's answer, and stops where they are none. */
function sayAnswers(responses: Tree, { say }: Sam): void {
  const headers = get(responses, '200', 'headers');
  for (const [name, tree] of [
    ['responses', responses],
    ['headers', headers],
  ] as const) {
    if (!truthy(tree) || tree.kind === 'map' || tree.kind === 'unknown') continue;
    say({ kind: 'wrong-shape', at: tree.from.at, name, written: describe(tree), wanted: 'a map', effect: STOPS });
  }
}
