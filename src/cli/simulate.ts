import { Misuse } from '../config/misuse.ts';
import type { Lifted, LintResult } from '../lint.ts';
import type { Api } from '../model/api.ts';
import { journeyJson, tableJson } from '../report/simulation/json.ts';
import { journeyMarkdown, journeyText } from '../report/simulation/journey.ts';
import type { Told } from '../report/simulation/data.ts';
import { tableMarkdown, tableText } from '../report/simulation/table.ts';
import { requestsMeant, type Clients } from '../simulate/intended.ts';
import { journeysOf } from '../simulate/journey.ts';
import type { Request } from '../simulate/request.ts';
import { tableOf, type Row } from '../simulate/table.ts';
import type { Asking } from './asking.ts';

/** Passes, is blocked, or cannot be known. */
type Verdict = 0 | 1 | 4;

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
export const simulate = ({ lifted }: LintResult, asking: Asking, drawing: Drawing): Simulated =>
  asking.request ? journeys(lifted, asking, asking.request, drawing) : table(lifted, asking, drawing);

function journeys(
  lifted: readonly Lifted[],
  asking: Asking,
  { method, path }: NonNullable<Asking['request']>,
  drawing: Drawing,
): Simulated {
  const told = lifted.flatMap(({ model, clients }) => {
    const apis = model.apis.filter(({ target }) => target !== 'websocket');
    return apis.flatMap((api) =>
      originsFor(api, asking, clients).flatMap((origin): Told[] => {
        const request: Request = { origin, method, path, headers: asking.headers, credentials: asking.credentials };
        return journeysOf(api, request).map(({ when, result }) => ({ api, request, when, journey: result }));
      }),
    );
  });
  if (told.length === 0)
    throw new Misuse(
      'there is no API here that a page could call, or no origin to ask from: give one, like --origin https://app.example.com',
    );
  // Of several APIs, the one that has the route is meant.
  const routed = told.filter(({ journey }) => journey.kind !== 'no-route');
  return { text: drawn(routed.length > 0 ? routed : told, drawing), code: codeOf(told) };
}

function drawn(told: readonly Told[], { format, ...drawing }: Drawing): string {
  if (format === 'json') return journeyJson(told);
  return format === 'markdown' ? journeyMarkdown(told, drawing) : journeyText(told, drawing);
}

const originsFor = (api: Api, { origins }: Asking, clients: Clients | undefined): readonly string[] =>
  origins.length > 0 ? origins : [...new Set(requestsMeant(api, clients).map(({ request }) => request.origin))];

/** The preflight and the answer decide; errors are shown besides. A path that nothing takes is refused. */
function codeOf(told: readonly Told[]): Verdict {
  const routed = told.filter(({ journey }) => journey.kind !== 'no-route');
  if (routed.length === 0) return 1;
  const kinds = routed.flatMap(({ journey }) =>
    journey.kind === 'taken'
      ? journey.cells.filter(({ kind }) => kind === 'preflight' || kind === 'success').map(({ outcome }) => outcome.kind)
      : ['unknown' as const],
  );
  return verdictOf(kinds);
}

const verdictOf = (kinds: readonly string[]): Verdict => (kinds.includes('blocked') ? 1 : kinds.includes('unknown') ? 4 : 0);

function table(lifted: readonly Lifted[], { origins }: Asking, { format, ...drawing }: Drawing): Simulated {
  const rows = rowsOf(lifted, origins);
  const text = format === 'json' ? tableJson(rows) : format === 'markdown' ? tableMarkdown(rows, drawing) : tableText(rows, drawing);
  return { text, code: verdictOf(rows.flatMap(({ cells }) => Object.values(cells).flatMap((cell) => cell?.outcome.kind ?? []))) };
}

/** Every endpoint of every model. */
export const rowsOf = (lifted: readonly Lifted[], origins: readonly string[]): readonly Row[] =>
  lifted.flatMap(({ model, clients }) => tableOf(model, origins, clients ?? {}));
