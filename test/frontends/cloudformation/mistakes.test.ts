import { describe, expect, it } from 'vitest';
import { list, lift, resourceOf, show, textAt, apiOf } from './support.ts';

const problems = (text: string): readonly unknown[] =>
  lift(text).problems.map((problem) =>
    problem.kind === 'unresolved'
      ? [problem.missing, problem.written, problem.text]
      : problem.kind === 'refused'
        ? [problem.fatal, textAt(problem.at), problem.text]
        : problem.kind,
  );

const API = "  Api: { Type: 'AWS::ApiGateway::RestApi' }\n";

describe('circles', () => {
  it('of conditions, each told once, and either way is possible', () => {
    const text = `Conditions:
  A: !Not [!Condition B]
  B: !And [!Condition C, !Equals [x, x]]
  C: { Condition: A }
  Leads: !Not [!Condition A]
  Self: { Condition: Self }
Resources:
  Api: { Type: 'AWS::ApiGateway::RestApi', Condition: A }
`;
    expect(problems(text)).toEqual([
      ['cycle', '!Condition B', '`A` needs `B`, which needs `C`, which needs `A`'],
      ['cycle', '!Condition Self', '`Self` needs `Self`'],
    ]);
    expect(
      apiOf(text)
        .exists.map(({ truth }) => truth)
        .toSorted(),
    ).toEqual(['no', 'yes']);
  });

  it('of resources, by Ref, GetAtt, Sub and DependsOn', () => {
    expect(
      problems(`Resources:
${API}  A: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: !Ref Api, PathPart: a, ParentId: !Ref B } }
  B: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: !Ref Api, PathPart: b, ParentId: !Ref A } }
  P: { Type: 'AWS::SQS::Queue', DependsOn: [Q] }
  Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: !Sub '\${P.QueueName}-2' } }
  S: { Type: 'AWS::SNS::Topic', Properties: { TopicName: !GetAtt S.TopicName } }
`),
    ).toEqual([
      ['cycle', '!Ref B', '`A` needs `B`, which needs `A`'],
      ['cycle', 'DependsOn: Q', '`P` needs `Q`, which needs `P`'],
      ['cycle', '!GetAtt S.TopicName', '`S` needs `S`'],
    ]);
  });

  it('not where a condition may open them, nor behind a transform', () => {
    const open = `Resources:
  P: { Type: 'AWS::SQS::Queue', Condition: C, DependsOn: Q }
  Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: !GetAtt P.QueueName } }
  R: { Type: 'AWS::SQS::Queue', DependsOn: S }
  S: { Type: 'AWS::SQS::Queue', Properties: { QueueName: !If [C, !GetAtt R.QueueName, q] } }
`;
    expect(problems(`Conditions: { C: !Equals [!Ref AWS::Region, eu-west-1] }\n${open}`)).toEqual([]);
    expect(problems(`Transform: Own\nResources:\n  P: { Type: 'AWS::SQS::Queue', DependsOn: P }\n`)).toEqual([]);
  });
});

describe('functions without the values that they take', () => {
  it('are refused where they stand', () => {
    const text = `Conditions:
  C: !Equals [!Ref AWS::Region]
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: { Name: !If [C, shop], Description: !Join [a, b, c] }
Outputs:
  O: { Value: !Select 1 }
`;
    const refused = (written: string, name: string, takes: string, has: string) => [
      true,
      written,
      `\`${name}\` takes ${takes}. Here it has ${has}, so CloudFormation refuses the whole template and nothing is deployed.`,
    ];
    expect(problems(text)).toEqual([
      refused('[!Ref AWS::Region]', 'Fn::Equals', 'two values, which it compares', 'one'),
      refused('1', 'Fn::Select', 'two values: an index and a list', 'no list of them'),
      refused('[C, shop]', 'Fn::If', 'three values: a condition, what holds with it and what holds without it', 'two'),
      refused('[a, b, c]', 'Fn::Join', 'two values: a delimiter and a list', '3'),
    ]);
  });
  it('are left alone where a macro fills them in, and in metadata', () => {
    const text = `Resources:
  Api: { Type: 'AWS::ApiGateway::RestApi', Metadata: { Doc: !If [a] }, Properties: { Name: { 'Fn::Join': { 'Fn::Transform': { Name: Own } } } } }
`;
    expect(problems(text)).toEqual([]);
  });
});

