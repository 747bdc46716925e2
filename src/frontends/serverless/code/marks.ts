import type { Change } from './changes.ts';
import { reach, unchanged, type Changes, type Parts, type Site, type Val } from './value.ts';

/** One change to one thing. */
export interface Mark {
  readonly part: Change['part'];
  readonly by: object;
  readonly site: Site;
  readonly why: string;
  /** What is put there. */
  readonly added: Parts;
}

/**
 * What is known to be changed later, by what it is written as: so it is still known when everything is worked out
 * again with all changes in mind.
 */
export class Marks {
  /** How many there are. */
  count = 0;
  private readonly changes = new Map<object, Changes>();
  private readonly seen = new WeakSet<Val>();

  /** `key` stands for what makes the object: its literal, or its module. */
  readonly of = (key: object): Changes => {
    const known = this.changes.get(key);
    if (known) return known;
    const made = unchanged();
    this.changes.set(key, made);
    return made;
  };

  add(val: Val, mark: Mark): void {
    const { part, by, site, why, added } = mark;
    if (part === 'anything in it') return this.addThrough(val, why);
    if (val.kind === 'constant') return;
    if (val.kind === 'unknown') {
      for (const one of val.among ?? []) this.add(one, mark);
      if (val.among && !val.maybe) return;
      // What is put into something that is not known is lost from sight with it.
      for (const one of [...(val.maybe?.() ?? []), ...added()]) this.addThrough(one, why);
      return;
    }
    const { changes } = val;
    if (part === 'any key' || val.kind === 'list') this.addWhole(changes, why);
    const put = part === 'any key' || val.kind === 'list' ? changes.added : this.keyOf(changes, part.key, site, why);
    if (put.has(by)) return;
    put.set(by, added);
    this.count += 1;
    if (changes.deep) for (const one of added()) this.addThrough(one, why);
  }

  private keyOf({ keys }: Changes, key: string, site: Site, why: string): Map<object, Parts> {
    const { added } = keys.get(key) ?? { added: new Map<object, Parts>() };
    if (!keys.has(key)) keys.set(key, { site, why, added });
    return added;
  }

  private addWhole(changes: Changes, why: string): void {
    if (changes.whole !== undefined) return;
    changes.whole = why;
    this.count += 1;
  }

  /** Each thing once, however it is reached. */
  private addThrough(root: Val, why: string): void {
    const stack = [root];
    for (let val = stack.pop(); val; val = stack.pop()) {
      if (val.kind === 'constant' || this.seen.has(val)) continue;
      this.seen.add(val);
      if (val.kind !== 'unknown') {
        if (val.changes.deep) continue;
        val.changes.deep = true;
        this.addWhole(val.changes, why);
      }
      for (const one of reach(val)) stack.push(one);
    }
  }
}
