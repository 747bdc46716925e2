import path from 'node:path';
import { claim } from '../config/claim.ts';
import { codeReader, isCode } from '../config/code.ts';
import { configure } from '../config/configure.ts';
import { openFiles } from '../config/files.ts';
import { Misuse } from '../config/misuse.ts';
import { placeFrom } from '../config/place.ts';
import { planOf, type Wanted } from '../config/plan.ts';
import type { Parts } from '../lint.ts';
import { visible } from '../report/text.ts';
import { trace } from '../trace/trace.ts';
import type { Environment } from './environment.ts';
import type { FileLine, Options } from './options.ts';

/**
 * What `--explain-value FILE:LINE` prints: where the values on the line come from in each stage, and what becomes of them. Of a
 * part of a serverless.yml the template is named as well. Throws `Misuse` where there is nothing to explain.
 */
export async function explainValue(
  { file, line }: FileLine,
  { operands, config }: Pick<Options, 'operands' | 'config'>,
  wanted: Wanted,
  { cwd, io }: Environment,
  { rules, parse, dialects }: Parts,
): Promise<string> {
  const [operand = file, ...others] = operands;
  if (others.length > 0) throw new Misuse(`--explain-value looks at one template: name one of ${operands.join(', ')}`);
  const at = path.resolve(cwd, operand);
  const files = openFiles(io, parse);
  const one = claim({ path: at, named: true, arguments: [operand] }, files, dialects, {
    readCode: isCode(at) ? await codeReader(files) : undefined,
  });
  const frontEnd = one.kind === 'document' ? await one.dialect.load() : undefined;
  if (one.kind !== 'document' || !frontEnd?.workOut) {
    const why = 'why' in one && one.why !== undefined ? `: ${one.why}` : '';
    const way =
      operands.length === 0 ? `. If it is a part of one, name that too: cors-lint --explain-value ${file}:${line} serverless.yml` : '';
    throw new Misuse(`${operand} is no template whose values can be explained${why}${way}`);
  }
  const { configOf } = await configure([at], { cwd, io, files, rules, config });
  const { settings } = planOf(at, configOf(at), wanted, rules);
  // Resources are named after paths and functions, so even a name could tell what the environment holds.
  const unset = { ...settings, env: undefined };
  const load = files.loader(one.document.file, () => undefined);
  const lines = trace(frontEnd.workOut(one.document, { load, settings: unset }), { path: path.resolve(cwd, file), line }, (place) =>
    placeFrom(cwd, place),
  );
  if (lines.length === 0) throw new Misuse(`no value of ${operand} stands on line ${line} of ${file}, or comes by it`);
  return `${lines.map(visible).join('\n').trimEnd()}\n`;
}
