import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { activate } from '../../../src/engine/active.ts';
import { check } from '../../../src/engine/check.ts';
import type { Settings } from '../../../src/frontends/frontend.ts';
import { serverless } from '../../../src/frontends/serverless/index.ts';
import { positionAt } from '../../../src/source/lines.ts';
import { describe as worded } from '../../../src/value/verdict.ts';
import { context, document } from '../../support/documents.ts';

const lift = (text: string, settings: Partial<Settings> = {}, files: Readonly<Record<string, string>> = {}) =>
  serverless.lift(document(text), context(settings, files));

/** 'file:line rule (possible) when …' of the rules named. */
function found(
  text: string,
  ids: readonly string[],
  settings: Partial<Settings> = {},
  files: Readonly<Record<string, string>> = {},
): string[] {
  const active = activate(rules, 'recommended').filter(({ rule }) => ids.includes(rule.meta.id));
  return check(active, lift(text, settings, files)).findings.map(({ rule, certainty, when, primary }) => {
    const { line } = positionAt(primary.file, primary.start);
    const worlds = when.length > 0 ? ` when ${when.map(worded).join(' or ')}` : '';
    return `${primary.file.path}:${line} ${rule}${certainty === 'possible' ? ' (possible)' : ''}${worlds}`;
  });
}

const service = (functions: string, rest = ''): string => `service: s\nprovider:\n  name: aws\n${rest}functions:\n${functions}`;

describe('stages', () => {
  const text = `service: s
provider: { name: aws }
params:
  default: { origin: 'https://a.example' }
  dev: {}
  prod: { origin: '*' }
functions:
  f:
    handler: h.f
    events:
      - http: { path: a, method: get, cors: { origin: '\${param:origin}', allowCredentials: true } }
`;
  it('a finding of one stage says so, and stands where the value is written', () => {
    expect(found(text, ['credentials-with-wildcard-origin'])).toEqual([
      'serverless.yml:6 credentials-with-wildcard-origin when stage = prod',
    ]);
  });
  it('--stage judges that one alone', () => {
    expect(found(text, ['credentials-with-wildcard-origin'], { stages: ['prod'] })).toEqual([
      'serverless.yml:6 credentials-with-wildcard-origin',
    ]);
    expect(found(text, ['credentials-with-wildcard-origin'], { stages: ['dev'] })).toEqual([]);
  });
  it('an event that exists in one stage alone', () => {
    const shaped = `service: s
provider: { name: aws }
custom:
  events:
    dev: []
    prod:
      - http: { path: a, method: put }
functions:
  f:
    handler: h.f
    events: \${self:custom.events.\${sls:stage}}
  g:
    handler: h.g
    events:
      - http: { path: b, method: get, cors: true }
`;
    expect(found(shaped, ['missing-cors'])).toEqual(['serverless.yml:7 missing-cors when stage = prod']);
  });
  it('a reference that leads nowhere in one stage of several is not reported (rules.md)', () => {
    const half = (name: string): string =>
      `service: s\nprovider: { name: aws, environment: { A: '\${self:custom.\${sls:stage}.${name}}' } }\ncustom: { dev: { a: 1 }, prod: { a: 1, b: 2 } }\nfunctions: {}\n`;
    expect(found(half('b'), ['unresolved-reference'])).toEqual([]);
    expect(found(half('c'), ['unresolved-reference'])).toEqual(['serverless.yml:2 unresolved-reference']);
  });
});

