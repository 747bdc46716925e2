import { piecesOf } from '../../value/tree.ts';
import type { OriginPattern } from '../../model/api.ts';
import { known, type Value } from '../../value/value.ts';
import type { Text } from './text.ts';
import { directivesOf, Flat, HOLE, splitRange, trim, type Directive, type Range } from './vtl-text.ts';

/** What a response template makes of Access-Control-Allow-Origin. */
export type Override =
  | { readonly kind: 'none' }
  /** The caller's origin, whoever asks. */
  | { readonly kind: 'reflect'; readonly listed?: true }
  /** The caller's origin, if it is among these. */
  | { readonly kind: 'echo'; readonly among: readonly OriginPattern[] }
  | { readonly kind: 'unknown'; readonly why: string };

export interface Overrides {
  readonly origin: Override;
  /** Other headers that it sets, in lower case: to what is not worked out. */
  readonly others: ReadonlySet<string>;
}

const NONE: Overrides = { origin: { kind: 'none' }, others: new Set() };
const NOT_UNDERSTOOD = 'the response template sets it in a way that is not understood';
const UNREAD: Override = { kind: 'unknown', why: NOT_UNDERSTOOD };
/** Parentheses within parentheses. */
const MAX_DEPTH = 8;
const ORIGIN = 'access-control-allow-origin';

/**
 * Reads a response template for the idioms that serve several origins (R14): the Serverless Framework's `matches`, CDK's
 * `==`, a list's `contains`, and an override without a guard. What sets the header in another way is unknown.
 */
export function overridesIn(template: Text): Overrides {
  const flat = new Flat(template);
  if (flat.text === HOLE) return { ...NONE, origin: { kind: 'unknown', why: template.kind === 'unknown' ? template.why : NOT_UNDERSTOOD } };
  if (!flat.text.includes('responseOverride')) return NONE;
  const directives = directivesOf(flat.text);
  const mentions = flat.text.toLowerCase().includes(ORIGIN);
  if (!directives) return { ...NONE, origin: mentions ? UNREAD : { kind: 'none' } };
  const reading = new Reading(flat);
  directives.forEach((directive) => reading.read(directive));
  return { origin: reading.origin ?? (mentions ? UNREAD : { kind: 'none' }), others: reading.others };
}

/** What a variable holds: the caller's origin, a list of texts, or something else. */
type Variable = { readonly kind: 'origin' } | { readonly kind: 'list'; readonly items: readonly Range[] } | { readonly kind: 'other' };

/** What is known of the caller's origin inside an #if: `given`: there is one; `missing`: there is none. */
type Guard = { readonly kind: 'among'; readonly patterns: readonly OriginPattern[] } | { readonly kind: 'given' | 'missing' | 'other' };

/** How the caller's Origin header is read (R15); `$input.params` reads the path and the query string too. */
const SOURCE = String.raw`\$!?\{?input\.params\(\s*(?:["']origin["']\s*\)|(?:["']header["']\s*)?\)(?:\.header)?(?:\.origin|\.get\(\s*["']origin["']\s*\)|\[\s*["']origin["']\s*\]))\}?`;
const NAME = String.raw`\$!?\{?([A-Za-z]\w*)\}?`;
const QUOTED = String.raw`(?:"([^"]*)"|'([^']*)')`;

