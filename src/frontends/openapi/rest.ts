import type { GatewayResponse, Resource } from '../../model/api.ts';
import { entriesOf, get, listOf, type Tree } from '../../value/tree.ts';
import { known, type Value } from '../../value/value.ts';
import { resourceOf } from '../cloudformation/methods.ts';
import { gatewayResponse } from '../cloudformation/responses.ts';
import { keySourceOf } from '../cloudformation/rest.ts';
import { textOr } from '../cloudformation/template.ts';
import { both, isNever, standing, standsHere } from '../cloudformation/worlds.ts';
import type { BodyContext, RestBody } from './body.ts';
import { isSeen, mapOf, pathsOf, renamed, said, securitySchemes } from './document.ts';
import { methodProperties } from './operation.ts';
import { authorizersIn, validatorsIn } from './security.ts';

/** A document, its intrinsic functions worked out, as the REST API that API Gateway makes of it. */
export function liftRestBody(body: Tree, context: BodyContext): RestBody {
  return {
    resources: resourcesIn(body, context),
    gatewayResponses: gatewayResponsesIn(body, context.present),
    binaryMediaTypes: listOf(get(body, 'x-amazon-apigateway-binary-media-types'), textOr),
    keySource: keySourceOf(get(body, 'x-amazon-apigateway-api-key-source')),
    policy: get(body, 'x-amazon-apigateway-policy'),
    problems: [],
    ignored: [],
    whole: isSeen(body),
  };
}

function resourcesIn(body: Tree, { template, present, names }: BodyContext): readonly Resource[] {
  const inner = template.with([...authorizersIn(securitySchemes(body), 'AWS::ApiGateway::Authorizer'), ...validatorsIn(body)]);
  return pathsOf(body).map(({ path, at, tree, operations }) => {
    const methods = operations.map((operation) => ({
      names,
      at: operation.at,
      properties: methodProperties(operation, tree, body),
      present: both(present, operation.present),
    }));
    return resourceOf(known(path, { kind: 'literal', at }), at, methods, inner);
  });
}

const RESPONSE = { statusCode: 'StatusCode', responseParameters: 'ResponseParameters', responseTemplates: 'ResponseTemplates' };

/** The gateway responses at the root of the document, by type (R45). */
const gatewayResponsesIn = (body: Tree, present: Value<boolean>): readonly GatewayResponse[] =>
  [...entriesOf(get(body, 'x-amazon-apigateway-gateway-responses'))].flatMap(([type, { key, value }]) => {
    const there = both(present, standsHere(value));
    if (isNever(there)) return [];
    const response = renamed(standing(value), RESPONSE);
    const entries = response.kind === 'map' ? Object.fromEntries([...response.entries].map(([name, entry]) => [name, entry.value])) : {};
    const properties = mapOf(value.from, { ...entries, ResponseType: said(type, { kind: 'literal', at: key }) });
    return [gatewayResponse(type, key, properties, there)];
  });
