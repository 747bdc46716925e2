import type { Location } from '../source/location.ts';
import { items, type Known, type List, type Provenance } from '../value/value.ts';
import { all, any, type Verdict } from '../value/verdict.ts';
import type { Model } from './api.ts';
import { arms, spots } from './asking.ts';

/** Each entry that a list is known to hold, with the worlds in which it does. */
export function entriesIn(list: List<string>, holds?: (entry: string) => boolean): readonly (readonly [Known<string>, Verdict])[] {
  const isOne = (value: string | undefined): boolean => value !== undefined && (holds?.(value) ?? true);
  return items(list).flatMap((item) => arms(item, isOne) as ReturnType<typeof entriesIn>);
}

/** Each list that this one may be, with those of its entries that something holds of: where one finding stands for all of them. */
export const listsWith = (
  list: List<string>,
  holds: (entry: string) => boolean,
): readonly { readonly from: Provenance; readonly found: readonly Known<string>[]; readonly verdict: Verdict }[] =>
  spots(list).flatMap(([arm, isSo]) => {
    const found = entriesIn(arm, holds);
    if (found.length === 0) return [];
    return { from: arm.from, found: found.map(([entry]) => entry), verdict: all(isSo, any(...found.map(([, there]) => there))) };
  });

/** Every place that a value has to do with: where it is used, where it is written, where its parts are. */
function placesOf(from: Provenance): readonly Location[] {
  switch (from.kind) {
    case 'reference':
      return [from.at, ...(from.to ? placesOf(from.to) : [])];
    case 'merged':
      return [from.at, ...from.parts.flatMap(placesOf)];
    case 'literal':
    case 'absent':
    case 'default':
      return [from.at];
  }
}

const samePlace = (a: Location, b: Location): boolean => a.file === b.file && a.start === b.start && a.end === b.end;

/** Whether the front end says already that the value which stands here, under one of these keys, is of the wrong kind. */
export const isWrongShape = ({ problems }: Model, from: Provenance, keys: readonly string[]): Verdict =>
  any(
    ...problems.flatMap((problem) =>
      problem.kind === 'wrong-shape' && keys.includes(problem.name) && placesOf(from).some((place) => samePlace(place, problem.at))
        ? [problem.exists]
        : [],
    ),
  );
