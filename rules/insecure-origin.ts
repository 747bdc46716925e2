import { isLocal, originAt } from '../src/browser/origins.ts';
import { shown } from '../src/model/names.ts';
import { originsIn, originsOf, type WrittenOrigin } from '../src/model/origins.ts';
import { allowsCredentials, whereAllowed } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { all } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'insecure-origin',
    summary: 'An allowed origin is one that strangers can take the place of.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Whoever sits between a visitor and the network, in a café or at a provider, can put his own script into any \`http://\` page, and call from
it whatever that page may call: TLS of the API does not help. \`https://*\` beside credentials lets in every site that has a certificate, so
all of them.
`,
    remedy: `
Allow the \`https://\` origin, and redirect visitors to it. Localhost is no such case: nothing sits in between.
`,
    references: [
      'https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html',
    ],
  },
  messages: {
    http: {
      severity: 'warning',
      harm: 'exposed',
      text: '{origin} is not encrypted: whoever sits between a visitor and that page can put a script into it, which then calls this API as the page does. Allow the https:// origin alone',
    },
    'every-site': {
      severity: 'warning',
      harm: 'exposed',
      text: 'every site that has HTTPS may call this API with the cookies of your users: {origin} is allowed beside credentials. Name your own origins instead',
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
  httpApi: { cors: { allowedOrigins: [https://shop.example.com, http://shop.example.com] } }
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
  httpApi: { cors: { allowedOrigins: [https://shop.example.com, http://localhost:3000] } }
functions:
  cart:
    handler: cart.handler
    events: [{ httpApi: GET /cart }]
`,
      },
    ],
  },
  check: {
    api: (api) => originsOf(api).flatMap(judged),
    model: ({ listeners = [] }) => listeners.flatMap(({ exists, headers }) => originsIn(headers, exists)).flatMap(judged),
  },
});

function judged({ text, isSo, place, headers }: WrittenOrigin) {
  const origin = originAt(text.value, place);
  if (typeof origin !== 'object') return [];
  const [data, at] = [{ origin: shown(text) }, text.from];
  // `localhost-origin` tells of localhost, in production.
  if (origin.scheme === 'http' && !isLocal(origin)) return { verdict: isSo, messageId: 'http' as const, data, at };
  if (text.value !== 'https://*') return [];
  const related = [whereAllowed(headers)];
  return { verdict: all(isSo, allowsCredentials(headers)), messageId: 'every-site' as const, data, at, related };
}
