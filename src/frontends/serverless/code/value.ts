import type { SourceFile } from '../../../source/location.ts';

/**
 * What an expression is before anything is made of it: known, or unknown and why. Objects and lists look into
 * themselves only when asked, so that what a program changes later is marked before anyone sees it, and two names of
 * one object are one object here too.
 */
export type Val = Constant | ObjectVal | ListVal | Unknown;

/** The characters that a value is written in. */
export interface Site {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

export interface Constant {
  readonly kind: 'constant';
  readonly site: Site;
  readonly value: string | number | boolean | null | undefined;
}

export interface ObjectVal {
  readonly kind: 'object';
  readonly site: Site;
  readonly shape: () => Shape;
  readonly changes: Changes;
}

/** What an object holds. */
export interface Shape {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Why other keys may be in it too; undefined: there are none. */
  readonly open: string | undefined;
}

export interface Entry {
  readonly key: Site;
  readonly value: () => Val;
}

export interface ListVal {
  readonly kind: 'list';
  readonly site: Site;
  /** A string where not even their number is known, and why. */
  readonly items: () => readonly Val[] | string;
  readonly changes: Changes;
}

export interface Unknown {
  readonly kind: 'unknown';
  readonly site: Site;
  /** Ends the sentence "not known before deployment: …". */
  readonly why: string;
  /** The literal pieces of a string, null for what is not known. */
  readonly pieces?: readonly (string | null)[];
  /** It is one of these. */
  readonly among?: readonly Val[];
  /** What its properties are, where there is more to say than `why`. */
  readonly member?: (key: string, site: Site) => Val;
}

/** What a program does to an object after writing it: nothing here runs, so what it touches is unknown. */
export interface Changes {
  whole: string | undefined;
  /** So is all that can be reached from it. */
  deep: boolean;
  readonly keys: Map<string, { readonly site: Site; readonly why: string }>;
}

export const constant = (value: Constant['value'], site: Site): Constant => ({ kind: 'constant', site, value });

export const unknown = (why: string, site: Site, more: Pick<Unknown, 'pieces' | 'among' | 'member'> = {}): Unknown => ({
  kind: 'unknown',
  why,
  site,
  ...more,
});

export const object = (site: Site, shape: () => Shape, changes = unchanged()): ObjectVal => ({
  kind: 'object',
  site,
  shape: lazily(shape, (open) => ({ entries: new Map(), open })),
  changes,
});

export const list = (site: Site, items: () => readonly Val[] | string, changes = unchanged()): ListVal => ({
  kind: 'list',
  site,
  items: lazily<readonly Val[] | string>(items, (why) => why),
  changes,
});

export const unchanged = (): Changes => ({ whole: undefined, deep: false, keys: new Map() });

/** Spreads of spreads of … deeper than this are given up, before the stack is. */
const MAX_SPREADS = 200;
let spreads = 0;

/** Made when first asked for, and once. `instead` is asked where it would need itself, or too many others. */
function lazily<T>(make: () => T, instead: (why: string) => T): () => T {
  let made: { readonly value: T } | undefined;
  let making = false;
  return () => {
    if (made) return made.value;
    if (making) return instead('it contains itself');
    if (spreads >= MAX_SPREADS) return instead('its spreads are nested too deeply');
    making = true;
    spreads += 1;
    try {
      made = { value: make() };
    } finally {
      spreads -= 1;
      making = false;
    }
    return made.value;
  };
}

/** The items, or why they are not known. */
export function itemsOf(val: ListVal): readonly Val[] | string {
  return val.changes.whole ?? val.items();
}

/** Where JavaScript would stop, or answer with a method, the result is unknown too. */
export function property(val: Val, key: string, site: Site, optional = false): Val {
  switch (val.kind) {
    case 'object':
      return ofObject(val, key, site);
    case 'list':
      return ofList(val, key, site);
    case 'unknown':
      return val.member?.(key, site) ?? unknown(val.why, site);
    case 'constant':
      if (val.value !== null && val.value !== undefined) return unknown(`\`${key}\` of a ${typeof val.value} is computed`, site);
      return optional ? constant(undefined, site) : unknown(`it reads \`${key}\` of ${String(val.value)}`, site);
  }
}

function ofObject(val: ObjectVal, key: string, site: Site): Val {
  const changed = val.changes.whole ?? val.changes.keys.get(key)?.why;
  if (changed !== undefined) return unknown(changed, site);
  const { entries, open } = val.shape();
  const entry = entries.get(key);
  if (entry) return entry.value();
  if (open !== undefined) return unknown(open, site);
  return key in Object.prototype ? unknown(`\`${key}\` is a method of every object`, site) : constant(undefined, site);
}

function ofList(val: ListVal, key: string, site: Site): Val {
  const items = itemsOf(val);
  if (typeof items === 'string') return unknown(items, site);
  if (key === 'length') return constant(items.length, site);
  const index = /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : undefined;
  return index === undefined ? unknown(`\`${key}\` of a list is computed`, site) : (items[index] ?? constant(undefined, site));
}

/** The same, whatever is changed later: what is there to be changed. */
export function held(val: Val, key: string, site: Site): Val {
  if (val.kind === 'object') return val.shape().entries.get(key)?.value() ?? constant(undefined, site);
  if (val.kind === 'unknown' && val.among) return unknown(val.why, site, { among: val.among.map((one) => held(one, key, site)) });
  const items = val.kind === 'list' ? val.items() : undefined;
  return typeof items === 'object' ? (items[Number(key)] ?? constant(undefined, site)) : property(val, key, site, true);
}

/** As `if` takes it; undefined where that is not known. */
export function truth(val: Val): boolean | undefined {
  if (val.kind === 'constant') return Boolean(val.value);
  if (val.kind !== 'unknown') return true;
  return val.pieces?.some((piece) => piece !== null && piece !== '') === true ? true : undefined;
}

/** Neither null nor undefined; undefined where that is not known. */
export function given(val: Val): boolean | undefined {
  if (val.kind === 'constant') return val.value !== null && val.value !== undefined;
  return val.kind !== 'unknown' || val.pieces !== undefined ? true : undefined;
}
