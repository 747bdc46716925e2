import type { Document, LiftContext, Loaded, Settings } from '../../src/frontends/frontend.ts';
import { parse } from '../../src/source/parse.ts';

/** A document in memory. */
export const document = (text: string, path = 'serverless.yml'): Document => {
  const file = { path, text };
  return { file, ...parse(file) };
};

/** A context whose files are these; everything else is missing. */
export const context = (settings: Partial<Settings> = {}, files: Readonly<Record<string, string>> = {}): LiftContext => ({
  settings: { stages: [], params: {}, env: undefined, ...settings },
  load: (path): Loaded => {
    const name = path.replace(/^\.\//, '');
    const text = Object.hasOwn(files, name) ? files[name] : undefined;
    if (text !== undefined) return { kind: 'document', document: document(text, name) };
    return /\.[cm]?[jt]s$/.test(name) ? { kind: 'closed', why: `it is computed by running ${name}` } : { kind: 'missing' };
  },
});
