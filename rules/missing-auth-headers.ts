import { needsAllowing } from '../src/browser/headers.ts';
import type { Api, Endpoint } from '../src/model/api.ts';
import { inside, knownIn, knownItems, spots } from '../src/model/asking.ts';
import { isAnswered, namesHeader, refusesDespiteStar, refusesHeader, whereAuthorized } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { siteOf } from '../src/value/value.ts';
import { all, is, judge, mayHold, NO, test } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'missing-auth-headers',
    summary: 'The preflight does not allow a header that the API itself demands.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
The header that an authorizer reads, \`X-Api-Key\`, and the \`Content-Type\` of a JSON body are sent only if the preflight allows them by
name. If it does not, the browser drops the call before it is made: "Request header field authorization is not allowed by
Access-Control-Allow-Headers in preflight response".
`,
    remedy: `
Add the header to the allowed headers of the path (\`headers\`, \`allowedHeaders\`, \`AllowHeaders\`). A list of your own replaces the default
one of the framework, so name all that your pages send.
`,
    outranks: ['ineffective-wildcard'],
    references: [
      'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html',
    ],
  },
  messages: {
    authorizer: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers drop every call to {subjects} that carries {header}, which the authorizer reads: the preflight does not allow it. Add {header} to the allowed headers',
    },
    key: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers drop every call to {subjects} that carries the API key: the preflight does not allow {header}. Add it to the allowed headers',
    },
    json: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers drop every call to {subjects} with a JSON body: the preflight does not allow {header}. Add it to the allowed headers',
    },
    star: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers drop calls with credentials to {subjects} that carry {header}: beside credentials the allowed headers "*" mean a header of that name, not all. Name {header}',
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
  order:
    handler: order.handler
    events:
      - http: { path: orders, method: post, private: true, cors: { headers: [Content-Type] } }
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
  order:
    handler: order.handler
    events:
      - http: { path: orders, method: post, private: true, cors: { headers: [Content-Type, X-Api-Key] } }
`,
      },
    ],
  },
  check: {
    *endpoint(endpoint, { api, resource: { preflight } }) {
      const { headers } = preflight;
      const answered = isAnswered(preflight);
      // Of a preflight that nobody answers `missing-cors` tells.
      if (!mayHold(answered)) return;
      for (const { messageId, header, needed, related = [] } of demanded(endpoint, api)) {
        if (!mayHold(needed)) continue;
        for (const [list, isSo] of spots(headers.headers)) {
          const [data, at, demand] = [{ header }, list.from, all(answered, needed, isSo)];
          yield { verdict: all(demand, refusesHeader(headers, header)), messageId, data, at, related };
          yield { verdict: all(demand, refusesDespiteStar(headers, header, api)), messageId: 'star', data, at, related };
        }
      }
    },
  },
});

function* demanded(endpoint: Endpoint, { keySource }: Api) {
  const { authorizer, method, needsKey } = endpoint;
  for (const header of new Set(knownIn(authorizer).flatMap(({ headers }) => knownItems(headers)))) {
    // The headers of a signed call are `missing-sigv4-headers`' to judge.
    const needed = inside(authorizer, ({ kind, headers }) => (kind === 'iam' ? NO : namesHeader(headers, header)));
    if (!mayHold(needed) || !needsAllowing(header)) continue;
    yield { messageId: 'authorizer' as const, header, needed, related: whereAuthorized(endpoint) };
  }
  const related = [{ at: siteOf(needsKey.from), text: 'an API key is demanded here' }];
  // With the source AUTHORIZER the client sends no key (I8).
  yield { messageId: 'key' as const, header: 'X-Api-Key', needed: all(test(needsKey, Boolean), is(keySource, 'HEADER')), related };
  // application/json is no safelisted value (B9). ANY may be meant for GET alone.
  const json = judge(method, (arm) =>
    arm.kind === 'unknown' || arm.value === 'ANY' ? 'maybe' : ['POST', 'PUT', 'PATCH'].includes(arm.value) ? 'yes' : 'no',
  );
  yield { messageId: 'json' as const, header: 'Content-Type', needed: json };
}
