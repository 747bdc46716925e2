import type { AllowedOrigin } from '../../src/model/api.ts';
import type { Code, CodeAnswer } from '../../src/model/code.ts';
import type { List, Value } from '../../src/value/value.ts';
import type { Call } from './events.ts';

/** What a handler answered when it was called. */
export interface Real {
  readonly answer?: unknown;
  readonly error?: string;
}

type Response = { readonly statusCode?: number | string; readonly headers?: object; readonly multiValueHeaders?: object } | null;

/** The headers as they are sent, by lower-case name. */
function sentBy(answer: Response): ReadonlyMap<string, string> {
  const single = Object.entries(answer?.headers ?? {}).filter(([, value]) => value !== null);
  const multiple = Object.entries(answer?.multiValueHeaders ?? {}).map(([name, value]) => [name, (value as unknown[]).join(',')] as const);
  return new Map([...single, ...multiple].map(([name, value]) => [name.toLowerCase(), String(value)]));
}

const couldBe = <T>(value: Value<T>, real: T): boolean =>
  value.kind === 'unknown' ||
  (value.kind === 'choice' ? [...value.branches.values()].some((one) => couldBe(one, real)) : value.value === real);

function couldList(list: List<string>, real: string | undefined): boolean {
  if (list.kind !== 'known') return true;
  const tokens = (real ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return list.value.length === tokens.length && list.value.every((one, place) => couldBe(one, tokens[place]));
}

const isListed = ({ among }: Extract<AllowedOrigin, { kind: 'echo' }>, caller: string | undefined): boolean =>
  caller !== undefined &&
  among.some(
    ({ match, text }) =>
      text.kind === 'known' && (match === 'exact' ? text.value === caller : new RegExp(`^(?:${text.value})$`).test(caller)),
  );

function couldAllow(value: Value<AllowedOrigin>, caller: string | undefined, real: string | undefined): boolean {
  if (value.kind !== 'known') return true;
  const claim = value.value;
  switch (claim.kind) {
    case 'absent':
      return real === undefined;
    case 'any':
      return real === '*';
    case 'fixed':
      return real === claim.text;
    case 'reflect':
      return real === caller;
    case 'echo': {
      const unknown = claim.among.some(({ text }) => text.kind !== 'known');
      if (isListed(claim, caller)) return real === caller;
      return couldBe(claim.otherwise, real) || (unknown && real === caller);
    }
  }
}

function agrees(claim: CodeAnswer, { event }: Call, answer: Response): boolean {
  if (claim.asked === 'preflight' && event.httpMethod !== 'OPTIONS') return false;
  if (claim.asked === 'others' && event.httpMethod === 'OPTIONS') return false;
  const sent = sentBy(answer);
  const { headers } = claim;
  const caller = event.headers['origin'];
  if (!couldAllow(headers.origin, caller, sent.get('access-control-allow-origin'))) return false;
  // An echo tells of those on its list, and of the others no more than their Access-Control-Allow-Origin.
  if (headers.origin.kind === 'known' && headers.origin.value.kind === 'echo' && !isListed(headers.origin.value, caller)) return true;
  return (
    couldBe(claim.status, answer?.statusCode === undefined ? undefined : Number(answer.statusCode)) &&
    couldBe(headers.credentials, sent.get('access-control-allow-credentials')) &&
    couldBe(headers.maxAge, sent.get('access-control-max-age')) &&
    couldList(headers.methods, sent.get('access-control-allow-methods')) &&
    couldList(headers.headers, sent.get('access-control-allow-headers')) &&
    couldList(headers.expose, sent.get('access-control-expose-headers')) &&
    couldList(headers.vary, sent.get('vary'))
  );
}

/** What the analysis claimed and the handler does not do; empty where it told the truth. */
export function falsehoods(code: Code, calls: readonly Call[], reals: readonly Real[]): string[] {
  const given = reals.flatMap(({ answer, error }, place) => {
    const call = calls[place];
    return error === undefined && call ? [{ call, answer: answer as Response }] : [];
  });
  const missed =
    code.unread.length > 0 ? [] : given.filter(({ call, answer }) => !code.answers.some((claim) => agrees(claim, call, answer)));
  const unseen = code.answers.filter((claim) => !given.some(({ call, answer }) => agrees(claim, call, answer)));
  return [
    ...missed
      .slice(0, 2)
      .map(({ call, answer }) => `no claim fits ${call.event.httpMethod} from ${call.event.headers['origin']}: ${JSON.stringify(answer)}`),
    ...unseen.map((claim) => `nothing answers as claimed: ${describe(claim)}`),
  ];
}

/** Whether the analysis says what the handler does, in all that it does. */
export const isWhole = ({ answers, unread }: Code): boolean =>
  unread.length === 0 && answers.length > 0 && answers.every(({ headers }) => headers.origin.kind === 'known');

const shown = (key: string, value: unknown): unknown => (key === 'from' || key === 'at' || key === 'file' ? undefined : value);
const describe = ({ at, asked, status, headers, refused }: CodeAnswer): string =>
  `${at.file.path}:${at.file.text.slice(0, at.start).split('\n').length} ${asked}${refused ? ' refused' : ''} ${JSON.stringify({ status, ...headers }, shown)}`;

/** What it does not say, or says with doubts. */
export const doubts = ({ answers, unread }: Code): string => [...unread.map(({ why }) => why), ...answers.map(describe)].join('; ');

const text = (value: Value<unknown>): string =>
  value.kind === 'known'
    ? value.value === undefined
      ? '-'
      : JSON.stringify(value.value).replaceAll('"', '')
    : value.kind === 'choice'
      ? [...value.branches].map(([label, one]) => `${label}: ${text(one)}`).join(' | ')
      : `? (${value.why})`;

function origin(value: Value<AllowedOrigin>): string {
  if (value.kind !== 'known') return text(value);
  const { value: one } = value;
  if (one.kind === 'echo') return `one of ${one.among.map((pattern) => text(pattern.text)).join(', ')}; else ${text(one.otherwise)}`;
  return one.kind === 'fixed' ? one.text : { absent: '-', any: '*', reflect: 'whoever asks' }[one.kind];
}

const listed = (list: List<string>): string => (list.kind === 'known' ? list.value.map(text).join(', ') || '-' : text(list));

const lineOf = ({ file, start }: CodeAnswer['at']): string =>
  `${file.path.split('/').at(-1)}:${file.text.slice(0, start).split('\n').length}`;

/** What is claimed of a handler, for people to read. */
export const claims = ({ answers, unread }: Code): string =>
  [
    ...unread.map(({ at, why }) => `${lineOf(at)} not read: ${why}`),
    ...answers.flatMap(({ at, asked, status, headers, refused, unmatched, allowsAsked }) => [
      `${lineOf(at)} ${asked}${refused ? ', refused' : ''}${unmatched ? ', unmatched' : ''}: ${text(status)}`,
      `  Access-Control-Allow-Origin: ${origin(headers.origin)}`,
      ...[
        ['Access-Control-Allow-Credentials', text(headers.credentials)],
        ['Access-Control-Allow-Methods', listed(headers.methods)],
        ['Access-Control-Allow-Headers', allowsAsked ? 'what the preflight asks for' : listed(headers.headers)],
        ['Access-Control-Expose-Headers', listed(headers.expose)],
        ['Access-Control-Max-Age', text(headers.maxAge)],
        ['Vary', listed(headers.vary)],
      ].flatMap(([name = '', value = '']) => (value === '-' ? [] : [`  ${name}: ${value}`])),
    ]),
    '',
  ].join('\n');
