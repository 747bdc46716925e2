import type { Location } from '../../../source/location.ts';
import { entriesOf, get, type Tree } from '../../../value/tree.ts';
import type { Provenance } from '../../../value/value.ts';
import { overChoices } from '../choices.ts';
import { HTTP_API, readCors } from '../cors-block.ts';
import { functionId, HTTP_API_ID, httpAuthorizerId, httpIntegrationId, httpRouteId } from '../naming.ts';
import type { ServiceEvent } from '../service.ts';
import { asText, getAtt, list, map, ref, scalar } from '../../trees.ts';
import { filledIn, isGiven, truthy } from '../shape.ts';
import { REST_HEADERS } from './cors-config.ts';
import { resource, type Template } from './template.ts';

const EVERY_METHOD = ['GET', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'HEAD', 'DELETE'];

interface Route {
  readonly fn: string;
  readonly at: Location;
  /** 'GET /items'; '*' for the default route. */
  readonly key: string;
  readonly method: string;
  readonly written: Tree;
  readonly authorizer: Tree;
}

/** The HTTP API of a service's `httpApi` events (lib/plugins/aws/package/compile/events/http-api.js). */
export function compileHttpApi(template: Template): void {
  const routes = httpRoutes(template);
  const [first] = routes;
  const settings = get(template.service.provider, 'httpApi');
  if (!first) {
    sayUnused(settings, template);
    return;
  }
  const given = get(settings, 'id');
  const id = isGiven(given) ? given : ref(HTTP_API_ID, filledIn(first.at));
  const cors = get(settings, 'cors');
  // One that may be empty, and then is none, is not told of.
  if (isGiven(given) && given.kind !== 'choice' && truthy(cors) === true) {
    template.say({
      kind: 'inert',
      at: cors.from.at,
      text: '`provider.httpApi.cors` cannot be set beside `provider.httpApi.id`: the API belongs to another stack, so the Serverless Framework stops here and nothing is deployed. Set CORS where that API is defined.',
    });
  }
  if (!isGiven(given)) compileApi(template, first.at, settings, routes);
  compileAuthorizers(template, settings, id);
  for (const route of routes) compileRoute(template, route, settings, id);
}

/** Without an `httpApi` event there is no HTTP API, and `http` events make a REST API that knows nothing of this (httpapi-041). */
function sayUnused(settings: Tree, { service, say }: Template): void {
  const key = settings.kind === 'map' && truthy(get(settings, 'cors')) === true ? settings.entries.get('cors')?.key : undefined;
  if (!key || !service.functions.some(({ events }) => events.some(({ kind }) => kind === 'http'))) return;
  say({
    kind: 'inert',
    at: key,
    text: '`provider.httpApi.cors` is for `httpApi` events, and this service has `http` events alone: they make a REST API, which gets no CORS from here. Set `cors` on each `http` event.',
  });
}

function httpRoutes(template: Template): readonly Route[] {
  const seen = new Set<string>();
  return template.service.functions.flatMap(({ name, events }) =>
    events
      .filter(({ kind }) => kind === 'httpApi')
      .flatMap((event) => {
        const route = readRoute(name, event, template);
        if (!route) return [];
        if (seen.has(route.key)) {
          template.say({
            kind: 'refused',
            fatal: true,
            at: event.key,
            text: `The route "${route.key}" is here twice, so the Serverless Framework stops and nothing is deployed. Keep one of them.`,
          });
          return [];
        }
        seen.add(route.key);
        return [route];
      }),
  );
}

function readRoute(fn: string, { key: at, value }: ServiceEvent, template: Template): Route | undefined {
  const absent: Tree = { kind: 'absent', from: value.from };
  if (value.kind === 'scalar' && typeof value.value === 'string') {
    const word = value.value;
    if (word === '*') return { fn, at, key: '*', method: 'ANY', written: value, authorizer: absent };
    const short = /^(\w+) (\/\S*)$/.exec(word);
    if (short)
      return { fn, at, key: `${method(short[1])} ${short[2] ?? ''}`, method: method(short[1]), written: value, authorizer: absent };
    template.say({
      kind: 'refused',
      fatal: true,
      at: value.from.at,
      text: `\`httpApi: ${word}\` is not a method and a path that begins with "/", so the Serverless Framework stops here and nothing is deployed. Write it like \`httpApi: GET /items\`.`,
    });
    return undefined;
  }
  if (value.kind !== 'map') return undefined;
  const authorizer = get(value, 'authorizer');
  const path = asText(get(value, 'path'));
  if (path === '*') return { fn, at, key: '*', method: 'ANY', written: value, authorizer };
  const word = method(asText(get(value, 'method')));
  return path === undefined
    ? {
        fn,
        at,
        key: `${word} ${at.file.text.slice(get(value, 'path').from.at.start, get(value, 'path').from.at.end)}`,
        method: word,
        written: get(value, 'path'),
        authorizer,
      }
    : { fn, at, key: `${word} ${path}`, method: word, written: value, authorizer };
}

const method = (word: string | undefined): string => (word === undefined || word === '*' ? 'ANY' : word.toUpperCase());

function compileApi(template: Template, at: Location, settings: Tree, routes: readonly Route[]): void {
  const entry = settings.kind === 'map' ? settings.entries.get('cors') : undefined;
  const cors = entry ? readCors(entry.value, entry.key, HTTP_API, template) : get(settings, 'cors');
  const from = filledIn(entry?.key ?? at);
  template.put(
    HTTP_API_ID,
    at,
    overChoices([cors], ([one]) =>
      resource(
        'AWS::ApiGatewayV2::Api',
        {
          ProtocolType: scalar('HTTP', filledIn(at)),
          CorsConfiguration: configuration(one ?? cors, routes, from),
        },
        filledIn(at),
      ),
    ),
  );
}

