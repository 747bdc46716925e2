import { activate, type ActiveRule, type Override, type Preset } from '../engine/active.ts';
import type { Finding } from '../finding.ts';
import type { Settings } from '../frontends/frontend.ts';
import type { Rule } from '../rule.ts';
import { over, type Config } from './config.ts';

/** How one file is to be linted. */
export interface Plan extends Pick<Partial<Config>, 'clients' | 'handlers'> {
  readonly preset: Preset;
  readonly active: readonly ActiveRule[];
  readonly settings: Settings;
  /** What is said of single rules, for this file. */
  readonly rules: Readonly<Record<string, Override>>;
  /** A finding of this file's as it is reported: undefined where it stands in a part that is not to be reported on, with that part's severity. */
  placed(finding: Finding): Finding | undefined;
}

/** What the user says beside the config; it wins. */
export interface Wanted extends Partial<Settings> {
  readonly preset?: Preset | undefined;
  readonly rules?: Readonly<Record<string, Override>>;
  /** False: the code of functions is not read. */
  readonly handlers?: false | undefined;
}

/** What a file's config and the user say of it, together. */
export function planOf(
  file: string,
  config: Config | undefined,
  { stages = [], params, env, made, ...wanted }: Wanted,
  all: readonly Rule[],
): Plan {
  const preset = wanted.preset ?? config?.preset ?? 'recommended';
  const overrides = (part?: string): Readonly<Record<string, Override>> => over(config?.rulesFor(file, part) ?? {}, wanted.rules ?? {});
  const rules = overrides();
  return {
    preset,
    rules,
    active: activate(all, preset, rules),
    settings: {
      stages: stages.length > 0 ? stages : (config?.stages ?? []),
      params: { ...config?.params, ...params },
      env,
      ...(made && { made }),
    },
    clients: config?.clients,
    handlers: wanted.handlers ?? config?.handlers,
    placed(finding) {
      const { path: part } = finding.primary.file;
      if (part === file || !config) return finding;
      if (config.ignores(part)) return undefined;
      const override = overrides(part)[finding.rule];
      const level = typeof override === 'string' ? override : override?.[0];
      if (level === 'off') return undefined;
      return level === undefined ? finding : { ...finding, severity: level };
    },
  };
}
