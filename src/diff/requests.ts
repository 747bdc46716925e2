import type { Clients } from '../config/config.ts';
import { listed } from '../model/names.ts';
import type { World } from '../value/verdict.ts';
import { joined, type Difference } from './difference.ts';
import { meet, type Effect, type Tally } from './effects.ts';
import type { Pair } from './pairs.ts';
import { probesOf, STRANGER } from './probes.ts';
import { answersOf, mayOf, pagesOf, whyOf } from './texts.ts';

/** What becomes of requests from pages, and how many were made. */
export interface Asked {
  readonly differences: readonly Difference[];
  readonly requests: number;
  /** More requests than are made would tell one version from the other. */
  readonly isWhole: boolean;
}

export interface Asking {
  /** From these as well. */
  readonly origins: readonly string[];
  /** Begins what does not come with this deploy for sure: 'once a Deployment is made, '. */
  readonly later: string;
  /** Where the earlier version lies: ' (HEAD~1)', or nothing. */
  readonly where: string;
  /** Ends what is called: ' of `Api`' where there are several APIs. */
  readonly of: string;
}

/** Every request of interest is made to both versions, and what comes of it is compared. */
export function ask({ before, after }: Pair, { origins, later, where, of }: Asking): Asked {
  const clients: Clients = after.document.clients ?? before.document.clients ?? {};
  const { probes, isWhole } = probesOf(before.api, after.api, [...origins, ...(clients.origins ?? [])]);
  const met = meet(before.api, after.api, probes);
  const entries = withoutEchoes(entriesOf(met.effects));
  const lost = entries.filter(({ effect }) => effect.what === 'lost');
  const all = new Set(lost.flatMap((one) => (isLost(one, met.tallies) ? [one] : [])));
  const told: Told = { later, where, of, api: after.api.name };
  return {
    requests: probes.length,
    isWhole,
    differences: [
      ...grouped([...all], false).map((group) => lostAltogether(group, told)),
      ...grouped(
        lost.filter((one) => ![...all].some((whole) => whole.effect.endpoint === one.effect.endpoint)),
        true,
      ).map((group) => blocked(group, told)),
      ...grouped(
        entries.filter(({ effect }) => effect.what === 'gone'),
        true,
      ).map((group) => gone(group, told)),
      ...opened(entries.filter(({ effect }) => effect.what === 'gained')).map(([group, isNew]) => letIn(group, isNew, told)),
    ],
  };

  function opened(gained: readonly Entry[]): readonly (readonly [Group, boolean])[] {
    const isNew = ({ effect }: Entry): boolean => met.tallies.get(`${effect.endpoint} ${effect.kind}`)?.passed === false;
    return [true, false].flatMap((fresh) =>
      grouped(
        gained.filter((one) => isNew(one) === fresh),
        true,
      ).map((group) => [group, fresh] as const),
    );
  }
}

interface Told extends Pick<Asking, 'later' | 'where' | 'of'> {
  readonly api: string;
}

/** One effect, in all the worlds in which it comes about and for all the answers of a kind. */
interface Entry {
  readonly effect: Effect;
  readonly worlds: World[];
  readonly names: Set<string>;
}

const keyOf = (effect: Effect, ...but: readonly (keyof Effect)[]): string =>
  PARTS.filter((name) => !but.includes(name))
    .map((name) => String(effect[name]))
    .join('\0');

/** What tells one effect from another; `grouped` leaves out the second. */
const PARTS = [
  'what',
  'endpoint',
  'origin',
  'credentials',
  'kind',
  'certain',
  'reason',
  'about',
  'by',
] as const satisfies readonly (keyof Effect)[];

function entriesOf(effects: readonly Effect[]): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const effect of effects) {
    const key = keyOf(effect);
    const entry = entries.get(key) ?? { effect, worlds: [], names: new Set() };
    entries.set(key, entry);
    entry.worlds.push(effect.when);
    entry.names.add(effect.name);
  }
  return [...entries.values()];
}

/**
 * Less what another one says already: the same with cookies, where it comes about without them too; what becomes of an answer, where the
 * preflight before it is told of; and of what is let in, pages that are named, where every page is.
 */
