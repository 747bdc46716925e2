import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { memoryIo } from '../../src/config/memory-io.ts';
import { lint, type LintOptions } from '../../src/lint.ts';
import type { Endpoint } from '../../src/model/api.ts';
import type { Code } from '../../src/model/code.ts';
import { positionAt } from '../../src/source/lines.ts';

type Files = Readonly<Record<string, string>>;

const ROOT = path.resolve('/repository');

async function endpointIn(main: string, files: Files, options: LintOptions = {}): Promise<Endpoint> {
  const all = Object.entries(files).map(([file, text]) => [path.join(ROOT, file), text]);
  const { lifted, crashes } = await lint(
    [path.join(ROOT, main)],
    { cwd: ROOT, config: false, ...options },
    memoryIo(Object.fromEntries(all)),
  );
  expect(crashes).toEqual([]);
  const endpoint = lifted[0]?.model.apis[0]?.resources[0]?.endpoints[0];
  if (!endpoint) throw new Error('there is no endpoint');
  return endpoint;
}

async function codeOf(main: string, files: Files, options?: LintOptions): Promise<Code> {
  const code = (await endpointIn(main, files, options)).code?.readings[0]?.code;
  if (!code) throw new Error('no code was read');
  return code;
}

const CORS = `headers: { 'Access-Control-Allow-Origin': '*' }`;
const SCRIPT = `export const handler = async () => ({ statusCode: 200, ${CORS} });`;
const PLAIN = `exports.handler = async () => ({ statusCode: 200, ${CORS} });`;

/** Where the one answer is made: 'src/orders.js:1'; else why nothing is known. */
function placeOf({ answers, unread }: Code): string {
  const [one] = answers;
  if (!one) return unread[0]?.why ?? 'nothing';
  return `${path.relative(ROOT, one.at.file.path).replaceAll(path.sep, '/')}:${positionAt(one.at.file, one.at.start).line}`;
}

const serverless = (handler: string, more = ''): string => `
service: shop
provider: { name: aws, runtime: nodejs22.x }
functions:
  orders:
    handler: ${handler}${more}
    events:
      - http: { path: orders, method: get, cors: true }
`;

