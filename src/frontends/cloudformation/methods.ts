import type { Location } from '../../source/location.ts';
import { get, mapKnown, textOf, type Tree } from '../../value/tree.ts';
import { known, type Value } from '../../value/value.ts';
import type { Answer, Endpoint, Integration, Resource, Writer } from '../../model/api.ts';
import { authorizerOf } from './authorizers.ts';
import { functionIn } from './handlers.ts';
import { refusesTypes } from './mock.ts';
import { firstOf, integrationOf, isEndpoint, methodAsPreflight, type Candidate } from './preflight.ts';
import { declarationsOf, responsesOf, statusClass, validation } from './responses.ts';
import { flag, type Template } from './template.ts';
import { both, either, isNever, perWorld, verdictOf } from './worlds.ts';

/** A method of a REST API: a resource of the template, or an operation of an OpenAPI document. */
export interface Method {
  /** The logical ids that make it. */
  readonly names: readonly string[];
  readonly at: Location;
  /** As those of AWS::ApiGateway::Method. */
  readonly properties: Tree;
  readonly present: Value<boolean>;
}

/** One path of a REST API, by its methods. */
export function resourceOf(path: Value<string>, at: Location, methods: readonly Method[], template: Template): Resource {
  const lifted = methods.map((method) => {
    const name = nameOf(method.properties);
    const integration = integrationOf(method.properties);
    return { method, name, integration, isOptions: is(name, 'OPTIONS'), isAny: is(name, 'ANY') };
  });
  const candidate = ({ method, integration, isOptions, isAny }: (typeof lifted)[number], any: boolean): Candidate[] => {
    const when = both(method.present, any ? isAny : isOptions);
    return isNever(when) ? [] : [{ when, preflight: methodAsPreflight({ ...method, present: when }, integration, any, template) }];
  };
  const endpoints = lifted.flatMap(({ method, name, integration, isOptions }) => {
    const present = both(method.present, isEndpoint(isOptions, integration));
    return isNever(present) ? [] : [endpoint({ ...method, present }, name, integration, template)];
  });
  // OPTIONS is more specific than ANY, so it wins wherever it stands (R21).
  const candidates = [...lifted.flatMap((one) => candidate(one, false)), ...lifted.flatMap((one) => candidate(one, true))];
  return { path, at, endpoints, preflight: firstOf(candidates, at) };
}

const is = (method: Value<string>, name: string): Value<boolean> => mapKnown(method, (text) => text === name);

function nameOf(properties: Tree): Value<string> {
  const method = get(properties, 'HttpMethod');
  return perWorld([method], method.from, (arm) => {
    if (arm.kind === 'scalar') return known(String(arm.value).toUpperCase(), arm.from);
    return { kind: 'unknown', why: arm.kind === 'unknown' ? arm.why : 'the deploy refuses this method', from: arm.from };
  });
}

function endpoint(
  { at, properties, present }: Method,
  method: Value<string>,
  integration: Value<Integration>,
  template: Template,
): Endpoint {
  const { body, parameters } = validation(properties, template);
  const by = mapKnown(integration, writerOf);
  // A proxy has no integration responses: what is written there has no effect (R25).
  const isWritten = mapKnown(integration, (kind) => kind === 'mapped' || kind === 'mock');
  const written = isNever(isWritten) ? undefined : both(present, isWritten);
  const responses = written ? responsesOf(properties, written) : [];
  const isHttp = both(
    present,
    mapKnown(textOf(get(properties, 'Integration', 'Type')), (type) => type?.toUpperCase() === 'HTTP_PROXY'),
  );
  const declares = written ? declarationsOf(properties, written) : [];
  const answer = (kind: 'ok' | 'error'): Answer => {
    const ofKind = <T extends { readonly status: Value<string> }>(all: readonly T[]): readonly T[] =>
      all.filter(({ status }) => (statusClass(status) ?? 'ok') === kind);
    const declared = ofKind(declares);
    return { by, responses: ofKind(responses), ...(declared.length > 0 && { declares: declared }) };
  };
  return {
    at,
    exists: verdictOf(present),
    method,
    authorizer: authorizerOf(properties, template),
    needsKey: flag(get(properties, 'ApiKeyRequired')),
    validates: either(body, parameters),
    integration,
    ...(written && { refusesTypes: both(isWritten, refusesTypes(properties)) }),
    ...(!isNever(isHttp) && { isHttp }),
    handler: functionIn(get(properties, 'Integration', 'Uri'), template),
    success: answer('ok'),
    handlerError: answer('error'),
  };
}

function writerOf(integration: Integration): Writer {
  switch (integration) {
    case 'proxy':
      return 'handler';
    case 'mapped':
    case 'mock':
      return 'gateway';
    case 'none':
      return 'nobody';
  }
}
