import { entriesOf, get, type Tree, type TreeEntry, type TreeMap, type TreeScalar, type TreeUnknown } from '../../value/tree.ts';
import type { Provenance } from '../../value/value.ts';
import { asText, list, map, scalar, text } from '../trees.ts';
import { filledIn, itemsIn, truthy } from './shape.ts';

const AUTHORIZER = 'x-amazon-apigateway-authorizer';

/** Where an authorizer looks, by what `Identity` calls it, in the words of each kind of API. */
const SOURCES = [
  ['Headers', 'method.request.header.', '$request.header.'],
  ['QueryStrings', 'method.request.querystring.', '$request.querystring.'],
  ['StageVariables', 'stageVariables.', '$stageVariables.'],
  ['Context', 'context.', '$context.'],
] as const;

/** One of `Auth.Authorizers` of a REST API (model/apigateway.py ApiGatewayAuthorizer.generate_swagger). */
export function restScheme({ key, value }: TreeEntry): TreeMap {
  const from = filledIn(key);
  const isCognito = truthy(get(value, 'UserPoolArn'));
  const payload = get(value, 'FunctionPayloadType');
  const isRequest = !isCognito && asText(payload) === 'REQUEST';
  const header = get(value, 'Identity', 'Header');
  const kind = isCognito ? 'cognito_user_pools' : isRequest ? 'request' : 'token';
  const sources = isRequest ? restSources(get(value, 'Identity'), from) : undefined;
  return map(
    {
      type: scalar('apiKey', from),
      name: isRequest ? scalar('Unused', from) : truthy(header) ? header : scalar('Authorization', from),
      in: scalar('header', from),
      'x-amazon-apigateway-authtype': scalar(isCognito ? 'cognito_user_pools' : 'custom', from),
      [AUTHORIZER]: map({ type: scalar(kind, from), identitySource: sources, ...providers(value, isCognito, from) }, from),
    },
    from,
  );
}

function providers(authorizer: Tree, isCognito: boolean, from: Provenance): Readonly<Record<string, Tree>> {
  const pool = get(authorizer, 'UserPoolArn');
  return isCognito ? { providerARNs: pool.kind === 'list' ? pool : list([pool], from) } : {};
}

/** 'method.request.header.X-Token, context.path' */
function restSources(identity: Tree, from: Provenance): Tree | undefined {
  const found = SOURCES.flatMap(([name, prefix]) => itemsIn(get(identity, name)).map((item) => ({ prefix, item })));
  if (found.length === 0) return undefined;
  const pieces = found.flatMap(({ prefix, item }, i) => [`${i > 0 ? ', ' : ''}${prefix}`, item]);
  const texts = pieces.flatMap((piece) => (typeof piece === 'string' || isText(piece) ? [piece] : []));
  return texts.length === pieces.length ? text(texts, from) : joined(pieces, from);
}

/** With a function among the names, the deploy puts it together. */
const joined = (pieces: readonly (string | Tree)[], from: Provenance): TreeMap =>
  map(
    {
      'Fn::Join': list(
        [
          scalar('', from),
          list(
            pieces.map((piece) => (typeof piece === 'string' ? scalar(piece, from) : piece)),
            from,
          ),
        ],
        from,
      ),
    },
    from,
  );

/** One of `Auth.Authorizers` of an HTTP API (model/apigatewayv2.py ApiGatewayV2Authorizer.generate_openapi). */
export function httpScheme({ key, value }: TreeEntry): TreeMap {
  const from = filledIn(key);
  if (truthy(get(value, 'JwtConfiguration'))) {
    const given = get(value, 'IdentitySource');
    const configuration = entriesOf(get(value, 'JwtConfiguration'));
    const small = new Map([...configuration].map(([name, entry]) => [name.toLowerCase(), entry]));
    const jwt: TreeMap = { kind: 'map', entries: small, from };
    return map(
      {
        type: scalar('oauth2', from),
        [AUTHORIZER]: map({ jwtConfiguration: jwt, identitySource: truthy(given) ? given : undefined, type: scalar('jwt', from) }, from),
      },
      from,
    );
  }
  const identity = get(value, 'Identity');
  const sources = SOURCES.flatMap(([name, , prefix]) => itemsIn(get(identity, name)).map((item) => prefixed(prefix, item, from)));
  return map(
    {
      type: scalar('apiKey', from),
      name: scalar('Unused', from),
      in: scalar('header', from),
      [AUTHORIZER]: map({ type: scalar('request', from), identitySource: truthy(identity) ? list(sources, from) : undefined }, from),
    },
    from,
  );
}

const isText = (tree: Tree): tree is TreeScalar | TreeUnknown => tree.kind === 'scalar' || tree.kind === 'unknown';

const prefixed = (prefix: string, item: Tree, from: Provenance): Tree =>
  isText(item) ? text([prefix, item], item.from) : joined([prefix, item], from);
