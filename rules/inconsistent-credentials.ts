import { credentialed, credentialedOrUnknown, readableWithout } from '../src/model/agreement.ts';
import type { CorsHeaders, Preflight } from '../src/model/api.ts';
import { spots } from '../src/model/asking.ts';
import { allowsCredentials, originIs, responsesOf, whereAllowed } from '../src/model/queries.ts';
import { isSeen } from '../src/model/preflights.ts';
import { defineRule } from '../src/rule.ts';
import { all, not, YES, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'inconsistent-credentials',
    summary: 'Credentials are allowed on one answer of the API and not on another.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
A call with cookies (\`credentials: 'include'\`) is checked twice: the preflight has to allow credentials, and so has the answer itself, be it
the one that the integration gives or the error that API Gateway words. \`*\` is no origin for such a call. Where one of the two says
nothing of credentials, the browser keeps the answer from the page.
`,
    remedy: `
Send \`Access-Control-Allow-Credentials: true\` and the page's own origin on every answer, those of the gateway responses among them; or on
none, if no page sends cookies.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-check',
      'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
      'https://github.com/serverless/serverless/issues/7575',
    ],
  },
  messages: {
    missing: {
      severity: 'error',
      harm: 'broken',
      text: 'pages that call with credentials cannot read the answer of {subjects}: the preflight allows credentials and this answer does not. Send Access-Control-Allow-Credentials here too',
    },
    star: {
      severity: 'error',
      harm: 'broken',
      text: 'pages that call with credentials cannot read the answer of {subjects}: the preflight allows credentials, for which browsers do not take the origin "*". Name the origin here, and send Access-Control-Allow-Credentials',
    },
    preflight: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers stop calls with credentials to {subjects} where they need a preflight: this answer allows credentials, and the preflight does not. Allow them on both or on none',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws }
functions:
  cart: { handler: cart.handler, events: [{ http: { path: cart, method: get, cors: { origin: https://shop.example.com, allowCredentials: true } } }] }
resources:
  Resources:
    ClientErrors:
      Type: AWS::ApiGateway::GatewayResponse
      Properties:
        RestApiId: !Ref ApiGatewayRestApi
        ResponseType: DEFAULT_4XX
        ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" }
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
  cart: { handler: cart.handler, events: [{ http: { path: cart, method: get, cors: { origin: https://shop.example.com, allowCredentials: true } } }] }
resources:
  Resources:
    ClientErrors:
      Type: AWS::ApiGateway::GatewayResponse
      Properties:
        RestApiId: !Ref ApiGatewayRestApi
        ResponseType: DEFAULT_4XX
        ResponseParameters:
          gatewayresponse.header.Access-Control-Allow-Origin: "'https://shop.example.com'"
          gatewayresponse.header.Access-Control-Allow-Credentials: "'true'"
`,
      },
    ],
  },
  check: {
    *endpoint(endpoint, { resource: { preflight } }) {
      const { headers: asked } = preflight;
      for (const { exists, headers } of responsesOf(endpoint)) {
        yield* silentOn(headers, exists, [preflight]);
        const stopped = all(isSeen(preflight), readableWithout(asked), allowsCredentials(headers), not(originIs(headers, 'any')));
        yield { verdict: all(exists, stopped), messageId: 'preflight', at: headers.credentials.from };
      }
    },
    *gatewayResponse({ headers }, { api }) {
      // One that allows more than the API does no harm.
      const preflights = api.resources.map(({ preflight }) => preflight);
      yield* silentOn(headers, YES, preflights);
    },
  },
});

function* silentOn(headers: CorsHeaders, exists: Verdict, preflights: readonly Preflight[]) {
  const readable = all(exists, readableWithout(headers));
  const related = preflights.filter(({ headers: asked }) => allowsCredentials(asked).some(({ truth }) => truth !== 'no')).slice(0, 1);
  for (const [arm, isSo] of spots(headers.origin)) {
    const suspicion = { at: arm.from, related: related.map((one) => whereAllowed(one.headers)) };
    const isStar = arm.kind === 'known' && arm.value.kind === 'any';
    if (isStar) yield { ...suspicion, verdict: all(readable, isSo, credentialedOrUnknown(preflights)), messageId: 'star' as const };
    else yield { ...suspicion, verdict: all(readable, isSo, credentialed(preflights)), messageId: 'missing' as const };
  }
}
