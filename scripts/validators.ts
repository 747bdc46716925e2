import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { rules } from '../rules/index.ts';
import { configSchema, SHAPE } from '../src/config/schema.ts';
import type { Rule } from '../src/rule.ts';
import { write } from './printed.ts';

const TYPES = `/** One thing that the schema does not take. */
export interface SchemaError {
  readonly keyword: string;
  /** A JSON Pointer to the value. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema: Readonly<Record<string, unknown>>;
}
declare const validate: { (data: unknown): boolean; errors?: readonly SchemaError[] | null };
export default validate;
`;

/** What is compiled before anything is built, checked or tested: the config's validator (ajv is not loaded at run time) and its schema. */
export function generated(all: readonly Rule[] = rules): ReadonlyMap<string, string> {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strictTypes: false,
    strictTuples: false,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addVocabulary(['takes']);
  return new Map([
    ['src/generated/config.js', standalone.default(ajv, ajv.compile(SHAPE))],
    ['src/generated/config.d.ts', TYPES],
    ['src/generated/config-schema.json', `${JSON.stringify(configSchema(all), undefined, 2)}\n`],
  ]);
}

export function main(root: string): number {
  write(root, generated());
  return 0;
}
