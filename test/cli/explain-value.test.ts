import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { SHIPPED } from '../../src/lint.ts';
import { CWD, project } from './doubles.ts';

async function run(argv: readonly string[], files: Readonly<Record<string, string>>): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const environment = {
    argv,
    cwd: CWD,
    env: { SECRET: 's3cret' },
    io: project(files),
    stdout: (text: string) => void (said.out += text),
    stderr: (text: string) => void (said.err += text),
    stdin: () => new Uint8Array(),
    writeFile: () => undefined,
    stdoutIsTerminal: () => false,
    columns: () => undefined,
  };
  return { code: await main(environment, SHIPPED), ...said };
}

const SERVICE = `service: shop
custom:
  origins: \${file(origins.yml)}
  host: example.com
  secret: \${env:SECRET}
provider:
  name: aws
functions:
  list:
    handler: a.b
    events:
      - http:
          path: \${env:SECRET}
          method: get
          cors:
            origin: \${self:custom.origins.\${sls:stage}}
            headers: ['X-\${self:custom.secret}', Authorization]
  remove:
    handler: a.b
    events:
      - http: { path: orders, method: delete, cors: true }
params:
  dev: { a: 1 }
  prod: { a: 2 }
`;
const FILES = {
  'serverless.yml': SERVICE,
  'origins.yml': 'dev: http://localhost:3000\nprod: https://app.${self:custom.host}\ntest: ${ssm:/x}\n',
};
const lineOf = (text: string, file: keyof typeof FILES = 'serverless.yml'): string =>
  `${file}:${FILES[file].split('\n').findIndex((line) => line.includes(text)) + 1}`;

