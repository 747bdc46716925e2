import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../src/frontends/frontend.ts';
import { Resolver, type Missing } from '../../../src/frontends/serverless/variables/resolver.ts';
import { stagesOf } from '../../../src/frontends/serverless/variables/stages.ts';
import type { Tree } from '../../../src/value/tree.ts';
import { siteOf } from '../../../src/value/value.ts';
import { context, document } from '../../support/documents.ts';

const plain = (tree: Tree): unknown => {
  switch (tree.kind) {
    case 'scalar':
      return tree.value;
    case 'list':
      return tree.items.map(plain);
    case 'map':
      return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, plain(value)]));
    case 'unknown':
      return `? ${tree.why}`;
    case 'choice':
      return { [tree.on.name]: Object.fromEntries([...tree.branches].map(([label, branch]) => [label, plain(branch)])) };
    case 'absent':
      return undefined;
  }
};

interface World extends Partial<Settings> {
  readonly stage?: string;
  readonly given?: boolean;
  readonly files?: Readonly<Record<string, string>>;
}

/** What `x:` becomes, and what is reported. */
function resolve(
  text: string,
  { stage = 'dev', given = false, files = {}, ...settings }: World = {},
): { x: unknown; tree: Tree | undefined; missing: readonly Missing[] } {
  const missing: Missing[] = [];
  const doc = document(text);
  const resolver = new Resolver({ document: doc, context: context(settings, files), stage, stageGiven: given }, (one) => missing.push(one));
  const tree = resolver.lookup(doc.root, ['x']);
  return { x: tree && plain(tree), tree, missing };
}

describe('self', () => {
  it('takes the value with its type', () => {
    expect(resolve('a: {b: [1, true]}\nx: ${self:a.b}').x).toEqual([1, true]);
    expect(resolve('a: {b: [1, true]}\nx: ${self:a.b.1}').x).toBe(true);
  });
  it('falls back where nothing or null stands', () => {
    expect(resolve("a: {b:}\nx: ${self:a.b, self:a.c, 'd'}").x).toBe('d');
    expect(resolve('x: ${self:a, null}')).toMatchObject({ x: null, missing: [] });
  });
  it('reports what leads nowhere, once a place, and does not know it', () => {
    const { x, missing } = resolve('x: ${self:a.b}');
    expect(x).toBe('? there is no `a.b` in this configuration');
    expect(missing).toMatchObject([{ written: '${self:a.b}', missing: 'value' }]);
  });
  it('points to where the value is written', () => {
    const { tree } = resolve("custom:\n  o: 'https://a'\nx: ${self:custom.o}");
    expect(tree && siteOf(tree.from)).toMatchObject({ path: ['custom', 'o'] });
  });
  it('joins strings, keeping the pieces', () => {
    const { x, tree } = resolve('n: 5\nx: a-${self:n}-${env:E}');
    expect(x).toBe('? it is the environment variable E');
    expect(tree).toMatchObject({ parts: [{ text: 'a-' }, { text: '5' }, { text: '-' }, { hole: 'it is the environment variable E' }] });
  });
  it.each([['x: ${self:x}'], ['x: ${self:y}\ny: ${self:x}'], ['x: {a: {b: "${self:x}"}}'], ['x: "a${self:x}"']])(
    'reports the cycle in %j',
    (text) => {
      expect(resolve(text).missing).toMatchObject([{ missing: 'cycle' }]);
    },
  );
  it('is not multiplied beyond a bound', () => {
    const doubling = Array.from({ length: 40 }, (_, i) => `a${i}: ["\${self:a${i + 1}}", "\${self:a${i + 1}}"]`).join('\n');
    expect(JSON.stringify(resolve(`${doubling}\na40: 1\nx: \${self:a0}`).x)).toContain('it grows to more than');
    const text = Array.from({ length: 40 }, (_, i) => `a${i}: "\${self:a${i + 1}}\${self:a${i + 1}}"`).join('\n');
    expect(resolve(`${text}\na40: ab\nx: \${self:a0}`).x).toBe('? the text is too long');
  });
});

