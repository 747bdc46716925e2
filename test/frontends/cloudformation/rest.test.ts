import { describe, expect, it } from 'vitest';
import { leaves } from '../../../src/value/value.ts';
import { apiOf, headersOf, lift, list, originOf, resourceOf, show, textAt, verdict } from './support.ts';

/** A REST API with a path `/items`, and what else is said. */
const api = (resources: string, before = ''): string => `${before}
Resources:
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: api } }
  Items: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: items } }
${resources}`;

const method = (name: string, properties: string, more = ''): string => `  ${name}:
    Type: AWS::ApiGateway::Method
${more}    Properties: { RestApiId: !Ref Api, ResourceId: !Ref Items, AuthorizationType: NONE, ${properties} }
`;

const PROXY =
  "Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: !Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations' }";

const mock = (parameters: string, more = ''): string => `HttpMethod: OPTIONS, ${more}
      MethodResponses: [{ StatusCode: '200', ResponseParameters: { method.response.header.Access-Control-Allow-Origin: true } }],
      Integration: { Type: MOCK, IntegrationResponses: [{ StatusCode: 200, ResponseParameters: { ${parameters} } }] }`;

describe('the API', () => {
  it('says what it is', () => {
    const found = apiOf(`Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      EndpointConfiguration: { Types: [PRIVATE] }
      BinaryMediaTypes: ['*/*', 'image~1png']
      ApiKeySourceType: AUTHORIZER
      Policy: { Statement: [{ Effect: Allow }] }`);
    expect(found).toMatchObject({
      target: 'rest',
      name: 'Api',
      imported: false,
      managed: undefined,
      private: { value: true },
      keySource: { value: 'AUTHORIZER' },
      policy: { kind: 'map' },
    });
    expect(list(found.binaryMediaTypes)).toEqual(['*/*', 'image/png']);
    expect(textAt(found.at)).toBe('Api');
  });

  it.each(["''", '', 'null'])('has no policy where it is %s', (policy) => {
    expect(apiOf(`Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Policy: ${policy} } } }`).policy.kind).toBe('absent');
  });

  it.each(['Body: !ImportValue api', 'Body: { openapi: 3.0.1, paths: !ImportValue paths }', 'BodyS3Location: { Bucket: b, Key: k }'])(
    'may hold more with a %s',
    (body) => {
      expect(apiOf(`Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { ${body} } } }`).imported).toBe(true);
    },
  );
});

describe('an API may hold more than is seen', () => {
  const imported = (text: string): readonly boolean[] => lift(text).apis.map((one) => one.imported);

  it('where loops or macros make resources', () => {
    expect(imported(api("  'Fn::ForEach::Methods': [X, [a, b], {}]"))).toEqual([true]);
    expect(imported(api('', 'Transform: MyMacro'))).toEqual([true]);
    expect(imported(api('', "Transform: { Name: 'AWS::Include', Parameters: { Location: s3 } }"))).toEqual([true]);
    expect(imported(api('', 'Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions]'))).toEqual([false]);
  });

  it('where a nested stack is handed it', () => {
    const stack = (value: string): string =>
      `  Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Id: ${value} } } }`;
    expect(imported(api(stack('!Ref Api')))).toEqual([true]);
    expect(imported(api(stack('!GetAtt Api.RootResourceId')))).toEqual([true]);
    expect(imported(api(stack('x')))).toEqual([false]);
  });
});

describe('paths', () => {
  const resource = (id: string, parent: string, part: string): string =>
    `  ${id}: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: !Ref Api, ParentId: ${parent}, PathPart: ${part} } }\n`;

  it('are put together from their parents', () => {
    const found = apiOf(
      api(
        resource('Item', '!Ref Items', "'{id}'") +
          resource('Proxy', '!GetAtt Api.RootResourceId', "'{proxy+}'") +
          method('Root', `HttpMethod: GET, ${PROXY}`).replace('!Ref Items', '!GetAtt Api.RootResourceId'),
      ),
    );
    expect(found.resources.map(({ path }) => show(path))).toEqual(['/items', '/items/{id}', '/{proxy+}', '/']);
    expect(resourceOf(found, '/').endpoints).toHaveLength(1);
  });

  it('hang on conditions', () => {
    const found = apiOf(
      api(resource('V', '!Ref Items', '!Ref Version'), 'Parameters: { Version: { Type: String, AllowedValues: [v1, v2] } }'),
    );
    expect(show(found.resources[1]?.path ?? found.keySource)).toEqual({ Version: { v1: '/items/v1', v2: '/items/v2' } });
  });

  it.each([
    ["'abc123'", '?…/x'],
    ['!ImportValue root', '?…/x'],
    ['!Ref Parent', '?…/x'],
    ['!Ref X', '?…/x'],
  ])('below %s have a part that is not known', (parent, path) => {
    const found = apiOf(api(resource('X', parent, 'x'), 'Parameters: { Parent: { Type: String } }'));
    const last = found.resources.at(-1);
    expect(last && [...leaves(last.path)].every(({ kind }) => kind === 'unknown') && String(show(last.path)).endsWith('/x')).toBe(true);
    if (parent !== '!Ref X') expect(last && show(last.path)).toBe(path);
  });

  it('end in a circle', () => {
    const found = apiOf(api(resource('A', '!Ref B', 'a') + resource('B', '!Ref A', 'b')));
    expect(found.resources.map(({ path }) => path.kind)).toEqual(['known', 'unknown', 'unknown']);
  });
});

