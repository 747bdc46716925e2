import { browse } from '../browser/browse.ts';
import type { Refusal, Reason } from '../browser/reasons.ts';
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
  /** The header's value and the request headers that it is about; undefined where it hangs on what is not known, or would show a value of the environment. */
  readonly refusal: Refusal | undefined;
  /** Who answered so. */
  readonly by: string;
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
    waysOf(response, request).map((answer) =>
      browse(
        { ...request, url: `${API}${request.path}`, credentials: request.credentials ? 'include' : 'same-origin' },
        { preflight: ahead, response: answer },
        { profile: 'chromium' },
      ),
    ),
  );
  const preflighted = seen.some(({ preflights }) => preflights > 0);
  const blocked = seen.filter((one) => !one.ok);
  const [first] = blocked;
  if (!first) return { outcome: { kind: 'passes' }, preflighted };
  if (blocked.length < seen.length) {
    const unknowns = [...(preflighted ? preflight.unknowns : []), ...response.unknowns];
    return { outcome: { kind: 'unknown', because: unknowns }, preflighted };
  }
  const ofPreflight = PREFLIGHT.test(first.reason);
  const { by, places, secret } = ofPreflight ? preflight : response;
  const { reason, value, names } = first;
  const isSure = !secret && blocked.every((one) => one.reason === reason && one.value === value);
  const refusal: Refusal = { reason, ...(value !== undefined && { value }), ...(names && { names }) };
  return { outcome: { kind: 'blocked', reason, refusal: isSure ? refusal : undefined, by, at: placeOf(reason, places) }, preflighted };
}

/** The reasons that lie in the answer to the preflight. */
const PREFLIGHT = /^(?:preflight-|acam-|acah-|method-not-allowed$|header-not-allowed$|authorization-not-covered)/;

/** The best answer and the worst, where nothing is known of it. */
function waysOf({ possible }: Answer, { origin, method, headers }: Request): readonly Possible[] {
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
