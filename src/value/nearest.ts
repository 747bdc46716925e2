/**
 * The candidate that a word was probably meant to be, by edit distance without regard to case; undefined
 * where none is near. Words are bounded, so that a hostile key costs nothing.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > 60) return undefined;
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  const written = word.toLowerCase();
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    // Lengths alone keep most candidates away.
    if (Math.abs(written.length - other.length) >= least) continue;
    const distance = editDistance(written, other);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's, with one row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
