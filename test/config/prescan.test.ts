import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isTemplate, mayHoldApi } from '../../src/config/prescan.ts';
import { filesBelow, shared } from '../support/shared.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('the look at the bytes', () => {
  it.each([
    ['a.yml', 'functions:\n  a:\n    events:\n      - http: GET /a\n'],
    ['a.yml', 'functions: {a: {events: [{httpApi: "*"}]}}'],
    ['a.yml', "functions:\n  a:\n    url:\n      cors: true\n    events: [{'http': {path: a}}]"],
    ['a.yml', 'Resources:\n  A: {Type: AWS::Serverless::HttpApi}'],
    ['a.yml', 'Events:\n  A:\n    Type: "Api"\n'],
    ['a.template', '{"Resources": {"A": {"Type": "AWS::Lambda::Url"}}}'],
    ['a.json', '{"Resources":{"A":{"Type":"AWS::ApiGatewayV2::Api"}}}'],
    ['a.json', '{"functions": {"a": {"events": [{"http": {"cors": true}}]}}}'],
    ['a.yml', 'Resources:\n  A: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./nested/shop.yml } }'],
    ['a.json', '{"Resources":{"A":{"Properties":{"TemplateURL":"shop.template.json"}}}}'],
  ])('%s is worth reading: %j', (name, text) => expect(mayHoldApi(bytes(text), name)).toBe(true));

  it.each([
    ['a.yml', 'jobs:\n  build:\n    steps:\n      - run: curl http://localhost\n'],
    ['a.yml', '# see https://example.com/http: and cors\nname: a'],
    ['a.json', '{"http": {"cors": true}}'],
    ['a.yml', 'Resources:\n  A:\n    Type: AWS::SQS::Queue'],
    ['a.yml', 'Resources:\n  A: { Properties: { TemplateURL: https://s3.amazonaws.com/bucket/shop.yml } }'],
  ])('%s is not: %j', (name, text) => expect(mayHoldApi(bytes(text), name)).toBe(false));

  it('knows a template without an API', () => {
    expect(isTemplate(bytes('Resources:\n  A:\n    Type: AWS::SQS::Queue'))).toBe(true);
    expect(isTemplate(bytes('# AWS::SQS::Queue\njobs: {}'))).toBe(false);
  });
});

/** What a template has to say where a browser can call it. */
const API = /^\s*(?:-\s*)?["']?(?:Type["']?\s*:\s*["']?AWS::(?:ApiGateway|Serverless::(?:Api|HttpApi)\b|Lambda::Url)|FunctionUrlConfig)/m;

const corpus = shared('corpus');

it.skipIf(!corpus)('skips no template of the corpus that declares an API', () => {
  const templates = filesBelow(corpus ?? '', (name) => /\.(ya?ml|json|template)$/.test(name)).map((file) => ({
    file,
    content: readFileSync(file),
  }));
  expect(templates.length).toBeGreaterThan(500);
  const declaring = templates.filter(({ content }) => API.test(content.toString()));
  expect(declaring.length).toBeGreaterThan(100);
  expect(declaring.filter(({ file, content }) => !mayHoldApi(content, file)).map(({ file }) => file)).toEqual([]);
});
