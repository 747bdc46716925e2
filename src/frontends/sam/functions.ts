import { get, type Tree } from '../../value/tree.ts';
import { asText, map, ref, scalar } from '../trees.ts';
import { functionUrl } from './function-url.ts';
import { filledIn, truthy, withEntry, without } from './shape.ts';
import { FUNCTION, type Sam, type SamResource } from './template.ts';

/** What events and URLs are made of; the rest says what code runs. */
const COMPILED = ['Events', 'FunctionUrlConfig', 'Policies'];

/** The functions: each stays what it is, so that its code can be found, and gets its alias and its URL. */
export function compileFunctions(sam: Sam): void {
  for (const resource of sam.resources.values()) {
    if (resource.type !== FUNCTION) continue;
    const { id, key, tree, properties, condition } = resource;
    if (tree.kind === 'map' && properties.kind === 'map')
      sam.output.put(id, key, withEntry(tree, 'Properties', without(properties, ...COMPILED)));
    const alias = aliasOf(resource, sam);
    const from = filledIn(key);
    if (alias !== undefined)
      sam.output.add(alias, 'AWS::Lambda::Alias', key, { FunctionName: ref(id, from), Name: aliasName(resource, sam) }, { condition });
    functionUrl(resource, ref(alias ?? id, from), sam);
  }
}

const aliasName = ({ properties }: SamResource, { given }: Sam): Tree => given(get(properties, 'AutoPublishAlias'));

/** The alias that events and URLs go to where there is one (model/sam_resources.py _construct_alias). */
function aliasOf(resource: SamResource, sam: Sam): string | undefined {
  if (!truthy(get(resource.properties, 'AutoPublishAlias'))) return undefined;
  const name = asText(aliasName(resource, sam)) ?? '';
  return `${resource.id}Alias${name.replaceAll('-', 'D').replaceAll('_', 'U')}`;
}

/** `${Fn.Arn}`, or `${FnAliaslive}`, for a text of `Fn::Sub`. */
function arnOf(resource: SamResource, sam: Sam): string {
  const alias = resource.type === FUNCTION ? aliasOf(resource, sam) : undefined;
  return alias === undefined ? `\${${resource.id}.Arn}` : `\${${alias}}`;
}

/** The ARN under which API Gateway calls a function (model/eventsources/push.py _build_apigw_integration_uri). */
export const invocationOf = (resource: SamResource, partition: string, sam: Sam): Tree => {
  const from = filledIn(resource.key);
  const uri = `arn:${partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${arnOf(resource, sam)}/invocations`;
  return map({ 'Fn::Sub': scalar(uri, from) }, from);
};
