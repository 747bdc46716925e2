import { Parser, type AnyNode, type Options, type Program } from 'acorn';
import { tsPlugin } from '@sveltejs/acorn-typescript';
import { MAX_LENGTH, MAX_LEXEMES, tooLong } from './limits.ts';
import type { Comment, SyntaxProblem } from './located.ts';
import type { SourceFile } from './location.ts';
import { quoted } from './problem.ts';

/*
 * The one place that knows the parser. Everything here is loaded with it (235 KB), so front ends import this file only
 * by `await import(…)` of what needs it, and others import its types alone.
 */

/** A file of code: its tree as ESTree describes it, or what is wrong with it. */
export type ParsedCode = { readonly program: Program; readonly comments: readonly Comment[] } | { readonly problem: SyntaxProblem };

export type { Pattern, Program } from 'acorn';

/** What the TypeScript plugin adds to ESTree, as far as anyone here looks at it. */
export type TypeScriptNode = Span &
  (
    | {
        readonly type: 'TSAsExpression' | 'TSSatisfiesExpression' | 'TSTypeAssertion' | 'TSNonNullExpression' | 'TSInstantiationExpression';
        readonly expression: SyntaxNode;
      }
    | { readonly type: 'TSExportAssignment'; readonly expression: SyntaxNode }
    | { readonly type: 'TSEnumDeclaration'; readonly id: Named; readonly members: readonly EnumMember[] }
    | {
        readonly type: 'TSImportEqualsDeclaration';
        readonly id: Named;
        readonly importKind: 'type' | 'value';
        readonly isExport: boolean;
        readonly moduleReference: SyntaxNode;
      }
    | { readonly type: 'TSExternalModuleReference'; readonly expression: SyntaxNode }
    | { readonly type: 'TSModuleDeclaration'; readonly id: SyntaxNode }
  );

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Named extends Span {
  readonly type: 'Identifier';
  readonly name: string;
}

export interface EnumMember extends Span {
  readonly id: SyntaxNode;
  readonly initializer?: SyntaxNode | null;
}

/** Any part of a program. */
export type SyntaxNode = AnyNode | TypeScriptNode;

/**
 * Parses a file of code; executes nothing and never throws. As a module first, then as a script; JavaScript that is
 * neither is read as TypeScript, since some tools take types there too.
 */
export function parseJavaScript(file: SourceFile, typescript: boolean): ParsedCode {
  const { text } = file;
  if (text.length > MAX_LENGTH) return { problem: problem(file, 0, 'too-large', tooLong(text.length)) };
  const binary = text.indexOf('\0');
  if (binary !== -1) return { problem: problem(file, binary, 'syntax', 'it is not a text file') };
  const ways: readonly Way[] = typescript
    ? [
        [true, 'module'],
        [true, 'script'],
      ]
    : [
        [false, 'module'],
        [false, 'script'],
        [true, 'module'],
      ];
  let furthest: SyntaxProblem | undefined;
  for (const way of ways) {
    const parsed = attempt(file, ...way);
    if ('program' in parsed || parsed.problem.kind === 'too-large') return parsed;
    // The way that came furthest is the one that was meant; of two that fail at one place, the first.
    if (!furthest || parsed.problem.at.start > furthest.at.start) furthest = parsed.problem;
  }
  return { problem: furthest ?? problem(file, 0, 'syntax', 'it is no program') };
}

type Way = readonly [typescript: boolean, sourceType: 'module' | 'script'];

function attempt(file: SourceFile, typescript: boolean, sourceType: 'module' | 'script'): ParsedCode {
  const comments = new Map<number, Comment>();
  const options: Options = {
    ecmaVersion: 'latest',
    sourceType,
    allowReturnOutsideFunction: sourceType === 'script',
    // The TypeScript plugin insists on them.
    locations: typescript,
    ...(file.text.includes('cors-lint') && {
      onComment(block, text, start, end) {
        note(comments, file, { block, text, start, end });
      },
    }),
  };
  try {
    const program = counting(typescript ? TypeScript() : Parser, lexemesOf(file.text)).parse(file.text, options);
    return { program, comments: [...comments.values()].toSorted((a, b) => a.at.start - b.at.start) };
  } catch (error) {
    return { problem: described(file, error) };
  }
}

