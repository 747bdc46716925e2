import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cloudformation } from '../../src/frontends/cloudformation/index.ts';
import type { FrontEnd } from '../../src/frontends/frontend.ts';
import { openapi } from '../../src/frontends/openapi/index.ts';
import { sam } from '../../src/frontends/sam/index.ts';
import { serverless } from '../../src/frontends/serverless/index.ts';
import type { Model } from '../../src/model/api.ts';
import { context, document } from '../support/documents.ts';
import { plainModel, type Plain } from '../support/plain.ts';
import { readText } from '../support/shared.ts';

/** One API in every dialect that can express it: each file of a case lifts to its model.json (fixtures/README.md). */
const ROOT = fileURLToPath(new URL('../../fixtures/dialects/', import.meta.url));
const FRONT_ENDS: readonly FrontEnd[] = [serverless, sam, cloudformation, openapi];

/** What a model says most often, and model.json leaves out. */
const isUsual = (name: string, value: Plain): boolean =>
  value === null ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0) ||
  (name === 'exists' && value === 'yes') ||
  (name === 'origin' && value === 'absent') ||
  (name === 'keySource' && value === 'HEADER') ||
  // OpenAPI's `default` has no pattern, and the Serverless Framework writes an empty one: both are the default response.
  (name === 'pattern' && value === '') ||
  (name === 'kind' && value === 'none');

/** A resource that is only there for those below it: an OpenAPI document does not write it, and nothing can be asked of it. */
const isStep = (item: Plain): boolean => /^\{"path":"[^"]*","preflight":\{"by":"nobody"\}\}$/.test(JSON.stringify(item));

function brief(plain: Plain): Plain {
  if (Array.isArray(plain)) return plain.map(brief).filter((item) => !isStep(item));
  if (typeof plain !== 'object' || plain === null) return plain;
  return Object.fromEntries(
    Object.entries(plain).flatMap(([name, value]) => {
      const short = brief(value);
      return isUsual(name, short) ? [] : [[name, short] as const];
    }),
  );
}

function lift(path: string, dialect: string): Model {
  const frontEnd = FRONT_ENDS.find(({ name }) => name === dialect);
  if (!frontEnd) throw new Error(`${path} names no dialect`);
  // All under one path, so that all ask the same questions.
  const read = document(readText(path), 'template.yml');
  expect(FRONT_ENDS.filter((one) => one.claims(read.root)).map(({ name }) => name)).toContain(dialect);
  return frontEnd.lift(read, context());
}

const cases = readdirSync(ROOT);

describe('one API in every dialect', () => {
  it('is shown at least 25 times', () => expect(cases.length).toBeGreaterThanOrEqual(25));

  describe.each(cases)('%s', (name) => {
    const folder = join(ROOT, name);
    const files = readdirSync(folder).filter((file) => file !== 'model.json');

    it('is written in two dialects at least', () => {
      expect(existsSync(join(folder, 'model.json'))).toBe(true);
      expect(new Set(files.map((file) => file.split('.').at(-2))).size).toBeGreaterThanOrEqual(2);
    });

    it.each(files)('%s', (file) => {
      const model = lift(join(folder, file), file.split('.').at(-2) ?? '');
      expect(model.problems).toEqual([]);
      const { apis } = plainModel(model) as { readonly apis: Plain };
      expect({ apis: brief(apis) }).toEqual(JSON.parse(readText(join(folder, 'model.json'))));
    });
  });
});
