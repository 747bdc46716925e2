import type { Unresolved } from '../../model/written.ts';
import type { Location } from '../../source/location.ts';
import { entriesOf, get, type Tree } from '../../value/tree.ts';
import { YES } from '../../value/verdict.ts';
import { textsIn } from './deployments.ts';
import { childrenOf } from './parameters.ts';

interface Named {
  readonly name: string;
  readonly at: Location;
  readonly written: string;
}

/**
 * Conditions that are named and not defined: CloudFormation refuses the template ("Unresolved condition dependency"). Silent where a macro
 * may define them. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html
 */
export function unresolvedConditions(template: Tree): readonly Unresolved[] {
  const conditions = get(template, 'Conditions');
  const defined = entriesOf(conditions);
  const isOpen = conditions.kind === 'unknown' || [...defined.keys()].some((name) => name.startsWith('Fn::'));
  if (isOpen || textsIn(get(template, 'Transform')).some((name) => !name.startsWith('AWS::'))) return [];
  const things = ['Resources', 'Outputs'].flatMap((section) => [...entriesOf(get(template, section)).values()].map(({ value }) => value));
  const named = [
    ...[...defined.values()].flatMap(({ value }) => namedIn(value, 'Condition')),
    ...things.flatMap((thing) => [
      ...attributeOf(thing),
      ...namedIn(get(thing, 'Properties'), 'Fn::If'),
      ...namedIn(get(thing, 'Value'), 'Fn::If'),
    ]),
  ];
  return named.flatMap(({ name, at, written }): Unresolved[] =>
    defined.has(name)
      ? []
      : [{ kind: 'unresolved', at, exists: YES, written, missing: 'resource', text: `there is no condition \`${name}\` in this template` }],
  );
}

/** `Condition: IsProd` of a resource or an output. */
function attributeOf(thing: Tree): readonly Named[] {
  const condition = get(thing, 'Condition');
  if (condition.kind !== 'scalar' || condition.value === null) return [];
  return [{ name: String(condition.value), at: condition.from.at, written: `Condition: ${condition.value}` }];
}

/** `!If [IsProd, …]` among properties, and `!Condition IsProd` among conditions. */
function namedIn(root: Tree, by: 'Fn::If' | 'Condition'): readonly Named[] {
  const [found, stack, seen]: [Named[], Tree[], Set<Tree>] = [[], [root], new Set()];
  for (let tree = stack.pop(); tree; tree = stack.pop()) {
    if (seen.has(tree)) continue;
    seen.add(tree);
    const [only, second] = [...entriesOf(tree)];
    const argument = only?.[0] === by && !second ? only[1].value : undefined;
    const name = argument?.kind === 'list' ? argument.items[0] : argument;
    if (name?.kind === 'scalar' && name.value !== null)
      found.push({
        name: String(name.value),
        at: name.from.at,
        written: by === 'Fn::If' ? `!If [${name.value}, …]` : `!Condition ${name.value}`,
      });
    stack.push(...childrenOf(tree).toReversed());
  }
  return found;
}
