import { defineRule } from '../../src/rule.ts';
import { show } from '../../src/value/value.ts';
import { all, is, test } from '../../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'new-rule',
    summary: 'TODO: one sentence that states the fault, not the wish.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
TODO: what goes wrong in the browser, and why.
`,
    remedy: `
TODO: the way out.
`,
    references: ['https://fetch.spec.whatwg.org/#http-cors-protocol'],
  },
  messages: {
    // TODO: name the thing, say what the browser or the deploy will do, and the way out. The compiler holds you to the slots.
    refused: {
      severity: 'warning',
      harm: 'broken',
      text: 'TODO: browsers that ask for {path} are admitted from https://example.com alone',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'serverless',
        code: `
service: users
provider:
  name: aws
functions:
  list:
    handler: src/list.handler
    events:
      - http:
          path: users
          method: put
          cors:
            origin: https://example.com
`,
      },
    ],
    good: [
      {
        as: 'serverless',
        code: `
service: users
provider:
  name: aws
functions:
  list:
    handler: src/list.handler
    events:
      - http:
          path: users
          method: put
          cors:
            origin: https://app.example.com
`,
      },
    ],
  },
  check: {
    // Other hooks: model, api, resource, endpoint, gatewayResponse, mapping, deployment, ignored, problem (src/rule.ts).
    *preflight({ by, headers }, { resource }) {
      yield {
        // Never ask a value directly: `test`, `is`, `all`, `any`, `not` know what is unknown, and under which conditions.
        verdict: all(
          is(by, 'mock'),
          test(headers.origin, (origin) => origin.kind === 'fixed' && origin.text === 'https://example.com'),
        ),
        messageId: 'refused',
        data: { path: show(resource.path) },
        at: headers.origin.from,
      };
    },
  },
});
