import { describe, expect, it } from 'vitest';
import { apiOf, headersOf, lift, list, resourceOf, show, textAt, verdict } from '../cloudformation/support.ts';

/** A template with a REST API of this document, its lines at any indentation. */
const template = (document: string, properties = '', before = ''): string => `${before}
Resources:
  Fn: { Type: 'AWS::Lambda::Function' }
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      ${properties}
      Body:
${document.replace(/^/gm, '        ')}`;

const MOCK = `{ type: mock, requestTemplates: { application/json: '{"statusCode": 200}' }, responses: { default: { statusCode: '200', responseParameters: {
  method.response.header.Access-Control-Allow-Origin: "'*'", method.response.header.Access-Control-Allow-Headers: "'Content-Type,X-Api-Key'" } } } }`;

const document = `
openapi: 3.0.1
info: { title: Shop, version: '1' }
security: [{ user: [] }]
paths:
  /orders/{id}:
    parameters: [{ name: X-Shop, in: header, required: true }]
    get:
      security: [{ user: [] }]
      x-amazon-apigateway-integration: { type: aws_proxy, uri: !Sub 'arn:aws:apigateway:x:lambda:path/2015-03-31/functions/\${Fn.Arn}/invocations' }
    put:
      security: [{ signed: [], key: [] }]
      x-amazon-apigateway-request-validator: all
      x-amazon-apigateway-integration: { type: http, uri: https://example.com, responses: { default: { statusCode: '200', responseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } } } }
      responses: { '200': { headers: { Access-Control-Allow-Origin: { schema: { type: string } } } } }
    options:
      x-amazon-apigateway-request-validator: all
      responses: { '200': { headers: { access-control-allow-origin: { schema: { type: string } } } } }
      x-amazon-apigateway-integration: ${MOCK}
  /any:
    x-amazon-apigateway-any-method: { x-amazon-apigateway-auth: { type: AWS_IAM }, x-amazon-apigateway-integration: { type: aws_proxy } }
  x-extension: {}
components:
  securitySchemes:
    user: { type: apiKey, name: X-Token, in: header, x-amazon-apigateway-authtype: custom, x-amazon-apigateway-authorizer: { type: token } }
    signed: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 }
    key: { type: apiKey, name: x-api-key, in: header }
x-amazon-apigateway-request-validators: { all: { validateRequestBody: true, validateRequestParameters: true } }
x-amazon-apigateway-gateway-responses: { DEFAULT_4XX: { responseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'https://a.example'" } } }
x-amazon-apigateway-binary-media-types: ['*/*']
x-amazon-apigateway-api-key-source: AUTHORIZER
x-amazon-apigateway-policy: { Statement: [] }`;

describe('a REST API defined by an OpenAPI document', () => {
  const model = lift(template(document));
  const api = apiOf(model);
  const orders = resourceOf(api, '/orders/{id}');
  const endpoint = (method: string) => orders.endpoints.find((one) => show(one.method) === method);

  it('has its paths alone', () => {
    expect(api.resources.map(({ path }) => show(path))).toEqual(['/orders/{id}', '/any']);
    expect(api.imported).toBe(false);
    expect(textAt(orders.at)).toBe('/orders/{id}');
  });

  it('has its methods, and the code behind them', () => {
    expect(orders.endpoints.map(({ method, integration, handler }) => [show(method), show(integration), handler])).toEqual([
      ['GET', 'proxy', 'Fn'],
      ['PUT', 'mapped', undefined],
    ]);
    expect(resourceOf(api, '/any').endpoints.map(({ method }) => show(method))).toEqual(['ANY']);
    expect(show(resourceOf(api, '/any').preflight.by)).toBe('any');
  });

  it('asks callers what its operations say, and nothing of what the root does (R43)', () => {
    const seen = (method: string) => {
      const found = endpoint(method);
      return found && [show(found.authorizer, ({ kind, headers }) => [kind, list(headers)]), show(found.needsKey), show(found.validates)];
    };
    expect(seen('GET')).toEqual([['token', ['X-Token']], false, false]);
    expect(seen('PUT')).toEqual([['iam', ['Authorization', 'X-Amz-Date', 'X-Amz-Security-Token']], true, true]);
    expect(show(orders.preflight.authorizer, ({ kind }) => kind)).toBe('none');
    expect(show(resourceOf(api, '/any').preflight.authorizer, ({ kind }) => kind)).toBe('iam');
  });

  it('answers preflights as its mock does', () => {
    const { preflight } = orders;
    expect([show(preflight.by), show(preflight.status), list(preflight.needsHeaders)]).toEqual(['mock', 200, ['X-Shop']]);
    expect(headersOf(preflight.headers)).toMatchObject({ origin: '<any>', headers: ['Content-Type', 'X-Api-Key'] });
    expect(preflight.names).toEqual(['Api']);
    expect(preflight.mock && [show(preflight.mock.request), show(preflight.mock.responds)]).toEqual([
      { kind: 'status', status: 200 },
      true,
    ]);
  });

  it('declares the headers of its responses, for the status that maps them (R44)', () => {
    expect(orders.preflight.mappings.map(({ header, declared }) => [header, show(declared)])).toEqual([
      ['Access-Control-Allow-Origin', true],
      ['Access-Control-Allow-Headers', false],
    ]);
    expect(endpoint('PUT')?.success.responses.map(({ mappings }) => mappings.map(({ declared }) => show(declared)))).toEqual([[true]]);
  });

  it('has what stands at the root', () => {
    expect(api.gatewayResponses.map(({ name, headers, detached }) => [name, headersOf(headers), detached])).toMatchObject([
      ['DEFAULT_4XX', { origin: 'https://a.example' }, undefined],
    ]);
    expect([list(api.binaryMediaTypes), show(api.keySource), api.policy.kind]).toEqual([['*/*'], 'AUTHORIZER', 'map']);
  });

  it('says nothing of a document that is right', () => expect([model.ignored, model.problems]).toEqual([[], []]));
});

