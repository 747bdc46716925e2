import type { AllowedOrigin, Api, CorsHeaders, Model } from '../src/model/api.ts';
import { arms } from '../src/model/asking.ts';
import { cachedBy } from '../src/model/distributions.ts';
import { namesHeader, responsesOf } from '../src/model/queries.ts';
import { isSeen } from '../src/model/preflights.ts';
import { defineRule } from '../src/rule.ts';
import { all, any, NO, not, test, YES, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'missing-vary',
    summary: 'An answer whose allowed origin depends on who asks does not say so in `Vary`.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
A cache keeps one answer for all who ask for the same address, unless the answer says \`Vary: Origin\`. So a page of one origin gets what was made
for another, and its browser refuses it: a fault that comes and goes. Caches stand in browsers, in CloudFront, and in a stage of API Gateway.
`,
    remedy: `
Send \`Vary: Origin\` with every answer that names the caller's origin, and let the cache keep them apart by \`Origin\`.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches',
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/header-caching.html',
    ],
  },
  messages: {
    cached: {
      severity: 'warning',
      harm: 'broken',
      text: 'the answer of {subjects} names the origin that asks, a cache in front of it keeps it, and nothing says `Vary: Origin`: pages of one origin get what was made for another, and their browsers refuse it. Send `Vary: Origin`',
    },
    uncached: {
      severity: 'note',
      harm: 'untidy',
      text: 'the answer of {subjects} names the origin that asks and does not say `Vary: Origin`: a cache may hand it to a page of another origin. Send `Vary: Origin`',
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
  Errors:
    Type: AWS::ApiGateway::GatewayResponse
    Properties: { RestApiId: !Ref Api, ResponseType: DEFAULT_4XX, ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: method.request.header.origin } }
`,
      },
    ],
    good: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop } }
  Errors:
    Type: AWS::ApiGateway::GatewayResponse
    Properties: { RestApiId: !Ref Api, ResponseType: DEFAULT_4XX, ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: method.request.header.origin, gatewayresponse.header.Vary: "'Origin'" } }
`,
      },
    ],
  },
  check: {
    endpoint: (endpoint, { api, model }) => responsesOf(endpoint).flatMap(({ exists, headers }) => judged(headers, exists, api, model)),
    gatewayResponse: ({ headers }, { api, model }) => judged(headers, YES, api, model),
    preflight: (preflight, { api, model }) =>
      varying(preflight.headers, isSeen(preflight)).map(({ verdict, at }) =>
        // Nobody else keeps an answer to OPTIONS (RFC 9110, 9.3.7).
        ({ verdict: all(verdict, cachedBy(api, model, 'OPTIONS')), messageId: 'cached' as const, at }),
      ),
  },
});

/** HTTP APIs and function URLs see to it themselves. */
const varying = (headers: CorsHeaders, exists: Verdict) =>
  arms(headers.origin, depends).map(([arm, isSo]) => ({
    verdict: all(exists, isSo, not(any(namesHeader(headers.vary, 'Origin'), namesHeader(headers.vary, '*')))),
    at: arm.from,
  }));

const judged = (headers: CorsHeaders, exists: Verdict, api: Api, model: Model) =>
  varying(headers, exists).flatMap(({ verdict, at }) => {
    const cached = any(isCached(api), cachedBy(api, model, 'GET'));
    return [
      { verdict: all(verdict, cached), messageId: 'cached' as const, at },
      { verdict: all(verdict, not(cached)), messageId: 'uncached' as const, at },
    ];
  });

const depends = (origin: AllowedOrigin): boolean => origin.kind === 'reflect' || origin.kind === 'echo';

const isCached = ({ cached }: Api): Verdict => (cached ? test(cached, Boolean) : NO);
