import { methodFault, NEED_LISTING } from '../src/browser/methods.ts';
import { hasStrayQuotes } from '../src/browser/origins.ts';
import { inside, knownItems } from '../src/model/asking.ts';
import { listsMethod } from '../src/model/methods.ts';
import { isAnswered } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { nearest } from '../src/value/nearest.ts';
import type { List } from '../src/value/value.ts';
import { all, any, is, mayHold, NO, not, some, test } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'method-not-allowed',
    summary: 'A path has a PUT, PATCH or DELETE that its preflight does not allow.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Before a PUT, PATCH or DELETE a browser asks which methods the path allows, and sends the request only if \`Access-Control-Allow-Methods\`
names it. The request never leaves the browser, so no log of yours shows it. GET, HEAD and POST pass without being named.
`,
    remedy: `
Add the method to the list. In a \`serverless.yml\` an \`http\` event with \`cors\` adds its own method by itself; \`allowedMethods\` of
\`provider.httpApi.cors\` is taken as it is.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html',
      'https://www.serverless.com/framework/docs/providers/aws/events/apigateway',
    ],
  },
  messages: {
    missing: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers never send {subjects}: the preflight allows {allowed}, and a PUT, PATCH or DELETE has to be among them. Add the method to the allowed ones',
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
  httpApi: { cors: { allowedOrigins: [https://shop.example.com], allowedMethods: [GET, POST] } }
functions:
  cart:
    handler: cart.handler
    events: [{ httpApi: GET /cart }, { httpApi: 'DELETE /cart' }]
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
  httpApi: { cors: { allowedOrigins: [https://shop.example.com], allowedMethods: [GET, DELETE] } }
functions:
  cart:
    handler: cart.handler
    # POST needs no mention
    events: [{ httpApi: GET /cart }, { httpApi: 'DELETE /cart' }, { httpApi: 'POST /cart' }]
`,
      },
    ],
  },
  check: {
    endpoint({ method, integration }, { resource: { preflight } }) {
      const answered = all(isAnswered(preflight), not(is(integration, 'none')));
      if (!mayHold(answered)) return [];
      const { methods } = preflight.headers;
      // Of ANY only the code knows what it takes.
      const keptOut = inside(method, (name) =>
        NEED_LISTING.includes(name) ? not(any(listsMethod(methods, name), triesToList(methods, name))) : NO,
      );
      const verdict = all(answered, keptOut);
      if (!mayHold(verdict)) return [];
      const allowed = [...new Set(knownItems(methods))].join(', ') || 'no method by name';
      return [{ verdict, messageId: 'missing', data: { allowed }, at: methods.from }];
    },
  },
});

/** Whether some entry would let the method in, were it written right: then that entry is what is reported, by another rule. */
const triesToList = (methods: List<string>, method: string) =>
  some(methods, (item) =>
    test(
      item,
      (text = '') => methodFault(text, nearest)?.meant.includes(method) === true || (hasStrayQuotes(text) && text.includes(method)),
    ),
  );
