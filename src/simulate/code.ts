import type { CorsHeaders, Endpoint, Preflight, ReadCode, Response } from '../model/api.ts';
import type { Unread } from '../model/code.ts';
import type { Location } from '../source/location.ts';
import { known } from '../value/value.ts';
import { open, written, type Answer } from './answers.ts';
import type { Scene } from './gateway.ts';
import type { Request } from './request.ts';
import type { Reader } from './worlds.ts';

type Named = readonly [name: string, answer: Answer];

const BY = 'the code';
const UNREAD = 'what the code behind it answers';

/** What code answers to a call, one for each way in which it does; of a way that could not be followed nothing is known. */
export function codeAnswers(endpoint: Endpoint, which: 'success' | 'handlerError', scene: Scene): readonly Named[] {
  const { code } = endpoint;
  if (!code) return [['', open(BY, endpoint.at, UNREAD)]];
  const made = endpoint[which].responses.filter((one) => one.code).flatMap((one) => sent(one, scene));
  return [...made, ...unreadIn(code, scene.reader).map(({ at, why }): Named => ['', open(BY, at, why)])];
}

/**
 * What a function URL makes of the answers of its code: its own headers come on top of theirs (U3). Of code that was not read it is not
 * known whether they are double.
 */
export function besideService(endpoint: Endpoint, which: 'success' | 'handlerError', own: Answer, scene: Scene): readonly Named[] {
  const { code } = endpoint;
  const added = (endpoint[which].beside ?? []).flatMap((one) => sent(one, scene));
  const unread = code ? unreadIn(code, scene.reader) : [{ at: endpoint.at, why: TWICE }];
  const made = added.map(([name, answer]): Named => [name, joined(own, answer)]);
  if (unread.length === 0) return made;
  const doubled = own.possible.map(({ status, headers }) => ({ status, headers: [...headers, ...headers] }));
  const [first] = unread;
  const unknowns = open(BY, first?.at ?? endpoint.at, TWICE).unknowns;
  return [...made, ['', { ...own, possible: [...own.possible, ...doubled], unknowns: [...own.unknowns, ...unknowns] }]];
}

const TWICE = 'whether the code sends CORS headers as well, which would make them double';

/** Both answers at once: all headers of the one and of the other. */
const joined = (own: Answer, code: Answer): Answer => ({
  ...code,
  possible: code.possible.flatMap(({ status, headers }) => own.possible.map((one) => ({ status, headers: [...one.headers, ...headers] }))),
  unknowns: [...own.unknowns, ...code.unknowns],
  secret: own.secret || code.secret,
});

/** What code answers to a preflight: each of its ways is possible, since nobody knows which one is taken. */
export function codePreflight({ code, responses = [], at }: Preflight, scene: Scene): Answer {
  const by = 'the code behind OPTIONS';
  const [unread] = code ? unreadIn(code, scene.reader) : [];
  if (!code || unread) return open(by, unread?.at ?? at, unread?.why ?? UNREAD);
  const [first, ...others] = responses.flatMap((one) => sent(one, scene)).map(([, answer]) => answer);
  // It answers with an error of its own, or not at all.
  if (!first) return open(by, at, UNREAD);
  return others.reduce((all, one) => both(all, one, at), { ...first, by });
}

function both(one: Answer, other: Answer, at: Location): Answer {
  const unknown = { kind: 'unknown', why: 'which way the code takes', from: { kind: 'literal', at } } as const;
  return {
    ...one,
    possible: [...one.possible, ...other.possible],
    unknowns: [...one.unknowns, ...other.unknowns, unknown],
    secret: one.secret || other.secret,
  };
}

function sent({ at, exists, status, headers, code: made }: Response, { reader, request }: Scene): readonly Named[] {
  const there = reader.holds(exists);
  if (there === 'no') return [];
  const code = reader.read(status);
  const name = code.kind === 'known' ? code.value : '?';
  const asked = made?.allowsAsked ? allowing(headers, request) : headers;
  if (there === 'maybe') return [[name, open(BY, at, 'whether API Gateway takes this answer as it is')]];
  return [[name, written(BY, { code: /^\d{3}$/.test(name) ? Number(name) : 200, at }, asked, request, reader)]];
}

/** All headers that the request asks for, where the code allows whatever that is. */
function allowing(headers: CorsHeaders, request: Request): CorsHeaders {
  const { from } = headers.headers;
  return {
    ...headers,
    headers: known(
      request.headers.map(([name]) => known(name, from)),
      from,
    ),
  };
}

/** In the world that is walked. */
const unreadIn = ({ readings }: ReadCode, reader: Reader): readonly Unread[] =>
  readings.filter(({ isSo }) => reader.holds(isSo) !== 'no').flatMap(({ code }) => code.unread.slice(0, 1));
