import type { Located } from '../../../source/located.ts';
import { constant, itemsOf, list, object, reach, unknown, type Entry, type Shape, type Site, type Unknown, type Val } from './value.ts';

/** Spreads of spreads of … double with each step. */
const TOO_MANY = 'its spreads copy too much';

/** Puts an object together from left to right, as its literal does. */
export class ShapeBuilder {
  private readonly entries = new Map<string, Entry & { readonly turn: number }>();
  private turn = 0;
  private blurred: { readonly turn: number; readonly why: string } | undefined;
  private readonly loose: Val[] = [];
  private readonly mayCopy: (count: number) => boolean;

  constructor(mayCopy: (count: number) => boolean) {
    this.mayCopy = mayCopy;
  }

  /** A later key wins; its place among the others stays that of the first. */
  set(name: string, key: Site, value: () => Val): void {
    this.entries.set(name, { key, value, turn: this.turn });
  }

  /** Any key may have come in, from `source`: those from before are there, but perhaps with another value. */
  blur(why: string, source?: Val): void {
    this.turn += 1;
    this.blurred = { turn: this.turn, why };
    if (source) this.loose.push(source);
  }

  spread(val: Val): void {
    switch (val.kind) {
      case 'object':
        return this.spreadObject(val);
      case 'unknown':
        return this.spreadOneOf(val);
      case 'list':
        return this.blur('a list is spread into a map', val);
      case 'constant':
        // Only text has something to spread.
        if (typeof val.value === 'string' && val.value !== '') this.blur('text is spread into a map');
    }
  }

  done(): Shape {
    const { blurred, loose } = this;
    if (!blurred) return { entries: this.entries, open: undefined, loose };
    const uncertain = ({ key, value }: Entry): Entry => ({
      key,
      value: () => unknown(blurred.why, key, { among: [value()], maybe: () => loose }),
    });
    const entries = [...this.entries].map(([name, entry]): [string, Entry] => [name, entry.turn < blurred.turn ? uncertain(entry) : entry]);
    return { entries: new Map(entries), open: blurred.why, loose };
  }

  /** Entries keep their own places, and their values stay the same objects. */
  private spreadObject(val: Extract<Val, { kind: 'object' }>): void {
    const { whole, keys } = val.changes;
    if (whole !== undefined) return this.blur(whole, val);
    const { entries, open, loose } = val.shape();
    if (!this.mayCopy(entries.size + loose.length)) return this.blur(TOO_MANY, val);
    if (open !== undefined) this.blur(open);
    for (const one of loose) this.loose.push(one);
    for (const [name, { key, value }] of entries) this.set(name, key, value);
    for (const [name, { site, why }] of keys) this.set(name, site, () => unknown(why, site, { maybe: () => reach(val) }));
  }

  /** `...(condition ? { a } : {})` touches no key but `a`. */
  private spreadOneOf(val: Unknown): void {
    const keys = keysOfUnknown(val);
    if (!keys) return this.blur(val.why, val);
    for (const [name, key] of keys) {
      const before = this.entries.get(name);
      const maybe = (): readonly Val[] => [val, ...(before ? [before.value()] : [])];
      this.set(name, key, () => unknown(val.why, key, { maybe }));
    }
  }
}

const keysOfUnknown = ({ among, maybe }: Unknown): ReadonlyMap<string, Site> | undefined => (among && !maybe ? keysOf(among) : undefined);

/** The keys that spreading one of these may bring; undefined where they cannot be told. */
function keysOf(among: readonly Val[]): ReadonlyMap<string, Site> | undefined {
  const keys = new Map<string, Site>();
  for (const val of among) {
    if (val.kind === 'constant' && typeof val.value !== 'string') continue;
    const found = val.kind === 'object' ? keysOfObject(val) : val.kind === 'unknown' ? keysOfUnknown(val) : undefined;
    if (!found) return undefined;
    for (const [name, site] of found) keys.set(name, site);
  }
  return keys;
}

function keysOfObject({ changes, shape }: Extract<Val, { kind: 'object' }>): ReadonlyMap<string, Site> | undefined {
  const { entries, open } = shape();
  if (open !== undefined || changes.whole !== undefined) return undefined;
  return new Map([
    ...[...entries].map(([name, { key }]) => [name, key] as const),
    ...[...changes.keys].map(([name, { site }]) => [name, site] as const),
  ]);
}

/** The items of a list literal, spreads included, or why they cannot be counted. */
export function spreadItems(
  parts: readonly { readonly spread: boolean; readonly val: Val }[],
  mayCopy: (count: number) => boolean,
): readonly Val[] | string {
  const items: Val[] = [];
  for (const { spread, val } of parts) {
    if (!spread) items.push(val);
    else if (val.kind === 'unknown') return val.why;
    else if (val.kind !== 'list') return 'something that is no list is spread into it';
    else {
      const inner = itemsOf(val);
      if (typeof inner === 'string') return inner;
      if (!mayCopy(inner.length)) return TOO_MANY;
      for (const item of inner) items.push(item);
    }
  }
  return items;
}

/** A JSON file's value. */
export function fromLocated(located: Located): Val {
  const site: Site = located.at;
  switch (located.kind) {
    case 'scalar':
      return located.computed ? unknown(located.computed.why, site) : constant(located.value, site);
    case 'list': {
      const items = located.items.map(fromLocated);
      return list(site, () => items);
    }
    case 'map': {
      const entries = new Map(
        [...located.entries].map(([name, { key, value }]): [string, Entry] => {
          const val = fromLocated(value);
          return [name, { key, value: () => val }];
        }),
      );
      return object(site, () => ({ entries, open: undefined, loose: [] }));
    }
  }
}
