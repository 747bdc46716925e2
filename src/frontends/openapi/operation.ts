import { get, mapTree, type Tree, type TreeEntry } from '../../value/tree.ts';
import { absent, distribute, isGiven } from '../cloudformation/worlds.ts';
import { followed, listed, mapOf, renamed, said, securitySchemes, type Operation } from './document.ts';
import { accessOf, validatorNamed } from './security.ts';

const INTEGRATION = {
  type: 'Type',
  uri: 'Uri',
  contentHandling: 'ContentHandling',
  passthroughBehavior: 'PassthroughBehavior',
  requestTemplates: 'RequestTemplates',
};

const RESPONSE = {
  statusCode: 'StatusCode',
  responseParameters: 'ResponseParameters',
  responseTemplates: 'ResponseTemplates',
  contentHandling: 'ContentHandling',
};

/** The integration of an operation, be it written there or among the components of an HTTP API. */
export const integrationIn = (operation: Tree, document: Tree): Tree =>
  followed(get(operation, 'x-amazon-apigateway-integration'), document);

/**
 * An operation as the properties of the AWS::ApiGateway::Method that API Gateway makes of it at the import. Root `security` is not read
 * (R43), and of the parameters only headers matter.
 */
export function methodProperties({ method, at, tree }: Operation, item: Tree, document: Tree): Tree {
  const access = accessOf(get(tree, 'security'), get(tree, 'x-amazon-apigateway-auth'), securitySchemes(document));
  const validator = orElse(get(tree, 'x-amazon-apigateway-request-validator'), get(document, 'x-amazon-apigateway-request-validator'));
  return mapOf(tree.from, {
    HttpMethod: said(method, { kind: 'literal', at }),
    AuthorizationType: access.type,
    AuthorizerId: access.authorizer,
    ApiKeyRequired: access.needsKey,
    RequestParameters: headersAsked(tree, item, document),
    RequestValidatorId: validatorNamed(validator),
    Integration: mapTree(integrationIn(tree, document), integration),
    MethodResponses: listed(get(tree, 'responses'), methodResponse),
  });
}

const orElse = (tree: Tree, otherwise: Tree): Tree => mapTree(tree, (arm) => (isGiven(arm) ? arm : otherwise));

const integration = (arm: Tree): Tree => {
  if (arm.kind !== 'map') return arm;
  const { entries } = renamed(arm, INTEGRATION) as typeof arm;
  const responses = listed(get(arm, 'responses'), (pattern, entry) =>
    mapTree(entry.value, (response) => (response.kind === 'map' ? integrationResponse(pattern, entry, response) : response)),
  );
  return { ...arm, entries: new Map([...entries, ['IntegrationResponses', { key: responses.from.at, value: responses }]]) };
};

/** The response under `default` has no pattern, so it answers where no other does. */
function integrationResponse(pattern: string, { key }: TreeEntry, response: Extract<Tree, { kind: 'map' }>): Tree {
  const { entries } = renamed(response, RESPONSE) as typeof response;
  const from = { kind: 'literal', at: key } as const;
  const selection = pattern === 'default' ? [] : [['SelectionPattern', { key, value: said(pattern, from) }] as const];
  return { ...response, entries: new Map([...entries, ...selection]) };
}

/** `default` is no status, and is not imported. */
function methodResponse(status: string, { key, value }: TreeEntry): Tree | undefined {
  if (status === 'default' || status.startsWith('x-')) return undefined;
  const from = { kind: 'literal', at: key } as const;
  return mapTree(value, (arm) => {
    if (arm.kind === 'unknown' || arm.kind === 'absent') return arm;
    const reference = get(arm, '$ref');
    const headers = mapTree(get(arm, 'headers'), (all) => (all.kind === 'map' ? declared(all) : all));
    return mapOf(arm.from, {
      StatusCode: said(status, from),
      // API Gateway does not follow it: whatever is declared there is lost (R44).
      ...(reference.kind === 'absent' ? { ResponseParameters: headers } : { ResponseParameters: absent(reference.from), $ref: reference }),
    });
  });
}

/** An imported header is declared `false`, which is as good as `true` (R10). */
const declared = (headers: Extract<Tree, { kind: 'map' }>): Tree => ({
  ...headers,
  entries: new Map(
    [...headers.entries].map(([name, { key, value }]) => [
      `method.response.header.${name}`,
      { key, value: mapTree(value, (arm) => (arm.kind === 'unknown' || !isGiven(arm) ? arm : said(false, arm.from))) },
    ]),
  ),
});

/** Header parameters of the operation and of its path; `true` for those that are required. */
function headersAsked(operation: Tree, item: Tree, document: Tree): Tree {
  const lists = [get(item, 'parameters'), get(operation, 'parameters')];
  return distribute(lists, operation.from, (...arms) => {
    const parameters = arms.flatMap((arm) => (arm.kind === 'list' ? arm.items : [])).map((one) => followed(one, document));
    return distribute<readonly Tree[]>(parameters, operation.from, (...all) => {
      const headers = all.filter((one) => one.kind === 'map' && get(one, 'in').kind === 'scalar' && scalarIn(one, 'in') === 'header');
      const asked = headers.map((one) => [`method.request.header.${scalarIn(one, 'name')}`, get(one, 'required')] as const);
      return mapOf(operation.from, Object.fromEntries(asked));
    });
  });
}

const scalarIn = (tree: Tree, name: string): string => {
  const value = get(tree, name);
  return value.kind === 'scalar' ? String(value.value) : '';
};
