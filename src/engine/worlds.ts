import { simplify, type World } from '../value/verdict.ts';

/** All these worlds in the fewest words; empty if they are all there are. */
export function unite(worlds: readonly World[]): readonly World[] {
  const united = widest(simplify(widest(worlds).map((when) => ({ when, truth: 'yes', because: [] }))).map(({ when }) => when));
  return united.some((world) => Object.keys(world).length === 0) ? [] : united;
}

/** Whether every world of `inner` is one of `outer`; empty is all worlds. */
export const covers = (outer: readonly World[], inner: readonly World[]): boolean =>
  outer.length === 0 || (inner.length > 0 && inner.every((world) => outer.some((other) => within(world, other))));

const widest = (worlds: readonly World[]): readonly World[] =>
  worlds.filter((world, i) => !worlds.some((other, j) => i !== j && within(world, other) && (!within(other, world) || j < i)));

/** Whether `inner` assumes all that `outer` does. */
const within = (inner: World, outer: World): boolean =>
  Object.entries(outer).every(([key, { labels }]) => inner[key]?.labels.every((label) => labels.includes(label)) ?? false);
