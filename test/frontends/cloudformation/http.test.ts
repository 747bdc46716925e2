import { describe, expect, it } from 'vitest';
import { takersOfOptions, type RouteKey } from '../../../src/frontends/cloudformation/routes.ts';
import { apiOf, headersOf, lift, list, originOf, resourceOf, show, textAt, verdict } from './support.ts';

const api = (properties: string, routes: readonly string[] = [], before = ''): string => `${before}
Resources:
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: HTTP, ${properties} } }
  Fn: { Type: 'AWS::Lambda::Function' }
  Fun: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Fn.Arn } }
  Jwt: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { ApiId: !Ref Api, AuthorizerType: JWT, IdentitySource: ['$request.header.Authorization'] } }
${routes.map((route, i) => `  R${i}: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: !Ref Api, ${route} } }`).join('\n')}`;

const route = (key: string, more = ''): string => `RouteKey: '${key}', Target: !Join ['/', [integrations, !Ref Fun]]${more}`;
const JWT = ', AuthorizationType: JWT, AuthorizerId: !Ref Jwt';

describe('CorsConfiguration', () => {
  const managed = (cors: string, before = '') => {
    const found = apiOf(api(`CorsConfiguration: ${cors}`, [], before)).managed;
    if (!found) throw new Error('no CORS');
    return found;
  };

  it('is answered by the service', () => {
    const found = managed(
      "{ AllowOrigins: ['https://a.com'], AllowMethods: [GET, PUT], AllowHeaders: [X-Token], ExposeHeaders: [X-Id], AllowCredentials: true, MaxAge: 600 }",
    );
    expect(list(found.origins)).toEqual(['https://a.com']);
    expect(headersOf(found.headers)).toEqual({
      origin: { 'exact https://a.com': undefined },
      credentials: 'true',
      methods: ['GET', 'PUT'],
      headers: ['X-Token'],
      expose: ['X-Id'],
      maxAge: '600',
      vary: [],
    });
    expect(verdict(found.exists)).toBe('yes');
  });

  it.each([
    ["{ AllowOrigins: ['*'] }", '<any>'],
    // The deploy fails (H9): a rule says so; what is meant is any.
    ["{ AllowOrigins: ['*'], AllowCredentials: true }", '<any>'],
    ["{ AllowOrigins: ['https://a.com', '*'] }", '<any>'],
    // H8, H21
    ["{ AllowOrigins: ['https://a.com', 'https://b.com'] }", { 'exact https://a.com | exact https://b.com': undefined }],
    ["{ AllowOrigins: ['https://*'] }", { 'regex https://.+': undefined }],
    ["{ AllowOrigins: ['https://*.a.com'] }", { 'exact https://*.a.com': undefined }],
    // H13
    ['{}', '<absent>'],
    ['{ AllowOrigins: [] }', '<absent>'],
    ['{ AllowOrigins: !Ref List }', '?'],
    ['{ AllowOrigins: [!Ref P] }', '?…'],
    ["{ AllowOrigins: ['https://a.com', !Ref P] }", '?…'],
    ["{ AllowOrigins: [!Sub 'https://${P}.com'] }", { 'exact ?https://….com': undefined }],
    ['{ AllowOrigins: [!Ref Env] }', { Env: { 'https://a.com': { 'exact https://a.com': undefined }, '*': '<any>' } }],
  ])('%s', (cors, origin) => {
    const before =
      "Parameters: { P: { Type: String }, List: { Type: CommaDelimitedList }, Env: { Type: String, AllowedValues: ['https://a.com', '*'] } }";
    expect(originOf(managed(cors, before).headers)).toEqual(origin);
  });

  it.each(['false', '!Ref AWS::NoValue', '"false"'])('sends no credentials where AllowCredentials is %s', (value) => {
    expect(show(managed(`{ AllowOrigins: [a], AllowCredentials: ${value} }`).headers.credentials)).toBeUndefined();
  });

  it('may hang on a condition', () => {
    const found = apiOf(
      api(
        "CorsConfiguration: !If [C, { AllowOrigins: ['*'] }, !Ref AWS::NoValue]",
        [route('GET /a')],
        'Conditions: { C: !Equals [!Ref AWS::Region, x] }',
      ),
    );
    expect(found.managed && [verdict(found.managed.exists), originOf(found.managed.headers)]).toEqual([
      'yes when C; no when not C',
      '<any>',
    ]);
    const { preflight, endpoints } = resourceOf(found, '/a');
    expect(show(preflight.by)).toEqual({ C: { true: 'managed', false: 'nobody' } });
    expect(originOf(preflight.headers)).toEqual({ C: { true: '<any>', false: '<absent>' } });
    expect(endpoints.map(({ success }) => show(success.by))).toEqual([{ C: { true: 'gateway', false: 'handler' } }]);
  });

  it.each(['', 'CorsConfiguration: !Ref AWS::NoValue', 'CorsConfiguration: null'])('is not there: %s', (cors) =>
    expect(apiOf(api(cors)).managed).toBeUndefined(),
  );
});

