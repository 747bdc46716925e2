import type { Response } from '../src/model/api.ts';
import { likeliest } from '../src/model/asking.ts';
import { listed, shown } from '../src/model/names.ts';
import { isAnswered, isForPages, mappedResponsesOf, originIs } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { filledInBy } from '../src/value/value.ts';
import { all, any, is, not, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'missing-integration-response-cors',
    summary: 'An answer that API Gateway writes lacks Access-Control-Allow-Origin.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Where an integration is no proxy, API Gateway writes the answers itself, one integration response for each status, and each of them has to carry
the header: what the one for 200 sends, the one for 404 does not. Pages can read the answers that have it, and see a bare network error for the
others, so the bug shows only when something goes wrong.
`,
    remedy: `
Map \`method.response.header.Access-Control-Allow-Origin\` in every integration response of the method, and declare it in the method response of
the same status.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-check',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors-console.html',
    ],
  },
  messages: {
    some: {
      severity: 'error',
      harm: 'broken',
      text: 'pages cannot read the answers {statuses} of {subjects}, which lack Access-Control-Allow-Origin, while others of it have the header. Map it in these integration responses too',
    },
    all: {
      severity: 'error',
      harm: 'broken',
      text: 'pages pass the preflight of {subjects} and cannot read its answers: none of its integration responses maps Access-Control-Allow-Origin. Map it in each of them',
    },
    made: {
      severity: 'error',
      harm: 'broken',
      text: 'pages pass the preflight of {subjects} and cannot read its answers: the integration responses that {by} writes for it map no Access-Control-Allow-Origin. Turn CORS on for this event if it takes that, else write the method yourself, with integration responses that map the header',
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
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
      MethodResponses:
        - { StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: true } }
        - { StatusCode: 404 }
      Integration:
        Type: AWS
        IntegrationHttpMethod: POST
        Uri: arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations
        IntegrationResponses:
          - { StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } }
          - { StatusCode: 404, SelectionPattern: 'not found.*' }
`,
      },
    ],
    good: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop } }
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
      MethodResponses:
        - { StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: true } }
        - { StatusCode: 404, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: true } }
      Integration:
        Type: AWS
        IntegrationHttpMethod: POST
        Uri: arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations
        IntegrationResponses:
          - { StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } }
          - { StatusCode: 404, SelectionPattern: 'not found.*', ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } }
`,
      },
    ],
  },
  check: {
    *endpoint(endpoint, { api, resource: { preflight }, model }) {
      const responses = mappedResponsesOf(endpoint);
      const bare = likeliest(responses, lacks);
      const [first] = bare;
      if (!first) return;
      const [missing, others] = [all(isForPages(api, model), any(...responses.map(lacks))), any(...responses.map(has))];
      const statuses = listed([...new Set(bare.map(({ status }) => shown(status)))], 4);
      yield { verdict: all(missing, others), messageId: 'some', data: { statuses }, at: first.at };
      // Without an OPTIONS method the whole path is told by `missing-cors`.
      // An OPTIONS method of its own is its preflight.
      const none = { verdict: all(missing, not(others), not(is(endpoint.method, 'OPTIONS')), isAnswered(preflight)), at: first.at };
      const by = filledInBy(first.status.from);
      yield by === undefined ? { ...none, messageId: 'all' } : { ...none, messageId: 'made', data: { by } };
    },
  },
});

const lacks = ({ exists, headers }: Response): Verdict => all(exists, originIs(headers, 'absent'));
const has = ({ exists, headers }: Response): Verdict => all(exists, not(originIs(headers, 'absent')));
