import type { Located, LocatedEntry, LocatedList, LocatedMap, LocatedScalar } from '../located.ts';
import type { Location } from '../location.ts';

/*
 * The nodes of the tree. Each is one literal: this runs for every value of a file, and spreading costs many times as much.
 */

export function scalarOf(at: Location, tag: string | undefined, plain: boolean, value: LocatedScalar['value']): LocatedScalar {
  const source = sourceOf(at);
  return tag === undefined ? { kind: 'scalar', at, source, plain, value } : { kind: 'scalar', at, tag, source, plain, value };
}

export function listOf(at: Location, tag: string | undefined, plain: boolean, items: readonly Located[]): LocatedList {
  const source = sourceOf(at);
  return tag === undefined ? { kind: 'list', at, source, plain, items } : { kind: 'list', at, tag, source, plain, items };
}

export function mapOf(at: Location, tag: string | undefined, plain: boolean, entries: ReadonlyMap<string, LocatedEntry>): LocatedMap {
  const source = sourceOf(at);
  return tag === undefined ? { kind: 'map', at, source, plain, entries } : { kind: 'map', at, tag, source, plain, entries };
}

const sourceOf = ({ file, start, end }: Location): string => file.text.slice(start, end);
