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
  readonly parts: Parts;
}

/** The values that a literal is written with, whatever comes of them. Several objects may hold one. */
export type Parts = () => readonly Val[];

/** What an object holds. */
export interface Shape {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Why other keys may be in it too; undefined: there are none. */
  readonly open: string | undefined;
  /** What those other keys come from, or may hold. */
  readonly loose: readonly Val[];
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
  readonly parts: Parts;
}

export interface Unknown {
  readonly kind: 'unknown';
  readonly site: Site;
  /** Ends the sentence "not known before deployment: …". */
  readonly why: string;
  /** The literal pieces of a string, null for what is not known. */
  readonly pieces?: readonly (string | null)[];
  /** It is one of these, unless there is a `maybe`. */
  readonly among?: readonly Val[];
  /** It may be one of these, or a part of one, or have one for a part; and it may be something else. */
  readonly maybe?: Parts;
  /** What its properties are, where there is more to say than `why`. */
  readonly member?: (key: string, site: Site) => Val;
}

/** What a program does to an object after writing it: nothing here runs, so what it touches is unknown. */
export interface Changes {
  whole: string | undefined;
  /** So is all that can be reached from it. */
  deep: boolean;
  readonly keys: Map<string, { readonly site: Site; readonly why: string; readonly added: Map<object, Parts> }>;
  /** What is put under keys that are not known, by what does so. */
  readonly added: Map<object, Parts>;
}

export const constant = (value: Constant['value'], site: Site): Constant => ({ kind: 'constant', site, value });

export const unknown = (why: string, site: Site, more: Pick<Unknown, 'pieces' | 'among' | 'maybe' | 'member'> = {}): Unknown => ({
  kind: 'unknown',
  why,
  site,
  ...more,
});

/** What comes with a literal: what is done to it later, and what it is written with. */
export interface Origin {
  readonly changes: Changes;
  readonly parts: Parts;
}

export const object = (site: Site, shape: () => Shape, { changes, parts } = written()): ObjectVal => ({
  kind: 'object',
  site,
  shape: lazily(shape, (open) => ({ entries: new Map(), open, loose: [] })),
  changes,
  parts,
});

export const list = (site: Site, items: () => readonly Val[] | string, { changes, parts } = written()): ListVal => ({
  kind: 'list',
  site,
  items: lazily<readonly Val[] | string>(items, (why) => why),
  changes,
  parts,
});

export const unchanged = (): Changes => ({ whole: undefined, deep: false, keys: new Map(), added: new Map() });

const written = (): Origin => ({ changes: unchanged(), parts: () => [] });

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

/** What a change to that part of it changes: more, where that is not known. */
export function held(val: Val, key: string, site: Site): Val {
  switch (val.kind) {
    case 'object':
      return val.changes.deep ? within(val, site) : heldByObject(val, key, site);
    case 'list': {
      const items = val.items();
      const item = typeof items === 'string' ? undefined : items[Number(key)];
      if (val.changes.deep) return within(val, site);
      return item && val.changes.whole === undefined ? item : unknown('', site, { among: item ? [item] : [], maybe: () => reach(val) });
    }
    case 'unknown': {
      const { among, maybe, member } = val;
      const more = among && !maybe ? {} : { maybe: maybe ?? (() => []) };
      return member?.(key, site) ?? unknown('', site, { among: (among ?? []).map((one) => held(one, key, site)), ...more });
    }
    case 'constant':
      return constant(undefined, site);
  }
}

function heldByObject({ shape, changes }: ObjectVal, key: string, site: Site): Val {
  const { entries, open, loose } = shape();
  const entry = entries.get(key)?.value() ?? (open === undefined ? constant(undefined, site) : unknown('', site, { maybe: () => loose }));
  const put = [changes.keys.get(key)?.added, changes.added].filter((added) => added !== undefined && added.size > 0);
  return put.length === 0
    ? entry
    : unknown('', site, { among: [entry], maybe: () => put.flatMap((added) => (added ? addedTo(added) : [])) });
}

const within = (val: Val, site: Site): Unknown => unknown('', site, { maybe: () => [val] });

/** What can be reached from a value in one step, and perhaps more. */
export function reach(val: Val): readonly Val[] {
  switch (val.kind) {
    case 'constant':
      return [];
    case 'unknown':
      return [...(val.among ?? []), ...(val.maybe?.() ?? [])];
    case 'object': {
      const entries = [...val.shape().entries.values()].map(({ value }) => value());
      const put = [...val.changes.keys.values()].flatMap(({ added }) => addedTo(added));
      return [...entries, ...put, ...val.parts(), ...addedTo(val.changes.added)];
    }
    case 'list': {
      const items = val.items();
      return [...(typeof items === 'string' ? [] : items), ...val.parts(), ...addedTo(val.changes.added)];
    }
  }
}

const addedTo = (added: ReadonlyMap<object, Parts>): readonly Val[] => [...added.values()].flatMap((parts) => parts());

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