describe('routes', () => {
  it('of one path are one resource', () => {
    const found = apiOf(api('', [route('GET /items'), route('POST /items', JWT), route('$default')]));
    expect(found.resources.map(({ path, endpoints }) => [show(path), endpoints.map(({ method }) => show(method))])).toEqual([
      ['/items', ['GET', 'POST']],
      ['$default', ['ANY']],
    ]);
    const [get, post] = resourceOf(found, '/items').endpoints;
    expect(get).toMatchObject({
      integration: { value: 'proxy' },
      handler: 'Fn',
      success: { by: { value: 'handler' } },
      authorizer: { value: { kind: 'none' } },
    });
    expect(post && show(post.authorizer, ({ kind, headers }) => [kind, list(headers)])).toEqual(['jwt', ['Authorization']]);
    expect(get && textAt(get.at)).toBe('R0');
  });

  it('without a target lead nowhere', () => {
    const [endpoint] = resourceOf(apiOf(api('', ["RouteKey: 'GET /items'"])), '/items').endpoints;
    expect(endpoint).toMatchObject({ integration: { value: 'none' }, success: { by: { value: 'nobody' } } });
  });

  it('may hang on a parameter', () => {
    const found = apiOf(
      api('', ["RouteKey: !Sub 'GET /${V}/items', Target: x"], 'Parameters: { V: { Type: String, AllowedValues: [v1, v2] } }'),
    );
    expect(found.resources.map(({ path, endpoints }) => [show(path), endpoints.map(({ exists }) => verdict(exists))])).toEqual([
      ['/v1/items', ['yes when V = v1; no when V = v2']],
      ['/v2/items', ['no when V = v1; yes when V = v2']],
    ]);
  });

  it.each([
    ['AuthorizationType: CUSTOM, AuthorizerId: !Ref Lambda', ['request', ['X-A']]],
    ['AuthorizationType: AWS_IAM', ['iam', ['Authorization', 'X-Amz-Date', 'X-Amz-Security-Token']]],
    ['AuthorizationType: JWT, AuthorizerId: abc', ['jwt', '?']],
    ['AuthorizationType: JWT, AuthorizerId: !Ref Plain', ['jwt', ['Authorization']]],
  ])('with %s', (authorization, expected) => {
    const found = apiOf(`${api('', [route('GET /a', `, ${authorization}`)])}
  Lambda: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { AuthorizerType: REQUEST, IdentitySource: ['$request.header.X-A', '$request.querystring.q', '$context.x'] } }
  Plain: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { AuthorizerType: JWT } }`);
    expect(
      resourceOf(found, '/a').endpoints.map(({ authorizer }) => show(authorizer, ({ kind, headers }) => [kind, list(headers)])),
    ).toEqual([expected]);
  });

  it('of quick create take everything (H18)', () => {
    const found = apiOf(api('Target: !GetAtt Fn.Arn'));
    expect(
      found.resources.map(({ path, endpoints, preflight }) => [
        show(path),
        endpoints.map(({ method, handler }) => [show(method), handler]),
        show(preflight.by),
      ]),
    ).toEqual([['$default', [['ANY', 'Fn']], 'any']]);
    expect(show(apiOf(api("Target: !GetAtt Fn.Arn, RouteKey: 'GET /a'")).resources[0]?.path ?? found.keySource)).toBe('/a');
  });
});

