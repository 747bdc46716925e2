import { arms } from '../src/model/asking.ts';
import { defineRule } from '../src/rule.ts';
import { all, YES } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'inert-cors',
    summary: 'CORS is set where the framework drops it.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
The settings are well written and reach no browser: the framework reads them for another kind of API, lets another setting win, or drops
the whole block without a word. What is deployed answers as if they were not there.
`,
    remedy: `
Move the settings to where this API takes them, as the message says, or remove what stands in their way.
`,
    references: [
      'https://www.serverless.com/framework/docs/providers/aws/events/http-api',
      'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html',
    ],
  },
  messages: {
    lost: { severity: 'error', harm: 'broken', text: '{text}' },
    empty: {
      severity: 'error',
      harm: 'broken',
      text: 'no page of another site can call {subjects}: the list of origins is empty, and with it the HTTP API answers every preflight without one and drops the CORS headers of the code. Name the origins in it, or remove the block',
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
  httpApi: { cors: true }
functions:
  orders:
    handler: orders.handler
    events:
      - http: { path: orders, method: get }
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
  httpApi: { cors: true }
functions:
  orders:
    handler: orders.handler
    events:
      - httpApi: GET /orders
`,
      },
    ],
  },
  check: {
    // What the service leaves out by its own design is told by `ignored-cors-headers`.
    ignored: (ignored) =>
      ignored.kind === 'inert' && ignored.by === undefined
        ? [{ verdict: YES, messageId: 'lost', data: { text: ignored.text }, at: ignored.at }]
        : [],
    api({ target, managed }) {
      // For function URLs nobody documents it. Where no list is written at all, the front end knows what is deployed.
      if (target !== 'http' || !managed) return [];
      return arms(managed.origins, (origins) => origins.length === 0)
        .filter(([list]) => list.from.kind !== 'absent')
        .map(([list, isSo]) => ({ verdict: all(managed.exists, isSo), messageId: 'empty' as const, at: list.from }));
    },
  },
});
