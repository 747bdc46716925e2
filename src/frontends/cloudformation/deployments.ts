import type { Deployment } from '../../model/deployment.ts';
import { get, type Tree } from '../../value/tree.ts';
import { namesIn } from './handlers.ts';
import { referencesIn } from './references.ts';
import type { Entity, Template } from './template.ts';
import { verdictOf } from './worlds.ts';

/** The snapshots of REST APIs, and what is made before each. */
export function deployments(template: Template, generated: string | undefined): readonly Deployment[] {
  const needs = (id: string): readonly string[] => {
    const entity = template.entities.get(id);
    return entity ? needsOf(entity, template) : [];
  };
  return template.ofType('AWS::ApiGateway::Deployment').map(({ id, key, present, properties }) => ({
    at: key,
    exists: verdictOf(present),
    name: id,
    api: namesIn(get(properties, 'RestApiId'))[0]?.id,
    waitsFor: before(id, needs),
    generated: id === generated,
  }));
}

/** What a resource names by DependsOn, Ref, GetAtt or Sub: CloudFormation makes it first. */
const needsOf = ({ dependsOn, properties, scope }: Entity, { entities }: Template): readonly string[] => {
  const needs = new Set(textsIn(dependsOn).map((id) => `${scope}${id}`));
  for (const { reference } of referencesIn(properties)) if (entities.has(reference.id)) needs.add(reference.id);
  return [...needs];
};

/** All that is made before a resource, what its needs need included; nearest first. */
function before(id: string, needs: (id: string) => readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (let next: readonly string[] = [id]; next.length > 0;) {
    next = next.flatMap(needs).filter((one) => one !== id && !found.has(one));
    for (const one of next) found.add(one);
  }
  return [...found];
}

/** A text or a list of texts, those of all worlds; of a transform with parameters its name. */
export function textsIn(tree: Tree): readonly string[] {
  switch (tree.kind) {
    case 'scalar':
      return tree.value === null ? [] : [String(tree.value)];
    case 'list':
      return tree.items.flatMap(textsIn);
    case 'choice':
      return [...new Set([...tree.branches.values()].flatMap(textsIn))];
    case 'map':
      return textsIn(get(tree, 'Name'));
    case 'unknown':
    case 'absent':
      return [];
  }
}