describe('the file of a handler', () => {
  const found: readonly (readonly [string, string, Files, string])[] = [
    ['beside the service', 'orders.handler', { 'orders.js': PLAIN }, 'orders.js:1'],
    ['by a path', './src/orders.handler', { 'src/orders.mjs': SCRIPT }, 'src/orders.mjs:1'],
    ['in TypeScript', 'src/orders.handler', { 'src/orders.ts': SCRIPT }, 'src/orders.ts:1'],
    ['in TypeScript beside what was compiled of it', 'orders.handler', { 'orders.ts': SCRIPT, 'orders.js': PLAIN }, 'orders.ts:1'],
    ['with JSX', 'orders.handler', { 'orders.tsx': SCRIPT }, 'orders.tsx:1'],
    ['as the index of a folder', 'src/orders.handler', { 'src/orders/index.cjs': PLAIN }, 'src/orders/index.cjs:1'],
    [
      'by its source map',
      'dist/orders.handler',
      {
        'dist/orders.js': `${PLAIN}\n//# sourceMappingURL=orders.js.map\n`,
        'dist/orders.js.map': JSON.stringify({ version: 3, sources: ['../node_modules/x/index.js', '../src/orders.ts'] }),
        'src/orders.ts': `\n${SCRIPT}`,
      },
      'src/orders.ts:2',
    ],
    [
      'where a source map leads nowhere',
      'dist/orders.handler',
      { 'dist/orders.js': `${PLAIN}\n//# sourceMappingURL=orders.js.map\n`, 'dist/orders.js.map': '{"sources": ["../src/lost.ts"]}' },
      'dist/orders.js:1',
    ],
    [
      'where its source map is no map',
      'dist/orders.handler',
      { 'dist/orders.js': `${PLAIN}\n//# sourceMappingURL=orders.js.map\n`, 'dist/orders.js.map': 'no' },
      'dist/orders.js:1',
    ],
    [
      'by the folder that TypeScript compiles into',
      'dist/orders.handler',
      { 'tsconfig.json': '{ "compilerOptions": { "outDir": "./dist", "rootDir": "src" } } // no more', 'src/orders.ts': SCRIPT },
      'src/orders.ts:1',
    ],
  ];

  it.each(found)('%s', async (_, handler, files, expected) =>
    expect(placeOf(await codeOf('serverless.yml', { 'serverless.yml': serverless(handler), ...files }))).toBe(expected),
  );

  it.each([
    ['that is not there', 'src/orders.handler', {}, 'no file is found for the handler `src/orders.handler`'],
    ['that lies outside', '../orders.handler', { '../orders.js': PLAIN }, "../orders.ts lies outside this file's folder and is not read"],
    [
      'that is too large',
      'orders.handler',
      { 'orders.js': `${PLAIN}\n//${'x'.repeat(1 << 20)}` },
      '`orders.js` is larger than 1 MB, and is not read',
    ],
    ['that exports no such name', 'orders.main', { 'orders.js': PLAIN }, '`orders.js` exports no `main`'],
    ['that is no JavaScript', 'orders.handler', { 'orders.js': 'exports.handler = (' }, '`orders.js` cannot be read: '],
  ] as const)('%s is told', async (_, handler, files, expected) =>
    expect(placeOf(await codeOf('serverless.yml', { 'serverless.yml': serverless(handler), ...files }))).toContain(expected),
  );

  it('is not read past the 400th of a document, which is told of', async () => {
    const named = Array.from(
      { length: 401 },
      (_, i) => `  f${i}: { handler: orders.handler, events: [{ http: { path: p${i}, method: get } }] }`,
    );
    const text = `service: shop\nprovider: { name: aws, runtime: nodejs22.x }\nfunctions:\n${named.join('\n')}\n`;
    const files = { [path.join(ROOT, 'serverless.yml')]: text, [path.join(ROOT, 'orders.js')]: PLAIN };
    const { lifted } = await lint([path.join(ROOT, 'serverless.yml')], { cwd: ROOT, config: false }, memoryIo(files));
    const codes = lifted[0]?.model.apis[0]?.resources.map(({ endpoints: [one] }) => one?.code?.readings[0]?.code);
    expect(codes?.slice(-2).map((code) => code && placeOf(code))).toEqual([
      'orders.js:1',
      'of one document no more than 400 functions are read',
    ]);
  });

  it('is not read where nobody wants it', async () =>
    expect(
      (await endpointIn('serverless.yml', { 'serverless.yml': serverless('orders.handler'), 'orders.js': PLAIN }, { handlers: false }))
        .code,
    ).toBe(undefined));
});

describe('what a handler imports', () => {
  const using = (specifier: string): string => `import { answer } from '${specifier}';\nexport const handler = async () => answer(200);`;
  const answer = `export const answer = (statusCode) => ({ statusCode, ${CORS} });`;

  it.each([
    ['a file beside it', './answer', { 'src/answer.js': answer }],
    ['a file that is to be compiled', './answer.js', { 'src/answer.ts': answer }],
    ['a folder', '../lib', { 'lib/index.ts': answer }],
    [
      'a name of the nearest tsconfig.json',
      '@lib/answer',
      { 'tsconfig.json': '{"compilerOptions":{"paths":{"@lib/*":["./shared/*"]}}}', 'shared/answer.ts': answer },
    ],
  ])('is followed into %s', async (_, specifier, files) => {
    const code = await codeOf('serverless.yml', {
      'serverless.yml': serverless('src/orders.handler'),
      'src/orders.js': using(specifier),
      ...files,
    });
    expect(code.answers.map(({ headers: { origin } }) => origin.kind === 'known' && origin.value.kind)).toEqual(['any']);
  });

  it('is followed into a package of the repository itself', async () => {
    const files = {
      'package.json': '{"workspaces": ["packages/*"]}',
      'packages/answers/package.json': '{"name": "@shop/answers", "main": "dist/index.js"}',
      'packages/answers/src/index.ts': answer,
      'services/orders/serverless.yml': serverless('src/orders.handler'),
      'services/orders/src/orders.ts': using('@shop/answers'),
      '.git/HEAD': '',
    };
    const kinds = async (given: Files) =>
      (await codeOf('services/orders/serverless.yml', given)).answers.map(
        ({ headers: { origin } }) => origin.kind === 'known' && origin.value.kind,
      );
    expect(await kinds(files)).toEqual(['any']);
    expect(await kinds({ ...files, 'package.json': '{}', 'pnpm-workspace.yaml': 'packages:\n  - "packages/*"\n' })).toEqual(['any']);
  });

  it.each([
    ['another repository', '../../other/answer', { '../other/answer.js': answer }],
    ['a package', 'answers', { 'node_modules/answers/index.js': answer }],
    ['a layer', '/opt/nodejs/answer', {}],
  ])('is not followed into %s', async (_, specifier, files) => {
    const code = await codeOf('serverless.yml', {
      'serverless.yml': serverless('src/orders.handler'),
      'src/orders.js': using(specifier),
      ...files,
    });
    expect(code.answers.flatMap(({ headers: { origin } }) => (origin.kind === 'known' ? [origin.value] : []))).toEqual([]);
  });
});

