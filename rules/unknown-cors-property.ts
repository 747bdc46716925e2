import { defineRule } from '../src/rule.ts';
import { YES } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'unknown-cors-property',
    summary: 'A CORS key is misspelt or stands where nothing reads it.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Every tool has its own keys: \`origin\` of an \`http\` event, \`allowedOrigins\` of \`provider.httpApi.cors\`, \`AllowOrigin\` in SAM,
\`AllowOrigins\` in CloudFormation. One that nothing reads is left out, mostly without a word, and the default takes its place: often \`*\`.
`,
    remedy: `
Use the key of this place, or move it to where it belongs.
`,
    references: [
      'https://www.serverless.com/framework/docs/providers/aws/events/apigateway',
      'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html',
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-apigatewayv2-api-cors.html',
    ],
  },
  messages: {
    misspelt: { severity: 'error', harm: 'broken', text: 'nothing reads `{name}` under {place}. Did you mean `{meant}`? {effect}' },
    misplaced: { severity: 'error', harm: 'broken', text: 'nothing reads `{name}` under {place}. Its place is {belongs}. {effect}' },
    unknown: { severity: 'error', harm: 'broken', text: 'nothing reads `{name}` under {place}. {effect}' },
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
          cors: { allowOrigin: https://shop.example.com }
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
    ignored(ignored) {
      if (ignored.kind !== 'property') return [];
      const { at, name, place, meant, belongs, effect } = ignored;
      if (meant !== undefined) return [{ verdict: YES, messageId: 'misspelt', data: { name, place, meant, effect }, at }];
      if (belongs !== undefined) return [{ verdict: YES, messageId: 'misplaced', data: { name, place, belongs, effect }, at }];
      return [{ verdict: YES, messageId: 'unknown', data: { name, place, effect }, at }];
    },
  },
});
