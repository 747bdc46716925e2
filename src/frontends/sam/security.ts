import { get, type Tree, type TreeMap } from '../../value/tree.ts';
import type { Provenance } from '../../value/value.ts';
import { list, map, scalar } from '../trees.ts';
import { schemesIn } from './definition.ts';
import { itemsIn, withEntry } from './shape.ts';

// `security` of a method: a list of requirements, each a map of the schemes that it needs. Scopes do not matter to browsers.

/** One requirement: the scheme of that name. */
export const requirement = (name: string, from: Provenance): TreeMap => map({ [name]: list([], from) }, from);

/** What was needed so far, and this besides: a requirement, or something that is not known to be one. */
export const needing = (definition: TreeMap, wanted: Tree): TreeMap =>
  withEntry(definition, 'security', list([...itemsIn(get(definition, 'security')), wanted], wanted.from));

/** The first requirement of a method: SAM defines AWS_IAM where it stands there, and nowhere else. */
export const startsWithIam = (definition: TreeMap): boolean => {
  const [first] = itemsIn(get(definition, 'security'));
  return first !== undefined && schemesIn(first).includes('AWS_IAM');
};

const names = (item: Tree, wanted: ReadonlySet<string>): boolean => schemesIn(item).some((name) => wanted.has(name));

const NONE = new Set(['NONE']);

/**
 * The default authorizer of a REST API on a method that names none itself; `NONE` keeps it away and, where nothing else is
 * needed, stays in the body as it is (swagger.py set_path_default_authorizer; probe A13).
 */
export function withDefault(definition: TreeMap, authorizers: ReadonlySet<string>, standard: Tree): TreeMap {
  const existing = itemsIn(get(definition, 'security'));
  const own = existing.filter((item) => names(item, authorizers));
  const others = existing.filter((item) => !names(item, authorizers));
  const none = others.findIndex((item) => names(item, NONE));
  if (none >= 0) {
    const rest = others.toSpliced(none, 1);
    return rest.length > 0 ? withEntry(definition, 'security', list(rest, standard.from)) : definition;
  }
  return withEntry(definition, 'security', list([...others, ...(own.length > 0 ? own : [standard])], own[0]?.from ?? standard.from));
}

const KEYS = new Set(['api_key', 'api_key_false']);
const KEY_FALSE = new Set(['api_key_false']);

/** The API key of a whole REST API on one of its methods (swagger.py set_path_default_apikey_required). */
export function withApiKey(definition: TreeMap, isNeeded: boolean, from: Provenance): TreeMap {
  const existing = itemsIn(get(definition, 'security'));
  const others = existing.filter((item) => !names(item, KEYS));
  const isExempt = !isNeeded || existing.some((item) => names(item, KEY_FALSE));
  if (isExempt && others.length === existing.length) return definition;
  return withEntry(definition, 'security', list(isExempt ? others : [...others, requirement('api_key', from)], from));
}

/** A signature: both kinds of APIs name it alike. */
export const iamScheme = (from: Provenance): TreeMap =>
  map(
    {
      type: scalar('apiKey', from),
      name: scalar('Authorization', from),
      in: scalar('header', from),
      'x-amazon-apigateway-authtype': scalar('awsSigv4', from),
    },
    from,
  );

export const apiKeyScheme = (from: Provenance): TreeMap =>
  map({ type: scalar('apiKey', from), name: scalar('x-api-key', from), in: scalar('header', from) }, from);
