import { originAt } from '../src/browser/origins.ts';
import { admitsEveryone, answersBeside, answersIn, preflightsOf, refusedOrigins, type Other } from '../src/model/agreement.ts';
import type { AllowedOrigin, CorsHeaders } from '../src/model/api.ts';
import { arms } from '../src/model/asking.ts';
import { listed, shownOrigin } from '../src/model/names.ts';
import type { WrittenOrigin } from '../src/model/origins.ts';
import { responsesOf } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { all, YES, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'inconsistent-origin',
    summary: 'An origin is admitted by the preflight or an answer of the API and refused by another.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Every answer has to name the page's origin by itself: the preflight, the real answer, and the error that API Gateway words. Where one of them
names another origin, the request is sent and does its work, and then the browser keeps the answer from the page. On gateway responses it shows
only when something fails: the page sees "CORS error" in place of the 401 or 429.
`,
    remedy: `
Allow the same origins everywhere. A gateway response holds one value: \`"'*'"\` where no credentials are allowed, or
\`method.request.header.origin\`, which names whoever asks.
`,
    outranks: ['conflicting-cors-on-path'],
    references: [
      'https://fetch.spec.whatwg.org/#cors-check',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html',
    ],
  },
  messages: {
    refused: {
      severity: 'error',
      harm: 'broken',
      text: 'pages of {origins} {may} and cannot read the answer of {subjects}, which allows {allowed}. Allow the same origins on both',
    },
    wider: {
      severity: 'warning',
      harm: 'broken',
      text: 'pages of every origin {may}, but only those of {allowed} can read the answer of {subjects}. Allow the same origins on both',
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
  cart: { handler: cart.handler, events: [{ http: { path: cart, method: get, cors: { origin: https://shop.example.com } } }] }
resources:
  Resources:
    ClientErrors:
      Type: AWS::ApiGateway::GatewayResponse
      Properties:
        RestApiId: !Ref ApiGatewayRestApi
        ResponseType: DEFAULT_4XX
        ResponseParameters:
          gatewayresponse.header.Access-Control-Allow-Origin: "'https://www.shop.example.com'"
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
  cart: { handler: cart.handler, events: [{ http: { path: cart, method: get, cors: { origin: https://shop.example.com } } }] }
resources:
  Resources:
    ClientErrors:
      Type: AWS::ApiGateway::GatewayResponse
      Properties:
        RestApiId: !Ref ApiGatewayRestApi
        ResponseType: DEFAULT_4XX
        ResponseParameters:
          gatewayresponse.header.Access-Control-Allow-Origin: "'https://shop.example.com'"
`,
      },
    ],
  },
  check: {
    endpoint: (endpoint, { resource: { preflight } }) =>
      responsesOf(endpoint).flatMap(({ exists, headers }) => [
        ...judged(headers, exists, preflightsOf([preflight]), PREFLIGHT),
        ...judged(headers, exists, answersBeside(headers, endpoint, preflight), ANSWER),
      ]),
    gatewayResponse: ({ headers }, { api }) => [
      ...judged(headers, YES, preflightsOf(api.resources.map(({ preflight }) => preflight)), PREFLIGHT),
      ...judged(headers, YES, answersIn(api), ANSWER),
    ],
  },
});

const PREFLIGHT = 'pass the preflight';
const ANSWER = 'may read another answer';

function* judged({ origin }: CorsHeaders, exists: Verdict, others: readonly Other[], may: string) {
  for (const [arm, isSo] of arms(origin, isJudged)) {
    const [at, allowed] = [arm.from, shownOrigin(arm)];
    for (const { names, verdict } of refusedOrigins(others, arm, isOrigin))
      yield { verdict: all(exists, isSo, verdict), messageId: 'refused' as const, data: { origins: listed(names), may, allowed }, at };
    if (arm.value.kind === 'fixed')
      yield { verdict: all(exists, isSo, admitsEveryone(others)), messageId: 'wider' as const, data: { may, allowed }, at };
  }
}

const isOrigin = ({ text, place }: WrittenOrigin): boolean => typeof originAt(text.value, place) === 'object';

/** `*` and an echo of whoever asks admit all; what is missing or can be no origin is another rule's. */
const isJudged = (origin: AllowedOrigin): boolean =>
  origin.kind === 'echo' || (origin.kind === 'fixed' && typeof originAt(origin.text, 'header') === 'object');
