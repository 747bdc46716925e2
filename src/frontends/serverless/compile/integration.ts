import { entriesOf, get, type Tree } from '../../../value/tree.ts';
import { siteOf, type Provenance } from '../../../value/value.ts';
import { asText, list, map, scalar, text } from '../../trees.ts';
import { filledIn, isGiven, truthy } from '../shape.ts';
import { coerceBoolean } from '../cors-block.ts';
import { asJavaScriptText, commaSeparated, switched, type CorsConfig } from './cors-config.ts';

/** Status codes of a `lambda` integration that says none itself (validate.js). */
const DEFAULT_STATUS_CODES: Readonly<Record<string, string>> = {
  200: '',
  400: '[\\s\\S]*\\[400\\][\\s\\S]*',
  401: '[\\s\\S]*\\[401\\][\\s\\S]*',
  403: '[\\s\\S]*\\[403\\][\\s\\S]*',
  404: '[\\s\\S]*\\[404\\][\\s\\S]*',
  422: '[\\s\\S]*\\[422\\][\\s\\S]*',
  500: '[\\s\\S]*(Process\\s?exited\\s?before\\s?completing\\s?request|\\[500\\])[\\s\\S]*',
  502: '[\\s\\S]*\\[502\\][\\s\\S]*',
  504: '([\\s\\S]*\\[504\\][\\s\\S]*)|(.*Task timed out after \\d+\\.\\d+ seconds$)',
};

/** `integration` and `async` of an http event (getIntegration); any other word is passed on as it is. */
export function integrationType(event: Tree): string | undefined {
  const given = get(event, 'integration');
  if (given.kind === 'unknown') return undefined;
  const word = asText(given);
  if (word === undefined || word === '') return truthy(coerceBoolean(get(event, 'async'))) ? 'AWS' : 'AWS_PROXY';
  const type = word.toUpperCase().replace('-', '_');
  return type === 'LAMBDA' ? 'AWS' : type === 'LAMBDA_PROXY' ? 'AWS_PROXY' : type;
}

/** The types for which the framework has request templates of its own (method/integration.js). */
const OWN_TEMPLATES: readonly string[] = ['application/json', 'application/x-www-form-urlencoded'];

/** `request` of what is no proxy: `lambda` has templates of its own, and takes no other type unless it is told to (validate.js). */
export function requestOf(event: Tree, type: string, from: Provenance): { readonly passthrough: Tree; readonly templates: Tree } {
  const [given, template] = [get(event, 'request', 'passThrough'), get(event, 'request', 'template')];
  const own = type === 'AWS' ? OWN_TEMPLATES.map((name) => [name, scalar('', from)] as const) : [];
  const written = [...entriesOf(template)].map(([name, { value }]) => [name, value] as const);
  return {
    passthrough: isGiven(given) || given.kind === 'unknown' || type !== 'AWS' ? given : scalar('NEVER', from),
    templates: template.kind === 'unknown' ? template : map(Object.fromEntries([...own, ...written]), from),
  };
}

interface Status {
  readonly code: string;
  readonly pattern: Tree;
  readonly headers: Tree;
}

/** Integration and method responses of what is no proxy (method/integration.js, method/responses.js). */
export function responses(
  event: Tree,
  type: string,
  cors: CorsConfig | undefined,
  from: Provenance,
): { readonly integration: Tree; readonly method: Tree } {
  const response = get(event, 'response');
  const statuses = statusesOf(response, type, from);
  const own = { ...corsHeaders(cors, from), ...headersOf(response) };
  const each = statuses.map(({ code, pattern, headers }) => ({ code, pattern, headers: { ...own, ...headersOf(map({ headers }, from)) } }));
  return {
    integration: list(
      each.map(({ code, pattern, headers }) =>
        map({ StatusCode: scalar(code, from), SelectionPattern: pattern, ResponseParameters: map(headers, from) }, from),
      ),
      from,
    ),
    method: list(
      each.map(({ code, headers }) =>
        map(
          {
            StatusCode: scalar(code, from),
            ResponseParameters: map(Object.fromEntries(Object.keys(headers).map((name) => [name, scalar(true, from)])), from),
          },
          from,
        ),
      ),
      from,
    ),
  };
}

/** A mock answers only with statuses of its own; `lambda` has defaults; a list without a default pattern gets 200. */
function statusesOf(response: Tree, type: string, from: Provenance): readonly Status[] {
  const none: Tree = map({}, from);
  const given = [...entriesOf(get(response, 'statusCodes'))].map(([code, { value }]): Status => ({
    code,
    pattern: isGiven(get(value, 'pattern')) ? get(value, 'pattern') : scalar('', from),
    headers: get(value, 'headers'),
  }));
  const standard = Object.entries(DEFAULT_STATUS_CODES).map(([code, pattern]): Status => ({
    code,
    pattern: scalar(pattern, from),
    headers: none,
  }));
  if (given.length === 0) return type === 'AWS' || (type === 'HTTP' && isGiven(response)) ? standard : [];
  const hasDefault =
    type === 'MOCK' || [...entriesOf(get(response, 'statusCodes')).values()].some(({ value }) => asText(get(value, 'pattern')) === '');
  const all = hasDefault
    ? given
    : [...given.filter(({ code }) => code !== '200'), { code: '200', pattern: scalar('', from), headers: none }];
  return all.toSorted((a, b) => Number(a.code) - Number(b.code));
}

/** On real answers the origins are joined into one value (integ-002), and credentials are bare (integ-013). */
function corsHeaders(cors: CorsConfig | undefined, from: Provenance): Readonly<Record<string, Tree>> {
  if (!cors) return {};
  const isList = 'unknown' in cors.origins || cors.origins.items.length > 0;
  const origin =
    'unknown' in cors.origins ? [cors.origins.unknown] : isList ? commaSeparated(cors.origins.items) : asJavaScriptText(cors.origin);
  const credentials = switched(cors.allowCredentials, (on) => scalar('true', filledIn(siteOf(on.from))));
  return {
    'method.response.header.Access-Control-Allow-Origin': {
      ...text(["'", ...origin, "'"], from),
      from: isList ? cors.origins.from : cors.origin.from,
    },
    ...(credentials && { 'method.response.header.Access-Control-Allow-Credentials': credentials }),
  };
}

const headersOf = (response: Tree): Readonly<Record<string, Tree>> =>
  Object.fromEntries([...entriesOf(get(response, 'headers'))].map(([name, { value }]) => [`method.response.header.${name}`, value]));
