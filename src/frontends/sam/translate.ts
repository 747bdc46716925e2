import type { Named } from '../../model/deployment.ts';
import { entriesOf, get, type Tree, type TreeMap } from '../../value/tree.ts';
import type { ResolveOptions } from '../cloudformation/intrinsics.ts';
import { Resolver } from '../cloudformation/resolver.ts';
import type { Said } from '../said.ts';
import { isHidden, openApi, type SamApi } from './apis.ts';
import { compileApplications } from './applications.ts';
import { mayHideEvents, readEvents, type ApiEvent, type EventType } from './events.ts';
import { compileFunctions } from './functions.ts';
import { sayLost } from './lost.ts';
import { compileHttp } from './http.ts';
import { implicitApi } from './implicit.ts';
import { addHttpEvent, addRestEvent } from './integrations.ts';
import { compileRest } from './rest.ts';
import { intrinsicOf, referred } from './shape.ts';
import { FUNCTION, HTTP, Output, readResources, REST, type Sam, type SamResource } from './template.ts';
import { compileWebSockets } from './websocket.ts';

/** What SAM makes of a template. */
export interface Translated {
  readonly template: Tree;
  /** Deployments that get another id whenever their API changes. */
  readonly deployments: ReadonlyMap<string, readonly Named[]>;
  /** The same, and those that get another one with every deploy. */
  readonly renewed: ReadonlyMap<string, 'content' | 'always'>;
  /** APIs of which more may be deployed than can be seen: events or documents that something makes at deploy time. */
  readonly open: ReadonlySet<string>;
}

/** The CloudFormation template that SAM makes, in its order: events find their APIs, functions write into them, then come the APIs. */
export function translate(template: TreeMap, options: Pick<ResolveOptions, 'path' | 'parameters'>, say: (said: Said) => void): Translated {
  const resolver = Resolver.of(template, options);
  const parameters = entriesOf(get(template, 'Parameters'));
  const sam: Sam = {
    template,
    resources: readResources(template),
    output: new Output(template),
    say,
    given: (tree) => (intrinsicOf(tree) === 'Ref' && parameters.has(referred(tree) ?? '') ? resolver.resolve(tree) : tree),
  };
  sayLost(sam);
  const events = { Api: readEvents('Api', sam), HttpApi: readEvents('HttpApi', sam) };
  const apis = openApis(events, sam);
  writeEvents(events, apis, sam);
  compileFunctions(sam);
  for (const api of apis.values()) (api.resource.type === REST ? compileRest : compileHttp)(api, sam);
  compileWebSockets(sam);
  compileApplications(sam);
  const isOpen = [...sam.resources.values()].some(mayHideEvents);
  const open = [...apis.values()].filter((api) => isHidden(api) || (isOpen && api.isManaged)).map(({ resource }) => resource.id);
  const { tree, deployments } = sam.output;
  return {
    template: tree,
    deployments: sam.output.parameters,
    renewed: deployments,
    open: new Set([...open, ...sam.output.refused]),
  };
}

type Events = Readonly<Record<EventType, readonly ApiEvent[]>>;

/** All APIs, with those that SAM makes for events that name none; in the order of the file. */
function openApis(events: Events, sam: Sam): ReadonlyMap<string, SamApi> {
  const apis = new Map<string, SamResource>();
  for (const resource of sam.resources.values()) if (resource.type === REST || resource.type === HTTP) apis.set(resource.id, resource);
  for (const type of ['Api', 'HttpApi'] as const) {
    const made = implicitApi(type, events[type], sam);
    if (made) apis.set(made.id, made);
  }
  return new Map(
    [...apis].map(([id, resource]) => {
      const own = resource.type === HTTP ? events.HttpApi : events.Api;
      return [
        id,
        openApi(
          resource,
          own.filter((event) => event.api === id),
          sam,
        ),
      ];
    }),
  );
}

const byPath = (a: ApiEvent, b: ApiEvent): number => (a.path === b.path ? 0 : a.path < b.path ? -1 : 1);

/** Functions before state machines, each in the order of the file (translator.py _get_resources_to_iterate). */
function writeEvents(events: Events, apis: ReadonlyMap<string, SamApi>, sam: Sam): void {
  const all = [...events.Api, ...events.HttpApi];
  const owners = [...sam.resources.values()].toSorted((a, b) => Number(b.type === FUNCTION) - Number(a.type === FUNCTION));
  for (const owner of owners) {
    const own = all.filter((one) => one.owner === owner);
    // A function's by their paths, a state machine's as they stand (sam_resources.py order_events).
    for (const event of owner.type === FUNCTION ? own.toSorted(byPath) : own) {
      const api = apis.get(event.api);
      if (api && event.type === 'Api') addRestEvent(event, api, sam);
      else if (api) addHttpEvent(event, api, sam);
    }
  }
}