const TARGET = /^\$!?\{?context\.responseOverride\.header(?:\.([\w-]+)|\[\s*["']([\w-]+)["']\s*\])\}?$/;
const VARIABLE = new RegExp(`^${NAME}$`);
const DIRECT = new RegExp(`^${SOURCE}$`, 'i');
const CALL = new RegExp(String.raw`^(?:${SOURCE}|${NAME})\.(matches|equals|equalsIgnoreCase)\(\s*${QUOTED}\s*\)$`, 'di');
const EQUAL = new RegExp(String.raw`^(?:${SOURCE}|${NAME})\s*(==|eq|!=|ne)\s*${QUOTED}$`, 'di');
const CONTAINS = new RegExp(String.raw`^${NAME}\.contains\(\s*(?:${SOURCE}|${NAME})\s*\)$`, 'i');

/** Java's regular expressions for "anything". */
const ANYTHING = new Set(['.*', '.+', '^.*$', '^.+$', '(.*)', '(.+)']);

class Reading {
  origin: Override | undefined;
  readonly others = new Set<string>();
  private readonly variables = new Map<string, Variable>();
  private readonly guards: Guard[] = [];
  private readonly flat: Flat;

  constructor(flat: Flat) {
    this.flat = flat;
  }

  read({ name, argument }: Directive): void {
    switch (name) {
      case 'if':
        this.guards.push(this.guard(argument));
        break;
      case 'elseif':
        this.guards.splice(-1, 1, this.guard(argument));
        break;
      case 'else':
        this.guards.splice(-1, 1, { kind: this.guards.at(-1)?.kind === 'missing' ? 'given' : 'other' });
        break;
      case 'end':
        this.guards.pop();
        break;
      case 'block':
        this.guards.push({ kind: 'other' });
        break;
      case 'set':
        this.set(argument);
        break;
    }
  }

  private set(argument: Range): void {
    const [left, ...rest] = splitRange(this.flat.text, argument, '=');
    const [first, last] = [rest[0], rest.at(-1)];
    if (!left || !first || !last) return;
    const value = this.value({ start: first.start, end: last.end });
    const target = TARGET.exec(this.flat.at(left));
    const header = (target?.[1] ?? target?.[2])?.toLowerCase();
    if (header === ORIGIN) this.origin = merged(this.origin, value.kind === 'origin' ? this.override() : UNREAD);
    else if (header !== undefined) this.others.add(header);
    const variable = VARIABLE.exec(this.flat.at(left))?.[1];
    if (variable !== undefined) this.assign(variable, value);
  }

  /** A variable that a guard may change is known only where both ways lead to the same. */
  private assign(name: string, value: Variable): void {
    const before = this.variables.get(name);
    const certain = this.guards.length === 0 || before === undefined || (before.kind === 'origin' && value.kind === 'origin');
    this.variables.set(name, certain ? value : { kind: 'other' });
  }

  /** What the caller's origin is set under: nothing but its being there, one list, or something else. */
  private override(): Override {
    const [guard, more] = this.guards.filter(({ kind }) => kind !== 'given');
    if (!guard) return { kind: 'reflect' };
    if (more || guard.kind !== 'among') return UNREAD;
    return guard.patterns.some(isAnything) ? { kind: 'reflect', listed: true } : { kind: 'echo', among: guard.patterns };
  }

  private value(range: Range): Variable {
    const text = this.flat.at(range);
    if (text.startsWith('[') && text.endsWith(']'))
      return { kind: 'list', items: splitRange(this.flat.text, { start: range.start + 1, end: range.end - 1 }, ',') };
    // "$origin" is the variable's text.
    const bare = /^"\$[^"]*"$/.test(text) ? text.slice(1, -1) : text;
    if (DIRECT.test(bare)) return { kind: 'origin' };
    const name = VARIABLE.exec(bare)?.[1];
    return (name === undefined ? undefined : this.variables.get(name)) ?? { kind: 'other' };
  }

  private guard(range: Range, depth = 0): Guard {
    if (depth > MAX_DEPTH) return { kind: 'other' };
    const terms = splitRange(this.flat.text, range, '||').map((term) => this.term(term, depth));
    const [only, second] = terms;
    if (only && !second) return only;
    const among = terms.flatMap((term) => (term.kind === 'among' ? term.patterns : []));
    return terms.every(({ kind }) => kind === 'among') ? { kind: 'among', patterns: among } : { kind: 'other' };
  }

  private term(range: Range, depth: number): Guard {
    const text = this.flat.at(range);
    if (text.startsWith('(') && text.endsWith(')'))
      return this.guard(trim(this.flat.text, { start: range.start + 1, end: range.end - 1 }), depth + 1);
    if (this.isOrigin(VARIABLE.exec(text)?.[1], DIRECT.test(text))) return { kind: 'given' };
    const contains = CONTAINS.exec(text);
    const list = contains ? this.variables.get(contains[1] ?? '') : undefined;
    if (contains && list?.kind === 'list' && this.isOrigin(contains[2], contains[2] === undefined))
      return { kind: 'among', patterns: list.items.map((item) => this.pattern('exact', inside(item))) };
    const compared = CALL.exec(text) ?? EQUAL.exec(text);
    if (!compared || !this.isOrigin(compared[1], compared[1] === undefined)) return { kind: 'other' };
    const [start, end] = compared.indices?.[3] ?? compared.indices?.[4] ?? [0, 0];
    return this.comparison((compared[2] ?? '').toLowerCase(), { start: range.start + start, end: range.start + end });
  }

  private comparison(operator: string, range: Range): Guard {
    const isEmpty = range.start === range.end;
    if (operator === '!=' || operator === 'ne') return { kind: isEmpty ? 'given' : 'other' };
    if (isEmpty && operator !== 'matches') return { kind: 'missing' };
    return { kind: 'among', patterns: [this.pattern(operator === 'matches' ? 'regex' : 'exact', range)] };
  }

  private isOrigin(name: string | undefined, direct: boolean): boolean {
    return direct || (name !== undefined && this.variables.get(name)?.kind === 'origin');
  }

  private pattern(match: OriginPattern['match'], range: Range): OriginPattern {
    const text = this.flat.slice(range);
    const { from } = text;
    const value: Value<string> =
      text.kind === 'scalar'
        ? known(String(text.value), from)
        : { kind: 'unknown', why: text.why, from, ...(text.parts && { pieces: piecesOf(text.parts) }) };
    return { match, text: value };
  }
}

/** Without its quotes. */
const inside = ({ start, end }: Range): Range => ({ start: Math.min(start + 1, end), end: Math.max(end - 1, start) });

const isAnything = ({ match, text }: OriginPattern): boolean => match === 'regex' && text.kind === 'known' && ANYTHING.has(text.value);

/** Two places that set the header: each may be the one that is met. */
function merged(before: Override | undefined, next: Override): Override {
  if (!before || before.kind === 'none') return next;
  if (before.kind === 'echo' && next.kind === 'echo') return { kind: 'echo', among: [...before.among, ...next.among] };
  return before.kind === 'unknown' ? before : next.kind === 'unknown' ? next : { kind: 'reflect' };
}
