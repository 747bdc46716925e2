import type { Comment } from '../source/located.ts';
import type { Location } from '../source/location.ts';
import { nearest } from '../value/nearest.ts';

/** What a comment asks for. */
export interface Directive {
  readonly kind: Kind;
  /** The comment. */
  readonly at: Location;
  /** Rules that there are; empty: all rules. */
  readonly ids: readonly string[];
  readonly reason: string | undefined;
}

/** Something in a comment that asks for nothing, in the words of a message of `unused-suppression`. */
export interface Misread {
  readonly messageId: 'malformed' | 'unknown-rule';
  readonly data: Readonly<Record<string, string>>;
  readonly at: Location;
}

type Kind = 'next-line' | 'from-here' | 'file' | 'enable';

const KINDS: Readonly<Record<string, Kind>> = {
  'cors-lint-disable-next-line': 'next-line',
  'cors-lint-disable': 'from-here',
  'cors-lint-disable-file': 'file',
  'cors-lint-enable': 'enable',
};
const WORDS = Object.keys(KINDS);

/** 'cors-lint-disable-next-line', and what follows it. */
const WORD = /^[\s#/]*(cors-lint-[\w-]+):?(?=\s|$)\s*(.*)$/s;

/** A directive with a blank or a colon in place of its hyphen. */
const APART = /^[\s#/]*cors-lint\s*[:\s]\s*((?:disable|enable|ignore|suppress)(?:-[\w-]+)?)\b/;

/** The comments that ask for something, and what in them cannot be understood. What merely mentions cors-lint is neither. */
export function directivesOf(
  comments: readonly Comment[],
  known: ReadonlySet<string>,
): { readonly directives: Directive[]; readonly misread: Misread[] } {
  const directives: Directive[] = [];
  const misread: Misread[] = [];
  for (const comment of comments) {
    const [, word, rest = ''] = WORD.exec(comment.text) ?? [];
    const kind = KINDS[word ?? ''];
    if (kind) {
      const { directive, wrong } = directiveOf(comment, kind, rest.trimEnd(), known);
      misread.push(...wrong);
      if (directive) directives.push(directive);
    } else {
      misread.push(...slipOf(comment, word));
    }
  }
  return { directives, misread };
}

function directiveOf(
  comment: Comment,
  kind: Kind,
  rest: string,
  known: ReadonlySet<string>,
): { readonly directive?: Directive; readonly wrong: readonly Misread[] } {
  const [, list = rest, reason] = /^(.*?)(?:^|\s)-{2,}(?:\s+(.*))?$/s.exec(rest) ?? [];
  const words = list
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  const wrong: Misread[] = [];
  const ids: string[] = [];
  for (const [i, written] of words.entries()) {
    const [id = '', ...stray] = written.split(/\s+/);
    if (known.has(id)) ids.push(id);
    else wrong.push({ messageId: 'unknown-rule', data: { rule: id, meant: meant(id, [...known]) }, at: within(comment, id) });
    // What follows the last rule is meant as a reason, and between two rules a comma is forgotten.
    const [next = ''] = stray;
    if (known.has(next)) ids.push(...stray.filter((word) => known.has(word)));
    if (stray.length > 0)
      wrong.push(
        malformed(comment, known.has(next) || i < words.length - 1 ? `a comma is missing behind \`${id}\`` : 'write a reason behind `--`'),
      );
  }
  // None of its rules is there: it must not silence all of them.
  if (words.length > 0 && ids.length === 0) return { wrong };
  return { directive: { kind, at: comment.at, ids: [...new Set(ids)], reason: reason?.trim() || undefined }, wrong };
}

/** A comment that is nearly a directive. */
function* slipOf(comment: Comment, word: string | undefined): Iterable<Misread> {
  const apart = APART.exec(comment.text)?.[1];
  const written = word ?? (apart === undefined ? undefined : `cors-lint-${apart}`);
  if (written === undefined) return;
  const near = nearest(written, WORDS);
  if (near === undefined && !/^cors-lint-(?:disable|enable|ignore|suppress|skip|off)\b/.test(written)) return;
  const way = near === undefined ? `write ${WORDS.map((one) => `\`${one}\``).join(', ')}` : `did you mean \`${near}\`?`;
  yield malformed(
    comment,
    apart === undefined ? `\`${written}\` suppresses nothing: ${way}` : `this suppresses nothing as it is written: ${way}`,
  );
}

const malformed = ({ at }: Comment, text: string): Misread => ({ messageId: 'malformed', data: { text }, at });

const meant = (id: string, known: readonly string[]): string => {
  const near = nearest(id, known);
  return near === undefined ? '' : ` (did you mean \`${near}\`?)`;
};

/** The place of a word of a comment. */
function within({ at, text }: Comment, word: string): Location {
  const start = at.end - text.length + Math.max(text.indexOf(word), 0);
  return { ...at, start, end: start + word.length };
}
