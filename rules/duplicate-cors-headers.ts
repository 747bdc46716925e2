import { sentBesideService } from '../src/model/code-queries.ts';
import { defineRule } from '../src/rule.ts';
import { siteOf } from '../src/value/value.ts';

/** Whether it is well is for the code to say. */
const SERVICE = `
service: shop
provider: { name: aws, runtime: nodejs22.x }
functions:
  orders: { handler: orders.handler, url: { cors: true } }
`;

export default defineRule({
  meta: {
    id: 'duplicate-cors-headers',
    summary: 'A function URL and its code both send Access-Control-Allow-Origin.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
A function URL with \`Cors\` adds its headers to whatever the function answers, and takes none of the function's own away. Both then arrive, and
browsers want exactly one \`Access-Control-Allow-Origin\`: the console says that it "contains multiple values '*, *', but only one is allowed".
The preflight is answered by the URL alone and looks fine, and so does a call with curl.
`,
    remedy: `
Keep the \`Cors\` of the URL and take the headers out of the code, middleware included; or remove \`Cors\` and let the code answer OPTIONS too.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-check',
      'https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors',
      'https://github.com/aws-powertools/powertools-lambda-python/issues/4163',
    ],
  },
  messages: {
    twice: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers refuse this answer of {subjects}: the function URL sends Access-Control-Allow-Origin by its `Cors`, the code sends another, and only one is allowed. Take it out of the code, or `Cors` off the URL',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'serverless',
        code: SERVICE,
        files: { 'orders.js': "exports.handler = async () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' } });\n" },
      },
    ],
    good: [
      {
        as: 'serverless',
        code: SERVICE,
        files: { 'orders.js': "exports.handler = async () => ({ statusCode: 200, body: '[]' });\n" },
      },
    ],
  },
  check: {
    endpoint(endpoint, { api }) {
      const { managed } = api;
      if (!managed || api.target !== 'url') return [];
      const related = [{ at: siteOf(managed.headers.origin.from), text: 'the function URL sends it too' }];
      return [...sentBesideService(endpoint, managed)].map(({ isSo, at }) => ({ verdict: isSo, messageId: 'twice' as const, at, related }));
    },
  },
});
