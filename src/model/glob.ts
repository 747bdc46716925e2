/**
 * Whether a path matches a glob, case aside: `*` and `?` within a segment, `**` any number of segments, none included,
 * so that `a/**` matches `a` too. Slashes at the ends do not count. Bounded by the product of both lengths, whatever the pattern.
 */
export const matchesGlob = (path: string, glob: string): boolean =>
  holdsWords(path.toLowerCase(), glob.toLowerCase()) && wild(segmentsOf(path), segmentsOf(glob), '**', fits);

/** Most globs have some word between their wildcards, and most paths lack it. */
const holdsWords = (path: string, glob: string): boolean =>
  glob
    .replaceAll('*', '/')
    .replaceAll('?', '/')
    .split('/')
    .every((word) => path.includes(word));

const fits = (segment: string, part: string): boolean =>
  /[*?]/.test(part) ? wild(segment.split(''), part.split(''), '*', (letter, sign) => sign === '?' || sign === letter) : segment === part;

const segmentsOf = (path: string): string[] => path.toLowerCase().split('/').filter(Boolean);

/** Matching with a wildcard for any run: only the last one met is ever reconsidered. */
function wild(text: readonly string[], pattern: readonly string[], any: string, same: (item: string, wanted: string) => boolean): boolean {
  let [t, p, star, resume] = [0, 0, -1, 0];
  while (t < text.length) {
    const [item, wanted] = [text[t], pattern[p]];
    if (wanted === any) {
      [star, resume, p] = [p, t, p + 1];
    } else if (item !== undefined && wanted !== undefined && same(item, wanted)) {
      [t, p] = [t + 1, p + 1];
    } else if (star >= 0) {
      resume += 1;
      [t, p] = [resume, star + 1];
    } else {
      return false;
    }
  }
  return pattern.slice(p).every((rest) => rest === any);
}
