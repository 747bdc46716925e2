import type { WrittenSuppression } from '../model/written.ts';
import type { Located } from '../source/located.ts';
import type { Location } from '../source/location.ts';

/**
 * What the `Metadata` of a template or of a resource says about cors-lint: `{cors-lint: {disable: [{id, reason}]}}`.
 * `covers`: the stretches that it is about (see WrittenSuppression); of a resource, all of the resource.
 */
export function suppressionsIn(metadata: Located | undefined, covers: readonly Location[]): readonly WrittenSuppression[] {
  const own = metadata?.kind === 'map' ? metadata.entries.get('cors-lint') : undefined;
  if (!own) return [];
  const wrong = (at: Location, text: string): WrittenSuppression => ({ at, id: undefined, reason: undefined, wrong: text, covers });
  if (own.value.kind !== 'map') return [wrong(own.key, '`cors-lint` in `Metadata` takes a map with `disable`')];
  const { entries } = own.value;
  const strangers = [...entries].filter(([name]) => name !== 'disable');
  const disable = entries.get('disable');
  return [
    ...strangers.map(([name, { key }]) => wrong(key, `there is no \`${name}\` in \`Metadata\`: write \`disable\``)),
    ...(disable && disable.value.kind !== 'list' ? [wrong(disable.key, '`disable` takes a list of maps with `id` and `reason`')] : []),
    ...(disable?.value.kind === 'list' ? disable.value.items.map((item) => suppressionOf(item, covers)) : []),
  ];
}

function suppressionOf(item: Located, covers: readonly Location[]): WrittenSuppression {
  const { at } = item;
  const id = item.kind === 'map' ? item.entries.get('id')?.value : item;
  const reason = item.kind === 'map' ? item.entries.get('reason')?.value : undefined;
  if (id?.kind !== 'scalar' || typeof id.value !== 'string' || id.value === '')
    return { at, id: undefined, reason: undefined, wrong: 'an entry of `disable` takes the `id` of a rule', covers };
  const said = reason?.kind === 'scalar' && reason.value !== null && reason.value !== '' ? String(reason.value) : undefined;
  return { at, id: id.value, reason: said, covers };
}