/** The defaults stand in for what is falsy; empty lists stay (httpapi-030, 031); methods that are given are all there is (httpapi-021). */
function configuration(cors: Tree, routes: readonly Route[], from: Provenance): Tree | undefined {
  if (cors.kind === 'unknown') return cors;
  if (truthy(cors) === false) return undefined;
  const setting = (name: string, standard: readonly string[]): Tree =>
    truthy(get(cors, name)) === false
      ? list(
          standard.map((one) => scalar(one, from)),
          from,
        )
      : unique(get(cors, name));
  const filled = [...new Set(['OPTIONS', ...routes.flatMap((route) => (route.method === 'ANY' ? EVERY_METHOD : [route.method]))])];
  const [credentials, exposed, maxAge] = [get(cors, 'allowCredentials'), get(cors, 'exposedResponseHeaders'), get(cors, 'maxAge')];
  return map(
    {
      AllowOrigins: setting('allowedOrigins', ['*']),
      AllowHeaders: setting('allowedHeaders', REST_HEADERS),
      AllowMethods: setting('allowedMethods', filled),
      AllowCredentials: credentials.kind === 'unknown' ? credentials : truthy(credentials) ? scalar(true, credentials.from) : undefined,
      ExposeHeaders: truthy(exposed) === false ? undefined : unique(exposed),
      MaxAge: isGiven(maxAge) ? maxAge : undefined,
    },
    from,
  );
}

/** As a JavaScript Set leaves a list. */
export function unique(tree: Tree): Tree {
  if (tree.kind !== 'list') return tree.kind === 'scalar' ? list([tree], tree.from) : tree;
  const seen = new Set<unknown>();
  return {
    ...tree,
    items: tree.items.filter((item) => {
      if (item.kind !== 'scalar') return true;
      if (seen.has(item.value)) return false;
      seen.add(item.value);
      return true;
    }),
  };
}

function compileAuthorizers(template: Template, settings: Tree, id: Tree): void {
  for (const [name, { key, value }] of entriesOf(get(settings, 'authorizers'))) {
    const isRequest = asText(get(value, 'type')) === 'request';
    const source = get(value, 'identitySource');
    template.add(httpAuthorizerId(asText(get(value, 'name')) ?? name), 'AWS::ApiGatewayV2::Authorizer', key, {
      ApiId: id,
      AuthorizerType: scalar(isRequest ? 'REQUEST' : 'JWT', get(value, 'type').from),
      IdentitySource: isGiven(source) ? unique(source) : list([], value.from),
    });
  }
}

function compileRoute(template: Template, route: Route, settings: Tree, apiId: Tree): void {
  const from = filledIn(route.at);
  const integration = httpIntegrationId(route.fn);
  template.add(integration, 'AWS::ApiGatewayV2::Integration', route.at, {
    ApiId: apiId,
    IntegrationType: scalar('AWS_PROXY', from),
    IntegrationUri: getAtt(functionId(route.fn), 'Arn', from),
  });
  const target = map(
    { 'Fn::Join': list([scalar('/', from), list([scalar('integrations', from), ref(integration, from)], from)], from) },
    from,
  );
  const key: Tree =
    route.written.kind === 'unknown'
      ? { kind: 'unknown', why: route.written.why, from: route.written.from }
      : scalar(route.key === '*' ? '$default' : route.key, from);
  template.put(
    httpRouteId(route.key),
    route.at,
    overChoices([route.authorizer], ([authorizer]) =>
      resource(
        'AWS::ApiGatewayV2::Route',
        {
          ApiId: apiId,
          RouteKey: key,
          Target: target,
          ...authorization(template, authorizer ?? route.authorizer, settings),
        },
        from,
      ),
    ),
  );
}

/** A name out of `provider.httpApi.authorizers`, or a map with `name`, `id` or `type: aws_iam`. */
function authorization(template: Template, authorizer: Tree, settings: Tree): Readonly<Record<string, Tree>> {
  if (!isGiven(authorizer)) return {};
  if (authorizer.kind === 'unknown') return { AuthorizationType: authorizer };
  const from = authorizer.from;
  const type = asText(get(authorizer, 'type'));
  if (type === 'aws_iam') return { AuthorizationType: scalar('AWS_IAM', from) };
  const id = get(authorizer, 'id');
  if (isGiven(id)) return { AuthorizationType: scalar(type === 'request' ? 'CUSTOM' : 'JWT', from), AuthorizerId: id };
  const named = authorizer.kind === 'map' ? get(authorizer, 'name') : authorizer;
  const name = asText(named) ?? '';
  const declared = get(settings, 'authorizers', name);
  if (!isGiven(declared) && declared.kind !== 'unknown') {
    template.say({
      kind: 'unresolved',
      at: named.from.at,
      written: name,
      missing: 'resource',
      text: `there is no authorizer \`${name}\` under \`provider.httpApi.authorizers\``,
    });
    return { AuthorizationType: { kind: 'unknown', why: 'there is no such authorizer', from } };
  }
  const isRequest = asText(get(declared, 'type')) === 'request';
  return {
    AuthorizationType: scalar(isRequest ? 'CUSTOM' : 'JWT', from),
    AuthorizerId: ref(httpAuthorizerId(asText(get(declared, 'name')) ?? name), from),
  };
}
