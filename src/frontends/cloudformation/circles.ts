import type { Location } from '../../source/location.ts';
import type { Unresolved } from '../../model/written.ts';
import { entriesOf, get, type Tree } from '../../value/tree.ts';
import { YES } from '../../value/verdict.ts';
import { childrenOf } from './parameters.ts';
import { isTransformed, referencesIn } from './references.ts';

/** What one thing needs, as it is written there. */
interface Need {
  readonly id: string;
  readonly at: Location;
  readonly written: string;
}

type Needs = ReadonlyMap<string, readonly Need[]>;

/** Conditions and resources that need themselves: CloudFormation refuses the template ("Circular dependency", "Circular Condition dependency"). */
export function circles(template: Tree): readonly Unresolved[] {
  const conditions = new Map([...entriesOf(get(template, 'Conditions'))].map(([name, { value }]) => [name, conditionsIn(value)]));
  const resources = get(template, 'Resources');
  // A transform may take what stands there elsewhere.
  const needs = isTransformed(template, resources) ? new Map<string, readonly Need[]>() : resourceNeeds(resources);
  return [...circlesOf(conditions), ...circlesOf(needs)];
}

function* below(root: Tree): Iterable<Tree> {
  const [stack, seen] = [[root], new Set<Tree>()];
  for (let tree = stack.pop(); tree; tree = stack.pop()) {
    if (seen.has(tree)) continue;
    seen.add(tree);
    yield tree;
    stack.push(...childrenOf(tree).toReversed());
  }
}

const conditionsIn = (root: Tree): readonly Need[] =>
  [...below(root)].flatMap((tree): Need[] => {
    const name = get(tree, 'Condition');
    if (tree.kind !== 'map' || tree.entries.size !== 1 || name.kind !== 'scalar') return [];
    return [{ id: String(name.value), at: tree.from.at, written: `!Condition ${name.value}` }];
  });

const resourceNeeds = (resources: Tree): Needs => new Map([...entriesOf(resources)].map(([id, { value }]) => [id, needsOf(value)]));

/** A resource of some worlds alone, and what a `Fn::If` chooses, may never meet. */
function needsOf(resource: Tree): readonly Need[] {
  if (get(resource, 'Condition').kind !== 'absent') return [];
  const properties = withoutChoices(get(resource, 'Properties'), new Map());
  const dependsOn = get(resource, 'DependsOn');
  const named = (dependsOn.kind === 'list' ? dependsOn.items : [dependsOn]).flatMap((one): Need[] =>
    one.kind === 'scalar' ? [{ id: String(one.value), at: one.from.at, written: `DependsOn: ${one.value}` }] : [],
  );
  const referred = referencesIn(properties).map(({ reference: { id, attribute }, at }): Need => {
    return { id, at, written: attribute === undefined ? `!Ref ${id}` : `!GetAtt ${id}.${attribute}` };
  });
  return [...named, ...referred];
}

function withoutChoices(tree: Tree, made: Map<Tree, Tree>): Tree {
  const before = made.get(tree);
  if (before) return before;
  const result = fresh(tree, made);
  made.set(tree, result);
  return result;
}

function fresh(tree: Tree, made: Map<Tree, Tree>): Tree {
  if (tree.kind === 'choice' || (tree.kind === 'map' && tree.entries.has('Fn::If'))) return { kind: 'absent', from: tree.from };
  if (tree.kind === 'list') return { ...tree, items: tree.items.map((item) => withoutChoices(item, made)) };
  if (tree.kind !== 'map') return tree;
  const entries = [...tree.entries].map(([name, { key, value }]) => [name, { key, value: withoutChoices(value, made) }] as const);
  return { ...tree, entries: new Map(entries) };
}

/** Each circle once, where the first of its members names the next. */
function circlesOf(needs: Needs): readonly Unresolved[] {
  const told = new Set<string>();
  return [...stuck(needs)].flatMap((id): Unresolved[] => {
    const way = told.has(id) ? undefined : wayBack(id, needs);
    const [first] = way ?? [];
    if (!way || !first) return [];
    for (const need of way) told.add(need.id);
    const { at, written } = first;
    const text = [`\`${id}\` needs`, way.map((need) => `\`${need.id}\``).join(', which needs ')].join(' ');
    return [{ kind: 'unresolved', at, exists: YES, written, missing: 'cycle', text }];
  });
}

/** What is left when all that needs nothing, or only such, is taken away: circles, and what leads to them. */
function stuck(needs: Needs): ReadonlySet<string> {
  const left = new Set(needs.keys());
  const open = new Map<string, number>();
  const neededBy = new Map<string, string[]>();
  for (const [id, all] of needs) {
    const inner = new Set(all.map((need) => need.id).filter((one) => needs.has(one)));
    open.set(id, inner.size);
    for (const one of inner) neededBy.set(one, [...(neededBy.get(one) ?? []), id]);
  }
  const free = [...open].filter(([, count]) => count === 0).map(([id]) => id);
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    left.delete(id);
    for (const other of neededBy.get(id) ?? []) {
      const count = (open.get(other) ?? 0) - 1;
      open.set(other, count);
      if (count === 0) free.push(other);
    }
  }
  return left;
}

/** The shortest way from a thing back to itself. */
function wayBack(start: string, needs: Needs): readonly Need[] | undefined {
  const cameBy = new Map<string, { readonly from: string; readonly need: Need }>();
  const queue = [start];
  for (const id of queue) {
    for (const need of needs.get(id) ?? []) {
      if (cameBy.has(need.id)) continue;
      cameBy.set(need.id, { from: id, need });
      if (need.id === start) return wayOf(start, cameBy);
      queue.push(need.id);
    }
  }
  return undefined;
}

function wayOf(start: string, cameBy: ReadonlyMap<string, { readonly from: string; readonly need: Need }>): readonly Need[] {
  const way: Need[] = [];
  for (let step = cameBy.get(start); step; step = step.from === start ? undefined : cameBy.get(step.from)) way.unshift(step.need);
  return way;
}
