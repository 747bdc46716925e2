import { entriesOf, get, type Tree } from '../../value/tree.ts';
import { pathsOf } from './document.ts';
import { integrationIn } from './operation.ts';

/** What only the import of a REST API reads. */
const OF_REST = [
  'x-amazon-apigateway-gateway-responses',
  'x-amazon-apigateway-binary-media-types',
  'x-amazon-apigateway-request-validators',
  'x-amazon-apigateway-request-validator',
  'x-amazon-apigateway-policy',
  'x-amazon-apigateway-api-key-source',
  'x-amazon-apigateway-endpoint-configuration',
];

/** What becomes of a document of its own: its integrations and extensions are those of one kind of API. A REST API where nothing tells. */
export function kindOf(document: Tree): 'rest' | 'http' {
  const root = entriesOf(document);
  if (OF_REST.some((name) => root.has(name)) || root.has('swagger')) return 'rest';
  if (root.has('x-amazon-apigateway-cors') || root.has('x-amazon-apigateway-importexport-version')) return 'http';
  const integrations = pathsOf(document).flatMap(({ operations }) => operations.map(({ tree }) => integrationIn(tree, document)));
  // Every integration of an HTTP API says it.
  if (integrations.some((integration) => get(integration, 'payloadFormatVersion').kind !== 'absent')) return 'http';
  return pathsOf(document).some(({ path }) => path.endsWith('$default')) ? 'http' : 'rest';
}