describe('the preflight', () => {
  const by = (routes: readonly string[], path: string, cors = ''): unknown => {
    const { preflight } = resourceOf(apiOf(api(cors, routes)), path);
    return [show(preflight.by), show(preflight.authorizer, ({ kind }) => kind)];
  };

  it.each<[readonly string[], string, string, string]>([
    [[route('GET /a', JWT)], '/a', 'nobody', 'none'],
    [[route('GET /a'), route('OPTIONS /a')], '/a', 'options', 'none'],
    [[route('ANY /a', JWT)], '/a', 'any', 'jwt'],
    [[route('ANY /a', JWT), route('OPTIONS /{proxy+}')], '/a', 'any', 'jwt'],
    [[route('GET /a'), route('ANY /{proxy+}', JWT)], '/a', 'any', 'jwt'],
    [[route('ANY /{proxy+}', JWT), route('OPTIONS /{proxy+}')], '/{proxy+}', 'options', 'none'],
    [[route('GET /a'), route('$default', JWT)], '/a', 'any', 'jwt'],
    [[route('$default', JWT), route('OPTIONS /{proxy+}')], '$default', 'options', 'none'],
    [[route('GET /'), route('OPTIONS /{proxy+}')], '/', 'nobody', 'none'],
    [[route('GET /a/{id}'), route('OPTIONS /a/{other}')], '/a/{id}', 'options', 'none'],
    // H7: a route that leads nowhere rescues nothing.
    [[route('ANY /a', JWT), "RouteKey: 'OPTIONS /a'"], '/a', 'any', 'jwt'],
  ])('%j: %s by %s', (routes, path, answer, authorizer) => {
    expect(by(routes, path)).toEqual([answer, authorizer]);
    // With CORS the service answers, unless the authorizer of that route catches the preflight (H1, H5).
    expect(by(routes, path, "CorsConfiguration: { AllowOrigins: ['*'] }")).toEqual(['managed', authorizer]);
  });

  it('of a path that is not known may be taken by any route', () => {
    const found = apiOf(api('', ['RouteKey: !Ref Key, Target: x', route('GET /a')], 'Parameters: { Key: { Type: String } }'));
    expect(show(resourceOf(found, '/a').preflight.by)).toBe('?');
  });
});

describe('the three-step matcher (H6)', () => {
  const routes = ['GET /pets/dog/1', 'ANY /pets/dog/{id}', 'OPTIONS /pets/{proxy+}', 'ANY /{proxy+}', '$default'].map(
    (text): RouteKey & { text: string } => {
      const [method = '', path = '$default'] = text.split(' ');
      return { text, method: path === '$default' ? 'ANY' : method, path };
    },
  );

  it.each([
    ['/pets/dog/1', ['ANY /pets/dog/{id}', 'OPTIONS /pets/{proxy+}', 'ANY /{proxy+}', '$default']],
    ['/pets/cat', ['OPTIONS /pets/{proxy+}', 'ANY /{proxy+}', '$default']],
    ['/pets', ['ANY /{proxy+}', '$default']],
    ['/', ['$default']],
    ['/pets/{proxy+}', ['OPTIONS /pets/{proxy+}', 'ANY /{proxy+}', '$default']],
  ])('%s', (path, expected) => expect(takersOfOptions(path, routes).map(({ text }) => text)).toEqual(expected));
});

describe('others', () => {
  it('WebSocket APIs have no resources', () => {
    const found = apiOf(
      api("CorsConfiguration: { AllowOrigins: ['*'] }", [route('$connect')]).replace('ProtocolType: HTTP', 'ProtocolType: WEBSOCKET'),
    );
    expect(found).toMatchObject({ target: 'websocket', resources: [] });
    expect(found.managed).toBeDefined();
  });

  it('APIs that lie elsewhere', () => {
    const { apis } = lift(`Resources:
  A: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: abc, RouteKey: 'GET /a', Target: x } }
  B: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: def, RouteKey: $connect, Target: x } }`);
    expect(apis.map(({ name, target, imported, resources }) => [name, target, imported, resources.length])).toEqual([
      ['abc', 'http', true, 1],
      ['def', 'websocket', true, 0],
    ]);
  });

  it('a body that cannot be seen may hold more', () =>
    expect(apiOf(api('Body: { openapi: 3.0.1, paths: !ImportValue paths }')).imported).toBe(true));
});
