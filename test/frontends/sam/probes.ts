// The inputs of ../shared/reference/sam-probes.txt, by their ids: what was asked of the translator. Its answers stand there.

/** Properties of the API `A`; of its function, and of the event that calls it. */
interface Asked {
  readonly globals?: string;
  readonly more?: string;
  readonly top?: string;
  readonly event?: string;
  readonly method?: string;
  readonly path?: string;
  readonly api?: string;
}

const f = (events: string, more = ''): string =>
  `F: { Type: AWS::Serverless::Function${more}, Properties: { Handler: a.b, Runtime: python3.12, InlineCode: x, Events: { ${events} } } }`;

const template = (resources: readonly string[], { globals, top = '' }: Asked): string =>
  [
    'Transform: AWS::Serverless-2016-10-31',
    ...(globals === undefined ? [] : [`Globals: { ${globals} }`]),
    ...(top === '' ? [] : [top]),
    'Resources:',
    ...resources.map((one) => `  ${one}`),
  ].join('\n');

/** A REST API and a function with one event. */
const rest = (properties: string, asked: Asked = {}): string => {
  const { event = '', method = 'get', path = '/x', more = '', api = 'RestApiId: !Ref A' } = asked;
  const own = [`Path: "${path}"`, `Method: ${method}`, api, event].filter((one) => one !== '').join(', ');
  return template(
    [
      `A: { Type: AWS::Serverless::Api, Properties: { StageName: p, ${properties} } }`,
      f(`E: { Type: Api, Properties: { ${own} } }${more}`),
    ],
    asked,
  );
};

/** An HTTP API and a function with one event. */
const http = (properties: string, asked: Asked = {}): string => {
  const { event = '', method = 'get', path = '/x', more = '' } = asked;
  const own = [...(path === '' ? [] : [`Path: "${path}"`, `Method: ${method}`]), 'ApiId: !Ref A', event]
    .filter((one) => one !== '')
    .join(', ');
  return template(
    [`A: { Type: AWS::Serverless::HttpApi, Properties: { ${properties} } }`, f(`E: { Type: HttpApi, Properties: { ${own} } }${more}`)],
    asked,
  );
};

const alone = (properties: string, type = 'Api', asked: Asked = {}): string =>
  template([`A: { Type: AWS::Serverless::${type}, Properties: { ${type === 'Api' ? 'StageName: p, ' : ''}${properties} } }`], asked);

const url = (cors: string, asked: Asked & { readonly auth?: string } = {}): string =>
  template(
    [
      `F: { Type: AWS::Serverless::Function, Properties: { Handler: a.b, Runtime: python3.12, InlineCode: x, FunctionUrlConfig: { ${[asked.auth ?? 'AuthType: NONE', cors].filter(Boolean).join(', ')} } } }`,
    ],
    asked,
  );

const implicit = (type: 'Api' | 'HttpApi', asked: Asked & { readonly resources?: string } = {}): string => {
  const { path = '/x', event = '', resources } = asked;
  const own = [...(path === '' ? [] : [`Path: ${path}`, 'Method: get']), event].filter(Boolean).join(', ');
  return template([...(resources === undefined ? [] : [resources]), f(`E: { Type: ${type}, Properties: { ${own} } }`)], asked);
};

const CONDITION = 'Conditions: { C: !Equals [!Ref AWS::Region, a], D: !Equals [!Ref AWS::Region, b] }';
const L = 'Authorizers: { L: { FunctionArn: !Sub "arn" } }';
const J = 'Authorizers: { J: { JwtConfiguration: { issuer: i, audience: [a] }, IdentitySource: $request.header.Authorization } }';
const STAR = `Cors: "'*'"`;
const MOCK = 'x-amazon-apigateway-integration: { type: mock }';
const body = (paths: string, version = 'swagger: "2.0"'): string => `DefinitionBody: { ${version}, paths: { ${paths} } }`;
const GET = body(`/x: { get: { ${MOCK} } }`);
const INCLUDE = 'DefinitionBody: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: s.yaml } } }';
const param = (name: string, standard: string, type = 'String'): Asked => ({
  top: `Parameters: { ${name}: { Type: ${type}, Default: ${standard} } }`,
});
const event = (id: string, type: string, own: string): string => `, ${id}: { Type: ${type}, Properties: { ${own} } }`;
const SECURED = `Auth: { DefaultAuthorizer: L, ${L}`;
const gr = (type: string, header: string): string => `GatewayResponses: { ${type}: { ResponseParameters: { Headers: { ${header} } } } }`;

