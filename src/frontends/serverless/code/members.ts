import type { SyntaxNode } from '../../../source/javascript.ts';
import { memberName } from './declared.ts';

/** Without what TypeScript and `?.` put around it. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  let bare = node;
  for (;;) {
    switch (bare.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
      case 'TSNonNullExpression':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        bare = bare.expression;
        break;
      default:
        return bare;
    }
  }
}

/** `a` of `a`, `a.b` and `(a as T)[b].c`, and `this`; undefined of everything else. */
export function baseOf(node: SyntaxNode): string | undefined {
  let bare = unwrapped(node);
  while (bare.type === 'MemberExpression') bare = unwrapped(bare.object);
  if (bare.type === 'ThisExpression') return 'this';
  return bare.type === 'Identifier' ? bare.name : undefined;
}

/** As much of `a.b[c].d` as stands there by name: `a.b`. */
export function written(node: SyntaxNode): { readonly target: SyntaxNode; readonly exact: boolean } {
  let target = unwrapped(node);
  let exact = true;
  for (let bare = target; bare.type === 'MemberExpression'; bare = unwrapped(bare.object)) {
    if (memberName(bare) !== undefined) continue;
    target = unwrapped(bare.object);
    exact = false;
  }
  return { target, exact };
}
