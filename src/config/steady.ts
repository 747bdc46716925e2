import type { Io, Kind } from './io.ts';
import { parentOf } from './place.ts';

/**
 * The disk as it stays during a run: what is at a path is asked once. In a folder that is not there nothing is looked for, which a handler
 * would be under sixteen names.
 */
export function steady(disk: Io): Io {
  const kinds = new Map<string, Kind | undefined>();
  const stat = (at: string): Kind | undefined => {
    if (kinds.has(at)) return kinds.get(at);
    const above = parentOf(at);
    const kind = above !== at && stat(above) === undefined ? undefined : disk.stat(at);
    kinds.set(at, kind);
    return kind;
  };
  return { ...disk, stat };
}
