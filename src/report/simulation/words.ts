import { positionAt } from '../../source/lines.ts';
import type { Location } from '../../source/location.ts';
import type { Cell, Kind } from '../../simulate/journey.ts';
import type { Outcome } from '../../simulate/outcome.ts';
import { describe, type World } from '../../value/verdict.ts';
import { shortPath, visible } from '../text.ts';

export const TITLES = {
  preflight: 'preflight',
  success: 'success',
  'handler-error': "handler's error",
  'gateway-error': "gateway's error",
} as const satisfies Record<Kind, string>;

export const SIGNS = { passes: '✔', blocked: '✖', unknown: '?' } as const satisfies Record<Outcome['kind'], string>;

/** 'api/serverless.yml:12:9' */
export function placeOf({ file, start }: Location, cwd: string): string {
  const { line, column } = positionAt(file, start);
  return `${shortPath(file.path, cwd)}:${line}:${column}`;
}

/** 'when stage = prod', or nothing. */
export const whenOf = (when: World): string => (Object.keys(when).length > 0 ? visible(`when ${describe(when)}`) : '');

/** Why an outcome is open: each reason once. */
export const becauseOf = (outcome: Outcome): string =>
  outcome.kind === 'unknown' ? visible([...new Set(outcome.because.map(({ why }) => why))].slice(0, 3).join('; ')) : '';

/** What a table's cell says: the sign, and the answer that it is about. */
export const cellText = (cell: Cell | undefined): string =>
  cell
    ? `${SIGNS[cell.outcome.kind]}${cell.outcome.kind === 'blocked' ? ` ${[cell.name, cell.outcome.reason].filter(Boolean).join(' ')}` : ''}`
    : '–';
