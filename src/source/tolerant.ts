import { Lexer } from 'yaml';

/** The two members of yaml's Lexer that decide where an indented scalar or flow collection ends. Its types call them private. */
type Members = Pick<Lexer, 'lex'> & { flowLevel: number; parseQuotedScalar(): Generator<string, string | undefined> };
const Base = Lexer as unknown as new () => Members;

/**
 * Lets flow collections and quoted scalars continue at any indent, as PyYAML (SAM, the AWS CLI) and js-yaml 4 (the
 * Serverless Framework) do, though YAML's specification does not. It leans on names that are private to yaml 2.9, which
 * is why package.json pins `~2.9.1` and test/source/tolerant.test.ts holds it.
 */
export class TolerantLexer extends Base {
  private quoted = false;
  private indent = 0;
  get indentNext(): number {
    return this.flowLevel > 0 || this.quoted ? 0 : this.indent;
  }
  set indentNext(indent: number) {
    this.indent = indent;
  }
  override *parseQuotedScalar(): Generator<string, string | undefined> {
    this.quoted = true;
    const next = yield* super.parseQuotedScalar();
    this.quoted = false;
    return next;
  }
}
