import { describe, expect, it } from 'vitest';
import { liftTemplate } from '../../../src/frontends/cloudformation/lift.ts';
import { resolveIntrinsics } from '../../../src/frontends/cloudformation/intrinsics.ts';
import { readTemplate } from '../../../src/frontends/cloudformation/read.ts';
import type { JudgeReferences } from '../../../src/frontends/cloudformation/references.ts';
import { document } from '../../support/documents.ts';
import { textAt } from './support.ts';

const TEMPLATE = `Parameters: { P: { Type: String } }
Conditions: { C: !Equals [a, b] }
Resources:
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: !Ref Name } }
  Items: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: !Ref Apo, ParentId: !GetAtt Api.RootResourceId, PathPart: !Ref P } }
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Rolle.Arn
      Tags: [!Sub '\${AWS::Region}\${P}\${Bucket}\${Items.Arn}\${!Escaped}\${Table.Name}', !Sub ['\${Own}\${Other}', { Own: 1 }]]
Outputs:
  O: { Value: !If [C, !Ref Nowhere, 'Ref: Text'] }
  Q: { Value: !GetAtt P.Arn }
`;

function problems(text: string, judge: JudgeReferences, resolved = false) {
  const tree = readTemplate(document(text, 'template.yml').root);
  return liftTemplate(resolved ? resolveIntrinsics(tree) : tree, { judgeReferences: judge }).problems.flatMap((problem) =>
    problem.kind === 'unresolved' ? [problem] : [],
  );
}

describe('references to nothing', () => {
  it('are found wherever they stand', () => {
    expect(problems(TEMPLATE, 'all').map(({ written, at }) => [written, textAt(at)])).toEqual([
      ['!Ref Name', 'Name'],
      ['!Ref Apo', 'Apo'],
      ['!GetAtt Rolle.Arn', 'Rolle.Arn'],
      ['!Ref Bucket', '${Bucket}'],
      ['!GetAtt Table.Name', '${Table.Name}'],
      ['!Ref Other', '${Other}'],
      ['!Ref Nowhere', 'Nowhere'],
      ['!GetAtt P.Arn', 'P.Arn'],
    ]);
  });

  it('say what is missing', () => {
    const texts = problems(TEMPLATE, 'all').map(({ text, missing }) => [text, missing]);
    expect(texts[1]).toEqual(['there is no resource or parameter `Apo` in this template', 'resource']);
    expect(texts[2]).toEqual(['there is no resource `Rolle` in this template', 'resource']);
    expect(texts.at(-1)).toEqual(['`P` is a parameter of this template, and parameters have no attributes', 'resource']);
  });

  it.each([false, true])('are judged where they name a part of an API alone (worked out before: %s)', (resolved) => {
    expect(problems(TEMPLATE, 'apis', resolved).map(({ written }) => written)).toEqual(['!Ref Apo']);
  });

  it('are not judged where plugins make resources', () => expect(problems(TEMPLATE, 'none')).toEqual([]));

  it.each([['Transform: AWS::Serverless-2016-10-31\n'], ['Transform: [Own]\n']])('are not judged behind %s', (transform) =>
    expect(problems(transform + TEMPLATE, 'all')).toEqual([]),
  );

  it('are not judged beside SAM resources, loops and includes', () => {
    for (const more of [
      "  S: { Type: 'AWS::Serverless::Function' }",
      "  'Fn::ForEach::Loop': [X, [a], {}]",
      "  'Fn::Transform': { Name: 'AWS::Include' }",
    ]) {
      expect(problems(TEMPLATE.replace('Outputs:', `${more}\nOutputs:`), 'all')).toEqual([]);
    }
  });
});
