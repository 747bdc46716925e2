import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Answer as Fetched, Answers, PageRequest } from '../../src/browser/types.ts';
import { nodeIo } from '../../src/config/node-io.ts';
import { lint } from '../../src/lint.ts';
import type { Api } from '../../src/model/api.ts';
import { requestsFor } from '../../src/simulate/intended.ts';
import { journeysIn, type Cell, type Taken } from '../../src/simulate/journey.ts';
import { outcomeOf, waysOf, type Outcome } from '../../src/simulate/outcome.ts';
import type { Request } from '../../src/simulate/request.ts';
import { describe } from '../../src/value/verdict.ts';

/** One request with all that is answered to it, and what the simulator says a browser makes of it. */
export interface Predicted extends Answers {
  /** 'rules/missing-cors/reported-sam.sam.yaml, Api': one API of one file. */
  readonly api: string;
  /** 'PUT /items, when stage = prod, gateway-error 401 UNAUTHORIZED'. */
  readonly id: string;
  readonly request: PageRequest;
  readonly preflighted: boolean;
  /** Undefined where it passes. */
  readonly reason: string | undefined;
}

/** An answer that is not known to turn out in one way alone: all in which it may, and what the simulator says of them together. */
export interface Opened {
  readonly api: string;
  readonly id: string;
  readonly ways: readonly (Answers & { readonly request: PageRequest })[];
  readonly outcome: Outcome;
}

export interface Predictions {
  readonly predicted: readonly Predicted[];
  readonly opened: readonly Opened[];
  /** Origins such as `capacitor://localhost`, of which Chromium opens no page. */
  readonly apps: number;
}

/** The origin of a page that no fixture means to let in. */
const FOREIGN = 'https://foreign.invalid';

/**
 * What is predicted for the APIs of the files below a folder, wherever the answers are known to the last header: every endpoint, asked
 * from each origin that it lets in and from a foreign one, with and without credentials, with the headers that a page would send.
 */
export async function predictions(folder: string): Promise<Predictions> {
  const found = new Map<string, Predicted>();
  const opened = new Map<string, Opened>();
  let apps = 0;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.endsWith('.out'),
  );
  for (const file of files.map(({ parentPath, name }) => path.join(parentPath, name)).toSorted()) {
    const { lifted } = await lint([file], { cwd: folder, config: false }, nodeIo);
    for (const api of lifted.flatMap(({ model }) => model.apis)) {
      for (const one of ofApi(api, `${path.relative(folder, file)}, ${api.name}`)) {
        if (!originOf(one).startsWith('http')) apps += 1;
        else if ('ways' in one) opened.set(JSON.stringify([one.api, one.ways]), one);
        // Two gateway errors without headers are one to a browser.
        else found.set(keyOf(one), found.get(keyOf(one)) ?? one);
      }
    }
  }
  return { predicted: [...found.values()], opened: [...opened.values()], apps };
}

const originOf = (one: Predicted | Opened): string => ('ways' in one ? (one.ways[0]?.request.origin ?? '') : one.request.origin);

const keyOf = ({ api, request, preflight, response }: Predicted): string => JSON.stringify([api, request, preflight, response]);

/** Each answer to each request in each world. */
function* ofApi(api: Api, named: string): Iterable<Predicted | Opened> {
  // Browsers do not apply CORS to WebSockets.
  if (api.target === 'websocket') return;
  for (const { request: meant, isSo } of [...requestsFor(api, {}, []), ...requestsFor(api, {}, [FOREIGN])]) {
    for (const credentials of [true, false]) {
      const request = { ...meant, credentials };
      for (const { when, result } of journeysIn(api, request, isSo)) {
        if (result.kind !== 'taken') continue;
        const asked = [`${request.method} ${request.path}`, describe(when)].filter(Boolean).join(', ');
        for (const cell of shown(result)) {
          const one = ofCell(request, result, cell);
          yield { ...one, api: named, id: `${asked}, ${cell.kind} ${cell.name}`.trim() };
        }
      }
    }
  }
}

