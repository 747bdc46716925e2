import type { Location } from '../../source/location.ts';
import { entriesOf, get, getAt, mapTree, type Tree, type TreeEntry, type TreeMap } from '../../value/tree.ts';
import { known, type Provenance, type Value } from '../../value/value.ts';
import { both, isNever, standing, standsHere } from '../cloudformation/worlds.ts';

// What an OpenAPI document says, whatever its version: where things stand, and what their names are elsewhere.

/** Security schemes and the like: Swagger 2 has them at the root, OpenAPI 3 under `components`. */
export const securitySchemes = (document: Tree): Tree =>
  mapTree(document, (arm) =>
    get(arm, 'swagger').kind === 'absent' ? get(arm, 'components', 'securitySchemes') : get(arm, 'securityDefinitions'),
  );

/** One operation, in the worlds in which it is there. */
export interface Operation {
  /** As it is sent: 'GET'; 'ANY'. */
  readonly method: string;
  readonly at: Location;
  readonly present: Value<boolean>;
  /** As in the worlds in which it is. */
  readonly tree: Tree;
}

/** One path as written, in the worlds in which it is there. */
export interface PathItem {
  readonly path: string;
  readonly at: Location;
  readonly present: Value<boolean>;
  readonly tree: Tree;
  readonly operations: readonly Operation[];
}

const ANY = 'x-amazon-apigateway-any-method';
const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);

/** The paths of a document; extensions stand among them. */
export const pathsOf = (document: Tree): readonly PathItem[] =>
  [...entriesOf(get(document, 'paths'))].flatMap(([path, { key, value }]) => {
    const present = standsHere(value);
    if (isNever(present) || !/^\/|^\$default$/.test(path)) return [];
    const tree = standing(value);
    return [{ path, at: key, present, tree, operations: operationsOf(tree, present) }];
  });

function operationsOf(item: Tree, present: Value<boolean>): readonly Operation[] {
  return [...entriesOf(item)].flatMap(([name, entry]) => {
    const method = name === ANY ? 'ANY' : METHODS.has(name.toLowerCase()) ? name.toUpperCase() : undefined;
    const there = both(present, standsHere(entry.value));
    if (method === undefined || isNever(there)) return [];
    return [{ method, at: entry.key, present: both(there, isRead(name, entry)), tree: standing(entry.value) }];
  });
}

/** OpenAPI writes methods in lower case; whether the import takes others is not documented. */
const isRead = (name: string, { value: { from } }: TreeEntry): Value<boolean> =>
  name === name.toLowerCase()
    ? known(true, from)
    : { kind: 'unknown', why: 'OpenAPI writes methods in lower case, and this one is not', from };

/** Whether all paths and what stands under them can be seen. */
export const isSeen = (document: Tree): boolean => {
  const paths = get(document, 'paths');
  return ![document, paths, ...[...entriesOf(paths).values()].map(({ value }) => value)].some(mayBeUnknown);
};

const mayBeUnknown = (tree: Tree): boolean =>
  tree.kind === 'choice' ? [...tree.branches.values()].some(mayBeUnknown) : tree.kind === 'unknown';

/** More references to references than this lead nowhere. */
const MAX_HOPS = 8;

/** What a `$ref` within the document stands for; unknown where it leads elsewhere. */
export const followed = (tree: Tree, document: Tree, hops = 0): Tree =>
  mapTree(tree, (arm) => {
    const reference = arm.kind === 'map' ? arm.entries.get('$ref')?.value : undefined;
    if (reference?.kind !== 'scalar') return arm;
    const text = String(reference.value);
    const found = text.startsWith('#/') && hops < MAX_HOPS ? getAt(document, text.slice(2).split('/').map(unescaped)) : undefined;
    if (!found || found.kind === 'absent') return { kind: 'unknown', why: `nothing stands at ${text}`, from: reference.from };
    return followed(found, document, hops + 1);
  });

/** JSON Pointer (RFC 6901). */
const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

// Trees made of others.

/** A map that no one wrote as it is; what it holds was written. */
export const mapOf = (from: Provenance, entries: Readonly<Record<string, Tree | undefined>>): TreeMap => ({
  kind: 'map',
  from,
  entries: new Map(Object.entries(entries).flatMap(([name, value]) => (value ? [[name, { key: value.from.at, value }] as const] : []))),
});

/** The same map with its keys named as CloudFormation names them; others are left out. */
export const renamed = (tree: Tree, names: Readonly<Record<string, string | undefined>>): Tree =>
  mapTree(tree, (arm) => {
    if (arm.kind !== 'map') return arm;
    const entries = [...arm.entries].flatMap(([name, entry]) => {
      const other = Object.hasOwn(names, name) ? names[name] : undefined;
      return other === undefined ? [] : [[other, entry] as const];
    });
    return { ...arm, entries: new Map(entries) };
  });

/** A list of what stands under the keys of a map. */
export const listed = (tree: Tree, make: (name: string, entry: TreeEntry) => Tree | undefined): Tree =>
  mapTree(tree, (arm) => {
    if (arm.kind !== 'map') return arm;
    return { kind: 'list', items: [...arm.entries].flatMap(([name, entry]) => make(name, entry) ?? []), from: arm.from };
  });

/** A text that the document does not hold, because of something that it does. */
export const said = (value: string | boolean, from: Provenance): Tree => ({ kind: 'scalar', value, from });
