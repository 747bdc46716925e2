import type { Location } from '../../source/location.ts';
import { entriesOf, get, partsOf, piecesOf, valueOf, type Reference, type Scalar, type Tree } from '../../value/tree.ts';
import { known, type Value } from '../../value/value.ts';
import { both, perWorld, standing, standsHere, variants, type Arm } from './worlds.ts';

/** One resource of the template, or of one that it nests. */
export interface Entity {
  /** The logical id, under that of the nested stack: 'Api', 'Nested/Api'. */
  readonly id: string;
  /** What the ids of its template stand under: '', 'Nested/'. */
  readonly scope: string;
  /** The logical id. */
  readonly key: Location;
  readonly type: string;
  /** In which worlds it is deployed. */
  readonly present: Value<boolean>;
  /** As in the worlds in which it is. */
  readonly properties: Tree;
  readonly dependsOn: Tree;
  readonly metadata: Tree;
}

/** The resources of a template, looked up by id and by type. */
export class Template {
  readonly entities: ReadonlyMap<string, Entity>;
  private readonly byType = new Map<string, Entity[]>();

  constructor(entities: readonly Entity[]) {
    this.entities = new Map(entities.map((one) => [one.id, one]));
    for (const one of this.entities.values()) {
      const others = this.byType.get(one.type) ?? [];
      others.push(one);
      this.byType.set(one.type, others);
    }
  }

  /** The same with these, which stand for one another's like. */
  with(entities: readonly Entity[]): Template {
    return entities.length === 0 ? this : new Template([...this.entities.values(), ...entities]);
  }

  ofType(type: string): readonly Entity[] {
    return this.byType.get(type) ?? [];
  }

  /** The resource that a tree names by `Ref`, or by an attribute that is its id. */
  named(arm: Arm): Entity | undefined {
    return arm.kind === 'unknown' && arm.names && isId(arm.names) ? this.entities.get(arm.names.id) : undefined;
  }
}

/** The resources that a template defines, worked out. */
export const entitiesIn = (tree: Tree, scope: string): readonly Entity[] =>
  [...entriesOf(get(tree, 'Resources'))].map(([id, { key, value }]) => entity(id, scope, key, value));

function entity(name: string, scope: string, key: Location, tree: Tree): Entity {
  const there = standing(tree);
  return {
    id: `${scope}${name}`,
    scope,
    key,
    type: typeIn(get(there, 'Type')) ?? '',
    present: both(standsHere(tree), isDeployed(get(there, 'Condition'))),
    properties: standing(get(there, 'Properties')),
    dependsOn: get(there, 'DependsOn'),
    metadata: get(there, 'Metadata'),
  };
}

/** The first of several. */
function typeIn(tree: Tree): string | undefined {
  if (tree.kind === 'choice') return [...tree.branches.values()].map(typeIn).find((type) => type !== undefined);
  return tree.kind === 'scalar' && typeof tree.value === 'string' ? tree.value : undefined;
}

/** A condition that is worked out is a choice around the resource by now; one that nobody knows leaves its existence open. */
const isDeployed = (condition: Tree): Value<boolean> =>
  condition.kind === 'absent'
    ? known(true, condition.from)
    : perWorld([condition], condition.from, (arm) =>
        arm.kind === 'unknown' ? { kind: 'unknown', why: arm.why, from: arm.from } : known(true, arm.from),
      );

/** `Ref`, and the attributes that are the same id. */
const IDS = new Set(['RestApiId', 'ApiId', 'ResourceId', 'AuthorizerId', 'RequestValidatorId', 'IntegrationId']);
const isId = ({ attribute }: Reference): boolean => attribute === undefined || IDS.has(attribute);

/** What a tree names, as a key: equal references and equal texts are one thing. */
export function identity(arm: Arm): string {
  if (arm.kind === 'unknown' && arm.names)
    return isId(arm.names) ? `ref:${arm.names.id}` : `attribute:${arm.names.id}.${arm.names.attribute}`;
  if (arm.kind === 'unknown') return `unknown:${arm.why}:${JSON.stringify(piecesOf(partsOf(arm)))}`;
  return arm.kind === 'scalar' ? `text:${arm.value}` : arm.kind;
}

/** A thing that belongs to another one, in the worlds in which it does. */
export interface Owner {
  readonly key: string;
  readonly arm: Arm;
  readonly present: Value<boolean>;
}

/** Which APIs (by `identity`) a property names: one, unless it hangs on a choice. What names nothing belongs to none. */
export function ownersIn(tree: Tree): readonly Owner[] {
  if (tree.kind === 'map' || tree.kind === 'list' || tree.kind === 'absent') return [];
  if (tree.kind !== 'choice') return [{ key: identity(tree), arm: tree, present: known(true, tree.from) }];
  const owners: Owner[] = [];
  for (const [key, { arm, present }] of variants(tree, identity))
    if (arm.kind === 'unknown' || arm.kind === 'scalar') owners.push({ key, arm, present });
  return owners;
}

/** true, and "true", which CloudFormation takes for it. */
export const flag = (tree: Tree): Value<boolean> =>
  valueOf(tree, (value) => value === true || (typeof value === 'string' && value.toLowerCase() === 'true'));

/** A scalar as text; '' where none stands. */
export const textOr = (value: Scalar | undefined): string => String(value ?? '');

/** A constant that no one wrote. */
export const constant = <T>(value: T, at: Location): Value<T> => known(value, { kind: 'absent', at });
