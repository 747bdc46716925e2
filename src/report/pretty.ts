import type { Finding, Label } from '../finding.ts';
import { positionAt } from '../source/lines.ts';
import type { Location } from '../source/location.ts';
import { bar, frame, lastLine, type Look } from './frame.ts';
import { paintOf, STYLES, type Paint } from './paint.ts';
import { unsuppressed, type Report } from './report.ts';
import { hidden, summary } from './summary.ts';
import { bareMessageOf, conditionsOf, kindOf, plural, shortPath, visible } from './text.ts';

/** The lines that are shown around the place itself. Around the others, none are. */
const BEFORE = 2;
const AFTER = 1;

/** The other places that are shown with a finding. */
const MOST_RELATED = 6;

/** For people who want to see the code: each finding with its lines, and with those of the trail that led there. */
export function pretty(given: Report): string {
  const report = unsuppressed(given);
  const findings = report.files.flatMap((file) => file.findings);
  if (findings.length === 0) return hidden(report);
  const paint = paintOf(report);
  const explained = new Set<string>();
  const blocks = findings.map((finding) => {
    const isNew = !explained.has(finding.rule);
    explained.add(finding.rule);
    return block(finding, isNew, report.cwd, paint).map((line) => `${line}\n`);
  });
  return `\n${blocks.map((lines) => `${lines.join('')}\n`).join('')}${summary(report, paint)}${hidden(report)}`;
}

/** The message, the place, the other places, and what else is to be known. A rule's page is named where the rule first appears. */
function block(finding: Finding, isNew: boolean, cwd: string, paint: Paint): string[] {
  const { primary, rule } = finding;
  const kind = kindOf(finding);
  const [framed, said] = othersOf(finding);
  const gutter = String(Math.max(lastLine(primary, AFTER), ...framed.map(({ at }) => lastLine(at, 0)))).length;
  const look: Look = { before: BEFORE, after: AFTER, sign: '^', style: STYLES[kind], gutter, paint };
  const arrow = (at: Location): string => `${' '.repeat(gutter)}${paint('dim', '-->')} ${placeOf(at, cwd)}`;
  const remarks = [...said, ...remarksOf(finding), ...(isNew ? [`why: cors-lint explain ${rule}`] : [])];
  return [
    `${paint(STYLES[kind], `${kind}[${rule}]`)}: ${paint('bold', bareMessageOf(finding))}`,
    arrow(primary),
    // A file that could not be read has no lines.
    ...(primary.file.text === '' ? [] : [bar(look), ...frame(primary, look)]),
    ...framed.flatMap(({ at, text }) => [
      `${arrow(at)}: ${visible(text)}`,
      ...frame(at, { ...look, before: 0, after: 0, sign: '-', style: 'cyan' }),
    ]),
    ...(remarks.length > 0 ? [bar(look), ...remarks.map((remark) => `${' '.repeat(gutter)} ${paint('dim', '=')} ${remark}`)] : []),
  ];
}

/** The other places: those with lines of their own, and what is said of the line that is shown already. */
function othersOf({ primary, related }: Finding): readonly [Label[], string[]] {
  const keyOf = ({ at, text }: Label): string => `${at.file.path}\0${at.start}\0${text}`;
  const labels = [...new Map(related.map((label) => [keyOf(label), label])).values()];
  const isHere = ({ at: { file, start } }: Label): boolean =>
    file.text === '' || (file === primary.file && positionAt(file, start).line === positionAt(file, primary.start).line);
  const elsewhere = labels.filter((label) => !isHere(label));
  const more = elsewhere.length - MOST_RELATED;
  const said = [...new Set(labels.filter(isHere).map(({ text }) => visible(text)))];
  return [elsewhere.slice(0, MOST_RELATED), more > 0 ? [...said, `and ${plural(more, 'more place')}`] : said];
}

function remarksOf(finding: Finding): string[] {
  const conditions = conditionsOf(finding);
  const { fix } = finding;
  return [...(conditions === '' ? [] : [conditions]), ...(fix ? [`fix (${fix.safety}): ${visible(fix.title)}`] : [])];
}

/** 'serverless.yml:12:3', which terminals and editors open. */
function placeOf({ file, start }: Location, cwd: string): string {
  const { line, column } = positionAt(file, start);
  return `${shortPath(file.path, cwd)}:${line}:${column}`;
}
