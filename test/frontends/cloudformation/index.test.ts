import { describe, expect, it } from 'vitest';
import { cloudformation } from '../../../src/frontends/cloudformation/index.ts';
import { context, document } from '../../support/documents.ts';
import { lift } from './support.ts';

describe('claims', () => {
  it.each([
    ['AWSTemplateFormatVersion: 2010-09-09', true],
    ['Resources: { A: { Type: AWS::S3::Bucket } }', true],
    ['{ "Resources": { "A": { "Type": "AWS::S3::Bucket" } } }', true],
    ['Resources: {}', false],
    ['Resources: [a]', false],
    ['Resources: { A: { Type: 3 } }', false],
    ['service: x\nprovider: aws', false],
    ['- a', false],
    ['', false],
  ])('%s: %s', (text, claimed) => expect(cloudformation.claims(document(text, 'template.yml').root)).toBe(claimed));
});

describe('problems of reading', () => {
  it('are fatal, but for a duplicate key', () => {
    const kinds = (text: string) => lift(text).problems.map((problem) => problem.kind === 'unreadable' && problem.fatal);
    expect(kinds("Resources: { A: { Type: 'AWS::S3::Bucket', Type: 'AWS::S3::Bucket' } }")).toEqual([false]);
    expect(kinds("Resources:\n  A: { Type: 'AWS::S3::Bucket'\n")).toEqual(expect.arrayContaining([true]));
  });

  it('leave references alone: what they name may stand where nothing could be read', () => {
    const { problems } = lift("Resources:\n  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: !Ref X } }\n  Y: { a: [\n");
    expect(new Set(problems.map(({ kind }) => kind))).toEqual(new Set(['unreadable']));
  });
});

describe('whatever stands there', () => {
  const types = [
    'AWS::ApiGateway::RestApi',
    'AWS::ApiGateway::Resource',
    'AWS::ApiGateway::Method',
    'AWS::ApiGateway::GatewayResponse',
    'AWS::ApiGateway::Deployment',
    'AWS::ApiGatewayV2::Api',
    'AWS::ApiGatewayV2::Route',
    'AWS::Lambda::Url',
  ];
  const odd = ['null', '3', 'text', '[]', '[null, 3, [a]]', '{}', '!Ref A', '!Ref AWS::NoValue', '!If [C, {}, []]', '!ImportValue x'];
  const properties = [
    'RestApiId',
    'ParentId',
    'PathPart',
    'ResourceId',
    'HttpMethod',
    'AuthorizationType',
    'AuthorizerId',
    'Integration',
    'MethodResponses',
    'RequestParameters',
    'RequestValidatorId',
    'ResponseParameters',
    'ResponseType',
    'EndpointConfiguration',
    'BinaryMediaTypes',
    'Policy',
    'ApiId',
    'RouteKey',
    'Target',
    'ProtocolType',
    'CorsConfiguration',
    'Cors',
    'TargetFunctionArn',
    'AuthType',
    'Body',
  ];

  it.each(odd)('%s is lifted', (value) => {
    const inside = (key: string): string => `${key}: ${value}`;
    const nested = `Integration: { Type: MOCK, ${['Uri', 'ContentHandling', 'RequestTemplates', 'IntegrationResponses'].map(inside).join(', ')} }, CorsConfiguration: { ${['AllowOrigins', 'AllowCredentials', 'AllowMethods', 'AllowHeaders', 'MaxAge'].map(inside).join(', ')} }, MethodResponses: [${value}], RouteKey: GET /a, Cors: { AllowOrigins: [${value}] }`;
    const responses = `RestApiId: !Ref R0, ResourceId: !Ref R1, HttpMethod: OPTIONS, Integration: { Type: AWS, IntegrationResponses: [${value}, { StatusCode: ${value}, SelectionPattern: ${value}, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: ${value}, method.response.header.Access-Control-Allow-Methods: ${value} }, ResponseTemplates: { application/json: ${value} } }] }`;
    const bodies = [
      value,
      `{ ${properties.map(inside).join(', ')} }`,
      `{ ApiId: !Ref R5, RestApiId: !Ref R0, ${nested} }`,
      `{ ${responses} }`,
    ];
    for (const body of bodies) {
      const resources = types.map((type, i) => `  R${i}: { Type: '${type}', Properties: ${body}, DependsOn: ${value} }`);
      const read = document(
        `Conditions: { C: ${value} }\nParameters: ${value}\nMappings: ${value}\nResources:\n${resources.join('\n')}\n  Odd: ${value}\n  Typed: { Type: ${value} }`,
        'template.yml',
      );
      expect(read.problems).toEqual([]);
      expect(() => cloudformation.lift(read, context())).not.toThrow();
    }
  });

  it.each(['', 'null', '3', '[]', '{}', 'Resources:', 'Resources: [a]', 'Resources: !Ref A', '!Ref A', 'AWSTemplateFormatVersion: x'])(
    'a document of %j is lifted',
    (text) => {
      expect(lift(text).apis).toEqual([]);
    },
  );
});

describe('takes bounded time', () => {
  const values = Array.from({ length: 20 }, (_, i) => `v${i}`);
  const parameters = ['A', 'B', 'C', 'D'].map((name) => `  ${name}: { Type: String, AllowedValues: [${values.join(', ')}] }`).join('\n');
  const conditions = ['A', 'B', 'C', 'D']
    .flatMap((name) => values.map((value) => `  Is${name}${value}: !Equals [!Ref ${name}, ${value}]`))
    .join('\n');
  const methods = (count: number, more: (i: number) => string): string =>
    Array.from(
      { length: count },
      (_, i) => `  M${i}:
    Type: AWS::ApiGateway::Method
    Condition: IsA${values[i % 20]}
    Properties:
      RestApiId: !If [IsB${values[i % 20]}, !Ref Api, abc]
      ResourceId: !If [IsC${values[i % 20]}, !Ref Items, def]
      HttpMethod: !If [IsD${values[i % 20]}, OPTIONS, ANY]
      AuthorizationType: NONE
      Integration: { Type: MOCK, IntegrationResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: ${more(i)} } }] }`,
    ).join('\n');
  const template = (body: string): string => `Parameters:\n${parameters}\nConditions:\n${conditions}\nResources:
  Api: { Type: 'AWS::ApiGateway::RestApi' }
  Items: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: items } }
${body}`;

  it.each([
    ['conditions on every method of one path', template(methods(40, () => '!Sub "\'https://${A}.${B}.com\'"'))],
    [
      'five hundred plain methods',
      template(
        methods(500, () => '!Sub "\'https://${AWS::Region}.com\'"')
          .replaceAll(/ {4}Condition: .*\n/g, '')
          .replaceAll(/!If \[Is\w+, (.*), \w+\]/g, '$1'),
      ),
    ],
  ])('%s', (_, text) => {
    const read = document(text, 'template.yml');
    const started = performance.now();
    cloudformation.lift(read, context());
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
