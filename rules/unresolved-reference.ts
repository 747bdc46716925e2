import { defineRule } from '../src/rule.ts';
import { YES } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'unresolved-reference',
    summary: 'A reference leads to nothing.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
A variable without value and fallback, a \`Ref\` to a resource that is not there, or a variable that comes back to itself stops the deploy.
A file that is not there may be made by a build step before it, so that is only a warning.
`,
    remedy: `
Correct the name, or give the variable a fallback: \`\${self:custom.origin, 'https://app.example.com'}\`.
`,
    outranks: ['credentials-with-wildcard-origin', 'unquoted-literal'],
    references: [
      'https://www.serverless.com/framework/docs/providers/aws/guide/variables',
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-ref.html',
    ],
  },
  messages: {
    value: {
      severity: 'error',
      harm: 'broken',
      text: '`{written}` has no value, so the deploy stops: {text}. Correct the name or add a fallback',
    },
    resource: { severity: 'error', harm: 'broken', text: '`{written}` leads to nothing, so the deploy stops: {text}. Correct the name' },
    cycle: { severity: 'error', harm: 'broken', text: '`{written}` comes back to itself, so the deploy stops: {text}. Break the circle' },
    file: {
      severity: 'warning',
      harm: 'broken',
      text: '`{written}` cannot be read: {text}. If a build makes the file, build before you deploy',
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
custom:
  origin: https://shop.example.com
functions:
  orders:
    handler: orders.handler
    events:
      - http: { path: orders, method: get, cors: { origin: '\${self:custom.orign}' } }
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
  origin: https://shop.example.com
functions:
  orders:
    handler: orders.handler
    events:
      - http: { path: orders, method: get, cors: { origin: '\${self:custom.origin}' } }
`,
      },
    ],
  },
  check: {
    *problem(problem) {
      if (problem.kind !== 'unresolved') return;
      const { at, exists, missing, written, text } = problem;
      // A stage that lacks a value may be one that is never deployed: only what no stage has is reported.
      if (missing === 'value' && exists.some(({ truth }) => truth !== 'yes')) return;
      yield { verdict: YES, messageId: missing, data: { written, text }, at };
    },
  },
});