describe('an endpoint', () => {
  it('of a proxy is answered by its handler', () => {
    const found = apiOf(
      api(`  Fn: { Type: 'AWS::Lambda::Function' }\n${method('Get', `HttpMethod: get, ApiKeyRequired: true, ${PROXY}`)}`),
    );
    const [endpoint] = resourceOf(found, '/items').endpoints;
    expect(endpoint).toMatchObject({
      method: { value: 'GET' },
      needsKey: { value: true },
      validates: { value: false },
      integration: { value: 'proxy' },
      handler: 'Fn',
      success: { by: { value: 'handler' }, responses: [] },
    });
    expect(endpoint && textAt(endpoint.at)).toBe('Get');
  });

  it('finds the function behind an alias', () => {
    const found = apiOf(
      api(`  Fn: { Type: 'AWS::Lambda::Function' }
  Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: !Ref Fn } }
${method('Get', "HttpMethod: GET, Integration: { Type: AWS_PROXY, Uri: !Join ['', ['arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/', !Ref Live, /invocations]] }")}`),
    );
    expect(resourceOf(found, '/items').endpoints[0]?.handler).toBe('Fn');
  });

  it('of a mapped integration has an answer for each status', () => {
    const found = apiOf(
      api(
        method(
          'Get',
          `HttpMethod: GET,
      MethodResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.access-control-allow-origin: false } }, { StatusCode: '500' }],
      Integration: { Type: AWS, IntegrationResponses: [
        { StatusCode: '200', ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } },
        { StatusCode: 500, SelectionPattern: '.*boom.*', ResponseParameters: { method.response.header.Access-Control-Allow-Origin: '*' } }] }`,
        ),
      ),
    );
    const [endpoint] = resourceOf(found, '/items').endpoints;
    const [success, failure] = [endpoint?.success.responses, endpoint?.handlerError.responses];
    expect(success?.map(({ status, pattern, headers }) => [show(status), show(pattern), originOf(headers)])).toEqual([
      ['200', undefined, '<any>'],
    ]);
    expect(failure?.map(({ status, pattern, headers }) => [show(status), show(pattern), originOf(headers)])).toEqual([
      ['500', '.*boom.*', '?…'],
    ]);
    // R10: the boolean means "required", so `false` declares it too; header names have no case.
    expect(success?.[0]?.mappings.map(({ header, raw, declared, place }) => [header, show(raw), show(declared), place])).toEqual([
      ['Access-Control-Allow-Origin', "'*'", true, 'integration-response'],
    ]);
    // R9, R12: not declared under 500, and not quoted; the rules see both.
    expect(failure?.[0]?.mappings.map(({ raw, declared }) => [show(raw), show(declared)])).toEqual([['*', false]]);
  });

  it('without an integration is answered by nobody', () => {
    const [endpoint] = resourceOf(apiOf(api(method('Get', 'HttpMethod: GET'))), '/items').endpoints;
    expect(endpoint).toMatchObject({ integration: { value: 'none' }, success: { by: { value: 'nobody' } } });
  });

  it('is checked by its validator', () => {
    const validator = (checks: string): string =>
      `  V: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: !Ref Api, ${checks} } }\n`;
    const validates = (text: string) => resourceOf(apiOf(api(text)), '/items').endpoints.map((endpoint) => show(endpoint.validates));
    expect(
      validates(`${validator('ValidateRequestBody: true')}${method('Post', `HttpMethod: POST, RequestValidatorId: !Ref V, ${PROXY}`)}`),
    ).toEqual([true]);
    expect(
      validates(`${validator('ValidateRequestBody: false')}${method('Post', `HttpMethod: POST, RequestValidatorId: !Ref V, ${PROXY}`)}`),
    ).toEqual([false]);
    expect(validates(method('Post', `HttpMethod: POST, RequestValidatorId: abc, ${PROXY}`))).toEqual(['?']);
  });

  it('exists in the worlds of its condition', () => {
    const found = apiOf(
      api(
        method('Get', `HttpMethod: GET, ${PROXY}`, '    Condition: IsProd\n'),
        'Parameters: { Env: { Type: String } }\nConditions: { IsProd: !Equals [!Ref Env, prod] }',
      ),
    );
    const [endpoint] = resourceOf(found, '/items').endpoints;
    expect(endpoint && verdict(endpoint.exists)).toBe('yes when Env = prod; no when Env = any other');
    // And is there what it is, without an "absent" beside it.
    expect(endpoint && show(endpoint.method)).toBe('GET');
  });
});

