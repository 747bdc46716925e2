import { positionAt } from '../source/lines.ts';
import type { Location } from '../source/location.ts';
import type { Part, Tree, TreeChoice } from '../value/tree.ts';
import type { Provenance } from '../value/value.ts';
import { narrow, simplify, type World } from '../value/verdict.ts';

/** A line of a file. */
export interface Line {
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** A value in one world: what stands there is no choice any more. */
export type Arm = Exclude<Tree, TreeChoice>;

/** What stands at one place, in all worlds. */
export interface Found {
  /** Its keys and indices, in the document or in what is deployed. */
  readonly name: string;
  readonly at: Location;
  /** Equal outcomes are one case. */
  readonly cases: readonly { readonly worlds: readonly World[]; readonly arm: Arm }[];
}

/** So many nodes are looked at: aliases of aliases stand for millions. */
const MOST_NODES = 200_000;

/** The values of a document that are written, or named, on a line. */
export const onLine = (tree: Tree, line: Line): readonly Found[] =>
  innermost(collected(tree, (one) => isOn(one.arm.from.at, line) || (one.key !== undefined && isOn(one.key, line))));

/** The single values whose trail leads over a line. */
export const over = (tree: Tree, line: Line): readonly Found[] =>
  collected(tree, ({ arm }) => (arm.kind === 'scalar' || arm.kind === 'unknown') && [...placesOf(arm)].some((place) => isOn(place, line)));

/** All places that a value comes by, its pieces' among them. */
function* placesOf(arm: Arm): Iterable<Location> {
  yield* along(arm.from);
  if (arm.kind === 'scalar' || arm.kind === 'unknown') for (const part of arm.parts ?? []) yield* along(part.from);
}

function* along(from: Provenance): Iterable<Location> {
  yield from.at;
  if (from.kind === 'reference' && from.to) yield* along(from.to);
  if (from.kind === 'merged') for (const part of from.parts) yield* along(part);
}

export const isOn = ({ file, start }: Location, { path, line }: Line): boolean =>
  file.path === path && positionAt(file, start).line === line;

interface Node {
  readonly name: string;
  readonly key: Location | undefined;
  readonly arm: Arm;
  readonly world: World;
}

function collected(tree: Tree, wanted: (node: Node) => boolean): readonly Found[] {
  const found = new Map<string, Node[]>();
  for (const node of nodesOf(tree)) {
    if (!wanted(node)) continue;
    const key = `${node.name} ${node.arm.from.at.start} ${node.arm.from.at.file.path}`;
    found.set(key, [...(found.get(key) ?? []), node]);
  }
  return [...found.values()].flatMap((nodes) => {
    const [first] = nodes;
    return first ? [{ name: first.name, at: first.arm.from.at, cases: casesOf(nodes) }] : [];
  });
}

function casesOf(nodes: readonly Node[]): Found['cases'] {
  const cases = new Map<string, Node[]>();
  for (const node of nodes) {
    const key = identity(node.arm);
    cases.set(key, [...(cases.get(key) ?? []), node]);
  }
  return [...cases.values()].flatMap((same) => {
    const [first] = same;
    const worlds = simplify(same.map(({ world }) => ({ when: world, truth: 'yes', because: [] }))).map(({ when }) => when);
    return first ? [{ worlds, arm: first.arm }] : [];
  });
}

/** Equal for what is the same value from the same places. */
const identity = (arm: Arm): string =>
  JSON.stringify([
    arm.kind,
    arm.kind === 'scalar' ? arm.value : arm.kind === 'unknown' ? [arm.why, arm.parts?.map(textOf)] : null,
    [...placesOf(arm)].map(({ file, start }) => [file.path, start]),
  ]);

const textOf = (part: Part): string | null => ('text' in part ? part.text : null);

/** Every node in every world, each once in each: what is shared is seen where it is met first. */
function* nodesOf(tree: Tree): Iterable<Node> {
  const seen = new Map<Tree, Set<string>>();
  let left = MOST_NODES;
  const walk = function* (node: Tree, name: string, key: Location | undefined, world: World): Iterable<Node> {
    if ((left -= 1) < 0) return;
    if (node.kind === 'choice') {
      for (const [label, branch] of node.branches) {
        const narrower = narrow(world, { [node.on.key]: { on: node.on, labels: [label] } });
        if (narrower) yield* walk(branch, name, key, narrower);
      }
      return;
    }
    const worlds = seen.get(node) ?? new Set();
    const here = JSON.stringify([name, Object.entries(world).map(([on, { labels }]) => [on, labels])]);
    if (worlds.has(here)) return;
    seen.set(node, worlds.add(here));
    yield { name, key, arm: node, world };
    if (node.kind === 'map') {
      for (const [child, entry] of node.entries) yield* walk(entry.value, name === '' ? child : `${name}.${child}`, entry.key, world);
    } else if (node.kind === 'list') {
      for (const [i, item] of node.items.entries()) yield* walk(item, `${name}[${i}]`, undefined, world);
    }
  };
  yield* walk(tree, '', undefined, {});
}

/** Without the maps and lists of which something on the line says more. */
const innermost = (found: readonly Found[]): readonly Found[] =>
  found.filter(
    (one) =>
      one.name !== '' &&
      !found.some((other) => other !== one && /^[.[]/.test(other.name.slice(one.name.length)) && other.name.startsWith(one.name)),
  );
