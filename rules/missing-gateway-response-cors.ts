import type { Api } from '../src/model/api.ts';
import { customises, DEFAULTS, statusesOf, wordedBy, type GatewayError } from '../src/model/gateway-errors.ts';
import { arms, lacking, likeliest } from '../src/model/asking.ts';
import { listed, shown } from '../src/model/names.ts';
import { oncePer } from '../src/model/once.ts';
import { originIs, preflightIsLeftToCode, seenWhole, sendsCors } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { all, any, mayHold, NO, not } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'missing-gateway-response-cors',
    summary: 'The errors that API Gateway words itself carry no CORS headers.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Who is not logged in, too fast or waits too long never reaches your code: API Gateway answers 401, 403, 429 or 504 itself, without CORS
headers unless a *gateway response* adds them. The page then sees no status, only "blocked by CORS policy" or "Network Error".
`,
    remedy: `
Add \`Access-Control-Allow-Origin\` by gateway responses of the types DEFAULT_4XX and DEFAULT_5XX. One of a specific type (UNAUTHORIZED …)
replaces the default, headers included, and needs the header too. The 413 of a body that is too large cannot be covered.
`,
    references: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html',
      'https://fetch.spec.whatwg.org/#cors-check',
    ],
  },
  messages: {
    missing: {
      severity: 'error',
      harm: 'broken',
      text: 'pages cannot read what API Gateway answers by itself ({errors}) and see a bare network error: it sends no Access-Control-Allow-Origin there. Add gateway responses of type {types} with that header',
    },
    bare: {
      severity: 'error',
      harm: 'broken',
      text: 'the gateway response {type} sends no Access-Control-Allow-Origin, so pages see a bare network error in place of {errors}. Add `gatewayresponse.header.Access-Control-Allow-Origin`',
    },
    specific: {
      severity: 'error',
      harm: 'broken',
      text: 'the gateway response {type} replaces {fallback}, headers included, and sends no Access-Control-Allow-Origin: pages see a bare network error in place of {errors}. Add `gatewayresponse.header.Access-Control-Allow-Origin`',
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
  orders:
    handler: orders.handler
    events:
      - http: { path: orders, method: get, cors: true, authorizer: aws_iam }
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
  orders:
    handler: orders.handler
    events:
      - http: { path: orders, method: get, cors: true, authorizer: aws_iam }
resources:
  Resources:
    ClientErrors:
      Type: AWS::ApiGateway::GatewayResponse
      Properties: &open
        RestApiId: { Ref: ApiGatewayRestApi }
        ResponseType: DEFAULT_4XX
        ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" }
    ServerErrors:
      Type: AWS::ApiGateway::GatewayResponse
      Properties: { <<: *open, ResponseType: DEFAULT_5XX }
`,
      },
    ],
  },
  check: {
    api(api) {
      const meant = isForPages(api);
      if (!mayHold(meant)) return [];
      return lacking(DEFAULTS, (type) => any(customises(api, type), not(occursSome(wordedBy(api, type))))).map(({ names, verdict }) => ({
        verdict: all(meant, verdict, seenWhole(api)),
        messageId: 'missing' as const,
        data: { errors: statuses(names.flatMap((type) => wordedBy(api, type))), types: listed(names) },
        at: api.at,
      }));
    },
    gatewayResponse({ at, headers, type: types }, { api }) {
      const isBare = originIs(headers, 'absent');
      return (mayHold(isBare) ? arms(types) : []).map(([arm, isSo]) => {
        const errors = wordedBy(api, arm.value);
        const verdict = all(isForPages(api), isSo, occursSome(errors), isBare);
        const [fallback = '', data] = [errors[0]?.fallback, { type: shown(arm), errors: statuses(errors) }];
        const specific = { verdict, messageId: 'specific' as const, data: { ...data, fallback }, at };
        return fallback === arm.value ? { verdict, messageId: 'bare' as const, data, at } : specific;
      });
    },
  },
});

/** A REST API of which some answer has CORS headers, or may have. HTTP APIs have no such responses (H16). */
const isForPages = oncePer((api: Api) =>
  api.target === 'rest' ? any(sendsCors(api), ...api.resources.map((resource) => preflightIsLeftToCode(resource, api))) : NO,
);

const occursSome = (errors: readonly GatewayError[]) => any(...errors.map(({ occurs }) => occurs));

/** '401, 403 and 429'. */
const statuses = (errors: readonly GatewayError[]): string => listed(statusesOf(likeliest(errors, ({ occurs }) => occurs)), 7);