describe('the other sources', () => {
  it('env: unknown without --env, a choice where there is a fallback', () => {
    expect(resolve('x: ${env:E}').x).toBe('? it is the environment variable E');
    expect(resolve("x: ${env:E, '*'}").x).toEqual({ 'env:E': { set: '? it is the environment variable E', 'not set': '*' } });
    expect(resolve("x: a${env:E, '*'}b").x).toEqual({ 'env:E': { set: '? it is the environment variable E', 'not set': 'a*b' } });
  });
  it('env: known and secret with --env, even in part of a text', () => {
    expect(resolve('x: a${env:E}', { env: { E: '1' } }).tree).toMatchObject({ value: 'a1', secret: true });
    expect(resolve("x: ${env:E, 'f'}", { env: {} }).x).toBe('f');
  });
  it('sls:stage and opt:stage', () => {
    expect(resolve('x: ${sls:stage}').x).toBe('dev');
    expect(resolve("x: ${opt:stage, 'none'}").x).toBe('none');
    expect(resolve("x: ${opt:stage, 'none'}", { stage: 'prod', given: true }).x).toBe('prod');
    // var-032: self:provider.stage never follows --stage.
    expect(resolve('provider: {stage: dev}\nx: ${self:provider.stage}', { stage: 'prod', given: true }).x).toBe('dev');
  });
  it('param: --param, the stage, then default; also as version 4 writes them', () => {
    const text = 'params: {default: {a: d, b: e}, prod: {a: p}}\nx: "${param:a}${param:b}"';
    expect(resolve(text).x).toBe('de');
    expect(resolve(text, { stage: 'prod' }).x).toBe('pe');
    expect(resolve(text, { params: { a: 'c' } }).x).toBe('ce');
    expect(resolve('stages: {prod: {params: {a: 1}}}\nx: ${param:a}', { stage: 'prod' }).x).toBe(1);
    expect(resolve('params: {prod: {a: p}}\nx: ${param:a}')).toMatchObject({
      missing: [{ missing: 'value', text: 'there is no param `a` for the stage "dev" in this configuration' }],
    });
  });
  it('file: YAML and JSON by path, other files as text, code unknown', () => {
    const files = { 'a.yml': 'o: ["${self:y}"]', 'b.json': '{"k": {"v": 1}}', 'o.txt': 'https://a\n', 'c.js': '' };
    expect(resolve('y: 7\nx: ${file(./a.yml):o}', { files }).x).toEqual([7]);
    expect(resolve('x: ${file(b.json):k.v}', { files }).x).toBe(1);
    expect(resolve('x: ${file(o.txt)}', { files }).x).toBe('https://a\n');
    expect(resolve('x: ${file(c.js):a}').x).toBe('? it is computed by running c.js');
    expect(resolve('x: ${file(no.yml)}').missing).toMatchObject([{ missing: 'file', text: 'there is no file "no.yml"' }]);
    expect(resolve("x: ${file(no.yml):a, 'f'}")).toMatchObject({ x: 'f', missing: [] });
    expect(resolve('x: ${file(a.yml):q}', { files }).missing).toMatchObject([{ missing: 'value' }]);
  });
  it('strToBool', () =>
    expect(resolve('x: ["${strToBool(true)}", "${strToBool(0)}", "${strToBool(yes)}"]').x).toEqual([
      true,
      false,
      '? `strToBool` does not take "yes"',
    ]));
  it.each(['ssm:/a', 'cf:stack.Out', 's3:b/k', 'aws:accountId', 'terraform:x'])(
    '${%s} is unknown with a reason, and its fallback is not taken',
    (name) => {
      expect(resolve(`x: \${${name}, 'f'}`).x).toMatch(/^\? \w/);
    },
  );
  it('short tags become the long form', () => {
    expect(resolve('x: [!Ref A, !GetAtt A.B.C, !Sub "${self:y}-${AWS::Region}"]\ny: 1').x).toEqual([
      { Ref: 'A' },
      { 'Fn::GetAtt': ['A', 'B.C'] },
      { 'Fn::Sub': '1-${AWS::Region}' },
    ]);
  });
});

describe('stages', () => {
  const names = (text: string, settings: Partial<Settings> = {}, files = {}) =>
    stagesOf(document(text), context(settings, files)).map(({ name, given }) => (given ? `${name}!` : name));
  it('the default stage alone where none is named', () => {
    expect(names('provider: {name: aws}')).toEqual(['dev']);
    expect(names('provider: {stage: live}')).toEqual(['live']);
    expect(names('provider: {stage: "${opt:stage, \'beta\'}"}')).toEqual(['beta']);
    expect(names('provider: {stage: "${env:STAGE, \'beta\'}"}')).toEqual(['beta']);
  });
  it('those of --stage alone', () => expect(names('params: {prod: {}}', { stages: ['a', 'b', 'a'] })).toEqual(['a!', 'b!']));
  it('keys of params and stages, less default; the default stage only if named', () => {
    expect(names('params: {default: {}, prod: {}}')).toEqual(['prod!']);
    expect(names('stages: {dev: {}, prod: {}}')).toEqual(['dev', 'prod!']);
  });
  it('keys of maps that are indexed by the stage', () => {
    expect(names('custom: {o: {dev: 1, prod: 2, default: 3}}\nx: ${self:custom.o.${sls:stage}}')).toEqual(['dev', 'prod!']);
    expect(names('custom: {stage: "${opt:stage, \'dev\'}", o: {qa: 1}}\nx: ${self:custom.o.${self:custom.stage}}')).toEqual(['qa!']);
    expect(names('x: ${file(c.yml):${sls:stage}.o}', {}, { 'c.yml': 'prod: {o: 1}' })).toEqual(['prod!']);
    expect(names('custom: ${file(c.yml)}\nx: ${self:custom.${sls:stage}}', {}, { 'c.yml': 'prod: {o: 1}' })).toEqual(['prod!']);
    expect(names('custom: {o-prod: 1, o-qa: 2, p: 3}\nx: ${self:custom.o-${sls:stage}}')).toEqual(['prod!', 'qa!']);
  });
  it('not of maps that are indexed by something else', () => expect(names('custom: {o: {a: 1}}\nx: ${self:custom.o.a}')).toEqual(['dev']));
});
