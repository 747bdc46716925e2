/**
 * The Serverless Framework's variables: `${source(param, …):address, fallback, …}`.
 * After reference/serverless-framework.md §3.1 (osls lib/configuration/variables/parse.js): what has no `:` or `(`
 * behind a lower-case name, and `${AWS::Region}`, is not a variable and stays as it is written.
 */
export type Template = readonly (string | Variable)[];

export interface Variable {
  /** Offsets in the string that was parsed. */
  readonly start: number;
  readonly end: number;
  readonly written: string;
  /** Tried in this order. */
  readonly sources: readonly Source[];
}

export type Source =
  | { readonly kind: 'source'; readonly name: string; readonly params: readonly Template[]; readonly address: Template | undefined }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** An unquoted word or the like, which the framework refuses. */
  | { readonly kind: 'invalid'; readonly text: string };

/** Deeper nesting than any person writes; the framework itself stops at ten. */
const MAX_NESTING = 10;

const OPENING = /\$\{\s*([a-z][\w-]*)(?=\(|:(?!:))/y;

/** Whether parsing a string could find anything. */
export const mayHoldVariables = (text: string): boolean => text.includes('${');

export function parseTemplate(text: string): Template {
  return new TemplateParser(text).template(0, []).pieces;
}

class TemplateParser {
  private readonly text: string;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Reads until one of `stops` (outside variables) or the end. */
  template(start: number, stops: readonly string[]): { pieces: (string | Variable)[]; end: number } {
    const pieces: (string | Variable)[] = [];
    let literal = '';
    let i = start;
    while (i < this.text.length && !stops.includes(this.text[i] ?? '')) {
      const escape = this.escape(i);
      if (escape) {
        literal += escape.text;
        i = escape.end;
        continue;
      }
      const variable = this.text.startsWith('${', i) ? this.variable(i) : undefined;
      if (variable) {
        if (literal) pieces.push(literal);
        literal = '';
        pieces.push(variable);
        i = variable.end;
      } else {
        literal += this.text[i++];
      }
    }
    if (literal) pieces.push(literal);
    return { pieces, end: i };
  }

  /** `\${` is a literal `${`; `\\${` is a backslash and a variable. */
  private escape(start: number): { text: string; end: number } | undefined {
    if (this.text[start] !== '\\' || this.text[start - 1] === '\\') return undefined;
    let end = start;
    while (this.text[end] === '\\') end++;
    if (!this.text.startsWith('${', end)) return undefined;
    const slashes = '\\'.repeat(Math.floor((end - start) / 2));
    return (end - start) % 2 === 1 ? { text: `${slashes}\${`, end: end + 2 } : { text: slashes, end };
  }

  private variable(start: number): Variable | undefined {
    OPENING.lastIndex = start;
    const opening = OPENING.exec(this.text);
    if (!opening || this.depth >= MAX_NESTING) return undefined;
    this.depth++;
    const read = this.sources(start + opening[0].length, opening[1] ?? '');
    this.depth--;
    return read && { start, end: read.end, written: this.text.slice(start, read.end), sources: read.sources };
  }

  /** From behind the first source's name to behind the closing brace; undefined where it never closes. */
  private sources(start: number, name: string): { sources: Source[]; end: number } | undefined {
    const first = this.source(start, name);
    if (!first) return undefined;
    const sources: Source[] = [first.source];
    let i = first.end;
    for (;;) {
      i = this.skipBlanks(i);
      if (this.text[i] === '}') return { sources, end: i + 1 };
      if (this.text[i] !== ',') return undefined;
      const next = this.fallback(this.skipBlanks(i + 1));
      if (!next) return undefined;
      sources.push(next.source);
      i = next.end;
    }
  }

  /** `(params)` and `:address` behind a source's name. */
  private source(start: number, name: string): { source: Source; end: number } | undefined {
    const params: Template[] = [];
    let i = start;
    if (this.text[i] === '(') {
      i++;
      while (this.text[i] !== ')') {
        const param = this.argument(this.skipBlanks(i), [',', ')']);
        if (i >= this.text.length) return undefined;
        params.push(param.pieces);
        i = this.skipBlanks(param.end);
        if (this.text[i] === ',') i++;
        else if (this.text[i] !== ')') return undefined;
      }
      i++;
    }
    if (this.text[i] !== ':') return { source: { kind: 'source', name, params, address: undefined }, end: i };
    const address = this.argument(i + 1, [',', '}']);
    return { source: { kind: 'source', name, params, address: address.pieces }, end: address.end };
  }

  /** A param or an address: quoted, or bare with nested variables; blanks around it do not count. */
  private argument(start: number, stops: readonly string[]): { pieces: (string | Variable)[]; end: number } {
    const quoted = this.quoted(start);
    if (quoted) return { pieces: [quoted.value], end: this.skipBlanks(quoted.end) };
    const { pieces, end } = this.template(start, stops);
    const last = pieces.length - 1;
    return {
      pieces: pieces
        .map((piece, at) => (typeof piece === 'string' ? trimEdges(piece, at === 0, at === last) : piece))
        .filter((piece) => piece !== ''),
      end,
    };
  }

  private fallback(start: number): { source: Source; end: number } | undefined {
    const quoted = this.quoted(start);
    if (quoted) return { source: { kind: 'literal', value: quoted.value }, end: quoted.end };
    const nested = this.text.startsWith('${', start) ? this.variable(start) : undefined;
    if (nested) return { source: { kind: 'source', name: 'nested', params: [[nested]], address: undefined }, end: nested.end };
    const name = /^[a-z][\w-]*(?=\(|:(?!:))/.exec(this.text.slice(start, start + 100));
    if (name) return this.source(start + name[0].length, name[0]);
    const { pieces, end } = this.template(start, [',', '}']);
    const word = pieces.every((piece) => typeof piece === 'string') ? pieces.join('').trim() : this.text.slice(start, end).trim();
    const literal = LITERALS.get(word) ?? (word !== '' && Number.isFinite(Number(word)) ? Number(word) : undefined);
    return {
      source: literal === undefined && word !== 'null' ? { kind: 'invalid', text: word } : { kind: 'literal', value: literal ?? null },
      end,
    };
  }

  private quoted(start: number): { value: string; end: number } | undefined {
    const quote = this.text[start];
    if (quote !== "'" && quote !== '"') return undefined;
    const close = this.text.indexOf(quote, start + 1);
    return close < 0 ? undefined : { value: this.text.slice(start + 1, close), end: close + 1 };
  }

  private skipBlanks(start: number): number {
    let i = start;
    while (this.text[i]?.trim() === '') i++;
    return i;
  }
}

const LITERALS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

const trimEdges = (text: string, start: boolean, end: boolean): string => {
  const left = start ? text.trimStart() : text;
  return end ? left.trimEnd() : left;
};
