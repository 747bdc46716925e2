import type { CorsHeaders } from '../src/model/api.ts';
import { spots } from '../src/model/asking.ts';
import { allowsCredentials, isUnseen, originIs, responsesOf, whereAllowed } from '../src/model/queries.ts';
import { isSeen } from '../src/model/preflights.ts';
import { defineRule } from '../src/rule.ts';
import { items } from '../src/value/value.ts';
import { all, is, mayHold, YES, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'credentials-with-wildcard-origin',
    summary: 'Credentials are allowed together with the origin "*".',
    since: '0.1.0',
    preset: 'recommended',
    why: `
"Anyone, with their cookies" is what the two settings say together, and every service takes it differently. From a REST API browsers
refuse it: a call with \`credentials: 'include'\` fails although the server logs a success. An HTTP API does not deploy at all. A
function URL names whoever asks, so **any site reads the answers with the cookies of your users**.
`,
    remedy: `
Name the origins of your pages. Or stop allowing credentials: they are cookies, TLS certificates and HTTP authentication. A token that
your code puts into the \`Authorization\` header is none, and does not need them.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html',
      'https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html',
    ],
  },
  messages: {
    refused: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers refuse the origin "*" for calls with credentials (cookies, `credentials: \'include\'`), so none of them succeeds here. Name your origins, or stop allowing credentials',
    },
    deploy: {
      severity: 'error',
      harm: 'broken',
      text: 'the deploy fails: an HTTP API does not take the origin "*" beside credentials ("allow-credentials is not supported if \'allow-origin\' is *"). Name your origins, or stop allowing credentials',
    },
    reflected: {
      severity: 'error',
      harm: 'exposed',
      text: 'any site can call {subjects} with the cookies of your users and read the answer: beside credentials, a function URL answers "*" by naming whoever asks. Name your origins, or stop allowing credentials',
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
  cart:
    handler: cart.handler
    events:
      - http: { path: cart, method: get, cors: { origin: '*', allowCredentials: true } }
    url:
      cors: { allowCredentials: true } # the framework fills in the origin: *
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
  cart:
    handler: cart.handler
    events:
      - http: { path: cart, method: get, cors: { origin: https://shop.example.com, allowCredentials: true } }
    url:
      cors: { allowedOrigins: [https://shop.example.com], allowCredentials: true }
`,
      },
    ],
  },
  check: {
    api({ target, managed }) {
      if (!managed || target === 'websocket' || target === 'rest') return [];
      const { headers, exists, origins } = managed;
      return items(origins)
        .flatMap((item) => spots(item))
        .filter(([origin]) => !isUnseen(origin, headers))
        .map(([origin, isSo]) => ({
          verdict: all(exists, isSo, is(origin, '*'), allowsCredentials(headers)),
          messageId: target === 'http' ? ('deploy' as const) : ('reflected' as const),
          at: origin.from,
          related: [whereAllowed(headers)],
        }));
    },
    // The service's own CORS is judged once, with its API.
    preflight: (preflight) => refused(preflight.headers, isSeen(preflight), preflight.code !== undefined),
    endpoint: (endpoint) => responsesOf(endpoint).flatMap(({ exists, headers, code }) => refused(headers, exists, code !== undefined)),
    gatewayResponse: ({ headers }) => refused(headers, YES),
    model: ({ listeners = [] }) => listeners.flatMap(({ headers, exists }) => refused(headers, exists)),
  },
});

function refused(headers: CorsHeaders, exists: Verdict, isCodes = false) {
  const verdict = all(exists, originIs(headers, 'any'), allowsCredentials(headers));
  if (!mayHold(verdict)) return [];
  return (
    spots(headers.origin)
      // Code that nobody sees may send anything. A template's value was written for these headers.
      .filter(([origin]) => !isCodes || !isUnseen(origin, headers))
      .map(([{ from: at }, isSo]) => ({ verdict: all(isSo, verdict), messageId: 'refused' as const, at, related: [whereAllowed(headers)] }))
  );
}