describe('what is written beside a document', () => {
  it('wins over it', () => {
    const api = apiOf(template(document, 'BinaryMediaTypes: [image/png]\n      ApiKeySourceType: HEADER'));
    expect([list(api.binaryMediaTypes), show(api.keySource)]).toEqual([['image/png'], 'HEADER']);
  });

  it('is dropped by the next import, unless that merges (D4)', () => {
    const response = `  R: { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { RestApiId: !Ref Api, ResponseType: DEFAULT_5XX } }`;
    const detached = (properties: string) =>
      apiOf(`${template('paths: {}', properties)}\n${response}`).gatewayResponses.map((one) => one.detached);
    expect(detached('Name: a')).toEqual([true]);
    expect(detached('Mode: overwrite')).toEqual([true]);
    expect(detached('Mode: merge')).toEqual([undefined]);
  });

  it('adds to its paths', () => {
    const api = apiOf(`${template(document)}
  Root: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: GET, Integration: { Type: MOCK } } }`);
    expect(api.resources.map(({ path }) => show(path))).toEqual(['/orders/{id}', '/any', '/']);
  });
});

describe('a document that hangs on conditions', () => {
  it('has an operation in some worlds', () => {
    const api = apiOf(
      template(
        `paths: { /a: { get: !If [Prod, { x-amazon-apigateway-integration: { type: aws_proxy } }, !Ref AWS::NoValue] } }`,
        '',
        'Parameters: { Env: { Type: String, AllowedValues: [dev, prod] } }\nConditions: { Prod: !Equals [!Ref Env, prod] }',
      ),
    );
    expect(resourceOf(api, '/a').endpoints.map(({ exists }) => verdict(exists))).toEqual(['no when Env = dev; yes when Env = prod']);
  });

  it('may hold more where a macro makes its paths', () =>
    expect(apiOf(template(`paths: { 'Fn::Transform': { Name: Other } }`)).imported).toBe(true));
});

describe('references within a document', () => {
  it.each([
    ['#/components/x-amazon-apigateway-integrations/one', 'mock'],
    ['#/components/x-amazon-apigateway-integrations/two', 'mock'],
    ['#/components/nothing', '?'],
    ['#/components/x-amazon-apigateway-integrations/circle', '?'],
    ['other.yml#/x', '?'],
  ])('%s', (reference, kind) => {
    const api = apiOf(
      template(`
paths: { /a: { get: { x-amazon-apigateway-integration: { $ref: '${reference}' } } } }
components:
  x-amazon-apigateway-integrations:
    one: { type: mock }
    two: { $ref: '#/components/x-amazon-apigateway-integrations/one' }
    circle: { $ref: '#/components/x-amazon-apigateway-integrations/circle' }`),
    );
    expect(resourceOf(api, '/a').endpoints.map(({ integration }) => show(integration))).toEqual([kind]);
  });

  it('loses the headers of a response by $ref (R44)', () => {
    const api = apiOf(
      template(`
swagger: '2.0'
paths:
  /a:
    options: { responses: { '200': { $ref: '#/responses/Cors' } }, x-amazon-apigateway-integration: ${MOCK.replace(/\n\s*/, ' ')} }
responses: { Cors: { headers: { Access-Control-Allow-Origin: { type: string } } } }`),
    );
    const { preflight } = resourceOf(api, '/a');
    expect(preflight.declares?.map(({ header }) => header)).toEqual([undefined]);
    expect(preflight.mappings.map(({ declared }) => show(declared))).toEqual([false, false]);
  });
});

describe('Swagger 2', () => {
  it('has its security schemes elsewhere', () => {
    const api = apiOf(
      template(`
swagger: '2.0'
paths: { /a: { get: { security: [{ pool: [] }], x-amazon-apigateway-integration: { type: aws_proxy } }, post: { security: [{ gone: [] }] } } }
securityDefinitions: { pool: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: cognito_user_pools, x-amazon-apigateway-authorizer: { type: cognito_user_pools } } }`),
    );
    expect(resourceOf(api, '/a').endpoints.map(({ authorizer }) => show(authorizer, ({ kind, headers }) => [kind, list(headers)]))).toEqual(
      [['cognito', ['Authorization']], '?'],
    );
  });
});
