import { Misuse } from '../config/misuse.ts';
import type { Lifted, LintResult } from '../lint.ts';
import type { Api } from '../model/api.ts';
import { journeyJson, tableJson } from '../report/simulation/json.ts';
import { journeyMarkdown, journeyText } from '../report/simulation/journey.ts';
import type { Told } from '../report/simulation/data.ts';
import { tableMarkdown, tableText } from '../report/simulation/table.ts';
import type { Meaning } from '../simulate/address.ts';
import { originsAt, type Clients } from '../simulate/intended.ts';
import { journeysOf } from '../simulate/journey.ts';
import type { Request } from '../simulate/request.ts';
import { tableOf, type Row } from '../simulate/table.ts';
import type { Asking, Requested } from './asking.ts';

/** Passes, is blocked, is a request that nothing takes, or cannot be known. */
type Verdict = 0 | 1 | 2 | 4;

export interface Simulated {
  readonly text: string;
  readonly code: Verdict;
}

/** How it is printed. */
export interface Drawing {
  readonly format: string;
  readonly cwd: string;
  readonly colour: boolean;
}

/** `cors-lint simulate`: one request step by step, or the table of all. */
export function simulate({ lifted }: LintResult, asking: Asking, drawing: Drawing): Simulated {
  if (!asking.request) return table(lifted, asking, drawing);
  const told = journeys(lifted, asking, asking.request);
  return { text: drawn(told, drawing), code: codeOf(told) };
}

/**
 * What each API makes of a request: those that have a route for it, in some world. Where none has, each says so once, and that is no
 * verdict on the browser but on what was asked for.
 */
export function journeys(lifted: readonly Lifted[], asking: Omit<Asking, 'request'>, requested: Requested): readonly Told[] {
  const ofApis = lifted.flatMap(({ path: file, model, clients = {} }) =>
    model.apis.filter(({ target }) => target !== 'websocket').map((api) => likeliest(api, file, clients, asking, requested)),
  );
  if (ofApis.every(({ length }) => length === 0)) throw new Misuse('there is no API here that a page could call');
  const taken = ofApis.filter(isTaken);
  return taken.length > 0 ? taken.flat() : ofApis.flatMap(([first]) => first ?? []);
}

const isTaken = (told: readonly Told[]): boolean => told.some(({ journey }) => journey.kind !== 'no-route');

/** Of the paths that may be meant the first that the API has, else the first. */
function likeliest(api: Api, file: string, clients: Clients, asking: Omit<Asking, 'request'>, requested: Requested): readonly Told[] {
  const all = requested.paths.map((path) => journeysAt(api, file, clients, asking, requested.method, path));
  return all.find(isTaken) ?? all[0] ?? [];
}

function journeysAt(
  api: Api,
  file: string,
  clients: Clients,
  { origins, headers, credentials }: Omit<Asking, 'request'>,
  method: string,
  { path, without }: Meaning,
): readonly Told[] {
  return (origins.length > 0 ? origins : originsAt(api, path, clients)).flatMap((origin) => {
    const request: Request = { origin, method, path, headers, credentials };
    return journeysOf(api, request).map(({ when, result }) => ({ api, file, without, request, when, journey: result }));
  });
}

function drawn(told: readonly Told[], { format, ...drawing }: Drawing): string {
  if (format === 'json') return journeyJson(told);
  return format === 'markdown' ? journeyMarkdown(told, drawing) : journeyText(told, drawing);
}

/** The preflight and the answer decide; errors are shown besides. A world without a route is one in which the request fails. */
function codeOf(told: readonly Told[]): Verdict {
  if (!isTaken(told)) return 2;
  const kinds = told.flatMap(({ journey }) => {
    switch (journey.kind) {
      case 'no-route':
        return ['blocked' as const];
      case 'open':
        return ['unknown' as const];
      case 'taken':
        return journey.cells.filter(({ kind }) => kind === 'preflight' || kind === 'success').map(({ outcome }) => outcome.kind);
    }
  });
  return verdictOf(kinds);
}

const verdictOf = (kinds: readonly string[]): Verdict => (kinds.includes('blocked') ? 1 : kinds.includes('unknown') ? 4 : 0);

function table(lifted: readonly Lifted[], asking: Asking, { format, ...drawing }: Drawing): Simulated {
  const rows = rowsOf(lifted, asking);
  const text = format === 'json' ? tableJson(rows) : format === 'markdown' ? tableMarkdown(rows, drawing) : tableText(rows, drawing);
  return { text, code: verdictOf(rows.flatMap(({ cells }) => Object.values(cells).flatMap((cell) => cell?.outcome.kind ?? []))) };
}

/** Every endpoint of every model. */
export const rowsOf = (lifted: readonly Lifted[], { origins, headers, credentials }: Omit<Asking, 'request'>): readonly Row[] =>
  lifted.flatMap(({ path: file, model, clients = {} }) =>
    tableOf(model, file, { origins, headers, credentials: credentials || undefined, clients }),
  );
