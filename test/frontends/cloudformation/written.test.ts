import { describe, expect, it } from 'vitest';
import { headersOf, lift, list, show, textAt } from './support.ts';

const ignored = (resources: string): unknown =>
  lift(`Resources:\n${resources}`).ignored.map((one) =>
    one.kind === 'inert' ? [one.by ?? 'inert', textAt(one.at)] : one.kind === 'property' ? [one.name, one.meant ?? one.belongs] : one.kind,
  );

describe('CORS that comes to nothing', () => {
  it.each([
    // R25
    [
      'proxy',
      `  M: { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: GET, Integration: { Type: AWS_PROXY, IntegrationResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } }] } } }`,
      [['proxy', 'method.response.header.Access-Control-Allow-Origin']],
    ],
    [
      'mapped',
      `  M: { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: GET, Integration: { Type: AWS, IntegrationResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } }] } } }`,
      [],
    ],
    // H13, H14, H19
    [
      'empty',
      `  A: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: HTTP, CorsConfiguration: {} } }`,
      [['inert', 'CorsConfiguration']],
    ],
    [
      'beside a body',
      `  A: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body: { paths: {} }, CorsConfiguration: { AllowOrigins: [a] } } }`,
      [['body', 'CorsConfiguration']],
    ],
    [
      'of a WebSocket API',
      `  A: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: WEBSOCKET, CorsConfiguration: { AllowOrigins: [a] } } }`,
      [['websocket', 'CorsConfiguration']],
    ],
    // H16
    [
      'a gateway response of an HTTP API',
      `  A: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: HTTP } }\n  R: { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { RestApiId: !Ref A, ResponseType: DEFAULT_4XX } }`,
      [['http-api', 'R']],
    ],
    // H3
    [
      'a parameter mapping beside CORS',
      `  A: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: HTTP, CorsConfiguration: { AllowOrigins: [a] } } }\n  I: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: !Ref A, ResponseParameters: { '200': { ResponseParameters: [{ Destination: 'overwrite:header.Vary', Source: Origin }] } } } }`,
      [['managed', "'overwrite:header.Vary'"]],
    ],
  ])('%s', (_, resources, expected) => expect(ignored(resources)).toEqual(expected));
});

describe('keys that nothing reads', () => {
  it.each([
    // R33, R38
    [
      `  R: { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { ResponseType: DEFAULT_4xx, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'", gatewayresponse.header.Vary: "'Origin'" } } }`,
      [
        ['DEFAULT_4xx', 'DEFAULT_4XX'],
        ['method.response.header.Access-Control-Allow-Origin', 'gatewayresponse.header.Access-Control-Allow-Origin'],
      ],
    ],
    [
      `  A: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: HTTP, CorsConfiguration: { AllowOrigins: [a], AllowHeader: [b] } } }`,
      [['AllowHeader', 'AllowHeaders']],
    ],
    [`  U: { Type: 'AWS::Lambda::Url', Properties: { Cors: { AllowOrigin: [a] } } }`, [['AllowOrigin', 'AllowOrigins']]],
  ])('%s', (resources, expected) => expect(ignored(resources)).toEqual(expected));

  it('of an OpenAPI document (R45, R46, H15)', () => {
    const rest = (body: string) => `  A: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: ${body} } }`;
    expect(ignored(rest('{ x-amazon-apigateway-cors: { allowOrigins: [a] }, paths: {} }'))).toMatchObject([
      ['x-amazon-apigateway-cors', expect.stringContaining('the document of an HTTP API')],
    ]);
    expect(ignored(rest('{ paths: { /a: { x-amazon-apigateway-gateway-responses: { DEFAULT_4XX: {} } } } }'))).toEqual([
      ['x-amazon-apigateway-gateway-responses', 'the root, beside `paths`'],
    ]);
    expect(
      ignored(
        `  A: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body: { paths: {}, x-amazon-apigateway-cors: { AllowOrigins: [a] } } } }`,
      ),
    ).toEqual([['AllowOrigins', 'allowOrigins']]);
  });
});

