import type { Finding } from '../finding.ts';
import type { Model } from '../model/api.ts';
import type { Edit } from '../source/edit.ts';
import type { Location } from '../source/location.ts';
import { YES } from '../value/verdict.ts';
import type { ActiveRule } from './active.ts';
import { draftOf, type Draft } from './draft.ts';
import { findingOf, merge, once, outranked, sorted } from './merge.ts';
import { thingsOf, type Thing } from './things.ts';

export type { ActiveRule } from './active.ts';

export interface CheckResult {
  readonly findings: readonly Finding[];
  /** Bugs of ours: rules that threw, once each. */
  readonly crashes: readonly Crash[];
}

export interface Crash {
  readonly rule: string;
  readonly error: unknown;
}

/** The rule in whose words a crash is reported. */
const INTERNAL_ERROR = 'internal-error';

/** Holds a model against the rules: the only place where a suspicion becomes a finding. */
export function check(rules: readonly ActiveRule[], model: Model): CheckResult {
  const things = thingsOf(model);
  const byHook = grouped(things);
  const crashed = new Map<string, { readonly error: unknown; readonly at: Location | undefined }>();
  const crash = ({ rule: { meta } }: ActiveRule, at: Location | undefined, error: unknown): void => {
    if (!crashed.has(meta.id)) crashed.set(meta.id, { error, at: at ?? placeIn(model) });
  };
  const drafts: Draft[] = [];
  for (const active of rules) {
    for (const thing of ofInterest(active, things, byHook)) {
      try {
        suspect(active, thing, drafts);
      } catch (error) {
        crash(active, thing.at, error);
      }
    }
  }
  const editsOf = (draft: Draft): readonly Edit[] | undefined => {
    try {
      return draft.edits?.();
    } catch (error) {
      crash(draft.active, draft.primary, error);
      return undefined;
    }
  };
  const finding = (draft: Draft): Finding => findingOf(draft, editsOf);
  const found = outranked(merge(drafts)).map(finding);
  const reporter = rules.find(({ rule }) => rule.meta.id === INTERNAL_ERROR);
  const own = reporter ? [...crashed].flatMap(([rule, { at }]) => (at ? crashDraft(reporter, rule, at) : [])).map(finding) : [];
  return { findings: sorted(once([...found, ...own])), crashes: [...crashed].map(([rule, { error }]) => ({ rule, error })) };
}

type ByHook = ReadonlyMap<Thing['hook'], readonly Thing[]>;

function grouped(things: readonly Thing[]): ByHook {
  const byHook = new Map<Thing['hook'], Thing[]>();
  for (const thing of things) {
    const alike = byHook.get(thing.hook);
    if (alike) alike.push(thing);
    else byHook.set(thing.hook, [thing]);
  }
  return byHook;
}

/** What a rule looks at, in the order of the model. Most look at one kind of thing alone. */
function ofInterest({ rule: { check: hooks } }: ActiveRule, things: readonly Thing[], byHook: ByHook): readonly Thing[] {
  const met = (Object.keys(hooks) as Thing['hook'][]).filter((hook) => byHook.has(hook));
  const [only] = met;
  if (only === undefined) return [];
  return met.length === 1 ? (byHook.get(only) ?? []) : things.filter(({ hook }) => met.includes(hook));
}

/** Puts what a rule says of a thing to the drafts. One by one: what it says before it throws stands. */
function suspect(active: ActiveRule, thing: Thing, drafts: Draft[]): void {
  // The options were validated against the rule's own schemas, or are its defaults.
  for (const suspicion of thing.ask(active.rule.check, active.options as Parameters<Thing['ask']>[1]) ?? []) {
    const draft = draftOf(active, thing, suspicion);
    if (draft) drafts.push(draft);
  }
}

/** What was thrown is left to `crashes`: it may quote a value that must not be shown. */
function crashDraft(reporter: ActiveRule, rule: string, at: Location): Draft | [] {
  const [messageId] = Object.keys(reporter.rule.messages);
  if (messageId === undefined) return [];
  return draftOf(reporter, { exists: YES }, { verdict: YES, messageId, data: { rule }, at }) ?? [];
}

/** Some place of the document, for what concerns it as a whole. */
const placeIn = ({ apis, problems, ignored, deployments }: Model): Location | undefined =>
  [...apis, ...problems, ...ignored, ...deployments][0]?.at;
