import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cloudformation } from '../../src/frontends/cloudformation/index.ts';
import type { Document, LiftContext, Loaded, Settings } from '../../src/frontends/frontend.ts';
import { serverless } from '../../src/frontends/serverless/index.ts';
import type { Model } from '../../src/model/api.ts';
import { parse } from '../../src/source/parse.ts';
import { readText } from '../support/shared.ts';

// The cases of ../shared/oracles/serverless.

const SOURCES = ['serverless.yml', 'serverless.yaml', 'serverless.json'];
/** Read statically from the next version on. */
export const CODE = ['form-002-ts', 'form-003-js'];

const open = (path: string): Document => {
  const file = { path, text: readText(path) };
  return { file, ...parse(file) };
};

const settingsOf = (folder: string): Settings => {
  const words = /^arguments: (.*)$/m.exec(readText(join(folder, 'notes.txt')))?.[1]?.split(' ') ?? [];
  const stages = words.flatMap((word, i) => (words[i - 1] === '--stage' ? [word] : []));
  const params = words.flatMap((word, i) =>
    words[i - 1] === '--param' ? [[word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const] : [],
  );
  return { stages, params: Object.fromEntries(params), env: {} };
};

export function liftSource(folder: string, only: Partial<Settings> = {}): Model | undefined {
  const name = SOURCES.find((file) => existsSync(join(folder, file)));
  if (!name) return undefined;
  const load = (path: string): Loaded => {
    if (/\.[cm]?[jt]s$/.test(path)) return { kind: 'closed', why: 'it would have to be run' };
    return existsSync(join(folder, path)) ? { kind: 'document', document: open(join(folder, path)) } : { kind: 'missing' };
  };
  const context: LiftContext = { load, settings: { ...settingsOf(folder), ...only } };
  return serverless.lift(open(join(folder, name)), context);
}

export const liftCompiled = (path: string): Model =>
  cloudformation.lift(open(path), { load: () => ({ kind: 'missing' }), settings: { stages: [], params: {}, env: undefined } });

/** The template to hold a case against: `frameworkVersion` decides where engines differ, else osls 4. */
export function compiledOf(folder: string): string | undefined {
  return [join(folder, 'compiled.json'), join(folder, 'compiled.osls3.json')].find((path) => existsSync(path));
}
