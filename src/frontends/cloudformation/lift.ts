import type { Api, Model } from '../../model/api.ts';
import { signedBy } from '../../model/distributions.ts';
import type { Ignored, Mention, Problem } from '../../model/written.ts';
import { entriesOf, get, type Tree } from '../../value/tree.ts';
import { YES } from '../../value/verdict.ts';
import { mentionsIn } from '../mentions.ts';
import { wrongArguments } from './arguments.ts';
import { buckets } from './buckets.ts';
import { functionsOf } from './code.ts';
import { circles } from './circles.ts';
import { deployments, textsIn } from './deployments.ts';
import { distributions } from './distributions.ts';
import { duplicateMethods } from './duplicates.ts';
import { namesIn } from './handlers.ts';
import { httpApis } from './http.ts';
import { inertCors } from './inert.ts';
import { listeners } from './listeners.ts';
import { misplaced } from './misplaced.ts';
import { unresolvedConditions } from './named-conditions.ts';
import { wrongShapes } from './shapes.ts';
import { stacksOf, type NestedOptions, type Stack, type Stacks } from './nested.ts';
import { unresolvedReferences, type JudgeReferences } from './references.ts';
import { restApis } from './rest.ts';
import { Template } from './template.ts';
import { functionUrls } from './url.ts';
import { verdictOf } from './worlds.ts';

export interface LiftOptions extends NestedOptions {
  readonly judgeReferences: JudgeReferences;
  /** The logical id of the Deployment that a framework makes, and gives a new id each time. */
  readonly generatedDeployment?: string;
  /** The file that the paths of code are relative to the folder of; that of each template if left out. */
  readonly codeBeside?: string;
  /** Of a template that is compiled: the mentions in what it is compiled of, so that none is looked for in it. */
  readonly mentions?: readonly Mention[];
}

/** All of a model that stands in a template; its `suppressions` are those of nested templates. */
export type Lifted = Omit<Model, 'stage'>;

/** The neutral model of a CloudFormation template, as written or with its intrinsic functions worked out, and of those that it nests. */
export function liftTemplate(template: Tree, options: LiftOptions): Lifted {
  const all = stacksOf(template, options);
  const resources = new Template(all.stacks.flatMap(({ entities }) => entities));
  const mayHoldMore = addedTo(all, resources);
  const functions = functionsOf(resources, options.codeBeside);
  const lifted = [...restApis(resources), ...httpApis(resources)];
  const apis = lifted.map(({ api }): Api => (mayHoldMore(api.name) ? { ...api, imported: true } : api));
  const problems: Problem[] = [
    ...all.problems,
    ...all.stacks.flatMap((stack) => unresolvedReferences(stack.template, options.judgeReferences)),
    ...(options.judgeReferences === 'all'
      ? all.stacks.flatMap(({ template: one }) => [
          ...wrongShapes(one),
          ...circles(one),
          ...wrongArguments(one),
          ...unresolvedConditions(one),
        ])
      : []),
    ...duplicateMethods(resources),
    ...lifted.flatMap((one) => one.problems),
  ];
  const ignored: Ignored[] = [...inertCors(resources), ...misplaced(resources), ...lifted.flatMap((one) => one.ignored)];
  const fronts = distributions(resources);
  return {
    apis: [...apis, ...functionUrls(resources)].map((api): Api => {
      const signed = signedBy(fronts, api.name);
      return signed ? { ...api, signed } : api;
    }),
    deployments: deployments(resources, options.generatedDeployment),
    problems,
    ignored,
    buckets: buckets(resources),
    distributions: fronts,
    listeners: listeners(resources),
    ...(functions.length > 0 && { functions }),
    mentions: options.mentions ?? all.stacks.flatMap(mentionsOf),
    ...(all.suppressions.length > 0 && { suppressions: all.suppressions }),
  };
}

/** Transforms of AWS's own that add nothing to an API which the template defines. */
const HARMLESS = /^AWS::(?:Serverless|LanguageExtensions|SecretsManager|CodeDeployBlueGreen|ServiceCatalog)/;

/** Loops and macros may make methods of any API; a nested stack that was not read those of an API that it is handed. */
function addedTo({ stacks, read }: Stacks, resources: Template): (name: string) => boolean {
  const transforms = stacks.flatMap(({ template }) => textsIn(get(template, 'Transform')));
  if (transforms.some((name) => !HARMLESS.test(name)) || [...resources.entities.keys()].some((id) => id.includes('Fn::')))
    return () => true;
  const nested = [...resources.ofType('AWS::CloudFormation::Stack'), ...resources.ofType('AWS::Serverless::Application')];
  const handed = new Set(
    nested.filter(({ id }) => !read.has(id)).flatMap(({ properties }) => namesIn(get(properties, 'Parameters')).map(({ id }) => id)),
  );
  return (name) => handed.has(name);
}

/** Where a literal API id goes stale when the API is made anew: permissions, environments, other resources, outputs. */
function mentionsOf({ template, entities }: Stack): readonly Mention[] {
  const ofResources = [...entriesOf(get(template, 'Resources'))].flatMap(([id, { key, value }]) =>
    mentionsIn(value).map((found): Mention => {
      const entity = entities.find((one) => one.key === key);
      return { ...found, exists: entity ? verdictOf(entity.present) : YES, place: `the resource \`${id}\`` };
    }),
  );
  const ofOutputs = mentionsIn(get(template, 'Outputs')).map((found): Mention => ({ ...found, exists: YES, place: 'an output' }));
  return [...ofResources, ...ofOutputs];
}
