import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeIo } from '../../src/config/node-io.ts';
import { lint, type LintResult } from '../../src/lint.ts';
import { filesBelow, shared } from '../support/shared.ts';

/** Our own CDK app of 33 stacks, right and wrong ones, as the CDK's command line synthesized it; and a small one by six older versions. */
const oracle = shared('oracles/cdk');

/** What is to be found in each stack, by the part of the app that it is about, and why. What is not listed is silent. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  // A RestApi with CORS alone: its own errors (403, 429, 502, 504) carry no header, since the CDK makes no gateway responses.
  RestOneOrigin: ['missing-gateway-response-cors'],
  RestStar: ['missing-gateway-response-cors'],
  // The preflight allows credentials, and the function answers `*` without them.
  RestCreds: ['inconsistent-credentials', 'missing-gateway-response-cors'],
  RestIam: ['missing-gateway-response-cors'],
  RestTokenAuth: ['missing-gateway-response-cors'],
  RestApiKey: ['missing-gateway-response-cors'],
  RestLambdaProxy: ['missing-gateway-response-cors'],
  CrossBase: ['missing-gateway-response-cors'],
  AssetFn: ['missing-gateway-response-cors'],
  ParamOrigin: ['missing-gateway-response-cors'],
  // `allowMethods` has no DELETE, which /items/{id} has; and `exposeHeaders` stands on the preflight alone, where nobody looks.
  RestManyOrigins: ['ignored-cors-headers', 'method-not-allowed', 'missing-gateway-response-cors'],
  // With several origins the code has to choose the origin and send the credentials itself, and answers `*`.
  RestManyCreds: ['credentials-with-origin-list', 'inconsistent-credentials', 'missing-gateway-response-cors'],
  // The CDK takes "*" beside `allowCredentials`; browsers do not.
  RestStarCreds: ['credentials-with-wildcard-origin', 'missing-gateway-response-cors'],
  // /b has no addCorsPreflight.
  RestAddCors: ['missing-cors', 'missing-gateway-response-cors'],
  // The function sends the header, so pages are meant to call it: on every other stack with an inline function too.
  RestNoCors: ['missing-cors', 'missing-gateway-response-cors'],
  // ANY with AWS_IAM takes the preflight.
  RestIamNoCors: ['missing-gateway-response-cors', 'route-catches-preflight'],
  // The authorizer reads Authorization, which `allowHeaders` leaves out.
  RestCognito: ['missing-auth-headers', 'missing-gateway-response-cors'],
  // Two of four gateway responses lack the quotes of a literal; one names whoever asks, and no `Vary`.
  RestGwResp: ['missing-vary', 'unquoted-literal'],
  // ANY without an OPTIONS of its own goes to the function, which answers it with `*`; what API Gateway says itself has no header.
  RestLambdaProxyNoCors: ['missing-gateway-response-cors'],
  // No preflight on /n; and a header that its method response does not declare.
  RestNonProxy: ['missing-cors', 'missing-gateway-response-cors', 'undeclared-response-header'],
  // `*` without quotes in the document; a gateway response beside it, which the next import drops.
  RestSpecInline: ['detached-gateway-response', 'unquoted-literal'],
  // The document is an asset, of a REST API with the CORS of an HTTP API.
  RestSpecAsset: ['missing-cors', 'unknown-cors-property'],
  // None: no CORS. AuthAny: signed calls, and no header allowed. AnyNoCors: a JWT on the route that takes the preflight.
  // And the functions send `*`, in place of which the APIs with CORS send their own.
  Http: ['ignored-cors-headers', 'missing-cors', 'missing-sigv4-headers', 'route-catches-preflight'],
  // StarCreds; OptionsMethod; IamCors and the alias, which are AWS_IAM, without Authorization.
  // All functions send `*` besides.
  FnUrls: ['credentials-with-wildcard-origin', 'duplicate-cors-headers', 'invalid-allowed-method', 'missing-sigv4-headers'],
  // Both nested stacks let "*" in with credentials; the Deployment of the parent does not wait for what Books adds to its API.
  NestedParent: [
    'credentials-with-wildcard-origin',
    'duplicate-cors-headers',
    'missing-gateway-response-cors',
    'missing-sigv4-headers',
    'stale-deployment',
  ],
  // The included template: no quotes, and a Deployment that waits for nothing.
  Included: ['stale-deployment', 'unquoted-literal'],
  Bucket: [],
  // Its behaviors take GET and HEAD alone, and CloudFront signs for the function URL.
  Cdn: ['cloudfront-blocks-cors', 'duplicate-cors-headers', 'missing-gateway-response-cors'],
  // "*" with credentials three times, two of them past the CDK's own check; a value without quotes.
  L1s: ['credentials-with-wildcard-origin', 'unquoted-literal'],
  SamInCdk: ['credentials-with-wildcard-origin'],
  // The StepFunctionsRestApi answers without Access-Control-Allow-Origin, whatever CORS it is given.
  SfnApi: ['missing-gateway-response-cors', 'missing-integration-response-cors'],
  CrossConsumer: [],
  CrossDirect: [],
};

const roots: string[] = [];
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true })));

/** A repository with the app and its output, which git ignores. */
function repository(of: string): string {
  const root = mkdtempSync(path.join(tmpdir(), 'cdk-'));
  roots.push(root);
  mkdirSync(path.join(root, '.git'));
  writeFileSync(path.join(root, '.gitignore'), 'cdk.out\n');
  cpSync(of, root, { recursive: true });
  return root;
}

