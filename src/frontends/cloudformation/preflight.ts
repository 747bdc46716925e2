import { entriesOf, get, mapKnown, valueOf, type Tree } from '../../value/tree.ts';
import { known, type List, type Value } from '../../value/value.ts';
import type { Location } from '../../source/location.ts';
import type { CorsHeaders, Integration, Mock, Preflight, PreflightBy } from '../../model/api.ts';
import { authorizerOf, nobody } from './authorizers.ts';
import { functionIn } from './handlers.ts';
import { chooseHeaders, headersOf, noHeaders } from './headers.ts';
import { allMappings, declarationsOf, defaultResponse, statusOf, validation } from './responses.ts';
import type { Method } from './methods.ts';
import { mockOf } from './mock.ts';
import { constant, flag, type Template } from './template.ts';
import { both, choose, isNever, isGiven, negated, perWorld } from './worlds.ts';

/** What may answer OPTIONS of a path, in the worlds in which it does. */
export interface Candidate {
  readonly when: Value<boolean>;
  readonly preflight: Preflight;
}

/** The first candidate that is there answers; where none is, nobody does (R24). */
export function firstOf(candidates: readonly Candidate[], at: Location): Preflight {
  const certain = candidates.findIndex(({ when }) => when.kind === 'known' && when.value);
  const possible = certain < 0 ? candidates : candidates.slice(0, certain);
  return possible.reduceRight(
    (otherwise, { when, preflight }) => choosePreflight(when, preflight, otherwise),
    candidates[certain]?.preflight ?? refused(at),
  );
}

/** The gateway has no such method, and says so without any CORS header. */
function refused(at: Location): Preflight {
  const none = constant<undefined>(undefined, at);
  return {
    at,
    names: [],
    by: constant<PreflightBy>('nobody', at),
    status: none,
    authorizer: nobody(none.from),
    needsKey: constant(false, at),
    needsHeaders: constant([], at),
    headers: noHeaders(at),
    mappings: [],
    convertsToText: constant(false, at),
  };
}

function choosePreflight(when: Value<boolean>, then: Preflight, otherwise: Preflight): Preflight {
  if (when.kind === 'known') return when.value ? then : otherwise;
  const mock = then.mock && otherwise.mock ? chooseMock(when, then.mock, otherwise.mock) : (then.mock ?? otherwise.mock);
  const declares = [...(then.declares ?? []), ...(otherwise.declares ?? [])];
  const no = constant(false, then.at);
  const mapped = then.mapped || otherwise.mapped ? choose(when, then.mapped ?? no, otherwise.mapped ?? no) : undefined;
  return {
    at: then.at,
    names: [...then.names, ...otherwise.names],
    by: choose(when, then.by, otherwise.by),
    status: choose(when, then.status, otherwise.status),
    authorizer: isOpen(then) && isOpen(otherwise) ? then.authorizer : choose(when, then.authorizer, otherwise.authorizer),
    needsKey: choose(when, then.needsKey, otherwise.needsKey),
    needsHeaders: choose(when, then.needsHeaders, otherwise.needsHeaders),
    headers: chooseHeaders(when, then.headers, otherwise.headers),
    mappings: [...then.mappings, ...otherwise.mappings],
    convertsToText: choose(when, then.convertsToText, otherwise.convertsToText),
    ...(mapped && { mapped }),
    ...(mock && { mock }),
    ...(declares.length > 0 && { declares }),
    ...handlerOfBoth(then, otherwise),
  };
}

/** Of two functions it is not told which one answers. */
function handlerOfBoth(then: Preflight, otherwise: Preflight): Pick<Preflight, 'handler'> {
  const [a, b] = [then, otherwise].filter(({ by }) => !(by.kind === 'known' && by.value === 'nobody'));
  return a && (!b || a.handler === b.handler) ? { handler: a.handler } : {};
}

const isOpen = ({ authorizer }: Preflight): boolean => authorizer.kind === 'known' && authorizer.value.kind === 'none';

const chooseMock = (when: Value<boolean>, then: Mock, otherwise: Mock): Mock => ({
  request: choose(when, then.request, otherwise.request),
  passthrough: choose(when, then.passthrough, otherwise.passthrough),
  responds: choose(when, then.responds, otherwise.responds),
  responseConvertsToText: choose(when, then.responseConvertsToText, otherwise.responseConvertsToText),
});

