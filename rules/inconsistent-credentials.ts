import { answersBeside, answersIn, preflightsOf, saysCredentials, type Other } from '../src/model/agreement.ts';
import { credentialed, readableWithout } from '../src/model/agreement.ts';
import type { CorsHeaders } from '../src/model/api.ts';
import { atLeastMaybe, spots } from '../src/model/asking.ts';
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
      text: 'pages that call with credentials cannot read the answer of {subjects}: {who} allows credentials and this answer does not. Send Access-Control-Allow-Credentials here too',
    },
    star: {
      severity: 'error',
      harm: 'broken',
      text: 'pages that call with credentials cannot read the answer of {subjects}: {who} allows credentials, for which browsers do not take the origin "*". Name the origin here, and send Access-Control-Allow-Credentials',
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
      Properties: { RestApiId: !Ref ApiGatewayRestApi, ResponseType: DEFAULT_4XX, ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" } }
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
        ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'https://shop.example.com'", gatewayresponse.header.Access-Control-Allow-Credentials: "'true'" }
`,
      },
    ],
  },
  check: {
    *endpoint(endpoint, { resource: { preflight } }) {
      const { headers: asked } = preflight;
      for (const { exists, headers } of responsesOf(endpoint)) {
        yield* silentOn(headers, exists, preflightsOf([preflight]), PREFLIGHT);
        yield* silentOn(headers, exists, answersBeside(headers, endpoint, preflight, saysCredentials), ANSWER);
        const stopped = all(
          isSeen(preflight),
          readableWithout(asked),
          allowsCredentials(headers),
          atLeastMaybe(not(originIs(headers, 'any'))),
        );
        yield { verdict: all(exists, stopped), messageId: 'preflight', at: headers.credentials.from };
      }
    },
    *gatewayResponse({ headers }, { api }) {
      // One that allows more than the API does no harm.
      yield* silentOn(headers, YES, preflightsOf(api.resources.map(({ preflight }) => preflight)), PREFLIGHT);
      yield* silentOn(headers, YES, answersIn(api, saysCredentials), ANSWER);
    },
  },
});

const PREFLIGHT = 'the preflight';
const ANSWER = 'another answer';

function* silentOn(headers: CorsHeaders, exists: Verdict, others: readonly Other[], who: string) {
  const related = others.filter((one) => allowsCredentials(one.headers).some(({ truth }) => truth !== 'no')).slice(0, 1);
  for (const [arm, isSo] of spots(headers.origin)) {
    const suspicion = { at: arm.from, related: related.map((one) => whereAllowed(one.headers)), data: { who } };
    const isStar = arm.kind === 'known' && arm.value.kind === 'any';
    const verdict = all(exists, readableWithout(headers, isStar), isSo, credentialed(others));
    yield { ...suspicion, verdict, messageId: isStar ? ('star' as const) : ('missing' as const) };
  }
}
