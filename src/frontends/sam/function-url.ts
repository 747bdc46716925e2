import { entriesOf, get, type Tree } from '../../value/tree.ts';
import { asText } from '../trees.ts';
import { readKeys, STOPS } from './cors-keys.ts';
import { describe, intrinsicOf, refused, truthy, withEntry } from './shape.ts';
import type { Sam, SamResource } from './template.ts';

/** What each key of `Cors` takes; Python counts true and false among the whole numbers (probe U02). */
const KEYS: Readonly<Record<string, { readonly wanted: string; readonly fits: (tree: Tree) => boolean }>> = {
  AllowOrigins: { wanted: 'a list', fits: ({ kind }) => kind === 'list' },
  AllowMethods: { wanted: 'a list', fits: ({ kind }) => kind === 'list' },
  AllowHeaders: { wanted: 'a list', fits: ({ kind }) => kind === 'list' },
  ExposeHeaders: { wanted: 'a list', fits: ({ kind }) => kind === 'list' },
  AllowCredentials: { wanted: 'true or false', fits: (tree) => tree.kind === 'scalar' && typeof tree.value === 'boolean' },
  MaxAge: {
    wanted: 'a whole number of seconds',
    fits: (tree) => tree.kind === 'scalar' && (typeof tree.value === 'boolean' || Number.isInteger(tree.value)),
  },
};

/** `FunctionUrlConfig` → `<Function>Url` (sam.md §6). */
export function functionUrl({ id, properties, condition }: SamResource, target: Tree, sam: Sam): void {
  const entry = entriesOf(properties).get('FunctionUrlConfig');
  if (!entry || !truthy(entry.value)) return;
  const { key, value: config } = entry;
  const auth = get(config, 'AuthType');
  if (intrinsicOf(config) !== undefined) sayHidden(config, sam);
  else if (intrinsicOf(auth) === undefined && !['AWS_IAM', 'NONE'].includes(asText(auth) ?? ''))
    sam.say({
      kind: 'refused',
      fatal: true,
      at: auth.kind === 'absent' ? key : auth.from.at,
      text: `A function URL needs an \`AuthType\`, which is NONE or AWS_IAM. ${STOPS}`,
    });
  sam.output.add(
    `${id}Url`,
    'AWS::Lambda::Url',
    key,
    { AuthType: auth.kind === 'absent' ? undefined : auth, TargetFunctionArn: target, Cors: corsOf(config, sam) },
    { condition },
  );
}

/** SAM looks for `Cors` and `AuthType` in the map that holds the function, and finds neither. */
function sayHidden(config: Tree, { say }: Sam): void {
  say({
    kind: 'refused',
    fatal: true,
    at: config.from.at,
    text: `\`FunctionUrlConfig\` cannot be ${describe(config)}: SAM finds neither \`AuthType\` nor \`Cors\` in it and makes a URL without both, which CloudFormation refuses. Write the map, with functions for its values.`,
  });
}

function corsOf(config: Tree, sam: Sam): Tree | undefined {
  const cors = get(config, 'Cors');
  if (!truthy(cors)) return undefined;
  if (intrinsicOf(cors) !== undefined || cors.kind === 'unknown') return cors;
  if (cors.kind !== 'map') {
    sam.say({
      kind: 'wrong-shape',
      at: cors.from.at,
      name: 'Cors',
      written: describe(cors),
      wanted: 'a map',
      effect: STOPS,
    });
    return refused(cors.from);
  }
  const block = readKeys(cors, { name: '`Cors` of `FunctionUrlConfig`', keys: Object.keys(KEYS) }, sam);
  return [...block.entries].reduce(
    (rest, [name, { value }]) => (fits(name, value, sam) ? rest : withEntry(rest, name, refused(value.from))),
    block,
  );
}

function fits(name: string, value: Tree, { say }: Sam): boolean {
  const setting = KEYS[name];
  if (!setting || intrinsicOf(value) !== undefined || value.kind === 'unknown' || setting.fits(value)) return true;
  say({ kind: 'wrong-shape', at: value.from.at, name, written: describe(value), wanted: setting.wanted, effect: STOPS });
  return false;
}
