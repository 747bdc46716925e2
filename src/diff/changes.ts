import { ResourceImpact, type TemplateDiff } from '@aws-cdk/cloudformation-diff/lib/diff/types.js';
import { fullDiff } from '@aws-cdk/cloudformation-diff/lib/diff-template.js';
import type { Lifted } from '../lint.ts';
import { at, isMap, namesIn, ofType, plainOf, type Plain, type PlainMap, type PlainValue } from './plain.ts';

/** What CloudFormation does with the resources of one document: by the scope of each of its templates. */
export class Changes {
  private readonly before: ReadonlyMap<string, Plain>;
  private readonly after: ReadonlyMap<string, Plain>;
  private readonly diffs = new Map<string, TemplateDiff>();

  constructor(before: Lifted, after: Lifted) {
    [this.before, this.after] = [byScope(before), byScope(after)];
  }

  private diff(scope: string): TemplateDiff {
    const known = this.diffs.get(scope);
    if (known) return known;
    // The library does not follow nested templates, and cannot do without one.
    const made = fullDiff(copied(this.before.get(scope)?.template), copied(this.after.get(scope)?.template));
    this.diffs.set(scope, made);
    return made;
  }

  /** The properties because of which a resource that both have is made anew; none where it stays. */
  replacedBy(id: string): readonly string[] {
    const change = this.diff(scopeOf(id)).resources.changes[nameOf(id)];
    if (!change || change.changeImpact !== ResourceImpact.WILL_REPLACE) return [];
    const updates = Object.entries(change.propertyUpdates);
    const causes = updates.filter(([, one]) => one.changeImpact === ResourceImpact.WILL_REPLACE).map(([name]) => name);
    return causes.length > 0 ? causes : updates.map(([name]) => name);
  }

  /** The resources that are a function's URL, in the later version and before. */
  urlsOf(handler: string): { readonly before: readonly string[]; readonly after: readonly string[] } {
    const scope = scopeOf(handler);
    const urls = (plain: Plain | undefined): readonly string[] =>
      (plain ? ofType(plain, 'AWS::Lambda::Url') : []).flatMap(([id, properties]) =>
        reaches(at(properties, 'TargetFunctionArn'), nameOf(handler), plain) ? [`${scope}${id}`] : [],
      );
    return { before: urls(this.before.get(scope)), after: urls(this.after.get(scope)) };
  }

  /** Whether something changes the document that defines an API. */
  documentChanges(id: string): boolean {
    const body = (plain: Plain | undefined): string =>
      JSON.stringify(['Body', 'BodyS3Location'].map((name) => at(plain?.template, 'Resources', nameOf(id), 'Properties', name) ?? null));
    return body(this.before.get(scopeOf(id))) !== body(this.after.get(scopeOf(id)));
  }

  /** Whether the stages of an API get another snapshot: `unseen` where nothing in the templates takes one. */
  isDeployed(id: string): 'yes' | 'no' | 'unseen' {
    const scope = scopeOf(id);
    const [old, now] = [this.before.get(scope), this.after.get(scope)];
    const mine = (plain: Plain | undefined): readonly string[] => deploymentsOf(plain, nameOf(id));
    const deployments = mine(now);
    if (deployments.length === 0 || !now) return 'unseen';
    const fresh = deployments.filter((one) => !mine(old).includes(one) || this.isRenewed(`${scope}${one}`, id));
    const stages = ofType(now, 'AWS::ApiGateway::Stage').filter(([, properties]) => names(at(properties, 'RestApiId'), nameOf(id)));
    const served = stages.some(([stage, properties]) => {
      const deployment = at(properties, 'DeploymentId');
      // A deployment of somebody else's making is named anew.
      const isMoved = this.diff(scope).resources.changes[stage]?.propertyUpdates['DeploymentId'] !== undefined;
      return fresh.some((one) => names(deployment, one)) || (isMoved && !deployments.some((one) => names(deployment, one)));
    });
    const itself = fresh.some((one) => at(now.template, 'Resources', one, 'Properties', 'StageName') !== undefined);
    return served || itself || (fresh.length > 0 && stages.length === 0) ? 'yes' : 'no';
  }

  /** A Deployment of the same name in both that is another one all the same. */
  private isRenewed(id: string, api: string): boolean {
    const plain = this.after.get(scopeOf(id));
    switch (plain?.renewed.get(nameOf(id))) {
      case 'always':
        return true;
      case 'content':
        return this.documentChanges(api);
      case undefined:
        return this.replacedBy(id).length > 0;
    }
  }
}

/** Parameters whose default is another one, with both. */
export function changedDefaults(before: Lifted, after: Lifted): readonly Default[] {
  const [old, now] = [byScope(before).get(''), byScope(after).get('')];
  const parameters = fullDiff(copied(old?.template), copied(now?.template)).parameters.changes;
  return Object.keys(parameters).flatMap((name): Default[] => {
    const [from, to] = [old, now].map((plain) => at(plain?.template, 'Parameters', name, 'Default'));
    if (!isText(from) || !isText(to) || String(from) === String(to)) return [];
    const hidden = at(now?.template, 'Parameters', name, 'NoEcho');
    const isSecret = hidden === true || hidden === 'true';
    return [{ name, before: String(from), after: String(to), shown: isSecret ? '' : ` (${String(to)})` }];
  });
}

export interface Default {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** ' (https://…)'; nothing where CloudFormation itself would not show it (`NoEcho`). */
  readonly shown: string;
}

const isText = (value: PlainValue | undefined): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** What is nested under nothing is the document's own. */
const byScope = (document: Lifted): ReadonlyMap<string, Plain> =>
  new Map(plainOf(document.templates()).map((plain) => [plain.scope, plain]));

/** The library takes what it is handed to pieces. */
const copied = (template: PlainMap | undefined): Record<string, unknown> => structuredClone(template ?? {});

const scopeOf = (id: string): string => id.slice(0, id.lastIndexOf('/') + 1);
const nameOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

const names = (value: PlainValue | undefined, id: string): boolean => value === id || [...namesIn(value)].includes(id);

const deploymentsOf = (plain: Plain | undefined, api: string): readonly string[] =>
  (plain ? ofType(plain, 'AWS::ApiGateway::Deployment') : []).flatMap(([id, properties]) =>
    names(at(properties, 'RestApiId'), api) ? [id] : [],
  );

/** An alias or a version of a function stands for it. */
function reaches(target: PlainValue | undefined, handler: string, plain: Plain | undefined): boolean {
  return [...namesIn(target)].some((id) => {
    const resource = at(plain?.template, 'Resources', id);
    return id === handler || (isMap(resource) && names(at(resource, 'Properties', 'FunctionName'), handler));
  });
}
