import type { Question } from '../value/value.ts';
import type { World } from '../value/verdict.ts';

/** A world by what its questions are called: the same of two templates, whatever their files are called. */
export const byName = (world: World): World =>
  Object.fromEntries(Object.values(world).map(({ on, labels }) => [keyOf(on), { on: { ...on, key: keyOf(on) }, labels }]));

/** 'stage'; '#parameter:Env' of 'template.yml#parameter:Env'; '#Nested/#condition:IsProd' of a nested template. */
function keyOf({ key }: Question): string {
  const from = key.indexOf('#');
  return from < 0 ? key : key.slice(from);
}
