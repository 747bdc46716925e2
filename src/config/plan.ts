import { activate, type ActiveRule, type Override, type Preset } from '../engine/active.ts';
import type { Settings } from '../frontends/frontend.ts';
import type { Rule } from '../rule.ts';
import { over, type Config } from './config.ts';

/** How one file is to be linted. */
export interface Plan {
  readonly preset: Preset;
  readonly active: readonly ActiveRule[];
  readonly settings: Settings;
}

/** What the user says beside the config; it wins. */
export interface Wanted extends Partial<Settings> {
  readonly preset?: Preset | undefined;
  readonly rules?: Readonly<Record<string, Override>>;
}

/** What a file's config and the user say of it, together. */
export function planOf(
  file: string,
  config: Config | undefined,
  { stages = [], params, env, ...wanted }: Wanted,
  rules: readonly Rule[],
): Plan {
  const preset = wanted.preset ?? config?.preset ?? 'recommended';
  return {
    preset,
    active: activate(rules, preset, over(config?.rulesFor(file) ?? {}, wanted.rules ?? {})),
    settings: { stages: stages.length > 0 ? stages : (config?.stages ?? []), params: { ...config?.params, ...params }, env },
  };
}