describe('the environment', () => {
  const named = `exports.handler = async () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': process.env.ORIGIN } });`;
  const originIn = async (environment: string, code = named): Promise<unknown> => {
    const files = { 'serverless.yml': `${serverless('orders.handler')}${environment}`, 'orders.js': code };
    const [one] = (await codeOf('serverless.yml', files)).answers;
    const shown = (value: NonNullable<typeof one>['headers']['origin']): unknown =>
      value.kind === 'choice'
        ? Object.fromEntries([...value.branches].map(([label, arm]) => [label, shown(arm)]))
        : value.kind === 'known'
          ? value.value
          : value.why;
    return one && shown(one.headers.origin);
  };

  it('has what the template says', async () =>
    expect(
      await originIn(`params: { dev: { origin: 'https://dev.example.com' }, prod: { origin: 'https://example.com' } }
resources: { Resources: { OrdersLambdaFunction: { Properties: { Environment: { Variables: { ORIGIN: '\${param:origin}' } } } } } }`),
    ).toEqual({ dev: { kind: 'fixed', text: 'https://dev.example.com' }, prod: { kind: 'fixed', text: 'https://example.com' } }));

  it('lacks what it does not say', async () => expect(await originIn('')).toEqual({ kind: 'absent' }));

  it('may hold more where a plugin is at work', async () =>
    expect(await originIn('plugins: [serverless-dotenv-plugin]')).toBe('a plugin may set this variable'));

  it('may hold more where the code reads a file', async () =>
    expect(await originIn('', `require('dotenv').config();\n${named}`)).toBe('the code reads a .env file'));
});

describe('code in the template', () => {
  const template = (code: string, properties = 'Runtime: nodejs22.x'): string => `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      ${properties}
${code}
      Events: { Get: { Type: Api, Properties: { Path: /orders, Method: get } } }
`;

  it('is placed line by line where it is a block', async () => {
    const code = `      InlineCode: |\n        exports.handler = async () => {\n          return { statusCode: 200 };\n        };`;
    expect(placeOf(await codeOf('template.yml', { 'template.yml': template(code) }))).toBe('template.yml:10');
  });

  it('is placed as a whole where it is a text', async () => {
    const code = `      InlineCode: "exports.handler = async () => {\\n  return { statusCode: 200 };\\n};"`;
    expect(placeOf(await codeOf('template.yml', { 'template.yml': template(code) }))).toBe('template.yml:8');
  });

  it.each([
    [
      '      InlineCode: !Sub "exports.region = \'${AWS::Region}\'; exports.handler = async () => ({ statusCode: 200 });"',
      'its text is put together at the deploy',
    ],
    ['      CodeUri: s3://bucket/orders.zip', 'its code lies in a bucket'],
    ['      CodeUri: { Bucket: bucket, Key: orders.zip }', 'its code lies in a bucket'],
    ['      CodeUri: build/orders.zip', 'its code is packed in build/orders.zip'],
    ['      PackageType: Image', 'it runs in a container image'],
    [
      '      CodeUri: src/\n      Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: /opt/x } }',
      '`AWS_LAMBDA_EXEC_WRAPPER` puts another program before it',
    ],
  ])('is unknown: %s', async (code, why) =>
    expect(placeOf(await codeOf('template.yml', { 'template.yml': template(code), 'src/index.js': PLAIN }))).toBe(why),
  );

  it('is unknown in another language', async () =>
    expect(placeOf(await codeOf('template.yml', { 'template.yml': template('      CodeUri: src/', 'Runtime: go1.x') }))).toBe(
      'it is written for go1.x, and only JavaScript, TypeScript and Python are read',
    ));
});

