import type { Api, Model } from '../../model/api.ts';
import { get, type Tree } from '../../value/tree.ts';
import { known } from '../../value/value.ts';
import { YES } from '../../value/verdict.ts';
import { resourcesOf } from '../cloudformation/http-routes.ts';
import { unreadable } from '../cloudformation/index.ts';
import { readTemplate } from '../cloudformation/read.ts';
import { withoutRest } from '../cloudformation/rest.ts';
import { Template } from '../cloudformation/template.ts';
import { claims } from './claims.ts';
import type { Document, FrontEnd } from '../frontend.ts';
import type { BodyContext } from './body.ts';
import { kindOf } from './kind.ts';
import { liftHttpBody } from './http.ts';
import { liftRestBody } from './rest.ts';

/** OpenAPI documents with API Gateway's extensions, as `aws apigateway import-rest-api` and others take them. */
export const openapi: FrontEnd = { name: 'openapi', claims, lift, workOut: ({ root }) => ({ written: readTemplate(root) }) };

function lift(document: Document): Model {
  const root = readTemplate(document.root);
  const from = { kind: 'literal', at: document.root.at } as const;
  const context: BodyContext = { template: new Template([]), present: known(true, from), names: [] };
  const lifted = kindOf(root) === 'http' ? httpApi(root, document, context) : restApi(root, document, context);
  return {
    ...lifted,
    problems: [...unreadable(document), ...lifted.problems],
    deployments: [],
    mentions: [],
    stage: { kind: 'unknown', why: 'an OpenAPI document does not say what its deploy is called', from },
  };
}

type Lifted = Pick<Model, 'apis' | 'ignored' | 'problems'>;

function restApi(root: Tree, document: Document, context: BodyContext): Lifted {
  const { resources, gatewayResponses, binaryMediaTypes, keySource, policy, problems, ignored, whole } = liftRestBody(root, context);
  const rest = { resources, gatewayResponses, binaryMediaTypes, keySource, policy };
  return { apis: [{ ...apiOf(root, document, !whole), target: 'rest', ...rest }], ignored, problems };
}

function httpApi(root: Tree, document: Document, context: BodyContext): Lifted {
  const { routes, managed, problems, ignored, whole } = liftHttpBody(root, context);
  const http = { resources: resourcesOf(routes, managed), managed: managed?.block };
  return { apis: [{ ...apiOf(root, document, !whole), target: 'http', ...http }], ignored, problems };
}

function apiOf(root: Tree, { root: { at } }: Document, imported: boolean): Api {
  const title = get(root, 'info', 'title');
  return {
    target: 'rest',
    name: title.kind === 'scalar' && title.value !== null ? String(title.value) : 'API',
    at: title.kind === 'scalar' ? title.from.at : at,
    exists: YES,
    imported,
    resources: [],
    gatewayResponses: [],
    managed: undefined,
    ...withoutRest(at),
  };
}
