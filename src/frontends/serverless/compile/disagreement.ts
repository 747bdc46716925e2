import type { Location } from '../../../source/location.ts';
import { get, type Tree } from '../../../value/tree.ts';
import { siteOf } from '../../../value/value.ts';
import type { Said } from '../../said.ts';
import { asText } from '../../trees.ts';
import { isGiven, truthy } from '../shape.ts';
import type { HttpEvent } from './http-events.ts';

/** What one event of a path says of its origins, in the words of the file. */
interface Told {
  readonly at: Location;
  readonly written: string;
  /** Equal texts agree. */
  readonly value: string;
  readonly isList: boolean;
}

/**
 * What events of one path say and do not get (validate.js, merge-003, 007, 022, 023, 024): a path has one preflight, whose
 * single origin is the last event's and whose credentials are on as soon as one event has them on.
 */
export function sayDisagreements(path: string, events: readonly HttpEvent[], say: (said: Said) => void): void {
  const told = events.map(({ cors, corsAt }) => originsOf(cors, corsAt));
  const winner = winnerOf(told);
  for (const one of told) {
    if (!winner || one.value === winner.value || (one.isList && winner.isList)) continue;
    say({
      kind: 'overridden',
      at: one.at,
      path: `/${path}`,
      name: one.isList ? 'origins' : 'origin',
      written: one.written,
      winner: winner.at,
      winning: winner.written,
    });
  }
  const on = events.find(({ cors }) => truthy(get(cors, 'allowCredentials')) === true);
  if (!on) return;
  const setting = siteOf(get(on.cors, 'allowCredentials').from);
  for (const { cors, corsAt } of events) {
    if (truthy(get(cors, 'allowCredentials')) !== false) continue;
    const off = get(cors, 'allowCredentials');
    say({
      kind: 'overridden',
      at: isGiven(off) ? siteOf(off.from) : corsAt,
      path: `/${path}`,
      name: 'allowCredentials',
      written: isGiven(off) ? 'false' : 'not set',
      winner: setting,
      winning: 'true',
    });
  }
}

/** A comma in the last origin makes it the list; else any list wins; else the last origin. What is not known decides nothing. */
function winnerOf(told: readonly Told[]): Told | undefined {
  if (told.some(({ value }) => value === '')) return undefined;
  const last = told.at(-1);
  if (last?.value.includes(',') || !told.some(({ isList }) => isList)) return last;
  return told.findLast(({ isList }) => isList);
}

function originsOf(cors: Tree, corsAt: Location): Told {
  const [origin, origins] = [get(cors, 'origin'), get(cors, 'origins')];
  if (origins.kind === 'list' && origins.items.length > 0) {
    const texts = origins.items.map((item) => asText(item) ?? '');
    return {
      at: siteOf(origins.from),
      written: shown(origins, texts.join(', ')),
      value: texts.includes('') ? '' : `[${texts.join(' ')}]`,
      isList: true,
    };
  }
  const text = asText(origin);
  if (text !== undefined) return { at: siteOf(origin.from), written: shown(origin, text), value: text, isList: false };
  const standard = origin.kind === 'absent' && origins.kind === 'absent';
  return { at: corsAt, written: '*', value: standard ? '*' : '', isList: false };
}

/** A secret is shown as it is written in the file. */
const shown = (tree: Tree, text: string): string => {
  const { file, start, end } = tree.from.at;
  return tree.kind === 'scalar' && tree.secret ? file.text.slice(start, end) : text;
};
