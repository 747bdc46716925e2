import { writtenAs } from '../model/origins.ts';
import type { AllowedOrigin, CorsHeaders, OriginPattern } from '../model/api.ts';
import type { Location } from '../source/location.ts';
import { siteOf, type List, type Unknown, type Value } from '../value/value.ts';
import { couldBe } from '../value/verdict.ts';
import type { Request } from './request.ts';
import type { Reader } from './worlds.ts';

/** A header of an answer, as it is sent. */
export type Header = readonly [name: string, value: string];

/** One way in which an answer may turn out. */
export interface Possible {
  readonly status: number;
  readonly headers: readonly Header[];
}

/** An answer as far as it is known before deployment. */
export interface Answer {
  /** Who writes it, as the end of a sentence: 'the OPTIONS method', 'the gateway response DEFAULT_4XX'. */
  readonly by: string;
  /** Why it is this one that answers, as the end of "since …", where that is not plain. */
  readonly since?: string | undefined;
  /** All ways in which it may turn out, as far as a browser minds; none where nothing is known of it. */
  readonly possible: readonly Possible[];
  /** What left it open. */
  readonly unknowns: readonly Unknown<unknown>[];
  /** Where its status is decided, and each of its headers. */
  readonly places: Places;
  /** Some value of it came from the environment: it is not to be shown. */
  readonly secret: boolean;
}

export interface Places {
  readonly status: Location;
  readonly origin: Location;
  readonly credentials: Location;
  readonly methods: Location;
  readonly headers: Location;
}

/** An answer of which nothing is known, and why. */
export const open = (by: string, at: Location, why: string): Answer => ({
  by,
  possible: [],
  unknowns: [{ kind: 'unknown', why, from: { kind: 'literal', at } }],
  places: placesAt(at),
  secret: false,
});

/** An answer without a CORS header. */
export const bare = (by: string, at: Location, status: number): Answer => ({
  by,
  possible: [{ status, headers: [] }],
  unknowns: [],
  places: placesAt(at),
  secret: false,
});

const placesAt = (at: Location): Places => ({ status: at, origin: at, credentials: at, methods: at, headers: at });

/** What a value may turn out to be: enough of it for every outcome that there is. */
interface Ways<T> {
  readonly ways: readonly T[];
  readonly unknowns: readonly Unknown<unknown>[];
}

/** The origin of no page that asks: what an unknown value is where it is not the asker's. */
const ANOTHER = 'https://another.invalid';

/**
 * The answer that these headers make for a request. A value that is not known is taken at its best and at its worst: the origin that
 * asks or another, all that is asked for or nothing. More ways make no other outcome, since a browser only compares.
 */
export function written(
  by: string,
  status: { readonly code: number; readonly at: Location },
  headers: CorsHeaders,
  request: Request,
  reader: Reader,
): Answer {
  const origin = originWays(headers.origin, request.origin, reader);
  const credentials = textWays(headers.credentials, 'true', reader);
  const methods = listWays(headers.methods, [request.method], reader);
  const names = listWays(
    headers.headers,
    request.headers.map(([name]) => name),
    reader,
  );
  const expose = listWays(headers.expose, [], reader);
  const possible = origin.ways.flatMap((allowed) =>
    credentials.ways.flatMap((allows) =>
      methods.ways.flatMap((method) =>
        names.ways.flatMap((name) =>
          expose.ways.map((exposed): Possible => ({
            status: status.code,
            headers: [
              ...header('Access-Control-Allow-Origin', allowed),
              ...header('Access-Control-Allow-Credentials', allows),
              ...header('Access-Control-Allow-Methods', method),
              ...header('Access-Control-Allow-Headers', name),
              ...header('Access-Control-Expose-Headers', exposed),
            ],
          })),
        ),
      ),
    ),
  );
  return {
    by,
    possible,
    unknowns: [...origin.unknowns, ...credentials.unknowns, ...methods.unknowns, ...names.unknowns],
    places: {
      status: status.at,
      origin: siteOf(reader.read<unknown>(headers.origin).from),
      credentials: siteOf(reader.read<unknown>(headers.credentials).from),
      methods: siteOf(reader.read<unknown>(headers.methods).from),
      headers: siteOf(reader.read<unknown>(headers.headers).from),
    },
    secret: [headers.origin, headers.credentials, headers.methods, headers.headers].some((value) => isSecret(value, reader)),
  };
}

