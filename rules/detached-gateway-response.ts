import { shown } from '../src/model/names.ts';
import { defineRule } from '../src/rule.ts';
import { YES } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'detached-gateway-response',
    summary: 'A gateway response stands beside an OpenAPI document, which drops it when it is imported again.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
API Gateway imports the OpenAPI document of an API anew whenever it changes, and puts it in the place of all that was there: a gateway response
that is a resource of its own is gone from then on, while CloudFormation, for which nothing changed, does not put it back. Pages can read the
errors after the first deploy, and see bare network errors after a later one.
`,
    remedy: `
Write it into the document, as \`x-amazon-apigateway-gateway-responses\` at its root; in SAM as \`GatewayResponses\` of the API.
`,
    references: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.html',
      'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html',
    ],
  },
  messages: {
    dropped: {
      severity: 'warning',
      harm: 'broken',
      text: 'the gateway response {type} is lost as soon as the OpenAPI document of its API changes: the import replaces all that is there. Write it into the document (`x-amazon-apigateway-gateway-responses`), or in SAM under `GatewayResponses` of the API',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: { openapi: 3.0.1, info: { title: shop, version: '1' }, paths: { /items: { get: { x-amazon-apigateway-integration: { type: http_proxy, httpMethod: GET, uri: https://b.example.com } } } } }
  Errors: { Type: AWS::ApiGateway::GatewayResponse, Properties: { RestApiId: !Ref Api, ResponseType: DEFAULT_5XX } }
`,
      },
    ],
    good: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        openapi: 3.0.1
        info: { title: shop, version: '1' }
        paths: {}
        x-amazon-apigateway-gateway-responses: { DEFAULT_5XX: { responseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" } } }
`,
      },
    ],
  },
  check: {
    gatewayResponse: ({ at, detached, type }) =>
      detached ? [{ verdict: YES, messageId: 'dropped', data: { type: shown(type) }, at }] : [],
  },
});
