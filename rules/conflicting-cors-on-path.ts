import { defineRule } from '../src/rule.ts';
import { YES } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'conflicting-cors-on-path',
    summary: 'Two settings are for one path, and one of them does not count.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
A browser asks a *path* what it allows, not a method, so the events of one path share one preflight. Where they disagree the Serverless
Framework takes the single \`origin\` of the last one, joins headers and methods, and allows credentials as soon as one event does. What
the others say has no effect, and nothing tells you. Two OPTIONS methods on one path do not even deploy.
`,
    remedy: `
Give all events of a path the same \`cors\`: define it once under \`custom\` and write \`cors: \${self:custom.cors}\`.
`,
    references: [
      'https://www.serverless.com/framework/docs/providers/aws/events/apigateway',
      'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
      'https://github.com/serverless/serverless/issues/7231',
    ],
  },
  messages: {
    origin: {
      severity: 'warning',
      harm: 'broken',
      text: '`{written}` does not count here: {path} has one preflight for all its methods, and another event of the path makes it allow `{winning}`. Give both the same `origins`',
    },
    wider: {
      severity: 'warning',
      harm: 'exposed',
      text: '`{written}` does not count here: {path} has one preflight for all its methods, and another event of the path makes it allow every origin with `{winning}`. Give both the same setting',
    },
    credentials: {
      severity: 'warning',
      harm: 'exposed',
      text: 'the preflight of {path} allows credentials although this event does not (`allowCredentials` is {written} here): it is one for all methods, and another event of the path turns them on. Give both the same setting',
    },
    twice: {
      severity: 'error',
      harm: 'broken',
      text: 'the deploy fails with "{error}": {path} has a second {method} here. Remove one of them',
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
      - http: { path: cart, method: get, cors: { origin: https://shop.example.com } }
      - http: { path: cart, method: post, cors: { origin: https://admin.example.com } }
`,
      },
    ],
    good: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws }
custom:
  cors: { origins: [https://shop.example.com, https://admin.example.com] }
functions:
  cart:
    handler: cart.handler
    events:
      - http: { path: cart, method: get, cors: '\${self:custom.cors}' }
      - http: { path: cart, method: post, cors: '\${self:custom.cors}' }
`,
      },
    ],
  },
  check: {
    ignored(ignored) {
      if (ignored.kind !== 'overridden') return [];
      const { at, path, name, written, winner, winning } = ignored;
      const rest = { verdict: YES, at, data: { path, written, winning }, related: [{ at: winner, text: 'this one counts' }] };
      const messageId = name === 'allowCredentials' ? 'credentials' : winning === '*' ? 'wider' : 'origin';
      return messageId === 'credentials' ? [{ ...rest, messageId, data: { path, written } }] : [{ ...rest, messageId }];
    },
    *problem(problem) {
      if (problem.kind !== 'duplicate-method') return;
      const { at, path, method, error, first } = problem;
      yield { verdict: YES, messageId: 'twice', data: { path, method, error }, at, related: [{ at: first, text: 'this is the first' }] };
    },
  },
});
