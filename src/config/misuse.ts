import type { Rule } from '../rule.ts';
import { nearest } from '../value/nearest.ts';

/** Mistakes in the arguments or the config of the linter itself: for each a sentence for the user; exit code 2. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
  readonly sentences: readonly string[];

  constructor(...sentences: readonly [string, ...string[]]) {
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}

/** ' (did you mean X?)', or nothing. */
export function didYouMean(written: string, candidates: readonly string[]): string {
  const meant = nearest(written, candidates);
  return meant === undefined ? '' : ` (did you mean ${meant}?)`;
}

export const noSuchRule = (id: string, ids: readonly string[]): Misuse =>
  new Misuse(`there is no rule "${id}"${didYouMean(id, ids)}; \`cors-lint rules\` lists them all`);

/** Throws for an id that no rule has. */
export function refuseStrangers(ids: readonly string[], rules: readonly Rule[]): void {
  const known = rules.map(({ meta }) => meta.id);
  const stranger = ids.find((id) => !known.includes(id));
  if (stranger !== undefined) throw noSuchRule(stranger, known);
}
