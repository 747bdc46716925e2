import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAst } from 'rolldown/parseAst';

export interface Module {
  /** From the root, with slashes. */
  readonly file: string;
  readonly text: string;
  readonly imports: readonly Import[];
  /** The names it reads as variables, its own among them. */
  readonly names: ReadonlySet<string>;
}

export interface Import {
  /** A file from the root, or a package: 'src/rule.ts', 'node:fs'. */
  readonly to: string;
  /** It is gone when the program runs. */
  readonly type: boolean;
}

/** Every TypeScript file below the folders, read. */
export const modules = (root: string, folders: readonly string[]): Module[] =>
  folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[cm]?ts$/.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
      .toSorted()
      .map((file) => read(file, readFileSync(path.join(root, file), 'utf8'))),
  );

export function read(file: string, text: string): Module {
  const imports: Import[] = [];
  const names = new Set<string>();
  visit(parseAst(text, { lang: 'ts', sourceType: 'module' }) as unknown as Node, (node, parent, key) => {
    const to = (node.source as Node | null | undefined)?.value;
    if (typeof to === 'string') imports.push({ to: resolve(file, to), type: isType(node) });
    if (node.type === 'Identifier' && (!NAMING.has(key) || parent.computed === true)) names.add(String(node.name));
  });
  return { file, text, imports, names };
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

/** The children that only name a thing of their parent's: `a.property`, `{ key: … }`. */
const NAMING = new Set(['property', 'key', 'imported', 'exported', 'label']);

/** `import type`, `import { type A }`, `export type`, `typeof import('…')`. */
function isType(node: Node): boolean {
  if (node.importKind === 'type' || node.exportKind === 'type' || node.type === 'TSImportType') return true;
  const named = (node.specifiers ?? []) as readonly Node[];
  return named.length > 0 && named.every((one) => one.importKind === 'type' || one.exportKind === 'type');
}

const resolve = (from: string, to: string): string => (to.startsWith('.') ? path.posix.join(path.posix.dirname(from), to) : to);

function visit(node: Node, see: (node: Node, parent: Node, key: string) => void): void {
  for (const [key, children] of Object.entries(node)) {
    for (const child of (Array.isArray(children) ? children : [children]) as unknown[]) {
      if (typeof child !== 'object' || child === null || !('type' in child)) continue;
      see(child as Node, node, key);
      visit(child as Node, see);
    }
  }
}
