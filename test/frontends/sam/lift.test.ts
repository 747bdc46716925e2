import { describe, expect, it } from 'vitest';
import { sam } from '../../../src/frontends/sam/index.ts';
import type { Api, Model } from '../../../src/model/api.ts';
import { leaves } from '../../../src/value/value.ts';
import { context, document } from '../../support/documents.ts';
import { textAt } from '../../support/model.ts';

const TRANSFORM = 'Transform: AWS::Serverless-2016-10-31';

function lift(text: string, files: Readonly<Record<string, string>> = {}, params: Readonly<Record<string, string>> = {}): Model {
  const parsed = document(`${TRANSFORM}\n${text}`, 'template.yml');
  expect(parsed.problems).toEqual([]);
  return sam.lift(parsed, context({ params }, files));
}

const only = ({ apis }: Model): Api => {
  expect(apis).toHaveLength(1);
  return apis[0] as Api;
};

const known = (value: Parameters<typeof leaves>[0]): readonly unknown[] =>
  [...leaves(value)].map((leaf) => (leaf.kind === 'known' ? leaf.value : '?'));

const API = `Resources:
  Shop:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
`;

const FUNCTION = (more = ''): string => `  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: orders.handler
${more}      Events:
        List: { Type: Api, Properties: { Path: /orders, Method: get, RestApiId: !Ref Shop } }
`;

describe('which documents are SAM templates', () => {
  it.each([
    [`${TRANSFORM}\nResources: {}`, true],
    ['Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]', true],
    ['Resources: { A: { Type: AWS::Serverless::Function } }', true],
    ['Transform: AWS::Include\nResources: { A: { Type: AWS::S3::Bucket } }', false],
    ['Resources: []', false],
    ['- AWS::Serverless::Api', false],
  ])('%s: %s', (text, claimed) => expect(sam.claims(document(text).root)).toBe(claimed));
});

describe('what is lifted', () => {
  it('points at the event, and names the function behind it, also by its alias', () => {
    for (const more of ['', '      AutoPublishAlias: live\n']) {
      const [resource] = only(lift(`${API}${FUNCTION(more)}`)).resources;
      expect(resource?.endpoints.map(({ at, handler }) => [textAt(at), handler])).toEqual([['List', 'Orders']]);
    }
  });

  it('points at `Cors` for what SAM fills in, and at the value for what is written', () => {
    const [resource] = only(lift(`${API}      Cors: { AllowHeaders: "'X-Shop'" }\n${FUNCTION()}`)).resources;
    const { headers } = resource?.preflight ?? expect.fail();
    expect([textAt(headers.origin.from.at), headers.origin.from.kind]).toEqual(['Cors', 'default']);
    expect(textAt(headers.headers.from.at)).toBe(`"'X-Shop'"`);
  });

  it('may hold more than it shows where events cannot be seen', () => {
    const hidden = `  Other:
    Type: AWS::Serverless::Function
    Properties:
      Events: { Fn::Transform: { Name: Macro } }
`;
    expect(only(lift(`${API}${FUNCTION()}`)).imported).toBe(false);
    expect(only(lift(`${API}${FUNCTION()}${hidden}`)).imported).toBe(true);
  });

  it('makes deployments that get another id whenever the API changes', () => {
    const { deployments } = lift(`${API}${FUNCTION()}  Own: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref Shop } }\n`);
    expect(deployments.map(({ name, generated }) => [name, generated]).toSorted()).toEqual([
      ['Own', false],
      ['ShopDeployment', true],
    ]);
  });
});

describe('the default authorizer that a parameter names', () => {
  const text = (parameter: string): string => `Parameters:
  Guard: ${parameter}
${API}      Cors: "'https://shop.example.com'"
      Auth: { DefaultAuthorizer: !Ref Guard, Authorizers: { Users: { UserPoolArn: pool } } }
${FUNCTION()}`;
  const preflight = (model: Model): readonly unknown[] =>
    [...leaves(only(model).resources[0]?.preflight.authorizer ?? expect.fail())].map((leaf) =>
      leaf.kind === 'known' ? leaf.value.kind : '?',
    );

  it('is not known without values', () => expect(preflight(lift(text('{ Type: String, Default: Users }')))).toEqual(['?']));
  it('is one of the allowed values', () =>
    expect(preflight(lift(text('{ Type: String, AllowedValues: [Users, AWS_IAM] }')))).toEqual(['cognito', 'iam']));
  it('is the value that is given', () => expect(preflight(lift(text('{ Type: String }'), {}, { Guard: 'Users' }))).toEqual(['cognito']));
});

describe('other files', () => {
  const swagger = `swagger: '2.0'
paths:
  /orders:
    get:
      x-amazon-apigateway-integration: { type: aws_proxy, uri: x }
`;
  it('stand in the place of AWS::Include before SAM adds CORS', () => {
    const text = `${API}      Cors: "'https://shop.example.com'"
      DefinitionBody: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: api.yml } } }
`;
    const api = only(lift(text, { 'api.yml': swagger }));
    expect(known(api.resources[0]?.preflight.by ?? expect.fail())).toEqual(['mock']);
    expect(api.imported).toBe(false);
    const unseen = lift(text.replace('api.yml', 's3://bucket/api.yml'));
    expect([only(unseen).imported, unseen.ignored, unseen.problems]).toEqual([true, [], []]);
  });

  it('are the document that `DefinitionUri` names', () => {
    const api = only(lift(`${API}      DefinitionUri: api.yml\n`, { 'api.yml': swagger }));
    expect(api.resources.map(({ path }) => known(path))).toEqual([['/orders']]);
    expect(known(api.resources[0]?.preflight.by ?? expect.fail())).toEqual(['nobody']);
  });

  it('are applications, translated as well, with what they are handed', () => {
    const nested = `${TRANSFORM}
Parameters: { Origin: { Type: String } }
Globals: { Api: { Cors: { AllowOrigin: !Ref Origin } } }
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: { Events: { List: { Type: Api, Properties: { Path: /orders, Method: get } } } }
`;
    const text = `Resources:
  Orders:
    Type: AWS::Serverless::Application
    Properties: { Location: orders/template.yml, Parameters: { Origin: "'https://shop.example.com'" } }
`;
    const { preflight } = only(lift(text, { 'orders/template.yml': nested })).resources[0] ?? expect.fail();
    expect(known(preflight.headers.origin)).toEqual([{ kind: 'fixed', text: 'https://shop.example.com' }]);
  });
});

describe('what is no template', () => {
  it.each([
    'Resources: []',
    'Resources: { A: null, B: [], C: { Type: AWS::Serverless::Api }, D: { Type: AWS::Serverless::Api, Properties: [] } }',
    'Resources: { A: { Type: AWS::Serverless::Function, Properties: { Events: [a], FunctionUrlConfig: [] } } }',
    'Resources: { A: { Type: AWS::Serverless::Function, Properties: { Events: { E: { Type: Api, Properties: [] } } } } }',
    'Globals: []\nResources: { A: { Type: AWS::Serverless::Api, Properties: { Cors: { Fn::If: [a] } } } }',
    'Resources: { A: { Type: AWS::Serverless::Api, Properties: { Auth: [], GatewayResponses: [], DefinitionBody: { swagger: "2.0", paths: { /x: 1 } } } } }',
  ])('%s', (text) => expect(() => lift(text)).not.toThrow());
});
