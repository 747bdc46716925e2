import { parseJavaScript } from '../../source/javascript.ts';
import type { SyntaxProblem } from '../../source/located.ts';
import type { SourceFile } from '../../source/location.ts';
import type { Program } from '../program.ts';
import { Lowering } from './lowering.ts';
import { program } from './statements.ts';

/** Parses a file of JavaScript or TypeScript and lowers it; executes nothing and never throws. */
export function readJavaScript(file: SourceFile): Program | { readonly problem: SyntaxProblem } {
  const parsed = parseJavaScript(file, /\.[cm]?tsx?$/i.test(file.path));
  if ('problem' in parsed) return parsed;
  return { file, language: 'javascript', body: program(new Lowering(file), parsed.program) };
}