function withoutEchoes(entries: readonly Entry[]): readonly Entry[] {
  const said = new Set(entries.map(({ effect }) => keyOf(effect)));
  const ahead = new Set(
    entries
      .filter(({ effect }) => effect.kind === 'preflight')
      .map(({ effect }) => keyOf(effect, 'kind', 'certain', 'reason', 'about', 'by')),
  );
  const named = new Set(entries.filter(({ effect }) => effect.origin !== STRANGER).map(({ effect }) => effect.kind));
  const open = new Set(
    entries
      .filter(({ effect }) => effect.what === 'gained' && effect.origin === STRANGER)
      .map(({ effect: { endpoint, kind, credentials } }) => `${endpoint} ${kind} ${credentials}`),
  );
  return entries.filter(({ effect }) => {
    const { what, endpoint, kind, credentials, origin } = effect;
    // An error tells strangers little, and pages that are named say enough of it.
    if (isError(effect))
      return (
        !isAhead(effect) &&
        !(credentials && said.has(keyOf({ ...effect, credentials: false }))) &&
        !(origin === STRANGER && named.has(kind))
      );
    if (what === 'gained') {
      const whole = open.has(`${endpoint} ${kind} true`);
      if (whole) return credentials && origin === STRANGER && !isAhead(effect);
      if (open.has(`${endpoint} ${kind} false`) && origin !== STRANGER && !credentials) return false;
      const without = keyOf({ ...effect, credentials: false }, 'reason', 'about', 'by');
      return !isAhead(effect) && !(credentials && entries.some((one) => keyOf(one.effect, 'reason', 'about', 'by') === without));
    }
    return !isAhead(effect) && !(credentials && said.has(keyOf({ ...effect, credentials: false })));
  });

  function isAhead(effect: Effect): boolean {
    if (effect.kind === 'preflight') return false;
    return (
      ahead.has(keyOf({ ...effect, credentials: false }, 'kind', 'certain', 'reason', 'about', 'by')) ||
      ahead.has(keyOf(effect, 'kind', 'certain', 'reason', 'about', 'by'))
    );
  }
}

const isError = ({ kind }: Effect): boolean => kind === 'handler-error' || kind === 'gateway-error';

/** Nothing passes at the endpoint any more that did. */
function isLost({ effect }: Entry, tallies: ReadonlyMap<string, Tally>): boolean {
  if (!effect.certain || isError(effect) || effect.reason === 'method-not-allowed') return false;
  const tally = tallies.get(`${effect.endpoint} ${effect.kind}`);
  return tally?.passed === true && !tally.mayPass;
}

/** Effects of a kind, with all the endpoints at which the same origins meet them. */
interface Group {
  readonly entries: readonly Entry[];
  readonly endpoints: readonly string[];
  readonly origins: readonly string[];
  readonly first: Entry;
}

/** `byOrigin`: what one origin meets is told apart from what another one does. */
function grouped(entries: readonly Entry[], byOrigin: boolean): readonly Group[] {
  const perEndpoint = new Map<string, Entry[]>();
  const add = (map: Map<string, Entry[]>, key: string, ...more: readonly Entry[]): void =>
    void map.set(key, [...(map.get(key) ?? []), ...more]);
  for (const entry of entries) {
    const when = JSON.stringify(joined(entry.worlds));
    const stranger = byOrigin && entry.effect.what === 'lost' && entry.effect.origin === STRANGER;
    const but: (keyof Effect)[] = byOrigin ? ['origin'] : ['origin', 'credentials', 'reason', 'about', 'by', 'kind'];
    // Why it was refused before is of no interest.
    if (entry.effect.what !== 'lost') but.push('reason', 'about', 'by');
    add(perEndpoint, `${keyOf(entry.effect, ...but)}\0${when}\0${stranger}`, entry);
  }
  const alike = new Map<string, Entry[]>();
  for (const [key, own] of perEndpoint) {
    const [first] = own;
    const origins = byOrigin ? originsIn(own).join(' ') : '';
    const names = [...new Set(own.flatMap((one) => [...one.names]))].toSorted().join();
    const bare = key
      .split('\0')
      .filter((_, i) => i !== 1)
      .join('\0');
    if (first) add(alike, `${bare}\0${origins}\0${names}`, ...own);
  }
  return [...alike.values()].flatMap((all): Group[] => {
    const [first] = all;
    return first
      ? [{ entries: all, first, endpoints: [...new Set(all.map(({ effect }) => effect.endpoint))], origins: originsIn(all) }]
      : [];
  });
}

