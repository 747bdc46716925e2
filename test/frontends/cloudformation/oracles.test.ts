import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cloudformation } from '../../../src/frontends/cloudformation/index.ts';
import type { Loaded } from '../../../src/frontends/frontend.ts';
import type { Api, Model, Resource } from '../../../src/model/api.ts';
import { leaves } from '../../../src/value/value.ts';
import { context, document } from '../../support/documents.ts';
import { filesBelow, readText, shared } from '../../support/shared.ts';
import { headersOf, list, originOf, resourceOf, show } from './support.ts';

const pairs = shared('oracles/serverless/pairs');
const cdk = shared('oracles/cdk');
const liftFile = (path: string): Model => cloudformation.lift(document(readText(path), path), context());
const pair = (name: string): Model => liftFile(join(pairs ?? '', name, 'compiled.json'));
const only = (model: Model): Api => {
  expect(model.apis).toHaveLength(1);
  return model.apis[0] as Api;
};

const SEVEN = ['Content-Type', 'X-Amz-Date', 'Authorization', 'X-Api-Key', 'X-Amz-Security-Token', 'X-Amz-User-Agent', 'X-Amzn-Trace-Id'];
const ADMIN_AND_APP = { 'regex https://app[.]example[.]com | regex https://admin[.]example[.]com': 'https://app.example.com' };

