import { describe, expect, it } from 'vitest';
import { apiOf, list, resourceOf, show, textAt } from './support.ts';

/** The authorizer of a REST method; `resources` may define one. */
function authorizerOf(properties: string, resources = '', before = '') {
  const api = apiOf(`${before}\nResources:\n${resources}  Api: { Type: 'AWS::ApiGateway::RestApi' }
  Get: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: GET, ${properties}, Integration: { Type: MOCK } } }`);
  const authorizer = resourceOf(api, '/').endpoints[0]?.authorizer;
  if (!authorizer) throw new Error('no endpoint');
  return authorizer;
}

const seen = (authorizer: ReturnType<typeof authorizerOf>): unknown => show(authorizer, ({ kind, headers }) => [kind, list(headers)]);

const defined = (properties: string): string =>
  `  Auth: { Type: 'AWS::ApiGateway::Authorizer', Properties: { RestApiId: !Ref Api, ${properties} } }\n`;

describe('without an authorizer of its own', () => {
  it.each([
    ['AuthorizationType: NONE', ['none', []]],
    ['ApiKeyRequired: false', ['none', []]],
    // I1, U10: what a browser that signs its requests sends.
    ['AuthorizationType: AWS_IAM', ['iam', ['Authorization', 'X-Amz-Date', 'X-Amz-Security-Token']]],
  ])('%s', (properties, expected) => expect(seen(authorizerOf(properties))).toEqual(expected));
});

describe('a Lambda or Cognito authorizer of the template', () => {
  it.each([
    ['CUSTOM', 'Type: TOKEN, IdentitySource: method.request.header.X-Token', ['token', ['X-Token']]],
    ['CUSTOM', 'Type: TOKEN', ['token', ['Authorization']]],
    // auth-008
    [
      'CUSTOM',
      "Type: REQUEST, IdentitySource: 'method.request.header.X-Token, method.request.header.Cookie'",
      ['request', ['X-Token', 'Cookie']],
    ],
    // Other sources are no headers (I7).
    [
      'CUSTOM',
      "Type: REQUEST, IdentitySource: 'method.request.querystring.t, context.identity.sourceIp, stageVariables.s'",
      ['request', []],
    ],
    ['CUSTOM', 'Type: REQUEST, AuthorizerResultTtlInSeconds: 0', ['request', '?']],
    ['COGNITO_USER_POOLS', 'Type: COGNITO_USER_POOLS', ['cognito', ['Authorization']]],
    ['COGNITO_USER_POOLS', 'Type: COGNITO_USER_POOLS, IdentitySource: method.request.header.X-Id', ['cognito', ['X-Id']]],
    ['CUSTOM', "Type: TOKEN, IdentitySource: !Sub 'method.request.header.${AWS::Region}'", ['token', ['?…']]],
    ['CUSTOM', 'Type: TOKEN, IdentitySource: !ImportValue x', ['token', '?']],
  ])('%s %s', (type, properties, expected) =>
    expect(seen(authorizerOf(`AuthorizationType: ${type}, AuthorizerId: !Ref Auth`, defined(properties)))).toEqual(expected),
  );

  it('stands where it is defined', () => {
    const authorizer = authorizerOf('AuthorizationType: CUSTOM, AuthorizerId: !Ref Auth', defined('Type: TOKEN'));
    expect(authorizer.kind === 'known' && textAt(authorizer.value.at)).toBe('Auth');
  });
});

describe('an authorizer that lies elsewhere', () => {
  it.each([
    ['AuthorizationType: CUSTOM, AuthorizerId: abc', ['custom', '?']],
    ['AuthorizationType: COGNITO_USER_POOLS, AuthorizerId: !ImportValue pool', ['cognito', '?']],
    ['AuthorizationType: CUSTOM', ['custom', '?']],
    ['AuthorizationType: !ImportValue type', '?'],
  ])('%s', (properties, expected) => expect(seen(authorizerOf(properties))).toEqual(expected));
});

it('hangs on conditions', () => {
  const before = 'Conditions: { Open: !Equals [!Ref AWS::Region, x] }';
  expect(
    seen(
      authorizerOf(
        'AuthorizationType: !If [Open, NONE, CUSTOM], AuthorizerId: !If [Open, !Ref AWS::NoValue, !Ref Auth]',
        defined('Type: TOKEN'),
        before,
      ),
    ),
  ).toEqual({
    Open: { true: ['none', []], false: ['token', ['Authorization']] },
  });
});
