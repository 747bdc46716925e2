import type { Location } from '../../source/location.ts';
import type { Unresolved } from '../../model/written.ts';
import { entriesOf, get, partsOf, type Reference, type Tree, type TreeMap } from '../../value/tree.ts';
import { all, any, describe, narrow, YES, type Verdict, type World } from '../../value/verdict.ts';
import { tokens } from './strings.ts';
import { stretch } from './text.ts';

/** `all`: wherever one stands; `apis`: where it names an API or a part of one; `none`: the template is not all there is. */
export type JudgeReferences = 'all' | 'apis' | 'none';

/** The properties of an API's parts that name other parts. */
const NAMING = ['RestApiId', 'ResourceId', 'ParentId', 'ApiId', 'Target', 'AuthorizerId', 'RequestValidatorId'];

/**
 * References to logical ids that the template does not define: CloudFormation refuses it whole, whatever its conditions
 * say. Silent where a transform may define them (SAM and macros do).
 */
export function unresolvedReferences(template: Tree, judge: JudgeReferences): readonly Unresolved[] {
  const resources = get(template, 'Resources');
  if (judge === 'none' || isTransformed(template, resources)) return [];
  const parameters = entriesOf(get(template, 'Parameters'));
  const defined = new Set(entriesOf(resources).keys());
  const found = new Map<string, Unresolved>();
  for (const root of judge === 'all' ? [resources, get(template, 'Outputs')] : namingTrees(resources)) {
    for (const { reference, at, when } of referencesIn(root)) {
      const { id, attribute } = reference;
      if (defined.has(id) || id.startsWith('AWS::') || (attribute === undefined && parameters.has(id)) || !/^[A-Za-z0-9]+$/.test(id))
        continue;
      const met = found.get(`${at.start}:${id}`)?.exists;
      const exists = met ? any(met, holdsIn(when)) : holdsIn(when);
      found.set(`${at.start}:${id}`, unresolved(reference, at, exists, parameters.has(id)));
    }
  }
  return [...found.values()];
}

/** SAM and macros make resources of their own, and a section that is not wholly known may hold anything. */
export function isTransformed(template: Tree, resources: Tree): boolean {
  if (get(template, 'Transform').kind !== 'absent' || template.kind !== 'map') return true;
  for (const { value } of entriesOf(resources).values()) if (typeOf(value).startsWith('AWS::Serverless::')) return true;
  const sections = [resources, get(template, 'Parameters')];
  return sections.some((section) => section.kind === 'unknown' || [...entriesOf(section).keys()].some((key) => key.startsWith('Fn::')));
}

function namingTrees(resources: Tree): readonly Tree[] {
  const trees: Tree[] = [];
  for (const { value } of entriesOf(resources).values()) {
    const type = typeOf(value);
    if (!type.startsWith('AWS::ApiGateway::') && !type.startsWith('AWS::ApiGatewayV2::')) continue;
    const properties = get(value, 'Properties');
    for (const name of NAMING) {
      // Most parts have one or two of them: what the others lack is not made.
      const naming = properties.kind === 'map' ? properties.entries.get(name)?.value : get(properties, name);
      if (naming && naming.kind !== 'absent') trees.push(naming);
    }
  }
  return trees;
}

function typeOf(resource: Tree): string {
  const type = get(resource, 'Type');
  return type.kind === 'scalar' ? String(type.value) : '';
}

function unresolved({ id, attribute }: Reference, at: Location, exists: Verdict, isParameter: boolean): Unresolved {
  return {
    kind: 'unresolved',
    at,
    exists,
    written: attribute === undefined ? `!Ref ${id}` : `!GetAtt ${id}.${attribute}`,
    missing: 'resource',
    text: isParameter
      ? `\`${id}\` is a parameter of this template, and parameters have no attributes`
      : `there is no resource${attribute === undefined ? ' or parameter' : ''} \`${id}\` in this template`,
  };
}

interface Found {
  readonly reference: Reference;
  readonly at: Location;
}

