import { likeliest } from '../src/model/asking.ts';
import { failsByCode, whereAnswered, whereFailing } from '../src/model/code-queries.ts';
import { CALLED_BY_OTHERS, endpointsThat, isCalledByOthers } from '../src/model/names.ts';
import { failuresOf } from '../src/model/preflights.ts';
import { endpointsOf, isForOtherSites, preflightIsLeftToCode, maySendCors } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { all, any, mayHold, not } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'missing-cors',
    summary: 'Nothing answers the preflight of an endpoint.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Before a page may send JSON, an \`Authorization\` header, PUT or DELETE to another site, its browser asks \`OPTIONS\` of that path. A REST
API has an answer only where the resource has an OPTIONS or ANY method of its own; its parent's CORS or a \`{proxy+}\` beside it do not
count. Elsewhere API Gateway says 403 "Missing Authentication Token" (HTTP APIs: 404). A plain GET arrives, but its answer needs CORS too.
`,
    remedy: `
Set CORS where the endpoint is declared: \`cors\` of the \`http\` event, \`provider.httpApi.cors\`, \`CorsConfiguration\`, an OPTIONS method.
If no page is to call it (a webhook, a call between servers), name it in the option \`ignore\`, or turn the rule off for this API.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
    ],
  },
  messages: {
    endpoint: {
      severity: 'error',
      harm: 'broken',
      text: 'no preflight for {subjects}: API Gateway answers OPTIONS there {how}, so pages of other sites cannot send JSON or an Authorization header, nor use PUT, PATCH or DELETE. Set CORS on this path too',
    },
    api: {
      severity: 'error',
      harm: 'broken',
      text: 'CORS is not set up here: API Gateway answers the preflights of {endpoints} {how}, so pages of other sites cannot send JSON, Authorization, PUT or DELETE there. If none should, turn `missing-cors` off',
    },
    'by-code': {
      severity: 'error',
      harm: 'broken',
      text: 'the preflight of {subjects} goes to the code, which does not let it pass: browsers want a status from 200 to 299 and Access-Control-Allow-Origin. Answer OPTIONS in the code, or let API Gateway do it',
    },
    'api-by-code': {
      severity: 'error',
      harm: 'broken',
      text: 'CORS is not set up here: the preflights of {endpoints} go to the code, which sends no CORS headers, so pages of other sites cannot send JSON, Authorization, PUT or DELETE there. If none should, turn `missing-cors` off',
    },
    'left-to-code': {
      severity: 'warning',
      harm: 'broken',
      text: 'the preflight of {subjects} goes to the backend: unless that answers OPTIONS with the CORS headers, pages of other sites cannot send JSON, Authorization, PUT or DELETE there',
    },
  },
  options: { ignore: CALLED_BY_OTHERS },
  examples: {
    bad: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws }
functions:
  orders: { handler: orders.handler, events: [{ http: { path: orders, method: get, cors: true } }, { http: { path: 'orders/{id}', method: put } }] }
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
  orders: { handler: orders.handler, events: [{ http: { path: 'orders/{id}', method: put, cors: true } }] }
  paid: { handler: paid.handler, events: [{ http: { path: webhooks/paid, method: post } }] } # servers call it, no page does
`,
      },
    ],
  },
  check: {
    *api(api, { model }, { ignore }) {
      // Where something does send CORS headers, each endpoint is reported by itself.
      const meant = all(isForOtherSites(api, model), not(maySendCors(api)));
      if (!mayHold(meant)) return;
      const met = endpointsOf(api).filter(([endpoint, resource]) => !isCalledByOthers(endpoint, resource, ignore));
      const refused = endpointsThat(met, ([one, resource]) => any(...failuresOf(one, resource, api).map(({ verdict }) => verdict)));
      const failing = endpointsThat(met, ([, resource]) => failsByCode(resource, api));
      const ways = met.flatMap(([one, resource]) =>
        failuresOf(one, resource, api).map((way) => ({ ...way, verdict: all(one.exists, way.verdict) })),
      );
      const how = [...new Set(likeliest(ways, ({ verdict }) => verdict).map((way) => way.how))].join(' or ');
      yield { verdict: all(meant, refused.isSo), messageId: 'api', data: { endpoints: refused.names, how }, at: api.at };
      const byCode = all(meant, not(refused.isSo), failing.isSo);
      const related = whereFailing(met, api);
      yield { verdict: byCode, messageId: 'api-by-code', data: { endpoints: failing.names }, at: api.at, related };
    },
    endpoint: (endpoint, { api, model, resource }, { ignore }) =>
      failuresOf(endpoint, resource, api)
        .filter(({ verdict }) => mayHold(verdict) && !isCalledByOthers(endpoint, resource, ignore))
        .map(({ verdict, how }) => {
          const meant = all(isForOtherSites(api, model), verdict, maySendCors(api));
          return { verdict: meant, messageId: 'endpoint' as const, data: { how }, at: endpoint.at };
        }),
    resource(resource, { api, model }, { ignore }) {
      const verdict = all(isForOtherSites(api, model), preflightIsLeftToCode(resource, api));
      const { preflight } = resource;
      const fails = all(isForOtherSites(api, model), failsByCode(resource, api), maySendCors(api));
      if (!mayHold(verdict) && !mayHold(fails)) return [];
      if (resource.endpoints.every((one) => isCalledByOthers(one, resource, ignore))) return [];
      return [
        { verdict, messageId: 'left-to-code', at: preflight.at },
        { verdict: fails, messageId: 'by-code', at: preflight.at, related: whereAnswered(preflight) },
      ];
    },
  },
});
