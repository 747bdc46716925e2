import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { memoryIo } from '../../src/config/memory-io.ts';
import { Misuse } from '../../src/config/misuse.ts';
import CorsLint from '../../src/integrations/serverless/index.ts';
import { lintService, type CompiledService } from '../../src/integrations/serverless/lint-service.ts';
import { settingsOf } from '../../src/integrations/serverless/settings.ts';

// What the framework hands over, by hand: fixtures/plugins/serverless shows the same in the real ones (npm run in-serverless).

const folder = path.resolve('/service');

const YAML = `service: shop
plugins:
  - cors-lint/serverless
  - other
provider:
  name: aws
functions:
  list:
    handler: list.handler
    url:
      cors:
        allowedOrigins: ['\${ssm:/shop/origin}']
        allowCredentials: true
`;

const url = (cors: object): object => ({
  ListLambdaFunction: { Type: 'AWS::Lambda::Function', Properties: { Code: {} } },
  ListLambdaFunctionUrl: {
    Type: 'AWS::Lambda::Url',
    Properties: { AuthType: 'NONE', TargetFunctionArn: { 'Fn::GetAtt': ['ListLambdaFunction', 'Arn'] }, Cors: cors },
  },
});

const service = (Resources: object, more: Partial<CompiledService> = {}): CompiledService => ({
  folder,
  file: 'serverless.yml',
  stage: 'prod',
  settings: undefined,
  configuration: undefined,
  template: { Resources },
  ...more,
});

const told = async (one: CompiledService, yaml = YAML, possible = false): Promise<string> => {
  const { text, stop } = await lintService(one, { possible }, memoryIo({ [path.join(folder, one.file)]: yaml }));
  return `${text}${stop ?? 'it goes on'}`;
};

describe('a service that the framework has compiled', () => {
  it('is judged as it is deployed, where it is written', async () =>
    expect(await told(service(url({ AllowOrigins: ['*'], AllowMethods: ['*'], AllowCredentials: true })))).toMatch(
      /^\nserverless\.yml\n {2}12:26 +error .* credentials-with-wildcard-origin\n[^]*cors-lint found 1 error/,
    ));

  it('goes on where that is right, and what the code does is not known', async () =>
    expect(
      await told(
        service(
          url({ AllowOrigins: ['https://shop.example'], AllowHeaders: ['authorization'], AllowMethods: ['*'], AllowCredentials: true }),
        ),
      ),
    ).toMatch(/^\d+ findings? may or may not hold \(serverless cors-lint --possible shows what\)\nit goes on$/));

  it('does not show what came from outside', async () => {
    const text = await told(
      service(url({ AllowOrigins: ['https://internal-7f3a.example/'], AllowMethods: ['*'], AllowCredentials: true })),
    );
    expect(text).toContain('12:26');
    expect(text).toContain('${ssm:/shop/origin}');
    expect(text).not.toContain('7f3a');
  });

  it('is judged with what a plugin has put in, which stands at the plugins', async () =>
    expect(
      await told(
        service({
          ...url({ AllowOrigins: ['https://shop.example'], AllowMethods: ['*'] }),
          Other: {
            Type: 'AWS::S3::Bucket',
            Properties: { CorsConfiguration: { CorsRules: [{ AllowedMethods: ['PATCH'], AllowedOrigins: ['*'] }] } },
          },
        }),
      ),
    ).toMatch(/\n {2}2:1 +error .* s3-cors\n/));

  it('keeps what a plugin has moved into stacks of its own', async () => {
    const yaml = YAML.replace(/ {4}url:[^]*/, '    events:\n      - http: { path: /orders, method: put }\n');
    const moved = {
      ApiGatewayRestApi: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'prod-shop' } },
      OrdersNestedStack: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: 'https://s3.example/orders.json', Parameters: { Api: { Ref: 'ApiGatewayRestApi' } } },
      },
    };
    expect(await told(service(moved), yaml)).toMatch(/11:9 +error .*PUT \/orders.* missing-cors/);
  });

  it('needs no configuration that can be read', async () => {
    const Resources = url({ AllowOrigins: ['*'], AllowMethods: ['*'], AllowCredentials: true });
    const configuration = {
      service: 'shop',
      provider: { name: 'aws' },
      functions: { list: { url: { cors: { allowedOrigins: ['*'], allowCredentials: true } } } },
    };
    const code = 'const make = require("./make");\nmodule.exports = make();\n';
    expect(await told(service(Resources, { file: 'serverless.js', configuration }), code)).toMatch(/^\nserverless\.js\n {2}2:18 +error/);
  });

  it('is told of with a way to the possible', async () => {
    const yaml = YAML.replace('allowedOrigins', 'allowedOrigin');
    const one = service(url({ AllowOrigins: [{ Ref: 'Origin' }], AllowMethods: ['*'], AllowCredentials: true }));
    expect(await told(one, yaml)).toContain('serverless cors-lint --possible');
    expect(await told(one, yaml, true)).toContain('possible');
  });

  it('stops as its settings say', async () => {
    const bad = url({ AllowOrigins: ['*'], AllowMethods: ['*'], AllowCredentials: true });
    expect(await told(service(bad, { settings: { failOn: 'never' } }))).toMatch(/1 error[^]*it goes on$/);
    expect(await told(service(bad, { settings: { failOn: 'warning' } }))).toContain('cors-lint found 1 error,');
    expect(await told(service(bad, { settings: { failon: 'never' } }))).toBe(
      'there is no setting `failon` in `custom.corsLint` (did you mean failOn?)',
    );
  });
});

describe('custom.corsLint', () => {
  it.each([
    [undefined, { failOn: 'error' }],
    [{}, { failOn: 'error' }],
    [
      { failOn: 'warning', preset: 'strict', config: 'x.yml' },
      { failOn: 'warning', preset: 'strict', config: 'x.yml' },
    ],
    [{ config: false }, { failOn: 'error', config: false }],
  ])('%j', (written, settings) => expect(settingsOf(written)).toEqual(settings));

  it.each([
    [true, '`custom.corsLint` takes a map with `failOn`, `preset`, `config`, not true'],
    [[], '`custom.corsLint` takes a map with `failOn`, `preset`, `config`, not a list'],
    [{ failOn: 'warnings' }, '`custom.corsLint.failOn` takes error, warning or never, not "warnings" (did you mean warning?)'],
    [{ failOn: false }, '`custom.corsLint.failOn` takes error, warning or never, not false'],
    [{ preset: 1 }, '`custom.corsLint.preset` takes recommended or strict, not 1'],
    [{ config: true }, '`custom.corsLint.config` takes the path of a file, or false, not true'],
    [{ rules: {} }, 'there is no setting `rules` in `custom.corsLint`; what is said of rules stands in cors-lint.config.yml'],
    [{ colour: 1 }, 'there is no setting `colour` in `custom.corsLint`; there are failOn, preset, config'],
  ])('%j is refused', (written, sentence) => expect(() => settingsOf(written)).toThrow(new Misuse(sentence)));
});

it('a service that is not on AWS is said to be none of ours', async () => {
  const framework = {
    serviceDir: folder,
    configurationFilename: 'serverless.yml',
    configurationInput: {},
    service: { provider: {} },
    classes: { Error },
    pluginManager: { spawn: () => Promise.resolve() },
    getProvider: () => ({ getStage: () => 'dev' }),
  };
  const { hooks } = new CorsLint(framework, {}, { log: { notice: () => undefined }, writeText: () => undefined });
  await expect(hooks['cors-lint:lint']?.()).rejects.toThrow('cors-lint knows services on AWS alone');
});
