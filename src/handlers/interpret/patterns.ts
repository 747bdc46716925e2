/**
 * The regular expression as Java's String.matches reads it, where it is an allow-list: anchored at both ends, each dot that is
 * meant escaped, of what both languages read alike. Undefined for any other: nobody should rely on it.
 */
export function allowList(source: string, flags: string): string | undefined {
  if (flags.replaceAll(/[gu]/g, '') !== '' || !/^\^.*[^\\]\$$/s.test(source)) return undefined;
  const inner = source.slice(1, -1);
  return WHOLE.test(inner) && !alternates(inner) && !/(?<!\\)\.(?![*+])/.test(inner.replaceAll(/\[[^\]]*\]/g, '[]'))
    ? inner.replaceAll(String.raw`\/`, '/')
    : undefined;
}

/** Letters, escaped marks, classes, groups and their repetitions. */
const WHOLE = /^(?:[\w:/-]|\\[./:-]|\\[dw]|\.(?=[*+])|\[[^\]\\[&]+\]|\((?:\?:)?|[)|?*+]|\{\d+(?:,\d*)?\})*$/;

/** An alternative outside of brackets: `^a|b$` is anchored at one end only. */
function alternates(source: string): boolean {
  let depth = 0;
  for (const character of source.replaceAll(/\\.|\[[^\]]*\]/g, '')) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === '|' && depth === 0) return true;
  }
  return false;
}
