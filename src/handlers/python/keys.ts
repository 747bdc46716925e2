import type { Location } from '../../source/location.ts';
import { opaque, scalar, textOf, type List, type Thing } from '../interpret/things.ts';

/*
 * A dict may have keys that are no texts: `1` is not `'1'`. They are kept under names that no text has.
 */

const MARK = '\u0000';

/** The name that a dict keeps an entry by; undefined where the key is not known. */
export function nameOf(key: Thing | undefined): string | undefined {
  if (key?.kind === 'list' && !key.set && key.open === undefined) return tuple(key);
  if (key?.kind !== 'scalar') return undefined;
  if (typeof key.value === 'string') return key.value;
  return MARK + (key.value === null || key.value === undefined ? 'None' : String(Number(key.value)));
}

function tuple({ items }: List): string | undefined {
  const names = items.map((item) => nameOf(item));
  return names.includes(undefined) ? undefined : `${MARK}(${names.join(`${MARK},`)})`;
}

/** The key as the interpreter keeps it: a text, where it is known. */
export function asKey(key: Thing): Thing {
  const name = nameOf(key);
  return name === undefined || textOf(key) !== undefined ? key : scalar(name, key.at);
}

/** The key that a name stands for, as a loop gets it. */
export function keyNamed(name: string, at: Location): Thing {
  if (!name.startsWith(MARK)) return scalar(name, at);
  const number = Number(name.slice(1));
  return name === `${MARK}None`
    ? scalar(null, at)
    : Number.isNaN(number)
      ? opaque('it is a key of a dict', at, { pure: true })
      : scalar(number, at);
}

/** The texts of a tuple that is a key; undefined for any other. */
export function partsOf(name: string): readonly string[] | undefined {
  const parts = name.startsWith(`${MARK}(`) ? name.slice(2, -1).split(`${MARK},`) : undefined;
  return parts?.some((part) => part.startsWith(MARK)) ? undefined : parts;
}
