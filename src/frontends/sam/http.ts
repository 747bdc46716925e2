import type { Location } from '../../source/location.ts';
import { entriesOf, get, type Tree } from '../../value/tree.ts';
import { ref, scalar } from '../trees.ts';
import { documentOf, isHidden, type SamApi } from './apis.ts';
import { STOPS } from './cors-keys.ts';
import { isOpenApi, type Definition } from './definition.ts';
import { addDomain } from './domain.ts';
import { addHttpAuth } from './http-auth.ts';
import { addHttpCors } from './http-cors.ts';
import { filledIn, isGiven, keyOf, truthy } from './shape.ts';
import type { Sam } from './template.ts';

const DEFAULT = '$default';

/** An `AWS::Serverless::HttpApi` → the Api with its document; its stage deploys by itself (http_api_generator.py). */
export function compileHttp(api: SamApi, sam: Sam): void {
  const { resource, definition } = api;
  const { id, key, properties, condition } = resource;
  const cors = entriesOf(properties).get('CorsConfiguration');
  if (cors && (truthy(cors.value) || cors.value.kind === 'list')) addCorsBlock(api, cors.key, cors.value, sam);
  if (definition && isOpenApi(definition.tree)) addHttpAuth(definition, resource, sam);
  if (definition && truthy(get(properties, 'FailOnWarnings'))) renameDefault(definition);
  const uri = get(properties, 'DefinitionUri');
  const body = documentOf(api);
  const passed = { condition, dependsOn: get(resource.tree, 'DependsOn') };
  sam.output.add(
    id,
    'AWS::ApiGatewayV2::Api',
    key,
    truthy(uri) ? { BodyS3Location: uri } : { Body: isGiven(body) ? body : undefined },
    passed,
  );
  const from = filledIn(key);
  const stage = get(properties, 'StageName');
  const name = truthy(stage) ? stage : scalar(DEFAULT, from);
  sam.output.add(
    `${id}Stage`,
    'AWS::ApiGatewayV2::Stage',
    key,
    { ApiId: ref(id, from), StageName: name, AutoDeploy: scalar(true, from) },
    { condition },
  );
  addDomain(resource, true, ref(`${id}Stage`, from), sam);
}

/** So that the import does not warn of a path without a slash (SAM#2297). */
function renameDefault({ paths }: Definition): void {
  const entry = paths.get(DEFAULT);
  if (!entry) return;
  paths.delete(DEFAULT);
  paths.set(`/${DEFAULT}`, entry);
}

/** Probes H08, H09, H13. */
function addCorsBlock(api: SamApi, key: Location, cors: Tree, sam: Sam): void {
  const { definition, resource } = api;
  if (definition && isOpenApi(definition.tree)) return addHttpCors(definition, cors, key, sam);
  if (isHidden(api)) return;
  sam.output.refused.add(resource.id);
  sam.say({
    kind: 'inert',
    at: key,
    text: keyOf(resource.properties, 'DefinitionUri')
      ? `\`CorsConfiguration\` goes into an API's document, and SAM does not open the file that \`DefinitionUri\` names. ${STOPS} Write the document under \`DefinitionBody\`, or write \`x-amazon-apigateway-cors\` into the file itself.`
      : `\`CorsConfiguration\` goes into an API's document, and SAM takes none here for OpenAPI 3: it needs a map \`paths\` and \`openapi: 3.0.1\`. ${STOPS}`,
  });
}
