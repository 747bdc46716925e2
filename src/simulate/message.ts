import { CHROMIUM_TEXTS } from '../browser/messages/chromium.ts';
import { MEANINGS, type Meaning } from '../browser/messages/meanings.ts';
import type { Reason } from '../browser/reasons.ts';
import { recognise, type Recognised } from '../browser/messages/recognise.ts';

/** What a pasted message of a browser's console tells and means. */
export interface Explained extends Recognised {
  readonly meanings: readonly Meaning[];
  /** The ids of the rules that may be behind it. */
  readonly rules: readonly string[];
}

/** What a pasted message tells and means; of one that is not known, the known text that shares most words with it. */
export function explained(pasted: string): Explained | { readonly nearest: string } {
  const known = recognise(pasted);
  if (!known) return { nearest: nearest(pasted) };
  const meanings = [...new Set(known.reasons.map((reason) => MEANINGS[reason]))];
  return { ...known, meanings, rules: [...new Set(meanings.flatMap(({ rules }) => rules))] };
}

/** What a reason means, by its name; undefined for what is none. */
export const meaningOf = (name: string): Meaning | undefined => (isReason(name) ? MEANINGS[name] : undefined);

const isReason = (name: string): name is Reason => Object.hasOwn(MEANINGS, name);

const words = (text: string): Set<string> =>
  new Set(
    text
      .slice(0, 4000)
      .toLowerCase()
      .match(/[a-z-]{3,40}/g),
  );

function nearest(pasted: string): string {
  const given = words(pasted);
  const share = (text: string): number => {
    const wanted = words(text);
    return [...wanted].filter((word) => given.has(word)).length / wanted.size;
  };
  return Object.values<string>(CHROMIUM_TEXTS).toSorted((a, b) => share(b) - share(a))[0] ?? '';
}
