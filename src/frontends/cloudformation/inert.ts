import type { Location } from '../../source/location.ts';
import { entriesOf, get, mapKnown, valueOf, type Tree } from '../../value/tree.ts';
import { isFilledIn, known, type Value } from '../../value/value.ts';
import type { Ignored, InertBy, InertCors } from '../../model/written.ts';
import { mappingsIn, SETS } from './answers.ts';
import { PREFIXES } from './headers.ts';
import { isWebSocketApi } from './http.ts';
import { integrationOf } from './preflight.ts';
import { isCorsHeader } from './responses.ts';
import { ownersIn, textOr, type Entity, type Template } from './template.ts';
import { both, either, isNever, itemsOf, negated, standing, standsHere, verdictOf } from './worlds.ts';

/** CORS settings of a template that come to nothing, however well they are written. */
export const inertCors = (template: Template): readonly Ignored[] => [
  ...template.ofType('AWS::ApiGateway::Method').flatMap(({ properties, present }) => proxyMappings(properties, present)),
  ...template.ofType('AWS::ApiGatewayV2::Api').flatMap(corsConfiguration),
  ...template.ofType('AWS::ApiGatewayV2::Integration').flatMap((entity) => replacedMappings(entity, template)),
  ...template.ofType('AWS::ApiGateway::GatewayResponse').flatMap((entity) => responsesOfHttpApi(entity, template)),
];

interface Said {
  readonly at: Location;
  readonly present: Value<boolean>;
  readonly text: string;
  readonly by?: InertBy;
  readonly header?: NonNullable<InertCors['header']>;
}

const inert = ({ present, ...said }: Said): readonly InertCors[] =>
  isNever(present) ? [] : [{ kind: 'inert', exists: verdictOf(present), ...said }];

/** Headers in the integration responses of a proxy, which has none (R25). `method`: as the properties of AWS::ApiGateway::Method. */
export function proxyMappings(method: Tree, present: Value<boolean>): readonly InertCors[] {
  const proxied = both(
    present,
    mapKnown(integrationOf(method), (kind) => kind === 'proxy'),
  );
  if (isNever(proxied)) return [];
  return itemsOf(get(method, 'Integration', 'IntegrationResponses')).flatMap((item) => {
    const prefix = PREFIXES['integration-response'];
    const set = [...entriesOf(get(item.tree, 'ResponseParameters'))].filter(
      ([name]) => name.toLowerCase().startsWith(prefix) && isCorsHeader(name.slice(prefix.length)),
    );
    return oneOf(
      set.map(([name, entry]) => [name.slice(prefix.length), entry] as const),
      both(proxied, item.present),
      {
        by: 'proxy',
        text: (names) =>
          `API Gateway passes the answer of a proxy integration on as it comes and never looks at its integration responses, so ${names} reaches no browser. Send it from the code behind it.`,
      },
    );
  });
}

/** One report for the headers of one place. */
function oneOf(
  set: readonly (readonly [name: string, entry: { readonly key: Location; readonly value: Tree }])[],
  present: Value<boolean>,
  { by, text }: { readonly by: InertBy; readonly text: (names: string) => string },
): readonly InertCors[] {
  const [first, second] = set;
  if (!first) return [];
  const there = set.map(([, { value }]) => standsHere(value)).reduce(either);
  const [name, { key, value }] = first;
  const said = { at: key, present: both(present, there), by, text: text(second ? 'what is set here' : `the \`${name}\` of here`) };
  return inert(second ? said : { ...said, header: { name, value: valueOf(standing(value), textOr) } });
}

/** `CorsConfiguration` of an API that does not take it as it is. */
function corsConfiguration({ id, present, properties }: Entity): readonly InertCors[] {
  const block = get(properties, 'CorsConfiguration');
  const key = properties.kind === 'map' ? properties.entries.get('CorsConfiguration')?.key : undefined;
  const there = both(present, standsHere(block));
  if (!key || isNever(there) || isFilledIn(block.from)) return [];
  if (isWebSocketApi(properties)) {
    const text = `\`${id}\` is a WebSocket API, and browsers do not ask for CORS when they open a WebSocket: \`CorsConfiguration\` is for HTTP APIs alone and keeps nobody out. Check the \`Origin\` header where \`$connect\` is handled.`;
    return inert({ at: key, present: there, by: 'websocket', text });
  }
  const body = either(standsHere(get(properties, 'Body')), standsHere(get(properties, 'BodyS3Location')));
  const beside =
    'API Gateway refuses `CorsConfiguration` beside an OpenAPI document ("Redundant fields"), so the deploy fails. Put the settings into the document, as `x-amazon-apigateway-cors`.';
  const cors = standing(block);
  const empty = cors.kind === 'map' ? negated(standsHere(get(cors, 'AllowOrigins'))) : known(false, cors.from);
  const nothing =
    'A `CorsConfiguration` without `AllowOrigins` does not switch CORS off: API Gateway answers every preflight itself, allows no origin, and drops the CORS headers that the code sends. List the origins, or remove the block.';
  return [
    ...inert({ at: key, present: both(there, body), by: 'body', text: beside }),
    ...inert({ at: key, present: [there, empty, negated(body)].reduce(both), text: nothing }),
  ];
}

/** Parameter mappings that set what the API's own CORS replaces (H3). */
function replacedMappings({ present, properties }: Entity, template: Template): readonly InertCors[] {
  return ownersIn(get(properties, 'ApiId')).flatMap(({ arm, present: owned }) => {
    const api = template.named(arm);
    if (api?.type !== 'AWS::ApiGatewayV2::Api') return [];
    const when = [present, owned, standsHere(get(api.properties, 'CorsConfiguration'))].reduce(both);
    return replacedIn(get(properties, 'ResponseParameters'), when);
  });
}

/** The same of an integration's parameters, by status, where the API has CORS of its own. */
export const replacedIn = (responseParameters: Tree, present: Value<boolean>): readonly InertCors[] =>
  [...entriesOf(responseParameters)].flatMap(([, { value }]) => {
    const set = [...entriesOf(mappingsIn(value))].flatMap(([destination, entry]) => {
      const name = SETS.exec(destination)?.[1];
      return name !== undefined && isCorsHeader(name) ? [[name, entry] as const] : [];
    });
    return oneOf(set, present, {
      by: 'managed',
      text: (names) =>
        `This API answers with its own CORS settings, and API Gateway ignores what integrations say of CORS: ${names} reaches no browser. Set it in the CORS configuration of the API.`,
    });
  });

/** HTTP APIs have no gateway responses (H16). */
function responsesOfHttpApi({ id, key, present, properties }: Entity, template: Template): readonly InertCors[] {
  return ownersIn(get(properties, 'RestApiId')).flatMap(({ arm, present: owned }) => {
    const api = template.named(arm);
    if (api?.type !== 'AWS::ApiGatewayV2::Api') return [];
    const text = `\`${id}\` is a gateway response, and HTTP APIs have none: \`${api.id}\` is no REST API, so what the gateway itself answers stays as it is. Remove it.`;
    return inert({ at: key, present: both(present, owned), by: 'http-api', text });
  });
}
