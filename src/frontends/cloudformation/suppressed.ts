import type { WrittenSuppression } from '../../model/written.ts';
import type { Located } from '../../source/located.ts';
import { suppressionsIn } from '../suppressions.ts';

/** What the `Metadata` of a template and of its resources silences: all of the document, and one resource. */
export function suppressionsOf(root: Located): readonly WrittenSuppression[] {
  if (root.kind !== 'map') return [];
  const { file } = root.at;
  const whole = { ...root.at, start: 0, end: file.text.length };
  const resources = root.entries.get('Resources')?.value;
  const ofResources = resources?.kind === 'map' ? [...resources.entries.values()] : [];
  return [
    ...suppressionsIn(root.entries.get('Metadata')?.value, [whole]),
    ...ofResources.flatMap(({ key, value }) =>
      value.kind === 'map' ? suppressionsIn(value.entries.get('Metadata')?.value, [{ ...key, end: value.at.end }]) : [],
    ),
  ];
}