describe('what browsers meet besides APIs', () => {
  it('a bucket with CORS', () => {
    const { buckets } = lift(`Resources:
  B: { Type: 'AWS::S3::Bucket', Properties: { CorsConfiguration: { CorsRules: [{ AllowedOrigins: ['https://*.a.example'], AllowedMethods: [GET], AllowedHeaders: ['*'], ExposedHeaders: [ETag], MaxAge: 5 }] } } }
  C: { Type: 'AWS::S3::Bucket' }`);
    expect(
      buckets?.map(({ name, rules }) => [
        name,
        rules.map((rule) => [list(rule.origins), list(rule.methods), list(rule.headers), list(rule.expose), show(rule.maxAge)]),
      ]),
    ).toEqual([['B', [[['https://*.a.example'], ['GET'], ['*'], ['ETag'], '5']]]]);
  });

  it('a listener that adds headers (O2)', () => {
    const { listeners } = lift(`Resources:
  L: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { ListenerAttributes: [{ Key: routing.http.response.access_control_allow_origin.header_value, Value: "'*'" }, { Key: routing.http.response.access_control_allow_methods.header_value, Value: 'GET,PUT' }] } }
  M: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { Port: 443 } }`);
    expect(listeners?.map(({ name, headers }) => [name, headersOf(headers)])).toMatchObject([
      ['L', { origin: "'*'", methods: ['GET', 'PUT'] }],
    ]);
  });

  it('literal ids of APIs (D8)', () => {
    const { mentions } = lift(`Resources:
  P: { Type: 'AWS::IAM::Policy', Properties: { Resource: !Sub 'arn:aws:execute-api:\${AWS::Region}:123456789012:abcdefghij/*' } }
Outputs: { Url: { Value: !Sub 'https://abcdefghij.execute-api.\${AWS::Region}.amazonaws.com' } }`);
    expect(mentions.map(({ form, apiId, account, place }) => [form, apiId, account, place])).toEqual([
      ['arn', 'abcdefghij', '123456789012', 'the resource `P`'],
      ['url', 'abcdefghij', undefined, 'an output'],
    ]);
  });

  it('a stage that keeps answers, a domain that asks for certificates (R29, R42)', () => {
    const { apis } = lift(`Resources:
  A: { Type: 'AWS::ApiGateway::RestApi' }
  S: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: !Ref A, CacheClusterEnabled: true, MethodSettings: [{ CachingEnabled: true }] } }
  D: { Type: 'AWS::ApiGateway::DomainName', Properties: { DomainName: a.example, MutualTlsAuthentication: { TruststoreUri: 's3://a/b' } } }
  P: { Type: 'AWS::ApiGateway::BasePathMapping', Properties: { DomainName: !Ref D, RestApiId: !Ref A } }
  B: { Type: 'AWS::ApiGateway::RestApi' }
  T: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: !Ref B, CacheClusterEnabled: true } }`);
    expect(
      apis.map(({ name, cached, needsCertificate }) => [name, cached && show(cached), needsCertificate && show(needsCertificate)]),
    ).toEqual([
      ['A', true, true],
      ['B', undefined, undefined],
    ]);
  });
});

describe('templates that make no sense', () => {
  it.each([
    `Resources: { A: { Type: 'AWS::ApiGateway::RestApi', Properties: [a] }, B: { Type: 'AWS::ApiGatewayV2::Api', Properties: text }, C: text, D: [a] }`,
    `Resources: { A: { Type: 'AWS::ApiGatewayV2::Api', Properties: { CorsConfiguration: [a], ProtocolType: { a: b } } } }`,
    `Resources: { A: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: !If [x, y], Body: !If [x] } } }`,
    `Resources: { A: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: { paths: { /x: [a], /y: { get: text, options: { x-amazon-apigateway-integration: [a], responses: [b], security: text, parameters: { a: b } } }, 3: 4 } } } } }`,
    `Conditions: { A: !Condition B, B: !Not [!Condition A] }\nResources: { A: { Type: 'AWS::ApiGateway::RestApi', Condition: A } }`,
    `Resources: { A: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: !Ref B } }, B: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: !Ref A } } }`,
    `Resources: { A: { Type: !Ref T }, M: { Type: 'AWS::ApiGateway::Method', Condition: [a], Properties: { RestApiId: [a], ResourceId: { a: b }, HttpMethod: [a], Integration: [a] } } }`,
    `Resources: [a]\nOutputs: [a]\nConditions: [a]\nParameters: [a]\nMappings: text\nMetadata: [a]`,
  ])('are lifted all the same: %s', (text) => expect(() => lift(text)).not.toThrow());
});
