import { namesSeveral } from '../src/browser/origins.ts';
import type { AllowedOrigin, OriginPattern, Preflight } from '../src/model/api.ts';
import { arms } from '../src/model/asking.ts';
import { isKnownToChoose } from '../src/model/code-queries.ts';
import { shown, shownOrigin } from '../src/model/names.ts';
import { allowsCredentials, responsesOf, whereAllowed } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { all, any, is, not, test } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'credentials-with-origin-list',
    summary: 'A list of origins is allowed together with credentials.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
\`Access-Control-Allow-Origin\` holds one origin. A REST API can choose among several for the preflight alone: the answer that follows comes
from your code, a fixed mapping or a gateway response. In the list of a \`serverless.yml\` a \`*\` is a pattern that matches everyone: **each
caller is named, so any site passes with the cookies of your users**.
`,
    remedy: `
List exact origins. In your code, look the caller's \`Origin\` up in the same list and answer with it, \`Vary: Origin\` and
\`Access-Control-Allow-Credentials: true\`. Or move to an HTTP API, which chooses by itself.
`,
    references: ['https://fetch.spec.whatwg.org/#cors-check', 'https://github.com/serverless/serverless/issues/10437'],
    outranks: ['multiple-origins-in-header', 'inconsistent-origin'],
  },
  messages: {
    exposed: {
      severity: 'error',
      harm: 'exposed',
      text: 'every site passes the preflight of {subjects} with the cookies of your users: the allowed origins match everyone, and whoever asks is named beside credentials. List your own origins, without "*"',
    },
    joined: {
      severity: 'error',
      harm: 'broken',
      text: 'the preflight picks one origin, but API Gateway answers {subjects} with the whole list ("{origin}"), which equals none of them: browsers refuse every answer. Use a proxy integration and let the code pick, or an HTTP API',
    },
    fixed: {
      severity: 'error',
      harm: 'broken',
      text: 'the gateway response {type} always names {origin}, while preflights admit a list of origins with credentials: pages on the others cannot read these errors. A gateway response cannot choose; serve one origin, or use an HTTP API',
    },
    handler: {
      severity: 'warning',
      harm: 'broken',
      text: "this list serves the preflight of {subjects} alone: the code has to answer with the caller's own origin, if it is listed, beside `Access-Control-Allow-Credentials: true` and `Vary: Origin`",
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
      - http: { path: cart, method: get, cors: { origins: [https://shop.example.com, '*'], allowCredentials: true } }
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
  httpApi: { cors: { allowedOrigins: [https://shop.example.com, https://example.com], allowCredentials: true } }
functions:
  cart:
    handler: cart.handler
    events: [{ httpApi: GET /cart }]
`,
      },
    ],
  },
  check: {
    *preflight({ by, headers }, { resource: { endpoints } }) {
      const credentialed = all(is(by, 'mock'), allowsCredentials(headers));
      for (const [arm, isSo] of arms(headers.origin, admitsAll)) {
        yield { verdict: all(credentialed, isSo), messageId: 'exposed', at: arm.from, related: [whereAllowed(headers)] };
      }
      for (const [arm, isSo] of arms(headers.origin, (origin) => isList(origin) && !admitsAll(origin))) {
        const toCode = any(...endpoints.map((one) => all(one.exists, is(one.integration, 'proxy'), not(isKnownToChoose(one)))));
        yield { verdict: all(credentialed, isSo, toCode), messageId: 'handler', at: arm.from, related: [whereAllowed(headers)] };
      }
    },
    endpoint: (endpoint, { resource: { preflight } }) =>
      responsesOf(endpoint).flatMap(({ exists, headers }) =>
        arms(headers.origin, (origin) => origin.kind === 'fixed' && namesSeveral(origin.text)).map(([arm, isSo]) => {
          const data = { origin: shownOrigin(arm) };
          return { verdict: all(exists, isSo, picks(preflight)), messageId: 'joined' as const, data, at: arm.from };
        }),
      ),
    gatewayResponse: ({ headers, type }, { api }) =>
      arms(headers.origin, ({ kind }) => kind === 'fixed').map(([arm, isSo]) => {
        const data = { type: shown(type), origin: shownOrigin(arm) };
        const verdict = all(isSo, any(...api.resources.map(({ preflight }) => picks(preflight))));
        return { verdict, messageId: 'fixed' as const, data, at: arm.from };
      }),
  },
});

const isList = (origin: AllowedOrigin): boolean => admitsAll(origin) || (origin.kind === 'echo' && origin.among.length > 1);

// `.+` is what the Serverless Framework makes of `*`.
const isForAll = ({ match, text }: OriginPattern): boolean => match === 'regex' && text.kind === 'known' && /^\.[+*]$/.test(text.value);
const admitsAll = (origin: AllowedOrigin): boolean =>
  (origin.kind === 'reflect' && origin.listed === true) || (origin.kind === 'echo' && origin.among.some(isForAll));

/** A REST preflight that names the caller if a list holds him, beside credentials. HTTP APIs and function URLs choose for every answer (H21). */
const picks = ({ by, headers }: Preflight) => all(is(by, 'mock'), allowsCredentials(headers), test(headers.origin, isList));
