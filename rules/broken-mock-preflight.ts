import { arms } from '../src/model/asking.ts';
import { listed } from '../src/model/names.ts';
import { defineRule } from '../src/rule.ts';
import { all, always, any, is, NO, not, test } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'broken-mock-preflight',
    summary: 'An OPTIONS mock is set up so that it cannot answer with success.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
A browser takes a preflight for passed only if its status is 200 to 299. A MOCK integration takes its status from the request template for
\`application/json\`, which has to make a whole number of \`statusCode\`; without one, API Gateway answers 500 ("Unable to parse statusCode"),
and all the CORS headers that were written below are never sent.
`,
    remedy: `
Use the template \`application/json: '{"statusCode": 200}'\`, and one integration response without a \`SelectionPattern\`, of a status from 200
to 299.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html',
    ],
  },
  messages: {
    'no-status': {
      severity: 'error',
      harm: 'broken',
      text: 'every preflight of {subjects} fails with 500: this template makes no whole number of `statusCode`. Let it say `"statusCode": 200`',
    },
    'no-template': {
      severity: 'error',
      harm: 'broken',
      text: 'every preflight of {subjects} fails: browsers send no Content-Type with it, so only the request template for application/json counts, and there is one for {types} alone. Add one that says `"statusCode": 200`',
    },
    'no-response': {
      severity: 'error',
      harm: 'broken',
      text: 'every preflight of {subjects} fails with 500: no integration response is for it. It needs one of status 200 without a `SelectionPattern`, which sends the CORS headers',
    },
    untemplated: {
      severity: 'error',
      harm: 'broken',
      text: 'preflights of {subjects} may fail with 500: this mock has no request template that says which status to answer with. Add one that says `"statusCode": 200`',
    },
    status: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers take no preflight of {subjects} for passed: it answers {status}, and only 200 to 299 counts. Answer with 200 or 204',
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
      Integration: { Type: MOCK, RequestTemplates: { application/json: '{"status": 200}' }, IntegrationResponses: [{ StatusCode: 200 }] }
      MethodResponses: [{ StatusCode: 200 }]
`,
      },
    ],
    good: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws }
functions:
  cart: { handler: cart.handler, events: [{ http: { path: cart, method: get, cors: true } }] }
`,
      },
    ],
  },
  check: {
    *preflight({ by, mock, mapped, status }) {
      const mocked = is(by, 'mock');
      // Of ANY, whose answer API Gateway words from the integration responses as it does a mock's.
      const worded = any(mocked, mapped ? test(mapped, Boolean) : NO);
      for (const [arm, isSo] of arms(status, (code) => code !== undefined && (code < 200 || code > 299)))
        yield { verdict: all(worded, isSo), messageId: 'status', data: { status: arm.value ?? '' }, at: arm.from };
      if (!mock) return;
      for (const [{ value: request, from: at }, isSo] of arms(mock.request)) {
        const verdict = all(mocked, isSo);
        if (request.kind === 'none') yield { verdict, messageId: 'no-status', at };
        if (request.kind === 'missing') yield { verdict, messageId: 'no-template', data: { types: listed(request.types) }, at };
        // AWS says that it works, and others that it does not (R7).
        const responds = test(mock.responds, Boolean);
        if (request.kind === 'untemplated') yield { verdict: all(verdict, responds, always('maybe')), messageId: 'untemplated', at };
        if (request.kind === 'status' || request.kind === 'untemplated')
          yield { verdict: all(verdict, not(responds)), messageId: 'no-response', at: mock.responds.from };
      }
    },
  },
});
