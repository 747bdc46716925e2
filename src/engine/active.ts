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
    const defaults = Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [name, option.default]));
    return [{ rule, options: { ...defaults, ...given }, ...(level && level !== 'off' && { severity: level }) }];
  });
}