describe('the preflight', () => {
  const preflight = (text: string, before = '') => resourceOf(apiOf(api(text, before)), '/items').preflight;

  it('of a mock is what its default response maps', () => {
    const found = preflight(
      method(
        'Options',
        mock(`
        method.response.header.Access-Control-Allow-Origin: "'https://a.com'",
        method.response.header.access-control-allow-methods: "'GET, PUT'",
        method.response.header.Access-Control-Allow-Headers: "'Content-Type,X-Token'",
        method.response.header.Access-Control-Allow-Credentials: "'true'",
        method.response.header.Access-Control-Max-Age: "'600'",
        method.response.header.Access-Control-Expose-Headers: "'X-Id'",
        method.response.header.Vary: "'Origin'"`),
      ),
    );
    expect(found).toMatchObject({
      by: { value: 'mock' },
      status: { value: 200 },
      needsKey: { value: false },
      convertsToText: { value: false },
      authorizer: { value: { kind: 'none' } },
    });
    expect(headersOf(found.headers)).toEqual({
      origin: 'https://a.com',
      credentials: 'true',
      methods: ['GET', 'PUT'],
      headers: ['Content-Type', 'X-Token'],
      expose: ['X-Id'],
      maxAge: '600',
      vary: ['Origin'],
    });
    expect(found.mappings).toHaveLength(7);
    expect([textAt(found.at), found.names]).toEqual(['Options', ['Options']]);
    // It is no endpoint.
    expect(resourceOf(apiOf(api(method('Options', mock('')))), '/items').endpoints).toEqual([]);
  });

  it('takes the response without a pattern, the first of several', () => {
    const responses = (text: string) =>
      preflight(method('Options', `HttpMethod: OPTIONS, Integration: { Type: MOCK, IntegrationResponses: [${text}] }`));
    const one = (origin: string, more = ''): string =>
      `{ StatusCode: 200, ${more} ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'${origin}'" } }`;
    expect(originOf(responses(`${one('a', "SelectionPattern: '5..',")}, ${one('b', "SelectionPattern: '',")}, ${one('c')}`).headers)).toBe(
      'b',
    );
    // R8: which of them answers hangs on the patterns.
    expect(originOf(responses(one('a', "SelectionPattern: '200',")).headers)).toBe('?');
    expect(originOf(responses('').headers)).toBe('<absent>');
  });

  it('needs what a validator asks for (R20)', () => {
    const found =
      preflight(`  V: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: !Ref Api, ValidateRequestParameters: true } }
${method('Options', mock('', 'RequestValidatorId: !Ref V, RequestParameters: { method.request.header.X-Token: true, method.request.header.X-Other: false, method.request.querystring.q: true },'))}`);
    expect(list(found.needsHeaders)).toEqual(['X-Token']);
    expect(
      list(preflight(method('Options', mock('', 'RequestParameters: { method.request.header.X-Token: true },'))).needsHeaders),
    ).toEqual([]);
  });

  it('may turn its body into text (R17)', () => {
    expect(
      preflight(method('Options', 'HttpMethod: OPTIONS, Integration: { Type: MOCK, ContentHandling: CONVERT_TO_TEXT }')).convertsToText,
    ).toMatchObject({ value: true });
  });

  it('that goes to code is an endpoint besides, and mappings have no effect (R25)', () => {
    const text = api(
      method(
        'Options',
        `HttpMethod: OPTIONS, AuthorizationType: AWS_IAM, Integration: { Type: AWS_PROXY, IntegrationResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } }] }`,
      ).replace('AuthorizationType: NONE, ', ''),
    );
    const { endpoints, preflight: found } = resourceOf(apiOf(text), '/items');
    expect(endpoints.map((endpoint) => show(endpoint.method))).toEqual(['OPTIONS']);
    expect(found).toMatchObject({
      by: { value: 'options' },
      status: { value: undefined },
      mappings: [],
      authorizer: { value: { kind: 'iam' } },
    });
    expect(originOf(found.headers)).toBe('<absent>');
  });

  it('is refused where there is neither OPTIONS nor ANY (R24)', () => {
    expect(preflight(method('Get', `HttpMethod: GET, ${PROXY}`)).by).toMatchObject({ value: 'nobody' });
  });

  it('meets ANY, with its authorizer and key, unless there is OPTIONS (R21)', () => {
    const any = method('Any', `HttpMethod: ANY, ApiKeyRequired: true, ${PROXY}`);
    expect(preflight(any)).toMatchObject({ by: { value: 'any' }, needsKey: { value: true } });
    expect(preflight(any + method('Options', mock('')))).toMatchObject({ by: { value: 'mock' }, needsKey: { value: false } });
  });

  it('hangs on the condition of its method', () => {
    const before = 'Parameters: { Env: { Type: String } }\nConditions: { IsDev: !Equals [!Ref Env, dev] }';
    const found = preflight(
      method('Options', mock(`method.response.header.Access-Control-Allow-Origin: "'*'"`), '    Condition: IsDev\n') +
        method('Any', `HttpMethod: ANY, ${PROXY}`),
      before,
    );
    expect(show(found.by)).toEqual({ Env: { dev: 'mock', 'any other': 'any' } });
    expect(originOf(found.headers)).toEqual({ Env: { dev: '<any>', 'any other': '<absent>' } });
    const alone = preflight(method('Options', mock(''), '    Condition: IsDev\n'), before);
    expect(show(alone.by)).toEqual({ Env: { dev: 'mock', 'any other': 'nobody' } });
  });

  it('is unknown where a method is', () => {
    const found = resourceOf(
      apiOf(api(method('M', `HttpMethod: !Ref Verb, ${PROXY}`), 'Parameters: { Verb: { Type: String } }')),
      '/items',
    );
    expect(show(found.preflight.by)).toBe('?');
    expect(found.endpoints.map(({ exists }) => verdict(exists))).toEqual(['yes']);
  });
});

