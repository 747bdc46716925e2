import type { parser } from '@lezer/python';
import type { Location, SourceFile } from '../../source/location.ts';

/** A node of the parser's tree. */
export type Node = ReturnType<typeof parser.parse>['topNode'];

/** A module, a function or a class, while it is lowered. */
export class Scope {
  readonly file: SourceFile;
  /** The names that it declares `global` or `nonlocal`. */
  readonly outer = new Set<string>();
  #made = 0;

  constructor(file: SourceFile) {
    this.file = file;
  }

  at({ from, to }: Pick<Node, 'from' | 'to'>): Location {
    return { file: this.file, path: [], start: from, end: to };
  }

  text({ from, to }: Pick<Node, 'from' | 'to'>): string {
    return this.file.text.slice(from, to);
  }

  /** A name that no one can write. */
  fresh(): string {
    this.#made += 1;
    return `<${this.#made}>`;
  }
}

/** The nodes directly below one, comments left out. */
export function childrenOf(node: Node): Node[] {
  const all: Node[] = [];
  for (let one = node.firstChild; one; one = one.nextSibling) if (one.name !== 'Comment') all.push(one);
  return all;
}

/** Parted at the nodes of this name: `a, *b` at ','. An empty last part (a trailing comma) is left out. */
export function partedAt(nodes: readonly Node[], separator: string): Node[][] {
  const parts: Node[][] = [[]];
  for (const one of nodes) {
    if (one.name === separator) parts.push([]);
    else parts.at(-1)?.push(one);
  }
  if (parts.at(-1)?.length === 0) parts.pop();
  return parts;
}
