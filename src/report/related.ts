import type { Finding } from '../finding.ts';
import { positionAt } from '../source/lines.ts';
import { shortPath, visible } from './text.ts';

/** The other places that are shown with a finding. */
const MOST_RELATED = 3;

/**
 * 'see base.yml:12: its value comes from here': the first few that lie on other lines. Of a possible finding also what
 * is said of its own line: why the value is not known.
 */
export function relatedTo({ primary, related, certainty }: Finding, cwd: string): string[] {
  const placeOf = ({ file, start }: Finding['primary']): string => {
    const { line } = positionAt(file, start);
    return file === primary.file ? `line ${line}` : `${shortPath(file.path, cwd)}:${line}`;
  };
  const own = placeOf(primary);
  const lines = new Map<string, string>();
  for (const { at, text } of related) if (!lines.has(placeOf(at))) lines.set(placeOf(at), visible(text));
  return [...lines]
    .flatMap(([place, text]) => (place !== own ? [`see ${place}: ${text}`] : certainty === 'possible' ? [text] : []))
    .slice(0, MOST_RELATED);
}
