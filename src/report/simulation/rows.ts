import type { Kind } from '../../simulate/journey.ts';
import type { Row as Simulated } from '../../simulate/table.ts';
import { cellText, TITLES, whenOf } from './words.ts';

/** The columns of the table, in the order in which a browser meets them. */
const SHOWN: readonly Kind[] = ['preflight', 'success', 'handler-error', 'gateway-error'];
export const COLUMNS: readonly string[] = ['endpoint', 'page', ...SHOWN.map((kind) => TITLES[kind]), 'when'];

/** A line of the table, cell by cell. */
export const textsOf = ({ endpoint, request, cells, when }: Simulated): readonly string[] => [
  endpoint,
  `${request.origin}${request.credentials ? ' (credentials)' : ''}`,
  ...SHOWN.map((kind) => cellText(cells[kind])),
  whenOf(when),
];
