import { refusesAnonymousOptions } from '../src/model/policy.ts';
import { hasOwnOptions, needsOf } from '../src/model/preflights.ts';
import { isForOtherSites, isForPages, maySendCors } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { isFilledIn } from '../src/value/value.ts';
import { all, mayHold, not, test } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'authenticated-preflight',
    summary: 'The preflight is asked for credentials, which browsers never send with it.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Before a request with an \`Authorization\` header a browser asks \`OPTIONS\`, and sends no token, no cookie, no API key and no header of yours
with it. Where OPTIONS wants one, API Gateway answers 401 or 403 before CORS is ever looked at, and the console says "Response to preflight
request doesn't pass access control check". Usual culprits: a default authorizer that is put on every method, and a security scanner that
wants OPTIONS protected. An OPTIONS method that answers from a mock gives nothing away.
`,
    remedy: `
Leave OPTIONS open: \`AuthorizationType: NONE\`, no API key, no required headers. In SAM set
\`Auth: { AddDefaultAuthorizerToCorsPreflight: false }\`. The other methods keep their authorizer.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html',
    ],
  },
  messages: {
    refused: {
      severity: 'error',
      harm: 'broken',
      text: 'every preflight of {subjects} is refused: OPTIONS there wants {what}, and browsers send none with a preflight. Leave OPTIONS open; the other methods keep theirs',
    },
    default: {
      severity: 'error',
      harm: 'broken',
      text: 'every preflight of {subjects} is refused: SAM asks for {what} on OPTIONS too, and browsers send none with a preflight. Set `{switch}: false` under `Auth`',
    },
    policy: {
      severity: 'error',
      harm: 'broken',
      text: 'every preflight of {subjects} is refused: the resource policy does not let everyone call OPTIONS, and a preflight does not say who asks. Allow `execute-api:Invoke` on OPTIONS for `Principal: "*"`',
    },
    quiet: {
      severity: 'warning',
      harm: 'broken',
      text: 'OPTIONS of {subjects} wants {what}, which browsers never send with a preflight: if pages of other sites are to call this, leave OPTIONS open',
    },
    certificate: {
      severity: 'warning',
      harm: 'broken',
      text: 'the domain of this API asks every caller for a client certificate, and browsers show none with a preflight: pages of other sites cannot call it there',
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
      AuthorizationType: AWS_IAM
      MethodResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: true } }]
      Integration:
        Type: MOCK
        RequestTemplates: { application/json: '{"statusCode": 200}' }
        IntegrationResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } }]
`,
      },
    ],
    good: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws, httpApi: { cors: { allowedOrigins: [https://shop.example.com] }, authorizers: { login: { type: jwt, identitySource: $request.header.Authorization, issuerUrl: https://login.example.com, audience: shop } } } }
functions:
  cart: { handler: cart.handler, events: [{ httpApi: { path: /cart, method: get, authorizer: login } }] }
`,
      },
    ],
  },
  check: {
    *preflight(preflight, { api, resource, model }) {
      const own = all(isForPages(api, model), hasOwnOptions(resource));
      // What ANY and `$default` catch is told by `route-catches-preflight`.
      if (!mayHold(own)) return;
      for (const { kind, what, isSo, at } of needsOf(preflight)) {
        const meant = all(own, isSo, maySendCors(api));
        // SAM's default authorizer and API key (S6, S7).
        if (isFilledIn(at)) yield { verdict: meant, messageId: 'default', data: BY_SAM[kind], at };
        else yield { verdict: meant, messageId: 'refused', data: { what }, at };
        yield { verdict: all(own, isSo, not(maySendCors(api))), messageId: 'quiet', data: { what }, at };
      }
      const open = test(preflight.authorizer, ({ kind }) => kind === 'none');
      // Whom a private API lets in, its policy says by networks, and a preflight comes from the same.
      const verdict = all(own, isForOtherSites(api, model), open, refusesAnonymousOptions(api), maySendCors(api));
      yield { verdict, messageId: 'policy', at: api.policy.from };
    },
    *api(api) {
      const { needsCertificate } = api;
      if (!needsCertificate) return;
      const verdict = all(test(needsCertificate, Boolean), maySendCors(api));
      yield { verdict, messageId: 'certificate', at: needsCertificate.from };
    },
  },
});

const AUTHORIZER = { what: 'a token, by its default authorizer,', switch: 'AddDefaultAuthorizerToCorsPreflight' };
const BY_SAM = { authorizer: AUTHORIZER, header: AUTHORIZER, key: { what: 'the API key', switch: 'AddApiKeyRequiredToCorsPreflight' } };
