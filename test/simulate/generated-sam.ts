import * as fc from 'fast-check';

/* SAM templates made by chance: what SAM adds to a preflight, drops from it, and merges. */

const origin = fc.constantFrom("'*'", "'https://shop.example.com'", "'https://admin.example.com'");
const auth = fc.record(
  {
    DefaultAuthorizer: fc.constantFrom('AWS_IAM', 'Pool', 'Token'),
    AddDefaultAuthorizerToCorsPreflight: fc.constantFrom(false, false, true),
    ApiKeyRequired: fc.boolean(),
    AddApiKeyRequiredToCorsPreflight: fc.constantFrom(false, true),
  },
  { requiredKeys: [] },
);
const cors = fc.oneof(
  origin,
  fc.record(
    {
      AllowOrigin: origin,
      AllowHeaders: fc.constantFrom(
        "'Content-Type'",
        "'Content-Type,Authorization,X-Api-Key,X-Amz-Date,X-Amz-Security-Token,X-Token'",
        "'*'",
      ),
      AllowMethods: fc.constantFrom("'GET,OPTIONS'", "'GET,POST,PUT,DELETE'", "'*'"),
      AllowCredentials: fc.boolean(),
    },
    { requiredKeys: ['AllowOrigin'] },
  ),
);
const events = fc.uniqueArray(
  fc.record({
    path: fc.constantFrom('/items', '/items/{id}', '/{proxy+}'),
    method: fc.constantFrom('get', 'post', 'put', 'delete', 'any', 'options'),
    auth: fc.option(fc.constantFrom('NONE', 'Token', 'AWS_IAM'), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 4, selector: (one) => one.path + one.method },
);
const responses = fc.dictionary(
  fc.constantFrom('DEFAULT_4XX', 'DEFAULT_5XX', 'UNAUTHORIZED', 'THROTTLED'),
  fc.record({
    ResponseParameters: fc.record({
      Headers: fc.record(
        { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': fc.constant("'true'") },
        { requiredKeys: [] },
      ),
    }),
  }),
  { maxKeys: 3 },
);
const AUTHORIZERS = {
  Pool: { UserPoolArn: 'arn:aws:cognito-idp:eu-west-1:1:userpool/x' },
  Token: { FunctionArn: 'arn:aws:lambda:eu-west-1:1:function:f', Identity: { Header: 'X-Token' } },
};

/** One API, and one function that these events of it call. */
const template = (kind: 'Api' | 'HttpApi', api: object, requests: readonly object[]): string =>
  JSON.stringify({
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      Api: { Type: `AWS::Serverless::${kind}`, Properties: api },
      F: {
        Type: 'AWS::Serverless::Function',
        Properties: {
          Runtime: 'nodejs20.x',
          Handler: 'i.h',
          CodeUri: 's3://b/k',
          Events: Object.fromEntries(requests.map((one, i) => [`E${i}`, { Type: kind, Properties: one }])),
        },
      },
    },
  });

const rest = fc
  .record({
    cors: fc.option(cors, { nil: undefined }),
    auth: fc.option(auth, { nil: undefined }),
    events,
    responses,
    binary: fc.constantFrom(undefined, undefined, undefined, ['*~1*']),
  })
  .map(({ cors: shared, auth: asked, events: all, responses: errors, binary }) =>
    template(
      'Api',
      {
        StageName: 'prod',
        ...(shared && { Cors: shared }),
        Auth: { Authorizers: AUTHORIZERS, ...asked },
        GatewayResponses: errors,
        ...(binary && { BinaryMediaTypes: binary }),
      },
      all.map((one) => ({
        Path: one.path,
        Method: one.method,
        RestApiId: { Ref: 'Api' },
        ...(one.auth && { Auth: { Authorizer: one.auth } }),
      })),
    ),
  );
const managed = fc.oneof(
  fc.constant<unknown>(true),
  fc.record(
    {
      AllowOrigins: fc.uniqueArray(fc.constantFrom('https://shop.example.com', 'https://admin.example.com', '*'), {
        minLength: 1,
        maxLength: 2,
      }),
      AllowHeaders: fc.uniqueArray(fc.constantFrom('Content-Type', 'Authorization', '*'), { minLength: 1 }),
      AllowMethods: fc.uniqueArray(fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', '*'), { minLength: 1 }),
      AllowCredentials: fc.boolean(),
    },
    { requiredKeys: ['AllowOrigins'] },
  ),
);
const http = fc
  .record({
    cors: fc.option(managed, { nil: undefined }),
    isDefault: fc.boolean(),
    events: fc.uniqueArray(
      fc.record({
        path: fc.constantFrom('/items', '/items/{id}', '/{proxy+}', '$default'),
        method: fc.constantFrom('get', 'post', 'put', 'any', 'options'),
        isOpen: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4, selector: (one) => one.path + (one.path === '$default' ? '' : one.method) },
    ),
  })
  .map(({ cors: shared, isDefault, events: all }) =>
    template(
      'HttpApi',
      {
        ...(shared !== undefined && { CorsConfiguration: shared }),
        Auth: {
          Authorizers: {
            Jwt: {
              IdentitySource: '$request.header.Authorization',
              JwtConfiguration: { issuer: 'https://i.example.com', audience: ['a'] },
            },
          },
          ...(isDefault && { DefaultAuthorizer: 'Jwt' }),
        },
      },
      all.map((one) => ({
        ApiId: { Ref: 'Api' },
        ...(one.path !== '$default' && { Path: one.path, Method: one.method }),
        ...(one.isOpen && isDefault && { Auth: { Authorizer: 'NONE' } }),
      })),
    ),
  );

/** The text of a SAM template, as JSON. */
export const samTemplates = fc.oneof(rest, http);
