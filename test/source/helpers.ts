import { positionAt } from '../../src/source/lines.ts';
import type { Located, Parsed } from '../../src/source/located.ts';
import { parse } from '../../src/source/parse.ts';

/** A text as a file of that name. */
export const read = (text: string, path = 'serverless.yml'): Parsed => parse({ path, text });

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** The values alone, as `JSON.parse` or yaml's `toJS` would give them. */
export function plain(located: Located): Plain {
  switch (located.kind) {
    case 'scalar':
      return located.value;
    case 'list':
      return located.items.map(plain);
    case 'map':
      return Object.fromEntries([...located.entries].map(([key, { value }]) => [key, plain(value)]));
  }
}

/** What stands at a path. */
export function at(located: Located, ...path: readonly (string | number)[]): Located {
  return path.reduce<Located>((node, step) => {
    const child = node.kind === 'map' ? node.entries.get(String(step))?.value : node.kind === 'list' ? node.items[Number(step)] : undefined;
    if (!child) throw new Error(`nothing at ${path.join('.')}`);
    return child;
  }, located);
}

/** Its problems, one a line, with the text that they point at: '1:4 syntax «*» a value …'. */
export function said(text: string, path?: string): readonly string[] {
  return read(text, path).problems.map((problem) => {
    const { line, column } = positionAt(problem.at.file, problem.at.start);
    return `${line}:${column} ${problem.kind} «${text.slice(problem.at.start, problem.at.end)}» ${problem.text}`;
  });
}

/** Every value in a tree, aliased ones at each of their uses. */
export function* walk(located: Located): Generator<Located> {
  yield located;
  if (located.kind === 'list') for (const item of located.items) yield* walk(item);
  if (located.kind === 'map') for (const { value } of located.entries.values()) yield* walk(value);
}

/** What no tree may break, however broken its file: nothing here depends on what the file says. */
export function faults({ root, problems }: Parsed, text: string): readonly string[] {
  const found: string[] = [];
  const check = (ok: boolean, what: string) => void (ok || found.push(what));
  const inside = ({ start, end }: { start: number; end: number }) => start >= 0 && start <= end && end <= text.length;
  for (const node of walk(root)) {
    const where = JSON.stringify(node.at.path);
    check(inside(node.at), `${where} lies outside the text`);
    check(node.source === text.slice(node.at.start, node.at.end), `${where} has another source`);
    if (node.kind !== 'map') continue;
    for (const [name, { key }] of node.entries) {
      check(inside(key), `the key ${name} lies outside the text`);
      check(key.path.at(-1) === name, `the key ${name} has another path`);
    }
  }
  for (const problem of problems) {
    check(inside(problem.at), `the problem ${problem.text} lies outside the text`);
    check(/^[^\n]*[^.\n]$/.test(problem.text), `the problem ${problem.text} is no clause`);
  }
  check(
    problems.filter(({ kind, text: words }) => kind === 'syntax' && !/alias|merge/.test(words)).length <= 1,
    'more than one syntax error',
  );
  return found;
}
