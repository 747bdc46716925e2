import { MAX_DEPTH, MAX_VALUES, TOO_DEEP } from '../../../source/limits.ts';
import type { Computed, Located, LocatedEntry, LocatedScalar, SyntaxProblem } from '../../../source/located.ts';
import type { DocPath, Location } from '../../../source/location.ts';
import { itemsOf, unknown, type ObjectVal, type Site, type Val } from './value.ts';

/** A map into which something unknown is spread: which keys it has is not known, but for these. */
export interface PartlyComputed extends Computed {
  /** In the order written. Those that may have been overwritten are computed themselves. */
  readonly known?: ReadonlyMap<string, LocatedEntry>;
}

const TOO_MANY = 'it grows to more than 500,000 values';

interface Placed {
  readonly located: Located;
  /** Values in it. */
  readonly size: number;
  /** Lists and maps in it, within each other. */
  readonly height: number;
}

/**
 * Values as the document that the framework is handed. What several names share is one node here too, and its path is
 * that of its first use; it counts at each use, since whoever walks the tree meets it at each.
 */
export class Locator {
  readonly problems: SyntaxProblem[] = [];
  private readonly placed = new Map<Val, Placed>();
  private readonly open = new Set<Val>();
  private size = 0;
  private deepest = 0;

  locate(val: Val, path: DocPath = [], depth = 0): Located {
    if (this.size >= MAX_VALUES) return this.excess(val, path, TOO_MANY);
    if (depth > MAX_DEPTH) return this.excess(val, path, TOO_DEEP);
    const placed = this.placed.get(val);
    if (placed) return this.again(val, placed, path, depth);
    if (this.open.has(val)) return computed(val.site, path, { why: 'it contains itself' });
    const { size, deepest } = this;
    this.deepest = depth;
    this.size += 1;
    this.open.add(val);
    const located = this.place(val, path, depth);
    this.open.delete(val);
    this.placed.set(val, { located, size: this.size - size, height: this.deepest - depth });
    this.deepest = Math.max(deepest, this.deepest);
    return located;
  }

  private again(val: Val, { located, size, height }: Placed, path: DocPath, depth: number): Located {
    if (depth + height > MAX_DEPTH) return this.excess(val, path, TOO_DEEP);
    if (this.size + size > MAX_VALUES) return this.excess(val, path, TOO_MANY);
    this.size += size;
    this.deepest = Math.max(this.deepest, depth + height);
    return located;
  }

  private place(val: Val, path: DocPath, depth: number): Located {
    switch (val.kind) {
      case 'constant':
        return scalar(val.site, path, val.value ?? null);
      case 'unknown':
        return computed(val.site, path, { why: val.why, ...(val.pieces && { pieces: val.pieces }) });
      case 'list': {
        const items = itemsOf(val);
        if (typeof items === 'string') return computed(val.site, path, { why: items });
        return {
          kind: 'list',
          ...written(val.site, path),
          plain: false,
          items: items.map((item, i) => this.locate(item, [...path, i], depth + 1)),
        };
      }
      case 'object':
        return this.object(val, path, depth);
    }
  }

  private object(val: ObjectVal, path: DocPath, depth: number): Located {
    const { whole, keys } = val.changes;
    if (whole !== undefined) return computed(val.site, path, { why: whole });
    const { entries: held, open } = val.shape();
    if (held.has('toJSON')) return computed(val.site, path, { why: 'it says itself what becomes of it in JSON' });
    const entries = new Map<string, LocatedEntry>();
    const put = (name: string, key: Site, value: Val): void => {
      const inner = [...path, name];
      // JSON leaves it out, and so does the framework.
      if (value.kind === 'constant' && value.value === undefined) return;
      entries.set(name, { key: locationOf(key, inner), value: this.locate(value, inner, depth + 1) });
    };
    for (const [name, { key, value }] of held) if (!keys.has(name)) put(name, key, value());
    for (const [name, { site, why }] of keys) put(name, held.get(name)?.key ?? site, unknown(why, site));
    if (open === undefined) return { kind: 'map', ...written(val.site, path), plain: false, entries };
    return computed(val.site, path, { why: open, known: entries });
  }

  private excess(val: Val, path: DocPath, text: string): Located {
    if (this.problems.length === 0) this.problems.push({ at: locationOf(val.site, path), kind: 'too-large', text });
    return computed(val.site, path, { why: text });
  }
}

const locationOf = ({ file, start, end }: Site, path: DocPath): Location => ({ file, path, start, end });

const written = (site: Site, path: DocPath): { readonly at: Location; readonly source: string } => ({
  at: locationOf(site, path),
  source: site.file.text.slice(site.start, site.end),
});

const scalar = (site: Site, path: DocPath, value: LocatedScalar['value']): LocatedScalar => ({
  kind: 'scalar',
  ...written(site, path),
  plain: typeof value !== 'string',
  value,
});

const computed = (site: Site, path: DocPath, how: PartlyComputed): LocatedScalar => ({
  kind: 'scalar',
  ...written(site, path),
  plain: true,
  value: null,
  computed: how,
});
