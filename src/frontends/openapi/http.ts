import type { Ignored } from '../../model/written.ts';
import { entriesOf, get, mapTree, type Tree } from '../../value/tree.ts';
import { known, type Value } from '../../value/value.ts';
import type { Authorizer } from '../../model/api.ts';
import { mappedAnswers } from '../cloudformation/answers.ts';
import { authorizerOf } from '../cloudformation/authorizers.ts';
import { functionIn } from '../cloudformation/handlers.ts';
import type { Route } from '../cloudformation/http-routes.ts';
import { replacedIn } from '../cloudformation/inert.ts';
import { managedCors } from '../cloudformation/managed.ts';
import { DEFAULT } from '../cloudformation/routes.ts';
import type { Template } from '../cloudformation/template.ts';
import { both, isGiven, isNever, standsHere, verdictOf } from '../cloudformation/worlds.ts';
import type { BodyContext, HttpBody } from './body.ts';
import { isSeen, mapOf, pathsOf, renamed, securitySchemes, type Operation, type PathItem } from './document.ts';
import { misplacedIn } from './misplaced.ts';
import { integrationIn } from './operation.ts';
import { accessOf, authorizersIn } from './security.ts';

const CORS = {
  allowOrigins: 'AllowOrigins',
  allowMethods: 'AllowMethods',
  allowHeaders: 'AllowHeaders',
  exposeHeaders: 'ExposeHeaders',
  maxAge: 'MaxAge',
  allowCredentials: 'AllowCredentials',
};

/** A document, its intrinsic functions worked out, as the HTTP API that API Gateway makes of it. */
export function liftHttpBody(body: Tree, { template, present }: BodyContext): HttpBody {
  const inner = template.with(authorizersIn(securitySchemes(body), 'AWS::ApiGatewayV2::Authorizer'));
  const items = pathsOf(body);
  const cors = 'x-amazon-apigateway-cors';
  const managed = managedCors(renamed(get(body, cors), CORS), 'http', entriesOf(body).get(cors)?.key);
  const answered = managed && both(present, managed.present);
  return {
    routes: items.flatMap((item) => item.operations.map((operation) => routeOf(operation, item, { body, present, template: inner }))),
    managed,
    problems: [],
    ignored: [
      ...(answered ? items.flatMap(({ operations }) => operations.flatMap((one) => replaced(one, body, answered))) : []),
      ...misplacedIn(body, 'http', present),
      ...responsesOfHttp(body, present),
    ],
    whole: isSeen(body),
  };
}

/** Parameter mappings that set what the API's own CORS replaces (H3). */
const replaced = ({ tree, present: here }: Operation, body: Tree, present: Value<boolean>): readonly Ignored[] =>
  replacedIn(get(integrationIn(tree, body), 'responseParameters'), both(present, here));

/** HTTP APIs have no gateway responses (H16). */
function responsesOfHttp(body: Tree, present: Value<boolean>): readonly Ignored[] {
  const name = 'x-amazon-apigateway-gateway-responses';
  const entry = entriesOf(body).get(name);
  const there = entry && both(present, standsHere(entry.value));
  if (!entry || !there || isNever(there)) return [];
  const text = `HTTP APIs have no gateway responses, so nothing reads \`${name}\` here, and what the gateway itself answers stays as it is. Remove it.`;
  return [{ kind: 'inert', at: entry.key, exists: verdictOf(there), by: 'http-api', text }];
}

interface Around {
  readonly body: Tree;
  readonly present: Value<boolean>;
  readonly template: Template;
}

function routeOf({ method, at, tree, present: here }: Operation, { path: written, at: key }: PathItem, around: Around): Route {
  const { body, present, template } = around;
  // `/$default` in what API Gateway exports.
  const path = written === `/${DEFAULT}` ? DEFAULT : written;
  const integration = integrationIn(tree, body);
  const leads = standsHere(integration);
  return {
    method,
    path,
    methodText: known(method, { kind: 'literal', at }),
    pathText: known(path, { kind: 'literal', at: key }),
    place: path,
    at,
    present: both(present, here),
    authorizer: authorizerIn(tree, body, template),
    leads,
    handler: functionIn(get(integration, 'uri'), template),
    responses: isNever(leads) ? [] : mappedAnswers(get(integration, 'responseParameters'), both(present, leads)),
  };
}

/** That of the operation. Whether a `security` at the root counts is not documented for HTTP APIs (R43 speaks of REST). */
function authorizerIn(operation: Tree, body: Tree, template: Template): Value<Authorizer> {
  const open = { kind: 'unknown', why: 'only the root of the document says who may call it', from: get(body, 'security').from } as const;
  const security = mapTree(get(operation, 'security'), (arm) => (isGiven(arm) || isNever(standsHere(get(body, 'security'))) ? arm : open));
  const access = accessOf(security, get(operation, 'x-amazon-apigateway-auth'), securitySchemes(body));
  return authorizerOf(mapOf(operation.from, { AuthorizationType: access.type, AuthorizerId: access.authorizer }), template);
}
