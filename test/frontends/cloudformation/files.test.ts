import { describe, expect, it } from 'vitest';
import { cloudformation } from '../../../src/frontends/cloudformation/index.ts';
import type { Model } from '../../../src/model/api.ts';
import { context, document } from '../../support/documents.ts';
import { apiOf, resourceOf, show, textAt, verdict } from './support.ts';

const lift = (text: string, files: Readonly<Record<string, string>>): Model =>
  cloudformation.lift(document(text, 'template.yml'), context({}, files));

const api = (properties: string): string => `Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { ${properties} } } }`;
const include = (path: string): string => `'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: ${path} } }`;
const paths = 'paths: { /a: { get: { x-amazon-apigateway-integration: { type: aws_proxy } } } }';

describe('an included file', () => {
  it('is the body of an API, its functions worked out', () => {
    const model = lift(api(`Body: { ${include('./api.yml')} }`), { 'api.yml': paths });
    expect(apiOf(model).resources.map(({ path, at }) => [show(path), at.file.path])).toEqual([['/a', 'api.yml']]);
  });

  it('stands beside other keys, which win', () => {
    const model = lift(`Resources: { Api: { Type: 'AWS::ApiGateway::RestApi' }, ${include('more.yml')} }`, {
      'more.yml': `Api: { Type: 'AWS::S3::Bucket' }\nOther: { Type: 'AWS::ApiGateway::RestApi' }`,
    });
    expect(model.apis.map(({ name, imported }) => [name, imported])).toEqual([
      ['Api', false],
      ['Other', false],
    ]);
  });

  it('adds to the sections of the template', () => {
    const model = lift(`Transform: { Name: 'AWS::Include', Parameters: { Location: more.yml } }\n${api('Name: a')}`, {
      'more.yml': `Resources: { Other: { Type: 'AWS::ApiGateway::RestApi' } }`,
    });
    expect(model.apis.map(({ name, imported }) => [name, imported])).toEqual([
      ['Api', false],
      ['Other', false],
    ]);
  });

  it('is told where it is not there, and may hold anything', () => {
    const model = lift(api(`Body: { ${include('gone.yml')} }`), {});
    expect(model.problems).toMatchObject([{ kind: 'unresolved', missing: 'file', written: 'gone.yml' }]);
    expect(apiOf(model).imported).toBe(true);
  });

  it('is not read from a bucket', () => {
    const model = lift(api(`Body: { ${include('s3://bucket/api.yml')} }`), {});
    expect([model.problems, apiOf(model).imported]).toEqual([[], true]);
  });

  it('that includes itself ends', () =>
    expect(lift(api(`Body: { ${include('api.yml')} }`), { 'api.yml': `paths: { ${include('api.yml')} }` }).apis).toHaveLength(1));
});

it('reads a body by its local path as it is', () => {
  const model = lift(api('BodyS3Location: ./api.yml'), { 'api.yml': paths });
  expect(apiOf(model).resources.map(({ path }) => show(path))).toEqual(['/a']);
});

describe('a nested stack', () => {
  const parent = (properties: string, more = ''): string => `
Parameters: { Env: { Type: String, AllowedValues: [dev, prod] } }
Resources:
  Api: { Type: 'AWS::ApiGateway::RestApi' }
  Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: stacks/child.yml, Parameters: { Id: !Ref Api, Root: !GetAtt Api.RootResourceId, ${properties} } } }
${more}`;
  const child = `
Parameters: { Id: { Type: String }, Root: { Type: String }, Env: { Type: String, Default: prod } }
Conditions: { Prod: !Equals [!Ref Env, prod] }
Metadata: { cors-lint: { disable: [{ id: missing-cors, reason: internal }] } }
Resources:
  Items: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: !Ref Id, ParentId: !Ref Root, PathPart: items } }
  Get: { Type: 'AWS::ApiGateway::Method', Condition: Prod, Properties: { RestApiId: !Ref Id, ResourceId: !Ref Items, HttpMethod: GET, Integration: { Type: MOCK } } }
  Own: { Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: api.yml } }
Outputs: { Items: { Value: !Ref Items } }`;
  const files = { 'stacks/child.yml': child, 'stacks/api.yml': paths };

  it('adds to an API that it is handed', () => {
    const found = apiOf(lift(parent('Env: !Ref Env'), files), 'Api');
    const [get] = resourceOf(found, '/items').endpoints;
    expect([found.imported, get && verdict(get.exists), get && textAt(get.at)]).toEqual([
      false,
      'no when Env = dev; yes when Env = prod',
      'Get',
    ]);
  });

  it('has its defaults where it is handed nothing', () => {
    const [get] = resourceOf(apiOf(lift(parent('Env: dev'), files), 'Api'), '/items').endpoints;
    expect(get).toBeUndefined();
    expect(resourceOf(apiOf(lift(parent(''), files), 'Api'), '/items').endpoints).toHaveLength(1);
  });

  it('has APIs of its own, and files beside it', () => {
    const own = apiOf(lift(parent(''), files), 'Nested/Own');
    expect(own.resources.map(({ path }) => show(path))).toEqual(['/a']);
  });

  it('gives back what its parent refers to', () => {
    const put = `  Put: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt Nested.Outputs.Items, HttpMethod: PUT, Integration: { Type: MOCK } } }`;
    const { endpoints } = resourceOf(apiOf(lift(parent('', put), files), 'Api'), '/items');
    expect(endpoints.map(({ method }) => show(method)).toSorted()).toEqual(['GET', 'PUT']);
  });

  it('brings its suppressions', () =>
    expect(lift(parent(''), files).suppressions?.map(({ id, covers }) => [id, covers.map(({ file }) => file.path)])).toEqual([
      ['missing-cors', ['stacks/child.yml']],
    ]));

  it('that cannot be read may add to what it is handed', () => {
    const model = lift(parent(''), {});
    expect([apiOf(model, 'Api').imported, model.problems.map(({ kind }) => kind)]).toEqual([true, ['unresolved']]);
  });

  it('that nests itself ends', () =>
    expect(
      lift(`Resources: { Me: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: template.yml } } }`, {
        'template.yml': `Resources: { Me: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: template.yml } } }\nOutputs: { X: { Value: !GetAtt Me.Outputs.X } }`,
      }).apis,
    ).toEqual([]));
});
