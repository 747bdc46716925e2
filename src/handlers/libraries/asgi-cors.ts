import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { among } from '../interpret/operators.ts';
import { opaque, scalar, textOf, type Named, type Pattern, type Thing } from '../interpret/things.ts';
import { matches } from '../javascript/texts.ts';
import type { Answered } from './asgi-walk.ts';
import { asksBy, truthOf, whyOf } from './kit.ts';
import { given, joinedTexts } from './python-kit.ts';
import { replyWith } from './python-response.ts';
import type { Reply } from './reply.ts';

const SAFELISTED = ['Accept', 'Accept-Language', 'Content-Language', 'Content-Type'];
const ALL = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

interface Cors {
  readonly on: Machine;
  readonly named: Named;
  readonly at: Location;
}

/** CORSMiddleware of Starlette: https://www.starlette.io/middleware/#corsmiddleware */
export function aroundCors(on: Machine, named: Named, at: Location, inner: () => Answered): Answered {
  const cors: Cors = { on, named, at };
  // What comes from no page is left alone.
  if (!on.run.decide(on.run.piece('origin', at))) return inner();
  if (asksBy(on, ['OPTIONS'], at)) return preflight(cors);
  const answer = inner();
  if (answer.reply) simple(cors, answer.reply);
  return answer;
}

/** Of a list: whether a star is among it. Undefined where that is not known. */
function hasStar(thing: Thing | undefined): boolean | undefined {
  if (!thing) return false;
  if (textOf(thing) === '*') return true;
  if (thing.kind !== 'list') return undefined;
  if (thing.items.some((item) => textOf(item) === '*')) return true;
  return thing.open === undefined && thing.items.every((item) => textOf(item) !== undefined || item.kind === 'text') ? false : undefined;
}

function credentialsOf({ on, named }: Cors): boolean | undefined {
  const thing = given(named, 'allow_credentials');
  return thing ? truthOf(on, thing) : false;
}

const unknownFrom = (cors: Cors): Thing => {
  const origins = given(cors.named, 'allow_origins');
  return opaque(
    origins ? (origins.kind === 'list' ? (origins.open ?? 'the code works it out') : whyOf(origins)) : 'the code works it out',
    origins?.at ?? cors.at,
  );
};

/** Whether the request's Origin is let in, of origins that are known. */
function isLetIn({ on, named, at }: Cors): boolean {
  const origins = given(named, 'allow_origins');
  const listed = origins?.kind === 'list' ? [...origins.items] : [];
  if (origins?.kind === 'list' && origins.open !== undefined) listed.push(opaque(origins.open, origins.at));
  const origin = on.run.piece('origin', at);
  const regex = given(named, 'allow_origin_regex');
  const source = regex && textOf(regex);
  // It is matched as a whole.
  const pattern: Pattern | undefined = regex && {
    kind: 'pattern',
    at: regex.at,
    source: source === undefined ? '' : `^${source.replace(/^\^/, '').replace(/\$$/, '')}$`,
    flags: source === undefined ? 'unknown' : '',
  };
  if (listed.length > 0 && on.run.decide(among(origin, listed, at))) return true;
  return pattern !== undefined && on.run.decide(matches(on, pattern, origin, at));
}

const put = (reply: Reply, name: string, value: Thing): void => reply.set(name, value, value.at);

function simple(cors: Cors, headers: Reply): void {
  const { on, named, at } = cors;
  const star = hasStar(given(named, 'allow_origins'));
  const credentials = credentialsOf(cors);
  const exposed = given(named, 'expose_headers');
  if (credentials !== false)
    put(
      headers,
      'Access-Control-Allow-Credentials',
      credentials ? scalar('true', given(named, 'allow_credentials')?.at ?? at) : opaque('the code works it out', at),
    );
  if (exposed && !(exposed.kind === 'list' && exposed.open === undefined && exposed.items.length === 0))
    put(headers, 'Access-Control-Expose-Headers', joinedTexts(exposed, ', ', at, false));
  if (star === undefined) {
    put(headers, 'Access-Control-Allow-Origin', unknownFrom(cors));
    put(headers, 'Vary', unknownFrom(cors));
    return;
  }
  // Requests with cookies are told their own Origin.
  const explicit = star ? on.run.decide(on.run.piece('headers.cookie', at)) : isLetIn(cors);
  if (star && !explicit) put(headers, 'Access-Control-Allow-Origin', scalar('*', given(named, 'allow_origins')?.at ?? at));
  if (!explicit) return;
  put(headers, 'Access-Control-Allow-Origin', { ...on.run.piece('origin', at), at: given(named, 'allow_origins')?.at ?? at });
  headers.vary('Origin', at);
}

function preflight(cors: Cors): Answered {
  const { on, named, at } = cors;
  const star = hasStar(given(named, 'allow_origins'));
  const credentials = credentialsOf(cors);
  const headers = replyWith(on, scalar(200, at), undefined, at);
  const methods = given(named, 'allow_methods');
  const every = hasStar(methods);
  put(
    headers,
    'Access-Control-Allow-Methods',
    every ? scalar(ALL.join(', '), methods?.at ?? at) : methods ? joinedTexts(methods, ', ', at, false) : scalar('GET', at),
  );
  const age = named.get('max_age');
  put(headers, 'Access-Control-Max-Age', age ? (age.kind === 'scalar' ? scalar(String(age.value), age.at) : age) : scalar('600', at));
  const allowed = given(named, 'allow_headers');
  const anyHeader = hasStar(allowed);
  put(
    headers,
    'Access-Control-Allow-Headers',
    anyHeader ? on.run.piece('headers.access-control-request-headers', at) : joinedTexts(allowed, ', ', at, true, SAFELISTED),
  );
  if (credentials !== false)
    put(
      headers,
      'Access-Control-Allow-Credentials',
      credentials ? scalar('true', given(named, 'allow_credentials')?.at ?? at) : opaque('the code works it out', at),
    );
  let letIn = true;
  if (star === undefined || credentials === undefined) {
    put(headers, 'Access-Control-Allow-Origin', unknownFrom(cors));
    put(headers, 'Vary', unknownFrom(cors));
    headers.status = unknownFrom(cors);
  } else if (star && !credentials) put(headers, 'Access-Control-Allow-Origin', scalar('*', given(named, 'allow_origins')?.at ?? at));
  else {
    put(headers, 'Vary', scalar('Origin', at));
    letIn = star || isLetIn(cors);
    if (letIn) put(headers, 'Access-Control-Allow-Origin', { ...on.run.piece('origin', at), at: given(named, 'allow_origins')?.at ?? at });
  }
  // Whoever asks for a method or a header that is not allowed is told so by the status.
  const asksTooMuch = letIn && (every !== true || anyHeader !== true) && on.run.fork(2) === 1;
  if (letIn && !asksTooMuch) return { reply: headers, why: '', at };
  headers.status = scalar(400, at);
  return { reply: headers, why: '', at, refusal: asksTooMuch };
}
