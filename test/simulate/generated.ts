import * as fc from 'fast-check';

/*
 * Services made by chance, each as the text of a serverless.yml that the framework takes: what people write about CORS, rightly and
 * wrongly, in all combinations.
 */

const ORIGINS = ['https://shop.example.com', 'https://admin.example.com', 'http://localhost:3000', 'https://*.example.com'] as const;
const origin = fc.constantFrom(...ORIGINS.slice(0, 3));
const methods = fc.constantFrom('get', 'post', 'put', 'patch', 'delete', 'any');
const headers = fc.uniqueArray(fc.constantFrom('Content-Type', 'Authorization', 'X-Api-Key', 'X-Amz-Date', 'X-Amz-Security-Token'), {
  minLength: 1,
});
const yaml = (value: unknown): string => JSON.stringify(value);

const restCors = fc.oneof(
  fc.constant<unknown>(true),
  fc.record(
    {
      origin: fc.oneof(origin, fc.constant('*')),
      headers,
      methods: fc.uniqueArray(fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'), { minLength: 1 }),
      allowCredentials: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  fc.record(
    { origins: fc.uniqueArray(fc.constantFrom(...ORIGINS), { minLength: 2, maxLength: 3 }), headers, allowCredentials: fc.boolean() },
    { requiredKeys: ['origins'] },
  ),
);

const restEvent = fc.record(
  {
    path: fc.constantFrom('items', 'items/{id}', 'users', '{proxy+}'),
    method: methods,
    cors: restCors,
    authorizer: fc.constantFrom('aws_iam', 'login'),
    private: fc.boolean(),
    integration: fc.constantFrom('lambda', 'lambda-proxy'),
  },
  { requiredKeys: ['path', 'method'] },
);

const managedCors = fc.oneof(
  fc.constant<unknown>(true),
  fc.record(
    {
      allowedOrigins: fc.oneof(fc.constant(['*']), fc.uniqueArray(origin, { minLength: 1 })),
      allowedMethods: fc.uniqueArray(fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'), { minLength: 1 }),
      allowedHeaders: headers,
      allowCredentials: fc.boolean(),
    },
    { requiredKeys: ['allowedOrigins'] },
  ),
);

const gatewayResponse = fc.record({
  type: fc.constantFrom('DEFAULT_4XX', 'DEFAULT_5XX', 'UNAUTHORIZED', 'THROTTLED', 'INTEGRATION_TIMEOUT'),
  origin: fc.option(
    fc.oneof(
      fc.constant("'*'"),
      origin.map((one) => `'${one}'`),
      fc.constant('method.request.header.origin'),
    ),
    { nil: undefined },
  ),
  credentials: fc.boolean(),
});

const resourceOf = ({
  type,
  origin: allowed,
  credentials,
}: {
  type: string;
  origin: string | undefined;
  credentials: boolean;
}): object => ({
  Type: 'AWS::ApiGateway::GatewayResponse',
  Properties: {
    RestApiId: { Ref: 'ApiGatewayRestApi' },
    ResponseType: type,
    ResponseParameters: {
      ...(allowed !== undefined && { 'gatewayresponse.header.Access-Control-Allow-Origin': allowed }),
      ...(credentials && { 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'" }),
    },
  },
});

const service = (provider: object, events: readonly object[], resources: object): string =>
  [
    'service: shop',
    `provider: ${yaml({ name: 'aws', ...provider })}`,
    'functions:',
    '  login: { handler: login.handler }',
    '  main:',
    '    handler: main.handler',
    `    events: ${yaml(events)}`,
    `resources: ${yaml({ Resources: resources })}`,
    '',
  ].join('\n');

const named = (responses: readonly Parameters<typeof resourceOf>[0][]): object =>
  Object.fromEntries(responses.map((one) => [`Errors${one.type.replaceAll('_', '')}`, resourceOf(one)]));

const rest = fc
  .record({
    events: fc.uniqueArray(restEvent, { minLength: 1, maxLength: 4, selector: ({ path, method }) => `${method} ${path}` }),
    responses: fc.uniqueArray(gatewayResponse, { maxLength: 4, selector: ({ type }) => type }),
  })
  .map(({ events, responses }) =>
    service(
      {},
      events.map((http) => ({ http })),
      named(responses),
    ),
  );

const http = fc
  .record({
    cors: fc.option(managedCors, { nil: undefined }),
    events: fc.uniqueArray(
      fc.record(
        { path: fc.constantFrom('/items', '/items/{id}', '/users'), method: methods, authorizer: fc.constant({ type: 'aws_iam' }) },
        { requiredKeys: ['path', 'method'] },
      ),
      { minLength: 1, maxLength: 4, selector: ({ path, method }) => `${method} ${path}` },
    ),
  })
  .map(({ cors, events }) =>
    service(
      cors === undefined ? {} : { httpApi: { cors } },
      events.map((httpApi) => ({ httpApi: { ...httpApi, method: httpApi.method === 'any' ? '*' : httpApi.method } })),
      {},
    ),
  );

const url = fc
  .record({ cors: fc.option(managedCors, { nil: undefined }), iam: fc.boolean() })
  .map(({ cors, iam }) =>
    [
      'service: shop',
      'provider: { name: aws }',
      'functions:',
      '  main:',
      '    handler: main.handler',
      `    url: ${yaml({ ...(cors !== undefined && { cors }), ...(iam && { authorizer: 'aws_iam' }) })}`,
      '',
    ].join('\n'),
  );

/** The text of a serverless.yml. */
export const services = fc.oneof({ weight: 6, arbitrary: rest }, { weight: 3, arbitrary: http }, { weight: 1, arbitrary: url });
