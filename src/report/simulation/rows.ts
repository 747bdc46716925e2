import type { Api } from '../../model/api.ts';
import type { Kind } from '../../simulate/journey.ts';
import type { Row as Simulated } from '../../simulate/table.ts';
import { apiOf, cellText, TITLES, whenOf } from './words.ts';

/** The columns of the table, in the order in which a browser meets them. */
const SHOWN: readonly Kind[] = ['preflight', 'success', 'handler-error', 'gateway-error'];
export const COLUMNS: readonly string[] = ['endpoint', 'page', ...SHOWN.map((kind) => TITLES[kind]), 'when'];

/** A line of the table, cell by cell. */
export const textsOf = ({ endpoint, request, cells, when }: Simulated): readonly string[] => [
  endpoint,
  request ? `${request.origin}${request.credentials ? ' (credentials)' : ''}` : '?',
  ...SHOWN.map((kind) => cellText(cells[kind])),
  whenOf(when),
];

/** The rows of one API. */
export interface OfApi {
  /** 'ShopApi, REST API of services/shop/serverless.yml' */
  readonly title: string;
  readonly rows: readonly Simulated[];
}

/** The rows, API by API. */
export function byApi(rows: readonly Simulated[], cwd: string): readonly OfApi[] {
  const groups = new Map<Api, Simulated[]>();
  for (const row of rows) groups.set(row.api, [...(groups.get(row.api) ?? []), row]);
  return [...groups].map(([api, [first, ...others]]) => ({
    title: apiOf(api, first?.file ?? '', cwd),
    rows: first ? [first, ...others] : [],
  }));
}
