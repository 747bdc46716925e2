import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { activate } from '../../src/engine/active.ts';
import { check } from '../../src/engine/check.ts';
import { differences, plainModel } from '../support/plain.ts';
import { shared } from '../support/shared.ts';
import { CODE, compiledOf, liftCompiled, liftSource } from './serverless-pairs.ts';

/**
 * The model lifted from a serverless.yml is the model lifted from what the framework compiles of it, at the
 * stage and params of the case's `arguments:` line, with no environment variable set.
 */
const pairs = shared('oracles/serverless/pairs');

describe.skipIf(!pairs)('serverless.yml against what the framework compiles of it', () => {
  const cases = pairs ? readdirSync(pairs).filter((name) => compiledOf(join(pairs, name)) && !CODE.includes(name)) : [];
  let unknown = 0;
  it.each(cases)('%s', (name) => {
    const folder = join(pairs ?? '', name);
    const source = liftSource(folder);
    expect(source, `${basename(folder)} has a source`).toBeDefined();
    if (!source) return;
    const found = differences(plainModel(source), plainModel(liftCompiled(compiledOf(folder) ?? '')));
    unknown += found.unknown;
    expect(found.differing).toEqual([]);
  });
  it('covers all cases that compile', () => {
    console.info(`${cases.length} of 180 pairs compared (${CODE.join(', ')} are code); ${unknown} values unknown on the source side`);
    expect(cases.length).toBe(180 - CODE.length);
  });
});

/** What a user is told where an engine refuses: by the reference, not by what the linter says. */
const FINDINGS: Readonly<Record<string, readonly string[]>> = {
  'unreadable-file': [
    'auth-014-type-without-name',
    'form-006-service-object',
    'form-009-duplicate-key',
    'form-014-stage-dash',
    'httpapi-023-short-noslash',
    'httpapi-033-duplicate-route',
    'integ-006-http-no-response',
    'integ-014-mock-response-no-statuscodes',
    'prov-003-restapiid-no-root',
    'short-002-get-noslash',
    'short-003-star',
    'short-009-path-space',
  ],
  'inert-cors': ['httpapi-019-external-id'],
  'unresolved-reference': ['httpapi-027-unknown-authorizer', 'prov-010-extension-missing', 'var-026-self-missing'],
  'unknown-cors-property': [
    'http-041-cors-unknown-key',
    'http-056-expose-headers',
    'http-067-bad-indent',
    'http-068-function-level-cors',
    'httpapi-026-rest-keys',
    'httpapi-029-event-cors-warn',
    'prov-013-validation-error-mode',
    'prov-014-validation-warn-mode',
    'url-014-rest-keys',
  ],
  'invalid-cors-shape': [
    'http-019-origin-array-two',
    'http-027-methods-lowercase',
    'http-033-maxage-zero',
    'http-035-maxage-negative',
    'http-037-maxage-float',
    'http-039-cors-string-origin',
    'http-040-cors-array',
    'http-043-origin-intrinsic',
    'http-057-cors-no',
    'http-069-cors-array-one',
    'httpapi-011-maxage-negative',
    'httpapi-034-intrinsic-origin',
    'httpapi-037-no',
    'prov-017-warn-bad-methods',
    'prov-018-warn-headers-comma-union',
    'prov-019-warn-maxage-zero',
    'url-008-empty-arrays',
    'url-012-too-many-methods',
    'url-013-string',
  ],
  'invalid-credentials-value': ['http-032-credentials-yes', 'http-061-credentials-no'],
  'cors-on-non-http-event': ['other-003-alb-cors'],
};

/** Refused for what no template shows. */
const OUTSIDE: Readonly<Record<string, string>> = {
  'form-010-plugin-missing': 'whether a plugin is installed is not in the file',
  'form-011-framework-version': 'which version runs is not in the file',
  'var-003-env-missing': 'the environment is not in the file',
  'var-006-stages-v4': 'Serverless Framework 4 resolves it',
  'var-010-ssm': 'it needs AWS credentials',
  'var-011-cf-fallback': 'it needs AWS credentials',
  'var-020-unknown-source': 'a plugin may bring the source',
  'var-030-aws-account': 'it needs AWS credentials',
  'var-034-file-ts': 'it would have to be run',
  'var-036-v4-three-part': 'Serverless Framework 4 resolves it, with AWS credentials',
};

describe.skipIf(!pairs)('configurations that an engine refuses', () => {
  const expected = Object.entries(FINDINGS).flatMap(([rule, names]) => names.map((name) => [name, rule] as const));
  it.each(expected)('%s is reported by %s', (name, rule) => {
    const model = liftSource(join(pairs ?? '', name), { env: undefined });
    const found = model ? check(activate(rules, 'recommended', {}), model).findings : [];
    expect(found.filter(({ certainty }) => certainty === 'certain').map((finding) => finding.rule)).toContain(rule);
  });
  it('each is reported or outside a linter', () => {
    const refused = pairs ? readdirSync(pairs).filter((name) => existsSync(join(pairs, name, 'error.txt'))) : [];
    const told = new Set([...expected.map(([name]) => name), ...Object.keys(OUTSIDE)]);
    expect(refused.filter((name) => !told.has(name))).toEqual([]);
    for (const [name, reason] of Object.entries(OUTSIDE)) console.info(`${name}: no finding, ${reason}`);
  });
  it.each(Object.keys(OUTSIDE))('%s is not said to be refused', (name) => {
    const model = liftSource(join(pairs ?? '', name), { env: undefined });
    const found = model ? check(activate(rules, 'recommended', {}), model).findings : [];
    expect(
      found.filter(({ certainty, rule }) => certainty === 'certain' && Object.hasOwn(FINDINGS, rule)).map(({ message }) => message),
    ).toEqual([]);
  });
});
