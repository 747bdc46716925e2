import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { memoryIo } from '../../../src/config/memory-io.ts';
import { lint } from '../../../src/lint.ts';
import { manifestWithAssets } from '../../support/assembly.ts';

const CWD = path.resolve('/repository');

/** What a run over these files says: each finding as 'file:line severity rule construct', then what was said beside. */
async function said(files: Readonly<Record<string, string | object>>, argument = '.'): Promise<string[]> {
  const contents = Object.entries({ '.git/HEAD': '', ...files }).map(([name, content]): [string, string] => [
    path.join(CWD, name),
    typeof content === 'string' ? content : JSON.stringify(content, undefined, 1),
  ]);
  const { files: results, notices, nothing, crashes } = await lint([argument], { cwd: CWD }, memoryIo(Object.fromEntries(contents)));
  expect(crashes).toEqual([]);
  const findings = results.flatMap((result) =>
    result.findings.map(({ severity, rule, message, primary, constructs = [], suppressed }) => {
      const line = primary.file.text.slice(0, primary.start).split('\n').length;
      const where = `${path.relative(CWD, primary.file.path).replaceAll(path.sep, '/')}:${line}`;
      const what = rule === 'unreadable-file' ? message : constructs.join(', ');
      return `${where} ${suppressed ? 'suppressed' : severity} ${rule} ${what}`.trim();
    }),
  );
  return [...findings, ...notices, ...(nothing === undefined ? [] : [nothing])].map((one) => one.replaceAll(CWD, '<cwd>'));
}

const SOURCE = `import { Stack, aws_lambda as lambda } from 'aws-cdk-lib';

export class Shop extends Stack {
  constructor(scope, id) {
    super(scope, id);
    new lambda.CfnUrl(this, 'Url', { authType: 'NONE', targetFunctionArn: 'f', cors: { allowOrigins: ['https://a.example.com/'] } });
  }
}
`;

/** One function URL whose origin can match nothing: the finding that is looked for. */
const template = (metadata: object = {}): object => ({
  Resources: {
    Url: {
      Type: 'AWS::Lambda::Url',
      Properties: { AuthType: 'NONE', TargetFunctionArn: 'f', Cors: { AllowHeaders: ['*'], AllowOrigins: ['https://a.example.com/'] } },
      ...metadata,
    },
  },
  Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' } },
});

const manifest = (...frames: readonly string[]): object => ({
  version: '55.0.0',
  artifacts: {
    Shop: {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: 'Shop.template.json' },
      metadata: {
        '/Shop/Url': [
          { type: 'aws:cdk:logicalId', data: 'Url' },
          { type: 'aws:cdk:creationStack', data: ['...new CfnUrl in aws-cdk-lib...', ...frames] },
        ],
      },
    },
  },
});

const output = (...frames: readonly string[]): Record<string, string | object> => ({
  'cdk.json': { app: 'npx tsx bin/app.ts' },
  '.gitignore': 'cdk.out\n',
  'cdk.out/cdk.out': '{"version":"55.0.0"}',
  'cdk.out/manifest.json': manifest(...frames),
  'cdk.out/Shop.template.json': template(),
});

const FRAME = `new Shop (${path.join(CWD, 'lib/shop.ts')}:6:5)`;
const AT_CODE = 'lib/shop.ts:6 error malformed-origin Shop/Url';
const AT_TEMPLATE = 'cdk.out/Shop.template.json:13 error malformed-origin Shop/Url';

describe('the output of a CDK app', () => {
  it('is found beside its cdk.json although git ignores it, and its findings stand at the code', async () =>
    expect(await said({ ...output(FRAME), 'lib/shop.ts': SOURCE })).toEqual([AT_CODE]));

  it.each(['cdk.out', 'cdk.out/manifest.json', 'cdk.out/Shop.template.json'])('is linted the same way when %s is named', async (argument) =>
    expect(await said({ ...output(FRAME), 'lib/shop.ts': SOURCE }, argument)).toEqual([AT_CODE]),
  );

  it('is found where `output` says', async () => {
    const files = {
      'cdk.json': { output: 'dist/infra' },
      'dist/infra/cdk.out': '{}',
      'dist/infra/manifest.json': manifest(),
      'dist/infra/Shop.template.json': template(),
    };
    expect(await said(files)).toEqual(['dist/infra/Shop.template.json:13 error malformed-origin Shop/Url']);
  });

  it('is not looked for outside the repository', async () =>
    expect(await said({ 'cdk.json': { app: 'x', output: '../../elsewhere' } })).toEqual([
      'found no serverless.yml, SAM or CloudFormation template and no OpenAPI document in the current folder',
    ]));

  it('that is not there is said to be unchecked', async () =>
    expect(await said({ 'infra/cdk.json': { app: 'npx tsx bin/app.ts' } })).toEqual([
      `the CDK app in ${path.join('<cwd>', 'infra')} was not checked: it has no synthesized output yet. Run \`cdk synth\` first`,
      'found no serverless.yml, SAM or CloudFormation template and no OpenAPI document in the current folder',
    ]));

  it('does not hold what an earlier synthesis left there', async () =>
    expect(await said({ ...output(), 'cdk.out/Old.template.json': template() })).toEqual([AT_TEMPLATE]));
});