export const PROBES: Readonly<Record<string, string>> = {
  R01: rest(`Cors: '*'`),
  R02: rest(STAR),
  R03: rest('Cors: true'),
  R03b: rest('Cors: false'),
  R03c: rest(`Cors: ''`),
  R03d: rest('Cors: {}'),
  R03e: rest('Cors: [a]'),
  R03f: rest('Cors: null'),
  R04: rest(`Cors: { AllowOrigin: '*', AllowCredentials: true }`),
  R05: rest(`Cors: { AllowOrigin: "'*'", AllowCredentials: true }`),
  R06: rest('Cors: { AllowOrigin: !Ref O, AllowCredentials: true }', param('O', `"'https://a'"`)),
  R07: rest(`Cors: { AllowOrigin: "'https://a'", AllowCredentials: 'true' }`),
  R07b: rest(`Cors: { AllowOrigin: "'https://a'", AllowCredentials: !Ref P }`, param('P', `'true'`)),
  R08: rest(`Cors: { AllowOrigin: ["'https://a'", "'https://b'"] }`),
  R09: rest(`Cors: { AllowOrigin: "'*'", MaxAge: 600 }`),
  R09b: rest(`Cors: { AllowOrigin: "'*'", MaxAge: 0 }`),
  R10: rest(`Cors: { AllowOrigin: "'*'", AllowMethods: [GET], AllowHeaders: [Content-Type, X-A] }`),
  R11: rest(`Cors: { AllowOrigins: "'*'" }`),
  R12: rest(`Cors: { AllowOrigin: "'*'", ExposeHeaders: "'X'" }`),
  R13: rest(`Cors: { AllowOrigin: '' }`),
  R14: rest('Cors: !Ref AWS::NoValue'),
  R15: rest(`Cors: !If [C, { AllowOrigin: "'https://a'" }, !Ref AWS::NoValue]`, { top: CONDITION }),
  R16: rest(`Cors: { AllowOrigin: !Sub "'https://\${AWS::StackName}.x'" }`),
  R17: rest(`Cors: { AllowOrigin: "'*'", Fn::If: [C, a, b] }`, { top: CONDITION }),
  P01: rest(STAR, { path: '/foo', more: event('G', 'Api', 'Path: /foo/, Method: post, RestApiId: !Ref A') }),
  P02: rest(STAR, { method: 'any' }),
  P03: rest(STAR, { method: 'any', more: event('G', 'Api', 'Path: /x, Method: get, RestApiId: !Ref A') }),
  P04: rest(STAR, { method: 'options', more: event('G', 'Api', 'Path: /x, Method: get, RestApiId: !Ref A') }),
  P05: alone(`${STAR}, ${body(`/x: { parameters: [], summary: s, get: { ${MOCK} } }`)}`),
  P06: alone(`${STAR}, ${body(`/x: { GET: { ${MOCK} }, OPTIONS: { x-amazon-apigateway-integration: { type: aws_proxy } } }`)}`),
  P07: rest(`${STAR}, ${GET}`, { path: '/notinbody' }),
  P08: rest(`${STAR}, ${GET}, MergeDefinitions: true`, { path: '/notinbody' }),
  P08b: rest(`${STAR}, ${GET}, MergeDefinitions: true`, { path: '/notinbody', method: 'any' }),
  P09: alone(`${STAR}, ${body(`/x: { Fn::If: [C, { get: { ${MOCK} } }, { post: { ${MOCK} } }] }`)}`, 'Api', { top: CONDITION }),
  P10b: alone(INCLUDE),
  P11: alone(`${STAR}, DefinitionUri: s3://b/k`),
  P12: alone(STAR),
  P13: alone(`${STAR}, ${body('/x: {}')}`),
  P14: template(
    [
      `A: { Type: AWS::Serverless::Api, Properties: { StageName: p, ${STAR} } }`,
      'S: { Type: AWS::Serverless::StateMachine, Properties: { DefinitionUri: s3://b/k, Events: { E: { Type: Api, Properties: { Path: /s, Method: post, RestApiId: !Ref A } } } } }',
    ],
    {},
  ),
  P15: rest(STAR, { event: `Cors: "'*'"` }),
  P16: rest('CorsConfiguration: true'),
  P17: rest(STAR, { api: 'RestApiId: !ImportValue x' }),
  P18: template(
    [
      `A: { Type: AWS::Serverless::Api, Properties: { StageName: p, ${STAR} } }`,
      f('E: { Type: Api, Properties: { Path: /x, Method: get, RestApiId: !Ref A } }', ', Condition: C'),
    ],
    { top: CONDITION },
  ),
  P20: rest(`${STAR}, ${GET}, ${SECURED} }`, { event: 'Auth: { Authorizer: NONE, OverrideApiAuth: true }' }),
  P21: alone(`${STAR}, ${body(`/x: { x-foo: 1, get: { ${MOCK} } }`)}`),
  P22: alone(`${STAR}, ${body(`/x: { get: { ${MOCK} } }`, 'openapi: 3.1.0')}`),
  P23: alone(`${STAR}, ${body(`/x: { get: { ${MOCK} } }`, 'openapi: 3.0.10')}`),
  P24: alone(`${STAR}, ${body(`/x: { get: { ${MOCK} } }`, 'info: {}')}`),
  P25: template(
    [
      `A: { Type: AWS::Serverless::Api, Properties: { StageName: p, ${STAR} } }`,
      f('E: { Type: Api, Properties: { Path: /x, Method: get, RestApiId: !Ref A } }', ', Condition: C'),
      f('E: { Type: Api, Properties: { Path: /x, Method: post, RestApiId: !Ref A } }').replace('F:', 'G:'),
    ],
    { top: CONDITION },
  ),
  P26: rest(STAR, { method: `'GET,POST'` }),
  P27: rest(STAR, { path: 'x' }),
  P29: alone(`${STAR}, ${body(`/x: { get: { ${MOCK} }, options: null }`)}`),
  A01: rest(`${STAR}, ${SECURED} }`),
  A02: rest(`${STAR}, ${SECURED}, AddDefaultAuthorizerToCorsPreflight: false }`),
  A03: rest(`${STAR}, ${SECURED}, AddDefaultAuthorizerToCorsPreflight: 'false' }`),
  A03b: rest(`${STAR}, ${SECURED}, AddDefaultAuthorizerToCorsPreflight: !Ref P }`, param('P', `'false'`)),
  A04: rest(`${SECURED}, AddDefaultAuthorizerToCorsPreflight: false }`, { method: 'any' }),
  A05: rest(`${SECURED}, AddDefaultAuthorizerToCorsPreflight: false }`, { method: 'options' }),
  A05b: rest(`${SECURED} }`, { method: 'options' }),
  A05c: rest(`${SECURED} }`, { method: 'options', event: 'Auth: { Authorizer: NONE }' }),
  A06: rest(`${STAR}, Auth: { DefaultAuthorizer: AWS_IAM }`),
  A06b: rest(`${STAR}, Auth: { DefaultAuthorizer: AWS_IAM, AddDefaultAuthorizerToCorsPreflight: false }`),
  A07: rest(`${STAR}, Auth: { DefaultAuthorizer: L }`),
  A08: rest(`${STAR}, Auth: { DefaultAuthorizer: Nope, ${L} }`),
  A09: rest(`${STAR}, Auth: { ApiKeyRequired: true }`),
  A09b: rest(`${STAR}, Auth: { ApiKeyRequired: true, AddApiKeyRequiredToCorsPreflight: false }`),
  A09c: rest(`${STAR}, Auth: { ApiKeyRequired: true, AddDefaultAuthorizerToCorsPreflight: false }`),
  A10: rest(STAR, { event: 'Auth: { ApiKeyRequired: true }' }),
  A11: rest(
    `${STAR}, ${SECURED}, ApiKeyRequired: true, AddDefaultAuthorizerToCorsPreflight: false, AddApiKeyRequiredToCorsPreflight: false }`,
  ),
  A12: rest(`${STAR}, Auth: { ResourcePolicy: { AwsAccountWhitelist: ['123456789012'] } }`),
  A13: rest(`${STAR}, ${SECURED} }`, { event: 'Auth: { Authorizer: NONE }' }),
  A14: rest(`${STAR}, Auth: { ${L} }`, { event: 'Auth: { Authorizer: L }' }),
  A15: rest(STAR, { event: 'Auth: { Authorizer: AWS_IAM }' }),
  A16: rest('Name: a', { method: 'any', event: 'Auth: { Authorizer: AWS_IAM }' }),
  A17: rest(`${STAR}, ${SECURED}, AddDefaultAuthorizerToCorsPreFlight: false }`),
  A18: rest(`${STAR}, Auth: { DefaultAuthorizer: NONE }`),
  A19: rest('Auth: { ApiKeyRequired: true }', { method: 'options', event: 'Auth: { ApiKeyRequired: false }' }),
  G01: rest(gr('DEFAULT_4XX', `Access-Control-Allow-Origin: '*'`)),
  G02: rest(gr('default_4xx', `Access-Control-Allow-Origin: "'*'"`)),
  G03: rest(`GatewayResponses: { DEFAULT_4XX: { ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" } } }`),
  G04: rest('GatewayResponses: !If [C, {}, {}]', { top: CONDITION }),
  G05: alone(`${gr('DEFAULT_4XX', 'X: a')}, DefinitionUri: s3://b/k`),
  G06: rest(gr('DEFAULT_4XX', 'Access-Control-Allow-Origin: !Ref X'), param('X', 'a')),
  G07: alone(
    `GatewayResponses: { DEFAULT_4XX: { StatusCode: 400 } }, DefinitionBody: { swagger: "2.0", paths: {}, x-amazon-apigateway-gateway-responses: { DEFAULT_4XX: { responseParameters: { gatewayresponse.header.X: "'1'" } }, DEFAULT_5XX: { responseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" } } } }`,
  ),
  G08: rest(gr('DEFAULT_4XX', `gatewayresponse.header.Access-Control-Allow-Origin: "'*'"`)),
  D03: rest(`Cors: "'https://a'", Auth: { DefaultAuthorizer: AWS_IAM }`),
  H01: http('CorsConfiguration: true'),
  H01b: http('CorsConfiguration: false'),
  H01c: http(`CorsConfiguration: '*'`),
  H01d: http(`CorsConfiguration: 'true'`),
  H02: http('CorsConfiguration: !Ref P', param('P', `'true'`)),
  H02b: http('CorsConfiguration: !Ref P', param('P', 'a', 'CommaDelimitedList')),
  H03: http('CorsConfiguration: !If [C, { AllowOrigins: [https://a], AllowMethods: [GET] }, !Ref AWS::NoValue]', { top: CONDITION }),
  H04: http(`CorsConfiguration: { AllowOrigins: ['*'], AllowCredentials: true }`),
  H04b: http(`CorsConfiguration: { AllowOrigins: '*', AllowCredentials: true }`),
  H04c: http(`CorsConfiguration: { AllowOrigins: ['*', 'https://a'], AllowCredentials: true }`),
  H04d: http('CorsConfiguration: { AllowCredentials: true }'),
  H04e: http(`CorsConfiguration: { AllowOrigins: ['*'], AllowCredentials: 'true' }`),
  H05: http(`CorsConfiguration: { AllowOrigins: ["'*'"] }`),
  H06: http('CorsConfiguration: { AllowOrigin: [a] }'),
  H07: http(`CorsConfiguration: { AllowOrigins: ['*'], AllowMethods: 'GET,POST', MaxAge: '600' }`),
  H08: http(`CorsConfiguration: true, ${GET}`),
  H10: http(
    'CorsConfiguration: { AllowOrigins: [https://a] }, DefinitionBody: { openapi: 3.0.1, x-amazon-apigateway-cors: { allowOrigins: [https://b], allowMethods: [GET] }, paths: { /x: { get: { x-amazon-apigateway-integration: { type: aws_proxy } } } } }',
  ),
  H11: http(`Auth: { DefaultAuthorizer: J, ${J} }`, { method: 'any' }),
  H11b: http(`Auth: { DefaultAuthorizer: J, ${J} }`, { method: 'options' }),
  H11c: http(`CorsConfiguration: true, Auth: { DefaultAuthorizer: J, ${J} }`, { path: '' }),
  H12: http(`Cors: "'*'"`),
  H13: alone('CorsConfiguration: true, DefinitionUri: s3://b/k', 'HttpApi'),
  H14: http(`CorsConfiguration: true, ${body('{}', 'openapi: 3.0.1').replace('{ {} }', '{}')}`),
  H15: template(
    ['A: { Type: AWS::Serverless::HttpApi }', f('E: { Type: Api, Properties: { Path: /x, Method: get, RestApiId: !Ref A } }')],
    {},
  ),
  H15b: template(
    [
      'A: { Type: AWS::Serverless::Api, Properties: { StageName: p } }',
      f('E: { Type: HttpApi, Properties: { Path: /x, Method: get, ApiId: !Ref A } }'),
    ],
    {},
  ),
  H20: http('CorsConfiguration: { AllowOrigins: !If [C, [https://a], [https://b]], AllowMethods: [GET] }', { top: CONDITION }),
  H21: http('CorsConfiguration: { AllowOrigins: !Split [",", !ImportValue z], AllowMethods: [GET] }'),
  H22: http('CorsConfiguration: { AllowOrigins: [https://a], AllowMethods: !If [C, [GET], [POST]] }', { top: CONDITION }),
  H23: http('CorsConfiguration: !If [C, { AllowOrigins: [!GetAtt AllowOriginsThing.Arn] }, !Ref AWS::NoValue]', { top: CONDITION }),
  H24: http(`CorsConfiguration: !If [C, { AllowOrigins: ['*'], AllowCredentials: true }, !Ref AWS::NoValue]`, { top: CONDITION }),
  H25: http('CorsConfiguration: !Ref AWS::NoValue'),
  H26: http('CorsConfiguration: {}'),
  H29: http(`CorsConfiguration: true, Auth: { ${J} }`, { method: 'options', event: 'Auth: { Authorizer: J }' }),
  H30: http(`CorsConfiguration: true, Auth: { DefaultAuthorizer: J, ${J} }`, { method: 'any', event: 'Auth: { Authorizer: NONE }' }),
  H31: http('Auth: { DefaultAuthorizer: AWS_IAM, EnableIamAuthorizer: true }', { method: 'any' }),
  H32: http('CorsConfiguration: { AllowOrigins: [https://a], AllowCredentials: !Ref P }', param('P', `'true'`)),
  M01: rest(`Cors: { AllowHeaders: "'X'" }`, { globals: `Api: { Cors: "'https://g'" }` }),
  M02: rest(`Cors: { AllowHeaders: "'X'" }`, { globals: `Api: { Cors: { AllowOrigin: "'https://g'", AllowCredentials: true } }` }),
  M03: rest(`Cors: "'https://l'"`, { globals: `Api: { Cors: { AllowOrigin: "'https://g'" } }` }),
  M04: rest(`Cors: { AllowHeaders: "'X'" }`, { globals: 'Api: { Cors: !Ref Z }', ...param('Z', 'a') }),
  M04b: rest(`Cors: { AllowHeaders: "'X'" }`, { globals: 'Api: { Cors: { AllowOrigin: !Ref Z } }', ...param('Z', 'a') }),
  M05: http('CorsConfiguration: { AllowOrigins: [https://l], AllowCredentials: true }', {
    globals: `HttpApi: { CorsConfiguration: { AllowOrigins: ['*'] } }`,
  }),
  M05b: http('CorsConfiguration: { AllowOrigins: [https://l] }', { globals: 'HttpApi: { CorsConfiguration: true }' }),
  M05c: http('CorsConfiguration: false', { globals: `HttpApi: { CorsConfiguration: { AllowOrigins: ['*'] } }` }),
  M06: rest('Name: a', { globals: `Api: { ${STAR} }` }).replace('Api, Properties', 'Api, IgnoreGlobals: [Cors], Properties'),
  M07: implicit('Api', { globals: `Api: { ${STAR} }` }),
  M08: implicit('Api', { resources: `ServerlessRestApi: { Type: AWS::Serverless::Api, Properties: { StageName: p, ${STAR} } }` }),
  M08b: implicit('Api', {
    resources: `ServerlessRestApi: { Type: AWS::Serverless::Api, Properties: { StageName: p, ${STAR} } }`,
    event: 'RestApiId: !Ref ServerlessRestApi',
  }),
  M09: implicit('HttpApi', { globals: 'HttpApi: { CorsConfiguration: true }' }),
  M09b: implicit('HttpApi', { globals: 'HttpApi: { CorsConfiguration: true }', path: '' }),
  M10: implicit('Api', { globals: 'Api: { CorsConfiguration: true }' }),
  M10b: implicit('HttpApi', { globals: `HttpApi: { ${STAR} }` }),
  M11: implicit('HttpApi', { globals: `Api: { ${STAR} }` }),
  M13: rest(`${STAR}, Auth: { AddDefaultAuthorizerToCorsPreflight: false }`, { globals: `Api: { Auth: { DefaultAuthorizer: L, ${L} } }` }),
  U01: url(`Cors: { AllowOrigins: ['*'], AllowCredentials: true }`),
  U02: url('Cors: { MaxAge: true }'),
  U02b: url(`Cors: { MaxAge: '600' }`),
  U02c: url('Cors: { MaxAge: 999999 }'),
  U03: url('Cors: { AllowMethods: [OPTIONS, GET] }'),
  U03b: url('Cors: { AllowMethods: GET }'),
  U04: url('Cors: { AllowOrigin: [a] }'),
  U05: url(`Cors: '*'`),
  U05b: url('Cors: true'),
  U05c: url('Cors: {}'),
  U06: url('Cors: { AllowOrigins: [https://l] }', { globals: `Function: { FunctionUrlConfig: { Cors: { AllowOrigins: ['*'] } } }` }),
  U07: url(`Cors: { AllowOrigins: ["'*'"] }`),
  U08: url(`Cors: !If [C, { AllowOrigins: ['*'] }, !Ref AWS::NoValue]`, { top: CONDITION }),
  U09: url(`Cors: { AllowCredentials: 'true' }`),
  B01: rest(`${STAR}, BinaryMediaTypes: ['*/*']`),
  X1: implicit('HttpApi', { resources: 'ServerlessHttpApi: { Type: AWS::Serverless::HttpApi, Properties: { CorsConfiguration: true } }' }),
  X2: implicit('HttpApi', {
    resources: 'ServerlessHttpApi: { Type: AWS::Serverless::HttpApi, Properties: { CorsConfiguration: true } }',
    event: 'ApiId: !Ref ServerlessHttpApi',
  }),
  X3: http(`CorsConfiguration: { AllowOrigins: "'http://localhost:9000'", AllowMethods: "'GET,POST'", AllowCredentials: true }`),
  X4: rest(`${STAR}, Auth: { DefaultAuthorizer: !Ref AWS::NoValue, ${L} }`),
  X5: rest(`${STAR}, Auth: !If [C, {}, {}]`, { top: CONDITION }),
  X6: rest(`${STAR}, ${SECURED}, AddDefaultAuthorizerToCorsPreflight: !Ref AWS::NoValue }`),
  X7: rest(`${STAR}, ${SECURED}, AddDefaultAuthorizerToCorsPreflight: null }`),
  X8: rest(`${STAR}, ${SECURED}, AddDefaultAuthorizerToCorsPreflight: no }`),
  X9: rest('GatewayResponses: { UNAUTHORIZED: { StatusCode: 401 } }'),
  X10: rest('GatewayResponses: { DEFAULT_4XX: { ResponseParameters: { Headers: [a] } } }'),
  X11: rest(gr('DEFAULT_4XX', `Access-Control-Allow-Origin: "'*'"`), {
    globals: `Api: { GatewayResponses: { DEFAULT_5XX: { StatusCode: 500 }, DEFAULT_4XX: { ResponseParameters: { Headers: { X-A: "'1'" } } } } }`,
  }),
  X12: rest('Cors: { AllowHeaders: [b] }', { globals: 'Api: { Cors: { AllowHeaders: [a] } }' }),
  X13: url('Cors: {}', { auth: 'InvokeMode: BUFFERED' }),
  X14: url('Cors: { AllowOrigins: !Ref X }', param('X', 'a', 'CommaDelimitedList')),
  X15: url('Cors: { AllowOrigins: [!Ref X] }', param('X', 'a')),
  X16: rest(STAR, { path: '/{proxy+}', method: 'any' }),
  X17: rest('Name: a', { globals: `Api: { ${STAR} }` }).replace('Api, Properties', `Api, IgnoreGlobals: '*', Properties`),
  I4: rest(`Cors: { AllowOrigin: "'https://a'", MaxAge: 0600, AllowCredentials: yes }`),
  I5: alone(`${STAR}, DefinitionUri: ./swagger.yaml`),
  I7: alone(
    `${STAR}, ${body('/: { x-amazon-apigateway-any-method: { x-amazon-apigateway-integration: { type: aws_proxy } } }, "/{proxy+}": { x-amazon-apigateway-any-method: { x-amazon-apigateway-integration: { type: aws_proxy } } }')}`,
  ),
  I8: rest(`Cors: { AllowOrigin: "'https://a'", AllowHeaders: "'*'", AllowMethods: "'*'", AllowCredentials: true }`),
  H27: http(
    'CorsConfiguration: !If [C, { AllowOrigins: [https://x] }, !Ref AWS::NoValue], DefinitionBody: { openapi: 3.0.1, x-amazon-apigateway-cors: { allowOrigins: [https://a] }, paths: {} }',
    { top: CONDITION },
  ),
};
