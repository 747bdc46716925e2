import type { Severity } from '../finding.ts';
import type { Meta, Rule } from '../rule.ts';

/** A rule that runs, as the user wants it. */
export interface ActiveRule {
  readonly rule: Rule;
  /** For all its findings, in place of its messages' own. */
  readonly severity?: Severity;
  /** Complete: defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>;
}

export type Preset = Meta['preset'];
export type Level = 'off' | Severity;

/** What the user says of one rule: `off`, a severity, or a severity and options. */
export type Override = Level | readonly [level: Level, options: Readonly<Record<string, unknown>>];

/** The rules that run: the preset's, and those that an override names. Ids that no rule has are the caller's to refuse. */
export function activate(rules: readonly Rule[], preset: Preset, overrides: Readonly<Record<string, Override>> = {}): ActiveRule[] {
  return rules.flatMap((rule) => {
    const override = overrides[rule.meta.id];
    if (override === undefined) return preset === 'strict' || rule.meta.preset === 'recommended' ? [withDefaults(rule)] : [];
    const [level, given = {}] = typeof override === 'string' ? [override] : override;
    return level === 'off' ? [] : [{ rule, options: { ...withDefaults(rule).options, ...given }, severity: level }];
  });
}

/** Every file has its own plan, and most have nothing to say of a rule. */
const unnamed = new WeakMap<Rule, ActiveRule>();

function withDefaults(rule: Rule): ActiveRule {
  const before = unnamed.get(rule);
  if (before) return before;
  const made = { rule, options: Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [name, option.default])) };
  unnamed.set(rule, made);
  return made;
}
