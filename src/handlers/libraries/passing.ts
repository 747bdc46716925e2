import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import type { Machine } from '../interpret/machine.ts';
import { native, type Thing } from '../interpret/things.ts';
import { packaged } from './kit.ts';
import type { Library } from './library.ts';

/** A middleware of Express, or what makes one, that sets no header of CORS and lets the request pass, if it does not fail. */
export function passing(on: Machine, name: string, at: Location): Thing {
  const made: Thing = native(
    name,
    at,
    (args, place) => {
      const next = args[2];
      if (args.length !== 3 || next?.kind !== 'native' || next.name !== 'next') return made;
      on.run.risk(place);
      return invoke(on, next, [], place);
    },
    { get: (member) => (/^(?:then|catch|finally|constructor|prototype)$/.test(member) ? undefined : made) },
  );
  return made;
}

/** Packages whose middlewares do no more. */
export const passes: Library['load'] = () => Promise.resolve((on, at) => packaged(passing(on, 'passing', at)));