// What each pair's cors-view.json and notes.txt say, in the model's words.
describe.runIf(pairs)('what the Serverless Framework compiles', () => {
  const items = (name: string, path = '/items'): Resource => resourceOf(only(pair(name)), path);

  it.each([
    // A comma in `origin`: the first is the static one, a match is echoed.
    ['http-008-origin-comma', ADMIN_AND_APP],
    // VTL `.+` reflects every origin; not the same as `origin: "*"`.
    ['http-012-origins-star', '<reflect>'],
    ['http-048-origin-star-in-comma-list', '<reflect>'],
    ['http-015-star-credentials', '<any>'],
    // The fallback for callers that do not match is the literal pattern.
    ['http-047-origins-wildcard-one', { 'regex https://.+[.]example[.]com': 'https://*.example.com' }],
    ['http-013-origins-empty', 'undefined'],
    ['http-063-origin-null', 'null'],
    ['http-001-cors-true', '<any>'],
  ])('%s', (name, origin) => {
    const { preflight } = items(name);
    expect(originOf(preflight.headers)).toEqual(origin);
    expect(preflight).toMatchObject({ by: { value: 'mock' }, status: { value: 200 }, convertsToText: { value: true } });
  });

  it('http-001: the seven default headers', () => {
    expect(headersOf(items('http-001-cors-true').preflight.headers)).toEqual({
      origin: '<any>',
      credentials: undefined,
      methods: ['OPTIONS', 'POST'],
      headers: SEVEN,
      expose: [],
      maxAge: undefined,
      vary: [],
    });
  });

  it('integ-002: the preflight chooses, the real responses send the joined list', () => {
    const { preflight, endpoints } = items('integ-002-lambda-origins');
    expect(originOf(preflight.headers)).toEqual(ADMIN_AND_APP);
    expect(endpoints).toMatchObject([
      { method: { value: 'POST' }, integration: { value: 'mapped' }, success: { by: { value: 'gateway' } } },
    ]);
    const [endpoint] = endpoints;
    expect(endpoint?.success.responses.map(({ status }) => show(status))).toEqual(['200']);
    expect(endpoint?.handlerError.responses.map(({ status }) => show(status))).toEqual([
      '400',
      '401',
      '403',
      '404',
      '422',
      '500',
      '502',
      '504',
    ]);
    for (const { headers, mappings } of [...(endpoint?.success.responses ?? []), ...(endpoint?.handlerError.responses ?? [])]) {
      expect([originOf(headers), show(headers.credentials)]).toEqual(['https://app.example.com,https://admin.example.com', 'true']);
      expect(mappings.map(({ header, raw, declared }) => [header, show(raw), show(declared)])).toEqual([
        ['Access-Control-Allow-Origin', "'https://app.example.com,https://admin.example.com'", true],
        ['Access-Control-Allow-Credentials', 'true', true],
      ]);
    }
  });

  it('auth-008: a request authorizer reads X-Token and Cookie, of which the preflight allows neither', () => {
    const { preflight, endpoints } = items('auth-008-request-type');
    expect(endpoints.map(({ authorizer, handler }) => [show(authorizer, ({ kind, headers }) => [kind, list(headers)]), handler])).toEqual([
      [['request', ['X-Token', 'Cookie']], 'MainLambdaFunction'],
    ]);
    expect(show(preflight.authorizer, ({ kind }) => kind)).toBe('none');
    expect(list(preflight.headers.headers)).toEqual(['Content-Type']);
  });

  it.each([
    ['auth-001-iam-string', 'iam', ['Authorization', 'X-Amz-Date', 'X-Amz-Security-Token']],
    ['auth-004-lambda-arn', 'token', ['Authorization']],
    ['auth-005-cognito-arn', 'cognito', ['Authorization']],
    ['auth-006-cognito-getatt', 'cognito', ['Authorization']],
  ])('%s', (name, kind, headers) => {
    const { endpoints } = items(name);
    expect(endpoints.map(({ authorizer }) => show(authorizer, (one) => [one.kind, list(one.headers)]))).toEqual([[kind, headers]]);
  });

  it('auth-010: the endpoint needs a key, the preflight does not allow its header', () => {
    const { preflight, endpoints } = items('auth-010-private-headers-lack-key');
    expect([endpoints.map(({ needsKey }) => show(needsKey)), show(preflight.needsKey), list(preflight.headers.headers)]).toEqual([
      [true],
      false,
      ['Content-Type'],
    ]);
  });

  it('auth-012: ANY takes the preflight, key and all', () => {
    expect(items('auth-012-any-private-no-cors', '/{proxy+}').preflight).toMatchObject({ by: { value: 'any' }, needsKey: { value: true } });
  });

  it('auth-013: an OPTIONS event behind an authorizer takes the place of the mock', () => {
    const { preflight, endpoints } = items('auth-013-options-authorizer', '/users');
    expect([
      show(preflight.by),
      show(preflight.authorizer, ({ kind }) => kind),
      endpoints.map(({ method }) => show(method)).toSorted(),
    ]).toEqual(['options', 'iam', ['GET', 'OPTIONS']]);
  });

  it('merge-011: {proxy+} has a preflight, the root has none of its own', () => {
    const api = only(pair('merge-011-proxy-without-root'));
    expect(show(resourceOf(api, '/{proxy+}').preflight.by)).toBe('mock');
    expect(show(resourceOf(api, '/').preflight.by)).toBe('any');
  });

  it('merge-016: osls 3 leaves the mock’s mappings behind, where they have no effect', () => {
    const model = liftFile(join(pairs ?? '', 'merge-016-explicit-options', 'compiled.osls3.json'));
    const { preflight } = resourceOf(only(model), '/users');
    expect([show(preflight.by), originOf(preflight.headers), preflight.mappings]).toEqual(['options', '<absent>', []]);
  });

  it('prov-001, prov-002: an API that lies elsewhere, at paths below what is not seen', () => {
    const api = only(pair('prov-001-restapiid'));
    expect([api.name, api.imported, api.resources.map(({ path }) => show(path))]).toEqual(['abc123', true, ['?…/items']]);
    const imported = only(pair('prov-002-restapiid-import'));
    expect([imported.name, imported.imported]).toEqual(['shared-api', true]);
  });

  it('prov-005: the policy is kept', () => {
    expect(only(pair('prov-005-resource-policy')).policy.kind).toBe('map');
    expect(only(pair('http-001-cors-true')).policy.kind).toBe('absent');
  });

  it('prov-006: gateway responses, which the Deployment does not wait for', () => {
    const model = pair('prov-006-gateway-responses');
    const { gatewayResponses } = only(model);
    expect(gatewayResponses.map(({ type, headers }) => [show(type), originOf(headers), list(headers.headers)])).toEqual([
      ['DEFAULT_4XX', '<any>', ['*']],
      ['DEFAULT_5XX', '<any>', []],
    ]);
    const [deployment] = model.deployments;
    expect(deployment?.api).toBe('ApiGatewayRestApi');
    expect(deployment?.waitsFor).toEqual(expect.arrayContaining(['ApiGatewayMethodItemsOptions', 'ApiGatewayMethodItemsPost']));
    expect(deployment?.waitsFor.filter((id) => id.startsWith('GatewayResponse'))).toEqual([]);
  });

  it('prov-011: a validator checks the event’s method, never the preflight', () => {
    const { preflight, endpoints } = items('prov-011-request-schema');
    expect([endpoints.map(({ validates }) => show(validates)), list(preflight.needsHeaders)]).toEqual([[true], []]);
  });

  it('prov-023: binary types', () => expect(list(only(pair('prov-023-binary-origins')).binaryMediaTypes)).toEqual(['*/*']));

  it('httpapi-006: `*` with credentials on an HTTP API', () => {
    const api = only(pair('httpapi-006-star-credentials'));
    expect(api).toMatchObject({ target: 'http', name: 'HttpApi' });
    expect(api.managed && headersOf(api.managed.headers)).toEqual({
      origin: '<any>',
      credentials: 'true',
      methods: ['OPTIONS', 'GET', 'POST'],
      headers: SEVEN,
      expose: [],
      maxAge: undefined,
      vary: [],
    });
    const { endpoints, preflight } = resourceOf(api, '/items');
    expect([endpoints.map(({ method, handler }) => [show(method), handler]), show(preflight.by)]).toEqual([
      [
        ['GET', 'MainLambdaFunction'],
        ['POST', 'MainLambdaFunction'],
      ],
      'managed',
    ]);
  });

  it.each([
    ['httpapi-017-jwt-any-no-cors', 'any', 'jwt'],
    ['httpapi-038-any-authorizer-cors', 'managed', 'jwt'],
    // The documented work-around.
    ['httpapi-039-authorizer-plus-options-route', 'managed', 'none'],
  ])('%s', (name, by, authorizer) => {
    const { preflight } = resourceOf(only(pair(name)), '/{proxy+}');
    expect([show(preflight.by), show(preflight.authorizer, ({ kind }) => kind)]).toEqual([by, authorizer]);
  });

  it('other-001: a WebSocket API', () =>
    expect(only(pair('other-001-websocket'))).toMatchObject({ target: 'websocket', resources: [], managed: undefined }));

  it('url-005: `*` with credentials on a function URL reflects', () => {
    const api = only(pair('url-005-credentials-default-origin'));
    expect([
      api.target,
      api.name,
      api.managed && originOf(api.managed.headers),
      api.managed && show(api.managed.headers.credentials),
    ]).toEqual(['url', 'MainLambdaFunction', '<reflect>', 'true']);
  });

  it('url-001: a function URL without CORS', () => expect(show(resourceOf(only(pair('url-001-true')), '/').preflight.by)).toBe('any'));
});

