import type { Finding, Label, Severity, Slots } from '../finding.ts';
import type { Location } from '../source/location.ts';
import { simplify, type World } from '../value/verdict.ts';
import { KINDS, type Kind, type KindId, type MessageOf } from './kinds.ts';

/** One thing that a deployment changes for browsers. */
export type Difference = { readonly [K in KindId]: DifferenceOf<K> }[KindId];

interface DifferenceOf<K extends KindId> extends Told {
  readonly kind: K;
  readonly message: MessageOf<K>;
}

interface Told {
  readonly data: Slots;
  /** Where it is to be mended: in the later template, where that has the place. */
  readonly at: Location;
  readonly related: readonly Label[];
  /** The worlds in which it comes about; empty: in all. */
  readonly when?: readonly World[];
  /** It hangs on a value that is not known before deployment. */
  readonly possible?: boolean;
  /** It does not come with this deploy for sure, or not yet: no error. */
  readonly weak?: boolean;
  readonly api: string;
  /** 'GET /items'. */
  readonly subjects: readonly string[];
}

const BY_ID: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [kind.meta.id, kind]));

/** As reporters take it. */
export function findingOf({ kind, message, data, at, related, when = [], possible, weak, api, subjects }: Difference): Finding {
  const said = BY_ID.get(kind)?.messages[message];
  if (!said) throw new Error(`${kind} has no message ${message}`);
  const severity: Severity = weak && said.severity === 'error' ? 'warning' : said.severity;
  const text = said.text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = data[name];
    if (value === undefined) throw new Error(`${kind}/${message} says nothing of ${name}`);
    return String(value);
  });
  return {
    rule: kind,
    messageId: message,
    message: text,
    data,
    severity,
    harm: said.harm,
    certainty: possible ? 'possible' : 'certain',
    when,
    primary: at,
    related,
    api,
    subjects,
  };
}

const RANKS: readonly Severity[] = ['error', 'warning', 'note'];
const ORDER: readonly string[] = KINDS.map(({ meta }) => meta.id);

/** Errors first, and of those that are equally bad what lets strangers in. */
export const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted(
    (a, b) =>
      Number(a.certainty === 'possible') - Number(b.certainty === 'possible') ||
      RANKS.indexOf(a.severity) - RANKS.indexOf(b.severity) ||
      Number(b.harm === 'exposed') - Number(a.harm === 'exposed') ||
      ORDER.indexOf(a.rule) - ORDER.indexOf(b.rule),
  );

/** Worlds taken together: none where they are all that there are. */
export function joined(worlds: readonly World[]): readonly World[] {
  const simple = simplify(worlds.map((when) => ({ when, truth: 'yes', because: [] }))).map(({ when }) => when);
  return simple.some((when) => Object.keys(when).length === 0) ? [] : simple;
}
