import type { Finding } from '../finding.ts';
import { listed } from '../model/names.ts';
import type { Comment } from '../source/located.ts';
import type { SourceFile } from '../source/location.ts';
import { positionAt } from '../source/lines.ts';
import type { ActiveRule } from './active.ts';
import { directivesOf, type Directive, type Misread } from './directives.ts';
import { sorted } from './merge.ts';
import { own } from './own.ts';

/** What is known of a file beside its findings. */
export interface Settling {
  readonly comments: readonly Comment[];
  /** The ids of all rules that there are. */
  readonly known: ReadonlySet<string>;
  /** The rules that looked at the whole file; undefined where more may be found in it than this run can. */
  readonly ran: Ran | undefined;
  /** In whose words idle and broken suppressions are reported; undefined where nobody wants to read of them. */
  readonly reporter: ActiveRule | undefined;
}

export interface Ran {
  readonly ids: ReadonlySet<string>;
  /** All that run by themselves are among them. */
  readonly all: boolean;
}

/** The rule that reports on suppressions. Only who names it suppresses it. */
export const REPORTER = 'unused-suppression';

/** A directive, and the rules that it silenced something of. */
type Used = Map<Directive, Set<string>>;

/**
 * The findings of one file with those marked that its comments suppress, and with what is wrong with these comments.
 * A possible finding makes use of a suppression too: it may be certain elsewhere.
 */
export function settle(findings: readonly Finding[], { comments, known, ran, reporter }: Settling): readonly Finding[] {
  if (comments.length === 0) return findings;
  const { directives, misread } = directivesOf(comments, known);
  const used: Used = new Map();
  const idle: Directive[] = [];
  const marked = mark(findings, directives, used, idle);
  if (!reporter) return marked;
  const said = [...misread, ...idle.map(enablesNothing), ...directives.flatMap((one) => unused(one, used.get(one), ran) ?? [])];
  const reports = said.flatMap(({ messageId, data, at }) => own(reporter, messageId, data, at));
  const naming = directives.filter(({ kind, ids }) => kind === 'enable' || ids.includes(REPORTER));
  return sorted([...marked, ...mark(sorted(reports), naming, new Map(), [])]);
}

/** What is suppressed from here on: by which comments, all rules or some. */
interface Open {
  all: Directive | undefined;
  /** Taken out of `all` again. */
  readonly enabled: Set<string>;
  readonly byId: Map<string, Directive>;
}

/** The findings in the order of the file, which comments are read in too. */
function mark(findings: readonly Finding[], directives: readonly Directive[], used: Used, idle: Directive[]): readonly Finding[] {
  const lines = targets(directives);
  const whole = directives.filter(({ kind }) => kind === 'file');
  const rest = directives.filter(({ kind }) => kind === 'from-here' || kind === 'enable').toSorted((a, b) => a.at.start - b.at.start);
  const open: Open = { all: undefined, enabled: new Set(), byId: new Map() };
  let next = 0;
  const passUntil = (offset: number): void => {
    for (let one = rest[next]; one && one.at.end <= offset; one = rest[(next += 1)]) if (!pass(one, open)) idle.push(one);
  };
  const marked = findings.map((finding) => {
    const { rule, primary } = finding;
    passUntil(primary.start);
    const here = lines.get(positionAt(primary.file, primary.start).line) ?? [];
    const since = [open.byId.get(rule), open.enabled.has(rule) ? undefined : open.all];
    const by = [...[...here, ...whole].filter((one) => concerns(one, rule)), ...since.filter((one) => one !== undefined)];
    for (const one of by) used.set(one, (used.get(one) ?? new Set()).add(rule));
    const [first] = by;
    return first ? { ...finding, suppressed: { at: first.at, reason: first.reason } } : finding;
  });
  passUntil(Number.POSITIVE_INFINITY);
  return marked;
}

const concerns = ({ ids }: Directive, rule: string): boolean => (ids.length === 0 ? rule !== REPORTER : ids.includes(rule));

/** False for an `enable` of what nobody disabled. */
function pass(directive: Directive, open: Open): boolean {
  const { kind, ids } = directive;
  if (kind === 'from-here') {
    if (ids.length === 0) {
      open.all ??= directive;
      open.enabled.clear();
    }
    for (const id of ids) if (!open.byId.has(id)) open.byId.set(id, directive);
    return true;
  }
  const before = open.byId.size + (open.all ? 1 : 0);
  if (ids.length === 0) {
    open.all = undefined;
    open.byId.clear();
    return before > 0;
  }
  const closed = ids.map((id) => open.byId.delete(id) || (open.all !== undefined && !open.enabled.has(id)));
  if (open.all) for (const id of ids) open.enabled.add(id);
  return closed.some(Boolean);
}

/** The lines that next-line comments are about: the next that is neither empty nor a comment itself. */
function targets(directives: readonly Directive[]): ReadonlyMap<number, readonly Directive[]> {
  const targeting = directives.filter(({ kind }) => kind === 'next-line');
  const lines = new Map<number, Directive[]>();
  const [first] = targeting;
  if (!first) return lines;
  const { file } = first.at;
  const next = nextLines(file, file.text.startsWith('#', first.at.start) ? '#' : '//');
  for (const one of targeting) {
    const line = next[positionAt(file, one.at.start).line];
    if (line !== undefined) lines.set(line, [...(lines.get(line) ?? []), one]);
  }
  return lines;
}

/** For each line, counted from 1, the next one that says something; undefined behind the last. */
function nextLines({ text }: SourceFile, marker: string): readonly (number | undefined)[] {
  const lines = text.split('\n');
  const next: (number | undefined)[] = Array.from({ length: lines.length + 1 });
  for (let line = lines.length - 1; line >= 1; line--) {
    const below = lines[line]?.trim() ?? '';
    next[line] = below === '' || below.startsWith(marker) ? next[line + 1] : line + 1;
  }
  return next;
}

const enablesNothing = ({ at }: Directive): Said => ({ messageId: 'idle-enable', data: {}, at });

type Said = Misread | { readonly messageId: string; readonly data: Finding['data']; readonly at: Misread['at'] };

/** Where the named rule did not run, or may find more than it did here, nothing is known of the comment's use. */
function unused({ kind, ids, at }: Directive, used: ReadonlySet<string> = new Set(), ran: Ran | undefined): Said | undefined {
  if (!ran || kind === 'enable') return undefined;
  const where = WHERE[kind];
  if (ids.length === 0) return ran.all && used.size === 0 ? { messageId: 'unused-all', data: { where }, at } : undefined;
  const idle = ids.filter((id) => id !== REPORTER && ran.ids.has(id) && !used.has(id));
  if (idle.length === 0) return undefined;
  return {
    messageId: idle.length === ids.length ? 'unused' : 'unused-in-part',
    data: { rules: listed(idle.map((id) => `\`${id}\``)), where },
    at,
  };
}

const WHERE = { 'next-line': 'on the next line', 'from-here': 'from here on', file: 'in this file' } as const satisfies Record<
  Exclude<Directive['kind'], 'enable'>,
  string
>;
