import type { Api, Resource } from '../src/model/api.ts';
import { knownIn } from '../src/model/asking.ts';
import { isSignedByCallers } from '../src/model/distributions.ts';
import { isCaughtByAny, needsOf } from '../src/model/preflights.ts';
import { isForPages, maySendCors, whereAuthorized } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { all, mayHold, not } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'route-catches-preflight',
    summary: 'A route for every method, with an authorizer, catches the preflight.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
\`ANY\` and \`$default\` take OPTIONS as well. With an authorizer or an API key on such a route, the preflight is asked for a token that no
browser sends with it, and refused with 401, even where the API has CORS settings of its own. Routes that name their methods (GET, POST)
with the same authorizer do not have this problem.
`,
    remedy: `
Name the methods in place of \`ANY\`. Or put an OPTIONS route without an authorizer, and with an integration, on exactly that path: for
\`ANY /{proxy+}\` and \`$default\` an \`OPTIONS /{proxy+}\` does.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html',
    ],
  },
  messages: {
    refused: {
      severity: 'error',
      harm: 'broken',
      text: 'every preflight of {subjects} is refused: the route takes OPTIONS too and wants {what}, which browsers never send with a preflight. Name the methods in place of ANY, or add {options} without an authorizer',
    },
    quiet: {
      severity: 'warning',
      harm: 'broken',
      text: 'OPTIONS of {subjects} wants {what}, which browsers never send with a preflight: if pages of other sites are to call this, add {options} without an authorizer',
    },
    url: {
      severity: 'warning',
      harm: 'broken',
      text: 'OPTIONS of {subjects} wants {what}, which browsers never send with a preflight: if pages of other sites are to call this, set `Cors` of the function URL, and Lambda answers preflights by itself',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws, httpApi: { cors: true, authorizers: { login: { type: jwt, identitySource: $request.header.Authorization, issuerUrl: https://login.example.com, audience: shop } } } }
functions:
  cart: { handler: cart.handler, events: [{ httpApi: { path: /cart, method: '*', authorizer: login } }] }
`,
      },
    ],
    good: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws, httpApi: { cors: true, authorizers: { login: { type: jwt, identitySource: $request.header.Authorization, issuerUrl: https://login.example.com, audience: shop } } } }
functions:
  cart: { handler: cart.handler, events: [{ httpApi: { path: /cart, method: get, authorizer: login } }] }
`,
      },
    ],
  },
  check: {
    *preflight(preflight, { api, resource, model }) {
      const caught = all(isForPages(api, model), isCaughtByAny(resource));
      if (!mayHold(caught)) return;
      const related = resource.endpoints.flatMap((endpoint) => whereAuthorized(endpoint)).slice(0, 1);
      for (const { what, isSo, at } of needsOf(preflight)) {
        const data = { what, options: optionsOf(api, resource) };
        // A function URL has one route, beside which no other can stand.
        if (api.target === 'url') {
          yield { verdict: all(caught, isSo, isSignedByCallers(api)), messageId: 'url', data, at, related };
          continue;
        }
        yield { verdict: all(caught, isSo, maySendCors(api)), messageId: 'refused', data, at, related };
        yield { verdict: all(caught, isSo, not(maySendCors(api))), messageId: 'quiet', data, at, related };
      }
    },
  },
});

/** The way out, in the words of the target: `$default` is no path that OPTIONS could have (H6). */
function optionsOf({ target }: Api, { path }: Resource): string {
  if (target !== 'http') return 'an OPTIONS method of that path';
  return knownIn(path).includes('$default') ? 'the route `OPTIONS /{proxy+}`' : 'an OPTIONS route of that path';
}
