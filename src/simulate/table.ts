import type { Api, Model } from '../model/api.ts';
import type { World } from '../value/verdict.ts';
import { requestsFor, type Clients, type Meant } from './intended.ts';
import { journeysIn, KINDS, type Cell, type Kind } from './journey.ts';
import type { Outcome } from './outcome.ts';
import type { Request } from './request.ts';

/** What the browser does with the answers of one endpoint to pages of one origin, in some worlds. */
export interface Row {
  readonly api: Api;
  readonly endpoint: string;
  readonly request: Request;
  readonly when: World;
  /** The worst of each kind; undefined where no preflight is made, or where one is refused and nothing follows. */
  readonly cells: Readonly<Record<Kind, Cell | undefined>>;
}

/** Every endpoint of a model, asked as its author means it to be asked. */
export function tableOf(model: Model, origins: readonly string[], clients: Clients): readonly Row[] {
  return model.apis.flatMap((api) => {
    if (api.target === 'websocket') return [];
    return requestsFor(api, clients, origins).flatMap((meant) => rowsOf(api, meant));
  });
}

function rowsOf(api: Api, { request, isSo }: Meant): Row[] {
  return journeysIn(api, request, isSo).flatMap(({ when, result }) => {
    if (result.kind !== 'taken') return [];
    const { cells, route, preflighted } = result;
    const stopped = preflighted && worstOf(cells, 'preflight')?.outcome.kind === 'blocked';
    const isMade = (kind: Kind): boolean => (kind === 'preflight' ? preflighted : !stopped);
    const worst = Object.fromEntries(KINDS.map((kind) => [kind, isMade(kind) ? worstOf(cells, kind) : undefined]));
    return [{ api, endpoint: route, request, when, cells: worst as Row['cells'] }];
  });
}

const RANK = { blocked: 0, unknown: 1, passes: 2 } as const satisfies Record<Outcome['kind'], number>;

const worstOf = (cells: readonly Cell[], kind: Kind): Cell | undefined =>
  cells.filter((cell) => cell.kind === kind).toSorted((a, b) => RANK[a.outcome.kind] - RANK[b.outcome.kind])[0];
