import { entriesOf, get, type Tree } from '../../value/tree.ts';
import { mentionsIn } from '../mentions.ts';
import type { Said } from '../said.ts';
import type { Service } from './service.ts';

/** Where a literal API id goes stale when the API is made anew: environments, permissions, resources and outputs. */
export function sayMentions({ provider, functions, resources }: Service, say: (said: Said) => void): void {
  const look = (tree: Tree, place: string): void => {
    for (const found of mentionsIn(tree)) say({ kind: 'mention', ...found, place });
  };
  look(get(provider, 'environment'), '`provider.environment`');
  look(get(provider, 'iam'), 'the permissions of the functions');
  look(get(provider, 'iamRoleStatements'), 'the permissions of the functions');
  look(get(provider, 'apiGateway', 'resourcePolicy'), 'the resource policy');
  for (const { name, tree } of functions) {
    look(get(tree, 'environment'), `\`environment\` of the function \`${name}\``);
    look(get(tree, 'iamRoleStatements'), `the permissions of the function \`${name}\``);
  }
  for (const [id, { value }] of entriesOf(get(resources, 'Resources'))) look(value, `the resource \`${id}\``);
  look(get(resources, 'Outputs'), 'an output');
}
