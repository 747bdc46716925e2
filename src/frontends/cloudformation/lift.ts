import type { Model } from '../../model/api.ts';
import { get, type Tree } from '../../value/tree.ts';
import { distributions } from './distributions.ts';
import { deployments, textsIn } from './deployments.ts';
import { duplicateMethods } from './duplicates.ts';
import { httpApis } from './http.ts';
import { resolveIntrinsics, type ResolveOptions } from './intrinsics.ts';
import { unresolvedReferences, type JudgeReferences } from './references.ts';
import { restApis } from './rest.ts';
import { entitiesIn, Template } from './template.ts';
import { functionUrls } from './url.ts';
import { namesIn } from './handlers.ts';

export interface LiftOptions extends ResolveOptions {
  readonly judgeReferences: JudgeReferences;
  /** A framework made the Deployments, and gives them a new id each time. */
  readonly generatedDeployments?: boolean;
}

/** The neutral model of a CloudFormation template, as written or with its intrinsic functions worked out. */
export function liftTemplate(
  template: Tree,
  options: LiftOptions,
): Pick<Model, 'apis' | 'deployments' | 'problems' | 'ignored' | 'distributions'> {
  const resources = new Template(entitiesIn(resolveIntrinsics(template, options)));
  const mayHoldMore = addedTo(template, resources);
  const apis = [...restApis(resources), ...httpApis(resources)].map((api) => (mayHoldMore(api.name) ? { ...api, imported: true } : api));
  return {
    apis: [...apis, ...functionUrls(resources)],
    deployments: deployments(resources, options.generatedDeployments ?? false),
    problems: [...unresolvedReferences(template, options.judgeReferences), ...duplicateMethods(resources)],
    ignored: [],
    distributions: distributions(resources),
  };
}

/** Transforms of AWS's own that add nothing to an API which the template defines. */
const HARMLESS = /^AWS::(?:Serverless|LanguageExtensions|SecretsManager|CodeDeployBlueGreen|ServiceCatalog)/;

/** Loops and macros may make methods of any API; a nested stack those of an API that it is handed. */
function addedTo(template: Tree, resources: Template): (name: string) => boolean {
  const transforms = textsIn(get(template, 'Transform'));
  if (transforms.some((name) => !HARMLESS.test(name)) || [...resources.entities.keys()].some((id) => id.startsWith('Fn::')))
    return () => true;
  const stacks = [...resources.ofType('AWS::CloudFormation::Stack'), ...resources.ofType('AWS::Serverless::Application')];
  const handed = new Set(stacks.flatMap(({ properties }) => namesIn(get(properties, 'Parameters')).map(({ id }) => id)));
  return (name) => handed.has(name);
}