describe('--explain-value', () => {
  it('says where a value comes from, stage by stage', async () => {
    const { code, out } = await run(['--explain-value', lineOf('origin: $')], FILES);
    expect(code).toBe(0);
    expect(out.split('\n\nDeployed as:')[0]).toBe(
      [
        'serverless.yml:16:21  functions.list.events[0].http.cors.origin',
        '  stage = dev: "http://localhost:3000"',
        '      serverless.yml:16:21  it is used here',
        '      origins.yml:1:6  it is written here',
        '  stage = prod: "https://app.example.com"',
        '      serverless.yml:16:21  it is used here',
        '      origins.yml:2:7  it is written here',
        '      serverless.yml:4:9  it is written here',
        '  stage = test: not known before deployment: it is read from the AWS Parameter Store at deploy time',
        '      serverless.yml:16:21  it is used here',
        '      origins.yml:3:7  it is written here',
      ].join('\n'),
    );
  });

  it('says what is deployed of it', async () => {
    const { out } = await run(['--explain-value', lineOf('cors: true')], FILES);
    expect(out).toContain('functions.remove.events[0].http.cors\n  true\n');
    expect(out).toMatch(/Deployed as:[^]*Access-Control-Allow-Origin\n {4}"'\*'" {2}\(the Serverless Framework fills this in\)/);
    expect(out).not.toContain('StatusCode');
  });

  it('says where a value is used', async () => {
    const { out } = await run(['--explain-value', lineOf('host:')], FILES);
    expect(out).toContain(
      'Used at:\n  origins.yml:2:7  custom.origins.prod\n  serverless.yml:16:21  functions.list.events[0].http.cors.origin\n',
    );
    expect(out).toContain(`stage = prod: "'https://app.example.com'"`);
  });

  it('looks into the parts of a template that is named beside them', async () => {
    const { code, out } = await run(['--explain-value', 'origins.yml:2:1', 'serverless.yml'], FILES);
    expect([code, out]).toEqual([0, expect.stringContaining('origins.yml:2:7  custom.origins.prod\n  "https://app.example.com"\n')]);
    expect(await run(['--explain-value', 'origins.yml:2'], FILES)).toEqual({
      code: 2,
      out: '',
      err: 'cors-lint: origins.yml is no template whose values can be explained. If it is a part of one, name that too: cors-lint --explain-value origins.yml:2 serverless.yml\n',
    });
  });

  it('goes by --stage, --param and the config', async () => {
    const { out } = await run(['--explain-value', lineOf('origin: $'), '--stage', 'dev'], FILES);
    expect(out).toContain('\n  "http://localhost:3000"\n');
    const configured = await run(['--explain-value', lineOf('origin: $')], { ...FILES, 'cors-lint.config.yml': 'stages: [test]' });
    expect(configured.out).toContain('\n  not known before deployment: it is read from the AWS Parameter Store at deploy time\n');
  });

  it('never shows what the environment holds, on any line', async () => {
    for (const [i] of SERVICE.split('\n').entries()) {
      const { code, out, err } = await run(['--env', '--explain-value', `serverless.yml:${i + 1}`], FILES);
      expect([0, 2]).toContain(code);
      expect((out + err).toLowerCase()).not.toContain('s3cret');
    }
  });

  it('works conditions and parameters of a template out', async () => {
    const template = `Parameters:
  Env: { Type: String, AllowedValues: [dev, prod] }
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      ProtocolType: HTTP
      CorsConfiguration:
        AllowOrigins:
          - !If [IsProd, 'https://app.example.com', !Sub 'http://\${Env}.local']
        MaxAge: !Ref AWS::NoValue
`;
    const { out } = await run(['--explain-value', 'template.yml:12'], { 'template.yml': template });
    expect(out).toMatch(/^template\.yml:12:\d+ {2}Resources\.Api\.Properties\.CorsConfiguration\.AllowOrigins\[0\]\n/);
    expect(out).toContain('"https://app.example.com"');
    expect(out).toContain('"http://dev.local"');
    expect((await run(['--explain-value', 'template.yml:13'], { 'template.yml': template })).out).toContain('MaxAge\n  nothing\n');
  });

  it('says what SAM makes of it', async () => {
    const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors: "'https://app.example.com'"
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Events:
        List: { Type: Api, Properties: { Path: /users, Method: get, RestApiId: !Ref Api } }
`;
    const { out } = await run(['--explain-value', 'template.yml:7'], { 'template.yml': template });
    expect(out).toMatch(/^template\.yml:7:\d+ {2}Resources\.Api\.Properties\.Cors\n/);
    expect(out).toMatch(/Deployed as:[^]*Access-Control-Allow-Origin\n {4}"'https:\/\/app\.example\.com'"/);
  });

  it('reads services in TypeScript', async () => {
    const text = `const origin: string = 'https://a.example';
export default {
  service: 'a', provider: { name: 'aws' },
  functions: { f: { handler: 'a.b', events: [{ http: { path: 'x', method: 'put', cors: {
    origin,
  } } }] } },
};
`;
    const { out } = await run(['--explain-value', 'serverless.ts:1', 'serverless.ts'], { 'serverless.ts': text });
    expect(out).toContain('functions.f.events[0].http.cors.origin');
    expect(out).toContain(`Access-Control-Allow-Origin\n    "'https://a.example'"`);
  });

  it('reads OpenAPI documents', async () => {
    const text = 'openapi: 3.0.1\nx-amazon-apigateway-cors:\n  allowOrigins: ["https://a.example"]\npaths: {}\n';
    const { out } = await run(['--explain-value', 'api.yml:3'], { 'api.yml': text });
    expect(out).toMatch(/^api\.yml:3:\d+ {2}x-amazon-apigateway-cors\.allowOrigins\[0\]\n {2}"https:\/\/a\.example"\n/);
  });

  it.each([
    [
      ['--explain-value', 'serverless.yml'],
      '--explain-value takes a file and a line, not "serverless.yml": --explain-value serverless.yml:12',
    ],
    [
      ['--explain-value', 'serverless.yml:0'],
      '--explain-value takes a file and a line, not "serverless.yml:0": --explain-value serverless.yml:12',
    ],
    [['--explain-value', 'serverless.yml:999'], 'no value of serverless.yml stands on line 999 of serverless.yml, or comes by it'],
    [['--explain-value', 'x:1', 'a', 'b'], '--explain-value looks at one template: name one of a, b'],
    [['--explain-value', 'none.yml:1', 'none.yml'], 'none.yml is no template whose values can be explained: it is not there'],
  ])('%j is refused', async (argv, said) => expect(await run(argv, FILES)).toEqual({ code: 2, out: '', err: `cors-lint: ${said}\n` }));

  it('takes an alias bomb in bounded time', async () => {
    const names = 'abcdefghijklmnopqrstuvwxyz'.split('');
    const bomb = names.map(
      (name, i) => `    ${name}: &${name} ${i === 0 ? '[x, x, x]' : `[*${names[i - 1]}, *${names[i - 1]}, *${names[i - 1]}]`}`,
    );
    const text = `AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Api:\n    Type: AWS::ApiGatewayV2::Api\nMetadata:\n  bomb:\n${bomb.join('\n')}\n`;
    expect((await run(['--explain-value', 'template.yml:4'], { 'template.yml': text })).code).toBeLessThan(3);
  });
});
