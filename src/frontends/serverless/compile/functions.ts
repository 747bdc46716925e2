import { entriesOf, get, type Tree } from '../../../value/tree.ts';
import { functionId } from '../naming.ts';
import { map, scalar } from '../../trees.ts';
import { filledIn, isGiven } from '../shape.ts';
import type { ServiceFunction } from '../service.ts';
import type { Template } from './template.ts';

/** The functions, as far as they tell where their code is and what it is handed (lib/plugins/aws/package/compile/functions.js). */
export function compileFunctions(template: Template): void {
  for (const fn of template.service.functions) {
    const image = get(fn.tree, 'image');
    template.add(functionId(fn.name), 'AWS::Lambda::Function', fn.key, {
      Handler: get(fn.tree, 'handler'),
      Runtime: given(get(fn.tree, 'runtime')) ?? given(get(template.service.provider, 'runtime')),
      ...(isGiven(image) && { PackageType: scalar('Image', image.from) }),
      Code: codeOf(fn, template),
      Environment: map({ Variables: environmentOf(fn, template) }, filledIn(fn.key)),
    });
  }
}

const given = (tree: Tree): Tree | undefined => (isGiven(tree) ? tree : undefined);

/** What is packed beforehand; else the service's folder, or the one that serverless-python-requirements takes for its root. */
const codeOf = ({ tree, key }: ServiceFunction, { service }: Template): Tree =>
  given(get(tree, 'package', 'artifact')) ?? given(service.artifact) ?? given(get(tree, 'module')) ?? scalar('.', filledIn(key));

/** The provider's, and over it the function's own, where null takes one away. */
function environmentOf({ tree, key }: ServiceFunction, { service }: Template): Tree {
  const [shared, own] = [get(service.provider, 'environment'), get(tree, 'environment')];
  const open = [shared, own].find((one) => isGiven(one) && one.kind !== 'map');
  if (open) return open;
  const entries = new Map(entriesOf(shared));
  for (const [name, entry] of entriesOf(own)) entries.set(name, entry);
  return { kind: 'map', entries, from: filledIn(key) };
}
