import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloudformation } from '../../../../src/frontends/cloudformation/index.ts';
import type { Document, LiftContext } from '../../../../src/frontends/frontend.ts';
import type { LoadedText } from '../../../../src/frontends/serverless/code/load.ts';
import { readModule } from '../../../../src/frontends/serverless/code/read-module.ts';
import { serverless } from '../../../../src/frontends/serverless/index.ts';
import type { Model } from '../../../../src/model/api.ts';
import { parse } from '../../../../src/source/parse.ts';
import { differences, plainModel } from '../../../support/plain.ts';
import { readText, shared } from '../../../support/shared.ts';
import { faults, plain } from './support.ts';

/** What the framework compiled when it ran these files is what is lifted from reading them. */
const pairs = shared('oracles/serverless/pairs');

const context: LiftContext = { load: () => ({ kind: 'missing' }), settings: { stages: [], params: {}, env: {} } };

const load =
  (folder: string) =>
  (name: string): LoadedText => {
    const at = path.join(folder, name);
    return existsSync(at) ? { kind: 'text', file: { path: at, text: readText(at) } } : { kind: 'missing' };
  };

function readCode(folder: string, name: string): Document {
  const file = { path: path.join(folder, name), text: readText(path.join(folder, name)) };
  const parsed = readModule(file, { load: load(folder) });
  expect(faults(parsed)).toEqual([]);
  return { file, ...parsed };
}

function liftCompiled(file: string): Model {
  const source = { path: file, text: readText(file) };
  return cloudformation.lift({ file: source, ...parse(source) }, context);
}

describe.skipIf(!pairs)('configuration in code against what the framework compiles of it', () => {
  it.each([
    ['form-002-ts', 'serverless.ts', { origin: 'https://app.example.com' }],
    ['form-003-js', 'serverless.js', true],
  ])('%s', (name, file, cors) => {
    const folder = path.join(pairs ?? '', name);
    expect(plain(readCode(folder, file).root)).toEqual({
      service: 'corscase',
      provider: { name: 'aws', runtime: 'nodejs20.x' },
      functions: { main: { handler: 'handler.main', events: [{ http: { path: 'items', method: 'get', cors } }] } },
    });
    const source = serverless.lift(readCode(folder, file), context);
    const { differing, unknown } = differences(plainModel(source), plainModel(liftCompiled(path.join(folder, 'compiled.json'))));
    expect({ differing, unknown, problems: source.problems }).toEqual({ differing: [], unknown: 0, problems: [] });
    expect(source.apis.flatMap(({ resources }) => resources)).toHaveLength(1);
  });
});
