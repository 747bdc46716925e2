import { describe, expect, it } from 'vitest';
import { SHIPPED } from '../../../src/lint.ts';
import { run } from '../../cli/doubles.ts';

// What `sam build` makes of a project (samcli/lib/build/app_builder.py, samcli/lib/providers/provider.py: get_output_template_path).

const SOURCE = `# The shop.
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Description: ''

Resources:
  Api: # and its API
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins: ['https://shop.example/', !Sub 'https://b.example/']
        AllowMethods: [GET]
        AllowHeaders: [authorization]
  List:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src/, Handler: list.handler, Runtime: nodejs22.x, FunctionUrlConfig: { AuthType: NONE } }
`;

const BUILT = `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Description: ''
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins:
        - https://shop.example/
        - Fn::Sub: https://b.example/
        AllowMethods:
        - GET
        AllowHeaders:
        - authorization
    Metadata:
      SamResourceId: Api
  List:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: List
      Handler: list.handler
      Runtime: nodejs22.x
      FunctionUrlConfig:
        AuthType: NONE
    Metadata:
      SamResourceId: List
`;

const CODE = `exports.handler = async () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': 'https://shop.example/' } });\n`;
const BUILD = '.aws-sam/build/template.yaml';
const PROJECT = { '.git/HEAD': '', 'template.yaml': SOURCE, [BUILD]: BUILT, 'src/list.js': CODE, '.aws-sam/build/List/list.js': CODE };

const lintBuilt = async (files: Readonly<Record<string, string>>, ...paths: readonly string[]): Promise<readonly string[]> => {
  const { stdout } = await run(['--format', 'compact', ...(paths.length > 0 ? paths : [BUILD])], files, {}, SHIPPED);
  const found = [...stdout.matchAll(/^(\S+): line (\d+), col (\d+), .* \(malformed-origin\)$/gm)];
  return found.map(([, file, line, column]) => `${file}:${line}:${column}`).toSorted();
};

describe('a template that `sam build` made', () => {
  it('is linted when it is named, and told of in the one that it was made of', async () =>
    expect(await lintBuilt(PROJECT)).toEqual(['src/list.js:1:93', 'template.yaml:11:24', 'template.yaml:11:54']));

  it('says the same as that one, so both together say it once', async () =>
    expect(await lintBuilt(PROJECT, 'template.yaml', BUILD)).toEqual(await lintBuilt(PROJECT, 'template.yaml')));

  it('heeds what its author says in that one', async () => {
    const source = SOURCE.replace(/( {8})AllowOrigins/, '$1# cors-lint-disable-next-line malformed-origin -- a test\n$&');
    expect(await lintBuilt({ ...PROJECT, 'template.yaml': source })).toEqual(['src/list.js:1:93']);
  });

  it('is not looked for', async () => {
    const { 'template.yaml': _source, ...built } = PROJECT;
    expect(await lintBuilt(built, '.')).toEqual([]);
  });

  it('stands for itself where what it was made of is not there', async () => {
    const { 'template.yaml': _source, ...built } = PROJECT;
    expect(await lintBuilt(built)).toEqual(['.aws-sam/build/List/list.js:1:93', `${BUILD}:10:11`, `${BUILD}:11:11`]);
  });

  it('stands for itself where the repository ends before', async () => {
    const { '.git/HEAD': _git, ...loose } = PROJECT;
    expect(await lintBuilt(loose)).toContain(`${BUILD}:11:11`);
  });

  it('stands for itself where the resource has gone since', async () =>
    expect(await lintBuilt({ ...PROJECT, 'template.yaml': SOURCE.replace('  Api:', '  Other:') })).toContain(`${BUILD}:11:11`));

  it('leads to what is left of a place', async () => {
    const source = SOURCE.replace(/ {8}AllowOrigins.*\n/, '');
    expect(await lintBuilt({ ...PROJECT, 'template.yaml': source })).toEqual([
      'src/list.js:1:93',
      'template.yaml:10:7',
      'template.yaml:10:7',
    ]);
  });

  it('keeps to the code that was built where the other has changed', async () =>
    expect((await lintBuilt({ ...PROJECT, 'src/list.js': `// newer\n${CODE}` }))[0]).toBe('.aws-sam/build/List/list.js:1:93'));

  it('knows the template by the config of SAM', async () => {
    const { 'template.yaml': source, ...files } = PROJECT;
    const config = '[default.build.parameters]\ntemplate_file = "infra/shop.yml"\n';
    const moved = { ...files, 'samconfig.toml': config, 'infra/shop.yml': source.replace('src/', '../src/') };
    expect(await lintBuilt(moved)).toEqual(['infra/shop.yml:11:24', 'infra/shop.yml:11:54', 'src/list.js:1:93']);
  });

  it('leads from nested stacks to theirs', async () => {
    const outer = (location: string): string => `Transform: AWS::Serverless-2016-10-31
Resources:
  Shop:
    Type: AWS::Serverless::Application
    Properties:
      Location: ${location}
`;
    const files = {
      '.git/HEAD': '',
      'template.yaml': outer('shop/stack.yaml'),
      'shop/stack.yaml': SOURCE,
      'shop/src/list.js': CODE,
      [BUILD]: outer('Shop/template.yaml'),
      '.aws-sam/build/Shop/template.yaml': BUILT,
      '.aws-sam/build/Shop/List/list.js': CODE,
    };
    expect(await lintBuilt(files)).toEqual(['shop/src/list.js:1:93', 'shop/stack.yaml:11:24', 'shop/stack.yaml:11:54']);
  });
});