const originsIn = (entries: readonly Entry[]): readonly string[] => [...new Set(entries.map(({ effect }) => effect.origin))].toSorted();

/** '`GET /items` and `PUT /items` of `Api`'. */
const subjectsOf = ({ endpoints }: Group, { of }: Told): string =>
  `${listed(
    endpoints.map((endpoint) => `\`${endpoint}\``),
    3,
  )}${of}`;

/** What all messages of requests have. */
function common(group: Group, { later, where, api }: Told) {
  const { first, endpoints, entries } = group;
  const { effect } = first;
  const places = new Map(entries.map((one) => [one.effect.before.start, one.effect.before]));
  return {
    api,
    subjects: endpoints,
    at: effect.after,
    when: joined(entries.filter((one) => one.effect.endpoint === effect.endpoint).flatMap(({ worlds }) => worlds)),
    possible: !effect.certain,
    weak: later !== '',
    related: [...places.values()].slice(0, 5).map((at) => ({ at, text: `this let it pass before${where}` })),
  };
}

function lostAltogether(group: Group, told: Told): Difference {
  const { effect, names } = group.first;
  const lose = group.endpoints.length === 1 ? 'loses' : 'lose';
  const data = { later: told.later, subjects: subjectsOf(group, told), why: whyOf(effect), lose };
  return effect.kind === 'preflight'
    ? { kind: 'diff-cors-lost', message: 'preflight', data, ...common(group, told) }
    : { kind: 'diff-cors-lost', message: 'answer', data: { ...data, answer: answersOf(effect.kind, [...names]) }, ...common(group, told) };
}

function blocked(group: Group, told: Told): Difference {
  const { effect } = group.first;
  const { kind, credentials } = effect;
  const names = group.entries.flatMap((one) => [...one.names]);
  const data = { later: told.later, subjects: subjectsOf(group, told), why: whyOf(effect) };
  const pages = pagesOf(group.origins, credentials);
  const known = group.origins.some((origin) => origin !== STRANGER);
  const answer = kind === 'preflight' ? {} : { answer: answersOf(kind, names) };
  if (!known) {
    const cookies = credentials ? ' that send cookies' : '';
    const what = `${kind === 'preflight' ? 'call' : `read ${answersOf(kind, names)} of`} ${data.subjects}`;
    return { kind: 'diff-blocked', message: 'others', data: { ...data, cookies, what }, ...common(group, told) };
  }
  return {
    kind: 'diff-blocked',
    message: kind === 'preflight' ? 'preflight' : 'answer',
    data: { ...data, pages, ...answer },
    ...common(group, told),
  };
}

function gone(group: Group, told: Told): Difference {
  const strangers = group.origins.includes(STRANGER);
  const pages = strangers ? 'pages' : pagesOf(group.origins, false);
  return {
    kind: 'diff-endpoint-removed',
    message: 'gone',
    data: { later: told.later, subjects: subjectsOf(group, told), pages },
    ...common(group, told),
  };
}

function letIn(group: Group, isNew: boolean, told: Told): Difference {
  const { effect } = group.first;
  const { kind, credentials } = effect;
  const names = group.entries.flatMap((one) => [...one.names]);
  const data = { later: told.later, subjects: subjectsOf(group, told), may: mayOf(kind, names) };
  const place = { ...common(group, told), related: [] };
  const pages = pagesOf(group.origins, credentials);
  // An error tells strangers little.
  if (isError(effect)) return { kind: 'diff-opened', message: 'errors', data: { ...data, pages }, ...place };
  if (group.origins.includes(STRANGER)) return { kind: 'diff-opened', message: credentials ? 'credentials' : 'anyone', data, ...place };
  if (!isNew) return { kind: 'diff-opened', message: 'origins', data: { ...data, pages }, ...place };
  const [gain, them] = group.endpoints.length === 1 ? ['gains', 'it'] : ['gain', 'them'];
  return { kind: 'diff-cors-gained', message: 'gained', data: { ...data, pages, gain, them }, ...place };
}
