import type { AllowedOrigin, CorsHeaders } from '../../model/api.ts';
import type { CodeAnswer } from '../../model/code.ts';
import type { Location } from '../../source/location.ts';
import { known, type List, type Provenance, type Value } from '../../value/value.ts';
import type { Draft } from './drafts.ts';
import { textValue } from './headers.ts';
import { originOf, patternsOf, relationOf } from './origins.ts';
import { signature } from './signature.ts';

const VARIES = 'it hangs on which way the code takes';

/** An answer, while several ways that lead to it are taken together. */
interface Claim {
  readonly draft: Draft;
  readonly answer: CodeAnswer;
}

/** One answer for each place that makes one, of all ways that lead there; several where they differ in kind. */
export function respond(drafts: readonly Draft[], fallback: Location): CodeAnswer[] {
  const groups = new Map<string, Claim[]>();
  for (const draft of drafts) {
    const key = `${placeOf(draft.at)}:${draft.asked}:${draft.unmatched}:${draft.refusal}`;
    const claims = groups.get(key) ?? [];
    if (!groups.has(key)) groups.set(key, claims);
    claims.push({ draft, answer: answerOf(draft) });
  }
  const answers = [...groups.values()].flatMap(together);
  return united(answers).toSorted((a, b) => order(a.at, fallback) - order(b.at, fallback));
}

const placeOf = ({ file, start, end }: Location): string => `${file.path}:${start}:${end}`;
/** Those of the handler's own file first. */
const order = ({ file, start }: Location, fallback: Location): number => (file === fallback.file ? start : start + 1e9);

function answerOf(draft: Draft): CodeAnswer {
  const { at, asked, status, sent } = draft;
  const answer: CodeAnswer = { at, asked, status, headers: corsOf(draft), written: sent.written };
  const allowed = sent.headers.get('access-control-allow-headers')?.value;
  return {
    ...answer,
    ...(draft.unmatched && { unmatched: true }),
    ...(draft.refusal && { refused: true }),
    ...(allowed?.kind === 'event' && ASKED.test(allowed.path) && { allowsAsked: true }),
  };
}

const ASKED = /^headers\.access-control-request-headers$/i;

function corsOf(draft: Draft): CorsHeaders {
  const { sent } = draft;
  const none: Provenance = { kind: 'absent', at: sent.at };
  const text = (name: string): Value<string | undefined> => {
    const header = sent.headers.get(name);
    if (header) return textValue(header.value);
    return sent.open === undefined ? known(undefined, none) : { kind: 'unknown', why: sent.open, from: none };
  };
  return {
    origin: originOf(draft),
    credentials: text('access-control-allow-credentials'),
    methods: listOf(text('access-control-allow-methods')),
    headers: listOf(text('access-control-allow-headers')),
    expose: listOf(text('access-control-expose-headers')),
    maxAge: text('access-control-max-age'),
    vary: listOf(text('vary')),
  };
}

function listOf(value: Value<string | undefined>): List<string> {
  if (value.kind === 'unknown') return { kind: 'unknown', why: value.why, from: value.from };
  if (value.kind === 'choice') {
    return {
      kind: 'choice',
      on: value.on,
      from: value.from,
      branches: new Map([...value.branches].map(([label, one]) => [label, listOf(one)])),
    };
  }
  const { from, secret } = value;
  const tokens = (value.value ?? '').split(',').map((token) => token.trim());
  return known(
    tokens.filter((token) => token !== '').map((token) => ({ ...known(token, from), ...(secret && { secret }) })),
    from,
  );
}

/** The ways that lead to one place, for one kind of request. */
function together(claims: readonly Claim[]): CodeAnswer[] {
  const echoing = claims.filter(({ answer }) => kindOf(answer) === 'echo');
  const refused = claims.filter(({ draft, answer }) => relationOf(draft) === 'refused' && kindOf(answer) !== 'echo');
  const free = claims.filter((claim) => !echoing.includes(claim) && !refused.includes(claim)).map(({ answer }) => answer);
  // Who is on no list is answered all the same.
  const reflected = refused.find(({ answer }) => kindOf(answer) === 'reflect');
  if (reflected) {
    const others = refused.filter(({ answer }) => kindOf(answer) !== 'reflect').map(({ answer }) => answer);
    return [...merged([...free, reflected.answer]), ...merged(others).map((answer) => ({ ...answer, refused: true as const }))];
  }
  if (echoing.length > 0) return merged([...free, echoed(echoing, refused)]);
  const same = new Set(free.map((answer) => signature(answer)));
  const rest = refused.filter(({ answer }) => !same.has(signature(answer)));
  return [...merged(free), ...merged(rest.map(({ answer }) => answer)).map((answer) => ({ ...answer, refused: true as const }))];
}