/** Lists and echoes hold values of their own. */
function isSecret(value: Value<unknown>, reader: Reader): boolean {
  const arm = reader.read(value);
  if (arm.secret) return true;
  if (arm.kind === 'unknown') return false;
  if (Array.isArray(arm.value)) return arm.value.some((item: Value<unknown>) => reader.read(item).secret === true);
  const origin = arm.value as Partial<AllowedOrigin> | undefined;
  return typeof origin === 'object' && origin.kind === 'echo'
    ? (origin.among ?? []).some(({ text }) => reader.read(text).secret === true)
    : false;
}

const header = (name: string, value: string | undefined): readonly Header[] => (value === undefined ? [] : [[name, value]]);

function originWays(value: Value<AllowedOrigin>, asking: string, reader: Reader): Ways<string | undefined> {
  const origin = reader.read(value);
  if (origin.kind === 'unknown') return unknownOrigin(origin, asking);
  const sure = (way: string | undefined): Ways<string | undefined> => ({ ways: [way], unknowns: [] });
  switch (origin.value.kind) {
    case 'absent':
      return sure(undefined);
    case 'any':
      return sure('*');
    case 'fixed':
      return sure(origin.value.text);
    case 'reflect':
      return sure(asking);
    case 'echo':
      return echoWays(origin.value.among, origin.value.otherwise, asking, reader);
  }
}

function unknownOrigin(origin: Unknown<unknown>, asking: string): Ways<string | undefined> {
  const { pieces } = origin;
  const told = pieces?.some((piece) => piece !== null && piece !== '') ?? false;
  const ways = [...(couldBe(pieces, asking) ? [asking] : []), ...(couldBe(pieces, '*') ? ['*'] : []), told ? ANOTHER : undefined];
  return { ways, unknowns: [origin] };
}

function echoWays(
  among: readonly OriginPattern[],
  otherwise: Value<string | undefined>,
  asking: string,
  reader: Reader,
): Ways<string | undefined> {
  const matches = among.map((pattern) => matchOf(pattern, asking, reader));
  if (matches.includes('yes')) return { ways: [asking], unknowns: [] };
  const unknowns = matches.filter((match) => typeof match !== 'string');
  const told = reader.read(otherwise);
  const other = told.kind === 'known' ? [told.value] : [undefined, ANOTHER];
  return {
    ways: unknowns.length > 0 ? [asking, ...other] : other,
    unknowns: told.kind === 'unknown' ? [...unknowns, told] : unknowns,
  };
}

/** Expressions are not run: what they are written from is compared, or it is open (they are a stranger's, and may take for ever). */
function matchOf(pattern: OriginPattern, asking: string, reader: Reader): 'yes' | 'no' | Unknown<unknown> {
  const text = reader.read(pattern.text);
  if (text.kind === 'unknown') return couldBe(text.pieces, asking) || pattern.match === 'regex' ? text : 'no';
  if (pattern.match === 'exact') return text.value === asking ? 'yes' : 'no';
  const wanted = reader.read(writtenAs(pattern));
  if (wanted.kind === 'unknown' || wanted.value === undefined)
    return { kind: 'unknown', why: 'which origins this expression matches', from: text.from };
  return isLike(asking, wanted.value) ? 'yes' : 'no';
}

/** The first `*` stands for one character or more, whatever they are. */
function isLike(text: string, pattern: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return text === pattern;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length > head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
}

function textWays(value: Value<string | undefined>, wanted: string, reader: Reader): Ways<string | undefined> {
  const text = reader.read(value);
  if (text.kind === 'known') return { ways: [text.value], unknowns: [] };
  return { ways: couldBe(text.pieces, wanted) ? [wanted, undefined] : [undefined], unknowns: [text] };
}

/** A list without what is not known of it, and with all in it that is asked for and may be. */
function listWays(value: List<string>, wanted: readonly string[], reader: Reader): Ways<string | undefined> {
  const list = reader.read(value);
  if (list.kind === 'unknown') return { ways: [wanted.join(',') || undefined, undefined], unknowns: [list] };
  const items = list.value.map((item) => reader.read(item));
  const told = items.flatMap((item) => (item.kind === 'known' && item.value !== undefined ? [item.value] : []));
  const unknowns = items.filter((item) => item.kind === 'unknown');
  const line = (names: readonly string[]): string | undefined => (names.length > 0 ? names.join(',') : undefined);
  const hoped = wanted.filter((name) => unknowns.some(({ pieces }) => couldBe(pieces, name)));
  return { ways: unknowns.length > 0 ? [line([...told, ...hoped]), line(told)] : [line(told)], unknowns };
}
