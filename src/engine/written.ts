import type { Finding } from '../finding.ts';
import type { WrittenSuppression } from '../model/written.ts';
import type { Location } from '../source/location.ts';
import { nearest } from '../value/nearest.ts';
import { sorted } from './merge.ts';
import { own } from './own.ts';
import { REPORTER, type Settling } from './settle.ts';

/** The findings of one document with those marked that its own metadata suppresses, and with what is wrong with these suppressions. */
export function settleWritten(
  findings: readonly Finding[],
  suppressions: readonly WrittenSuppression[],
  { known, ran, reporter }: Omit<Settling, 'comments'>,
): readonly Finding[] {
  if (suppressions.length === 0) return findings;
  const used = new Set<WrittenSuppression>();
  const mark = (finding: Finding): Finding => {
    const by = suppressions.filter((one) => one.id === finding.rule && one.covers.some((stretch) => holds(stretch, finding.primary)));
    for (const one of by) used.add(one);
    const [first] = by;
    return first ? { ...finding, suppressed: { at: first.at, reason: first.reason } } : finding;
  };
  const marked = findings.map(mark);
  if (!reporter) return marked;
  const reports = suppressions.flatMap(({ at, id, wrong }) => {
    if (wrong !== undefined || id === undefined) return own(reporter, 'malformed', { text: wrong ?? 'an entry lacks its `id`' }, at);
    return known.has(id) ? [] : own(reporter, 'unknown-rule', { rule: id, meant: meant(id, known) }, at);
  });
  const idle = suppressions
    .filter((one) => one.id !== undefined && one.id !== REPORTER && ran?.ids.has(one.id) && !used.has(one))
    .flatMap(({ at, id }) => own(reporter, 'unused', { rules: `\`${id}\``, where: 'here' }, at));
  return sorted([...marked, ...[...reports, ...idle].map(mark)]);
}

/** Whether a place begins in a stretch of its file. */
const holds = ({ file, start, end }: Location, place: Location): boolean =>
  file.path === place.file.path && start <= place.start && (place.start < end || place.start === start);

function meant(id: string, known: ReadonlySet<string>): string {
  const near = nearest(id, [...known]);
  return near === undefined ? '' : ` (did you mean \`${near}\`?)`;
}
