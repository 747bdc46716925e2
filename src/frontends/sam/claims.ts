import type { Located } from '../../source/located.ts';

/** By the transform, or a resource that only SAM knows. */
export function claims(root: Located): boolean {
  if (root.kind !== 'map') return false;
  if (textsIn(root.entries.get('Transform')?.value).some((name) => name.startsWith('AWS::Serverless-'))) return true;
  const resources = root.entries.get('Resources')?.value;
  if (resources?.kind !== 'map') return false;
  return [...resources.entries.values()].some(
    ({ value }) => value.kind === 'map' && textsIn(value.entries.get('Type')?.value).some((type) => type.startsWith('AWS::Serverless::')),
  );
}

/** A text, or the texts of a list. */
function textsIn(located: Located | undefined): readonly string[] {
  if (located?.kind === 'list') return located.items.flatMap(textsIn);
  return located?.kind === 'scalar' && typeof located.value === 'string' ? [located.value.trim()] : [];
}
