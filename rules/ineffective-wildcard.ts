import { NEED_LISTING } from '../src/browser/methods.ts';
import { knownIn, lacking } from '../src/model/asking.ts';
import { listed } from '../src/model/names.ts';
import { allowsCredentials, endpointsOf, namesHeader, responsesOf, whereAllowed } from '../src/model/queries.ts';
import { readsAuthorization, sendsStarItself, starsIn } from '../src/model/stars.ts';
import { isSeen } from '../src/model/preflights.ts';
import { defineRule } from '../src/rule.ts';
import { all, any, is, not, some } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'ineffective-wildcard',
    summary: 'A "*" stands where browsers do not take it for a wildcard.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
For a request with credentials (cookies, \`credentials: 'include'\`) a \`*\` in the allowed headers, methods or exposed headers means a header or method
of that very name, and so allows nothing. And \`Authorization\` has to be named even without credentials, says the standard; browsers still let \`*\`
do, and may stop to.
`,
    remedy: `
Name the headers and the methods that your pages use.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
      'https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name',
    ],
  },
  messages: {
    headers: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers refuse calls with credentials to {subjects} that carry a header like Content-Type: beside credentials the allowed headers "*" mean a header of that name. Name the headers',
    },
    methods: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers refuse {methods} calls with credentials: beside credentials the allowed methods "*" mean a method of that name. Name {methods}',
    },
    expose: {
      severity: 'warning',
      harm: 'broken',
      text: 'pages that send credentials can read no header by this: beside credentials the exposed headers "*" mean a header of that name. Name the headers',
    },
    authorization: {
      severity: 'warning',
      harm: 'broken',
      text: 'Authorization is not among the allowed headers but for the "*", which browsers let do today, against the standard. Name Authorization beside it, so that calls of {subjects} go on working',
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
  cart: { handler: cart.handler, events: [{ http: { path: cart, method: put, cors: { origin: https://shop.example.com, headers: ['*'], allowCredentials: true } } }] }
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
  cart: { handler: cart.handler, events: [{ http: { path: cart, method: put, cors: { origin: https://shop.example.com, headers: [Content-Type], allowCredentials: true } } }] }
`,
      },
    ],
  },
  check: {
    *preflight(preflight, { api, resource: { endpoints } }) {
      const { by, headers } = preflight;
      const [stars, methodStars] = [starsIn(headers.headers), starsIn(headers.methods)];
      if (stars.length === 0 && methodStars.length === 0) return;
      const exists = any(isSeen(preflight), is(by, 'managed'));
      const cookies = all(exists, allowsCredentials(headers), sendsStarItself(api));
      const related = [whereAllowed(headers)];
      // On a list as a whole, where `missing-auth-headers` says which of them a call carries.
      for (const [star] of stars) yield { verdict: all(cookies, star), messageId: 'headers', at: headers.headers.from, related };
      const methods = new Set(endpoints.flatMap(({ method }) => knownIn(method)).filter((method) => NEED_LISTING.includes(method)));
      const isCalled = (method: string) => any(...endpoints.map((one) => all(one.exists, is(one.method, method))));
      const isNamed = (method: string) => some(headers.methods, (item) => is(item, method));
      for (const { names, verdict } of lacking([...methods], (method) => any(not(isCalled(method)), isNamed(method))))
        for (const [star, at] of methodStars)
          yield { verdict: all(cookies, star, verdict), messageId: 'methods', data: { methods: listed(names) }, at, related };
      const needed = any(...endpoints.map(readsAuthorization));
      const unnamed = all(not(namesHeader(headers.headers, 'Authorization')), not(allowsCredentials(headers)));
      const asked = all(exists, needed, unnamed, sendsStarItself(api));
      for (const [star, at] of stars) yield { verdict: all(asked, star), messageId: 'authorization', at };
    },
    *api(api) {
      const answers = endpointsOf(api).flatMap(([endpoint]) =>
        responsesOf(endpoint).map(({ headers, exists }) => ({ headers, exists: all(endpoint.exists, exists) })),
      );
      for (const { headers, exists } of [...answers, ...(api.managed ? [api.managed] : [])]) {
        for (const [star, at] of starsIn(headers.expose))
          yield { verdict: all(exists, star, allowsCredentials(headers), sendsStarItself(api)), messageId: 'expose', at };
      }
    },
  },
});
