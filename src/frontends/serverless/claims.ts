import type { Located } from '../../source/located.ts';

/** A service has a provider; functions may be in other files or missing. */
export function claims(root: Located): boolean {
  if (root.kind !== 'map' || root.entries.has('Resources') || root.entries.has('AWSTemplateFormatVersion')) return false;
  return root.entries.has('provider') && (root.entries.has('service') || root.entries.has('functions') || root.entries.has('resources'));
}
