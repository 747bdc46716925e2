import {
  BACKSLASH,
  BYTE_ORDER_MARK,
  CLOSE_LIST,
  CLOSE_MAP,
  COLON,
  COMMA,
  NEWLINE,
  OPEN_LIST,
  OPEN_MAP,
  QUOTE,
  RETURN,
  SLASH,
  SPACE,
  TAB,
} from './codes.ts';
import { MAX_DEPTH, MAX_VALUES, TOO_DEEP, TOO_MANY } from './limits.ts';
import type { Located, LocatedEntry, LocatedScalar, SyntaxProblem } from './located.ts';
import type { DocPath, Location, SourceFile } from './location.ts';
import { duplicateText, inOrder, quoted } from './problem.ts';

/** What `parseJson` makes of a file: `root` holds what stands before the first error. */
export interface ParsedJson {
  readonly root: Located;
  readonly problems: readonly SyntaxProblem[];
}

/**
 * JSON with the place of every key and value, 15 times as fast as reading it as YAML. Never throws: the first error
 * ends the reading. Duplicate keys are problems, and so are comments, after which the reading goes on.
 */
export function parseJson(file: SourceFile): ParsedJson {
  const reader = new Reader(file);
  const root = reader.document();
  return { root, problems: inOrder(reader.problems) };
}

