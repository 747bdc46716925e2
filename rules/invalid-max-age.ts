import type { CorsHeaders } from '../src/model/api.ts';
import { arms } from '../src/model/asking.ts';
import { isWrongShape } from '../src/model/lists.ts';
import { shown } from '../src/model/names.ts';
import { isSeen } from '../src/model/preflights.ts';
import { defineRule } from '../src/rule.ts';
import type { Known } from '../src/value/value.ts';
import { all, not, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'invalid-max-age',
    summary: 'The time for which browsers may remember a preflight is no number of seconds, or too large.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
\`Access-Control-Max-Age\` is a whole number of seconds. What is none counts as 5 seconds, so that nearly every call is preceded by a
preflight; more than a day counts as a day in Firefox and as two hours in Chrome. A function URL does not even deploy with more than a day.
`,
    remedy: `
Write seconds: \`maxAge: 7200\`. In a header mapping of a REST API: \`"'7200'"\`. \`-1\` turns remembering off, where the place takes it.
`,
    references: [
      'https://fetch.spec.whatwg.org/#http-access-control-max-age',
      'https://developer.mozilla.org/docs/Web/HTTP/Headers/Access-Control-Max-Age',
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-lambda-url-cors.html',
    ],
  },
  messages: {
    number: {
      severity: 'warning',
      harm: 'untidy',
      text: 'browsers drop "{value}", since it is no whole number of seconds, and ask again every 5 seconds. Write a number like 7200',
    },
    range: {
      severity: 'warning',
      harm: 'untidy',
      text: 'an HTTP API takes -1 to 86400 seconds, and here are {value}: the deploy may refuse them, and no browser remembers a preflight for that long. Write 86400 at most',
    },
    deploy: {
      severity: 'error',
      harm: 'broken',
      text: 'the deploy fails: a function URL takes 0 to 86400 seconds, and here are {value}. Write 86400 at most',
    },
    long: {
      severity: 'note',
      harm: 'untidy',
      text: 'no browser remembers a preflight for {value} seconds: Firefox takes 86400 at most, Chrome 7200',
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
  cart: { handler: cart.handler, url: { cors: { allowedOrigins: [https://shop.example.com], maxAge: 604800 } } }
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
  cart: { handler: cart.handler, url: { cors: { allowedOrigins: [https://shop.example.com], maxAge: 86400 } } }
`,
      },
    ],
  },
  check: {
    *api({ target, managed, resources }, { model }) {
      // Where the framework's own schema refuses the value, `invalid-cors-shape` says so.
      const judged = ({ maxAge }: CorsHeaders, exists: Verdict, takes: Takes) =>
        [...told(maxAge, takes)].map(([arm, isSo, messageId]) => ({
          verdict: all(exists, isSo, not(isWrongShape(model, maxAge.from, ['maxAge', 'MaxAge']))),
          messageId,
          data: { value: shown(arm) },
          at: arm.from,
        }));
      if (managed && (target === 'http' || target === 'url')) yield* judged(managed.headers, managed.exists, target);
      for (const { preflight } of resources) yield* judged(preflight.headers, isSeen(preflight), 'header');
    },
    *model({ listeners = [] }) {
      for (const { exists, headers } of listeners) {
        for (const [arm, isSo, messageId] of told(headers.maxAge, 'header'))
          yield { verdict: all(exists, isSo), messageId, data: { value: shown(arm) }, at: arm.from };
      }
    },
  },
});

/** Where the value is taken: a header as it is, or a setting of the service with bounds of its own (H10, U1). */
type Takes = 'header' | 'http' | 'url';

/** Longer than any browser remembers (B11). */
const DAY = 86_400;

function* told(
  value: CorsHeaders['maxAge'],
  takes: Takes,
): Iterable<readonly [Known<string | undefined>, Verdict, 'number' | 'range' | 'deploy' | 'long']> {
  for (const [arm, isSo] of arms(value)) {
    const text = arm.value?.trim();
    if (text === undefined) continue;
    const seconds = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(seconds) || (takes === 'header' && seconds < -1)) yield [arm, isSo, 'number'];
    else if (takes === 'url' && (seconds < 0 || seconds > DAY)) yield [arm, isSo, 'deploy'];
    else if (takes === 'http' && (seconds < -1 || seconds > DAY)) yield [arm, isSo, 'range'];
    else if (seconds > DAY) yield [arm, isSo, 'long'];
  }
}