/**
 * A REST method as the one that OPTIONS meets: an OPTIONS method, or an ANY method beside which there is none (R21). What a
 * mock or a mapped integration sends stands in its default response; where code answers, mappings have no effect (R25).
 */
export function methodAsPreflight(
  { names, at, properties, present }: Method,
  integration: Value<Integration>,
  isAny: boolean,
  template: Template,
): Preflight {
  const written: Value<boolean> = mapKnown(integration, (kind) => kind === 'mapped' || kind === 'mock');
  const response = defaultResponse(properties);
  const there = isNever(written) ? undefined : both(present, written);
  const mocked = !isAny && !isNever(mapKnown(integration, (kind) => kind === 'mock'));
  const declares = there && !isAny ? declarationsOf(properties, there) : [];
  return {
    at,
    names,
    by: mapKnown(integration, (kind) => answererOf(kind, isAny)),
    status: choose(written, statusOf(response), constant<number | undefined>(undefined, at)),
    authorizer: authorizerOf(properties, template),
    needsKey: flag(get(properties, 'ApiKeyRequired')),
    needsHeaders: requiredHeaders(properties, template),
    headers: there ? headersWhere(written, response, properties.from.at) : noHeaders(properties.from.at),
    mappings: there ? allMappings(properties, there) : [],
    convertsToText: valueOf(get(properties, 'Integration', 'ContentHandling'), (value) => value === 'CONVERT_TO_TEXT'),
    // What a function answers to anything but a proxy is no answer to a browser.
    ...(!isNever(mapKnown(integration, (kind) => kind === 'proxy')) && {
      handler: functionIn(get(properties, 'Integration', 'Uri'), template),
    }),
    ...(isAny && there && { mapped: written }),
    ...(mocked && { mock: mockOf(properties, response) }),
    ...(declares.length > 0 && { declares }),
  };
}

function headersWhere(written: Value<boolean>, response: Tree, at: Location): CorsHeaders {
  const headers = headersOf(response, 'integration-response');
  return written.kind === 'known' && written.value ? headers : chooseHeaders(written, headers, noHeaders(at));
}

/** ANY takes OPTIONS whatever stands behind it; a method without an integration answers nothing. */
function answererOf(kind: Integration, isAny: boolean): PreflightBy {
  if (kind === 'none') return 'nobody';
  if (isAny) return 'any';
  return kind === 'proxy' ? 'options' : 'mock';
}

/** Headers that a validator asks for (R20): marked `true` under RequestParameters. */
function requiredHeaders(method: Tree, template: Template): List<string> {
  const prefix = 'method.request.header.';
  const parameters = get(method, 'RequestParameters');
  const asked = [...entriesOf(parameters)].filter(([name]) => name.toLowerCase().startsWith(prefix));
  const none: List<string> = known([], parameters.from);
  if (asked.length === 0) return none;
  const required = asked.map(([name, { value }]) => {
    const isAsked = flag(value);
    return choose<string | undefined>(isAsked, known(name.slice(prefix.length), value.from), known(undefined, value.from));
  });
  const named = required.filter((name) => name.kind !== 'known' || name.value !== undefined);
  return choose<readonly Value<string | undefined>[]>(validation(method, template).parameters, known(named, parameters.from), none);
}

/** How a method's integration answers; a method may have none. */
export function integrationOf(method: Tree): Value<Integration> {
  const integration = get(method, 'Integration');
  const type = get(integration, 'Type');
  return perWorld([integration, type], type.from, (whole, kind): Value<Integration> => {
    if (!isGiven(whole)) return known('none', whole.from);
    const name = kind.kind === 'scalar' ? String(kind.value).toUpperCase() : '';
    const answer = INTEGRATIONS[name];
    if (answer) return known(answer, kind.from);
    return { kind: 'unknown', why: kind.kind === 'unknown' ? kind.why : 'the deploy refuses this integration', from: kind.from };
  });
}

const INTEGRATIONS: Readonly<Record<string, Integration | undefined>> = {
  AWS_PROXY: 'proxy',
  HTTP_PROXY: 'proxy',
  AWS: 'mapped',
  HTTP: 'mapped',
  MOCK: 'mock',
};

/** Code answers an OPTIONS method that goes to a backend: it is an endpoint besides. */
export const isEndpoint = (isOptions: Value<boolean>, integration: Value<Integration>): Value<boolean> =>
  negated(
    both(
      isOptions,
      mapKnown(integration, (kind) => kind !== 'proxy'),
    ),
  );
