import { namesSeveral } from '../src/browser/origins.ts';
import type { CorsHeaders } from '../src/model/api.ts';
import { arms } from '../src/model/asking.ts';
import { shown, shownOrigin } from '../src/model/names.ts';
import { writtenAs } from '../src/model/origins.ts';
import { responsesOf } from '../src/model/queries.ts';
import { isSeen } from '../src/model/preflights.ts';
import { defineRule } from '../src/rule.ts';
import { items } from '../src/value/value.ts';
import { all, YES, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'multiple-origins-in-header',
    summary: 'One Access-Control-Allow-Origin value names several origins.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Browsers compare \`Access-Control-Allow-Origin\` as a whole with the origin of the page: \`https://a.example, https://b.example\` equals
neither. The console says "contains multiple values". (The documentation of SAM calls a comma-separated list possible; it deploys, and
never works.)
`,
    remedy: `
Send one origin. To serve several from a REST API, let the code look the caller's \`Origin\` up in a list and answer with it and
\`Vary: Origin\`. HTTP APIs and function URLs take a list, one entry for each origin, and choose by themselves.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-check',
      'https://github.com/aws/serverless-application-model/issues/3769',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html',
    ],
  },
  messages: {
    header: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers take "{origin}" for one origin, which no page has: Access-Control-Allow-Origin holds a single one. Send the caller\'s from code that knows the list, or use an HTTP API, which does so itself',
    },
    entry: {
      severity: 'error',
      harm: 'broken',
      text: '"{origin}" is one entry of the allowed origins, and no page has such an origin. Write one entry for each',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'serverless',
        code: `
service: shop
provider:
  name: aws
  httpApi:
    cors: { allowedOrigins: ['https://shop.example.com,https://example.com'] }
functions:
  cart:
    handler: cart.handler
    events:
      - httpApi: GET /cart
`,
      },
    ],
    good: [
      {
        as: 'serverless',
        code: `
service: shop
provider:
  name: aws
  httpApi:
    cors: { allowedOrigins: ['https://shop.example.com', 'https://example.com'] }
functions:
  cart:
    handler: cart.handler
    events:
      - httpApi: GET /cart
`,
      },
    ],
  },
  check: {
    *api({ managed }) {
      for (const entry of managed ? items(managed.origins) : []) {
        for (const [arm, isSo] of arms(entry, (text) => text !== undefined && namesSeveral(text))) {
          yield { verdict: all(managed?.exists ?? YES, isSo), messageId: 'entry', data: { origin: shown(arm) }, at: arm.from };
        }
      }
    },
    // The service's own list is judged entry by entry.
    preflight: (preflight) => several(preflight.headers, isSeen(preflight)),
    endpoint: (endpoint) => responsesOf(endpoint).flatMap(({ exists, headers }) => [...several(headers, exists)]),
    gatewayResponse: ({ headers }) => several(headers, YES),
    model: ({ listeners = [] }) => listeners.flatMap(({ exists, headers }) => [...several(headers, exists)]),
  },
});

/** A list that the Serverless Framework turns into an echo is no fixed value, and is fine. */
function* several({ origin }: CorsHeaders, exists: Verdict) {
  for (const [echo, isSo] of arms(origin)) {
    for (const pattern of echo.value.kind === 'echo' ? echo.value.among : []) {
      for (const [arm, stands] of arms(writtenAs(pattern), (text) => text !== undefined && namesSeveral(text)))
        yield { verdict: all(exists, isSo, stands), messageId: 'entry' as const, data: { origin: shown(arm) }, at: arm.from };
    }
  }
  for (const [arm, isSo] of arms(origin, (allowed) => allowed.kind === 'fixed' && namesSeveral(allowed.text))) {
    yield { verdict: all(exists, isSo), messageId: 'header' as const, data: { origin: shownOrigin(arm) }, at: arm.from };
  }
}