interface View {
  readonly HttpMethod?: string;
  readonly Integration?: {
    readonly Type?: string;
    readonly IntegrationResponses?: readonly { readonly ResponseParameters?: Readonly<Record<string, string>> }[];
  };
}

describe.runIf(pairs)('every mock preflight sends what its cors-view.json says', () => {
  const names = pairs
    ? readdirSync(pairs).filter((name) => filesBelow(join(pairs, name), (file) => file === 'compiled.json').length > 0)
    : [];

  it.each(names)('%s', (name) => {
    const views = Object.values(JSON.parse(readText(join(pairs ?? '', name, 'cors-view.json'))) as Readonly<Record<string, View>>);
    const mocks = views.filter(({ HttpMethod, Integration }) => HttpMethod === 'OPTIONS' && Integration?.Type === 'MOCK');
    const expected = mocks.map(({ Integration }) => {
      const header = (wanted: string): string | undefined =>
        Integration?.IntegrationResponses?.[0]?.ResponseParameters?.[`method.response.header.Access-Control-${wanted}`]?.slice(1, -1);
      const members = (wanted: string): readonly string[] =>
        header(wanted)
          ?.split(',')
          .map((member) => member.trim())
          .filter(Boolean) ?? [];
      return [members('Allow-Methods'), members('Allow-Headers'), header('Allow-Credentials'), header('Max-Age')];
    });
    const lifted = pair(name)
      .apis.flatMap(({ resources }) => resources.map(({ preflight }) => preflight))
      .filter(({ by }) => show(by) === 'mock');
    expect(
      lifted.map(({ headers }) => [list(headers.methods), list(headers.headers), show(headers.credentials), show(headers.maxAge)]),
    ).toEqual(expected);
  });
});

