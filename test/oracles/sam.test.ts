import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { activate } from '../../src/engine/active.ts';
import { check } from '../../src/engine/check.ts';
import { cloudformation } from '../../src/frontends/cloudformation/index.ts';
import { readTemplate } from '../../src/frontends/cloudformation/read.ts';
import type { Document, FrontEnd } from '../../src/frontends/frontend.ts';
import { sam } from '../../src/frontends/sam/index.ts';
import type { Model } from '../../src/model/api.ts';
import { parse } from '../../src/source/parse.ts';
import { context } from '../support/documents.ts';
import { differences, plainModel, type Plain } from '../support/plain.ts';
import { readText, shared } from '../support/shared.ts';
import { defaultsOf } from '../frontends/sam/translated.ts';

/** The model lifted from a SAM template is the model lifted from what the translator makes of it, with the parameters' defaults given. */
const oracle = shared('oracles/sam');

interface Row {
  readonly input: string;
  /** Whether CORS is involved. */
  readonly cors: boolean;
  readonly translates: boolean;
}

const rows: readonly Row[] = oracle
  ? readText(join(oracle, 'index.tsv'))
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'))
      .map(([input = '', , cors = '', expected = '']) => ({ input, cors: cors === 'cors', translates: expected === 'ok' }))
  : [];

const open = (path: string): Document => {
  const file = { path, text: readText(path) };
  return { file, ...parse(file) };
};

/** Both under one path, so that both ask the same questions. */
function liftAs(frontEnd: FrontEnd, text: string, params: Readonly<Record<string, string>>): Model {
  const file = { path: 'template.yml', text };
  return frontEnd.lift({ file, ...parse(file) }, context({ params }));
}

const inputOf = ({ input }: Row): Document => open(join(oracle ?? '', 'input', input));
const outputOf = ({ input }: Row): string => readText(join(oracle ?? '', 'output', input.replace(/\.ya?ml$/, '.json')));

/** The translator writes the statements of a policy, and what they speak of, in the order of hashes. */
const inAnyOrder = (plain: Plain): Plain =>
  JSON.parse(JSON.stringify(plain, (name, one: Plain) => (name === 'policy' ? canonical(one) : one))) as Plain;

/** As text: keys and lists in an order of their own. */
const canonical = (plain: Plain): string =>
  JSON.stringify(plain, (_, one: unknown) => {
    if (Array.isArray(one)) return one.map((item: Plain) => canonical(item)).toSorted();
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });

describe.skipIf(!oracle)('SAM templates against what the translator makes of them', () => {
  const cases = rows.filter(({ translates }) => translates);
  let unknown = 0;
  it.each(cases.map((row) => [row.input, row] as const))('%s', (_, row) => {
    const document = inputOf(row);
    expect(sam.claims(document.root)).toBe(true);
    const params = defaultsOf(readTemplate(document.root));
    const [source, compiled] = [liftAs(sam, document.file.text, params), liftAs(cloudformation, outputOf(row), params)];
    const found = differences(inAnyOrder(plainModel(source)), inAnyOrder(plainModel(compiled)));
    unknown += found.unknown;
    expect(found.differing).toEqual([]);
  });
  it('covers all cases that translate', () => {
    console.info(`${cases.length} inputs compared; ${unknown} values unknown on the source side`);
    expect(cases.length).toBe(281);
  });
});

/** What a user is told where the translator refuses for a reason that has to do with CORS: by sam.md, not by what the linter says. */
const REFUSED: Readonly<Record<string, string>> = {
  'error_api_event_ref_http_api.yaml': 'unreadable-file',
  'error_api_event_ref_nothing.yaml': 'unreadable-file',
  'error_api_gateway_responses_nonnumeric_status_code.yaml': 'invalid-cors-shape',
  'error_api_gateway_responses_responseparameter_invalid_type.yaml': 'invalid-cors-shape',
  'error_api_gateway_responses_unknown_responseparameter.yaml': 'unknown-cors-property',
  'error_api_gateway_responses_unknown_responseparameter_property.yaml': 'unknown-cors-property',
  'error_api_invalid_openapi_path.yaml': 'unreadable-file',
  'error_api_invalid_openapi_path_with_invalid_responses.yaml': 'invalid-cors-shape',
  'error_api_invalid_openapi_path_with_string_responses.yaml': 'invalid-cors-shape',
  'error_api_invalid_path.yaml': 'unreadable-file',
  'error_api_with_cors_and_empty_allow_origin.yaml': 'invalid-cors-shape',
  'error_cors_credentials_true_with_wildcard_origin.yaml': 'credentials-with-wildcard-origin',
  'error_cors_credentials_true_without_explicit_origin.yaml': 'credentials-with-wildcard-origin',
  'error_cors_on_external_swagger.yaml': 'inert-cors',
  'error_function_with_function_url_config_with_invalid_cors_parameter.yaml': 'unknown-cors-property',
  'error_function_with_function_url_config_with_invalid_cors_parameter_data_type.yaml': 'invalid-cors-shape',
  'error_function_with_function_url_config_with_no_authorization_type.yaml': 'unreadable-file',
  'error_gateway_response_invalid_type_int.yaml': 'invalid-cors-shape',
  'error_gateway_response_invalid_type_intrinsic.yaml': 'invalid-cors-shape',
  'error_http_api_with_cors_def_uri.yaml': 'inert-cors',
  'error_invalid_cors_dict.yaml': 'unknown-cors-property',
  'error_invalid_httpapi_cors_property.yaml': 'unknown-cors-property',
};

/** Refused although CORS is involved, for a reason that has nothing to do with it. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'error_swagger_security_not_dict.yaml': 'a security requirement of the document is no map',
};

describe.skipIf(!oracle)('SAM templates that the translator refuses', () => {
  const refused = rows.filter(({ translates }) => !translates);
  const findingsOf = (row: Row): readonly string[] => {
    const model = liftAs(sam, inputOf(row).file.text, {});
    return check(activate(rules, 'strict', {}), model)
      .findings.filter(({ certainty }) => certainty === 'certain')
      .map(({ rule }) => rule);
  };
  it.each(Object.entries(REFUSED))('%s is reported by %s', (input, rule) => {
    const row = refused.find((one) => one.input === input);
    expect(row && findingsOf(row)).toContain(rule);
  });
  it.each(refused.map((row) => [row.input, row] as const))('%s lifts', (_, row) => expect(() => findingsOf(row)).not.toThrow());
  it('all of them that have to do with CORS are reported', () => {
    const told = new Set([...Object.keys(REFUSED), ...Object.keys(OTHERWISE)]);
    expect(refused.filter(({ input, cors }) => cors && !told.has(input)).map(({ input }) => input)).toEqual([]);
    for (const [input, reason] of Object.entries(OTHERWISE)) console.info(`${input}: no finding, ${reason}`);
  });
});
