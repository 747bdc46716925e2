import { browse, type Blocked as Stopped } from '../browser/browse.ts';
import { chromiumTexts } from '../browser/messages/chromium.ts';
import type { Refusal, Reason } from '../browser/reasons.ts';
import type { PageRequest } from '../browser/types.ts';
import type { Location } from '../source/location.ts';
import type { Unknown } from '../value/value.ts';
import type { Answer, Places, Possible } from './answers.ts';
import type { Request } from './request.ts';

/** What a page gets to see of one answer. */
export type Outcome = Passes | Blocked | Open;

export interface Passes {
  readonly kind: 'passes';
}

export interface Blocked {
  readonly kind: 'blocked';
  readonly reason: Reason;
  /** All reasons that there may be: more than that one where the answer is not known to the last header. */
  readonly reasons: readonly Reason[];
  /** The header's value and the request headers that it is about; undefined where it hangs on what is not known, or would show a value of the environment. */
  readonly refusal: Refusal | undefined;
  /** Who answered so. */
  readonly by: string;
  /** Why it was this one, as the end of "since …". */
  readonly since: string | undefined;
  /** What Chromium's console says after "blocked by CORS policy: ", a line for each text; empty where `refusal` is undefined. */
  readonly says: readonly string[];
  /** The place in the template that decides it. */
  readonly at: Location;
}

export interface Open {
  readonly kind: 'unknown';
  readonly because: readonly Unknown<unknown>[];
}

/** What one pair of answers comes to, and whether a preflight was made at all. */
export interface Seen {
  readonly outcome: Outcome;
  readonly preflighted: boolean;
}

/** A host of no API that there is; what counts is that it is not the page's. */
const API = 'https://api.invalid';

/**
 * What the browser makes of a preflight's answer and the request's own, over all ways in which both may turn out: blocked if it is in
 * all of them, passing if it is in all, else open because of what is not known.
 */
export function outcomeOf(request: Request, preflight: Answer, response: Answer): Seen {
  const seen = waysOf(preflight, request).flatMap((ahead) =>
    waysOf(response, request).map((answer) => browse(ofPage(request), { preflight: ahead, response: answer }, { profile: 'chromium' })),
  );
  const preflighted = seen.some(({ preflights }) => preflights > 0);
  const blocked = seen.filter((one): one is Stopped => !one.ok);
  const [first] = blocked;
  if (!first) return { outcome: { kind: 'passes' }, preflighted };
  if (blocked.length < seen.length) {
    const unknowns = [...(preflighted ? preflight.unknowns : []), ...response.unknowns];
    return { outcome: { kind: 'unknown', because: unknowns }, preflighted };
  }
  return { outcome: stopped(request, first, blocked, PREFLIGHT.test(first.reason) ? preflight : response), preflighted };
}

/** As the page asks for it. */
const ofPage = (request: Request): PageRequest => ({
  ...request,
  url: `${API}${request.path}`,
  credentials: request.credentials ? 'include' : 'same-origin',
});

/** The first of the ways in which a request is blocked stands for all; its details are told if they are those of all. */
function stopped(request: Request, first: Stopped, all: readonly Stopped[], { by, since, places, secret }: Answer): Blocked {
  const { reason, value, names } = first;
  const isSure = !secret && all.every((one) => one.reason === reason && one.value === value);
  const refusal: Refusal = { reason, ...(value !== undefined && { value }), ...(names && { names }) };
  const says = chromiumTexts(ofPage(request), first).map((text) => text.replace(/^.* blocked by CORS policy: /s, ''));
  return {
    kind: 'blocked',
    reason,
    reasons: [...new Set(all.map((one) => one.reason))],
    refusal: isSure ? refusal : undefined,
    by,
    since,
    says: isSure ? says : [],
    at: placeOf(reason, places),
  };
}

/** The reasons that lie in the answer to the preflight. */
const PREFLIGHT = /^(?:preflight-|acam-|acah-|method-not-allowed$|header-not-allowed$|authorization-not-covered)/;

/** Every way in which an answer may turn out: the best and the worst, where nothing is known of it. */
export function waysOf({ possible }: Answer, { origin, method, headers }: Request): readonly Possible[] {
  if (possible.length > 0) return possible;
  const best: Possible = {
    status: 200,
    headers: [
      ['Access-Control-Allow-Origin', origin],
      ['Access-Control-Allow-Credentials', 'true'],
      ['Access-Control-Allow-Methods', method],
      ['Access-Control-Allow-Headers', headers.map(([name]) => name).join(',')],
    ],
  };
  return [best, { status: 403, headers: [] }];
}

/** The place that decides on a reason: a header's, or where the status comes from. */
function placeOf(reason: Reason, places: Places): Location {
  if (/acac|wildcard-with-credentials/.test(reason))
    return reason.endsWith('wildcard-with-credentials') ? places.origin : places.credentials;
  if (reason.includes('acao')) return places.origin;
  if (reason === 'method-not-allowed' || reason === 'acam-syntax') return places.methods;
  if (reason === 'header-not-allowed' || reason === 'acah-syntax' || reason.startsWith('authorization-')) return places.headers;
  return places.status;
}

/** An answer that every browser is content with, to see what the preflight alone comes to. */
export const content = (at: Location, { origin }: Request): Answer => ({
  by: 'the answer',
  possible: [
    {
      status: 200,
      headers: [
        ['Access-Control-Allow-Origin', origin],
        ['Access-Control-Allow-Credentials', 'true'],
      ],
    },
  ],
  unknowns: [],
  places: { status: at, origin: at, credentials: at, methods: at, headers: at },
  secret: false,
});