describe.runIf(cdk)('what the CDK synthesizes', () => {
  const stack = (name: string): Api => only(liftFile(join(cdk ?? '', 'cdk.out', `${name}.template.json`)));

  it.each([
    // C3: the first origin is the static one, the others are compared exactly. C1: it answers 204 unless told otherwise.
    ['RestManyOrigins', { 'exact https://admin.example.com | exact http://localhost:3000': 'https://app.example.com' }, 204],
    ['RestManyCreds', { 'exact https://admin.example.com | exact http://localhost:3000': 'https://app.example.com' }, 204],
    ['RestOneOrigin', 'https://app.example.com', 204],
    ['RestStar', '<any>', 200],
  ])('%s', (name, origin, status) => {
    for (const { preflight } of stack(name).resources) {
      expect([originOf(preflight.headers), show(preflight.by), show(preflight.status)]).toEqual([origin, 'mock', status]);
    }
  });

  it('finds the functions', () =>
    expect(stack('RestLambdaProxy').resources.flatMap(({ endpoints }) => endpoints.map(({ handler }) => handler))).toEqual([
      'Fn9270CBC0',
      'Fn9270CBC0',
    ]));

  it('declares all that it maps', () => {
    const mappings = stack('RestManyOrigins').resources.flatMap(({ preflight }) => preflight.mappings);
    expect([
      mappings.length > 0,
      mappings.every(({ declared }) => [...leaves(declared)].every((leaf) => leaf.kind === 'known' && leaf.value)),
    ]).toEqual([true, true]);
  });
});

const loaded = (path: string): Loaded =>
  existsSync(path) ? { kind: 'document', document: document(readText(path), path) } : { kind: 'missing' };

describe('whatever people write', () => {
  let count = 0;
  beforeAll(() => {
    count = 0;
  });

  it.each(['oracles/serverless', 'oracles/cdk', 'oracles/sam', 'corpus'])('%s is lifted', (folder) => {
    const root = shared(folder);
    for (const path of root === undefined ? [] : filesBelow(root, (name) => /\.(?:ya?ml|json|template)$/.test(name))) {
      const read = document(readText(path), path);
      if (!cloudformation.claims(read.root)) continue;
      const { problems } = cloudformation.lift(read, { ...context(), load: (other) => loaded(join(dirname(path), other)) });
      // Sample templates deploy: what they refer to is there. A fragment that a serverless.yml includes is none.
      if (folder === 'corpus' && !path.includes('/serverless-resources/'))
        expect(
          // The files that they include are not among the samples.
          problems.filter((problem) => problem.kind === 'unresolved' && problem.missing !== 'file'),
          path,
        ).toEqual([]);
      count++;
    }
    expect(count).toBeGreaterThan(root === undefined ? -1 : 50);
  });
});