describe('the line of the code', () => {
  it.each([
    ['is none', []],
    ['is that of a library', ['new Api (/app/node_modules/@acme/api/index.ts:6:5)']],
    ['lies outside the repository', ['new Shop (/elsewhere/lib/other.ts:6:5)']],
    ['is not there any more', [FRAME.replace(':6:5', ':60:5')]],
    ['is in the middle of a word by now', [FRAME.replace(':6:5', ':6:6')]],
  ])('that %s leaves the finding at the template', async (_, frames) =>
    expect(await said({ ...output(...frames), 'lib/shop.ts': SOURCE })).toEqual([AT_TEMPLATE]),
  );

  it('is found where another machine synthesized', async () =>
    expect(await said({ ...output('new Shop (/home/runner/work/shop/shop/lib/shop.ts:6:5)'), 'lib/shop.ts': SOURCE })).toEqual([AT_CODE]));

  it('takes comments that suppress', async () => {
    const source = SOURCE.replace('    new lambda', '    // cors-lint-disable-next-line malformed-origin -- known\n    new lambda');
    expect(await said({ ...output(FRAME.replace(':6:5', ':7:5')), 'lib/shop.ts': source })).toEqual([
      'lib/shop.ts:7 suppressed malformed-origin Shop/Url',
    ]);
  });

  it('is silenced by the metadata of the resource too', async () => {
    const metadata = { Metadata: { 'cors-lint': { disable: [{ id: 'malformed-origin', reason: 'known' }] } } };
    expect(await said({ ...output(FRAME), 'lib/shop.ts': SOURCE, 'cdk.out/Shop.template.json': template(metadata) })).toEqual([
      'lib/shop.ts:6 suppressed malformed-origin Shop/Url',
    ]);
  });
});

it('a template by itself has the construct path that the CDK’s command line writes into it', async () =>
  expect(await said({ 'one.json': template({ Metadata: { 'aws:cdk:path': 'Shop/Own/Url' } }) }, 'one.json')).toEqual([
    'one.json:13 error malformed-origin Shop/Own/Url',
  ]));

describe('an assembly that is broken', () => {
  it.each<[string, Record<string, string | object | undefined>, string]>([
    ['lacks a template', { 'Shop.template.json': undefined }, '`Shop.template.json` is not there: the template of the stack "Shop"'],
    ['lacks its manifest', { 'manifest.json': undefined }, 'this cannot be read: it is not there; run `cdk synth` again'],
    ['has an empty manifest', { 'manifest.json': '' }, 'this cannot be read: it is empty'],
    ['has a manifest of nothing', { 'manifest.json': '{}' }, 'This manifest names no artifacts'],
    ['has a manifest that breaks off', { 'manifest.json': JSON.stringify(manifest()).slice(0, 120) }, 'this cannot be read: '],
    ['has a template that breaks off', { 'Shop.template.json': JSON.stringify(template()).slice(0, 40) }, 'this cannot be read: '],
    [
      'lacks a Stage',
      { 'manifest.json': { version: '1', artifacts: { P: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-P' } } } } },
      '`assembly-P` is not there: the manifest of the stage "P"',
    ],
    [
      'holds itself',
      { 'manifest.json': { version: '1', artifacts: { P: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } } } },
      '`.` is this assembly itself',
    ],
    [
      'names no file',
      { 'manifest.json': { version: '1', artifacts: { Shop: { type: 'aws:cloudformation:stack', properties: {} } } } },
      'The artifact `Shop` names no file',
    ],
  ])('and %s is one error', async (_, changed, text) => {
    const files = Object.entries({
      ...output(),
      ...Object.fromEntries(Object.entries(changed).map(([name, one]) => [`cdk.out/${name}`, one])),
    });
    const there = Object.fromEntries(files.filter((one): one is [string, string | object] => one[1] !== undefined));
    const [first, ...others] = await said(there, 'cdk.out');
    expect(first).toContain(`error unreadable-file ${text}`);
    expect(others).toEqual([]);
  });

  it('and leads out of its folder is not read there', async () => {
    const outside = {
      version: '1',
      artifacts: { S: { type: 'aws:cloudformation:stack', properties: { templateFile: '../secret.json' } } },
    };
    expect(await said({ ...output(), 'cdk.out/manifest.json': outside, 'secret.json': template() }, 'cdk.out')).toEqual([
      expect.stringContaining('warning unreadable-file "../secret.json" leads out of this folder and is not read'),
    ]);
  });
});

describe('nested stacks', () => {
  const HASH = 'a'.repeat(64);
  const parent = {
    Resources: {
      Inner: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: { 'Fn::Sub': `https://s3.amazonaws.com/cdk/${HASH}.json` } },
      },
    },
  };
  const files = {
    'cdk.out/cdk.out': '{}',
    'cdk.out/manifest.json': manifestWithAssets({
      '/Shop/Inner.NestedStack/Inner.NestedStackResource': [{ type: 'aws:cdk:logicalId', data: 'Inner' }],
      '/Shop/Inner/Url': [{ type: 'aws:cdk:logicalId', data: 'Url' }],
    }),
    'cdk.out/Shop.template.json': parent,
    'cdk.out/Shop.assets.json': { files: { [HASH]: { source: { path: 'Inner.nested.template.json' } } } },
    'cdk.out/Inner.nested.template.json': template(),
  };

  it.each(['cdk.out', 'cdk.out/Shop.template.json', 'cdk.out/Inner.nested.template.json'])('are found from %s', async (argument) =>
    expect(await said(files, argument)).toEqual(['cdk.out/Inner.nested.template.json:13 error malformed-origin Shop/Inner/Url']),
  );

  it('whose template is missing are told once', async () => {
    const { 'cdk.out/Inner.nested.template.json': _inner, ...others } = files;
    expect(await said(others, 'cdk.out')).toEqual([
      'cdk.out/Shop.template.json:6 warning unresolved-reference Shop/Inner.NestedStack/Inner.NestedStackResource',
    ]);
  });
});
