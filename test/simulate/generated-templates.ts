import * as fc from 'fast-check';

/*
 * CloudFormation and SAM templates made by chance: what serverless.yml has no words for. Authorizers of each kind, stages by conditions,
 * mappings of integration responses, gateway responses for some errors, resource policies, media types, routes that catch preflights.
 */

type Resources = Readonly<Record<string, unknown>>;

const ORIGIN = 'https://shop.example.com';
const OTHER = 'https://admin.example.com';
const ref = (name: string): object => ({ Ref: name });
const inProd = (yes: unknown, no: unknown): object => ({ 'Fn::If': ['IsProd', yes, no] });
const NO_VALUE = ref('AWS::NoValue');

/** A value of a header, as a mapping has it: mostly well written. */
const headerValue = (...values: readonly string[]): fc.Arbitrary<unknown> => {
  const literal = fc.constantFrom(...values).map((value): unknown => `'${value}'`);
  return fc.oneof(
    { weight: 8, arbitrary: literal },
    { weight: 2, arbitrary: fc.tuple(literal, literal).map(([yes, no]) => inProd(yes, no)) },
    { weight: 1, arbitrary: literal.map((value) => inProd(value, NO_VALUE)) },
    { weight: 1, arbitrary: fc.constant<unknown>({ 'Fn::Sub': "'${Page}'" }) },
  );
};

const origin = headerValue('*', ORIGIN, ORIGIN, OTHER);
const names = headerValue(
  'Content-Type',
  'Content-Type,Authorization',
  'content-type,authorization,x-api-key,x-token',
  '*',
  '*,Authorization',
);
const verbs = headerValue('GET,OPTIONS', 'GET,POST,PUT,PATCH,DELETE,OPTIONS', 'PUT,DELETE', '*', 'ANY');
const yes = headerValue('true', 'true', 'false');

const cors = fc.record(
  {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Headers': names,
    'Access-Control-Allow-Methods': verbs,
    'Access-Control-Allow-Credentials': yes,
  },
  { requiredKeys: [] },
);

const prefixed = (prefix: string, headers: object): object =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [`${prefix}${name}`, value as unknown]));

/** An integration response, and the method response that declares its headers. */
const answered = fc.record({
  status: fc.constantFrom('200', '200', '204', '400', '404', '500'),
  headers: cors,
  pattern: fc.option(fc.constantFrom('4\\d{2}', '.*Error.*', ''), { nil: undefined }),
});
type Answered = Pick<typeof answered extends fc.Arbitrary<infer T> ? T : never, 'status' | 'headers' | 'pattern'>;

const responsesOf = (all: readonly Answered[]): { readonly responses: readonly object[]; readonly declared: readonly object[] } => ({
  responses: all.map(({ status, headers, pattern }) => ({
    StatusCode: status,
    ...(pattern !== undefined && { SelectionPattern: pattern }),
    ResponseParameters: prefixed('method.response.header.', headers),
  })),
  declared: all.map(({ status, headers }) => ({
    StatusCode: status,
    ResponseParameters: Object.fromEntries(Object.keys(headers).map((name) => [`method.response.header.${name}`, false])),
  })),
});

const AUTHORIZERS: Resources = {
  Token: {
    Type: 'AWS::ApiGateway::Authorizer',
    Properties: {
      RestApiId: ref('Api'),
      Type: 'TOKEN',
      Name: 't',
      AuthorizerUri: 'arn:aws:x',
      IdentitySource: 'method.request.header.X-Token',
    },
  },
  Asking: {
    Type: 'AWS::ApiGateway::Authorizer',
    Properties: {
      RestApiId: ref('Api'),
      Type: 'REQUEST',
      Name: 'r',
      AuthorizerUri: 'arn:aws:x',
      IdentitySource: 'method.request.header.Authorization, method.request.querystring.q, context.stage',
    },
  },
  Pool: {
    Type: 'AWS::ApiGateway::Authorizer',
    Properties: {
      RestApiId: ref('Api'),
      Type: 'COGNITO_USER_POOLS',
      Name: 'p',
      ProviderARNs: ['arn:aws:cognito-idp:eu-west-1:1:userpool/x'],
      IdentitySource: 'method.request.header.Authorization',
    },
  },
};

