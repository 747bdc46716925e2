import { parser } from '@lezer/python';
import { MAX_LENGTH, tooLong } from '../../source/limits.ts';
import type { SyntaxProblem } from '../../source/located.ts';
import type { SourceFile } from '../../source/location.ts';
import { quoted } from '../../source/problem.ts';
import type { Program } from '../program.ts';
import { Scope, type Node } from './scope.ts';
import { block } from './statements.ts';

/** Nodes within each other; the deepest real handlers have some forty. */
const MAX_NESTING = 300;
const MAX_NODES = 400_000;

/** Parses a file of Python and lowers it; executes nothing and never throws. A file with a fault yields the fault alone. */
export function parsePython(file: SourceFile): Program | { readonly problem: SyntaxProblem } {
  const { text } = file;
  if (text.length > MAX_LENGTH) return { problem: problem(file, 0, 'too-large', tooLong(text.length)) };
  const tree = parser.parse(text);
  let [nodes, depth, deepest] = [0, 0, 0];
  let fault: SyntaxProblem | undefined;
  tree.iterate({
    enter({ type, from, to, node }) {
      nodes += 1;
      depth += 1;
      deepest = Math.max(deepest, depth);
      if (type.isError && !tolerable(node)) fault ??= problem(file, from, 'syntax', worded(text.slice(from, to)), to);
      return nodes <= MAX_NODES;
    },
    leave() {
      depth -= 1;
    },
  });
  if (nodes > MAX_NODES) return { problem: problem(file, 0, 'too-large', 'it holds too much code to be read') };
  if (deepest > MAX_NESTING) return { problem: problem(file, 0, 'too-large', 'its code is nested too deeply to be read') };
  if (fault) return { problem: fault };
  return { file, language: 'python', body: block(new Scope(file), tree.topNode) };
}

/** Python takes a bare `yield` and numbers such as `2.`, the parser does not; both stay opaque. */
const tolerable = ({ from, to, parent }: Node): boolean =>
  from === to && (parent?.name === 'YieldStatement' || (parent?.name === 'MemberExpression' && parent.firstChild?.name === 'Number'));

const worded = (token: string): string =>
  token.trim() === ''
    ? 'something is missing here: a bracket is never closed, or a value never given'
    : `${quoted(token)} cannot stand here`;

const problem = (file: SourceFile, start: number, kind: SyntaxProblem['kind'], text: string, end = start): SyntaxProblem => ({
  at: { file, path: [], start, end },
  kind,
  text,
});
