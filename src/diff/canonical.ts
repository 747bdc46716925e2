import { leaves } from '../value/value.ts';
import type { Api, Endpoint, Preflight, Resource, Response, GatewayResponse } from '../model/api.ts';

/** What tells where something stands, or what it is called, and not what it is. */
const APART: ReadonlySet<string> = new Set(['from', 'at', 'put', 'because', 'key', 'name', 'names', 'file']);

/** A part of the model as text, by what it is alone: equal texts answer browsers alike. */
export const canonical = (part: unknown): string =>
  JSON.stringify(part, (name, value: unknown) =>
    APART.has(name) ? undefined : value instanceof Map ? [...value] : typeof value === 'function' ? undefined : value,
  );

/** What a stage serves of a preflight. Of one that code answers, the code is not part of it, nor is the status that it answers with. */
const servedPreflight = (preflight: Preflight): string => {
  const { by, status, authorizer, needsKey, needsHeaders, headers, mock, convertsToText } = preflight;
  const isMock = canonical(by).includes('"mock"');
  const kind = canonical(authorizer);
  const written = isMock ? [status, headers, mock, convertsToText] : isMapped(preflight) ? [status] : [];
  return served([by, kind, needsKey, needsHeaders, ...written]);
};

const isMapped = ({ mapped }: Preflight): boolean =>
  mapped !== undefined && [...leaves(mapped)].some((arm) => arm.kind === 'unknown' || arm.value);

/** Names in another order, and headers in another case, are the same to a browser. */
const served = (part: unknown): string =>
  JSON.stringify(part, (name, value: unknown) => {
    if (Array.isArray(value) && (name === 'value' || name === 'among'))
      return value.map((item) => canonical(item).toLowerCase()).toSorted();
    return APART.has(name) ? undefined : value instanceof Map ? [...value] : typeof value === 'function' ? undefined : value;
  });

const servedResponses = ({ success, handlerError }: Endpoint): string =>
  served([...new Set([...success.responses, ...handlerError.responses])].filter(({ code }) => !code).map(servedResponse));

const servedResponse = ({ exists, status, pattern, headers }: Response): unknown => [exists, status, pattern, headers];

const servedGatewayResponse = ({ exists, type, status, headers }: GatewayResponse): string => served([exists, type, status, headers]);

/** A part of a REST API that a stage serves from its snapshot, and that browsers see. */
export interface Served {
  /** Tells it from the others: 'preflight /items'. */
  readonly key: string;
  /** 'preflight of /items'. */
  readonly what: string;
  readonly text: string;
  readonly at: Api['at'];
}

/** All of them: preflights by their paths, the CORS headers of mapped answers, gateway responses by their types. */
export function servedBy(api: Api): readonly Served[] {
  return [...api.resources.flatMap(ofResource), ...api.gatewayResponses.map(ofGatewayResponse)];
}

function ofResource(resource: Resource): Served[] {
  const { preflight, endpoints } = resource;
  const path = pathOf(resource);
  const answered = canonical(preflight.by) !== canonical({ kind: 'known', value: 'nobody' });
  return [
    ...(answered ? [{ key: `preflight ${path}`, what: `preflight of ${path}`, text: servedPreflight(preflight), at: preflight.at }] : []),
    ...endpoints.flatMap((endpoint): Served[] => {
      const text = servedResponses(endpoint);
      const method = endpoint.method.kind === 'known' ? endpoint.method.value : '?';
      return text === '[]' ? [] : [{ key: `answer ${method} ${path}`, what: `answer of ${method} ${path}`, text, at: endpoint.at }];
    }),
  ];
}

function ofGatewayResponse(response: GatewayResponse): Served {
  const type = response.type.kind === 'known' ? response.type.value : response.name;
  return { key: `response ${type}`, what: `gateway response ${type}`, text: servedGatewayResponse(response), at: response.at };
}

const pathOf = ({ path }: Resource): string => (path.kind === 'known' ? path.value : canonical(path));
