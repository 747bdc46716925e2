import type { CorsHeaders, Endpoint } from '../src/model/api.ts';
import { arms } from '../src/model/asking.ts';
import { isSeen } from '../src/model/preflights.ts';
import { endpointsOf } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { all, any, test, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'wildcard-origin',
    summary: 'Every origin is allowed on an API that asks who calls.',
    since: '0.1.0',
    preset: 'strict',
    why: `
\`*\` lets the pages of every site call this API with whatever token they hold. No cookie is sent along, so nobody is impersonated by that alone; but
an API that is meant for your own pages is better told so, and a token that leaks can then not be used from another page.
`,
    remedy: `
Name the origins of your pages.
`,
    references: [
      'https://fetch.spec.whatwg.org/#http-access-control-allow-origin',
      'https://owasp.org/www-project-web-security-testing-guide/latest/4-Web_Application_Security_Testing/11-Client-side_Testing/07-Testing_Cross_Origin_Resource_Sharing',
    ],
  },
  messages: {
    open: {
      severity: 'warning',
      harm: 'exposed',
      text: 'pages of every site may call {subjects}, although it asks for an authorization. Name the origins of your own pages',
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
  cart: { handler: cart.handler, events: [{ http: { path: cart, method: get, authorizer: aws_iam, cors: true } }] }
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
  cart: { handler: cart.handler, events: [{ http: { path: cart, method: get, authorizer: aws_iam, cors: { origin: https://shop.example.com } } }] }
`,
      },
    ],
  },
  check: {
    // The service's own CORS is one setting for all routes.
    api: (api) =>
      api.managed ? judged(api.managed.headers, all(api.managed.exists, any(...endpointsOf(api).map(([one]) => isGuarded(one))))) : [],
    preflight: (preflight, { resource: { endpoints } }) =>
      judged(preflight.headers, all(isSeen(preflight), any(...endpoints.map(isGuarded)))),
  },
});

const judged = ({ origin }: CorsHeaders, exists: Verdict) =>
  arms(origin, ({ kind }) => kind === 'any').map(([arm, isSo]) => ({
    verdict: all(exists, isSo),
    messageId: 'open' as const,
    at: arm.from,
  }));

const isGuarded = ({ authorizer, exists }: Endpoint): Verdict =>
  all(
    exists,
    test(authorizer, ({ kind }) => kind !== 'none'),
  );
