import { positionAt } from '../../source/lines.ts';
import type { Cell, Journey } from '../../simulate/journey.ts';
import type { Outcome } from '../../simulate/outcome.ts';
import type { Row } from '../../simulate/table.ts';
import type { Location } from '../../source/location.ts';
import { describe } from '../../value/verdict.ts';
import { jsonText } from '../text.ts';
import type { Told } from './data.ts';

/** `[{api, target, file, request, when, route, preflighted, answers: [{kind, name, verdict, reason, …}]}]`, one entry for each API and group of worlds. */
export const journeyJson = (told: readonly Told[]): string =>
  jsonText(
    told.map(({ api, file, request, when, journey }) => ({
      api: api.name,
      target: api.target,
      file,
      request,
      when: describe(when),
      ...routed(journey),
    })),
  );

function routed(journey: Journey): object {
  switch (journey.kind) {
    case 'no-route':
      return { verdict: 'no-route', ...(journey.nearest !== undefined && { nearest: journey.nearest }) };
    case 'open':
      return { verdict: 'unknown', because: [journey.why] };
    case 'taken':
      return {
        route: journey.route,
        ...placed(journey.at),
        ...(journey.asks.dropped.length > 0 && { dropped: journey.asks.dropped }),
        preflighted: journey.preflighted,
        ...(journey.preflighted && { because: journey.asks.because, asked: journey.asks.names }),
        answers: journey.cells.map(cellOf),
      };
  }
}

/** The table: an entry for each line; `request` is left out where none could be made. */
export const tableJson = (rows: readonly Row[]): string =>
  jsonText(
    rows.map(({ api, file, endpoint, request, when, cells }) => ({
      api: api.name,
      target: api.target,
      file,
      endpoint,
      request,
      when: describe(when),
      answers: Object.values(cells).flatMap((cell) => (cell ? [cellOf(cell)] : [])),
    })),
  );

const cellOf = ({ kind, name, outcome }: Cell): object => ({ kind, name, ...verdictOf(outcome) });

function verdictOf(outcome: Outcome): object {
  switch (outcome.kind) {
    case 'passes':
      return { verdict: 'passes' };
    case 'unknown':
      return { verdict: 'unknown', because: [...new Set(outcome.because.map(({ why }) => why))] };
    case 'blocked':
      return {
        verdict: 'blocked',
        reason: outcome.reason,
        ...(outcome.reasons.length > 1 && { reasons: outcome.reasons }),
        by: outcome.by,
        ...(outcome.since !== undefined && { since: outcome.since }),
        ...outcome.refusal,
        console: outcome.says,
        ...placed(outcome.at),
      };
  }
}

const placed = ({ file, start }: Location): object => ({ filePath: file.path, ...positionAt(file, start) });
