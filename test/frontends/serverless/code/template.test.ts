import { describe, expect, it } from 'vitest';
import { at, faults, place, plain, read } from './support.ts';

/** As `serverless create --template aws-nodejs-typescript` lays it out. */
const FILES = {
  'serverless.ts': `import type { AWS } from '@serverless/typescript';

import { hello } from '@functions/index';
import cors from '@libs/cors';

const serverlessConfiguration: AWS = {
  service: 'shop',
  frameworkVersion: '3',
  provider: {
    name: 'aws',
    runtime: 'nodejs20.x',
    // cors-lint-disable-next-line null-origin -- for the app
    httpApi: { cors },
    environment: { TABLE: \`table-\${process.env.STAGE}\` },
  },
  // import the function via paths
  functions: { hello },
};

module.exports = serverlessConfiguration;
`,
  'tsconfig.json': '{\n  "extends": "./tsconfig.paths.json",\n  "compilerOptions": { "lib": ["ESNext"] /* and more */, },\n}\n',
  'tsconfig.paths.json':
    '{ "compilerOptions": { "baseUrl": ".", "paths": { "@functions/*": ["src/functions/*"], "@libs/*": ["src/libs/*"] } } }',
  'src/functions/index.ts': "export { default as hello } from './hello';\n",
  'src/functions/hello/index.ts': `import schema from './schema';
import { handlerPath } from '@libs/handler-resolver';
import { ORIGINS as origins } from '../../libs/cors';

export default {
  handler: \`\${handlerPath(__dirname)}/handler.main\`,
  events: [
    {
      http: {
        method: 'post',
        path: 'hello',
        request: { schemas: { 'application/json': schema } },
        cors: { origins, allowCredentials: !0 }, // not cors-lint's
      },
    },
  ],
};
`,
  'src/functions/hello/schema.ts':
    "export default { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } as const;\n",
  'src/libs/handler-resolver.ts': 'export const handlerPath = (context: string) => {\n  return context;\n};\n',
  'src/libs/cors.ts': "export const ORIGINS = ['https://a.example', 'null'];\nexport default { allowedOrigins: ORIGINS };\n",
};

const parsed = read(FILES);

describe("the framework's TypeScript template", () => {
  it('is read as what it makes', () =>
    expect(plain(parsed.root)).toEqual({
      service: 'shop',
      frameworkVersion: '3',
      provider: {
        name: 'aws',
        runtime: 'nodejs20.x',
        httpApi: { cors: { allowedOrigins: ['https://a.example', 'null'] } },
        environment: { TABLE: { '?': 'it is the environment variable STAGE', pieces: ['table-', null] } },
      },
      functions: {
        hello: {
          handler: { '?': 'it is the result of calling handlerPath()', pieces: [null, '/handler.main'] },
          events: [
            {
              http: {
                method: 'post',
                path: 'hello',
                request: {
                  schemas: { 'application/json': { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } },
                },
                cors: { origins: ['https://a.example', 'null'], allowCredentials: true },
              },
            },
          ],
        },
      },
    }));

  it.each([
    [['service'], "serverless.ts:7:12 «'shop'»"],
    [['provider', 'httpApi', 'cors', 'allowedOrigins', 1], "src/libs/cors.ts:1:46 «'null'»"],
    [['provider', 'environment', 'TABLE'], 'serverless.ts:14:27 «`table-${process.env.STAGE}`»'],
    [['functions'], 'serverless.ts:17:14 «{ hello }»'],
    [['functions', 'hello', 'handler'], 'src/functions/hello/index.ts:6:12 «`${handlerPath(__dirname)}/handler.main`»'],
    [['functions', 'hello', 'events', 0, 'http', 'path'], "src/functions/hello/index.ts:11:15 «'hello'»"],
    [['functions', 'hello', 'events', 0, 'http', 'cors', 'origins', 0], "src/libs/cors.ts:1:25 «'https://a.example'»"],
    [['functions', 'hello', 'events', 0, 'http', 'cors', 'allowCredentials'], 'src/functions/hello/index.ts:13:44 «!0»'],
  ])('points from %j to %s', (path, where) => expect(place(at(parsed.root, ...path).at)).toBe(where));

  it('points at keys where they are written', () => {
    const key = (name: string, ...path: readonly (string | number)[]): string | undefined => {
      const map = at(parsed.root, ...path);
      const entry = map.kind === 'map' ? map.entries.get(name) : undefined;
      return entry && `${place(entry.key)} ${JSON.stringify(entry.key.path)}`;
    };
    expect(key('provider')).toBe('serverless.ts:9:3 «provider» ["provider"]');
    expect(key('hello', 'functions')).toBe('serverless.ts:17:16 «hello» ["functions","hello"]');
    expect(key('application/json', 'functions', 'hello', 'events', 0, 'http', 'request', 'schemas')).toMatch("«'application/json'»");
    expect(key('allowedOrigins', 'provider', 'httpApi', 'cors')).toBe(
      'src/libs/cors.ts:2:18 «allowedOrigins» ["provider","httpApi","cors","allowedOrigins"]',
    );
  });

  it('gives each value the path of its first use', () => {
    const origins = at(parsed.root, 'provider', 'httpApi', 'cors', 'allowedOrigins');
    expect(origins.at.path).toEqual(['provider', 'httpApi', 'cors', 'allowedOrigins']);
    expect(at(parsed.root, 'functions', 'hello', 'events', 0, 'http', 'cors', 'origins')).toBe(origins);
    expect(at(parsed.root, 'functions', 'hello', 'events', 0).at.path).toEqual(['functions', 'hello', 'events', 0]);
  });

  it('tells text from the rest', () => {
    const scalars = {
      text: ['service'],
      yes: ['functions', 'hello', 'events', 0, 'http', 'cors', 'allowCredentials'],
      computed: ['functions', 'hello', 'handler'],
      map: ['provider'],
      list: ['functions', 'hello', 'events'],
    };
    const plainness = Object.entries(scalars).map(([name, path]) => [name, at(parsed.root, ...path).plain]);
    expect(Object.fromEntries(plainness)).toEqual({ text: false, yes: true, computed: true, map: false, list: false });
  });

  it('keeps the comments that are meant for this linter, and has no fault', () => {
    expect(parsed.comments.map(({ at: where, text }) => [place(where), text])).toEqual([
      [
        'serverless.ts:12:5 «// cors-lint-disable-next-line null-origin -- for the app»',
        ' cors-lint-disable-next-line null-origin -- for the app',
      ],
      ["src/functions/hello/index.ts:13:50 «// not cors-lint's»", " not cors-lint's"],
    ]);
    expect(parsed.problems).toEqual([]);
    expect(faults(parsed)).toEqual([]);
  });
});