const guard = fc.constantFrom<object>(
  { AuthorizationType: 'NONE' },
  { AuthorizationType: 'NONE' },
  { AuthorizationType: 'NONE', ApiKeyRequired: true },
  { AuthorizationType: 'AWS_IAM' },
  { AuthorizationType: 'CUSTOM', AuthorizerId: ref('Token') },
  { AuthorizationType: 'CUSTOM', AuthorizerId: ref('Asking') },
  { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: ref('Pool') },
  { AuthorizationType: inProd('AWS_IAM', 'NONE') },
);

/** Parts that most templates have none of. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const integration = fc.oneof(
  fc.constant({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: 'arn:aws:lambda' }),
  fc.constant({ Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: 'https://backend.example.com' }),
  fc.constantFrom(
    { Type: 'AWS', IntegrationHttpMethod: 'POST', Uri: 'arn:aws:lambda' },
    { Type: 'MOCK', RequestTemplates: { 'application/json': '{"statusCode": 200}' } },
  ),
);

const method = fc.record({
  path: fc.constantFrom('Items', 'Item', 'Proxy'),
  verb: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'ANY'),
  guard,
  integration,
  responses: fc.uniqueArray(answered, { minLength: 1, maxLength: 3, selector: ({ status }) => status }),
  condition: seldom(fc.constant('IsProd')),
  validator: seldom(fc.constant(ref('Validator'))),
});

const preflight = fc.record({
  path: fc.constantFrom('Items', 'Item', 'Proxy'),
  headers: fc.record(
    {
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Headers': names,
      'Access-Control-Allow-Methods': verbs,
      'Access-Control-Allow-Credentials': yes,
    },
    { requiredKeys: ['Access-Control-Allow-Origin'] },
  ),
  status: fc.constantFrom('200', '204'),
  guard: fc.oneof({ weight: 6, arbitrary: fc.constant<object>({ AuthorizationType: 'NONE' }) }, { weight: 1, arbitrary: guard }),
  template: fc.oneof(
    { weight: 8, arbitrary: fc.constant<object>({ 'application/json': '{"statusCode": 200}' }) },
    { weight: 1, arbitrary: fc.constantFrom<object>({ 'application/json': '{}' }, { 'text/plain': '{"statusCode": 200}' }) },
  ),
  converts: seldom(fc.constant('CONVERT_TO_TEXT')),
  condition: seldom(fc.constantFrom('IsProd', 'IsDev')),
});

const gatewayResponse = fc.record({
  type: fc.constantFrom(
    'DEFAULT_4XX',
    'DEFAULT_5XX',
    'UNAUTHORIZED',
    'ACCESS_DENIED',
    'THROTTLED',
    'INTEGRATION_FAILURE',
    'MISSING_AUTHENTICATION_TOKEN',
    'INVALID_API_KEY',
    'BAD_REQUEST_BODY',
    'AUTHORIZER_FAILURE',
    'INVALID_SIGNATURE',
    'QUOTA_EXCEEDED',
    'REQUEST_TOO_LARGE',
    'WAF_FILTERED',
  ),
  headers: fc.record(
    {
      'Access-Control-Allow-Origin': fc.oneof(
        { weight: 4, arbitrary: origin },
        { weight: 1, arbitrary: fc.constant<unknown>('method.request.header.origin') },
      ),
      'Access-Control-Allow-Credentials': yes,
    },
    { requiredKeys: [] },
  ),
  status: seldom(fc.constantFrom('400', '200')),
  condition: seldom(fc.constant('IsProd')),
});

const policy = fc.constantFrom<object>(
  { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }] },
  { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*/GET/*' }] },
  { Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::1:root' }, Action: 'execute-api:Invoke', Resource: '*' }] },
  {
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: '*',
        Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      },
    ],
  },
);

const template = (resources: Resources): string =>
  JSON.stringify({
    Parameters: { Env: { Type: 'String', AllowedValues: ['dev', 'prod'] }, Page: { Type: 'String' } },
    Conditions: { IsProd: { 'Fn::Equals': [ref('Env'), 'prod'] }, IsDev: { 'Fn::Equals': [ref('Env'), 'dev'] } },
    Resources: resources,
  });

const PATHS: Resources = {
  Items: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: ref('Api'), ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: 'items' },
  },
  Item: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: ref('Api'), ParentId: ref('Items'), PathPart: '{id}' } },
  Proxy: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: ref('Api'), ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: '{proxy+}' },
  },
};

const rest = fc
  .record({
    methods: fc.uniqueArray(method, { minLength: 1, maxLength: 3, selector: ({ path, verb }) => `${path}${verb}` }),
    preflights: fc.uniqueArray(preflight, { minLength: 1, maxLength: 3, selector: ({ path }) => path }),
    responses: fc.uniqueArray(gatewayResponse, { maxLength: 4, selector: ({ type }) => type }),
    binary: seldom(fc.constantFrom(['*/*'], ['image/png'])),
    policy: seldom(policy),
    isPrivate: seldom(fc.constant(true)),
    keySource: seldom(fc.constant('AUTHORIZER')),
  })
  .map(({ methods, preflights, responses, binary, policy: allowed, isPrivate, keySource }) => {
    const ofMethods = methods.map(({ path, verb, guard: guarded, integration: to, responses: all, condition, validator }) => {
      const { responses: written, declared } = responsesOf(all);
      const isProxy = to.Type.endsWith('_PROXY');
      return [
        `${path}${verb}`,
        {
          Type: 'AWS::ApiGateway::Method',
          ...(condition !== undefined && { Condition: condition }),
          Properties: {
            RestApiId: ref('Api'),
            ResourceId: ref(path),
            HttpMethod: verb,
            ...guarded,
            ...(validator && { RequestValidatorId: validator }),
            Integration: { ...to, ...(!isProxy && { IntegrationResponses: written }) },
            ...(!isProxy && { MethodResponses: declared }),
          },
        },
      ] as const;
    });
    const ofPreflights = preflights.map(({ path, headers, status, guard: guarded, template: asked, converts, condition }) => {
      const { responses: written, declared } = responsesOf([{ status, headers, pattern: undefined }] as Answered[]) as {
        responses: object;
        declared: object;
      };
      return [
        `${path}OPTIONS`,
        {
          Type: 'AWS::ApiGateway::Method',
          ...(condition !== undefined && { Condition: condition }),
          Properties: {
            RestApiId: ref('Api'),
            ResourceId: ref(path),
            HttpMethod: 'OPTIONS',
            ...guarded,
            Integration: {
              Type: 'MOCK',
              RequestTemplates: asked,
              ...(converts !== undefined && { ContentHandling: converts }),
              IntegrationResponses: written,
            },
            MethodResponses: declared,
          },
        },
      ] as const;
    });
    const ofErrors = responses.map(
      ({ type, headers, status, condition }) =>
        [
          `Errors${type.replaceAll('_', '')}`,
          {
            Type: 'AWS::ApiGateway::GatewayResponse',
            ...(condition !== undefined && { Condition: condition }),
            Properties: {
              RestApiId: ref('Api'),
              ResponseType: type,
              ...(status !== undefined && { StatusCode: status }),
              ResponseParameters: prefixed('gatewayresponse.header.', headers),
            },
          },
        ] as const,
    );
    return template({
      Api: {
        Type: 'AWS::ApiGateway::RestApi',
        Properties: {
          Name: 'shop',
          ...(binary && { BinaryMediaTypes: binary }),
          ...(allowed && { Policy: allowed }),
          ...(isPrivate && { EndpointConfiguration: { Types: ['PRIVATE'] } }),
          ...(keySource !== undefined && { ApiKeySourceType: keySource }),
        },
      },
      Validator: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: ref('Api'), ValidateRequestBody: true } },
      ...AUTHORIZERS,
      ...PATHS,
      ...Object.fromEntries([...ofMethods, ...ofPreflights, ...ofErrors]),
    });
  });

