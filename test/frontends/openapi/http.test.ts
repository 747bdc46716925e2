import { describe, expect, it } from 'vitest';
import { apiOf, headersOf, lift, list, resourceOf, show } from '../cloudformation/support.ts';

const template = (document: string, properties = ''): string => `
Resources:
  Fn: { Type: 'AWS::Lambda::Function' }
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      ${properties}
      Body:
${document.replace(/^/gm, '        ')}`;

const CORS = `x-amazon-apigateway-cors: { allowOrigins: ['https://a.example'], allowHeaders: [Authorization], allowMethods: [GET, PUT], allowCredentials: true, maxAge: 600 }`;

const PROXY = `x-amazon-apigateway-integration: { payloadFormatVersion: '2.0', type: aws_proxy, uri: !Sub '\${Fn.Arn}/invocations' }`;

const document = `
openapi: 3.0.1
info: { title: Shop }
security: [{ user: [] }]
${CORS}
paths:
  /orders:
    get: { security: [{ user: [] }], ${PROXY} }
    put: { ${PROXY} }
  /all/{proxy+}:
    x-amazon-apigateway-any-method: { security: [{ user: [] }], ${PROXY} }
  $default:
    x-amazon-apigateway-any-method: { isDefaultRoute: true, ${PROXY} }
components: { securitySchemes: { user: { type: oauth2, x-amazon-apigateway-authorizer: { type: jwt, identitySource: $request.header.X-User } } } }`;

describe('an HTTP API defined by an OpenAPI document', () => {
  const model = lift(template(document));
  const api = apiOf(model);

  it('has its routes', () => {
    expect(
      api.resources.map(({ path, endpoints }) => [show(path), endpoints.map(({ method, handler }) => [show(method), handler])]),
    ).toEqual([
      [
        '/orders',
        [
          ['GET', 'Fn'],
          ['PUT', 'Fn'],
        ],
      ],
      ['/all/{proxy+}', [['ANY', 'Fn']]],
      ['$default', [['ANY', 'Fn']]],
    ]);
    expect([api.target, api.imported]).toEqual(['http', false]);
  });

  it('has the CORS of its extension', () => {
    expect(api.managed && headersOf(api.managed.headers)).toMatchObject({
      origin: { 'exact https://a.example': undefined },
      credentials: 'true',
      methods: ['GET', 'PUT'],
      headers: ['Authorization'],
      maxAge: '600',
    });
    expect(resourceOf(api, '/orders').endpoints.map(({ success }) => show(success.by))).toEqual(['gateway', 'gateway']);
  });

  it('leaves a preflight to the authorizer of a route that takes every method (H5)', () => {
    const asked = (path: string) => show(resourceOf(api, path).preflight.authorizer, ({ kind, headers }) => [kind, list(headers)]);
    expect(asked('/all/{proxy+}')).toEqual(['jwt', ['X-User']]);
    // What the root says may hold for an operation that says nothing: it is not documented.
    expect(asked('/orders')).toBe('?');
  });

  it('says nothing of a document that is right', () => expect([model.ignored, model.problems]).toEqual([[], []]));
});

describe('parameter mappings', () => {
  const mapped = (cors: string) =>
    lift(
      template(`
openapi: 3.0.1
${cors}
paths:
  /a:
    get:
      x-amazon-apigateway-integration: { type: http_proxy, payloadFormatVersion: '1.0', responseParameters: { '200': { 'overwrite:header.Access-Control-Allow-Origin': 'https://a.example' }, '500': { 'overwrite:header.access-control-allow-origin': $request.header.origin }, '503': { 'remove:header.access-control-allow-origin': "''" } } }`),
    );

  it('make the answers of the gateway, value by value without quotes', () => {
    const [endpoint] = resourceOf(apiOf(mapped('')), '/a').endpoints;
    const seen = [endpoint?.success, endpoint?.handlerError].map(
      (answer) => answer && [show(answer.by), answer.responses.map(({ status, headers }) => [show(status), headersOf(headers)])],
    );
    expect(seen).toMatchObject([
      ['gateway', [['200', { origin: 'https://a.example' }]]],
      [
        'gateway',
        [
          ['500', { origin: '<reflect>' }],
          ['503', { origin: '<absent>' }],
        ],
      ],
    ]);
  });

  it('come to nothing beside the CORS of the API (H3)', () => {
    const model = mapped(CORS);
    expect(model.ignored.map((one) => one.kind === 'inert' && [one.by, one.header?.name])).toEqual([
      ['managed', 'Access-Control-Allow-Origin'],
      ['managed', 'access-control-allow-origin'],
    ]);
    expect(resourceOf(apiOf(model), '/a').endpoints[0]?.success.responses).toEqual([]);
  });
});

it('takes the property where both are given, and says that the deploy fails (H14)', () => {
  const model = lift(template(document, `CorsConfiguration: { AllowOrigins: ['*'] }`));
  const { managed } = apiOf(model);
  expect(managed && headersOf(managed.headers)).toMatchObject({ origin: '<any>' });
  expect(model.ignored).toMatchObject([{ kind: 'inert', by: 'body' }]);
});
