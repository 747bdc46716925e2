import type { Finding, Slots } from '../finding.ts';
import type { Location } from '../source/location.ts';
import { YES } from '../value/verdict.ts';
import type { ActiveRule } from './active.ts';
import { draftOf } from './draft.ts';
import { findingOf } from './merge.ts';

/** What the engine itself has to say, in the words of a rule that cannot see it: a crash, an idle suppression. */
export function own(reporter: ActiveRule, messageId: string, data: Slots, at: Location): readonly Finding[] {
  const draft = draftOf(reporter, { exists: YES }, { verdict: YES, messageId, data, at });
  return draft ? [findingOf(draft, () => undefined)] : [];
}
