import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { memoryIo } from '../../src/config/memory-io.ts';
import { lint } from '../../src/lint.ts';
import { manifestWithAssets } from '../support/assembly.ts';

const CWD = path.resolve('/repository');
const HASH = 'a'.repeat(64);

const SOURCE = `import { Stack, aws_lambda_nodejs as nodejs } from 'aws-cdk-lib';

export class Shop extends Stack {
  constructor(scope, id) {
    super(scope, id);
    new nodejs.NodejsFunction(this, 'Orders', { entry: 'lambda/orders.ts' }).addFunctionUrl({ cors: { allowedOrigins: ['*'] } });
  }
}
`;

const template = {
  Resources: {
    Orders: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}' }, S3Key: `${HASH}.zip` },
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
      },
    },
    Url: {
      Type: 'AWS::Lambda::Url',
      Properties: {
        AuthType: 'NONE',
        TargetFunctionArn: { 'Fn::GetAtt': ['Orders', 'Arn'] },
        Cors: { AllowHeaders: ['*'], AllowOrigins: ['*'] },
      },
    },
  },
  Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' } },
};

const metadata = Object.fromEntries(
  ['Orders', 'Url'].map((id) => [
    `/Shop/${id}`,
    [
      { type: 'aws:cdk:logicalId', data: id },
      { type: 'aws:cdk:creationStack', data: [`new Shop (${path.join(CWD, 'lib/shop.ts')}:6:5)`] },
    ],
  ]),
);

const output = (asset: Readonly<Record<string, string>>): Record<string, string> => ({
  'cdk.json': '{"app": "npx tsx bin/app.ts"}',
  'lib/shop.ts': SOURCE,
  'cdk.out/cdk.out': '{"version":"55.0.0"}',
  'cdk.out/manifest.json': JSON.stringify(manifestWithAssets(metadata)),
  'cdk.out/Shop.assets.json': JSON.stringify({
    version: '55.0.0',
    files: { [HASH]: { source: { path: `asset.${HASH}`, packaging: 'zip' }, destinations: { here: { objectKey: `${HASH}.zip` } } } },
  }),
  'cdk.out/Shop.template.json': JSON.stringify(template, undefined, 1),
  ...Object.fromEntries(Object.entries(asset).map(([name, text]) => [`cdk.out/asset.${HASH}/${name}`, text])),
});

async function said(files: Readonly<Record<string, string>>): Promise<string[]> {
  const contents = Object.entries({ '.git/HEAD': '', ...files }).map(([name, text]): [string, string] => [path.join(CWD, name), text]);
  const { files: results, crashes } = await lint(['.'], { cwd: CWD }, memoryIo(Object.fromEntries(contents)));
  expect(crashes).toEqual([]);
  return results.flatMap(({ findings }) =>
    findings.map(({ rule, primary, constructs = [] }) => {
      const line = primary.file.text.slice(0, primary.start).split('\n').length;
      return [`${path.relative(CWD, primary.file.path).replaceAll(path.sep, '/')}:${line}`, rule, ...constructs].join(' ');
    }),
  );
}

const ANSWER = `async () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' } })`;

describe('the code of a CDK app', () => {
  it('is told of where the construct is made, where it is a copy in the output', async () =>
    expect(await said(output({ 'index.js': `exports.handler = ${ANSWER};` }))).toEqual([
      'lib/shop.ts:6 duplicate-cors-headers Shop/Orders',
    ]));

  it('is told of in its source, which esbuild names in a bundle', async () =>
    expect(
      await said({
        ...output({
          'index.js': `"use strict";\n// node_modules/x/index.js\nvar x = 1;\n// lambda/orders.ts\nvar handler = ${ANSWER};\nmodule.exports = { handler };`,
        }),
        'lambda/orders.ts': `\nexport const handler = ${ANSWER};\n`,
      }),
    ).toEqual(['lambda/orders.ts:2 duplicate-cors-headers']));

  it('is told of in its source, which a source map names', async () =>
    expect(
      await said({
        ...output({
          'index.js': `exports.handler = ${ANSWER};\n//# sourceMappingURL=index.js.map`,
          'index.js.map': '{"version":3,"sources":["../../lambda/orders.ts"]}',
        }),
        'lambda/orders.ts': `\nexport const handler = ${ANSWER};\n`,
      }),
    ).toEqual(['lambda/orders.ts:2 duplicate-cors-headers']));
});
