import type { Model } from '../../model/api.ts';
import type { Deployment } from '../../model/deployment.ts';
import { get, type Tree } from '../../value/tree.ts';
import { httpApis } from './http.ts';
import { resolveIntrinsics, type ResolveOptions } from './intrinsics.ts';
import { unresolvedReferences, type JudgeReferences } from './references.ts';
import { restApis } from './rest.ts';
import { Template } from './template.ts';
import { functionUrls } from './url.ts';
import { namesIn } from './handlers.ts';
import { verdictOf } from './worlds.ts';

export interface LiftOptions extends ResolveOptions {
  readonly judgeReferences: JudgeReferences;
  /** A framework made the Deployments, and gives them a new id each time. */
  readonly generatedDeployments?: boolean;
}

/** The neutral model of a CloudFormation template, as written or with its intrinsic functions worked out. */
export function liftTemplate(template: Tree, options: LiftOptions): Pick<Model, 'apis' | 'deployments' | 'problems' | 'ignored'> {
  const resources = new Template(resolveIntrinsics(template, options));
  return {
    apis: [...restApis(resources), ...httpApis(resources), ...functionUrls(resources)],
    deployments: deployments(resources, options.generatedDeployments ?? false),
    problems: unresolvedReferences(template, options.judgeReferences),
    ignored: [],
  };
}

const deployments = (template: Template, generated: boolean): readonly Deployment[] =>
  template.ofType('AWS::ApiGateway::Deployment').map(({ id, key, present, properties, dependsOn }) => ({
    at: key,
    exists: verdictOf(present),
    name: id,
    api: namesIn(get(properties, 'RestApiId'))[0]?.id,
    dependsOn: textsIn(dependsOn),
    generated,
  }));

/** A text or a list of texts; those of all worlds. */
function textsIn(tree: Tree): readonly string[] {
  switch (tree.kind) {
    case 'scalar':
      return tree.value === null ? [] : [String(tree.value)];
    case 'list':
      return tree.items.flatMap(textsIn);
    case 'choice':
      return [...new Set([...tree.branches.values()].flatMap(textsIn))];
    case 'map':
    case 'unknown':
    case 'absent':
      return [];
  }
}
