import type { DuplicateMethod, Ignored } from '../../model/written.ts';
import type { Location } from '../../source/location.ts';
import { entriesOf, get, listOf, mapKnown, type Tree } from '../../value/tree.ts';
import { known, type Value } from '../../value/value.ts';
import { proxyMappings } from '../cloudformation/inert.ts';
import { resourceOf, type Method } from '../cloudformation/methods.ts';
import { gatewayResponseKeys, responseKeys } from '../cloudformation/misplaced.ts';
import { integrationOf } from '../cloudformation/preflight.ts';
import { gatewayResponse } from '../cloudformation/responses.ts';
import { keySourceOf } from '../cloudformation/rest.ts';
import { textOr, type Template } from '../cloudformation/template.ts';
import { both, isNever, standing, standsHere, verdictOf } from '../cloudformation/worlds.ts';
import type { BodyContext, RestBody } from './body.ts';
import { isSeen, mapOf, pathsOf, renamed, said, securitySchemes } from './document.ts';
import { misplacedIn } from './misplaced.ts';
import { methodProperties } from './operation.ts';
import { authorizersIn, validatorsIn } from './security.ts';

/** A document, its intrinsic functions worked out, as the REST API that API Gateway makes of it. */
export function liftRestBody(body: Tree, context: BodyContext): RestBody {
  const { present } = context;
  const written = methodsIn(body, context);
  const paths = joined(written);
  const responses = gatewayResponsesIn(body, present);
  return {
    resources: paths.map(({ path, at, methods, template }) => resourceOf(known(path, { kind: 'literal', at }), at, methods, template)),
    gatewayResponses: responses.map(({ name, at, properties, there }) => ({
      ...gatewayResponse(name, at, properties, there),
      withApi: true as const,
    })),
    binaryMediaTypes: listOf(get(body, 'x-amazon-apigateway-binary-media-types'), textOr),
    keySource: keySourceOf(get(body, 'x-amazon-apigateway-api-key-source')),
    policy: get(body, 'x-amazon-apigateway-policy'),
    problems: twins(written),
    ignored: [
      ...paths.flatMap(({ methods, path }) => methods.flatMap((method) => ignoredIn(method, path))),
      ...responses.flatMap(({ name, properties, there }) => gatewayResponseKeys(name, properties, there)),
      ...misplacedIn(body, 'rest', present),
    ],
    whole: isSeen(body),
  };
}

/** What of an operation has no effect. */
const ignoredIn = ({ properties, present }: Method, path: string): readonly Ignored[] => [
  ...proxyMappings(properties, present),
  ...(isNever(mapKnown(integrationOf(properties), (kind) => kind !== 'proxy')) ? [] : responseKeys(path, properties, present)),
];

interface PathMethods {
  readonly path: string;
  readonly at: Location;
  readonly methods: readonly Method[];
  /** With what the document defines. */
  readonly template: Template;
}

function methodsIn(body: Tree, { template, present, names }: BodyContext): readonly PathMethods[] {
  const inner = template.with([...authorizersIn(securitySchemes(body), 'AWS::ApiGateway::Authorizer'), ...validatorsIn(body)]);
  return pathsOf(body).map(({ path, at, tree, operations }) => ({
    path,
    at,
    template: inner,
    methods: operations.map((operation) => ({
      names,
      at: operation.at,
      properties: methodProperties(operation, tree, body),
      present: both(present, operation.present),
    })),
  }));
}

/** Paths that differ by the slash at their end alone are one resource to API Gateway (SAM#3816). */
const resourcePath = (path: string): string => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);

/** The import fails where such a pair has a method twice: "Duplicate method 'OPTIONS' on resource at path" (R23). */
function twins(paths: readonly PathMethods[]): readonly DuplicateMethod[] {
  const firsts = new Map<string, Method>();
  return paths.flatMap(({ path, methods }) =>
    methods.flatMap((method): DuplicateMethod[] => {
      const name = get(method.properties, 'HttpMethod');
      if (name.kind !== 'scalar') return [];
      const key = `${name.value} ${resourcePath(path)}`;
      const first = firsts.get(key);
      if (!first) firsts.set(key, method);
      const together = first && both(first.present, method.present);
      if (!first || !together || isNever(together)) return [];
      const verb = String(name.value).toUpperCase();
      const at = resourcePath(path);
      const error = `Duplicate method '${verb}' on resource at path '${at}'`;
      const told = at === path ? path : `${at} (written ${path}, which is the same resource)`;
      return [{ kind: 'duplicate-method', at: method.at, exists: verdictOf(together), method: verb, path: told, error, first: first.at }];
    }),
  );
}

function joined(paths: readonly PathMethods[]): readonly PathMethods[] {
  const found = new Map<string, PathMethods>();
  for (const one of paths) {
    const path = resourcePath(one.path);
    const before = found.get(path);
    found.set(path, before ? { ...before, methods: [...before.methods, ...one.methods] } : one);
  }
  return [...found.values()];
}

const RESPONSE = { statusCode: 'StatusCode', responseParameters: 'ResponseParameters', responseTemplates: 'ResponseTemplates' };

interface Response {
  readonly name: string;
  readonly at: Location;
  /** As those of AWS::ApiGateway::GatewayResponse. */
  readonly properties: Tree;
  readonly there: Value<boolean>;
}

/** The gateway responses at the root of the document, by type (R45). */
const gatewayResponsesIn = (body: Tree, present: Value<boolean>): readonly Response[] =>
  [...entriesOf(get(body, 'x-amazon-apigateway-gateway-responses'))].flatMap(([name, { key, value }]) => {
    const there = both(present, standsHere(value));
    if (isNever(there)) return [];
    const response = renamed(standing(value), RESPONSE);
    const entries = response.kind === 'map' ? Object.fromEntries([...response.entries].map(([own, entry]) => [own, entry.value])) : {};
    const properties = mapOf(value.from, { ...entries, ResponseType: said(name, { kind: 'literal', at: key }) });
    return [{ name, at: key, properties, there }];
  });
