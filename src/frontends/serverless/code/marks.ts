import type { Change } from './changes.ts';
import { unchanged, type Changes, type Site, type Val } from './value.ts';

/**
 * What is known to be changed later, by what it is written as: so it is still known when everything is worked out
 * again with all changes in mind.
 */
export class Marks {
  /** How many there are. */
  count = 0;
  private readonly changes = new Map<object, Changes>();

  /** `key` stands for what makes the object: its literal, or its module. */
  readonly of = (key: object): Changes => {
    const known = this.changes.get(key);
    if (known) return known;
    const made = unchanged();
    this.changes.set(key, made);
    return made;
  };

  add(val: Val, part: Change['part'], site: Site, why: string): void {
    if (part === 'anything in it') return this.addThrough(val, why);
    if (val.kind === 'unknown') for (const one of val.among ?? []) this.add(one, part, site, why);
    if (val.kind === 'object' && part !== 'any key') this.addKey(val.changes, part.key, site, why);
    else if (val.kind === 'object' || val.kind === 'list') this.addWhole(val.changes, why);
  }

  private addKey({ keys }: Changes, key: string, site: Site, why: string): void {
    if (keys.has(key)) return;
    keys.set(key, { site, why });
    this.count += 1;
  }

  private addWhole(changes: Changes, why: string): void {
    if (changes.whole !== undefined) return;
    changes.whole = why;
    this.count += 1;
  }

  /** Each object once, however it is reached. */
  private addThrough(root: Val, why: string): void {
    const stack = [root];
    for (let val = stack.pop(); val; val = stack.pop()) {
      if (val.kind === 'unknown') stack.push(...(val.among ?? []));
      if ((val.kind !== 'object' && val.kind !== 'list') || val.changes.deep) continue;
      val.changes.deep = true;
      this.addWhole(val.changes, why);
      if (val.kind === 'object') for (const { value } of val.shape().entries.values()) stack.push(value());
      else {
        const items = val.items();
        if (typeof items !== 'string') for (const item of items) stack.push(item);
      }
    }
  }
}
