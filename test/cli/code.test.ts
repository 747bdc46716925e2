import { describe, expect, it } from 'vitest';
import { SHIPPED } from '../../src/lint.ts';
import { run } from './doubles.ts';

const lintAll = (files: Readonly<Record<string, string>>, ...argv: string[]): ReturnType<typeof run> =>
  run([...argv, '--format', 'compact'], files, {}, SHIPPED);

/** 'serverless.ts:3:9 missing-cors', a line for each finding. */
const found = (stdout: string): string[] =>
  [...stdout.matchAll(/^(\S+): line (\d+), col (\d+), .* \(([\w-]+)\)$/gm)].map(
    ([, file, line, column, rule]) => `${file}:${line}:${column} ${rule}`,
  );

it('what stands in what code works out is not missing', async () => {
  const service = `module.exports = {
  service: 'shop',
  provider: { name: 'aws' },
  custom: { api: require('./api')() },
  functions: { list: { handler: 'list.handler', url: { cors: { allowedOrigins: ['\${self:custom.api.origin}'] } } } },
};
`;
  expect(found((await lintAll({ 'serverless.js': service }, '.')).stdout)).toEqual([]);
});

describe('a service in TypeScript', () => {
  const PROJECT = {
    'serverless.ts': `import type { AWS } from '@serverless/typescript';
import cart from '@functions/cart';
const service: AWS = { service: 'shop', frameworkVersion: '3', provider: { name: 'aws', runtime: 'nodejs20.x' }, functions: { cart } };
module.exports = service;
`,
    'src/functions/cart/index.ts': `import { handlerPath } from '@libs/handler-resolver';
export default {
  handler: \`\${handlerPath(__dirname)}/handler.main\`,
  events: [{ http: { method: 'get', path: 'cart', cors: { origin: '*', allowCredentials: true } } }],
};
`,
    'src/libs/handler-resolver.ts': 'export const handlerPath = (context: string) => `${context.split(process.cwd())[1]}`;\n',
    'tsconfig.json': '{ "extends": "./tsconfig.paths.json" }',
    'tsconfig.paths.json':
      '{ "compilerOptions": { "baseUrl": ".", "paths": { "@functions/*": ["src/functions/*"], "@libs/*": ["src/libs/*"] } } }',
    '.git/HEAD': '',
  };

  it.each([['.'], ['serverless.ts']])('is linted by %s, at the place where it is written', async (argument) => {
    const { stdout, code } = await lintAll(PROJECT, argument);
    expect(found(stdout)).toEqual([
      'src/functions/cart/index.ts:4:14 missing-gateway-response-cors',
      'src/functions/cart/index.ts:4:67 credentials-with-wildcard-origin',
    ]);
    expect(code).toBe(1);
  });

  it('can be told to be silent by a comment', async () => {
    const silenced = PROJECT['src/functions/cart/index.ts'].replace(
      '  events:',
      '  // cors-lint-disable-next-line -- the page is ours\n  events:',
    );
    const { stdout, code } = await lintAll({ ...PROJECT, 'src/functions/cart/index.ts': silenced }, '.');
    expect([found(stdout), code]).toEqual([[], 0]);
  });

  it('that is computed is said not to be known', async () =>
    expect(await lintAll({ 'serverless.js': 'module.exports = require("./build")();\n' }, 'serverless.js')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('cors-lint: skipped serverless.js: what it exports is not known without running it: ') as string,
    }));

  it('that is broken is a finding at its place', async () => {
    const { stdout } = await lintAll({ 'serverless.ts': 'export default {\n  service: ,\n};\n' }, 'serverless.ts');
    expect(found(stdout)).toEqual(['serverless.ts:2:12 unreadable-file']);
  });

  it('is told from a handler', async () => {
    const handler = 'export const main = async () => ({ statusCode: 200 });\n';
    expect(await lintAll({ 'handler.ts': handler }, 'handler.ts')).toMatchObject({ code: 0, stdout: '' });
  });

  it('gives way to a serverless.yml beside it (form-005)', async () => {
    const yml = 'service: s\nprovider: { name: aws }\nfunctions: { f: { handler: h.f, events: [sqs: { arn: x, cors: true }] } }\n';
    expect(found((await lintAll({ ...PROJECT, 'serverless.yml': yml }, '.')).stdout)).toEqual([
      'serverless.yml:3:57 cors-on-non-http-event',
    ]);
  });
});

describe('serverless-compose.yml', () => {
  const service = (param: string): string => `service: orders
provider: { name: aws }
functions:
  f:
    handler: h.f
    events:
      - httpApi: GET /orders
      - sqs:
          arn: \${param:${param}}
          cors: \${param:switch, false}
`;
  const COMPOSE = 'services:\n  orders:\n    path: services/orders\n    params:\n      queue: ${queues.arn}\n      switch: "true"\n';
  const files = (param: string): Readonly<Record<string, string>> => ({
    '.git/HEAD': '',
    'serverless-compose.yml': COMPOSE,
    'services/orders/serverless.yml': service(param),
  });

  it('named alone, its services are linted', async () => {
    const { stdout } = await lintAll(files('queue'), 'serverless-compose.yml');
    expect(found(stdout).map((line) => line.split(' ')[1])).toContain('cors-on-non-http-event');
    expect(found(stdout).every((line) => line.startsWith('services/orders/serverless.yml:'))).toBe(true);
  });

  it('hands parameters over, so that they are not missing', async () => {
    expect(found((await lintAll(files('queue'), '.')).stdout).join()).not.toContain('unresolved-reference');
    expect(found((await lintAll(files('unheard-of'), '.')).stdout).join()).toContain('unresolved-reference');
  });

  it('that is broken is a finding at its place', async () => {
    const { stdout } = await lintAll({ 'serverless-compose.yml': 'services:\n  a: { path: x\n' }, 'serverless-compose.yml');
    expect(found(stdout)).toEqual(['serverless-compose.yml:2:6 unreadable-file']);
  });

  it('does not lead out of the repository', async () => {
    const outside = {
      '.git/HEAD': '',
      'serverless-compose.yml': 'services: { a: { path: ../elsewhere } }\n',
      '../elsewhere/serverless.yml': service('x'),
    };
    expect(await lintAll(outside, 'serverless-compose.yml')).toMatchObject({ stdout: '', code: 0 });
  });

  it('says which services are not there', async () => {
    const compose = `${COMPOSE}  users: { path: services/user }\n  mails: { path: services/orders, config: mails.yml }\n`;
    const { stderr } = await lintAll({ ...files('queue'), 'serverless-compose.yml': compose }, 'serverless-compose.yml');
    expect(stderr.split('\n')).toEqual([
      'cors-lint: a service of serverless-compose.yml was not checked: no serverless.yml is found in services/user, or it lies outside the repository',
      'cors-lint: a service of serverless-compose.yml was not checked: no mails.yml is found in services/orders, or it lies outside the repository',
      '',
    ]);
  });
});
