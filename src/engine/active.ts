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
    const [level, given = {}] = typeof override === 'string' ? [override] : (override ?? []);
    const runs = level === undefined ? preset === 'strict' || rule.meta.preset === 'recommended' : level !== 'off';
    if (!runs) return [];
    return [{ rule, options: { ...defaultsOf(rule), ...given }, ...(level && level !== 'off' && { severity: level }) }];
  });
}

/** Every file has its own plan, and the same defaults. */
const defaults = new WeakMap<Rule, Readonly<Record<string, unknown>>>();

function defaultsOf(rule: Rule): Readonly<Record<string, unknown>> {
  const before = defaults.get(rule);
  if (before) return before;
  const made = Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [name, option.default]));
  defaults.set(rule, made);
  return made;
}