describe('an API that lies elsewhere', () => {
  const methodOf = (id: string, apiId: string): string =>
    `  ${id}: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: ${apiId}, ResourceId: abc, HttpMethod: GET, AuthorizationType: NONE, Integration: { Type: MOCK } } }\n`;

  it.each([
    ['abc123', 'abc123'],
    ['!Ref ApiId', 'ApiId'],
    ['!ImportValue shared-api', 'shared-api'],
    ['!Ref MyServerlessApi', 'MyServerlessApi'],
  ])('%s is one, whoever names it', (id, name) => {
    const { apis } = lift(
      `Parameters: { ApiId: { Type: String } }\nResources:\n${methodOf('A', id)}${methodOf('B', id)}${methodOf('C', 'other')}`,
    );
    expect(apis.map(({ name: called, imported, resources }) => [called, imported, resources.length])).toEqual([
      [name, true, 1],
      ['other', true, 1],
    ]);
    expect(apis[0]?.resources[0]?.endpoints).toHaveLength(2);
  });

  it('may hang on a condition', () => {
    const { apis } = lift(`Conditions: { Own: !Equals [!Ref AWS::Region, x] }
Resources:
  Api: { Type: 'AWS::ApiGateway::RestApi', Condition: Own }
${methodOf('A', '!If [Own, !Ref Api, abc]')}`);
    expect(
      apis.map(({ name, imported, resources }) => [name, imported, resources[0]?.endpoints.map(({ exists }) => verdict(exists))]),
    ).toEqual([
      ['Api', false, ['yes when Own; no when not Own']],
      ['abc', true, ['no when Own; yes when not Own']],
    ]);
  });
});

