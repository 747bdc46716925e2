import type { Location } from '../../source/location.ts';
import { get, type Tree } from '../../value/tree.ts';
import { map, scalar } from '../trees.ts';
import { Definition, methodName, skeleton, type Version } from './definition.ts';
import { KINDS, type ApiEvent, type EventType } from './events.ts';
import { globalsOf, withGlobals } from './globals.ts';
import { absent, conditional, filledIn, keyOf } from './shape.ts';
import type { Sam, SamResource } from './template.ts';

/**
 * The API that SAM makes for events which name none: only `Globals` can set anything of it. A resource of that name that the
 * user declares is thrown away as soon as an event uses it, with all its settings (probes M08, X1; sam.md §5).
 */
export function implicitApi(type: EventType, events: readonly ApiEvent[], sam: Sam): SamResource | undefined {
  const { implicit, api } = KINDS[type];
  const own = events.filter((event) => event.api === implicit);
  const [first] = own;
  if (!first) return undefined;
  const declared = sam.resources.get(implicit);
  if (declared) sayReplaced(declared, sam);
  const from = filledIn(declared?.key ?? first.key);
  const properties = map({ StageName: type === 'Api' ? scalar('Prod', from) : undefined }, from);
  return {
    id: implicit,
    key: declared?.key ?? first.key,
    type: api,
    tree: map({}, from),
    own: properties,
    properties: withGlobals(properties, globalsOf(sam.template, api), absent(from)),
    condition: conditionOf(`${implicit}Condition`, conditionsOf(own), first.key, sam),
  };
}

function sayReplaced({ id, own }: SamResource, { say }: Sam): void {
  for (const name of ['Cors', 'CorsConfiguration']) {
    const at = keyOf(own, name);
    if (!at) continue;
    say({
      kind: 'inert',
      at,
      text: `\`${id}\` is the name of the API that SAM makes itself for events, and it replaces yours with its own as soon as an event uses it: this \`${name}\` is lost, and \`Globals\` alone can set one. Give your API another name, or set it there.`,
    });
  }
}

/** For each method of each path the condition of the function behind it; the last one counts (_update_resource_attributes_from_api_event). */
function conditionsOf(events: readonly ApiEvent[]): readonly (string | undefined)[] {
  const found = new Map<string, string | undefined>();
  for (const { path, method, owner } of events) found.set(JSON.stringify([path, method]), owner.condition);
  return [...found.values()];
}

/** The one condition under which any of them is there: undefined where one always is. */
function conditionOf(name: string, conditions: readonly (string | undefined)[], at: Location, { output }: Sam): string | undefined {
  const names = [...new Set(conditions)].flatMap((one) => one ?? []);
  if (conditions.includes(undefined) || names.length === 0) return undefined;
  if (names.length > 1) output.anyOf(name, names, at);
  return names.length > 1 ? name : names[0];
}

/** Whether SAM writes the body by itself: then events write their paths into it. A body in `Globals` comes too late to matter (probe M12). */
export const isManaged = ({ own }: SamResource): boolean => !given(own, 'DefinitionBody') && !given(own, 'DefinitionUri');

function given(own: Tree, name: string): boolean {
  const tree = get(own, name);
  return tree.kind !== 'absent' && !(tree.kind === 'scalar' && !tree.value) && !(tree.kind === 'map' && tree.entries.size === 0);
}

/**
 * The body of a managed API with its events' paths, each under a condition where all its methods are
 * (_maybe_add_conditions_to_implicit_api_paths).
 */
export function managedBody(api: SamResource, events: readonly ApiEvent[], version: Version, sam: Sam): Definition {
  const body = new Definition(skeleton(version, api.key));
  for (const { path, pathAt, method, key } of events) body.addPath(path, methodName(method), pathAt, key);
  for (const [path, { key, value }] of body.paths) {
    const here = events.filter((event) => event.path === path);
    const name = `${api.id}${path.replaceAll('/', 'SLASH').replaceAll('{', 'OB').replaceAll('}', 'CB')}PathCondition`;
    const condition = conditionOf(name, conditionsOf(here), key, sam);
    if (condition !== undefined) body.paths.set(path, { key, value: conditional(condition, value, filledIn(key)) });
  }
  return body;
}
