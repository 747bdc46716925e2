import type { Location, SourceFile } from '../../source/location.ts';
import type { SyntaxNode } from '../../source/javascript.ts';
import type { Argument, Expression } from '../program.ts';

/** A file while it is lowered. */
export class Lowering {
  readonly file: SourceFile;
  #made = 0;

  constructor(file: SourceFile) {
    this.file = file;
  }

  at({ start, end }: { readonly start: number; readonly end: number }): Location {
    return { file: this.file, path: [], start, end };
  }

  /** A name that nobody can write. */
  fresh(): string {
    this.#made += 1;
    return `<${this.#made}>`;
  }
}

export const literal = (at: Location, value: string | number | boolean | null | undefined): Expression => ({ at, kind: 'literal', value });
export const named = (at: Location, name: string): Expression => ({ at, kind: 'name', name });
export const opaque = (at: Location, parts: readonly Expression[] = []): Expression => ({
  at,
  kind: 'opaque',
  why: 'it is worked out in a way that is not followed',
  parts,
});
export const plain = (value: Expression): Argument => ({ value, spreads: false });

/** Types are no part of what runs: what stands inside of `x as T`, `x!`, `<T>x`, `(x satisfies T)`. */
export function bare(node: SyntaxNode): SyntaxNode {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      return bare(node.expression);
    case 'ParenthesizedExpression':
    case 'ChainExpression':
      return bare(node.expression);
    default:
      return node;
  }
}
