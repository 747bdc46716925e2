import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import type { Machine } from '../interpret/machine.ts';
import { among } from '../interpret/operators.ts';
import { dictionary, opaque, scalar, textOf, type Dictionary, type Thing } from '../interpret/things.ts';
import { asksBy, isUndefined, joined, method, none, option, packaged, truthOf, unreadable, waited } from './kit.ts';
import { unsaid, type Library, type Version } from './library.ts';
import { middleware } from './middy-errors.ts';
import { normalized } from './middy.ts';
import { originOf } from './origins.ts';

const NAME = '@middy/http-cors';

interface Cors {
  readonly on: Machine;
  readonly settings: Thing | undefined;
  readonly version: Version;
  readonly at: Location;
}

/** `@middy/http-cors`: adds headers to answers that have none yet, by its version. */
export const middyCors: Library['load'] = () =>
  Promise.resolve((on, at, version) =>
    packaged(
      method('httpCors', at, ([settings], place) => {
        const cors: Cors = { on, settings, version, at: place };
        const major = version?.major ?? 7;
        const after = (request: Dictionary): undefined => {
          const { headers } = normalized(on, request, major, place);
          const response = request.entries.get('response')?.value;
          if (!headers || response?.kind !== 'object') return;
          // What the handler gave is not changed in its place.
          const copy = dictionary([], headers.at);
          copy.open = headers.open ?? unreadable(settings);
          for (const [name, entry] of headers.entries) copy.entries.set(name, entry);
          response.entries.set('headers', { at: place, value: copy });
          add(cors, copy);
        };
        return middleware(
          {
            before: (request) => preflight(cors, request),
            after,
            onError(request) {
              const response = request.entries.get('response')?.value;
              // From its third version on, it has nothing to do before another middleware has made an answer of the error.
              if (major < 3 || (response && !isUndefined(response))) after(request);
              return undefined;
            },
          },
          place,
        );
      }),
    ),
  );

const set = (headers: Dictionary, name: string, value: Thing): void => {
  if (headers.entries.has(name)) return;
  headers.entries.set(name, { at: value.at, value: headers.open === undefined ? value : opaque(headers.open, value.at) });
};

/** Only with `disableBeforePreflightResponse: false`. */
function preflight(cors: Cors, request: Dictionary): Thing | undefined {
  const { on, settings, at } = cors;
  const disabled = option(on, settings, 'disableBeforePreflightResponse', at);
  if (isUndefined(disabled) || truthOf(on, disabled) !== false || !asksBy(on, ['OPTIONS'], at)) return undefined;
  const headers = dictionary([], at);
  headers.open = unreadable(settings);
  const asked = ['requestMethods', 'requestHeaders'].some((name) => !isUndefined(option(on, settings, name, at)));
  if (asked && (cors.version?.major ?? 7) >= 7) headers.open = 'it hangs on what the preflight asks for';
  else add(cors, headers);
  return dictionary(
    [
      ['statusCode', scalar(204, at)],
      ['headers', headers],
    ],
    request.at === at ? at : at,
  );
}

function add(cors: Cors, headers: Dictionary): void {
  const { on, settings, at } = cors;
  const asked = (name: string): Thing => option(on, settings, name, at);
  const there = headers.entries.get('Access-Control-Allow-Credentials')?.value;
  const credentials = there ? scalar(textOf(there) === 'true', there.at) : asked('credentials');
  if (truthOf(on, credentials) === undefined)
    set(headers, 'Access-Control-Allow-Credentials', opaque('the code works it out', credentials.at));
  else if (truthOf(on, credentials))
    headers.entries.set('Access-Control-Allow-Credentials', { at: credentials.at, value: scalar('true', credentials.at) });
  for (const [name, header] of [
    ['headers', 'Access-Control-Allow-Headers'],
    ['methods', 'Access-Control-Allow-Methods'],
    ['exposeHeaders', 'Access-Control-Expose-Headers'],
    ['maxAge', 'Access-Control-Max-Age'],
  ] as const) {
    const value = joined(asked(name), ',');
    if (truthOf(on, value) !== false) set(headers, header, value);
  }
  const own = headers.entries.has('Access-Control-Allow-Origin');
  const origin = own ? undefined : allowed(cors, credentials);
  if (origin && truthOf(on, origin) !== false) set(headers, 'Access-Control-Allow-Origin', origin);
  vary(cors, headers, origin, truthOf(on, credentials) === true);
}

