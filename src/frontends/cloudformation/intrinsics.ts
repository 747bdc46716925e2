import { entriesOf, get, type Tree, type TreeEntry } from '../../value/tree.ts';
import { Resolver } from './resolver.ts';
import { absent, distribute } from './worlds.ts';

export interface ResolveOptions {
  /** Tells this template's questions from another's; its file's path where it is not said. */
  readonly path?: string;
  /** Values that the user says its parameters will have. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What a parent stack hands it as parameters, worked out there; undefined for a stack of its own. */
  readonly handed?: Tree;
  /** What its logical ids stand under where it is nested: 'Nested/'. */
  readonly scope?: string;
}

/** What browsers meet, and what stands behind or before it; nothing else of a template is worked out. */
const RELEVANT = ['ApiGateway', 'ApiGatewayV2', 'Lambda', 'Serverless', 'S3', 'CloudFront'].map((service) => `AWS::${service}::`);
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const STACK = 'AWS::CloudFormation::Stack';

/** Templates that come from `resolveIntrinsics`: working them out again would change nothing. */
const resolved = new WeakSet<Tree>();

/**
 * The template with the intrinsic functions of its relevant resources worked out, and their `Condition` made a choice
 * between the resource and nothing. Total: what is not known before deployment is unknown and says why.
 */
export function resolveIntrinsics(template: Tree, options: ResolveOptions = {}): Tree {
  if (resolved.has(template) || template.kind !== 'map') return template;
  const resolver = Resolver.of(template, options);
  const resources = get(template, 'Resources');
  const entries = new Map<string, TreeEntry>();
  for (const [id, { key, value }] of entriesOf(resources))
    entries.set(id, { key, value: isRelevant(value) ? resource(value, resolver) : value });
  const key = template.entries.get('Resources')?.key ?? template.from.at;
  const result: Tree = {
    ...template,
    entries: new Map([...template.entries, ['Resources', { key, value: { kind: 'map', entries, from: resources.from } }]]),
  };
  resolved.add(result);
  return result;
}

/** What a nested stack gives back, by name. */
export function resolveOutputs(template: Tree, options: ResolveOptions): ReadonlyMap<string, Tree> {
  const resolver = Resolver.of(template, options);
  return new Map([...entriesOf(get(template, 'Outputs'))].map(([name, { value }]) => [name, resolver.resolve(get(value, 'Value'))]));
}

const isRelevant = (tree: Tree): boolean => {
  const type = get(tree, 'Type');
  if (type.kind === 'choice') return [...type.branches.values()].some((branch) => branch.kind === 'choice' || isRelevantType(branch));
  return isRelevantType(type);
};

function isRelevantType(type: Tree): boolean {
  if (type.kind !== 'scalar') return false;
  const name = String(type.value);
  return RELEVANT.some((service) => name.startsWith(service)) || name === LISTENER || name === STACK;
}

/** A resource in the worlds in which its condition holds. */
function resource(tree: Tree, resolver: Resolver): Tree {
  const condition = get(tree, 'Condition');
  if (condition.kind === 'absent') return resolver.resolve(tree);
  return distribute([condition], tree.from, (name) => {
    if (name.kind !== 'scalar') return resolver.resolve(tree);
    return resolver.branch(
      resolver.conditions.decide(String(name.value)),
      (one) => one.resolve(tree),
      () => absent(tree.from),
      tree.from,
    );
  });
}
