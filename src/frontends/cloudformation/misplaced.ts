import type { Location } from '../../source/location.ts';
import { nearest } from '../../value/nearest.ts';
import { entriesOf, get, type Tree } from '../../value/tree.ts';
import { isFilledIn, type Value } from '../../value/value.ts';
import type { IgnoredProperty } from '../../model/written.ts';
import { PREFIXES } from './headers.ts';
import { isCorsHeader } from './responses.ts';
import type { Entity, Template } from './template.ts';
import { both, isNever, itemsOf, standing, standsHere, variants, verdictOf } from './worlds.ts';

/** Keys of a template that have to do with CORS and that nothing reads. */
export const misplaced = (template: Template): readonly IgnoredProperty[] => [
  ...template
    .ofType('AWS::ApiGateway::GatewayResponse')
    .flatMap(({ id, properties, present }) => gatewayResponseKeys(id, properties, present)),
  ...template.ofType('AWS::ApiGateway::Method').flatMap(({ id, properties, present }) => responseKeys(id, properties, present)),
  ...template.ofType('AWS::ApiGatewayV2::Api').flatMap((entity) => corsKeys(entity, 'CorsConfiguration', 'the HTTP API')),
  ...template.ofType('AWS::Lambda::Url').flatMap((entity) => corsKeys(entity, 'Cors', 'the function URL')),
  ...template.ofType('AWS::ApiGateway::RestApi').flatMap(corsOfRestApi),
];

type Said = Omit<IgnoredProperty, 'kind' | 'exists'> & { readonly present: Value<boolean> };

const property = ({ present, ...said }: Said): readonly IgnoredProperty[] =>
  isNever(present) ? [] : [{ kind: 'property', exists: verdictOf(present), ...said }];

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html (R30, R38) */
const TYPES = [
  'ACCESS_DENIED',
  'API_CONFIGURATION_ERROR',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'AUTHORIZER_FAILURE',
  'BAD_REQUEST_BODY',
  'BAD_REQUEST_PARAMETERS',
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  'EXPIRED_TOKEN',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'INVALID_API_KEY',
  'INVALID_SIGNATURE',
  'MISSING_AUTHENTICATION_TOKEN',
  'QUOTA_EXCEEDED',
  'REQUEST_TOO_LARGE',
  'RESOURCE_NOT_FOUND',
  'THROTTLED',
  'UNAUTHORIZED',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
];

/** The type and the headers of a gateway response; its properties as those of AWS::ApiGateway::GatewayResponse. */
export function gatewayResponseKeys(name: string, properties: Tree, present: Value<boolean>): readonly IgnoredProperty[] {
  const type = get(properties, 'ResponseType');
  const strange = [...variants(type, (arm) => (arm.kind === 'scalar' ? String(arm.value) : ''))].flatMap(
    ([written, { arm, present: here }]) => {
      if (written === '' || TYPES.includes(written)) return [];
      const meant = nearest(written, TYPES);
      const place = 'the types of gateway responses';
      const effect = 'API Gateway knows no response of this type, so the deploy fails.';
      return property({
        at: arm.from.at,
        present: both(present, here),
        name: written,
        place,
        effect,
        ...(meant !== undefined && { meant }),
      });
    },
  );
  const place = `the headers of the gateway response \`${name}\``;
  return [...strange, ...headerKeys(get(properties, 'ResponseParameters'), place, PREFIXES['gateway-response'], present)];
}

/** The headers that the integration responses of a method set. */
export const responseKeys = (name: string, method: Tree, present: Value<boolean>): readonly IgnoredProperty[] =>
  itemsOf(get(method, 'Integration', 'IntegrationResponses')).flatMap((item) =>
    headerKeys(
      get(item.tree, 'ResponseParameters'),
      `the headers of an integration response of \`${name}\``,
      PREFIXES['integration-response'],
      both(present, item.present),
    ),
  );

/** A CORS header under a key without the prefix that this place wants (R33). */
const headerKeys = (parameters: Tree, place: string, prefix: string, present: Value<boolean>): readonly IgnoredProperty[] =>
  [...entriesOf(parameters)].flatMap(([name, { key, value }]) => {
    const header = name.slice(name.lastIndexOf('.') + 1);
    if (name.toLowerCase().startsWith(prefix) || !isCorsHeader(header)) return [];
    const effect = `API Gateway takes \`${prefix}…\` here and nothing else, so the deploy fails ("Invalid mapping expression specified").`;
    return property({ at: key, present: both(present, standsHere(value)), name, place, meant: `${prefix}${header}`, effect });
  });

const CORS = ['AllowCredentials', 'AllowHeaders', 'AllowMethods', 'AllowOrigins', 'ExposeHeaders', 'MaxAge'];
/**
 * "Encountered unsupported property" (https://repost.aws/knowledge-center/cloudformation-template-validation); of some types a warning
 * among the events of the stack and nothing else (aws-cloudformation/cloudformation-coverage-roadmap#1514).
 */
const REFUSED = 'CloudFormation knows no such property: the deploy fails ("Encountered unsupported property"), or goes on without it.';

function corsKeys({ id, properties, present }: Entity, name: string, of: string): readonly IgnoredProperty[] {
  const block = get(properties, name);
  if (isFilledIn(block.from)) return [];
  return unknownKeys(standing(block), both(present, standsHere(block)), CORS, `\`${name}\` of ${of} \`${id}\``, REFUSED);
}

/** Keys of a CORS block that are none. */
export const unknownKeys = (
  block: Tree,
  present: Value<boolean>,
  known: readonly string[],
  place: string,
  effect: string,
): readonly IgnoredProperty[] =>
  [...entriesOf(block)].flatMap(([name, { key, value }]) => {
    if (known.includes(name) || name.startsWith('Fn::')) return [];
    const meant = nearest(name, known);
    return property({ at: key, present: both(present, standsHere(value)), name, place, effect, ...(meant !== undefined && { meant }) });
  });

/** REST APIs have no setting for CORS. */
function corsOfRestApi({ id, properties, present }: Entity): readonly IgnoredProperty[] {
  return ['CorsConfiguration', 'Cors'].flatMap((name) => {
    const key: Location | undefined = properties.kind === 'map' ? properties.entries.get(name)?.key : undefined;
    if (!key) return [];
    const belongs = 'an OPTIONS method with a MOCK integration on each path; HTTP APIs alone have a setting for it';
    return property({
      at: key,
      present: both(present, standsHere(get(properties, name))),
      name,
      place: `the REST API \`${id}\``,
      belongs,
      effect: REFUSED,
    });
  });
}
