import type { CorsHeaders } from '../src/model/api.ts';
import { isWhole } from '../src/model/code-queries.ts';
import { sendsItself } from '../src/model/preflights.ts';
import { responsesOf } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { all, always, any, is, NO, not, some, YES, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'ignored-cors-headers',
    summary: 'CORS headers are set where the service never sends them.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Each kind of API has one place that CORS headers come from, and drops what others say: a proxy integration passes the answer of your code on and
never looks at its integration responses; an HTTP API with CORS settings of its own drops the CORS headers of your code; a 413 cannot be worded at
all. What is written there looks right, and browsers never see it.
`,
    remedy: `
Set the headers where this API takes them, and remove the ones that have no effect.
`,
    references: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html',
    ],
  },
  messages: {
    lost: { severity: 'warning', harm: 'untidy', text: '{text}' },
    refused: { severity: 'error', harm: 'broken', text: '{text}' },
    same: {
      severity: 'note',
      harm: 'untidy',
      text: '{text} The API sends the same, so this can go',
    },
    'too-large': {
      severity: 'warning',
      harm: 'untidy',
      text: 'API Gateway does not let anyone word its 413 (request too large): this gateway response changes nothing, and pages see a bare network error there. Remove it, and check sizes in the page',
    },
    'exposed-by-preflight': {
      severity: 'warning',
      harm: 'broken',
      text: '`{header}` of {subjects} stands on the preflight alone, where browsers do not look for it: pages cannot read these headers. Send it with the real answers',
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
      HttpMethod: GET
      AuthorizationType: NONE
      MethodResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: true } }]
      Integration:
        Type: AWS_PROXY
        Uri: arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations
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
    *ignored(ignored, { model }) {
      if (ignored.kind !== 'inert' || ignored.by === undefined) return;
      const { by, at, header } = ignored;
      const data = { text: ignored.text };
      if (by === 'body' || by === 'http-api') yield { verdict: YES, messageId: 'refused', data, at };
      else if (by === 'managed' && header && model.apis.some((api) => sendsItself(api, header)))
        yield { verdict: YES, messageId: 'same', data, at };
      else yield { verdict: YES, messageId: 'lost', data, at };
    },
    *gatewayResponse({ at, type }) {
      yield { verdict: is(type, 'REQUEST_TOO_LARGE'), messageId: 'too-large', at };
    },
    *preflight({ by, headers }, { resource: { endpoints } }) {
      const answered = endpoints.flatMap(responsesOf);
      // Code may send it too, where it was not read to its end.
      const unseen = all(
        ...endpoints.map((one) => any(not(is(one.success.by, 'handler')), one.code ? isWhole(one.code) : NO, always('maybe'))),
      );
      const verdict = all(is(by, 'mock'), exposes(headers), not(any(...answered.map((one) => exposes(one.headers)))), unseen);
      yield { verdict, messageId: 'exposed-by-preflight', data: { header: 'Access-Control-Expose-Headers' }, at: headers.expose.from };
    },
  },
});

const exposes = ({ expose }: CorsHeaders): Verdict => some(expose, () => YES);
