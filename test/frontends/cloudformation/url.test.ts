import { describe, expect, it } from 'vitest';
import { apiOf, headersOf, originOf, resourceOf, show, verdict } from './support.ts';

const url = (properties: string, before = ''): string => `${before}
Resources:
  Fn: { Type: 'AWS::Lambda::Function' }
  Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: !Ref Fn } }
  Url: { Type: 'AWS::Lambda::Url', Properties: { ${properties} } }`;

const TARGET = 'TargetFunctionArn: !GetAtt Fn.Arn';

describe('a function URL', () => {
  it('without Cors is answered by code alone', () => {
    const api = apiOf(url(`${TARGET}, AuthType: NONE`));
    expect(api).toMatchObject({ target: 'url', name: 'Fn', managed: undefined, imported: false });
    const { endpoints, preflight } = resourceOf(api, '/');
    expect(endpoints).toMatchObject([
      {
        method: { value: 'ANY' },
        handler: 'Fn',
        authorizer: { value: { kind: 'none' } },
        success: { by: { value: 'handler' } },
        handlerError: { by: { value: 'handler' } },
      },
    ]);
    expect(preflight).toMatchObject({ by: { value: 'any' }, authorizer: { value: { kind: 'none' } } });
  });

  it('with Cors is answered by both (U3), and the preflight by the service', () => {
    const api = apiOf(
      url(`${TARGET}, AuthType: AWS_IAM, Cors: { AllowOrigins: ['https://a.com'], AllowMethods: ['*'], AllowHeaders: [X-A], MaxAge: 300 }`),
    );
    const { endpoints, preflight } = resourceOf(api, '/');
    expect(endpoints).toMatchObject([
      { authorizer: { value: { kind: 'iam' } }, success: { by: { value: 'both' } }, handlerError: { by: { value: 'both' } } },
    ]);
    // U7: the service answers before it asks who calls.
    expect(preflight).toMatchObject({ by: { value: 'managed' }, status: { value: 200 }, authorizer: { value: { kind: 'none' } } });
    expect(headersOf(preflight.headers)).toEqual({
      origin: { 'exact https://a.com': undefined },
      credentials: undefined,
      methods: ['*'],
      headers: ['X-A'],
      expose: [],
      maxAge: '300',
      vary: [],
    });
  });

  it('with IAM and no Cors asks the preflight for a signature (U7)', () => {
    expect(resourceOf(apiOf(url(`${TARGET}, AuthType: AWS_IAM`)), '/').preflight).toMatchObject({
      by: { value: 'any' },
      authorizer: { value: { kind: 'iam' } },
    });
  });

  it.each([
    ["AllowOrigins: ['*']", '<any>'],
    // U4: Lambda reflects whoever asks.
    ["AllowOrigins: ['*'], AllowCredentials: true", '<reflect>'],
    ["AllowOrigins: ['https://a.com', '*'], AllowCredentials: true", '<reflect>'],
    ["AllowOrigins: ['*'], AllowCredentials: !Ref AWS::Region", '?'],
    ["AllowOrigins: ['*'], AllowCredentials: !If [C, true, false]", { C: { true: '<reflect>', false: '<any>' } }],
    // U6: patterns are not documented here.
    ["AllowOrigins: ['https://*']", { 'exact https://*': undefined }],
    ['', '<absent>'],
  ])('Cors: { %s }', (cors, origin) => {
    const api = apiOf(url(`${TARGET}, Cors: { ${cors} }`, 'Conditions: { C: !Equals [!Ref AWS::Region, x] }'));
    expect(api.managed && originOf(api.managed.headers)).toEqual(origin);
  });

  it.each([
    ['TargetFunctionArn: !Ref Fn', 'Fn'],
    ['TargetFunctionArn: !Ref Live', 'Fn'],
    ['TargetFunctionArn: my-function', 'my-function'],
    ['TargetFunctionArn: !ImportValue fn', 'Url'],
  ])('is named after its function: %s', (target, name) => expect(apiOf(url(target)).name).toBe(name));

  it('hangs on conditions', () => {
    const before = 'Conditions: { C: !Equals [!Ref AWS::Region, x] }';
    const api = apiOf(url(`${TARGET}, Cors: !If [C, { AllowOrigins: [a] }, !Ref AWS::NoValue]`, before));
    expect(api.managed && verdict(api.managed.exists)).toBe('yes when C; no when not C');
    const { preflight, endpoints } = resourceOf(api, '/');
    expect([show(preflight.by), endpoints.map(({ success }) => show(success.by))]).toEqual([
      { C: { true: 'managed', false: 'any' } },
      [{ C: { true: 'both', false: 'handler' } }],
    ]);
  });
});