let extended: typeof Parser | undefined;
const TypeScript = (): typeof Parser => (extended ??= Parser.extend(tsPlugin()));

/** By where it starts: the TypeScript plugin goes back and reads some of them again. */
function note(
  comments: Map<number, Comment>,
  file: SourceFile,
  { block, text, start, end }: Span & { block: boolean; text: string },
): void {
  if (!block && text.includes('cors-lint')) comments.set(start, { at: { file, path: [], start, end }, text });
}

/** A token has a character at least; those that the TypeScript plugin reads again count again. */
const lexemesOf = (text: string): number => Math.min(MAX_LEXEMES, 1000 + 4 * text.length);

class Excess extends Error {}

/** acorn's types leave out the method that reads a token. */
type Tokenizing = new (options: Options, input: string, startPos?: number) => { nextToken(): void };

/**
 * Stops after so many tokens. That bounds both the size of the tree and the plugin's attempts: nested `<T>(` double
 * its work with each level.
 */
function counting(base: typeof Parser, most: number): typeof Parser {
  let count = 0;
  const Counting = class extends (base as unknown as Tokenizing) {
    override nextToken(): void {
      count += 1;
      if (count > most) throw new Excess();
      super.nextToken();
    }
  };
  return Counting as unknown as typeof Parser;
}

function problem(file: SourceFile, start: number, kind: SyntaxProblem['kind'], text: string, end = start): SyntaxProblem {
  return { at: { file, path: [], start, end }, kind, text };
}

function described(file: SourceFile, error: unknown): SyntaxProblem {
  if (error instanceof Excess) return problem(file, 0, 'too-large', 'it holds too much code to be read');
  const { message, pos } = error as { readonly message?: unknown; readonly pos?: unknown };
  // acorn says so itself where it can; where it cannot, the plugin is left in disorder, and complains of that.
  if (!(error instanceof SyntaxError) || typeof pos !== 'number' || /stack space/.test(String(message))) {
    return problem(file, 0, 'too-large', 'its code is nested too deeply to be read');
  }
  const start = Math.min(pos, file.text.length);
  TOKEN.lastIndex = start;
  const token = TOKEN.exec(file.text)?.[0] ?? '';
  return problem(file, start, 'syntax', worded(String(message).replace(/ \(\d+:\d+\)$/, ''), token), start + token.length);
}

/** What stands at an error: a word, a number, or one other character. */
const TOKEN = /[\p{ID_Start}$_][\p{ID_Continue}$]*|[\d.]+|\S/uy;

/** acorn's message as a clause without a full stop, in plain words. */
function worded(message: string, token: string): string {
  if (message.startsWith('Unexpected token')) {
    return token === ''
      ? 'something is missing here: a bracket is never closed, or a value never given'
      : `${quoted(token)} cannot stand here`;
  }
  const known = WORDS.find(([pattern]) => pattern.test(message));
  if (known) return message.replace(known[0], known[1]);
  const clause = message.replace(/\.$/, '').replaceAll(/'([^']+)'/g, '`$1`');
  return /^[A-Z][a-z]/.test(clause) ? clause.charAt(0).toLowerCase() + clause.slice(1) : clause;
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^Unterminated string constant.*/, 'the quote is never closed'],
  [/^Unterminated template.*/, 'the backtick is never closed'],
  [/^Unterminated comment.*/, 'the comment is never closed'],
  [/^Unterminated regular expression.*/, 'the regular expression is never closed'],
  [/^Unexpected character '(.*)'$/, '`$1` cannot stand here'],
  [/^Unexpected keyword '(.*)'$/, '`$1` cannot stand here'],
  [/^Identifier '(.*)' has already been declared\.?$/, '`$1` is declared twice'],
  [/^Duplicate export '(.*)'$/, '`$1` is exported twice'],
  [/^Assigning to rvalue$/, 'nothing can be assigned to this'],
  [/^Shorthand property assignments are valid only in destructuring patterns$/, 'a `:` is meant here, not a `=`'],
  [/^'return' outside of function$/, '`return` stands outside of a function'],
  [/^'import' and 'export' may (?:appear only with|only appear).*/, '`import` and `export` stand at the top level of a module alone'],
  [/^The keyword '(.*)' is reserved$/, '`$1` is a reserved word'],
];
