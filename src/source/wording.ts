import type { ErrorCode } from 'yaml';
import { quoted } from './problem.ts';

/** What yaml says, of what text, and what stands before that on its line. */
export interface Seen {
  readonly code: ErrorCode;
  readonly message: string;
  readonly source: string;
  readonly before: string;
}

/** An error of yaml's for people who do not know its grammar: a clause that names what they wrote. */
export function words(seen: Seen): string {
  const wording = WORDS[seen.code];
  return typeof wording === 'string' ? wording : wording(seen);
}

const UNREADABLE = 'this cannot be read as YAML';
const NOT_HERE = ({ source }: Seen): string => (source === '' ? 'something is missing here' : `${quoted(source)} is not expected here`);

/** Each of yaml's codes; those that cannot come up with our options are there for completeness. */
const WORDS: Readonly<Record<ErrorCode, string | ((seen: Seen) => string)>> = {
  ALIAS_PROPS: 'an alias takes no tag or anchor of its own',
  BAD_ALIAS: ({ source }) =>
    source.startsWith('*')
      ? 'a value that starts with `*` must be quoted, or YAML takes it for an alias'
      : 'a value that starts with `&` must be quoted, or YAML takes it for an anchor',
  BAD_COLLECTION_TYPE: UNREADABLE,
  BAD_DIRECTIVE: ({ source }) => `the directive ${quoted(source)} is not understood`,
  BAD_DQ_ESCAPE: ({ message }) =>
    `${quoted(message.replace('Invalid escape sequence ', ''))} is no escape that YAML knows between double quotes`,
  BAD_INDENT: badIndent,
  BAD_PROP_ORDER: 'a tag or anchor must stand after the `-`, `?` or `:`',
  BAD_SCALAR_START: ({ source }) => `a value that starts with ${quoted(source)} must be quoted`,
  BLOCK_AS_IMPLICIT_KEY: 'the indentation of this list item matches no list above it',
  BLOCK_IN_FLOW: 'lists and maps between brackets need brackets too',
  DUPLICATE_KEY: UNREADABLE,
  IMPOSSIBLE: UNREADABLE,
  KEY_OVER_1024_CHARS: 'a key can be no longer than 1024 characters',
  MISSING_CHAR: missing,
  MULTILINE_IMPLICIT_KEY: multilineKey,
  MULTIPLE_ANCHORS: 'a value can have only one anchor',
  MULTIPLE_DOCS: UNREADABLE,
  MULTIPLE_TAGS: 'a value can have only one tag',
  NON_STRING_KEY: UNREADABLE,
  RESOURCE_EXHAUSTION: UNREADABLE,
  TAB_AS_INDENT: UNREADABLE,
  TAG_RESOLVE_FAILED: ({ source }) => `the tag ${quoted(source)} is not understood`,
  UNEXPECTED_TOKEN: unexpected,
};

function multilineKey({ message, source }: Seen): string {
  if (message.includes('flow sequence')) return 'a `,` or a closing bracket is missing after this';
  return /^-(\s|$)/.test(source) ? 'a list item cannot stand among the keys of a map' : 'a map needs `: ` after the key';
}

function badIndent({ message }: Seen): string {
  if (message.startsWith('All mapping items')) return 'the indentation of this key matches no map above it';
  if (message.startsWith('All sequence items')) return 'the indentation of this list item matches no list above it';
  if (message.startsWith('Block scalar'))
    return 'the text under `|` or `>` must be indented at least as its first line, and more than its key';
  return 'a bracket is never closed before this';
}

function missing({ message, source }: Seen): string {
  if (message.startsWith('Implicit map keys'))
    return /^-[^\s-]/.test(source) ? 'a list item needs a space after its `-`' : 'a map needs `: ` after the key';
  if (message.startsWith('Sequence item')) return 'a list item needs `- ` before it';
  if (message.startsWith('Missing newline')) return 'a list must begin on the line after its tag or anchor';
  if (message.startsWith('Missing space')) return 'a `:` needs a space after it';
  if (message.startsWith('Missing , or :')) return 'a `,` or `:` is missing before this';
  if (message.startsWith('Missing ,')) return 'a `,` is missing before this';
  if (message.startsWith('Tags and anchors')) return 'a tag or anchor needs a space after it';
  if (message.startsWith('Comments')) return 'a comment needs a space before its `#`';
  if (message.startsWith('Missing directives-end')) return 'the lines that begin with `%` need a line `---` after them';
  if (message.startsWith('Block collection')) return 'a list or map must begin on the line after `---`';
  if (message.startsWith('Block scalars')) return 'the empty lines under `|` or `>` are indented more than its text';
  return 'a quote or bracket is never closed before this';
}

function unexpected(seen: Seen): string {
  const { message, source, before } = seen;
  if (message.includes('block-seq-ind on same line')) return 'a list must begin on the line after its key';
  if (message.includes(' in flow ')) return NOT_HERE(seen);
  if (message.startsWith('Block scalar header') || /[|>][-+\d]*$/.test(before))
    return 'nothing but a comment can follow `|` or `>` on its line';
  if (message.includes('flow-map-end') || message.includes('flow-seq-end')) return `there is no bracket that this ${quoted(source)} closes`;
  if (before === '') return 'the indentation of this line matches nothing above it';
  const last = before.slice(-1);
  return /['"\]}]/.test(last) ? `nothing can follow the closing ${quoted(last)}` : NOT_HERE(seen);
}
