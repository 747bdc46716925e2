import { nearest } from '../../value/nearest.ts';
import type { TreeMap } from '../../value/tree.ts';
import type { Sam } from './template.ts';
import { refused, withEntry, without } from './shape.ts';

export const STOPS = 'SAM stops here and nothing is deployed.';

/** A place where a CORS block stands. */
export interface CorsPlace {
  /** '`Cors` of an `AWS::Serverless::Api`'. */
  readonly name: string;
  readonly keys: readonly string[];
  /** Keys of other places, and where they belong. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

/**
 * The block without the keys that SAM does not know (S11), each of which is said. What such a key was meant to set is not
 * known then: no rule shall judge a default that nobody wanted.
 */
export function readKeys(block: TreeMap, place: CorsPlace, { say }: Sam): TreeMap {
  const wrong = [...block.entries].filter(([name]) => !place.keys.includes(name));
  return wrong.reduce(
    (rest, [name, { key: at, value }]) => {
      const belongs = place.elsewhere && Object.hasOwn(place.elsewhere, name) ? place.elsewhere[name] : undefined;
      const meant = belongs === undefined ? nearest(name, place.keys) : undefined;
      const where = { ...(meant !== undefined && { meant }), ...(belongs !== undefined && { belongs }) };
      say({ kind: 'property', at, name, place: place.name, ...where, effect: STOPS });
      return meant === undefined || rest.entries.has(meant) ? rest : withEntry(rest, meant, refused(value.from));
    },
    without(block, ...wrong.map(([name]) => name)),
  );
}