interface Row {
  readonly stack: string;
  readonly rule: string;
  /** 'stacks.ts:31'. */
  readonly place: string;
  readonly construct: string;
}

const rowsOf = ({ files }: LintResult): Row[] =>
  files.flatMap(({ findings }) =>
    findings
      .filter(({ certainty }) => certainty === 'certain')
      .flatMap(({ rule, primary, constructs = ['?'] }) =>
        constructs.map((construct) => {
          const line = primary.file.text.slice(0, primary.start).split('\n').length;
          return { stack: construct.split('/')[0] ?? '', rule, place: `${path.basename(primary.file.path)}:${line}`, construct };
        }),
      ),
  );

describe.runIf(oracle)('the CDK oracle', () => {
  let result: LintResult;
  let rows: Row[];

  beforeAll(async () => {
    const root = repository(path.join(oracle ?? '', 'app'));
    cpSync(path.join(oracle ?? '', 'cdk.out'), path.join(root, 'cdk.out'), { recursive: true });
    result = await lint(['.'], { cwd: root }, nodeIo);
    rows = rowsOf(result);
  });

  it('lifts every stack, nested ones with their parents', () => {
    expect(result.crashes).toEqual([]);
    const templates = result.lifted.map((one) => path.basename(one.path)).filter((name) => name.endsWith('.template.json'));
    expect(templates).toHaveLength(36);
    expect(templates.filter((name) => name.includes('.nested.'))).toEqual([]);
    const problems = result.lifted.flatMap((one) => one.model.problems.map(({ kind }) => `${path.basename(one.path)}: ${kind}`));
    expect(problems).toEqual([]);
  });

  it('knows every API', () => {
    const apis = result.lifted.flatMap((one) => one.model.apis.map(({ target }) => target));
    const numbers = Object.fromEntries(['rest', 'http', 'url', 'websocket'].map((one) => [one, apis.filter((api) => api === one).length]));
    expect(numbers).toMatchInlineSnapshot(`
      {
        "http": 11,
        "rest": 34,
        "url": 17,
        "websocket": 1,
      }
    `);
  });

  it.each(Object.entries(EXPECTED))('finds in %s what is wrong, and nothing else', (stack, rules) =>
    expect([...new Set(rows.filter((row) => row.stack === stack).map(({ rule }) => rule))].toSorted()).toEqual(rules),
  );

  it('points at the app wherever something is found', () => {
    expect(rows.filter(({ construct }) => construct === '?')).toEqual([]);
    expect([...new Set(rows.map(({ place }) => place.split(':')[0]))]).toEqual(['stacks.ts']);
  });

  it('finds the same stacks in Stages', () => {
    const inStage = (name: string): string[] =>
      rows.filter(({ construct }) => construct.startsWith(name)).map(({ rule, construct }) => `${rule} ${construct.slice(name.length)}`);
    expect(inStage('Prod/RestInStage/')).toEqual(inStage('RestOneOrigin/'));
    expect(inStage('Prod/SubStage/Urls/').toSorted()).toEqual(inStage('FnUrls/').toSorted());
    expect(inStage('Prod/NestedInStage/').toSorted()).toEqual(inStage('NestedParent/').toSorted());
  });
});

describe.runIf(oracle)('older versions of the CDK', () => {
  const outputs = filesBelow(path.join(oracle ?? '', 'older'), (name) => /^[^/\\]+[/\\]cdk\.out[/\\]manifest\.json$/.test(name));

  it('are there', () => expect(outputs).toHaveLength(6));

  it.each(outputs.map((one) => [path.basename(path.dirname(path.dirname(one))), one]))(
    'of %s everything has its construct',
    async (_, manifest) => {
      const root = repository(path.dirname(path.dirname(manifest)));
      const { crashes, lifted, files } = await lint(['cdk.out'], { cwd: root }, nodeIo);
      expect(crashes).toEqual([]);
      expect(lifted.flatMap((one) => one.model.problems)).toEqual([]);
      expect(lifted.flatMap((one) => one.model.apis).length).toBeGreaterThan(0);
      const rows = rowsOf({ files, crashes, lifted, notices: [] });
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter(({ construct }) => construct === '?')).toEqual([]);
    },
  );
});
