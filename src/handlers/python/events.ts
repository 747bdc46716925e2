import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { isLacking, piece } from '../interpret/members.ts';
import { isAskedFor, isMember } from '../interpret/operators.ts';
import { keyOf, list, native, opaque, scalar, type Asked, type Thing } from '../interpret/things.ts';
import { ofText } from './texts.ts';

const OF_DICTS = /^(?:get|items|keys|values|copy|__contains__|pop|setdefault|update)$/;

/** What the event, and each piece of it, can do: as a dict, or as a text. */
export function ofEvent(on: Machine, of: Asked, name: string, at: Location): Thing {
  if (!OF_DICTS.test(name)) {
    if (!isAskedFor(of)) on.run.risk(at, ['AttributeError', 'TypeError']);
    return ofText(on, of, name, at);
  }
  const always = of.path === '' || of.path === 'headers' || of.path.startsWith('requestContext');
  if (!always) on.run.risk(at, ['AttributeError']);
  switch (name) {
    case 'get':
      return native(name, at, ([key, otherwise], place) => got(on, of, key, otherwise, place));
    case 'copy':
      return native(name, at, () => of);
    case '__contains__':
      return native(name, at, ([key], place) => (key ? isMember(on, key, of, place) : scalar(false, place)));
    case 'items':
    case 'keys':
    case 'values':
      return native(name, at, (_args, place) => ({ ...list([], place), open: 'it is worked out from the event' }));
    default:
      // It changes the event, of which nothing else is read by then.
      return native(name, at, (_args, place) => opaque('it is worked out from the event', place));
  }
}

/** `get(key, otherwise)`. */
function got(on: Machine, of: Asked, key: Thing | undefined, otherwise: Thing | undefined, at: Location): Thing {
  const name = key && keyOf(key);
  if (name === undefined) return opaque('its name is not known', at, { pure: true });
  if (isLacking(of, name)) return otherwise ?? scalar(null, at);
  const found = piece(on, of, name, at);
  if (!otherwise || otherwise === found || found.path === 'method') return found;
  if (otherwise.kind === 'scalar' && otherwise.value === null) return found;
  if (found.path === 'origin') return on.run.decide(found) ? found : otherwise;
  if (otherwise.kind === 'object' || otherwise.kind === 'list' || otherwise.kind === 'event') return found;
  return opaque('it has a default', at, { pure: true });
}
