import type { StackTemplate } from '../frontends/frontend.ts';
import type { Tree } from '../value/tree.ts';

/** A template as JSON, as `@aws-cdk/cloudformation-diff` takes it. */
export interface Plain {
  /** What its logical ids stand under: '', 'Nested/'. */
  readonly scope: string;
  readonly template: PlainMap;
  readonly renewed: NonNullable<StackTemplate['renewed']>;
}

export type PlainValue = string | number | boolean | null | readonly PlainValue[] | PlainMap;
export interface PlainMap {
  readonly [key: string]: PlainValue;
}

/** The templates of a document. What its front end could not put down in CloudFormation's own words is only told apart. */
export const plainOf = (stacks: readonly StackTemplate[]): readonly Plain[] =>
  stacks.map(({ scope, template, renewed = new Map() }) => {
    const plain = valueOf(template, new Map());
    return { scope, template: isMap(plain) ? plain : {}, renewed };
  });

/** An alias is its anchor's tree, and its plain value is one object: a few of them do not make millions. */
function valueOf(tree: Tree, done: Map<Tree, PlainValue>): PlainValue {
  const before = done.get(tree);
  if (before !== undefined) return before;
  const made = fresh(tree, done);
  done.set(tree, made);
  return made;
}

function fresh(tree: Tree, done: Map<Tree, PlainValue>): PlainValue {
  switch (tree.kind) {
    case 'scalar':
      return tree.value;
    case 'list':
      return tree.items.map((item) => valueOf(item, done));
    case 'map':
      return Object.fromEntries(
        [...tree.entries].filter(([, { value }]) => value.kind !== 'absent').map(([key, { value }]) => [key, valueOf(value, done)]),
      );
    case 'choice':
      return { 'Fn::If': [tree.on.name, ...[...tree.branches.values()].map((branch) => valueOf(branch, done))] };
    case 'absent':
      return { Ref: 'AWS::NoValue' };
    case 'unknown':
      if (tree.names) {
        const { id, attribute } = tree.names;
        return attribute === undefined ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] };
      }
      return { 'Fn::Join': ['', (tree.parts ?? []).map((part) => ('text' in part ? part.text : { Ref: part.hole }))] };
  }
}

export const isMap = (value: PlainValue | undefined): value is PlainMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at the end of a path of keys. */
export const at = (value: PlainValue | undefined, ...path: readonly string[]): PlainValue | undefined =>
  path.reduce<PlainValue | undefined>((node, key) => (isMap(node) && Object.hasOwn(node, key) ? node[key] : undefined), value);

/** The logical ids that a value names, by Ref, GetAtt or Sub. */
export function* namesIn(value: PlainValue | undefined): Iterable<string> {
  if (Array.isArray(value)) for (const item of value as readonly PlainValue[]) yield* namesIn(item);
  if (!isMap(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'Ref' && typeof inner === 'string') yield inner;
    else if (key === 'Fn::GetAtt') yield* attributeOf(inner);
    else if (key === 'Fn::Sub') yield* variablesOf(inner);
    else yield* namesIn(inner);
  }
}

function* attributeOf(value: PlainValue): Iterable<string> {
  const [id] = Array.isArray(value) ? (value as readonly PlainValue[]) : [value];
  if (typeof id === 'string') yield id.split('.')[0] ?? id;
}

function* variablesOf(value: PlainValue): Iterable<string> {
  const [text, variables] = Array.isArray(value) ? (value as readonly PlainValue[]) : [value];
  if (typeof text !== 'string') return;
  for (const [, name = ''] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
    const [id = ''] = name.trim().split('.');
    if (!isMap(variables) || !Object.hasOwn(variables, name)) yield id;
  }
  yield* namesIn(variables);
}

/** The resources of one type, by logical id. */
export const ofType = ({ template }: Plain, type: string): readonly (readonly [id: string, properties: PlainValue | undefined])[] => {
  const resources = template['Resources'];
  return Object.entries(isMap(resources) ? resources : {}).flatMap(([id, resource]) =>
    at(resource, 'Type') === type ? [[id, at(resource, 'Properties')] as const] : [],
  );
};
