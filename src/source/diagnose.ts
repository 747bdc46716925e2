import { isAlias, isMap, isSeq, type Document, type ParsedNode, type YAMLParseError } from 'yaml';
import type { SyntaxProblem } from './located.ts';
import type { SourceFile } from './location.ts';
import { words } from './wording.ts';

/** yaml's first error, in plain words and where a person would look for it. */
export interface Diagnosis {
  readonly problem: SyntaxProblem;
  /** The text with the mistake blanked out, as long as before: yaml may read the rest of this one rightly. */
  readonly repaired?: string;
}

/** The first of yaml's errors; the others are mostly its echoes. */
export function diagnose(file: SourceFile, documents: readonly Document.Parsed[]): Diagnosis | undefined {
  let first: { readonly error: YAMLParseError; readonly document: Document.Parsed } | undefined;
  for (const document of documents) {
    for (const error of document.errors) {
      if (!first || error.pos[0] < first.error.pos[0]) first = { error, document };
    }
  }
  if (!first) return undefined;
  const { error, document } = first;
  const { start, end, text, repaired } = explain(error, file.text, document.contents);
  return { problem: { at: { file, path: [], start, end }, kind: 'syntax', text }, ...(repaired !== undefined && { repaired }) };
}

interface Explained {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly repaired?: string;
}

const explain = (error: YAMLParseError, text: string, contents: ParsedNode | null): Explained =>
  tabIndent(error, text) ?? neverClosed(error, text, contents) ?? nested(error, text) ?? inWords(error, text);

/** Whatever yaml says where a line begins, the tab before it is the reason. The file is meant as it looks: each tab as deep as a space. */
function tabIndent({ code, message, pos: [start] }: YAMLParseError, text: string): Explained | undefined {
  // Noticed only where the file ends, or what is quoted does.
  if (/^Missing closing|^Flow \w+ must end/.test(message)) return undefined;
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const indentEnd = line + (/^[\uFEFF \t]*/.exec(text.slice(line, line + 1000))?.[0].length ?? 0);
  const isIndent = code === 'TAB_AS_INDENT';
  const tab = text.indexOf('\t', isIndent ? start : line);
  if (tab === -1 || (!isIndent && (start > indentEnd || tab >= indentEnd))) return undefined;
  const length = /^\t*/.exec(text.slice(tab, tab + 100))?.[0].length ?? 1;
  const repaired = text.replace(/^[ \t]*\t/gm, (indent) => ' '.repeat(indent.length));
  return { start: tab, end: tab + length, text: 'tabs cannot indent in YAML, only spaces can', repaired };
}

/** Of what yaml says of a thing without an end: what it begins with, and what it should end with. */
const UNCLOSED: readonly (readonly [RegExp, string, string])[] = [
  [/^Missing closing '/, "'", "'"],
  [/^Missing closing "/, '"', '"'],
  [/must .*end with a ]$/, '[', ']'],
  [/must .*end with a }$/, '{', '}'],
];

/** yaml notices where a quote or bracket should have been closed; what a person looks for is where it was opened. */
function neverClosed({ message, pos: [offset] }: YAMLParseError, text: string, contents: ParsedNode | null): Explained | undefined {
  const [, open, close] = UNCLOSED.find(([pattern]) => pattern.test(message)) ?? [];
  if (open === undefined || close === undefined) return undefined;
  // Only where something else is wrong too: the tolerant lexer minds no indentation.
  if (text[offset] === close)
    return { start: offset, end: offset + 1, text: `the \`${close}\` must be indented more than the key of its \`${open}\`` };
  const isOpen = (node: ParsedNode) => {
    const [from, to] = node.range;
    // The bracket at its end may be that of what stands last in it.
    const isClosed = to > from + 1 && text[to - 1] === close && !childrenOf(node).some((child) => child?.range[1] === to);
    return to === offset && text[from] === open && !isClosed;
  };
  const [start] = innermost(contents, offset, isOpen)?.range ?? [];
  if (start === undefined) return undefined;
  const repaired = open === close ? blanked(text, start, start + 1) : undefined;
  return { start, end: start + 1, text: `the \`${open}\` is never closed`, ...(repaired !== undefined && { repaired }) };
}

function childrenOf(node: ParsedNode): readonly (ParsedNode | null)[] {
  if (isMap(node)) return node.items.flatMap(({ key, value }) => [value, key]);
  return isSeq(node) ? node.items : [];
}

function innermost(node: ParsedNode | null, offset: number, wanted: (node: ParsedNode) => boolean): ParsedNode | undefined {
  if (!node || isAlias(node) || offset < node.range[0] || offset > node.range[2]) return undefined;
  for (const child of childrenOf(node)) {
    const found = innermost(child, offset, wanted);
    if (found) return found;
  }
  return wanted(node) ? node : undefined;
}

const blanked = (text: string, start: number, end: number): string => text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);

/** The keys of a map cannot follow a value on its line: what stands there is meant as text. */
function nested({ code, message, pos: [start] }: YAMLParseError, text: string): Explained | undefined {
  if (code !== 'BLOCK_AS_IMPLICIT_KEY' || !message.startsWith('Nested')) return undefined;
  const end = lineEnd(text, start);
  const line = text.slice(start, end);
  const word = start + (/^\S*/.exec(line)?.[0].length ?? 0);
  if (!/:(\s|$)/.test(line))
    return { start, end: word, text: 'a key cannot have both a value and keys under it', repaired: blanked(text, start, end) };
  const repaired = text.slice(0, start) + line.replace(/:[ \t]/g, ':\u00A0') + text.slice(end);
  return { start, end: word, text: 'a value with `: ` in it must be quoted', repaired };
}

/** At a word or more of one line. */
function inWords({ code, message, pos }: YAMLParseError, text: string): Explained {
  let start = Math.min(pos[0], text.length);
  while (text[start] === ' ') start += 1;
  const line = lineEnd(text, start);
  const source = text.slice(start, Math.max(start, Math.min(pos[1], line)));
  const word = start + (/^[^\s,[\]{}"']*/.exec(text.slice(start, line))?.[0].length ?? 0);
  return { start, end: Math.max(start + source.length, word), text: words({ code, message, source, before: lineBefore(text, start) }) };
}

function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

const lineBefore = (text: string, offset: number): string => text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim();
