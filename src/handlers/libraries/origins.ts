import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { among, question } from '../interpret/operators.ts';
import { opaque, scalar, type Thing } from '../interpret/things.ts';
import { matches } from '../javascript/texts.ts';
import { allowList } from '../interpret/patterns.ts';

const isListed = (thing: Thing): boolean =>
  thing.kind === 'pattern' ? allowList(thing.source, thing.flags) !== undefined : thing.kind !== 'list' && thing.kind !== 'condition';

/**
 * Whether the request's Origin is among what a library is told to allow: a text, a pattern, a list of both, or yes and no. What is not
 * known is taken for an entry that is not known.
 */
export function isAllowed(on: Machine, allowed: Thing, at: Location): boolean {
  const origin = on.run.piece('origin', at);
  switch (allowed.kind) {
    case 'list': {
      const flat = allowed.items.flatMap((item) => (item.kind === 'list' ? item.items : [item]));
      if (flat.some((item) => item.kind === 'scalar' && typeof item.value !== 'string' && Boolean(item.value))) return true;
      const listed = flat.filter((item) => isListed(item) && !(item.kind === 'scalar' && typeof item.value !== 'string'));
      if (allowed.open !== undefined) listed.push(opaque(allowed.open, allowed.at));
      if (listed.length > 0 && on.run.decide(among(origin, listed, at))) return true;
      return flat.some((item) => item.kind === 'pattern' && !isListed(item) && on.run.decide(matches(on, item, origin, at)));
    }
    case 'pattern':
      return on.run.decide(matches(on, allowed, origin, at));
    case 'scalar':
      return typeof allowed.value === 'string' ? on.run.decide(among(origin, [allowed], at)) : Boolean(allowed.value);
    case 'condition':
      return on.run.decide(allowed);
    default:
      return on.run.decide(question(`allowed:${on.run.id(allowed)}`, at));
  }
}

/** An Origin header where one is sent: what the code gets of it. */
export const originOf = (on: Machine, at: Location): Thing => {
  const origin = on.run.piece('origin', at);
  return on.run.facts.found.origin.present === false ? scalar(undefined, at) : origin;
};
