import { defineRule } from '../src/rule.ts';
import { YES } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'invalid-cors-shape',
    summary: 'A CORS setting is of a kind that its place does not take.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Serverless Framework 1 to 4 only warn of a setting that breaks their schema, and then compile it all the same: from \`cors: no\`, an origin
in place of the block, or a list they silently make a block that allows every origin. osls 4 and SAM stop instead.
`,
    remedy: `
Write \`true\`, or the block with its keys. Plain \`no\` and \`off\` are text to the Serverless Framework, and text turns CORS *on*:
leave the key out, or write \`false\`.
`,
    outranks: ['multiple-origins-in-header'],
    references: [
      'https://www.serverless.com/framework/docs/providers/aws/events/apigateway',
      'https://github.com/serverless/serverless/issues/11557',
    ],
  },
  messages: {
    shape: { severity: 'error', harm: 'broken', text: '`{name}` is {written} here, but this place takes {wanted}. {effect}' },
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
  orders:
    handler: orders.handler
    events:
      - http:
          path: orders
          method: get
          cors: https://shop.example.com
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
  orders:
    handler: orders.handler
    events:
      - http:
          path: orders
          method: get
          cors: { origin: https://shop.example.com }
`,
      },
    ],
  },
  check: {
    *problem(problem) {
      if (problem.kind !== 'wrong-shape') return;
      const { at, name, written, wanted, effect } = problem;
      yield { verdict: YES, messageId: 'shape', data: { name, written, wanted, effect }, at };
    },
  },
});
