import { atLeastMaybe } from '../src/model/asking.ts';
import { originsIn, originsOf, type WrittenOrigin } from '../src/model/origins.ts';
import { allowsCredentials, whereAllowed } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { siteOf } from '../src/value/value.ts';
import { all, not } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'null-origin',
    summary: 'The origin "null" is allowed.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
\`null\` is no empty list and no "nobody": browsers send it for pages without an origin of their own, and any site can make one with a
sandboxed frame. To allow it is to allow everyone, and beside credentials **everyone, with the cookies of your users**. It gets in by mistake
as well: from an empty \`origin:\` the Serverless Framework makes the text "null".
`,
    remedy: `
Name the origins of your pages, and remove \`null\`. For pages opened as files while you develop, serve them from localhost.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-check',
      'https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin',
      'https://w3c.github.io/webappsec-cors-for-developers/#avoid-returning-access-control-allow-origin-null',
    ],
  },
  messages: {
    cookies: {
      severity: 'error',
      harm: 'exposed',
      text: 'any site can read these answers with the cookies of your users: it sends the origin "null" from a sandboxed frame, and that one is allowed beside credentials{made}. Name your own origins instead',
    },
    anonymous: {
      severity: 'warning',
      harm: 'exposed',
      text: 'the origin "null" is that of sandboxed frames and of pages opened as files, whosever they are: to allow it is to allow any site{made}. Name your own origins instead',
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
      - http: { path: cart, method: get, cors: { origins: [https://shop.example.com, 'null'], allowCredentials: true } }
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
      - http: { path: cart, method: get, cors: { origins: [https://shop.example.com], allowCredentials: true } }
`,
      },
    ],
  },
  check: {
    api: (api) => originsOf(api).flatMap(judged),
    model: ({ listeners = [] }) => listeners.flatMap(({ exists, headers }) => originsIn(headers, exists)).flatMap(judged),
  },
});

function judged({ text, isSo, headers }: WrittenOrigin) {
  if (text.value.trim() !== 'null') return [];
  const [credentialed, at] = [allowsCredentials(headers), text.from];
  const data = { made: isMade(text) ? ' (the framework makes that text of a value that is empty)' : '' };
  return [
    { verdict: all(isSo, credentialed), messageId: 'cookies' as const, data, at, related: [whereAllowed(headers)] },
    { verdict: all(isSo, atLeastMaybe(not(credentialed))), messageId: 'anonymous' as const, data, at },
  ];
}

/** The author wrote no text, but YAML's nothing, or a variable that comes to it. */
function isMade({ from, secret }: WrittenOrigin['text']): boolean {
  const { file, start, end } = siteOf(from);
  return !secret && /^(?:|~|null|['"]?\$\{.*)$/is.test(file.text.slice(start, end).trim());
}
