import type { Location } from '../../source/location.ts';
import { entriesOf, get, type Tree, type TreeEntry } from '../../value/tree.ts';
import { asText } from '../trees.ts';
import { STOPS } from './cors-keys.ts';
import { nameIn } from './definition.ts';
import { describe, intrinsicOf, isGiven, referred, truthy } from './shape.ts';
import { FUNCTION, HTTP, REST, STATE_MACHINE, type Sam, type SamResource } from './template.ts';

export type EventType = 'Api' | 'HttpApi';

/** An `Api` or `HttpApi` event of a function or a state machine. */
export interface ApiEvent {
  readonly type: EventType;
  /** The event's logical id. */
  readonly key: Location;
  readonly owner: SamResource;
  /** The logical id of its API. */
  readonly api: string;
  readonly path: string;
  readonly pathAt: Location;
  /** As written. */
  readonly method: string;
  readonly properties: Tree;
}

/** What differs between the two kinds of events. */
interface Kind {
  readonly implicit: string;
  readonly idProperty: string;
  readonly api: string;
}

export const KINDS: Readonly<Record<EventType, Kind>> = {
  Api: {
    implicit: 'ServerlessRestApi',
    idProperty: 'RestApiId',
    api: REST,
  },
  HttpApi: {
    implicit: 'ServerlessHttpApi',
    idProperty: 'ApiId',
    api: HTTP,
  },
};

/** Whether there may be events that cannot be seen: made by a function, a loop or a macro. */
export const mayHideEvents = ({ properties }: SamResource): boolean => {
  const events = get(properties, 'Events');
  if (events.kind === 'unknown' || intrinsicOf(properties) !== undefined) return true;
  return [...entriesOf(events)].some(([name, { value }]) => name.startsWith('Fn::') || intrinsicOf(value) !== undefined);
};

/** The events of one type, in the order of the file (plugins/api/implicit_api_plugin.py). */
export function readEvents(type: EventType, sam: Sam): readonly ApiEvent[] {
  return [...sam.resources.values()]
    .filter((resource) => resource.type === FUNCTION || (resource.type === STATE_MACHINE && type === 'Api'))
    .flatMap((owner) =>
      [...entriesOf(get(owner.properties, 'Events'))].flatMap(([, entry]) =>
        asText(get(entry.value, 'Type')) === type ? (readEvent(type, owner, entry, sam) ?? []) : [],
      ),
    );
}

function readEvent(type: EventType, owner: SamResource, { key, value }: TreeEntry, sam: Sam): ApiEvent | undefined {
  const properties = get(value, 'Properties');
  // A REST event needs a path, so SAM stops at one without properties.
  if (type === 'Api' && !truthy(properties)) return undefined;
  const api = apiOf(type, properties, sam);
  const route = routeOf(type, properties, key, sam);
  if (api === undefined || !route) return undefined;
  return { type, key, owner, api, properties, ...route };
}

/** The logical id of the event's API: of this template, and of the right type for a REST event (probes P17, H15). */
function apiOf(type: EventType, properties: Tree, { resources, say }: Sam): string | undefined {
  const { implicit, idProperty, api } = KINDS[type];
  const given = get(properties, idProperty);
  if (given.kind === 'absent') return implicit;
  const id = referred(given);
  const found = id === undefined ? undefined : resources.get(id);
  if (id === implicit || (found && !(type === 'Api' && found.type === HTTP))) return id;
  say({
    kind: 'refused',
    fatal: true,
    at: given.from.at,
    text: `\`${idProperty}\` of an \`${type}\` event has to be \`!Ref\` of an \`${api}\` of this template, and ${
      found ? `\`${id}\` is an \`${found.type}\`` : id === undefined ? `${describe(given)} stands here` : `there is no \`${id}\` here`
    }. ${STOPS}`,
  });
  return undefined;
}

type Route = Pick<ApiEvent, 'path' | 'pathAt' | 'method'>;

/** An `HttpApi` event that names neither path nor method takes all that no other event takes (sam.md §5). */
function routeOf(type: EventType, properties: Tree, key: Location, { say }: Sam): Route | undefined {
  const [path, method] = [get(properties, 'Path'), get(properties, 'Method')];
  if (type === 'HttpApi' && !truthy(path) && !truthy(method))
    return { path: '$default', method: 'x-amazon-apigateway-any-method', pathAt: key };
  const [pathName, name] = [nameIn(path), nameIn(method)];
  if (pathName !== undefined && name !== undefined) return { path: pathName, method: name, pathAt: path.from.at };
  const [missing, what] = pathName === undefined ? [path, 'Path'] : [method, 'Method'];
  say({
    kind: 'refused',
    fatal: true,
    at: isGiven(missing) ? missing.from.at : key,
    text: `\`${what}\` of an \`${type}\` event has to be plain text${
      isGiven(missing) ? `, and ${describe(missing)} stands here` : ''
    }. ${STOPS}`,
  });
  return undefined;
}
