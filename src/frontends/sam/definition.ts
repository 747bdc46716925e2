import type { Location } from '../../source/location.ts';
import { entriesOf, get, getAt, type Tree, type TreeEntry, type TreeMap } from '../../value/tree.ts';
import { asText, map, ref, scalar } from '../trees.ts';
import { contentsOf, emptyMap, filledIn, intrinsicOf, isGiven, mapContents, pythonText, truthy, withEntry } from './shape.ts';

export const ANY = 'x-amazon-apigateway-any-method';
export const INTEGRATION = 'x-amazon-apigateway-integration';

/** base_editor.py _OPENAPI_VERSION_3_REGEX: 3.0.1 is one, 3.0.10 is none. */
const VERSION_3 = /^3(?:\.\d)(?:\.\d)?$/;

export const isVersion3 = (version: Tree): boolean => VERSION_3.test(pythonText(version) ?? '');

/** `any` has a name of its own; all others are written small (base_editor.py _normalize_method_name). */
export function methodName(method: string): string {
  const small = method.toLowerCase();
  return small === 'any' ? ANY : small;
}

/** What SAM takes for a Swagger or OpenAPI document, and would edit. */
export const isSwagger = (body: Tree): body is TreeMap =>
  hasPaths(body) && (truthy(get(body, 'swagger')) || isVersion3(get(body, 'openapi')));
export const isOpenApi = (body: Tree): body is TreeMap => hasPaths(body) && isVersion3(get(body, 'openapi'));

const hasPaths = (body: Tree): boolean => body.kind === 'map' && get(body, 'paths').kind === 'map';

/** The body that an API starts with which brings none of its own (gen_skeleton). */
export function skeleton(version: Version, at: Location): TreeMap {
  const from = filledIn(at);
  const [[name, value] = []] = Object.entries(version);
  return map(
    {
      ...(name !== undefined && { [name]: scalar(value ?? '', from) }),
      info: map({ version: scalar('1.0', from), title: ref('AWS::StackName', from) }, from),
      paths: emptyMap(from),
    },
    from,
  );
}

export type Version = { readonly swagger: string } | { readonly openapi: string };

/** A definition body while SAM writes into it; what it wrote is read with `tree`. */
export class Definition {
  readonly paths: Map<string, TreeEntry>;
  private readonly top: Map<string, TreeEntry>;
  private readonly source: TreeMap;

  constructor(body: TreeMap) {
    this.source = body;
    this.top = new Map(body.entries);
    this.paths = new Map(entriesOf(get(body, 'paths')));
  }

  get(...path: readonly string[]): Tree {
    return getAt({ ...this.source, entries: this.top }, path);
  }

  set(name: string, value: Tree, key: Location = value.from.at): void {
    this.top.set(name, { key: this.top.get(name)?.key ?? key, value });
  }

  remove(name: string): void {
    this.top.delete(name);
  }

  /** One entry of a map at the top, which is made where it is missing: a security scheme, a gateway response. */
  setIn(section: string, name: string, value: Tree, key?: Location): void {
    const before = this.get(section);
    this.set(section, withEntry(before.kind === 'map' ? before : emptyMap(value.from), name, value, key));
  }

  get tree(): TreeMap {
    const paths = get(this.source, 'paths');
    const key = this.top.get('paths')?.key ?? this.source.from.at;
    const entries = new Map(this.top).set('paths', { key, value: { kind: 'map', entries: this.paths, from: paths.from } });
    return { ...this.source, entries };
  }

  /** In both branches, where the path hangs on a condition. */
  has(path: string, method: string): boolean {
    const item = this.paths.get(path)?.value;
    return item !== undefined && contentsOf(item).every((content) => content.kind === 'map' && content.entries.has(methodName(method)));
  }

  hasIntegration(path: string, method: string): boolean {
    const item = this.paths.get(path)?.value;
    if (!item || !this.has(path, method)) return false;
    return contentsOf(item).every((content) => contentsOf(get(content, methodName(method))).some(isIntegrated));
  }

  /** An empty method where there is none yet. */
  addPath(path: string, method: string, pathAt: Location, methodAt: Location): void {
    const name = methodName(method);
    const from = filledIn(methodAt);
    this.editPath(path, pathAt, (item) => (item.entries.has(name) ? item : withEntry(item, name, emptyMap(from), methodAt)));
  }

  /** A path in both branches of its condition; made where it is missing. */
  editPath(path: string, pathAt: Location, make: (item: TreeMap) => Tree): void {
    const before = this.paths.get(path);
    const item = before?.value ?? emptyMap(filledIn(pathAt));
    const value = mapContents(item, (content) => (content.kind === 'map' ? make(content) : content));
    this.paths.set(path, { key: before?.key ?? pathAt, value });
  }

  /** One method of a path that exists, wherever it stands under a condition. Those without an integration are left alone. */
  editMethod(path: string, method: string, make: (definition: TreeMap) => Tree): void {
    this.editMethods(path, (definition, name) => (name === methodName(method) ? make(definition) : definition));
  }

  editMethods(path: string, make: (definition: TreeMap, name: string) => Tree): void {
    const before = this.paths.get(path);
    if (!before) return;
    this.editPath(path, before.key, (item) => {
      const entries = [...item.entries].map(([name, entry]) => {
        if (NO_METHODS.has(name)) return [name, entry] as const;
        const value = mapContents(entry.value, (definition) =>
          definition.kind === 'map' && isIntegrated(definition) ? make(definition, methodName(name)) : definition,
        );
        return [name, { ...entry, value }] as const;
      });
      return { ...item, entries: new Map(entries) };
    });
  }
}

/** swagger.py _EXCLUDED_PATHS_FIELDS. */
const NO_METHODS = new Set(['summary', 'description', 'parameters']);

const isIntegrated = (definition: Tree): boolean => truthy(get(definition, INTEGRATION));

/** Scalars under `security` of a method: the schemes that it names, each with what it needs of it. */
export const schemesIn = (requirement: Tree): readonly string[] => [...entriesOf(requirement).keys()];

/** A stretch of text that is known, as a method's name or a path has to be. */
export const nameIn = (tree: Tree): string | undefined => (isGiven(tree) && intrinsicOf(tree) === undefined ? asText(tree) : undefined);
