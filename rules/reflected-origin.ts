import type { AllowedOrigin } from '../src/model/api.ts';
import { arms } from '../src/model/asking.ts';
import { reflectionsIn } from '../src/model/code-queries.ts';
import { loosePatterns, strangerFor } from '../src/model/expressions.ts';
import { allowsCredentials, whereAllowed } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { all, is, not } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'reflected-origin',
    summary: 'Whoever asks is named as the allowed origin.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
To answer with the caller's own \`Origin\` is to allow every origin, in a way that works with cookies too: any site that a user of yours visits can
then read your API with that user's session. It has to be looked up in a list first, and compared as a whole: in a regular expression a dot matches
any character, so \`https://www.example.com\` lets \`https://wwwxexample.com\` in as well.
`,
    remedy: `
Compare the origin with each one that you allow, by \`==\` or a list's \`contains\`, and send nothing if it is none of them. In an expression write each
dot as \`[.]\`. If everyone may read the answers, send \`*\` and no \`Access-Control-Allow-Credentials\`.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
      'https://github.com/aws/aws-cdk/issues/26623',
    ],
  },
  messages: {
    exposed: {
      severity: 'error',
      harm: 'exposed',
      text: 'every site passes the preflight of {subjects} with the cookies of your users: this template names whoever asks, and credentials are allowed. Compare the origin with a list of your own first',
    },
    open: {
      severity: 'warning',
      harm: 'exposed',
      text: 'every site passes the preflight of {subjects}: this template names whoever asks. If that is meant, send "*", which is never let in with cookies; if not, compare the origin with a list first',
    },
    'loose-with-cookies': {
      severity: 'error',
      harm: 'exposed',
      text: 'strangers pass the preflight of {subjects} with the cookies of your users: in the expression `{pattern}` each dot matches any character, so a host like "{stranger}" is let in. Write [.] for a dot',
    },
    read: {
      severity: 'warning',
      harm: 'exposed',
      text: 'every site can read the answers of {subjects}: this code names whoever asks. If that is meant, send "*", which is never let in with cookies; if not, compare the Origin with a list first',
    },
    'read-with-cookies': {
      severity: 'error',
      harm: 'exposed',
      text: 'every site can read the answers of {subjects} with the cookies of your users: this code names whoever asks, and allows credentials. Compare the Origin with a list of your own first',
    },
    letters: {
      severity: 'warning',
      harm: 'exposed',
      text: 'this code lets in by some letters of the Origin alone, and strangers may have them in theirs: then they read the answers of {subjects}. Compare whole origins, or write the expression between ^ and $',
    },
    loose: {
      severity: 'warning',
      harm: 'exposed',
      text: 'strangers pass the preflight of {subjects}: in the expression `{pattern}` each dot matches any character, so a host like "{stranger}" is let in. Write [.] for a dot',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws, runtime: nodejs22.x }
functions: { cart: { handler: cart.handler, events: [{ http: { path: cart, method: any } }] } }
`,
        files: {
          'cart.js': `
exports.handler = async ({ headers: { origin } }) =>
  ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' } });
`,
        },
      },
    ],
    good: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws }
functions: { cart: { handler: cart.handler, events: [{ http: { path: cart, method: put, cors: { origins: [https://shop.example.com, https://example.com] } } }] } }
`,
      },
    ],
  },
  check: {
    *endpoint(endpoint) {
      for (const { isSo, at, byLetters, cookies, where } of reflectionsIn(endpoint)) {
        if (byLetters) yield { verdict: isSo, messageId: 'letters', at };
        else yield { verdict: all(isSo, not(cookies)), messageId: 'read', at };
        if (!byLetters) yield { verdict: all(isSo, cookies), messageId: 'read-with-cookies', at, related: [where] };
      }
    },
    *preflight({ by, headers }) {
      const [mocked, cookies] = [is(by, 'mock'), allowsCredentials(headers)];
      // The list of a serverless.yml that matches everyone is told by `credentials-with-origin-list`.
      for (const [arm, isSo] of arms(headers.origin, isReflected)) {
        yield { verdict: all(mocked, isSo, cookies), messageId: 'exposed', at: arm.from, related: [whereAllowed(headers)] };
        yield { verdict: all(mocked, isSo, not(cookies)), messageId: 'open', at: arm.from };
      }
      for (const { pattern, isSo, at } of loosePatterns(headers)) {
        const data = { pattern, stranger: strangerFor(pattern) };
        yield { verdict: all(mocked, isSo, cookies), messageId: 'loose-with-cookies', data, at };
        yield { verdict: all(mocked, isSo, not(cookies)), messageId: 'loose', data, at };
      }
    },
  },
});

const isReflected = (origin: AllowedOrigin): boolean => origin.kind === 'reflect' && origin.listed !== true;
