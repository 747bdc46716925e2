import { get, type Reference, type Tree } from '../../value/tree.ts';
import { childrenOf } from './parameters.ts';
import type { Template } from './template.ts';

/** An alias of a version of a function. */
const MAX_HOPS = 3;

const FUNCTION = new Set(['AWS::Lambda::Function', 'AWS::Serverless::Function']);
const INDIRECT = new Set(['AWS::Lambda::Alias', 'AWS::Lambda::Version']);

/** The logical id of the function that a URI or an ARN names, where it is visible; the first one of several worlds. */
export function functionIn(tree: Tree, template: Template, hops = 0): string | undefined {
  for (const { id, attribute } of namesIn(tree)) {
    const entity = template.entities.get(id);
    if (entity && FUNCTION.has(entity.type)) return id;
    if (entity && INDIRECT.has(entity.type) && hops < MAX_HOPS)
      return functionIn(get(entity.properties, 'FunctionName'), template, hops + 1);
    // What another front end compiles may leave the functions themselves out.
    if (!entity && attribute === 'Arn') return id;
  }
  return undefined;
}

/** The resources that a text names, in its order. */
export function namesIn(tree: Tree): readonly Reference[] {
  if (tree.kind === 'unknown' && tree.names) return [tree.names];
  if (tree.kind === 'scalar' || tree.kind === 'unknown')
    return (tree.parts ?? []).flatMap((part) => ('hole' in part && part.names ? [part.names] : []));
  return childrenOf(tree).flatMap(namesIn);
}
