/** CloudFormation's short tags, and how what stands behind one is written in the long form. */
const FUNCTIONS = new Set([
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
]);

/** '!Ref' → 'Ref', '!Sub' → 'Fn::Sub'; undefined for a tag that is none of CloudFormation's. */
export function longForm(tag: string | undefined): string | undefined {
  if (tag === undefined || !tag.startsWith('!')) return undefined;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return name;
  return FUNCTIONS.has(name) ? `Fn::${name}` : undefined;
}
