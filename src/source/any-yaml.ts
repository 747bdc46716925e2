import { Lexer, type Document } from 'yaml';
import { commentsOf } from './comments.ts';
import { compose, type Composed } from './compose.ts';
import { diagnose } from './diagnose.ts';
import { locate } from './locate.ts';
import type { Parsed } from './located.ts';
import type { SourceFile } from './location.ts';
import { nothing } from './nothing.ts';
import { TolerantLexer } from './tolerant.ts';

/** YAML by the library's own lexer; where that finds an error, by the tolerant one if that finds none. Never throws. */
export function readAny(file: SourceFile): Parsed {
  const strictly = compose(file.text, new Lexer(), true);
  if (strictly.kind === 'excess') return excessive(file, strictly);
  if (isClean(strictly)) return { ...locate(file, strictly.documents[0]), comments: commentsOf(file, new Lexer()) };
  const tolerantly = compose(file.text, new TolerantLexer(), false);
  if (tolerantly.kind === 'documents' && isClean(tolerantly)) {
    return { ...locate(file, tolerantly.documents[0]), comments: commentsOf(file, new TolerantLexer()) };
  }
  return { ...broken(file, strictly.documents), comments: commentsOf(file, new Lexer()) };
}

type Documents = Extract<Composed, { kind: 'documents' }>;

const isClean = ({ documents }: Documents): boolean => documents.every(({ errors }) => errors.length === 0);

function excessive(file: SourceFile, { offset, text }: Extract<Composed, { kind: 'excess' }>): Parsed {
  const at = { file, path: [], start: offset, end: offset };
  return { root: nothing(file, [], 0), problems: [{ at, kind: 'too-large', text }], comments: [] };
}

/** yaml guesses what stands after a syntax error. Its guess at the tree is kept, but problems there are the error's echoes. */
function broken(file: SourceFile, documents: readonly Document.Parsed[]): Omit<Parsed, 'comments'> {
  const diagnosis = diagnose(file, documents);
  if (!diagnosis) return locate(file, documents[0]);
  const { problem, repaired } = diagnosis;
  const again = repaired === undefined ? undefined : compose(repaired, new TolerantLexer(), false);
  const isBetter =
    again?.kind === 'documents' && again.documents.every(({ errors }) => errors.every(({ pos }) => pos[0] > problem.at.start));
  const { root, problems } = locate(file, isBetter ? again.documents[0] : documents[0]);
  return { root, problems: [...problems.filter(({ at }) => at.start < problem.at.start), problem] };
}
