import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Answer as Fetched, Answers, PageRequest } from '../../src/browser/types.ts';
import { nodeIo } from '../../src/config/node-io.ts';
import { lint } from '../../src/lint.ts';
import type { Api } from '../../src/model/api.ts';
import { requestsFor } from '../../src/simulate/intended.ts';
import { journeysIn, type Cell, type Taken } from '../../src/simulate/journey.ts';
import type { Answer } from '../../src/simulate/answers.ts';
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

export interface Predictions {
  readonly predicted: readonly Predicted[];
  /** Answers that are not known to turn out in one way alone. */
  readonly open: number;
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
  let [open, apps] = [0, 0];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.endsWith('.out'),
  );
  for (const file of files.map(({ parentPath, name }) => path.join(parentPath, name)).toSorted()) {
    const { lifted } = await lint([file], { cwd: folder, config: false }, nodeIo);
    for (const api of lifted.flatMap(({ model }) => model.apis)) {
      for (const one of ofApi(api, `${path.relative(folder, file)}, ${api.name}`)) {
        if (!one) open += 1;
        else if (!one.request.origin.startsWith('http')) apps += 1;
        // Two gateway errors without headers are one to a browser.
        else found.set(keyOf(one), found.get(keyOf(one)) ?? one);
      }
    }
  }
  return { predicted: [...found.values()], open, apps };
}

const keyOf = ({ api, request, preflight, response }: Predicted): string => JSON.stringify([api, request, preflight, response]);

/** Each answer to each request in each world; undefined where something of it is open. */
function* ofApi(api: Api, named: string): Iterable<Predicted | undefined> {
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
          yield one && { ...one, api: named, id: `${asked}, ${cell.kind} ${cell.name}`.trim() };
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

function ofCell(request: Request, { preflight, preflighted }: Taken, { answer, outcome }: Cell): Omit<Predicted, 'api' | 'id'> | undefined {
  const [ahead, response] = [only(preflight), only(answer)];
  // Without a preflight it does not matter how one would be answered.
  if (!response || (preflighted && !ahead) || outcome.kind === 'unknown') return undefined;
  return {
    request: { ...request, url: `https://api.invalid${request.path}`, credentials: request.credentials ? 'include' : 'same-origin' },
    preflight: preflighted && ahead ? ahead : null,
    response,
    preflighted,
    reason: outcome.kind === 'blocked' ? outcome.reason : undefined,
  };
}

/** The one way in which an answer turns out. */
const only = ({ possible }: Answer): Answer['possible'][number] | undefined => (possible.length === 1 ? possible[0] : undefined);

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
