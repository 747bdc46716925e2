import { BANG, DASH, DOT, HASH, NEWLINE, RETURN, SPACE } from '../codes.ts';
import type { Comment } from '../located.ts';
import type { DocPath, Location, SourceFile } from '../location.ts';
import { Unusual } from './unusual.ts';

/** Tags may have more in them, and some of that stands for something else. */
const TAG = /![\w:.-]+/y;

/** Where the reading of a file is, and its steps over what is no value. */
export class Cursor {
  readonly text: string;
  /** Those that speak of cors-lint, of what was read. */
  readonly comments: Comment[] = [];
  offset = 0;
  /** Brackets that are open. */
  level = 0;
  private readonly file: SourceFile;
  private readonly speaksOfUs: boolean;
  private line = 0;

  constructor(file: SourceFile) {
    this.file = file;
    this.text = file.text;
    this.speaksOfUs = file.text.includes('cors-lint');
  }

  code(): number {
    return this.text.charCodeAt(this.offset);
  }

  /** Where in its line this stands; -1 at the end of the file. */
  column(): number {
    return this.offset < this.text.length ? this.offset - this.line : -1;
  }

  place(path: DocPath, start: number, end: number): Location {
    return { file: this.file, path, start, end };
  }

  /** To the beginning of a line. */
  toLine(offset: number): void {
    this.offset = offset;
    this.line = offset;
  }

  pastSpaces(): void {
    while (this.code() === SPACE) this.offset += 1;
  }

  /** Past spaces, line breaks and comments; true if there was a line break. */
  toContent(): boolean {
    const { line } = this;
    for (;;) {
      const code = this.code();
      if (code === NEWLINE) this.toLine(this.offset + 1);
      else if (code === SPACE || code === RETURN) this.offset += 1;
      else if (code === HASH) this.pastComment();
      else return this.line !== line;
    }
  }

  /** Past spaces and a comment, where nothing else may follow in the line. */
  toLineEnd(): void {
    this.pastSpaces();
    if (!this.isLineEnd()) throw new Unusual();
    if (this.code() === HASH) this.pastComment();
  }

  private pastComment(): void {
    const { offset, text } = this;
    // In brackets yaml may miss the white space before a comment that begins its line.
    if (!this.isEmpty(offset - 1) || (this.level > 0 && this.column() === 0)) throw new Unusual();
    const newline = text.indexOf('\n', offset);
    const end = newline === -1 ? text.length : newline;
    this.offset = text.charCodeAt(end - 1) === RETURN ? end - 1 : end;
    if (!this.speaksOfUs) return;
    const words = text.slice(offset + 1, this.offset);
    if (words.includes('cors-lint')) this.comments.push({ at: this.place([], offset, this.offset), text: words });
  }

  /** `!Sub` and the like, and the spaces after it. */
  tag(): string | undefined {
    if (this.code() !== BANG) return undefined;
    TAG.lastIndex = this.offset;
    const tag = TAG.exec(this.text)?.[0];
    if (tag === undefined || !this.isEmpty(TAG.lastIndex)) throw new Unusual();
    this.offset = TAG.lastIndex;
    this.pastSpaces();
    return tag;
  }

  /** White space, or an end of the file. */
  isEmpty(offset: number): boolean {
    const code = this.text.charCodeAt(offset);
    return code === SPACE || code === NEWLINE || code === RETURN || Number.isNaN(code);
  }

  isLineEnd(): boolean {
    const code = this.code();
    return code === NEWLINE || code === RETURN || Number.isNaN(code) || (code === HASH && this.isEmpty(this.offset - 1));
  }

  /** Whether the item of a list begins here. */
  isDash(): boolean {
    return this.code() === DASH && this.isEmpty(this.offset + 1);
  }

  /** Whether this line begins or ends a document. */
  isMarker(): boolean {
    const code = this.code();
    if ((code !== DASH && code !== DOT) || this.column() !== 0) return false;
    const { text, offset } = this;
    return text.charCodeAt(offset + 1) === code && text.charCodeAt(offset + 2) === code && this.isEmpty(offset + 3);
  }
}
