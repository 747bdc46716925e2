import type { Api, Endpoint, Model } from '../model/api.ts';
import { knownIn } from '../model/asking.ts';
import { label } from '../model/names.ts';
import { endpointsOf } from '../model/queries.ts';
import type { World } from '../value/verdict.ts';
import { open } from './answers.ts';
import { requestsFor, type Clients, type Meant } from './intended.ts';
import { journeysIn, KINDS, type Cell, type Kind } from './journey.ts';
import type { Outcome } from './outcome.ts';
import type { Request } from './request.ts';

/** What the browser does with the answers of one endpoint to pages of one origin, in some worlds. */
export interface Row {
  readonly api: Api;
  /** The document that deploys it. */
  readonly file: string;
  readonly endpoint: string;
  /** Undefined where no page can be put in its place: its path or its method is not known. */
  readonly request: Request | undefined;
  readonly when: World;
  /** The worst of each kind, and how many more are as bad; undefined where no preflight is made, or where one is refused and nothing follows. */
  readonly cells: Readonly<Record<Kind, Worst | undefined>>;
}

export interface Worst extends Cell {
  readonly others: number;
}

/** Who asks, and with what beside that which the endpoint demands. */
export interface Asker {
  /** None: those that are meant to be let in. */
  readonly origins: readonly string[];
  readonly headers: Request['headers'];
  /** Undefined: as far as an answer allows them. */
  readonly credentials: boolean | undefined;
  /** What the author's pages really send. */
  readonly clients: Clients;
}

/** Every endpoint of a model, asked as its author means it to be asked. */
export function tableOf(model: Model, file: string, asker: Asker): readonly Row[] {
  return model.apis.flatMap((api) => {
    if (api.target === 'websocket') return [];
    const meant = requestsOf(api, asker);
    const tried = new Set(meant.map(({ endpoint }) => endpoint));
    const untried = [...endpointsOf(api)].filter(([endpoint]) => !tried.has(endpoint) && isCalled(endpoint));
    return [
      ...meant.flatMap((one) => rowsOf(api, file, one)),
      ...untried.map(([endpoint, resource]): Row => {
        const cells = openCells(endpoint, 'its path or its method is not known before deployment');
        return { api, file, endpoint: label(endpoint, resource), request: undefined, when: {}, cells };
      }),
    ];
  });
}

/** The requests of a table, with the headers that are asked for. */
function requestsOf(api: Api, { origins, headers, credentials, clients }: Asker): readonly Meant[] {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const all = requestsFor(api, credentials === undefined ? clients : { ...clients, credentials }, origins);
  return all.map(({ request, ...meant }) => ({
    ...meant,
    request: { ...request, headers: [...request.headers.filter(([name]) => !given.has(name.toLowerCase())), ...headers] },
  }));
}

/** Pages do not send OPTIONS themselves. */
const isCalled = ({ method }: Endpoint): boolean => knownIn(method).every((name) => name !== 'OPTIONS');

function rowsOf(api: Api, file: string, { endpoint, resource, request, isSo }: Meant): Row[] {
  return journeysIn(api, request, isSo).flatMap(({ when, result }): Row[] => {
    if (result.kind === 'no-route') return [];
    if (result.kind === 'open')
      return [{ api, file, endpoint: label(endpoint, resource), request, when, cells: openCells(endpoint, result.why) }];
    const { cells, route, preflighted } = result;
    const stopped = preflighted && worstOf(cells, 'preflight')?.outcome.kind === 'blocked';
    const isMade = (kind: Kind): boolean => (kind === 'preflight' ? preflighted : !stopped);
    const worst = Object.fromEntries(KINDS.map((kind) => [kind, isMade(kind) ? worstOf(cells, kind) : undefined]));
    return [{ api, file, endpoint: route, request, when, cells: worst as Row['cells'] }];
  });
}

function openCells({ at }: Endpoint, why: string): Row['cells'] {
  const answer = open('the API', at, why);
  const cell = (kind: Kind): Worst => ({ kind, name: '', answer, outcome: { kind: 'unknown', because: answer.unknowns }, others: 0 });
  return Object.fromEntries(KINDS.map((kind) => [kind, cell(kind)])) as Row['cells'];
}

const RANK = { blocked: 0, unknown: 1, passes: 2 } as const satisfies Record<Outcome['kind'], number>;

function worstOf(cells: readonly Cell[], kind: Kind): Worst | undefined {
  const [first, ...others] = cells.filter((cell) => cell.kind === kind).toSorted((a, b) => RANK[a.outcome.kind] - RANK[b.outcome.kind]);
  return first && { ...first, others: others.filter(({ outcome }) => outcome.kind === first.outcome.kind).length };
}
