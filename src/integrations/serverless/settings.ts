import { didYouMean, Misuse } from '../../config/misuse.ts';
import type { Preset } from '../../engine/active.ts';

/** What `custom.corsLint` says. */
export interface ServiceSettings {
  /** What stops `package` and `deploy`: errors, warnings too, or nothing. */
  readonly failOn: FailOn;
  readonly preset?: Preset;
  /** The config file to go by, from the service's folder; false: none. */
  readonly config?: string | false;
}

export type FailOn = 'error' | 'warning' | 'never';

const FAIL_ON = ['error', 'warning', 'never'] as const satisfies readonly FailOn[];
const PRESETS = ['recommended', 'strict'] as const satisfies readonly Preset[];
const KEYS = ['failOn', 'preset', 'config'] as const;

/** All that is wrong with it is said at once, as a `Misuse`. */
export function settingsOf(written: unknown): ServiceSettings {
  if (written === undefined || written === null) return { failOn: 'error' };
  if (typeof written !== 'object' || Array.isArray(written))
    throw new Misuse(`\`custom.corsLint\` takes a map with ${KEYS.map((key) => `\`${key}\``).join(', ')}, not ${shown(written)}`);
  const given = written as Readonly<Record<string, unknown>>;
  const [mistake, ...others] = [
    ...Object.keys(given).flatMap((key) => unknownKey(key)),
    ...oneOf(given, 'failOn', FAIL_ON),
    ...oneOf(given, 'preset', PRESETS),
    ...(isConfig(given['config']) ? [] : [`\`custom.corsLint.config\` takes the path of a file, or false, not ${shown(given['config'])}`]),
  ];
  if (mistake !== undefined) throw new Misuse(mistake, ...others);
  return { failOn: 'error', ...given };
}

function unknownKey(key: string): readonly string[] {
  if ((KEYS as readonly string[]).includes(key)) return [];
  const rules = key === 'rules' ? '; what is said of rules stands in cors-lint.config.yml' : '';
  return [`there is no setting \`${key}\` in \`custom.corsLint\`${didYouMean(key, KEYS) || rules || `; there are ${KEYS.join(', ')}`}`];
}

function oneOf(given: Readonly<Record<string, unknown>>, key: string, allowed: readonly string[]): readonly string[] {
  const value = given[key];
  if (value === undefined || (typeof value === 'string' && allowed.includes(value))) return [];
  const meant = typeof value === 'string' ? didYouMean(value, allowed) : '';
  return [`\`custom.corsLint.${key}\` takes ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}, not ${shown(value)}${meant}`];
}

const isConfig = (value: unknown): boolean => value === undefined || value === false || (typeof value === 'string' && value.trim() !== '');

const shown = (value: unknown): string => (Array.isArray(value) ? 'a list' : JSON.stringify(value));
