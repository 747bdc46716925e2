import { hasStrayQuotes, namesSeveral } from '../src/browser/origins.ts';
import type { CorsHeaders } from '../src/model/api.ts';
import { listsWith } from '../src/model/lists.ts';
import { listed, shown } from '../src/model/names.ts';
import { originsIn, originsOf, type WrittenOrigin } from '../src/model/origins.ts';
import { endpointsOf, responsesOf } from '../src/model/queries.ts';
import { isSeen } from '../src/model/preflights.ts';
import { defineRule } from '../src/rule.ts';
import { all, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'overquoted-literal',
    summary: 'A value stands in quotes that are sent with it.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Single quotes inside the string (\`"'*'"\`) belong into header mappings of a REST API and into SAM's \`Cors\` of one. An HTTP API, a
function URL, a load balancer and the \`cors\` of a \`serverless.yml\` take plain values: there the quotes become part of the origin or of
the name, and browsers find no match.
`,
    remedy: `
Write the value plainly: \`origin: '*'\`, \`allowedHeaders: [Content-Type, Authorization]\`. Quotes that YAML needs are fine; no others.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-check',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html',
    ],
  },
  messages: {
    origin: {
      severity: 'error',
      harm: 'broken',
      text: 'the quotes of `{written}` are part of the origin here, and no page has an origin in quotes: this lets none in. Take the inner quotes out',
    },
    list: {
      severity: 'error',
      harm: 'broken',
      text: 'the quotes in {written} are part of the names here, so {header} does not name what is meant. Take the inner quotes out',
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
  httpApi: { cors: { allowedOrigins: ["'*'"] } }
functions:
  cart:
    handler: cart.handler
    events: [{ httpApi: GET /cart }]
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
  httpApi: { cors: { allowedOrigins: ['*'] } }
functions:
  cart:
    handler: cart.handler
    events: [{ httpApi: GET /cart }]
`,
      },
    ],
  },
  check: {
    *api(api) {
      for (const origin of originsOf(api)) yield* origins(origin);
      if (api.managed && api.target !== 'websocket') yield* lists(api.managed.headers, api.managed.exists);
      for (const { preflight } of api.resources) yield* lists(preflight.headers, isSeen(preflight));
      for (const [endpoint] of endpointsOf(api))
        for (const { exists, headers } of responsesOf(endpoint)) yield* lists(headers, all(endpoint.exists, exists));
    },
    *model({ listeners = [] }) {
      for (const { exists, headers } of listeners) {
        yield* lists(headers, exists);
        for (const origin of originsIn(headers, exists)) yield* origins(origin);
      }
    },
  },
});

/** A list in one value is `multiple-origins-in-header`'s, quotes or not. */
function* origins({ text, isSo }: WrittenOrigin) {
  if (hasStrayQuotes(text.value) && !namesSeveral(text.value))
    yield { verdict: isSo, messageId: 'origin' as const, data: { written: shown(text) }, at: text.from };
}

function* lists(headers: CorsHeaders, exists: Verdict) {
  for (const [header, list] of [
    ['Access-Control-Allow-Methods', headers.methods],
    ['Access-Control-Allow-Headers', headers.headers],
    ['Access-Control-Expose-Headers', headers.expose],
  ] as const) {
    for (const { from, found, verdict } of listsWith(list, hasStrayQuotes)) {
      const written = listed([...new Set(found.map((one) => `\`${shown(one)}\``))]);
      yield { verdict: all(exists, verdict), messageId: 'list' as const, data: { written, header }, at: from };
    }
  }
}