/** What it allows; undefined or null for nothing. */
function allowed(cors: Cors, credentials: Thing): Thing {
  const { on, settings, version, at } = cors;
  const own = option(on, settings, 'getOrigin', at);
  if (own.kind === 'function') return waited(on, invoke(on, own, [originOf(on, at), settings ?? none(at)], at), at);
  const list = option(on, settings, 'origins', at);
  if (list.kind === 'list' && (list.items.length > 0 || list.open !== undefined)) return listed(cors, list.items, list.open, credentials);
  if (!isUndefined(list) && list.kind !== 'list') return opaque('the code works it out', list.at);
  const given = settings?.kind === 'object' && settings.entries.has('origin');
  const origin = option(on, settings, 'origin', at);
  const fixed = given ? origin : version === undefined ? opaque(unsaid(NAME), at) : version.major <= 5 ? scalar('*', at) : none(at);
  const text = textOf(fixed);
  if (text !== undefined && text !== '*') return fixed;
  if (truthOf(on, credentials) === false || isUndefined(fixed)) return fixed;
  if (text !== '*' || truthOf(on, credentials) === undefined) return opaque('the code works it out', fixed.at);
  // Everyone is let in, with credentials.
  return on.run.decide(on.run.piece('origin', at)) ? { ...on.run.piece('origin', at), at: fixed.at } : fixed;
}

/** By its version: the first of the list for those who are not on it, or nothing, and `*` within an entry. */
const isOlder = (version: Version): boolean | undefined =>
  version === undefined || (version.major === 5 && version.minor < 5) ? undefined : version.major <= 4;

function listed({ on, settings, version, at }: Cors, items: readonly Thing[], open: string | undefined, credentials: Thing): Thing {
  const origin = on.run.piece('origin', at);
  const older = isOlder(version);
  const stars = items.filter((item) => textOf(item)?.includes('*'));
  const plain = items.filter((item) => !stars.includes(item));
  const also = option(on, settings, 'origin', at);
  if ((version?.major ?? 0) >= 6 && textOf(also) !== undefined && textOf(also) !== '*') plain.push(also);
  const patterns = older === false ? stars.filter((item) => textOf(item) !== '*').map(patternOf) : [];
  const all = [...plain, ...patterns, ...(open === undefined ? [] : [opaque(open, at)])];
  if (all.length > 0 && on.run.decide(among(origin, all, at))) return originOf(on, at);
  if (older === undefined) return opaque(unsaid(NAME), at);
  if (older) return items[0] ?? none(at);
  if (!stars.some((item) => textOf(item) === '*')) return none(at);
  return truthOf(on, credentials) === true ? originOf(on, at) : scalar('*', at);
}

const patternOf = (item: Thing): Thing => ({
  kind: 'pattern',
  at: item.at,
  source: `^${(textOf(item) ?? '').replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '[^.]*')}$`,
  flags: '',
});

function vary(cors: Cors, headers: Dictionary, origin: Thing | undefined, credentials: boolean): void {
  const { on, settings, version, at } = cors;
  if (version && version.major < 3) return;
  const own = joined(option(on, settings, 'vary', at), ', ');
  if (!version) return set(headers, 'Vary', opaque(unsaid(NAME), at));
  if (version.major <= 5) {
    const now = headers.entries.get('Access-Control-Allow-Origin')?.value;
    if (truthOf(on, own) !== false) return set(headers, 'Vary', own);
    if (now && textOf(now) !== '*')
      return set(
        headers,
        'Vary',
        now.kind === 'opaque' || now.kind === 'held' ? opaque('it hangs on what is allowed', at) : scalar('Origin', at),
      );
    return undefined;
  }
  const existing = headers.entries.get('Vary')?.value ?? headers.entries.get('vary')?.value;
  const first = existing ?? (truthOf(on, own) === false ? undefined : own);
  const varies = byOrigin(cors, origin, credentials);
  if (!varies && !first) return undefined;
  const name = headers.entries.has('vary') ? 'vary' : 'Vary';
  const text = first && textOf(first);
  const value =
    varies === undefined
      ? opaque(unsaid(NAME), at)
      : !varies
        ? first
        : first
          ? text === undefined
            ? opaque('the code works it out', at)
            : scalar(`${text}, Origin`, at)
          : scalar('Origin', at);
  if (value) headers.entries.set(name, { at, value });
}

/** Whether, from its sixth version on, it says that the answer hangs on the Origin. */
function byOrigin({ on, settings, version, at }: Cors, origin: Thing | undefined, credentials: boolean): boolean | undefined {
  const [list, also] = [option(on, settings, 'origins', at), option(on, settings, 'origin', at)];
  const items = list.kind === 'list' ? list.items : [];
  const texts = [also, ...items].map(textOf);
  const text = origin && textOf(origin);
  if (items.length > 1 || texts.some((one) => one !== '*' && one?.includes('*'))) return true;
  if (texts.includes('*') && text !== '*') return true;
  if (text === '*' && credentials) return true;
  const reflects = items.length > 0 && origin !== undefined && truthOf(on, origin) !== false && text !== '*';
  return reflects && (version?.major ?? 0) >= 7 ? ((version?.minor ?? 0) >= 9 || (version?.major ?? 0) > 7 ? true : undefined) : false;
}
