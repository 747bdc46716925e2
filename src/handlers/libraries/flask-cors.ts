import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { among } from '../interpret/operators.ts';
import { opaque, scalar, textOf, type Named, type Thing } from '../interpret/things.ts';
import { matches } from '../javascript/texts.ts';
import { asksBy, truthOf, whyOf } from './kit.ts';
import type { Paths } from './paths.ts';
import { given, joinedTexts } from './python-kit.ts';
import type { Reply } from './reply.ts';

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** What `CORS(app)` and `@cross_origin()` add: https://flask-cors.readthedocs.io/en/latest/configuration.html */
export function addCors(on: Machine, reply: Reply, named: Named, paths: Paths, at: Location): void {
  const resources = given(named, 'resources');
  if (!resources) return apply(on, reply, named, at);
  const settings = resources.kind === 'object' ? [...resources.entries] : undefined;
  if (!settings || (resources.kind === 'object' && resources.open !== undefined)) {
    if (textOf(resources) === undefined) return reply.unsettle(whyOf(resources));
    if (isBelow(on, paths, textOf(resources) ?? '', at)) apply(on, reply, named, at);
    return undefined;
  }
  for (const [pattern, { value, at: place }] of settings) {
    if (!isBelow(on, paths, pattern, place)) continue;
    const own = value.kind === 'object' ? [...value.entries].map(([name, entry]): [string, Thing] => [name, entry.value]) : [];
    if (value.kind === 'object' && value.open === undefined) apply(on, reply, new Map([...named, ...own]), place);
    else reply.unsettle(whyOf(value));
    return undefined;
  }
  return undefined;
}

/** A resource is a pattern that the path begins with. */
const isBelow = (on: Machine, paths: Paths, pattern: string, at: Location): boolean =>
  paths.matches(scalar(pattern.replace(/^\^/, '').replace(/[/*.$]+$/, '') || '*', at), '', true, at);

const isPattern = (text: string): boolean => /[*\\\][$^|()?+{}]/.test(text);

interface Origins {
  readonly all: boolean;
  readonly plain: readonly Thing[];
  readonly patterns: readonly Thing[];
  /** Why it may hold any other. */
  readonly open: string | undefined;
}

function originsOf(named: Named, at: Location): Origins {
  const thing = given(named, 'origins') ?? scalar('*', at);
  const items = thing.kind === 'list' ? thing.items : [thing];
  const open = thing.kind === 'list' ? thing.open : undefined;
  const all = items.some((item) => textOf(item) === '*' || textOf(item) === '.*');
  const patterns = items.filter((item) => item.kind === 'pattern' || isPattern(textOf(item) ?? ''));
  return { all, plain: items.filter((item) => !patterns.includes(item)), patterns, open };
}

function isLetIn(on: Machine, { plain, patterns, open }: Origins, at: Location): boolean {
  const origin = on.run.piece('origin', at);
  const listed = [...plain, ...(open === undefined ? [] : [opaque(open, at)])];
  if (listed.length > 0 && on.run.decide(among(origin, listed, at))) return true;
  return patterns.some((item) => {
    const source = textOf(item);
    // It is matched at the beginning alone.
    const pattern =
      source === undefined
        ? item
        : ({ kind: 'pattern', at: item.at, source: source.startsWith('^') ? source : `^${source}`, flags: '' } as const);
    return pattern.kind === 'pattern' && on.run.decide(matches(on, pattern, origin, at));
  });
}

function apply(on: Machine, reply: Reply, named: Named, at: Location): void {
  const origins = originsOf(named, at);
  const credentials = given(named, 'supports_credentials');
  const allowed = credentials ? truthOf(on, credentials) : false;
  const origin = on.run.piece('origin', at);
  const place = given(named, 'origins')?.at ?? at;
  const wildcard = given(named, 'send_wildcard');
  let value: Thing | undefined;
  if (!on.run.decide(origin)) {
    // What comes from no page is answered as well.
    value = origins.all
      ? allowed === false
        ? scalar('*', place)
        : undefined
      : origins.plain.length === 1 && origins.open === undefined
        ? origins.plain[0]
        : opaque('it is sent for each origin', place);
    if (origins.all && allowed === undefined) value = opaque('the code works it out', place);
  } else if (origins.all && wildcard && truthOf(on, wildcard) !== false)
    value = truthOf(on, wildcard) ? scalar('*', place) : opaque(whyOf(wildcard), place);
  else if (origins.all || isLetIn(on, origins, at)) value = { ...origin, at: place };
  if (!value) return;
  put(reply, 'Access-Control-Allow-Origin', value);
  if (allowed !== false)
    put(reply, 'Access-Control-Allow-Credentials', allowed ? scalar('true', credentials?.at ?? at) : opaque('the code works it out', at));
  const exposed = given(named, 'expose_headers');
  if (exposed) put(reply, 'Access-Control-Expose-Headers', textOf(exposed) === undefined ? joinedTexts(exposed, ', ', at, true) : exposed);
  if (on.run.facts.found.origin.present !== false && asksBy(on, ['OPTIONS'], at)) preflight(on, reply, named, at);
  const varies = origins.all || origins.patterns.length > 0 || origins.plain.length > 1;
  const vary = named.get('vary_header');
  if (origins.open !== undefined || (vary && truthOf(on, vary) === undefined)) reply.set('Vary', opaque('the code works it out', at), at);
  else if (textOf(value) !== '*' && varies && (!vary || truthOf(on, vary))) reply.append('Vary', scalar('Origin', at), at);
}

/** A header that is there already is sent twice. */
const put = (reply: Reply, name: string, value: Thing): void =>
  reply.set(name, reply.get(name) ? opaque('the code sets it twice', value.at) : value, value.at);

function preflight(on: Machine, reply: Reply, named: Named, at: Location): void {
  const headers = given(named, 'allow_headers');
  const every = !headers || textOf(headers) === '*' || (headers.kind === 'list' && headers.items.some((item) => textOf(item) === '*'));
  // Of those that are asked for, the ones that are allowed.
  put(
    reply,
    'Access-Control-Allow-Headers',
    every
      ? on.run.piece('headers.access-control-request-headers', at)
      : textOf(headers) === undefined
        ? joinedTexts(headers, ', ', at, true)
        : headers,
  );
  const age = given(named, 'max_age');
  if (age)
    put(
      reply,
      'Access-Control-Max-Age',
      age.kind === 'scalar' ? scalar(String(age.value), age.at) : opaque('the code works it out', age.at),
    );
  const methods = given(named, 'methods');
  put(
    reply,
    'Access-Control-Allow-Methods',
    methods ? (textOf(methods) === undefined ? joinedTexts(methods, ', ', at, true) : methods) : scalar(METHODS.join(', '), at),
  );
}
