import type { Finding } from '../finding.ts';
import type { Lifted } from '../lint.ts';
import { listed } from '../model/names.ts';
import { Changes, changedDefaults, type Default } from './changes.ts';
import { canonical } from './canonical.ts';
import { findingOf, inOrder, type Difference } from './difference.ts';
import { isUnseen, removed, renamed, replaced, type Sides } from './impacts.ts';
import { livenessOf } from './live.ts';
import { pairsOf, type Pair, type Placed, type Side } from './pairs.ts';
import { ask, type Asked } from './requests.ts';
import { nameOf } from './texts.ts';

export type { Side } from './pairs.ts';

export interface DiffOptions {
  /** Pages of these are asked from as well. */
  readonly origins: readonly string[];
}

/** What a deployment changes for browsers, and how much was looked at. */
export interface Compared {
  /** The worst first. */
  readonly findings: readonly Finding[];
  readonly apis: number;
  readonly requests: number;
  /** What was not compared, and why: whole sentences without a full stop. */
  readonly unseen: readonly string[];
}

/** Two versions of what is deployed → what that changes for browsers. */
export function diff(before: Side, after: Side, options: DiffOptions): Compared {
  return new Comparison({ before, after }, options, []).compared();
}

/** The parameters of one document whose defaults differ, for `withDefaults`. */
export const defaultsOf = (before: Side, after: Side): readonly Default[] =>
  documentsOf(before, after).flatMap(([old, now]) => changedDefaults(old, now));

/**
 * What comes on top where the deploy takes the new defaults: `before` and `after` are lifted with the old and the new ones. What the
 * ordinary comparison says already is left out.
 */
export function diffDefaults(sides: Sides, plain: Sides, defaults: readonly Default[], options: DiffOptions): readonly Finding[] {
  return new Comparison(sides, options, defaults, plain).compared().findings;
}

const documentsOf = (before: Side, after: Side): readonly (readonly [Lifted, Lifted])[] => {
  const [one, other] = [before.lifted[0], after.lifted[0]];
  if (one && other && before.lifted.length === 1 && after.lifted.length === 1) return [[one, other]];
  const way = ({ path }: Lifted, { folder }: Side): string => path.slice(folder.length);
  return before.lifted.flatMap((old) => {
    const now = after.lifted.find((candidate) => way(candidate, after) === way(old, before));
    return now ? [[old, now] as const] : [];
  });
};

class Comparison {
  private readonly changes = new Map<Lifted, Changes>();
  private readonly sides: Sides;
  private readonly options: DiffOptions;
  private readonly defaults: readonly Default[];
  /** The same documents, lifted without any value for the parameters: a hash is one of what is written. */
  private readonly written: Sides;
  private several = false;

  constructor(sides: Sides, options: DiffOptions, defaults: readonly Default[], written = sides) {
    this.sides = sides;
    this.options = options;
    this.defaults = defaults;
    this.written = written;
  }

  compared(): Compared {
    const { before, after } = this.sides;
    const { kept, renamed: moved, removed: gone, added } = pairsOf(before, after);
    const found: Difference[] = [...moved.map((pair) => renamed(pair, this.sides)), ...gone.map((one) => removed(one, this.sides))];
    this.several = kept.length + moved.length > 1;
    const unseen = [...this.unseenOf(gone)];
    let requests = 0;
    for (const pair of [...kept, ...moved]) {
      const asked = this.ofPair(pair, moved.includes(pair));
      found.push(...asked.differences);
      requests += asked.requests;
      if (!asked.isWhole) unseen.push(`not all of ${nameOf(pair.after.api)} was compared: it would take more requests than are made`);
    }
    const apis = kept.length + moved.length + gone.length + added.length;
    return { findings: inOrder(found.map(findingOf)), apis, requests, unseen };
  }

  private unseenOf(gone: readonly Placed[]): readonly string[] {
    const { before, after } = this.sides;
    const missing = [before, after].flatMap(({ label, lifted }) =>
      lifted.flatMap(({ model }) =>
        model.problems.flatMap((one) =>
          one.kind === 'unresolved' && one.missing === 'file' ? [`${label}: ${one.text}, so what it holds was not compared`] : [],
        ),
      ),
    );
    const nested = gone.filter((one) => isUnseen(one, this.sides)).map(({ api }) => api.name);
    return [
      ...new Set(missing),
      ...(missing.length === 0 && nested.length > 0
        ? [`not compared: ${listed(nested, 3)}, of nested stacks whose templates are not at hand in ${after.label}`]
        : []),
    ];
  }

  private ofPair(pair: Pair, isMoved: boolean): Asked {
    const { before, after } = pair;
    const changes = this.changesOf(pair);
    const anew = isMoved ? [] : replaced(pair, changes, this.sides);
    const isNew = isMoved || anew.length > 0;
    const { isLive, differences } = isNew ? { isLive: true, differences: [] } : livenessOf(pair, changes, this.defaults);
    // Whatever is alike in all that browsers see needs no asking.
    if (canonical(before.api) === canonical(after.api)) return { differences: [...anew, ...differences], requests: 0, isWhole: true };
    const asked = ask(pair, {
      origins: this.options.origins,
      later: this.laterOf(isLive),
      where: this.sides.before.where,
      of: this.several ? ` of \`${after.api.name}\`` : '',
    });
    const settings = settingsOf(pair, this.laterOf(isLive));
    return { ...asked, differences: [...anew, ...differences, ...settings, ...asked.differences] };
  }

  private laterOf(isLive: boolean): string {
    const names = this.defaults.map(({ name, shown }) => `\`${name}\`${shown}`).join(' and ');
    if (this.defaults.length > 0)
      return `if the deploy takes the new default of ${names}${isLive ? '' : ', and once there is a new Deployment'}: `;
    return isLive ? '' : 'once there is a new Deployment: ';
  }

  private changesOf({ before, after }: Pair): Changes {
    const known = this.changes.get(after.document);
    if (known) return known;
    const written = (side: Side, { path }: Lifted, otherwise: Lifted): Lifted => side.lifted.find((one) => one.path === path) ?? otherwise;
    const made = new Changes(
      written(this.written.before, before.document, before.document),
      written(this.written.after, after.document, after.document),
    );
    this.changes.set(after.document, made);
    return made;
  }
}

/** The CORS settings of an HTTP API of which no route is seen: those of other stacks meet them all the same. */
function settingsOf({ before, after }: Pair, later: string): readonly Difference[] {
  const [old, now] = [before.api, after.api];
  if (now.target !== 'http' || [old, now].some(({ resources }) => resources.length > 0)) return [];
  const told = { data: { later, name: nameOf(now) }, related: [], weak: later !== '', api: now.name, subjects: [] };
  if (old.managed && !now.managed) return [{ kind: 'diff-cors-lost', message: 'settings', at: now.at, ...told }];
  if (now.managed && !old.managed) return [{ kind: 'diff-cors-gained', message: 'settings', at: now.managed.at, ...told }];
  return [];
}