describe('what is not known', () => {
  const credentials = ['credentials-with-wildcard-origin'];
  it.each([
    ['origin: "${env:O}"', ['serverless.yml:8 credentials-with-wildcard-origin (possible)']],
    ['origin: "https://${env:O}.example"', []],
    ['origin: "${env:O, \'*\'}"', ['serverless.yml:8 credentials-with-wildcard-origin when env:O = not set']],
    ['origin: "${ssm:/o}"', ['serverless.yml:8 credentials-with-wildcard-origin (possible)']],
  ])('%s', (origin, want) => {
    expect(
      found(
        service(
          `  f:\n    handler: h.f\n    events:\n      - http: { path: a, method: get, cors: { ${origin}, allowCredentials: true } }\n`,
        ),
        credentials,
      ),
    ).toEqual(want);
  });
  it('with --env it is known, and never shown', () => {
    const text = service(
      '  f:\n    handler: h.f\n    events:\n      - http: { path: a, method: get, integration: lambda, cors: { origin: "${env:O}" } }\n',
    );
    const { findings } = check(activate(rules, 'recommended'), lift(text, { env: { O: 'https://secret-a,https://secret-b' } }));
    expect(findings.map(({ rule }) => rule)).toContain('multiple-origins-in-header');
    expect(
      JSON.stringify(findings.map(({ message, data, related }) => [message, data, related.map(({ text: label }) => label)])),
    ).not.toContain('secret');
  });
  it('a whole `cors` that is not known leaves the preflight possible', () => {
    const text = service('  f:\n    handler: h.f\n    events:\n      - http: { path: a, method: put, cors: "${ssm:/c}" }\n');
    expect(found(text, ['missing-cors'])).toEqual(['serverless.yml:8 missing-cors (possible)']);
  });
  it('functions that cannot be seen make what is missing possible', () => {
    const text = service('  f:\n    handler: h.f\n    events:\n      - http: { path: a, method: put }\n  g: ${file(g.js)}\n');
    expect(found(text, ['missing-cors'])).toEqual(['serverless.yml:8 missing-cors (possible)']);
  });
});

describe('files', () => {
  it('a finding stands in the file where the value is written', () => {
    const text = service('  f: ${file(f.yml):f}\n');
    const files = {
      'f.yml': "f:\n  handler: h.f\n  events:\n    - http: { path: a, method: get, cors: { origin: '*', allowCredentials: true } }\n",
    };
    expect(found(text, ['credentials-with-wildcard-origin'], {}, files)).toEqual(['f.yml:4 credentials-with-wildcard-origin']);
  });
  it('a broken include is a finding there, and the rest is linted', () => {
    const text = service(
      '  f: ${file(f.yml)}\n  g:\n    handler: h.g\n    events:\n      - http: { path: a, method: get, cors: { origin: "*", allowCredentials: true } }\n',
    );
    expect(
      found(text, ['unreadable-file', 'credentials-with-wildcard-origin'], {}, { 'f.yml': 'a: [1\nb: }' }).map(
        (line) => line.split(' ')[1],
      ),
    ).toEqual(expect.arrayContaining(['unreadable-file', 'credentials-with-wildcard-origin']));
  });
  it('an alias is judged once', () => {
    const text =
      "service: s\nprovider: { name: aws }\ncustom:\n  cors: &cors { origin: '*', allowCredentials: true }\nfunctions:\n  f:\n    handler: h.f\n    events:\n      - http: { path: a, method: get, cors: *cors }\n      - http: { path: b, method: get, cors: *cors }\n";
    const { findings } = check(
      activate(rules, 'recommended').filter(({ rule }) => rule.meta.id === 'credentials-with-wildcard-origin'),
      lift(text),
    );
    expect(findings.map(({ primary, subjects }) => [positionAt(primary.file, primary.start).line, subjects])).toEqual([[4, ['/a', '/b']]]);
  });
});

describe('other providers and versions', () => {
  it('Azure and Google are not judged', () =>
    expect(lift('service: s\nprovider: { name: google }\nfunctions: { f: { events: [{ http: path }] } }\n')).toMatchObject({
      apis: [],
      problems: [],
    }));
  it('`self:provider.stage` has a value up to version 2 alone', () => {
    const text = (version: string): string =>
      `service: s\nframeworkVersion: "${version}"\nprovider: { name: aws, environment: { S: "\${self:provider.stage}" } }\nfunctions: {}\n`;
    expect(found(text('>=1.1.0 <2.0.0'), ['unresolved-reference'])).toEqual([]);
    expect(found(text('3'), ['unresolved-reference'])).toEqual(['serverless.yml:3 unresolved-reference']);
  });
  it('a violation of the schema is worded by the version and the mode', () => {
    const effect = (head: string): string[] =>
      lift(
        `service: s\n${head}provider: { name: aws }\nfunctions:\n  f:\n    handler: h.f\n    events:\n      - http: { path: a, method: get, cors: { orgin: "*" } }\n`,
      ).ignored.map((one) => (one.kind === 'property' ? one.effect : ''));
    expect(effect('')).toEqual([expect.stringMatching(/^osls 4 stops here; the Serverless Framework only warns/)]);
    expect(effect('frameworkVersion: "3"\n')).toEqual([expect.stringMatching(/^Serverless Framework 3 only warns/)]);
    expect(effect('configValidationMode: error\n')).toEqual([expect.stringMatching(/stops here and nothing is deployed/)]);
  });
});
