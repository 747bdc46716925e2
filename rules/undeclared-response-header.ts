import type { Answer, Declaration, Mapping, Preflight } from '../src/model/api.ts';
import { defineRule } from '../src/rule.ts';
import { all, any, not, test } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'undeclared-response-header',
    summary: 'A header is mapped in an integration response, and the method response does not declare it.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
API Gateway sends a header of an integration response only if the method response of the same status names it. Where it does not, the deploy
fails ("Invalid mapping expression specified … No method response exists for method" or "… parameter specified"). The other way round, a header
that is declared and never mapped is not sent at all.
`,
    remedy: `
Name each header under \`MethodResponses\` → \`ResponseParameters\` for that status, like
\`method.response.header.Access-Control-Allow-Origin: true\`. In an OpenAPI document write the response out: \`$ref\` is not followed.
`,
    references: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html',
    ],
  },
  messages: {
    undeclared: {
      severity: 'error',
      harm: 'broken',
      text: 'the deploy fails with "Invalid mapping expression specified": {owner} maps `{header}`, and its method response of that status does not declare it. Add `method.response.header.{header}: true` there',
    },
    reference: {
      severity: 'error',
      harm: 'broken',
      text: 'the response of {subjects} is declared by `$ref`, which API Gateway does not follow: the headers that it names are lost. Write the response out here',
    },
    unmapped: {
      severity: 'warning',
      harm: 'broken',
      text: '`{header}` of {subjects} is declared and never sent: no integration response of that status maps it. Map it, or remove the declaration',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop } }
  Options:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      MethodResponses: [{ StatusCode: 200, ResponseParameters: {  } }]
      Integration:
        Type: MOCK
        RequestTemplates: { application/json: '{"statusCode": 200}' }
        IntegrationResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } }]
`,
      },
    ],
    good: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop } }
  Options:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      MethodResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: true } }]
      Integration:
        Type: MOCK
        RequestTemplates: { application/json: '{"statusCode": 200}' }
        IntegrationResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } }]
`,
      },
    ],
  },
  check: {
    // False says that it is not required, and is a declaration like any other (R10).
    mapping: ({ place, declared, header, key }, { owner }) =>
      place === 'integration-response'
        ? [{ verdict: not(test(declared, Boolean)), messageId: 'undeclared', data: { header, owner }, at: key }]
        : [],
    preflight: ({ declares = [], mappings }) => judged(declares, mappings),
    endpoint: ({ success, handlerError }) =>
      [...new Set([success, handlerError])].flatMap((answer) => judged(answer.declares ?? [], mappingsOf(answer))),
  },
});

const mappingsOf = ({ responses }: Answer): readonly Mapping[] => responses.flatMap(({ mappings }) => mappings);

const judged = (declares: readonly Declaration[], mappings: Preflight['mappings']) =>
  declares.map(({ at, exists, header }) => {
    if (header === undefined) return { verdict: exists, messageId: 'reference' as const, at };
    // Some response of the method sends it: which of them is for which status is the other message's.
    const isMapped = any(...mappings.filter((one) => isNamed(one, header)).map((one) => one.exists));
    return { verdict: all(exists, not(isMapped)), messageId: 'unmapped' as const, data: { header }, at };
  });

const isNamed = ({ header }: Mapping, wanted: string): boolean => header.toLowerCase() === wanted.toLowerCase();
