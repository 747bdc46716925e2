import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown, type OutputOptions, type RolldownOptions } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as Cdk from '../../src/integrations/cdk/index.ts';

// As users load it: bundled, CommonJS, with the thread that does the work. `npm run in-cdk` shows the same in real apps.

declare module 'vitest' {
  interface Matchers<T> extends Cdk.CorsMatchers<T> {}
}

let folder: string;
let cdk: typeof Cdk;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'cors-lint-')));
  const bundle = path.join(folder, 'bundle');
  const { default: config } = (await import(pathToFileURL('rolldown.config.mjs').href)) as { default: readonly RolldownOptions[] };
  for (const { output, ...input } of config.slice(1)) await (await rolldown(input)).write({ ...(output as OutputOptions), dir: bundle });
  writeFileSync(path.join(bundle, 'package.json'), '{ "type": "module" }');
  cdk = createRequire(import.meta.url)(path.join(bundle, 'cdk.cjs')) as typeof Cdk;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const url = (origin: string, more: object = {}): Readonly<Record<string, unknown>> => ({
  Resources: {
    Url1234: {
      Type: 'AWS::Lambda::Url',
      Properties: {
        AuthType: 'NONE',
        TargetFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:list',
        Cors: { AllowOrigins: [origin], AllowMethods: ['*'] },
      },
      ...more,
    },
  },
});

const BAD = 'https://shop.example/';
const GOOD = 'https://shop.example';

function put(name: string, content: unknown): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('lintTemplate', () => {
  it('says what is wrong, and where', () =>
    expect(cdk.lintTemplate(url(BAD))).toEqual([
      expect.objectContaining({
        rule: 'malformed-origin',
        severity: 'error',
        logicalId: 'Url1234',
        property: 'Properties.Cors.AllowOrigins.0',
        line: 10,
      }),
    ]));

  it('takes what has a template', () => expect(cdk.lintTemplate({ toJSON: () => url(BAD) })).toHaveLength(1));

  it('says nothing where nothing is wrong', () => expect(cdk.lintTemplate(url(GOOD))).toEqual([]));

  it('heeds what the template says is known', () =>
    expect(cdk.lintTemplate(url(BAD, { Metadata: { 'cors-lint': { disable: [{ id: 'malformed-origin', reason: 'a test' }] } } }))).toEqual(
      [],
    ));

  it.each([
    ['a stack', { node: {} }, {}, 'cors-lint takes a template: Template.fromStack(stack), or its JSON'],
    ['an unknown option', url(GOOD), { failon: 'warning' }, 'cors-lint has no option `failon` (did you mean failOn?)'],
    [
      'a value that an option has not',
      url(GOOD),
      { failOn: 'never' },
      'cors-lint has the option `failOn` with error or warning, not "never"',
    ],
    [
      'a preset that there is not',
      url(GOOD),
      { preset: 'strickt' },
      'cors-lint has the option `preset` with recommended or strict, not "strickt"',
    ],
    ['a config that is not there', url(GOOD), { config: 'none.yml' }, 'none.yml'],
  ])('%s is refused', (_, template, options, sentence) =>
    expect(() => cdk.lintTemplate(template, options as Cdk.CorsLintOptions)).toThrow(sentence),
  );
});

describe('toHaveWorkingCors', () => {
  it('passes and fails', () => {
    expect.extend(cdk.corsMatchers);
    const { toHaveWorkingCors } = cdk.corsMatchers;
    expect(toHaveWorkingCors(url(GOOD)).pass).toBe(true);
    const bad = toHaveWorkingCors(url(BAD));
    expect(bad.pass).toBe(false);
    expect(bad.message()).toMatch(
      /^Url1234 Properties\.Cors\.AllowOrigins\.0: no page has the origin "https:\/\/shop\.example\/".*\(malformed-origin\)$/,
    );
    expect(url(GOOD)).toHaveWorkingCors();
    expect(url(BAD)).not.toHaveWorkingCors();
    expect(() => expect(url(BAD)).toHaveWorkingCors()).toThrow('no page has the origin');
  });

  it('does not pass where there is no API', () => {
    const { pass, message } = cdk.corsMatchers.toHaveWorkingCors({ Resources: {} });
    expect([pass, message()]).toEqual([false, 'there is no API in this template whose CORS could work']);
  });
});

describe('CorsLintPlugin', () => {
  const validated = (...files: readonly string[]): Cdk.ValidationReport => new cdk.CorsLintPlugin().validate({ templatePaths: files });

  it('fails where something is wrong, and names resources as the CDK knows them', () => {
    const file = put('cdk.out/Shop.template.json', url(BAD));
    expect(validated(file, put('cdk.out/Good.template.json', url(GOOD)))).toEqual({
      success: false,
      violations: [
        {
          ruleName: 'malformed-origin',
          description: expect.stringContaining('no page has the origin "https://shop.example/"') as unknown,
          severity: 'error',
          fix: 'npx cors-lint explain malformed-origin',
          violatingResources: [{ resourceLogicalId: 'Url1234', templatePath: file, locations: ['Properties.Cors.AllowOrigins.0'] }],
        },
      ],
    });
  });

  it('says the same of two stacks once', () => {
    const files = [put('twice/A.template.json', url(BAD)), put('twice/B.template.json', url(BAD))];
    expect(validated(...files).violations.map(({ violatingResources }) => violatingResources.length)).toEqual([2]);
  });

  it('passes where nothing is', () =>
    expect(validated(put('good/Good.template.json', url(GOOD)))).toEqual({ success: true, violations: [] }));

  it('passes warnings unless they are to fail', () => {
    const file = put('warned/Shop.template.json', url('http://shop.example'));
    const plugin = (failOn?: 'warning'): Cdk.ValidationReport =>
      new cdk.CorsLintPlugin(failOn ? { failOn } : {}).validate({ templatePaths: [file] });
    expect(plugin().violations.map(({ severity }) => severity)).toEqual(['warning']);
    expect([plugin().success, plugin('warning').success]).toEqual([true, false]);
  });

  it('finds a template that cannot be read', () =>
    expect(validated(put('broken/Shop.template.json', '{ "Resources": ')).success).toBe(false));
});
