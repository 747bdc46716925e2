import type { Finding, Label } from '../finding.ts';
import type { Message, Suspicion } from '../rule.ts';
import type { Location } from '../source/location.ts';
import { siteOf, type Provenance, type Value } from '../value/value.ts';
import { all, mayHold, type Case, type World } from '../value/verdict.ts';
import type { ActiveRule } from './active.ts';
import type { Thing } from './things.ts';
import { unite } from './worlds.ts';

/** A finding before it meets its like: what merging joins is still apart. */
export interface Draft {
  readonly active: ActiveRule;
  readonly messageId: string;
  readonly message: Message;
  readonly data: Finding['data'];
  readonly certainty: Finding['certainty'];
  readonly when: readonly World[];
  readonly primary: Location;
  readonly labels: readonly Label[];
  readonly trail: readonly Label[];
  readonly unknowns: readonly Label[];
  readonly api: string | undefined;
  readonly subjects: readonly string[];
  readonly edits: Suspicion['edits'];
}

/** What a suspicion comes to where its thing exists; undefined where it holds in no world. */
export function draftOf(active: ActiveRule, thing: Pick<Thing, 'exists' | 'api' | 'subject'>, suspicion: Suspicion): Draft | undefined {
  const { messageId, data = {}, at, related = [] } = suspicion;
  // Most of what is suspected holds nowhere.
  if (!mayHold(suspicion.verdict)) return undefined;
  const message = active.rule.messages[messageId];
  if (!message) throw new Error(`the rule ${active.rule.meta.id} has no message ${messageId}`);
  const verdict = all(thing.exists, suspicion.verdict);
  const certain = verdict.filter(({ truth }) => truth === 'yes');
  // Where some worlds are certain, the others are no news: the fault is there to be mended.
  const cases = certain.length > 0 ? certain : verdict.filter(({ truth, because }) => truth === 'maybe' && !because.some(isRefused));
  if (cases.length === 0) return undefined;
  return {
    active,
    messageId,
    message,
    data,
    certainty: certain.length > 0 ? 'certain' : 'possible',
    when: cases.length === verdict.length ? [] : unite(cases.map(({ when }) => when)),
    primary: 'kind' in at ? siteOf(at) : at,
    labels: related,
    trail: 'kind' in at ? trailOf(at) : [],
    // What is certain hangs on nothing that is not known.
    unknowns: certain.length > 0 ? [] : cases.flatMap(unknownsOf),
    api: thing.api,
    subjects: thing.subject === undefined ? [] : [thing.subject],
    edits: suspicion.edits?.bind(suspicion),
  };
}

/** The way from where a value is used to where it is written. */
function trailOf(from: Provenance): Label[] {
  switch (from.kind) {
    case 'default':
      return [{ at: from.at, text: `${from.by} fills this in` }];
    case 'reference':
      return from.to ? [{ at: from.at, text: 'it is used here' }, ...trailOf(from.to)] : [];
    case 'merged':
      return from.parts.map((part) => ({ at: siteOf(part), text: 'part of it comes from here' }));
    case 'literal':
    case 'absent':
      return [];
  }
}

/** What the deploy stops at is told already: once it is mended, it will be known. */
const isRefused = ({ kind, from }: Value<unknown>): boolean => kind === 'unknown' && isRefusal(from);

const isRefusal = (from: Provenance): boolean =>
  from.refused === true || (from.kind === 'reference' && from.to !== undefined && isRefusal(from.to));

/** `why` is the front end's sentence, never the value: a secret stays one. */
const unknownsOf = ({ because }: Case): Label[] =>
  because.flatMap((value) => (value.kind === 'unknown' ? [{ at: value.from.at, text: `not known before deployment: ${value.why}` }] : []));