const either = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 4, arbitrary }, { weight: 1, arbitrary: fc.tuple(arbitrary, arbitrary).map(([one, other]) => inProd(one, other)) });

const managed = fc.record(
  {
    AllowOrigins: either(fc.uniqueArray(fc.constantFrom(ORIGIN, OTHER, '*', 'https://*'), { minLength: 1, maxLength: 2 })),
    AllowHeaders: either(
      fc.uniqueArray(fc.constantFrom('content-type', 'Authorization', 'x-token', 'x-amz-date', 'x-amz-security-token', '*'), {
        minLength: 1,
      }),
    ),
    AllowMethods: either(fc.uniqueArray(fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', '*'), { minLength: 1 })),
    AllowCredentials: either(fc.boolean()),
  },
  { requiredKeys: [] },
);

const routeGuard = fc.constantFrom<object>(
  { AuthorizationType: 'NONE' },
  {},
  { AuthorizationType: 'JWT', AuthorizerId: ref('Jwt') },
  { AuthorizationType: 'CUSTOM', AuthorizerId: ref('Asking') },
  { AuthorizationType: 'AWS_IAM' },
  { AuthorizationType: inProd('JWT', 'NONE'), AuthorizerId: inProd(ref('Jwt'), NO_VALUE) },
);

const http = fc
  .record({
    cors: fc.option(managed, { nil: undefined }),
    routes: fc.uniqueArray(
      fc.record({
        key: fc.constantFrom(
          'GET /items',
          'POST /items',
          'PUT /items/{id}',
          'DELETE /items/{id}',
          'ANY /items',
          'ANY /{proxy+}',
          'GET /{proxy+}',
          '$default',
          'OPTIONS /items',
          'OPTIONS /{proxy+}',
          'ANY /items/{id}',
        ),
        guard: routeGuard,
        isOpen: fc.boolean(),
        condition: seldom(fc.constant('IsProd')),
      }),
      { minLength: 1, maxLength: 5, selector: ({ key }) => key },
    ),
    sets: seldom(
      fc.constantFrom<object>({
        '200': { ResponseParameters: [{ Destination: 'overwrite:header.access-control-allow-origin', Source: '*' }] },
      }),
    ),
  })
  .map(({ cors: configured, routes, sets }) =>
    template({
      Api: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: { Name: 'shop', ProtocolType: 'HTTP', ...(configured && { CorsConfiguration: configured }) },
      },
      Jwt: {
        Type: 'AWS::ApiGatewayV2::Authorizer',
        Properties: {
          ApiId: ref('Api'),
          AuthorizerType: 'JWT',
          Name: 'j',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration: { Issuer: 'https://id.example.com', Audience: ['a'] },
        },
      },
      Asking: {
        Type: 'AWS::ApiGatewayV2::Authorizer',
        Properties: {
          ApiId: ref('Api'),
          AuthorizerType: 'REQUEST',
          Name: 'r',
          AuthorizerUri: 'arn:aws:x',
          AuthorizerPayloadFormatVersion: '2.0',
          IdentitySource: ['$request.header.X-Token'],
        },
      },
      Lambda: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId: ref('Api'),
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: 'arn:aws:lambda',
          PayloadFormatVersion: '2.0',
          ...(sets && { ResponseParameters: sets }),
        },
      },
      ...Object.fromEntries(
        routes.map(({ key, guard: guarded, isOpen, condition }, i) => [
          `Route${i}`,
          {
            Type: 'AWS::ApiGatewayV2::Route',
            ...(condition !== undefined && { Condition: condition }),
            Properties: {
              ApiId: ref('Api'),
              RouteKey: key,
              ...(key.startsWith('OPTIONS') && isOpen ? {} : guarded),
              Target: { 'Fn::Sub': 'integrations/${Lambda}' },
            },
          },
        ]),
      ),
    }),
  );

const url = fc
  .record({
    cors: seldom(managed).chain((one) => (one ? fc.constant(one) : managed)),
    auth: fc.constantFrom<unknown>('NONE', 'AWS_IAM', inProd('AWS_IAM', 'NONE')),
  })
  .map(({ cors: configured, auth }) =>
    template({
      Main: {
        Type: 'AWS::Lambda::Function',
        Properties: { Runtime: 'nodejs20.x', Handler: 'index.handler', Role: 'arn:aws:iam::1:role/r', Code: { S3Bucket: 'b', S3Key: 'k' } },
      },
      Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: ref('Main'), AuthType: auth, Cors: configured } },
    }),
  );

/** The text of a CloudFormation template, as JSON. */
export const templates = fc.oneof({ weight: 5, arbitrary: rest }, { weight: 4, arbitrary: http }, { weight: 1, arbitrary: url });
