import { lacking, spots } from '../src/model/asking.ts';
import { listed } from '../src/model/names.ts';
import { authorizedBy, isAnswered, refusesDespiteStar, refusesHeader, whereAuthorized } from '../src/model/queries.ts';
import { isSignedByCallers } from '../src/model/distributions.ts';
import { defineRule } from '../src/rule.ts';
import { all, mayHold, not } from '../src/value/verdict.ts';

/** What Amplify and every other client signs with (I1, I2); X-Amz-Content-Sha256 and the SDKs' own are optional (I3, I4). */
const SIGNED = ['Authorization', 'X-Amz-Date', 'X-Amz-Security-Token'];

export default defineRule({
  meta: {
    id: 'missing-sigv4-headers',
    summary: 'IAM authorization, but the preflight does not allow the headers of a signed call.',
    since: '0.1.0',
    preset: 'recommended',
    outranks: ['ineffective-wildcard'],
    why: `
A call to an API with IAM authorization is signed: it carries \`Authorization\` and \`X-Amz-Date\`, and with temporary credentials, which is
what Amplify and Cognito give to a page, \`X-Amz-Security-Token\`. The browser asks the preflight for each of them by name, and drops the
call if one is missing: "Request header field x-amz-date is not allowed by Access-Control-Allow-Headers".
`,
    remedy: `
Add the three names to the allowed headers. The Serverless Framework allows them by itself as long as \`headers\` is not set.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html',
      'https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html',
    ],
  },
  messages: {
    signed: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers drop signed calls to {subjects}: the preflight does not allow {headers}. Allow all that such a call carries: Authorization, X-Amz-Date and X-Amz-Security-Token',
    },
    temporary: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers drop calls to {subjects} that are signed with temporary credentials (Amplify, Cognito): the preflight does not allow {headers}. Add it to the allowed headers',
    },
    star: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers drop signed calls with credentials to {subjects}: beside credentials the allowed headers "*" mean a header of that name, not all. Name {headers}',
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
  orders:
    handler: orders.handler
    events:
      - http: { path: orders, method: get, authorizer: aws_iam, cors: { headers: [Content-Type, Authorization] } }
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
      - http: { path: orders, method: get, authorizer: aws_iam, cors: true }
`,
      },
    ],
  },
  check: {
    endpoint(endpoint, { api, resource: { preflight } }) {
      const { headers } = preflight;
      const judged = all(authorizedBy(endpoint, 'iam'), isAnswered(preflight), isSignedByCallers(api));
      if (!mayHold(judged)) return [];
      return spots(headers.headers).flatMap(([list, isSo]) => {
        const [asked, place] = [all(judged, isSo), { at: list.from, related: whereAuthorized(endpoint) }];
        const refused = lacking(SIGNED, (name) => not(refusesHeader(headers, name))).map(({ names, verdict }) => {
          const messageId = names[0] === 'X-Amz-Security-Token' ? ('temporary' as const) : ('signed' as const);
          return { ...place, verdict: all(asked, verdict), messageId, data: { headers: listed(names) } };
        });
        // A signed call needs no cookies (U10), but pages that send them with every call do so here too.
        const despite = lacking(SIGNED, (name) => not(refusesDespiteStar(headers, name, api))).map(({ names, verdict }) => {
          const data = { headers: listed(names) };
          return { ...place, verdict: all(asked, verdict), messageId: 'star' as const, data };
        });
        return [...refused, ...despite];
      });
    },
  },
});
