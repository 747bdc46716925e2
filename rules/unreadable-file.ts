import { defineRule } from '../src/rule.ts';
import { YES } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'unreadable-file',
    summary: 'A file, or a stretch of it, cannot be read, or the deploying tool refuses it.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
What is not YAML or JSON does not deploy, and what cannot be read cannot be checked. The rest of the file is linted all the same, so
there may be more findings once it is mended.
`,
    remedy: `
Mend the place that the message names. Often it is an indentation, a tab, a quote that does not end, or the same key twice.
`,
    references: ['https://yaml.org/spec/1.2.2/', 'https://www.rfc-editor.org/rfc/rfc8259'],
  },
  messages: {
    broken: { severity: 'error', harm: 'broken', text: 'this cannot be read: {text}. The rest of the file was checked as far as possible' },
    tolerated: { severity: 'warning', harm: 'untidy', text: '{text}. It deploys, but perhaps not as it looks' },
    refused: { severity: 'error', harm: 'broken', text: '{text}' },
    doubtful: { severity: 'warning', harm: 'untidy', text: '{text}' },
    code: { severity: 'note', harm: 'broken', text: 'the answers of {subjects} were not checked: {text}' },
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
    handler: "orders.handler
    events:
      - http: GET /orders
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
    handler: "orders.handler"
    events:
      - http: { path: orders, method: get, cors: true }
`,
      },
    ],
  },
  check: {
    *endpoint({ code }) {
      for (const { code: one, isSo } of code?.readings ?? [])
        for (const { at, why: text } of one.unread.filter(({ broken }) => broken))
          yield { verdict: isSo, messageId: 'code', data: { text }, at };
    },
    *problem(problem) {
      if (problem.kind === 'refused')
        yield { verdict: YES, messageId: problem.fatal ? 'refused' : 'doubtful', data: { text: problem.text }, at: problem.at };
      if (problem.kind !== 'unreadable') return;
      // The Serverless Framework stops at a duplicate key; CloudFormation takes the last one.
      yield { verdict: YES, messageId: problem.fatal ? 'broken' : 'tolerated', data: { text: problem.text }, at: problem.at };
    },
  },
});