describe('Python', () => {
  const template = (more = ''): string => `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: api.orders.handler
      Runtime: python3.13
      ${more}
      Events: { Get: { Type: Api, Properties: { Path: /orders, Method: get } } }
`;
  const answer = `def answer(status):\n    return {"statusCode": status, "headers": {"Access-Control-Allow-Origin": "*"}}\n`;

  it.each([
    ['from the folder that is packed', 'from shared.http import answer', 'src/shared/http.py'],
    ['from beside it', 'from .http import answer', 'src/api/http.py'],
    ['from above it', 'from ..http import answer', 'src/http.py'],
    ['from a package', 'from shared import answer', 'src/shared/__init__.py'],
    ['from a module by its name', 'from shared import http\nanswer = http.answer', 'src/shared/http.py'],
    ['from a module beside it', 'from . import http\nanswer = http.answer', 'src/api/http.py'],
  ])('imports %s', async (_, imports, file) => {
    const handler = `${imports}\n\ndef handler(event, context):\n    return answer(200)\n`;
    const files = { 'template.yml': template(), 'src/api/orders.py': handler, [file]: answer };
    const packages = { 'src/api/__init__.py': '', 'src/shared/__init__.py': '', ...files };
    const code = await codeOf('template.yml', packages);
    expect(code.answers.map(({ headers: { origin } }) => origin.kind === 'known' && origin.value.kind)).toEqual(['any']);
  });

  it('stands in a template too, a block at its own lines', async () => {
    const inline = `InlineCode: |\n        def handler(event, context):\n            return {"statusCode": 200}`;
    const text = template(inline).replace('CodeUri: src/', 'Description: inline').replace('api.orders.handler', 'index.handler');
    expect(placeOf(await codeOf('template.yml', { 'template.yml': text }))).toBe('template.yml:11');
  });
});

describe('what is found in code', () => {
  const findingsIn = async (files: Files, options: LintOptions = {}, id = 'missing-handler-cors') => {
    const all = Object.entries(files).map(([file, text]) => [path.join(ROOT, file), text]);
    const result = await lint([path.join(ROOT, 'serverless.yml')], { cwd: ROOT, ...options }, memoryIo(Object.fromEntries(all)));
    return result.files.flatMap(({ findings }) => findings).filter(({ rule }) => rule === id);
  };
  const bare = (comment = ''): string => `${comment}\nexports.handler = async () => ({ statusCode: 200 });\n`;
  const service = serverless('orders.handler');

  it('joins the code and the template', async () => {
    const [finding] = await findingsIn({ 'serverless.yml': service, 'orders.js': bare() });
    expect(path.basename(finding?.primary.file.path ?? '')).toBe('orders.js');
    expect(finding?.related.map(({ at }) => path.basename(at.file.path))).toEqual(['serverless.yml']);
  });

  it('shows the code that answers no preflight, of a whole API too', async () => {
    const any = service.replace('method: get, cors: true', 'method: any');
    const [finding] = await findingsIn({ 'serverless.yml': any, 'orders.js': bare() }, {}, 'missing-cors');
    expect(finding?.message).toContain('which sends no CORS headers');
    expect(finding?.related.map(({ at }) => path.basename(at.file.path))).toEqual(['orders.js']);
  });

  it('is suppressed by comments in the code', async () => {
    const [script] = await findingsIn({
      'serverless.yml': service,
      'orders.js': bare('// cors-lint-disable-next-line missing-handler-cors -- our servers call this'),
    });
    expect(script?.suppressed?.reason).toBe('our servers call this');
    const python = `# cors-lint-disable-file missing-handler-cors\ndef handler(event, context):\n    return {"statusCode": 200}\n`;
    const [other] = await findingsIn({ 'serverless.yml': service.replace('nodejs22.x', 'python3.13'), 'orders.py': python });
    expect(other?.suppressed).toBeDefined();
  });

  it('is left alone where the configuration says so, or ignores the file', async () => {
    const files = { 'serverless.yml': service, 'orders.js': bare() };
    expect(await findingsIn({ ...files, 'cors-lint.config.yml': 'handlers: false' })).toEqual([]);
    expect(await findingsIn({ ...files, 'cors-lint.config.yml': 'ignore: [orders.js]' })).toEqual([]);
    expect(await findingsIn(files, { handlers: false })).toEqual([]);
  });
});
