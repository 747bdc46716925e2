import type { Located } from '../../source/located.ts';

/** By what it holds: the format's version, or resources that say their type. */
export function claims(root: Located): boolean {
  if (root.kind !== 'map') return false;
  if (root.entries.has('AWSTemplateFormatVersion')) return true;
  const resources = root.entries.get('Resources')?.value;
  return (
    resources?.kind === 'map' &&
    [...resources.entries.values()].some(({ value }) => value.kind === 'map' && isText(value.entries.get('Type')?.value))
  );
}

const isText = (located: Located | undefined): boolean => located?.kind === 'scalar' && typeof located.value === 'string';
