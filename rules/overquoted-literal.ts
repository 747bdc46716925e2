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
    api: (api) => [
      ...originsOf(api).flatMap(origins),
      ...(api.managed && api.target !== 'websocket' ? lists(api.managed.headers, api.managed.exists) : []),
      ...api.resources.flatMap(({ preflight }) => lists(preflight.headers, isSeen(preflight))),
      ...endpointsOf(api).flatMap(([endpoint]) =>
        responsesOf(endpoint).flatMap(({ exists, headers }) => lists(headers, all(endpoint.exists, exists))),
      ),
    ],
    model: ({ listeners = [] }) =>
      listeners.flatMap(({ exists, headers }) => [...lists(headers, exists), ...originsIn(headers, exists).flatMap(origins)]),
  },
});

/** A list in one value is `multiple-origins-in-header`'s, quotes or not. */
const origins = ({ text, isSo }: WrittenOrigin) =>
  hasStrayQuotes(text.value) && !namesSeveral(text.value)
    ? [{ verdict: isSo, messageId: 'origin' as const, data: { written: shown(text) }, at: text.from }]
    : [];

const lists = ({ methods, headers, expose }: CorsHeaders, exists: Verdict) => [
  ...quotedIn(methods, 'Access-Control-Allow-Methods', exists),
  ...quotedIn(headers, 'Access-Control-Allow-Headers', exists),
  ...quotedIn(expose, 'Access-Control-Expose-Headers', exists),
];

const quotedIn = (list: CorsHeaders['methods'], header: string, exists: Verdict) =>
  listsWith(list, hasStrayQuotes).map(({ from, found, verdict }) => {
    const written = listed([...new Set(found.map((one) => `\`${shown(one)}\``))]);
    return { verdict: all(exists, verdict), messageId: 'list' as const, data: { written, header }, at: from };
  });
