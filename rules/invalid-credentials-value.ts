import type { CorsHeaders } from '../src/model/api.ts';
import { arms } from '../src/model/asking.ts';
import { shown, shownAsWritten } from '../src/model/names.ts';
import { responsesOf } from '../src/model/queries.ts';
import { isSeen } from '../src/model/preflights.ts';
import { defineRule } from '../src/rule.ts';
import { all, YES, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'invalid-credentials-value',
    summary: 'The switch for credentials has a value that counts as something else.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Browsers take \`Access-Control-Allow-Credentials\` for a yes if it is exactly \`true\`, in lower case; \`True\`, \`1\` and \`*\` are as if
the header were missing, and every call with cookies fails. In a configuration the opposite happens too: the text \`no\` is not empty, so
the Serverless Framework turns credentials **on**.
`,
    remedy: `
Write \`true\` or \`false\`. In a header mapping of a REST API: \`"'true'"\`; to allow none, leave the header out.
`,
    outranks: ['invalid-cors-shape'],
    references: [
      'https://fetch.spec.whatwg.org/#cors-check',
      'https://www.serverless.com/framework/docs/providers/aws/events/apigateway',
      'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html',
    ],
  },
  messages: {
    shape: { severity: 'error', harm: 'broken', text: '`{name}` is {written} here, and takes nothing but {wanted}. {effect}' },
    header: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers refuse calls with credentials: Access-Control-Allow-Credentials counts if it is exactly true, and here it is "{value}". Write true in lower case, or leave the header out',
    },
    'no-text': {
      severity: 'note',
      harm: 'untidy',
      text: '`{value}` is no text, which headers are: API Gateway makes one of it, load balancers and emulators refuse the whole answer. Write it in quotes',
    },
    listener: {
      severity: 'warning',
      harm: 'broken',
      text: 'the load balancer sends "{value}" for Access-Control-Allow-Credentials, which counts if it is exactly true. Write true, or take the attribute out',
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
      - http: { path: cart, method: get, cors: { origin: https://shop.example.com, allowCredentials: no } }
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
  cart:
    handler: cart.handler
    events:
      - http: { path: cart, method: get, cors: { origin: https://shop.example.com, allowCredentials: false } }
`,
      },
    ],
  },
  check: {
    *problem(problem) {
      if (problem.kind !== 'wrong-shape' || problem.name.toLowerCase() !== 'allowcredentials') return;
      const { at, name, written, wanted, effect } = problem;
      yield { verdict: YES, messageId: 'shape', data: { name, written, wanted, effect }, at };
    },
    // A service's own switch is a boolean of CloudFormation, which reads texts too.
    preflight: (preflight) => judged(preflight.headers, isSeen(preflight)),
    endpoint: (endpoint) => responsesOf(endpoint).flatMap(({ exists, headers }) => judged(headers, exists)),
    *codeHeader({ name, value }) {
      for (const [arm, isSo] of /^access-control-/i.test(name) ? arms(value, (one) => /^(?:boolean|number)$/.test(typeof one)) : [])
        yield { verdict: isSo, messageId: 'no-text', data: { value: shownAsWritten(arm) }, at: arm.from };
    },
    gatewayResponse: ({ headers }) => judged(headers, YES),
    model: ({ listeners = [] }) =>
      listeners.flatMap(({ exists, headers }) => judged(headers, exists).map((one) => ({ ...one, messageId: 'listener' as const }))),
  },
});

const judged = ({ credentials }: CorsHeaders, exists: Verdict) =>
  arms(credentials, misses).map(([arm, isSo]) => ({
    verdict: all(exists, isSo),
    messageId: 'header' as const,
    data: { value: shown(arm) },
    at: arm.from,
  }));

/** Meant for a yes, and none. What is meant for a no is one: all but `true` counts as missing (B4). */
const misses = (text: string | undefined): boolean =>
  text !== undefined && text !== 'true' && !/^['"\s]*(?:false|no|off|none|0|)['"\s]*$/i.test(text);
