import type { Refused } from '../../model/written.ts';
import type { Location } from '../../source/location.ts';
import { entriesOf, get, type Tree } from '../../value/tree.ts';
import { YES } from '../../value/verdict.ts';
import { textsIn } from './deployments.ts';

/**
 * What no resource can look like: CloudFormation refuses the whole template ("Template format error"). A resource is a map with a
 * `Type` that is a text and `Properties` that are a map
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html and
 * https://repost.aws/knowledge-center/cloudformation-template-validation), functions stand inside `Properties` only
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html), and "DependsOn must be a string or
 * list of strings" (cloudtools/troposphere#709, aws-cloudformation/cloudformation-coverage-roadmap#1015). Silent where a macro may make
 * something else of it.
 */
export function wrongShapes(template: Tree): readonly Refused[] {
  if (textsIn(get(template, 'Transform')).some((name) => !name.startsWith('AWS::'))) return [];
  const resources = get(template, 'Resources');
  const whole = written(resources);
  if (whole !== undefined) return [refused(resources.from.at, `\`Resources\` is ${whole}. It has to be a map of resources`)];
  return [...entriesOf(resources)].flatMap(([id, { key, value }]) => (id.startsWith('Fn::') ? [] : inResource(id, value, key)));
}

function inResource(id: string, resource: Tree, key: Location): readonly Refused[] {
  const itself = written(resource);
  if (itself !== undefined) {
    return [refused(resource.from.at, `The resource \`${id}\` is ${itself}. It has to be a map with a \`Type\` and \`Properties\``)];
  }
  if (resource.kind !== 'map') return [];
  const [type, properties] = [get(resource, 'Type'), get(resource, 'Properties')];
  const found: Refused[] = [];
  if (type.kind === 'absent') found.push(refused(key, `The resource \`${id}\` has no \`Type\``));
  else if (type.kind === 'map' || type.kind === 'list') {
    found.push(
      refused(
        type.from.at,
        `The \`Type\` of \`${id}\` is ${written(type) ?? 'a map'}. It has to be a text such as "AWS::Lambda::Function"`,
      ),
    );
  }
  const wrong = written(properties);
  if (wrong !== undefined) {
    const wayOut =
      functionOf(properties) === undefined
        ? 'It has to be a map'
        : `Use the function inside single properties, or give \`${id}\` a \`Condition\``;
    found.push(refused(properties.from.at, `\`Properties\` of \`${id}\` is ${wrong}. ${wayOut}`));
  }
  const condition = get(resource, 'Condition');
  const computed = functionOf(condition);
  if (computed !== undefined)
    found.push(
      refused(condition.from.at, `The \`Condition\` of \`${id}\` is the function \`${computed}\`. It has to be the name of a condition`),
    );
  return [...found, ...inDependsOn(id, get(resource, 'DependsOn'))];
}

/** Names of resources, and nothing that would have to be worked out. */
function inDependsOn(id: string, tree: Tree): readonly Refused[] {
  const names = tree.kind === 'list' ? tree.items : [tree];
  return names.flatMap((one) => {
    if (one.kind !== 'map' && one.kind !== 'list') return [];
    const what =
      one.kind === 'list' ? 'a list in its list' : functionOf(one) === undefined ? 'a map' : `the function \`${functionOf(one)}\``;
    return [refused(one.from.at, `\`DependsOn\` of \`${id}\` has ${what}. It takes the names of resources as plain text`)];
  });
}

/** What stands in place of a map; undefined for maps, for nothing at all, and where it is not known. */
function written(tree: Tree): string | undefined {
  if (tree.kind === 'list') return 'a list';
  if (tree.kind === 'scalar') return tree.value === null ? undefined : `the text "${tree.value}"`;
  const name = functionOf(tree);
  return name === undefined ? undefined : `the function \`${name}\``;
}

/** `Fn::Transform` may stand for anything. */
function functionOf(tree: Tree): string | undefined {
  const [only, second] = [...entriesOf(tree).keys()];
  if (only === undefined || second !== undefined) return undefined;
  return /^(?:Ref|Fn::(?!Transform$)\w+)$/.test(only) ? only : undefined;
}

const refused = (at: Location, text: string): Refused => ({
  kind: 'refused',
  at,
  exists: YES,
  text: `${text}: CloudFormation refuses the whole template and nothing is deployed.`,
  fatal: true,
});