describe('what no resource can look like', () => {
  const END = ': CloudFormation refuses the whole template and nothing is deployed.';
  it.each([
    ['Resources: !If [C, a, b]\n', '`Resources` is the function `Fn::If`. It has to be a map of resources'],
    [`Resources:\n${API}  X: text\n`, 'The resource `X` is the text "text". It has to be a map with a `Type` and `Properties`'],
    [`Resources:\n${API}  X: !Ref Api\n`, 'The resource `X` is the function `Ref`. It has to be a map with a `Type` and `Properties`'],
    [`Resources:\n${API}  X: { Properties: { A: b } }\n`, 'The resource `X` has no `Type`'],
    [
      `Resources:\n${API}  X: { Type: !Sub 'A' }\n`,
      'The `Type` of `X` is the function `Fn::Sub`. It has to be a text such as "AWS::Lambda::Function"',
    ],
    [
      "Resources:\n  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: [Name] }\n",
      '`Properties` of `Api` is a list. It has to be a map',
    ],
    [
      `Conditions: { C: !Equals [a, a] }\nResources:\n${API}  X: { Type: 'AWS::SQS::Queue', Properties: !If [C, {}, {}] }\n`,
      '`Properties` of `X` is the function `Fn::If`. Use the function inside single properties, or give `X` a `Condition`',
    ],
  ])('%j', (text, said) => expect(problems(text).map((one) => Array.isArray(one) && one[2])).toEqual([`${said}${END}`]));

  it.each([
    ['nothing at all', `Resources:\n${API}  X: { Type: 'AWS::SQS::Queue', Properties: }\n`],
    ['an include', `Resources:\n${API}  X: { Type: 'AWS::SQS::Queue', Properties: { 'Fn::Transform': { Name: 'AWS::Include' } } }\n`],
    [
      'a loop',
      `Transform: AWS::LanguageExtensions\nResources:\n${API}  'Fn::ForEach::Loop': [N, [a], { 'Q\${N}': { Type: 'AWS::SQS::Queue' } }]\n`,
    ],
    ['a macro of the author', `Transform: Own\nResources:\n${API}  X: text\n`],
  ])('is not %s', (_, text) => expect(problems(text).filter((one) => Array.isArray(one) && one[0] === true)).toEqual([]));
});

describe('what no template should be', () => {
  it.each([
    ['a function for all resources', 'AWSTemplateFormatVersion: 2010-09-09\nResources: !If [C, a, b]\n'],
    ['a function for a type', `Resources:\n${API}  X: { Type: !Ref Api, Properties: { RestApiId: !Ref Api } }\n`],
    ['a function for properties', `Resources:\n${API}  X: { Type: 'AWS::ApiGateway::Method', Properties: !Ref Api }\n`],
    ['a Ref of a Ref', `Resources:\n${API}  X: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: { Ref: Api } } } }\n`],
    ['a list of properties', `Resources:\n${API}  X: { Type: 'AWS::ApiGateway::Method', Properties: [{ RestApiId: a }, b] }\n`],
    ['a list for an API', "Resources:\n  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: [CorsConfiguration] }\n"],
    ['a text for a resource', `Resources:\n${API}  X: text\n`],
  ])('%s is lifted as far as it goes', (_, text) => expect(() => lift(text)).not.toThrow());

  it('500 resources are all lifted', () => {
    const paths = Array.from(
      { length: 250 },
      (
        _,
        i,
      ) => `  R${i}: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: p${i} } }
  M${i}: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: !Ref Api, ResourceId: !Ref R${i}, HttpMethod: GET, Integration: { Type: AWS_PROXY } } }
`,
    );
    const api = apiOf(`Resources:\n${API}${paths.join('')}`);
    expect(api.resources).toHaveLength(250);
    expect(show(resourceOf(api, '/p249').preflight.by)).toBe('nobody');
    expect(list(api.binaryMediaTypes)).toEqual([]);
  });
});
