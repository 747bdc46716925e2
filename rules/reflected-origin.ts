import type { AllowedOrigin } from '../src/model/api.ts';
import { arms } from '../src/model/asking.ts';
import { loosePatterns, strangerFor } from '../src/model/expressions.ts';
import { allowsCredentials, whereAllowed } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { all, is, not } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'reflected-origin',
    summary: 'Whoever asks is named as the allowed origin.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
To answer with the caller's own \`Origin\` is to allow every origin, in a way that works with cookies too: any site that a user of yours visits can
then read your API with that user's session. It has to be looked up in a list first, and compared as a whole: in a regular expression a dot matches
any character, so \`https://www.example.com\` lets \`https://wwwxexample.com\` in as well.
`,
    remedy: `
Compare the origin with each one that you allow, by \`==\` or a list's \`contains\`, and send nothing if it is none of them. In an expression write each
dot as \`[.]\`. If everyone may read the answers, send \`*\` and no \`Access-Control-Allow-Credentials\`.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
      'https://github.com/aws/aws-cdk/issues/26623',
    ],
  },
  messages: {
    exposed: {
      severity: 'error',
      harm: 'exposed',
      text: 'every site passes the preflight of {subjects} with the cookies of your users: this template names whoever asks, and credentials are allowed. Compare the origin with a list of your own first',
    },
    open: {
      severity: 'warning',
      harm: 'exposed',
      text: 'every site passes the preflight of {subjects}: this template names whoever asks. If that is meant, send "*", which is never let in with cookies; if not, compare the origin with a list first',
    },
    'loose-with-cookies': {
      severity: 'error',
      harm: 'exposed',
      text: 'strangers pass the preflight of {subjects} with the cookies of your users: in the expression `{pattern}` each dot matches any character, so a host like "{stranger}" is let in. Write [.] for a dot',
    },
    loose: {
      severity: 'warning',
      harm: 'exposed',
      text: 'strangers pass the preflight of {subjects}: in the expression `{pattern}` each dot matches any character, so a host like "{stranger}" is let in. Write [.] for a dot',
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
      MethodResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: true, method.response.header.Access-Control-Allow-Credentials: true } }]
      Integration:
        Type: MOCK
        RequestTemplates: { application/json: '{"statusCode": 200}' }
        IntegrationResponses:
          - StatusCode: 200
            ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'https://shop.example.com'", method.response.header.Access-Control-Allow-Credentials: "'true'" }
            ResponseTemplates:
              application/json: |
                #set($origin = $input.params('Origin'))
                #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
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
  cart: { handler: cart.handler, events: [{ http: { path: cart, method: put, cors: { origins: [https://shop.example.com, https://example.com] } } }] }
`,
      },
    ],
  },
  check: {
    *preflight({ by, headers }) {
      const [mocked, cookies] = [is(by, 'mock'), allowsCredentials(headers)];
      // The list of a serverless.yml that matches everyone is told by `credentials-with-origin-list`.
      for (const [arm, isSo] of arms(headers.origin, isReflected)) {
        const [at, related] = [arm.from, [whereAllowed(headers)]];
        yield { verdict: all(mocked, isSo, cookies), messageId: 'exposed', at, related };
        yield { verdict: all(mocked, isSo, not(cookies)), messageId: 'open', at };
      }
      for (const { pattern, isSo, at } of loosePatterns(headers)) {
        const data = { pattern, stranger: strangerFor(pattern) };
        yield { verdict: all(mocked, isSo, cookies), messageId: 'loose-with-cookies', data, at };
        yield { verdict: all(mocked, isSo, not(cookies)), messageId: 'loose', data, at };
      }
    },
  },
});

const isReflected = (origin: AllowedOrigin): boolean => origin.kind === 'reflect' && origin.listed !== true;
