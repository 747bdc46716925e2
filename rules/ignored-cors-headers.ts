import type { CorsHeaders } from '../src/model/api.ts';
import { isWhole, replacedIn } from '../src/model/code-queries.ts';
import { listed } from '../src/model/names.ts';
import { sendsItself } from '../src/model/preflights.ts';
import { responsesOf } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { all, always, any, is, mayHold, NO, not, some, YES, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'ignored-cors-headers',
    summary: 'CORS headers are set where the service never sends them.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Each kind of API has one place that CORS headers come from, and drops what others say: a proxy integration passes the answer of your code on and
never looks at its integration responses; an HTTP API with CORS settings of its own drops the CORS headers of your code; a 413 cannot be worded at
all. What is written there looks right, and browsers never see it.
`,
    remedy: `
Set the headers where this API takes them, and remove the ones that have no effect.
`,
    references: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html',
    ],
  },
  messages: {
    lost: { severity: 'warning', harm: 'untidy', text: '{text}' },
    refused: { severity: 'error', harm: 'broken', text: '{text}' },
    same: {
      severity: 'note',
      harm: 'untidy',
      text: '{text} The API sends the same, so this can go',
    },
    replaced: {
      severity: 'warning',
      harm: 'untidy',
      text: 'an HTTP API with CORS settings drops what the code sends here for {subjects} ({headers}), and sends its own in place of it. Change the settings of the API, and take the headers out of the code',
    },
    'replaced-by-same': {
      severity: 'note',
      harm: 'untidy',
      text: 'an HTTP API with CORS settings drops what the code sends here for {subjects} ({headers}), and sends the same itself. This can go',
    },
    'too-large': {
      severity: 'warning',
      harm: 'untidy',
      text: 'API Gateway does not let anyone word its 413 (request too large): this gateway response changes nothing, and pages see a bare network error there. Remove it, and check sizes in the page',
    },
    'exposed-by-preflight': {
      severity: 'warning',
      harm: 'broken',
      text: '`{header}` of {subjects} stands on the preflight alone, where browsers do not look for it: pages cannot read these headers. Send it with the real answers',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws, runtime: nodejs22.x, httpApi: { cors: { allowedOrigins: [https://shop.example.com] } } }
functions: { cart: { handler: cart.handler, events: [{ httpApi: GET /cart }] } }
`,
        files: { 'cart.js': "exports.handler = async () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' } });\n" },
      },
    ],
    good: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws, httpApi: { cors: { allowedOrigins: [https://shop.example.com] } } }
functions: { cart: { handler: cart.handler, events: [{ httpApi: GET /cart }] } }
`,
      },
    ],
  },
  check: {
    ignored(ignored, { model }) {
      if (ignored.kind !== 'inert' || ignored.by === undefined) return [];
      const { by, at, header } = ignored;
      const data = { text: ignored.text };
      if (by === 'body' || by === 'http-api') return [{ verdict: YES, messageId: 'refused', data, at }];
      const isSame = by === 'managed' && header && model.apis.some((api) => sendsItself(api, header));
      return [{ verdict: YES, messageId: isSame ? 'same' : 'lost', data, at }];
    },
    endpoint({ code }, { api: { managed, target }, api }) {
      if (!managed || target !== 'http') return [];
      return [...replacedIn(code, api)].map(({ isSo, at, headers, same }) => {
        const messageId = same ? ('replaced-by-same' as const) : ('replaced' as const);
        return { verdict: all(managed.exists, isSo), messageId, data: { headers: listed(headers) }, at };
      });
    },
    gatewayResponse: ({ at, type }) => [{ verdict: is(type, 'REQUEST_TOO_LARGE'), messageId: 'too-large', at }],
    preflight({ by, headers }, { resource: { endpoints } }) {
      const exposing = all(is(by, 'mock'), exposes(headers));
      if (!mayHold(exposing)) return [];
      const answered = endpoints.flatMap(responsesOf);
      // Code may send it too, where it was not read to its end.
      const unseen = all(
        ...endpoints.map((one) => any(not(is(one.success.by, 'handler')), one.code ? isWhole(one.code) : NO, always('maybe'))),
      );
      const verdict = all(exposing, not(any(...answered.map((one) => exposes(one.headers)))), unseen);
      return [{ verdict, messageId: 'exposed-by-preflight', data: { header: 'Access-Control-Expose-Headers' }, at: headers.expose.from }];
    },
  },
});

const exposes = ({ expose }: CorsHeaders): Verdict => some(expose, () => YES);
