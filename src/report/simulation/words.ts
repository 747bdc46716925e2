import type { Api, Target } from '../../model/api.ts';
import { positionAt } from '../../source/lines.ts';
import type { Location } from '../../source/location.ts';
import type { Kind } from '../../simulate/journey.ts';
import type { Outcome } from '../../simulate/outcome.ts';
import type { Worst } from '../../simulate/table.ts';
import { describe, type World } from '../../value/verdict.ts';
import { shortPath, visible } from '../text.ts';

export const TITLES = {
  preflight: 'preflight',
  success: 'success',
  'handler-error': "handler's error",
  'gateway-error': "gateway's error",
} as const satisfies Record<Kind, string>;

export const SIGNS = { passes: '✔', blocked: '✖', unknown: '?' } as const satisfies Record<Outcome['kind'], string>;

const TARGETS = {
  rest: 'REST API',
  http: 'HTTP API',
  url: 'function URL',
  websocket: 'WebSocket API',
} as const satisfies Record<Target, string>;

/** 'ShopApi, REST API of services/shop/serverless.yml' */
export const apiOf = ({ name, target }: Api, file: string, cwd: string): string =>
  `${visible(name)}, ${TARGETS[target]} of ${shortPath(file, cwd)}`;

/** 'api/serverless.yml:12:9' */
export function placeOf({ file, start }: Location, cwd: string): string {
  const { line, column } = positionAt(file, start);
  return `${shortPath(file.path, cwd)}:${line}:${column}`;
}

/** 'when stage = prod', or nothing. */
export const whenOf = (when: World): string => (Object.keys(when).length > 0 ? visible(`when ${describe(when)}`) : '');

/** 'what API Gateway answers, since no method takes OPTIONS here' */
export const blameOf = ({ by, since }: Extract<Outcome, { readonly kind: 'blocked' }>): string =>
  visible(`what ${by} answers${since === undefined ? '' : `, since ${since}`}`);

/** Why an outcome is open: each reason once. */
export const becauseOf = (outcome: Outcome): string =>
  outcome.kind === 'unknown' ? visible([...new Set(outcome.because.map(({ why }) => why))].slice(0, 3).join('; ')) : '';

/** What a table's cell says: the sign, and the answer that it is about. */
export function cellText(cell: Worst | undefined): string {
  if (!cell) return '–';
  const { name, outcome, others } = cell;
  if (outcome.kind !== 'blocked') return SIGNS[outcome.kind];
  return [SIGNS.blocked, name, outcome.reason, others > 0 && `(and ${others} more)`].filter(Boolean).join(' ');
}
