import type {
  AllowedOrigin,
  Answer,
  Api,
  CorsHeaders,
  Declaration,
  Endpoint,
  Mock,
  Model,
  Preflight,
  Resource,
} from '../../src/model/api.ts';
import type { Tree } from '../../src/value/tree.ts';
import type { List, Value } from '../../src/value/value.ts';
import { assume, describe, type Verdict } from '../../src/value/verdict.ts';

/**
 * A model as plain data, to be compared: without places, logical ids, handlers and deployment ids.
 * Of stages one is shown, of other choices all branches.
 */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** Of a model of several stages, the one that the framework deploys by default. */
const DEFAULT_STAGE = 'dev';

/** Stands for a value that is not known. */
const UNKNOWN = '?';

function value<T>(one: Value<T>, show: (known: T) => Plain = (known) => (known === undefined ? null : (known as Plain))): Plain {
  if (one.kind === 'choice') {
    const branch = one.on.key === 'stage' ? one.branches.get(DEFAULT_STAGE) : undefined;
    if (branch) return value(branch, show);
    return { [one.on.name]: Object.fromEntries([...one.branches].map(([label, arm]) => [label, value(arm, show)])) };
  }
  return one.kind === 'unknown' ? UNKNOWN : show(one.value);
}

const list = <T>(one: List<T>): Plain => value(one, (known) => known.map((item) => value(item)));

const origin = (one: AllowedOrigin): Plain => {
  switch (one.kind) {
    case 'absent':
    case 'any':
    case 'reflect':
      return one.kind;
    case 'fixed':
      return { fixed: one.text };
    case 'echo':
      return { echo: one.among.map(({ match, text }) => ({ [match]: value(text) })), otherwise: value(one.otherwise) };
  }
};

const headers = (one: CorsHeaders): Plain => ({
  origin: value(one.origin, origin),
  credentials: value(one.credentials),
  methods: list(one.methods),
  headers: list(one.headers),
  expose: list(one.expose),
  maxAge: value(one.maxAge),
  vary: list(one.vary),
});

const authorizer = (one: Endpoint['authorizer']): Plain => value(one, ({ kind, headers: names }) => ({ kind, headers: list(names) }));

/** Of the stages one is shown here too; a verdict that hangs on other choices says each case. */
function verdict(one: Verdict): Plain {
  const cases = assume({ stage: { on: { key: 'stage', name: 'stage', labels: [] }, labels: [DEFAULT_STAGE] } }, one);
  const shown = cases.map(({ when, truth }) => {
    const { stage: _stage, ...others } = when;
    return [describe(others), truth === 'maybe' ? UNKNOWN : truth] as const;
  });
  const [first] = shown;
  return first && shown.every(([, truth]) => truth === first[1]) ? first[1] : Object.fromEntries(shown);
}

/** Which headers are declared for which status, each once. */
const declared = (all: readonly Declaration[] = []): Plain =>
  [...new Set(all.map((one) => `${words(value(one.status))} ${one.header?.toLowerCase() ?? '$ref'}`))].toSorted();

const words = (plain: Plain): string => (typeof plain === 'string' ? plain : JSON.stringify(plain));

const mock = (one: Mock | undefined): Plain =>
  one
    ? {
        request: value(one.request, (request) => (request.kind === 'status' ? request.status : request.kind)),
        passthrough: value(one.passthrough),
        responds: value(one.responds),
        responseConvertsToText: value(one.responseConvertsToText),
      }
    : null;

const answer = (one: Answer): Plain => ({
  by: value(one.by),
  declares: declared(one.declares),
  responses: one.responses.map((response) => ({
    exists: verdict(response.exists),
    status: value(response.status),
    pattern: value(response.pattern),
    headers: headers(response.headers),
  })),
});

const endpoint = (one: Endpoint): Plain => ({
  method: value(one.method),
  exists: verdict(one.exists),
  authorizer: authorizer(one.authorizer),
  needsKey: value(one.needsKey),
  validates: value(one.validates),
  integration: value(one.integration),
  isHttp: one.isHttp ? value(one.isHttp) : false,
  refusesTypes: one.refusesTypes ? value(one.refusesTypes) : false,
  success: answer(one.success),
  handlerError: answer(one.handlerError),
});

const preflight = (one: Preflight): Plain => ({
  by: value(one.by),
  status: value(one.status),
  authorizer: authorizer(one.authorizer),
  needsKey: value(one.needsKey),
  needsHeaders: list(one.needsHeaders),
  headers: headers(one.headers),
  convertsToText: value(one.convertsToText),
  mapped: one.mapped ? value(one.mapped) : false,
  declares: declared(one.declares),
  mock: mock(one.mock),
});

const resource = (one: Resource): Plain => ({
  path: value(one.path),
  endpoints: sorted(one.endpoints.map(endpoint)),
  preflight: preflight(one.preflight),
});

const api = (one: Api): Plain => ({
  target: one.target,
  exists: verdict(one.exists),
  imported: one.imported,
  private: value(one.private),
  resources: sorted(one.resources.map(resource)),
  gatewayResponses: sorted(
    one.gatewayResponses.map((response) => ({
      exists: verdict(response.exists),
      type: value(response.type),
      status: value(response.status),
      headers: headers(response.headers),
    })),
  ),
  managed: one.managed
    ? { exists: verdict(one.managed.exists), origins: list(one.managed.origins), headers: headers(one.managed.headers) }
    : null,
  keySource: value(one.keySource),
  binaryMediaTypes: list(one.binaryMediaTypes),
  policy: tree(one.policy),
});

function tree(one: Tree): Plain {
  switch (one.kind) {
    case 'scalar':
      return one.value;
    case 'map':
      return Object.fromEntries([...one.entries].map(([key, { value: inner }]) => [key, tree(inner)]));
    case 'list':
      return one.items.map(tree);
    case 'absent':
      return null;
    case 'unknown':
    case 'choice':
      return UNKNOWN;
  }
}

const sorted = (all: readonly Plain[]): readonly Plain[] => all.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

export const plainModel = (model: Model): Plain => ({ apis: sorted(model.apis.map(api)), deployments: model.deployments.length });

/** Where two plain models differ, as paths; what is unknown in the first agrees with anything and is counted. */
export function differences(
  source: Plain,
  compiled: Plain,
  path = '',
): { readonly differing: readonly string[]; readonly unknown: number } {
  if (source === UNKNOWN) return { differing: [], unknown: compiled === UNKNOWN ? 0 : 1 };
  if (
    typeof source !== 'object' ||
    typeof compiled !== 'object' ||
    source === null ||
    compiled === null ||
    Array.isArray(source) !== Array.isArray(compiled)
  ) {
    return {
      differing: Object.is(source, compiled) ? [] : [`${path}: ${JSON.stringify(source)} ≠ ${JSON.stringify(compiled)}`],
      unknown: 0,
    };
  }
  const keys = new Set([...Object.keys(source), ...Object.keys(compiled)]);
  const found = [...keys].map((key) => {
    const [left, right] = [at(source, key), at(compiled, key)];
    if (left === undefined || right === undefined)
      return { differing: [`${path}/${key}: ${JSON.stringify(left)} ≠ ${JSON.stringify(right)}`], unknown: 0 };
    return differences(left, right, `${path}/${key}`);
  });
  return { differing: found.flatMap(({ differing }) => differing), unknown: found.reduce((sum, { unknown }) => sum + unknown, 0) };
}

const at = (of: object, key: string): Plain | undefined => (of as Readonly<Record<string, Plain>>)[key];
