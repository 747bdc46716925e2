import { partsOf, piecesOf, type Tree } from '../../value/tree.ts';
import { known, refusing, type List, type Unknown, type Value } from '../../value/value.ts';
import type { AllowedOrigin, Mapping } from '../../model/api.ts';
import { isText, membersOf, unquoted, type Text } from './text.ts';
import { perWorld, isGiven, type Arm } from './worlds.ts';

export type Place = Mapping['place'];
/** How a value is written: `plain`, without quotes, by HTTP APIs and load balancers. */
type Style = Place | 'plain';

/** What the right-hand side of a header mapping yields (R12, R13, R34). */
export type Reading =
  | { readonly kind: 'absent' }
  /** In single quotes, which are taken off; there may be holes in it. */
  | { readonly kind: 'literal'; readonly text: Text }
  /** `method.request.header.origin` of a gateway response: whoever asks (R35). */
  | { readonly kind: 'caller' }
  | { readonly kind: 'unknown'; readonly why: string }
  /** It is no mapping, and the deploy fails. */
  | { readonly kind: 'refused' };

/** What may stand unquoted, and what it is. */
const EXPRESSIONS: Readonly<Record<Style, readonly (readonly [prefix: string, why: string])[]>> = {
  'integration-response': [
    ['integration.response.', "it is taken from the backend's answer"],
    ['stageVariables.', 'it is a stage variable'],
    ['context.', 'it is taken from the context of the request'],
  ],
  'gateway-response': [
    ['method.request.', 'it is taken from the request'],
    ['stageVariables.', 'it is a stage variable'],
    ['context.', 'it is taken from the context of the request'],
  ],
  plain: [],
};
/** `$request.header.origin`, or `${request.header.origin}` within a text. */
const REQUEST = /^\$(?:request|response|context|stageVariables)\.|\$\{(?:request|response|context|stageVariables)\./;
const CALLER = new Set(['method.request.header.origin', 'method.request.multivalueheader.origin']);

function readMapping(arm: Arm, place: Style): Reading {
  if (!isGiven(arm)) return { kind: 'absent' };
  if (!isText(arm)) return { kind: 'refused' };
  if (place === 'plain') return readPlain(arm);
  const text = unquoted(arm);
  if (text) return { kind: 'literal', text };
  const whole = arm.kind === 'scalar' ? String(arm.value) : undefined;
  if (place === 'gateway-response' && whole !== undefined && CALLER.has(whole.toLowerCase())) return { kind: 'caller' };
  const [first] = partsOf(arm);
  const start = first && 'text' in first ? first.text : '';
  const expression = EXPRESSIONS[place].find(([prefix]) => start.startsWith(prefix));
  if (expression) return { kind: 'unknown', why: expression[1] };
  return arm.kind === 'unknown' ? { kind: 'unknown', why: arm.why } : { kind: 'refused' };
}

function readPlain(text: Text): Reading {
  if (text.kind === 'unknown') return text.parts ? { kind: 'literal', text } : { kind: 'unknown', why: text.why };
  const value = String(text.value);
  if (/^\$request\.header\.origin$/i.test(value)) return { kind: 'caller' };
  return REQUEST.test(value) ? { kind: 'unknown', why: 'it is taken from the request or the answer' } : { kind: 'literal', text };
}

/** Unknown, with what its text tells all the same: 'https://${domain}' is surely not `*`. */
function unread<T>(tree: Arm, why: string): Unknown<T> {
  const text = isText(tree) ? (unquoted(tree) ?? tree) : undefined;
  return {
    kind: 'unknown',
    why,
    from: text?.from ?? tree.from,
    ...(text?.kind === 'unknown' && text.parts && { pieces: piecesOf(text.parts) }),
  };
}

const refused = <T>({ from }: Arm): Unknown<T> => ({ kind: 'unknown', why: 'the deploy refuses it', from: refusing(from) });

/** What a mapping of Access-Control-Allow-Origin sends; templates may have another word. */
export const originFrom = (tree: Tree, place: Style): Value<AllowedOrigin> =>
  perWorld([tree], tree.from, (arm): Value<AllowedOrigin> => {
    const reading = readMapping(arm, place);
    switch (reading.kind) {
      case 'absent':
        return known({ kind: 'absent' }, arm.from);
      case 'caller':
        return known({ kind: 'reflect' }, arm.from);
      case 'refused':
        // It is set, whatever to.
        return { ...refused<AllowedOrigin>(arm), pieces: [null] };
      case 'unknown':
        return unread(arm, reading.why);
      case 'literal':
        return reading.text.kind === 'unknown'
          ? unread(arm, reading.text.why)
          : { ...known(fixed(String(reading.text.value)), reading.text.from), ...secret(reading.text) };
    }
  });

const fixed = (text: string): AllowedOrigin => (text === '*' ? { kind: 'any' } : { kind: 'fixed', text });

const secret = (text: Text): { readonly secret?: true } => (text.secret ? { secret: true } : {});

/** The text of a header; undefined where it is not sent. */
export const textFrom = (tree: Tree, place: Style): Value<string | undefined> =>
  perWorld([tree], tree.from, (arm) => headerText(arm, readMapping(arm, place)));

function headerText(arm: Arm, reading: Reading): Value<string | undefined> {
  if (reading.kind === 'absent') return known(undefined, arm.from);
  if (reading.kind === 'literal') return asValue(reading.text);
  if (reading.kind === 'refused') return refused(arm);
  return unread(arm, reading.kind === 'caller' ? 'it is taken from the request' : reading.why);
}

/** As the Serverless Framework writes it for non-proxy integrations, and as it works (integ-013): without quotes. */
export const credentialsFrom = (tree: Tree, place: Style): Value<string | undefined> =>
  perWorld([tree], tree.from, (arm) => {
    const word = arm.kind === 'scalar' ? String(arm.value) : undefined;
    return word === 'true' || word === 'false' ? known(word, arm.from) : headerText(arm, readMapping(arm, place));
  });

/** The members of a header that holds a list, each with the place it comes from. */
export const listFrom = (tree: Tree, place: Style): List<string> =>
  perWorld([tree], tree.from, (arm): List<string> => {
    const reading = readMapping(arm, place);
    if (reading.kind === 'absent') return known([], arm.from);
    if (reading.kind === 'literal') return known(membersOf(reading.text).map(asValue), arm.from);
    if (reading.kind === 'refused') return refused(arm);
    return { kind: 'unknown', why: reading.kind === 'caller' ? 'it is taken from the request' : reading.why, from: arm.from };
  });

function asValue(text: Text): Value<string> {
  const { from } = text;
  if (text.kind === 'scalar') return text.secret ? { ...known(String(text.value), from), secret: true } : known(String(text.value), from);
  return { kind: 'unknown', why: text.why, from, ...(text.parts && { pieces: piecesOf(text.parts) }), ...secret(text) };
}