const kindOf = (answer: CodeAnswer): AllowedOrigin['kind'] | 'unknown' =>
  answer.headers.origin.kind === 'known' ? answer.headers.origin.value.kind : 'unknown';

/** One echo of all that are echoed on some way, and of what the others get. */
function echoed(claims: readonly Claim[], refused: readonly Claim[]): CodeAnswer {
  const [first, ...rest] = claims.map(({ answer }) => answer) as [CodeAnswer, ...CodeAnswer[]];
  const { origin } = first.headers;
  const among = claims.flatMap(({ draft }) => patternsOf(draft));
  const distinct = [...new Map(among.map((pattern) => [signature(pattern), pattern])).values()];
  const value: AllowedOrigin = { kind: 'echo', among: distinct, otherwise: otherwiseOf(refused, origin.from) };
  const headers: CorsHeaders = { ...rest.reduce(joined, first).headers, origin: known(value, origin.from) };
  return { ...rest.reduce(joined, first), headers };
}

function otherwiseOf(refused: readonly Claim[], from: Provenance): Value<string | undefined> {
  const texts = refused.map(({ answer }): Value<string | undefined> => {
    const { origin } = answer.headers;
    if (origin.kind !== 'known') return { kind: 'unknown', why: origin.kind === 'unknown' ? origin.why : VARIES, from: origin.from };
    const { value } = origin;
    if (value.kind === 'any') return known('*', origin.from);
    return value.kind === 'fixed'
      ? { ...known(value.text, origin.from), ...(origin.secret && { secret: true }) }
      : known(undefined, origin.from);
  });
  const [first] = texts;
  if (!first) return known(undefined, from);
  return texts.every((text) => signature(text) === signature(first)) ? first : { kind: 'unknown', why: VARIES, from: first.from };
}

/** Equal answers are one; of several values for everybody, nobody knows which it is. */
function merged(answers: readonly CodeAnswer[]): CodeAnswer[] {
  const kinds = new Map<string, CodeAnswer>();
  for (const answer of answers) {
    const kind = kindOf(answer);
    const key = kind === 'absent' || kind === 'echo' || kind === 'reflect' ? kind : 'text';
    const there = kinds.get(key);
    kinds.set(key, there ? joined(there, answer) : answer);
  }
  return [...kinds.values()];
}

function joined(one: CodeAnswer, other: CodeAnswer): CodeAnswer {
  const either = <T>(a: Value<T>, b: Value<T>): Value<T> =>
    signature(a) === signature(b) ? a : { kind: 'unknown', why: VARIES, from: a.from };
  const [a, b] = [one.headers, other.headers];
  return {
    ...one,
    status: either(one.status, other.status),
    headers: {
      origin: either(a.origin, b.origin),
      credentials: either(a.credentials, b.credentials),
      methods: either(a.methods, b.methods),
      headers: either(a.headers, b.headers),
      expose: either(a.expose, b.expose),
      maxAge: either(a.maxAge, b.maxAge),
      vary: either(a.vary, b.vary),
    },
    written: [...one.written, ...other.written.filter((header) => !one.written.some(({ at }) => placeOf(at) === placeOf(header.at)))],
  };
}

/** What preflights and all others get alike, any request gets. */
function united(answers: readonly CodeAnswer[]): CodeAnswer[] {
  const whole = new Map<string, CodeAnswer>();
  for (const answer of answers) {
    const key = `${placeOf(answer.at)}:${signature({ ...answer, asked: '' })}`;
    const there = whole.get(key);
    whole.set(key, there && there.asked !== answer.asked ? { ...there, asked: 'any' } : (there ?? answer));
  }
  return [...whole.values()];
}
