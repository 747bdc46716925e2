import type { Block, Expression, Statement } from '../program.ts';
import { call, method, named, nameTarget, opaque } from './build.ts';
import { expression, listed } from './expressions.ts';
import { anonymous } from './functions.ts';
import { childrenOf, type Node, type Scope } from './scope.ts';
import { targets } from './targets.ts';

const STARTS = new Set(['async', 'for', 'if']);

/** `[x for x in y if z]` is a function that is called at once: it fills a list, or a dict, in loops. */
export function comprehension(scope: Scope, node: Node, makes: 'list' | 'dict'): Expression {
  const at = scope.at(node);
  const inner = childrenOf(node).filter(({ name }, place, all) => !/^[[({})\]]$/.test(name) || (place !== 0 && place !== all.length - 1));
  const start = inner.findIndex(({ name }) => STARTS.has(name));
  const [first, last] = [inner[0], inner[start - 1]];
  if (!first || !last) return opaque(at, 'it is worked out in a way that is not followed');
  const name = scope.fresh();
  const result = named(at, name);
  const value = expression(scope, last);
  const fill: Statement =
    makes === 'list'
      ? { at, kind: 'evaluate', value: method(at, result, 'append', [value]) }
      : { at, kind: 'assign', to: { at, kind: 'member', of: result, name: expression(scope, first) }, value, declares: false };
  const empty: Expression = makes === 'list' ? { at, kind: 'list', items: [] } : { at, kind: 'object', entries: [] };
  return call(
    at,
    anonymous(
      scope,
      node,
      [],
      [
        { at, kind: 'assign', to: nameTarget(at, name), value: empty, declares: true },
        ...clauses(scope, inner.slice(start)).reduceRight<Block>((body, wrap) => [wrap(body)], [fill]),
        { at, kind: 'return', value: result },
      ],
    ),
    [],
  );
}

/** `{k.lower(): v for k, v in headers.items()}`: the same headers, under names in lower case. */
export function loweredNames(scope: Scope, node: Node): Expression | undefined {
  const at = scope.at(node);
  if (!LOWERED.test(scope.text(node))) return undefined;
  // What stands before `.items()`.
  const of = childrenOf(node).at(-2)?.firstChild?.firstChild;
  return of ? call(at, named(at, '<lowered>'), [expression(scope, of)]) : undefined;
}

const LOWERED = /^\{\s*(\w+)\.(?:lower|casefold)\(\)\s*:\s*(\w+)\s+for\s+\(?\1\s*,\s*\2\)?\s+in\s[^]*\.items\(\)\s*\}$/;

/** Each `for … in …` and `if …`, outermost first, as what it wraps around the rest. */
function clauses(scope: Scope, nodes: readonly Node[]): ((body: Block) => Statement)[] {
  const starts = nodes.flatMap(({ name }, place) => (name === 'for' || name === 'if' ? [place] : []));
  return starts.map((start, index) => {
    const words = nodes.slice(start + 1, starts[index + 1]).filter(({ name }) => name !== 'async');
    const split = words.findIndex(({ name }) => name === 'in');
    const head = nodes[start] ?? words[0];
    const at = head ? scope.at(head) : { file: scope.file, path: [], start: 0, end: 0 };
    const value = listed(scope, words.slice(split + 1));
    if (head?.name === 'if') return (then) => ({ at, kind: 'if', test: value ?? opaque(at, 'it is missing'), then, otherwise: [] });
    return (body) => ({ at, kind: 'loop', binds: targets(scope, words.slice(0, split)), over: value, body });
  });
}
