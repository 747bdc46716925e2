import { defineRule } from '../src/rule.ts';
import { YES } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'cors-on-non-http-event',
    summary: '`cors` stands under an event where it does nothing.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
CORS is about pages that call an HTTP API. No browser puts a message on a queue or rings a schedule; a WebSocket handshake is not subject
to CORS (check its \`Origin\` in the \`$connect\` function); and a load balancer has no such setting. The line has no effect, or stops the deploy.
`,
    remedy: `
Remove it. If a page calls this function, set CORS on its \`http\` event, its \`url\`, or in \`provider.httpApi\`; behind a load balancer the
function answers OPTIONS itself.
`,
    references: [
      'https://fetch.spec.whatwg.org/#http-cors-protocol',
      'https://www.serverless.com/framework/docs/providers/aws/events/apigateway',
    ],
  },
  messages: {
    'no-browser': {
      severity: 'warning',
      harm: 'untidy',
      text: '`cors` does nothing on the event `{event}`: no browser calls it. Remove it, or set it on the `http` event that pages call',
    },
    websocket: {
      severity: 'warning',
      harm: 'untidy',
      text: '`cors` does nothing on a `websocket` event: browsers open sockets to any site. Remove it, and check `Origin` in the `$connect` function',
    },
    'load-balancer': {
      severity: 'warning',
      harm: 'broken',
      text: '`cors` does nothing on an `alb` event: a load balancer has no such setting. Let the function answer OPTIONS and send the CORS headers itself',
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
  mail:
    handler: mail.handler
    events:
      - sqs:
          arn: arn:aws:sqs:eu-central-1:111122223333:mail
          cors: true
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
  mail:
    handler: mail.handler
    events:
      - sqs:
          arn: arn:aws:sqs:eu-central-1:111122223333:mail
`,
      },
    ],
  },
  check: {
    ignored(ignored) {
      if (ignored.kind !== 'cors-on-event') return [];
      const { at, event } = ignored;
      if (event === 'websocket') return [{ verdict: YES, messageId: 'websocket', at }];
      if (event === 'alb') return [{ verdict: YES, messageId: 'load-balancer', at }];
      return [{ verdict: YES, messageId: 'no-browser', data: { event }, at }];
    },
  },
});
