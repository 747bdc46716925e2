import type { Lexing } from './compose.ts';
import type { Comment } from './located.ts';
import type { SourceFile } from './location.ts';

/** Lexemes of yaml that stand for no text. After SCALAR comes a scalar's text, whatever it begins with. */
const SCALAR = '\x1F';
const DOCUMENT = '\x02';
const FLOW_END = '\x18';

/**
 * The comments of a YAML file that mention cors-lint; no other matters to anyone. The lexer knows what is quoted or
 * stands in a block scalar, and costs a quarter of the parse, so files without the word never pay for it.
 */
export function commentsOf(file: SourceFile, lexer: Lexing): readonly Comment[] {
  if (!file.text.includes('cors-lint')) return [];
  const comments: Comment[] = [];
  let offset = 0;
  let inScalar = false;
  for (const lexeme of lexer.lex(file.text)) {
    if (!inScalar && (lexeme === DOCUMENT || lexeme === FLOW_END)) continue;
    if (!inScalar && lexeme === SCALAR) {
      inScalar = true;
      continue;
    }
    if (!inScalar && lexeme.startsWith('#') && lexeme.includes('cors-lint')) {
      comments.push({ at: { file, path: [], start: offset, end: offset + lexeme.length }, text: lexeme.slice(1) });
    }
    inScalar = false;
    offset += lexeme.length;
  }
  return comments;
}
