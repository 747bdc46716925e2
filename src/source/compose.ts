import { Composer, Parser, type CST, type Document, type Lexer } from 'yaml';
import { MAX_DEPTH, MAX_LEXEMES, TOO_DEEP, TOO_MANY_LEXEMES } from './limits.ts';

/** yaml's documents, or where and why it was stopped. */
export type Composed =
  | { readonly kind: 'documents'; readonly documents: readonly Document.Parsed[] }
  | { readonly kind: 'excess'; readonly offset: number; readonly text: string };

/** Another lexer may stand in for yaml's own. */
export type Lexing = Pick<Lexer, 'lex'>;

/**
 * `parseAllDocuments`, save that the lexer can be chosen, and that it stops at once where the nesting is too deep
 * (yaml's composer would overflow the stack) or the lexemes are too many. Unique keys are looked for while locating,
 * since yaml's own search is quadratic. `resolveKnownTags: false` keeps `!!binary`, `!!set` and the like as written.
 */
export function compose(text: string, lexer: Lexing, strict: boolean): Composed {
  const parser = new Parser();
  let excess: Composed | undefined;
  function* tokens(): Generator<CST.Token> {
    let count = 0;
    for (const lexeme of lexer.lex(text)) {
      yield* parser.next(lexeme);
      count += 1;
      // Below it on the stack stand the document and all the lists and maps around it.
      const deepest = parser.stack[MAX_DEPTH + 1];
      if (deepest && 'items' in deepest) excess = { kind: 'excess', offset: parser.offset, text: TOO_DEEP };
      else if (count > MAX_LEXEMES) excess = { kind: 'excess', offset: parser.offset, text: TOO_MANY_LEXEMES };
      if (excess) return;
    }
    yield* parser.end();
  }
  const composer = new Composer({ merge: true, resolveKnownTags: false, strict, uniqueKeys: false });
  const documents = withoutStacks(() => [...composer.compose(tokens(), true, text.length)]);
  return excess ?? { kind: 'documents', documents };
}

/** yaml makes an Error of each thing that it does not like; in a file of nothing else their stack traces are most of the time. */
function withoutStacks<T>(work: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}
