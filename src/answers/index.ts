import type { CodeFiles } from '../config/code-files.ts';
import type { Model, ReadCode } from '../model/api.ts';
import { withCode } from '../model/answered.ts';
import { spots } from '../model/asking.ts';
import type { Code } from '../model/code.ts';
import type { CodeSource, FunctionCode } from '../model/functions.ts';
import { inlineEntry, replaced } from './inline.ts';
import { YES } from '../value/verdict.ts';
import { neededIn } from './needed.ts';

/** So many functions of one document are read; of the others it is said that they are not. */
const MOST_FUNCTIONS = 400;

/**
 * The model with what the code of its functions answers, for the endpoints that code answers and that somebody asks of. `open` gives the
 * files, once they are needed.
 */
export async function answered(model: Model, open: () => Promise<CodeFiles>): Promise<Model> {
  const needed = neededIn(model);
  if (needed.length === 0) return model;
  const files = await open();
  const read = new Map<string, ReadCode>();
  for (const [place, fn] of needed.entries()) read.set(fn.name, place < MOST_FUNCTIONS ? await readingsOf(fn, files) : leftOut(fn));
  return withCode(model, read);
}

/** The code that a function may be, each in the worlds in which it is that one. */
async function readingsOf(fn: FunctionCode, files: CodeFiles): Promise<ReadCode> {
  const readings: ReadCode['readings'][number][] = [];
  for (const [arm, isSo] of spots(fn.source)) {
    const code = arm.kind === 'known' ? await codeOf(fn, arm.value, files) : unread(fn, arm.why);
    readings.push({ code, isSo });
  }
  return { readings };
}

const leftOut = (fn: FunctionCode): ReadCode => ({
  readings: [{ code: unread(fn, `of one document no more than ${MOST_FUNCTIONS} functions are read`), isSo: YES }],
});

const unread = ({ at }: FunctionCode, why: string): Code => ({ at, answers: [], unread: [{ at, why }], traces: false });

async function codeOf(fn: FunctionCode, source: CodeSource, files: CodeFiles): Promise<Code> {
  const entry = source.kind === 'files' ? files.entry(source) : inlineEntry(source);
  if ('unknown' in entry) return unread(fn, entry.unknown);
  const [{ readHandler }, imports] = await Promise.all([import('../handlers/index.ts'), files.imports()]);
  let fills = false;
  const code = await readHandler({
    ...entry,
    load(specifier, from) {
      // Whoever reads a .env file has variables that no template tells of.
      if (FILLING.test(specifier)) fills = true;
      return imports(specifier, from, source);
    },
    version: (packageName, from) => files.version(packageName, from, source),
    env(name) {
      const value = fn.env(name);
      if (!fills || value.kind !== 'known' || value.value !== undefined) return value;
      return { kind: 'unknown', why: 'the code reads a .env file', from: value.from };
    },
  });
  return source.kind === 'files' ? code : replaced(code, entry.file, source);
}

const FILLING = /^(?:dotenv\b|env-cmd|config$)/;