/** Yes where all these answers are given, no elsewhere. */
const holdsIn = (when: World): Verdict =>
  Object.values(when).reduce<Verdict>(
    (verdict, { on, labels }) =>
      all(
        verdict,
        on.labels.map((label) => ({
          when: { [on.key]: { on, labels: [label] } },
          truth: labels.includes(label) ? 'yes' : 'no',
          because: [],
        })),
      ),
    YES,
  );

interface Met extends Found {
  readonly when: World;
}

/** Each reference with the worlds in which it is met: worked out already, or still as it was written. */
export function referencesIn(root: Tree): readonly Met[] {
  // Mostly it is one reference that is worked out.
  if (root.kind === 'unknown' && !root.parts) return root.names ? [{ reference: root.names, at: root.from.at, when: {} }] : [];
  const found: Met[] = [];
  gather(root, { when: {}, met: new Set() }, new Map(), found);
  return found;
}

interface Walk {
  readonly when: World;
  /** What was met in these worlds. */
  readonly met: Set<Tree>;
}

/** `worlds`: what was met, by the words for the worlds it was met in. */
function gather(tree: Tree, walk: Walk, worlds: Map<string, Set<Tree>>, found: Met[]): void {
  const { when, met } = walk;
  if (tree.kind === 'absent' || (tree.kind === 'scalar' && !tree.parts) || met.has(tree)) return;
  met.add(tree);
  switch (tree.kind) {
    case 'scalar':
    case 'unknown':
      for (const part of partsOf(tree)) if ('hole' in part && part.names) found.push({ reference: part.names, at: part.from.at, when });
      return;
    case 'map':
      if (tree.entries.size === 1) for (const one of writtenIn(tree)) found.push({ ...one, when });
      for (const { value } of tree.entries.values()) gather(value, walk, worlds, found);
      return;
    case 'list':
      for (const item of tree.items) gather(item, walk, worlds, found);
      return;
    case 'choice':
      // The last answer first, as all that tells of them has it.
      for (const [label, branch] of [...tree.branches].toReversed()) {
        const narrower = narrow(when, { [tree.on.key]: { on: tree.on, labels: [label] } });
        if (narrower) gather(branch, walkIn(narrower, worlds), worlds, found);
      }
  }
}

function walkIn(when: World, worlds: Map<string, Set<Tree>>): Walk {
  const world = describe(when);
  const met = worlds.get(world) ?? new Set<Tree>();
  worlds.set(world, met);
  return { when, met };
}

/** In a map of one key. */
function writtenIn(map: TreeMap): readonly Found[] {
  const [only] = map.entries;
  if (!only) return [];
  const [name, { value }] = only;
  const { at } = map.from;
  if (name === 'Ref' && value.kind === 'scalar') return [{ reference: { id: String(value.value) }, at }];
  if (name === 'Fn::GetAtt') {
    const names = value.kind === 'list' ? value.items : [value];
    const [id, ...attributes] = names.flatMap((one) => (one.kind === 'scalar' ? String(one.value).split('.') : []));
    if (id !== undefined && names[0]?.kind === 'scalar') return [{ reference: { id, attribute: attributes.join('.') }, at }];
  }
  return name === 'Fn::Sub' ? [...variablesIn(value)] : [];
}

/** The names in a `Fn::Sub` that it does not define itself. */
function* variablesIn(argument: Tree): Iterable<Found> {
  const [template, variables] = argument.kind === 'list' ? argument.items : [argument];
  if (!template || (template.kind !== 'scalar' && template.kind !== 'unknown')) return;
  if (variables && variables.kind !== 'map') return;
  for (const part of partsOf(template)) {
    if (!('text' in part)) continue;
    for (const token of tokens(part.text)) {
      if (!('variable' in token) || variables?.entries.has(token.variable)) continue;
      const [id = '', ...attributes] = token.variable.split('.');
      const { at } = stretch(part.from, part.text, token.start, token.end);
      yield { reference: { id, ...(attributes.length > 0 && { attribute: attributes.join('.') }) }, at };
    }
  }
}