describe('gateway responses', () => {
  const response = (more: string): string =>
    `  R: { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { RestApiId: !Ref Api, ResponseType: DEFAULT_4XX, ${more} } }`;

  it('set headers by mappings of their own', () => {
    const [found] = apiOf(
      api(
        response(
          `StatusCode: 400, ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'", gatewayresponse.header.X: "'y'" }`,
        ),
      ),
    ).gatewayResponses;
    expect(found).toMatchObject({ name: 'R', type: { value: 'DEFAULT_4XX' }, status: { value: '400' } });
    expect(found && originOf(found.headers)).toBe('<any>');
    expect(found?.mappings.map(({ header, place, declared }) => [header, place, show(declared)])).toEqual([
      ['Access-Control-Allow-Origin', 'gateway-response', true],
      ['X', 'gateway-response', true],
    ]);
  });

  it('of an HTTP API are lifted with it (H16)', () => {
    const { apis } = lift(`Resources:\n  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: HTTP } }\n${response('')}`);
    expect(apis.map(({ target, gatewayResponses }) => [target, gatewayResponses.length])).toEqual([['http', 1]]);
  });

  it('of an API that lies elsewhere make it known', () => {
    expect(lift(`Resources:\n${response('').replace('!Ref Api', 'abc')}`).apis.map(({ name, imported }) => [name, imported])).toEqual([
      ['abc', true],
    ]);
  });
});

describe('deployments', () => {
  it.each([
    ['DependsOn: Get', ['Get']],
    ['DependsOn: [Get, Options]', ['Get', 'Options']],
    ['', []],
  ])('wait for what %s says', (depends, ids) => {
    const { deployments } = lift(
      `Resources:\n  D:\n    Type: AWS::ApiGateway::Deployment\n    ${depends}\n    Properties: { RestApiId: !Ref Api }`,
    );
    expect(deployments).toMatchObject([{ name: 'D', api: 'Api', waitsFor: ids, generated: false }]);
  });

  it('and for what that names and waits for (prov-022)', () => {
    const { deployments } = lift(`Parameters: { P: { Type: String } }
Resources:
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: !Ref P } }
  D: { Type: 'AWS::ApiGateway::Deployment', DependsOn: Options, Properties: { RestApiId: !Ref Api } }
  Options: { Type: 'AWS::ApiGateway::Method', DependsOn: [Errors], Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: OPTIONS } }
  Errors: { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { RestApiId: !Ref Api } }
  Others: { Type: 'AWS::ApiGateway::GatewayResponse', DependsOn: D, Properties: { RestApiId: !Ref Api } }
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: !Sub '\${D}' } }`);
    expect(deployments.map(({ waitsFor }) => [...waitsFor].toSorted())).toEqual([['Api', 'Errors', 'Options']]);
  });
});

describe('two methods of one name on one resource (R23)', () => {
  const duplicates = (text: string) =>
    lift(text).problems.flatMap((problem) =>
      problem.kind === 'duplicate-method'
        ? [[problem.method, problem.path, textAt(problem.at), textAt(problem.first), verdict(problem.exists)]]
        : [],
    );

  it('are refused', () => {
    expect(duplicates(api(method('A', mock('')) + method('B', mock('')) + method('C', `HttpMethod: GET, ${PROXY}`)))).toEqual([
      ['OPTIONS', '/items', 'B', 'A', 'yes'],
    ]);
  });

  it('are found where only one of them hangs on a condition', () => {
    const before = 'Conditions: { C: !Equals [!Ref AWS::Region, x] }';
    const one = method('A', `HttpMethod: !If [C, GET, PUT], ${PROXY}`);
    expect(duplicates(api(one + method('B', `HttpMethod: get, ${PROXY}`), before))).toEqual([
      ['GET', '/items', 'B', 'A', 'yes when C; no when not C'],
    ]);
    expect(duplicates(api(one + method('B', `HttpMethod: POST, ${PROXY}`), before))).toEqual([]);
  });

  it('are not where they are never together', () => {
    const before = 'Conditions: { C: !Equals [!Ref AWS::Region, x], D: !Not [!Condition C] }';
    expect(duplicates(api(method('A', mock(''), '    Condition: C\n') + method('B', mock(''), '    Condition: D\n'), before))).toEqual([]);
    expect(duplicates(api(method('A', mock(''), '    Condition: C\n') + method('B', mock('')), before))).toEqual([
      ['OPTIONS', '/items', 'B', 'A', 'yes when C; no when not C'],
    ]);
  });
});

describe('the status that the request template of a mock asks for (R3)', () => {
  it.each(['{statusCode:200}', '{ statusCode: 200 }', '{statusCode:  200}', '{"statusCode": 200}'])('is read of %s', (template) => {
    const properties = `HttpMethod: OPTIONS, Integration: { Type: MOCK, RequestTemplates: { application/json: '${template}' } }`;
    expect(resourceOf(apiOf(api(method('A', properties))), '/items').preflight.mock?.request).toMatchObject({
      value: { kind: 'status', status: 200 },
    });
  });
});
