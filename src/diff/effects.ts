import type { Reason } from '../browser/reasons.ts';
import type { Api } from '../model/api.ts';
import type { Location } from '../source/location.ts';
import { journeysOf, type Cell, type Journey, type Taken } from '../simulate/journey.ts';
import type { Blocked, Outcome } from '../simulate/outcome.ts';
import { narrow, type World } from '../value/verdict.ts';
import type { Probe } from './probes.ts';
import { byName } from './worlds.ts';

/** What one request meets in both versions, where that is not the same. */
export interface Effect {
  readonly endpoint: string;
  readonly origin: string;
  readonly credentials: boolean;
  /** `gone`: no route takes it any more. */
  readonly what: 'lost' | 'gained' | 'gone';
  readonly kind: Cell['kind'];
  /** '403 ACCESS_DENIED', '200'. */
  readonly name: string;
  readonly when: World;
  /** Whether it comes about for sure. */
  readonly certain: boolean;
  /** Why it is blocked afterwards, or was before. */
  readonly reason: Reason | undefined;
  /** What the reason is about: the headers that are refused, the value at fault. */
  readonly about: string;
  readonly by: string;
  /** Why it was this one that answered, where that is not plain. */
  readonly since: string | undefined;
  /** Where it is decided in each version. */
  readonly after: Location;
  readonly before: Location;
}

/** What passes at an endpoint at all, before and after: of the preflight, and of the answers. */
export interface Tally {
  passed: boolean;
  passes: boolean;
  /** It may, for what is known. */
  mayPass: boolean;
}

export interface Met {
  readonly effects: readonly Effect[];
  /** By endpoint and kind of answer: 'GET /items preflight'. */
  readonly tallies: ReadonlyMap<string, Tally>;
}

/** Makes each request to both versions, in each world that both have. */
export function meet(before: Api, after: Api, probes: readonly Probe[]): Met {
  const effects: Effect[] = [];
  const tallies = new Map<string, Tally>();
  for (const probe of probes) {
    const old = journeysOf(before, probe.request);
    const now = journeysOf(after, probe.request);
    for (const one of old) {
      for (const other of now) {
        const when = narrow(byName(one.when), byName(other.when));
        if (when) effects.push(...compared({ before: one.result, after: other.result, when, probe }, after, tallies));
      }
    }
  }
  return { effects, tallies };
}

interface Both {
  readonly before: Journey;
  readonly after: Journey;
  readonly when: World;
  readonly probe: Probe;
}

function* compared({ before, after, when, probe }: Both, api: Api, tallies: Map<string, Tally>): Iterable<Effect> {
  if (before.kind !== 'taken') return;
  const { origin, credentials } = probe.request;
  const common = { origin, credentials, when };
  if (after.kind === 'no-route') {
    const [first] = before.cells;
    if (probe.of === 'preflight' && first && first.outcome.kind !== 'blocked')
      yield {
        ...common,
        endpoint: before.route,
        what: 'gone',
        kind: 'preflight',
        name: '',
        certain: first.outcome.kind === 'passes',
        reason: undefined,
        about: '',
        by: '',
        since: undefined,
        after: api.at,
        before: before.at,
      };
    return;
  }
  if (after.kind !== 'taken') return;
  for (const [old, now] of cellsOf(before, after, probe)) {
    // What one header is refused for says nothing of the others.
    if (probe.of !== 'headers') count(tallies, `${after.route} ${old.kind}`, old.outcome, now.outcome);
    const effect = effectOf(old.outcome, now.outcome, old.kind);
    if (effect)
      yield {
        ...common,
        endpoint: after.route,
        kind: old.kind,
        name: old.name,
        ...effect,
        before: placeOf(old, before),
        after: effect.at ?? placeOf(now, after),
      };
  }
}

/** The same answer of both; where there are several of a kind, by what they are called. */
function cellsOf(before: Taken, after: Taken, probe: Probe): readonly (readonly [Cell, Cell])[] {
  const wanted = (cell: Cell): boolean => (cell.kind === 'preflight') === (probe.of !== 'answers');
  return before.cells.filter(wanted).flatMap((old) => {
    const now = after.cells.find((one) => one.kind === old.kind && one.name === old.name);
    if (!now) return [];
    // What a refused preflight keeps from being asked is told of the preflight.
    const isAhead = [old, now].some(
      ({ outcome }) => old.kind !== 'preflight' && outcome.kind === 'blocked' && OF_PREFLIGHT.test(outcome.reason),
    );
    return isAhead ? [] : [[old, now] as const];
  });
}

const OF_PREFLIGHT = /^(?:preflight-|acam-|acah-|method-not-allowed$|header-not-allowed$|authorization-not-covered)/;

type Effected = Pick<Effect, 'what' | 'certain' | 'reason' | 'about' | 'by' | 'since'> & { readonly at?: Location };

function effectOf(old: Outcome, now: Outcome, kind: Cell['kind']): Effected | undefined {
  if (old.kind === 'blocked' && now.kind === 'passes') return { what: 'gained', certain: true, ...whyBlocked(old) };
  if (now.kind === 'blocked' && old.kind === 'passes') return { what: 'lost', certain: true, ...whyBlocked(now), at: now.at };
  // Whether errors come at all is often not known, so that says little of them.
  if (kind !== 'preflight' && kind !== 'success') return undefined;
  if (now.kind === 'blocked' && old.kind === 'unknown') return { what: 'lost', certain: false, ...whyBlocked(now), at: now.at };
  if (now.kind === 'unknown' && old.kind === 'passes')
    return { what: 'lost', certain: false, reason: undefined, about: now.because[0]?.why ?? '', by: '', since: undefined };
  return undefined;
}

const whyBlocked = ({ reason, refusal, by, since }: Blocked): Pick<Effect, 'reason' | 'about' | 'by' | 'since'> => ({
  since,
  reason,
  about: refusal?.names?.join(', ') ?? refusal?.value ?? '',
  // What goes wrong differs, how it is said does not.
  by: by.replace(/^API Gateway itself$/, 'what API Gateway says itself'),
});

const placeOf = (cell: Cell, { preflight }: Taken): Location => (cell.kind === 'preflight' ? preflight : cell.answer).places.origin;

function count(tallies: Map<string, Tally>, key: string, old: Outcome, now: Outcome): void {
  const tally = tallies.get(key) ?? { passed: false, passes: false, mayPass: false };
  tally.passed ||= old.kind === 'passes';
  tally.passes ||= now.kind === 'passes';
  tally.mayPass ||= now.kind !== 'blocked';
  tallies.set(key, tally);
}
