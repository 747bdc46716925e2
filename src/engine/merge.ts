import type { Finding, Label } from '../finding.ts';
import { listed } from '../model/names.ts';
import type { Edit } from '../source/edit.ts';
import type { Location } from '../source/location.ts';
import type { Draft } from './draft.ts';
import { covers, unite } from './worlds.ts';

/** So many other places does a finding name; a person reads no more. */
const MAX_RELATED = 5;

/** One draft for each fault: those that differ in their subject and worlds alone are the same one, met several times. */
export function merge(drafts: readonly Draft[]): Draft[] {
  const merged = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = JSON.stringify([ruleOf(draft), placeOf(draft.primary), draft.messageId, draft.certainty, draft.data]);
    const other = merged.get(key);
    merged.set(key, other ? join(other, draft) : draft);
  }
  return [...merged.values()];
}

function join(one: Draft, other: Draft): Draft {
  return {
    ...one,
    when: one.when.length === 0 || other.when.length === 0 ? [] : unite([...one.when, ...other.when]),
    labels: [...one.labels, ...other.labels],
    trail: [...one.trail, ...other.trail],
    unknowns: [...one.unknowns, ...other.unknowns],
    subjects: [...new Set([...one.subjects, ...other.subjects])],
  };
}

/** Without the drafts of which a rule that outranks theirs says more, at the same place and in the same worlds. */
export function outranked(drafts: readonly Draft[]): Draft[] {
  const ranking = drafts.filter(({ active }) => active.rule.meta.outranks?.length);
  return drafts.filter(
    (draft) =>
      !ranking.some(
        (other) =>
          other.active.rule.meta.outranks?.includes(ruleOf(draft)) &&
          placeOf(other.primary) === placeOf(draft.primary) &&
          (other.certainty === 'certain' || draft.certainty === 'possible') &&
          covers(other.when, draft.when),
      ),
  );
}

/** `edits` is asked of certain findings alone: nobody mends on suspicion. */
export function findingOf(draft: Draft, editsOf: (draft: Draft) => readonly Edit[] | undefined): Finding {
  const { active, message, data, subjects, api } = draft;
  const edits = active.rule.fix && draft.certainty === 'certain' ? editsOf(draft) : undefined;
  return {
    rule: ruleOf(draft),
    messageId: draft.messageId,
    message: fill(message.text, { ...data, subjects: listed(subjects) }),
    data,
    severity: active.severity ?? message.severity,
    harm: message.harm,
    certainty: draft.certainty,
    when: draft.when,
    primary: draft.primary,
    related: relatedOf(draft),
    ...(api !== undefined && { api }),
    subjects,
    ...(active.rule.fix && edits?.length && { fix: { ...active.rule.fix, edits } }),
  };
}

/** The same words about the same place are said once, and with certainty where there is any. */
export function once(findings: readonly Finding[]): Finding[] {
  const said = new Map<string, Finding>();
  for (const certainty of ['certain', 'possible'] as const) {
    for (const finding of findings) {
      if (finding.certainty !== certainty) continue;
      const key = JSON.stringify([finding.rule, placeOf(finding.primary), finding.message]);
      const before = said.get(key);
      said.set(key, before ? withConstructs(before, finding) : finding);
    }
  }
  return [...said.values()];
}

/** One line of code makes many constructs. */
function withConstructs(finding: Finding, { constructs = [], certainty }: Finding): Finding {
  if (constructs.length === 0 || certainty !== finding.certainty) return finding;
  return { ...finding, constructs: [...new Set([...(finding.constructs ?? []), ...constructs])] };
}

/** In the order of the text, and always the same. */
export const sorted = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted(
    (a, b) =>
      compare(a.primary.file.path, b.primary.file.path) ||
      a.primary.start - b.primary.start ||
      compare(a.rule, b.rule) ||
      a.primary.end - b.primary.end ||
      compare(a.message, b.message),
  );

/** By code unit: no locale makes two machines disagree. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The rule's labels, the trail, the unknowns: the last have a place of their own, since a possible finding hangs on them. */
function relatedOf({ labels, trail, unknowns }: Draft): readonly Label[] {
  if (labels.length + trail.length + unknowns.length === 0) return labels;
  const [known, open] = [distinct([...labels, ...trail]), distinct(unknowns)];
  return distinct([...known.slice(0, MAX_RELATED - Math.min(open.length, 2)), ...open]).slice(0, MAX_RELATED);
}

const distinct = (labels: readonly Label[]): readonly Label[] =>
  labels.length < 2 ? labels : [...new Map(labels.map((label) => [JSON.stringify([placeOf(label.at), label.text]), label])).values()];

/** Every message is filled in, so it is done without a regular expression, which costs a run much when it is first asked. */
function fill(text: string, slots: Finding['data']): string {
  let filled = '';
  let from = 0;
  for (let end = text.indexOf('}'); end >= 0; end = text.indexOf('}', end + 1)) {
    const start = text.lastIndexOf('{', end);
    const value = start < from ? undefined : slots[text.slice(start + 1, end)];
    if (value === undefined) continue;
    filled += text.slice(from, start) + String(value).replaceAll(/\s+/g, ' ');
    from = end + 1;
  }
  return filled + text.slice(from);
}

const ruleOf = ({ active }: Draft): string => active.rule.meta.id;
const placeOf = ({ file, start, end }: Location): string => `${start}-${end} ${file.path}`;