const WORD = /[^\s,:[\]{}"/]*/y;
const COMMENT = /\/\/.*|\/\*[^]*?\*\//y;

/** An error puts `offset` at the end, where every loop stops with what it has. Character codes there are NaN. */
class Reader {
  readonly problems: SyntaxProblem[] = [];
  private readonly file: SourceFile;
  private readonly text: string;
  private offset: number;
  private values = 0;
  private commented = false;
  private failed = false;

  constructor(file: SourceFile) {
    this.file = file;
    this.text = file.text;
    this.offset = file.text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  }

  document(): Located {
    const root = this.value([]);
    if (!Number.isNaN(this.next())) this.fail('something follows the end of the value', this.offset);
    return root;
  }

  private value(path: DocPath): Located {
    const code = this.next();
    this.values += 1;
    if (this.values > MAX_VALUES) this.fail(TOO_MANY, this.offset, this.offset, 'too-large');
    else if (code === OPEN_MAP || code === OPEN_LIST) {
      if (path.length < MAX_DEPTH) return code === OPEN_MAP ? this.map(path) : this.list(path);
      this.fail(TOO_DEEP, this.offset, this.offset + 1, 'too-large');
    } else if (code === QUOTE) {
      const start = this.offset;
      const value = this.string();
      return this.scalar(path, start, value, false);
    } else return this.literal(path);
    return this.scalar(path, this.offset, null, true);
  }

  private map(path: DocPath): Located {
    const start = this.offset++;
    const entries = new Map<string, LocatedEntry>();
    let code = this.next();
    while (code === QUOTE) {
      this.entry(path, entries);
      code = this.separator(CLOSE_MAP, start);
      if (code === COMMA) code = this.afterComma(CLOSE_MAP);
    }
    if (code === CLOSE_MAP) this.offset += 1;
    else if (Number.isNaN(code)) this.fail('the `{` is never closed', start);
    else this.fail('a key must stand in double quotes', this.offset, this.wordEnd());
    return { kind: 'map', ...this.written(path, start), plain: false, entries };
  }

  private entry(path: DocPath, entries: Map<string, LocatedEntry>): void {
    const start = this.offset;
    const name = this.string();
    const inner = [...path, name];
    const key: Location = { file: this.file, path: inner, start, end: this.offset };
    const code = this.next();
    if (Number.isNaN(code)) return;
    if (code !== COLON) return this.fail('a `:` is missing after the key', start, key.end);
    this.offset += 1;
    const value = this.value(inner);
    if (entries.delete(name)) this.problems.push({ at: key, kind: 'duplicate-key', text: duplicateText(name) });
    entries.set(name, { key, value });
  }

  private list(path: DocPath): Located {
    const start = this.offset++;
    const items: Located[] = [];
    let code = this.next();
    while (code !== CLOSE_LIST && !Number.isNaN(code)) {
      items.push(this.value([...path, items.length]));
      code = this.separator(CLOSE_LIST, start);
      if (code === COMMA) code = this.afterComma(CLOSE_LIST);
    }
    if (code === CLOSE_LIST) this.offset += 1;
    else this.fail('the `[` is never closed', start);
    return { kind: 'list', ...this.written(path, start), plain: false, items };
  }

  /** The character after a value: a comma, the closing bracket, or NaN after an error. */
  private separator(close: number, open: number): number {
    const code = this.next();
    if (code === COMMA || code === close || Number.isNaN(code)) return code;
    const wrong = code === CLOSE_LIST || code === CLOSE_MAP;
    if (wrong) this.fail(`the \`${this.text[open]}\` is closed by a \`${this.text[this.offset]}\``, this.offset);
    else this.fail('a `,` is missing before this', this.offset, this.wordEnd());
    return NaN;
  }

  private afterComma(close: number): number {
    const comma = this.offset++;
    const code = this.next();
    if (code !== close) return code;
    this.fail('nothing follows the `,`', comma);
    return NaN;
  }

  private string(): string {
    const start = this.offset++;
    let escaped = false;
    for (;;) {
      const code = this.text.charCodeAt(this.offset++);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        escaped = true;
        this.offset += 1;
      } else if (!(code >= SPACE)) {
        if (Number.isNaN(code) || code === NEWLINE || code === RETURN) this.fail('the `"` is never closed', start, this.offset - 1);
        else this.fail('a tab or control character must be escaped between quotes', this.offset - 1);
        return '';
      }
    }
    return escaped ? this.unescaped(start) : this.text.slice(start + 1, this.offset - 1);
  }

  private unescaped(start: number): string {
    const source = this.text.slice(start, this.offset);
    try {
      return String(JSON.parse(source));
    } catch {
      const bad = /\\(?!["\\/bfnrt]|u[\da-fA-F]{4})(u[\da-fA-F]{0,3}|.)/.exec(source.replace(/\\\\/g, '__'));
      const at = start + (bad?.index ?? 0);
      this.fail(`${quoted(bad?.[0] ?? source)} is no escape that JSON knows`, at, at + (bad?.[0].length ?? source.length));
      return '';
    }
  }

  private literal(path: DocPath): LocatedScalar {
    const start = this.offset;
    const source = this.text.slice(start, this.wordEnd());
    try {
      const value = JSON.parse(source) as number | boolean | null;
      this.offset += source.length;
      return this.scalar(path, start, value, true);
    } catch {
      this.fail(
        source === '' ? 'a value is missing here' : `${quoted(source)} is no JSON value: text needs double quotes`,
        start,
        start + source.length,
      );
      return { kind: 'scalar', at: { file: this.file, path, start, end: start }, source: '', plain: true, value: null };
    }
  }

  private wordEnd(): number {
    WORD.lastIndex = this.offset;
    return this.offset + (WORD.exec(this.text)?.[0].length ?? 0);
  }

  private scalar(path: DocPath, start: number, value: LocatedScalar['value'], plain: boolean): LocatedScalar {
    return { kind: 'scalar', ...this.written(path, start), plain, value };
  }

  private written(path: DocPath, start: number): { at: Location; source: string } {
    return { at: { file: this.file, path, start, end: this.offset }, source: this.text.slice(start, this.offset) };
  }

  /** The next character that means something. */
  private next(): number {
    for (;;) {
      const code = this.text.charCodeAt(this.offset);
      if (code === SPACE || code === NEWLINE || code === RETURN || code === TAB) this.offset += 1;
      else if (code !== SLASH || !this.comment()) return code;
    }
  }

  /** JSON has none, but what was meant is plain, and YAML would read it as part of a key. */
  private comment(): boolean {
    COMMENT.lastIndex = this.offset;
    const length = COMMENT.exec(this.text)?.[0].length;
    if (length === undefined) return false;
    if (!this.commented) this.report('JSON has no comments', this.offset, this.offset + length, 'syntax');
    this.commented = true;
    this.offset += length;
    return true;
  }

  private fail(text: string, start: number, end = start + 1, kind: SyntaxProblem['kind'] = 'syntax'): void {
    // One error ends the reading; those that the loops around it meet on their way out are its echoes.
    if (!this.failed) this.report(text, start, end, kind);
    this.failed = true;
    this.offset = this.text.length;
  }

  private report(text: string, start: number, end: number, kind: SyntaxProblem['kind']): void {
    if (kind === 'syntax' && this.commented) return;
    const at = { file: this.file, path: [], start, end: Math.min(Math.max(end, start + 1), this.text.length) };
    this.problems.push({ at, kind, text });
  }
}
