import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import type { Thing } from '../interpret/things.ts';

/** A library that answers for the handlers that use it, or that is known to leave their answers alone. */
export interface Library {
  /** The specifiers that code imports it by; a pattern matches the whole specifier. */
  readonly imports: readonly (string | RegExp)[];
  /** Where its authors say what it answers. */
  readonly documentation: string;
  /** What importing it gives, loaded where some code imports it. */
  load(): Promise<Gives>;
}

export type Gives = (on: Machine, at: Location, version: Version) => Thing;

/** At least this version, of this major one; undefined where the package.json beside the code does not say. */
export type Version = { readonly major: number; readonly minor: number } | undefined;

/** The version that a range of package.json asks for: `^4.1.0`, `~4.1`, `4.x`. Undefined for one of several major ones, and for tags. */
export function versionOf(range: string | undefined): Version {
  const plain = range?.trim().replace(/^npm:.*@/, '');
  const found = /^[\^~=v]*(\d+)(?:\.(\d+))?(?:\.[\dx*]+)?(?:\.x|\.\*)?(?:[-+][\w.-]+)?$/.exec(plain ?? '');
  return found ? { major: Number(found[1]), minor: Number(found[2] ?? 0) } : undefined;
}

/** The package of a specifier: 'hono' of 'hono/cors', '@middy/core' of itself. */
export const packageOf = (specifier: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

/** Ends the sentence "not known before deployment: …". */
export const unsaid = (name: string): string => `it hangs on which version of \`${name}\` is installed, and package.json does not say`;
