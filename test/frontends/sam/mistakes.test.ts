import { describe, expect, it } from 'vitest';
import { memoryIo } from '../../../src/config/memory-io.ts';
import { lint } from '../../../src/lint.ts';

const said = async (text: string): Promise<readonly string[]> => {
  const { files } = await lint(['template.yaml'], { cwd: '/', config: false }, memoryIo({ '/template.yaml': text }));
  return files.flatMap(({ findings }) =>
    findings.filter(({ certainty }) => certainty === 'certain').map(({ rule, message }) => `${rule}: ${message}`),
  );
};

const REFUSED = ': CloudFormation refuses the whole template and nothing is deployed.';

describe('mistakes in a SAM template', () => {
  it('lists of properties are looked for before SAM makes its own of them', async () => {
    const text = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api: { Type: 'AWS::Serverless::Api', Properties: [Cors] }
  Fn: { Type: 'AWS::Serverless::Function', Properties: [Handler] }
`;
    expect(await said(text)).toEqual(
      ['Api', 'Fn'].map((id) => `unreadable-file: \`Properties\` of \`${id}\` is a list. It has to be a map${REFUSED}`),
    );
  });

  it('nothing is missed in what could not be read', async () => {
    const text = `Transform: AWS::Serverless-2016-10-31
Resources:
  Domain:edge
    Type: AWS::ApiGateway::DomainName
    Properties: { DomainName: !Ref Nowhere }
`;
    expect(await said(text)).toEqual([expect.stringMatching(/^unreadable-file: this cannot be read: /)]);
  });
});
