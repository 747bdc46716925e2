import { it } from 'vitest';
import { cloudformation } from '../../../src/frontends/cloudformation/index.ts';
import { readText, shared } from '../../support/shared.ts';
import { document, context } from '../../support/documents.ts';
import { plainModel } from '../../support/plain.ts';
it('x', () => {
  for (const f of ['oracles/serverless/pairs/http-012-origins-star', 'oracles/serverless/pairs/auth-008-request-type', 'oracles/serverless/pairs/integ-013-lambda-credentials','oracles/serverless/pairs/url-005-credentials-default-origin','oracles/serverless/pairs/httpapi-038-any-authorizer-cors','oracles/serverless/pairs/prov-002-restapiid-import','oracles/serverless/pairs/prov-006-gateway-responses']) {
    const p = shared(f) + '/compiled.json';
    const m = cloudformation.lift(document(readText(p), p), context());
    console.log(f, JSON.stringify(plainModel(m)), m.apis.map((a) => a.name), JSON.stringify(m.deployments.map(d => [d.api, d.dependsOn])), m.apis.flatMap(a=>a.resources.flatMap(r=>r.endpoints.map(e=>e.handler))));
  }
  for (const f of ['ParamOrigin','RestManyCreds','RestManyOrigins','SfnApi','RestGwResp','FnUrls','NestedParentBooks2C627D9C.nested', 'CrossConsumer', 'RestSpecInline']) {
    const p = shared('oracles/cdk/cdk.out') + '/' + f + '.template.json';
    const m = cloudformation.lift(document(readText(p), p), context());
    console.log(f, JSON.stringify(plainModel(m)), m.apis.map((a) => a.name), m.problems.length, m.apis.flatMap(a=>a.resources.flatMap(r=>r.endpoints.map(e=>e.handler))));
  }
});
