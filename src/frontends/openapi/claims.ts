import type { Located } from '../../source/located.ts';

/** A document without any extension may be for any gateway: what it answers is not API Gateway's affair. */
export function claims(root: Located): boolean {
  if (root.kind !== 'map' || !root.entries.has('paths') || !(root.entries.has('openapi') || root.entries.has('swagger'))) return false;
  return root.at.file.text.includes('x-amazon-apigateway-');
}
