import { originAt, type PlaceFault } from '../src/browser/origins.ts';
import { shown } from '../src/model/names.ts';
import { originsIn, originsOf, type WrittenOrigin } from '../src/model/origins.ts';
import { defineRule } from '../src/rule.ts';
import { isFilledIn } from '../src/value/value.ts';
import { all, always } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'malformed-origin',
    summary: 'An allowed origin is not one that a browser can send.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
A browser compares the allowed origin, letter by letter, with the origin of the page: scheme, host in lower case, and a port if it is not the
standard one. \`https://app.example.com/\` with its slash, \`app.example.com\` without its scheme, or a variable that nobody filled in
equal the origin of no page, so every page is refused.
`,
    remedy: `
Write it as the console of the browser shows \`location.origin\`: \`https://app.example.com\`, \`http://localhost:3000\`. For all sub-domains
use a place that has wildcards (\`origins\` of a Serverless \`http\` event), or look the caller's origin up in code.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-check',
      'https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html',
    ],
  },
  messages: {
    never: { severity: 'error', harm: 'broken', text: 'no page has the origin "{origin}", so this lets none in: {why}' },
    empty: {
      severity: 'error',
      harm: 'broken',
      text: 'the allowed origin is empty, which no page has. Name one, like https://app.example.com',
    },
    undefined: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers refuse every page: an empty `origins` list takes the default away, and the framework sends the text "undefined" as the allowed origin. Name an origin in it, or remove it',
    },
    deploy: {
      severity: 'error',
      harm: 'broken',
      text: 'the deploy fails with "Invalid format for origin": an HTTP API takes no origin like "{origin}", only those of http and https. Apps with a scheme of their own need a REST API',
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
  cart: { handler: cart.handler, events: [{ http: { path: cart, method: get, cors: { origin: https://shop.example.com/ } } }] }
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
      - http: { path: cart, method: get, cors: { origin: https://shop.example.com } }
      - http: { path: app, method: get, cors: { origins: ['https://*.example.com', capacitor://localhost] } }
`,
      },
    ],
  },
  check: {
    api: (api) => originsOf(api).flatMap(judged),
    model: ({ listeners = [] }) => listeners.flatMap(({ exists, headers }) => originsIn(headers, exists)).flatMap(judged),
  },
});

function judged({ text, isSo, place }: WrittenOrigin) {
  const fault = originAt(text.value, place);
  if (typeof fault !== 'string') return [];
  const [data, at] = [{ origin: shown(text) }, text.from];
  if (text.value === 'undefined' && isFilledIn(at)) return { verdict: isSo, messageId: 'undefined' as const, at };
  if (fault === 'empty') return { verdict: isSo, messageId: 'empty' as const, at };
  if (fault === 'app-scheme') return { verdict: isSo, messageId: 'deploy' as const, data, at };
  // What these services make of it is not documented (U6).
  if ((fault === 'wildcard' && place === 'function-url') || (fault === 'blank' && place !== 'pattern'))
    return { verdict: all(isSo, always('maybe', text)), messageId: 'never' as const, data: { ...data, why: WHY[fault] }, at };
  return { verdict: isSo, messageId: 'never' as const, data: { ...data, why: WHY[fault] }, at };
}

const WHY = {
  unfilled: 'nothing fills in what it leaves open, and it is sent as it stands. Use a variable that this place knows',
  unset: 'a variable in it has no value, so that "undefined" is sent in its place. Give it one where the function is declared',
  wildcard: 'a "*" within an origin is no wildcard here. Name the hosts, or let code look them up',
  blank: 'its blanks are compared too. Take them out',
  scheme: 'an origin begins with its scheme. Write "https://" in front',
  path: 'an origin ends with its host or port. Take off what follows, a slash too',
  host: 'that is not the name of a host',
  case: 'browsers write scheme and host in lower case. Do the same',
  unicode: 'browsers write such a host in punycode ("xn--…"). Do the same',
  port: 'that is not a port',
  'default-port': 'browsers leave the standard port of a scheme out. Do the same',
} as const satisfies Record<Exclude<PlaceFault, 'empty' | 'app-scheme'>, string>;