/** What a browser gets to see: no preflight where it makes none, and nothing else where one is refused. */
function shown({ preflighted, cells }: Taken): readonly Cell[] {
  const ahead = cells.filter(({ kind }) => kind === 'preflight');
  if (preflighted && ahead.some(({ outcome }) => outcome.kind === 'blocked')) return ahead;
  return preflighted ? cells : cells.filter(({ kind }) => kind !== 'preflight');
}

function ofCell(
  meant: Request,
  { preflight, preflighted }: Taken,
  { kind, answer, outcome: told }: Cell,
): Omit<Predicted, 'api' | 'id'> | Omit<Opened, 'api' | 'id'> {
  const request: PageRequest = {
    ...meant,
    url: `https://api.invalid${meant.path}`,
    credentials: meant.credentials ? 'include' : 'same-origin',
  };
  // Without a preflight it does not matter how one would be answered.
  const ahead = preflighted ? waysOf(preflight, meant) : [null];
  const ways = ahead.flatMap((one) => waysOf(answer, meant).map((response) => ({ request, preflight: one, response })));
  const outcome = whereItOccurs(kind, told, outcomeOf(meant, preflight, answer).outcome);
  const [only, another] = ways;
  if (!only || another || outcome.kind === 'unknown') return { ways, outcome };
  return { ...only, preflighted, reason: outcome.kind === 'blocked' ? outcome.reason : undefined };
}

/** An error of the gateway that may never occur is told as open, where it would be blocked: then what is said of it is that. */
const whereItOccurs = (kind: Cell['kind'], told: Outcome, occurring: Outcome): Outcome =>
  kind === 'gateway-error' && told.kind === 'unknown' && occurring.kind === 'blocked' ? occurring : told;

/**
 * What is wrong with what the simulator says of an answer, given what came of it in each of the ways: open is what passes in some and is
 * blocked in others; what is blocked in all is so for the reasons that are told, and for each of them in some way.
 */
export function misjudged({ outcome }: Opened, seen: readonly Pick<Truth, 'ok' | 'reason'>[]): string | undefined {
  const told = outcome.kind === 'blocked' ? outcome.reasons.toSorted().join() : '';
  const real = [...new Set(seen.flatMap(({ ok, reason }) => (ok ? [] : [reason ?? 'no reason'])))].toSorted().join();
  const passing = seen.filter(({ ok }) => ok).length;
  const is = passing === seen.length ? 'passes' : passing === 0 ? 'blocked' : 'unknown';
  if (is !== outcome.kind) return `the simulator says ${outcome.kind}, and of ${seen.length} ways ${passing} pass`;
  return is === 'blocked' && told !== real ? `the simulator says ${told}, the browser ${real}` : undefined;
}

/** The same predictions with other answers: whoever was let in is not, and whoever was not is. What is said of them is no longer so. */
export const spoilt = (all: readonly Predicted[]): readonly Predicted[] =>
  all.map((one) => ({
    ...one,
    preflight: one.preflight && other(one),
    response: one.response && !one.response.drop ? other(one) : one.response,
  }));

const other = ({ request, reason }: Predicted): Fetched => ({
  status: 200,
  headers: [
    ['Access-Control-Allow-Origin', reason === undefined ? FOREIGN_TO_ALL : request.origin],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Access-Control-Allow-Methods', request.method],
    ['Access-Control-Allow-Headers', request.headers.map(([name]) => name).join(',')],
  ],
});

const FOREIGN_TO_ALL = 'https://nobody.invalid';

/** What the simulator says of a request, in the words in which a browser's answer is compared. */
export const saidOf = ({ reason, preflighted }: Predicted): string => textOf(reason, preflighted);

/** What came of it. */
export const realOf = ({ ok, reason, preflights }: Truth): string => textOf(ok ? undefined : (reason ?? 'no reason'), preflights > 0);

/** The part of what was seen that is compared. */
export interface Truth {
  readonly ok: boolean;
  readonly reason: string | null;
  readonly preflights: number;
}

const textOf = (reason: string | undefined, isAsked: boolean): string => `${reason ?? 'passes'}${isAsked ? ' after a preflight' : ''}`;
