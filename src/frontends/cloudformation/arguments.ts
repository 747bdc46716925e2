import type { Refused } from '../../model/written.ts';
import { entriesOf, get, type Tree } from '../../value/tree.ts';
import { YES } from '../../value/verdict.ts';
import { textsIn } from './deployments.ts';
import { childrenOf } from './parameters.ts';

/** How many values a function takes, and what they are. */
interface Signature {
  readonly least: number;
  readonly most: number;
  readonly takes: string;
}

/** By the reference of each function; `Fn::Sub` takes a text too, and is left alone. */
const SIGNATURES: Readonly<Record<string, Signature | undefined>> = {
  'Fn::If': { least: 3, most: 3, takes: 'three values: a condition, what holds with it and what holds without it' },
  'Fn::Equals': { least: 2, most: 2, takes: 'two values, which it compares' },
  'Fn::Not': { least: 1, most: 1, takes: 'one condition, in a list' },
  'Fn::And': { least: 2, most: 10, takes: 'two to ten conditions' },
  'Fn::Or': { least: 2, most: 10, takes: 'two to ten conditions' },
  'Fn::Join': { least: 2, most: 2, takes: 'two values: a delimiter and a list' },
  'Fn::Split': { least: 2, most: 2, takes: 'two values: a delimiter and a text' },
  'Fn::Select': { least: 2, most: 2, takes: 'two values: an index and a list' },
  // The fourth holds a default, with the transform AWS::LanguageExtensions.
  'Fn::FindInMap': { least: 3, most: 4, takes: 'three values: a mapping and two keys' },
  'Fn::GetAtt': { least: 2, most: Number.POSITIVE_INFINITY, takes: 'two values: the name of a resource and that of an attribute' },
};

/** Functions that are not given as many values as they take: CloudFormation refuses the whole template. */
export function wrongArguments(template: Tree): readonly Refused[] {
  const resources = [...entriesOf(get(template, 'Resources')).values()].map(({ value }) => get(value, 'Properties'));
  const stack = [get(template, 'Conditions'), get(template, 'Outputs'), ...resources].toReversed();
  // This transform lets `Ref` work its name out (template-anatomy, "AWS::LanguageExtensions transform").
  const isExtended = textsIn(get(template, 'Transform')).includes('AWS::LanguageExtensions');
  const [found, seen]: [Refused[], Set<Tree>] = [[], new Set()];
  for (let tree = stack.pop(); tree; tree = stack.pop()) {
    if (seen.has(tree)) continue;
    seen.add(tree);
    const wrong = wrongIn(tree) ?? (isExtended ? undefined : wrongRef(tree));
    if (wrong) found.push(wrong);
    stack.push(...childrenOf(tree).toReversed());
  }
  return found;
}

function wrongIn(tree: Tree): Refused | undefined {
  const [only, second] = [...entriesOf(tree)];
  const [name, argument] = [only?.[0] ?? '', only?.[1].value];
  const signature = Object.hasOwn(SIGNATURES, name) ? SIGNATURES[name] : undefined;
  // What a macro or a variable fills in may be anything.
  if (!signature || !argument || second || !isWritten(argument)) return undefined;
  if (name === 'Fn::GetAtt' && argument.kind === 'scalar' && String(argument.value).includes('.')) return undefined;
  const count = argument.kind === 'list' ? argument.items.length : undefined;
  if (count !== undefined && count >= signature.least && count <= signature.most) return undefined;
  const has = count === undefined ? 'no list of them' : (['none', 'one', 'two'][count] ?? count);
  return refused(tree, `\`${name}\` takes ${signature.takes}. Here it has ${has}`);
}

/** `Ref` names a thing, and no function or list can name it. */
function wrongRef(tree: Tree): Refused | undefined {
  const [only, second] = [...entriesOf(tree)];
  const argument = only?.[0] === 'Ref' && !second ? only[1].value : undefined;
  if (argument?.kind !== 'list' && argument?.kind !== 'map') return undefined;
  return refused(
    tree,
    `\`Ref\` takes the name of a parameter or a resource as plain text. Here it has ${argument.kind === 'list' ? 'a list' : 'a map'}`,
  );
}

const refused = (tree: Tree, text: string): Refused => ({
  kind: 'refused',
  at: tree.from.at,
  exists: YES,
  text: `${text}, so CloudFormation refuses the whole template and nothing is deployed.`,
  fatal: true,
});

const isWritten = (argument: Tree): boolean => argument.kind === 'list' || argument.kind === 'scalar';
