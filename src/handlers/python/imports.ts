import type { Imported, Statement } from '../program.ts';
import { childrenOf, partedAt, type Node, type Scope } from './scope.ts';

/** `import a.b as c`, `from .x import y`, `from x import *`. */
export function importsOf(scope: Scope, node: Node): Statement[] {
  const at = scope.at(node);
  const children = childrenOf(node).filter(({ name }) => name !== '(' && name !== ')');
  const split = children.findIndex(({ name }) => name === 'import');
  const parts = partedAt(children.slice(split + 1), ',');
  if (split === 0) return parts.flatMap((part) => moduleImport(scope, part));
  const from = joined(scope, children.slice(1, split));
  if (parts[0]?.[0]?.name === '*') return [{ at, kind: 'reexport', from }];
  const names = parts.flatMap((part): Imported[] => {
    const [first] = part;
    return first ? [{ name: scope.text(first), local: localOf(scope, part) ?? scope.text(first) }] : [];
  });
  return [{ at, kind: 'import', from, names }];
}

/** `import a.b` binds `a` and loads both; with `as`, the last is bound. */
function moduleImport(scope: Scope, part: readonly Node[]): Statement[] {
  const [first, last] = [part[0], part.at(-1)];
  if (!first || !last) return [];
  const at = scope.at({ from: first.from, to: last.to });
  const as = part.findIndex(({ name }) => name === 'as');
  const from = joined(scope, as === -1 ? part : part.slice(0, as));
  const local = localOf(scope, part);
  if (local !== undefined) return [{ at, kind: 'import', from, names: [{ name: '*', local }] }];
  const root = scope.text(first);
  const whole: Statement = { at, kind: 'import', from: root, names: [{ name: '*', local: root }] };
  return from === root ? [whole] : [whole, { at, kind: 'import', from, names: [] }];
}

const joined = (scope: Scope, nodes: readonly Node[]): string => nodes.map((one) => scope.text(one)).join('');

function localOf(scope: Scope, part: readonly Node[]): string | undefined {
  const as = part.findIndex(({ name }) => name === 'as');
  const local = as === -1 ? undefined : part[as + 1];
  return local && scope.text(local);
}
