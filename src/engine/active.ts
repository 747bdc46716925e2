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
  const named = new Map(Object.entries(overrides));
  const active: ActiveRule[] = [];
  for (const rule of rules) {
    const override = named.get(rule.meta.id);
    if (override !== undefined) active.push(...overridden(rule, override));
    else if (preset === 'strict' || rule.meta.preset === 'recommended') active.push(withDefaults(rule));
  }
  return active;
}

function overridden(rule: Rule, override: Override): readonly ActiveRule[] {
  const [level, given = {}] = typeof override === 'string' ? [override] : override;
  return level === 'off' ? [] : [{ rule, options: { ...withDefaults(rule).options, ...given }, severity: level }];
}

/** Every file has its own plan, and most have nothing to say of a rule. */
const unnamed = new WeakMap<Rule, ActiveRule>();

function withDefaults(rule: Rule): ActiveRule {
  const before = unnamed.get(rule);
  if (before) return before;
  const made = { rule, options: defaultsOf(rule) };
  unnamed.set(rule, made);
  return made;
}

const NO_OPTIONS: ActiveRule['options'] = {};

function defaultsOf({ options }: Rule): ActiveRule['options'] {
  const entries = Object.entries(options);
  // Most rules have none.
  return entries.length === 0 ? NO_OPTIONS : Object.fromEntries(entries.map(([name, option]) => [name, option.default]));
}
