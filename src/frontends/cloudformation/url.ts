import { entriesOf, get, partsOf, type Tree } from '../../value/tree.ts';
import type { Answer, Api, Authorizer, Preflight, PreflightBy, Writer } from '../../model/api.ts';
import type { Value } from '../../value/value.ts';
import { nobody, signed } from './authorizers.ts';
import { functionIn } from './handlers.ts';
import { byService } from './http-routes.ts';
import { managedCors } from './managed.ts';
import { firstOf } from './preflight.ts';
import { withoutRest } from './rest.ts';
import { constant, type Entity, type Template } from './template.ts';
import { plain } from './text.ts';
import { choose, perWorld, verdictOf } from './worlds.ts';

/** Function URLs: each is an API of one path, which takes every method. */
export const functionUrls = (template: Template): readonly Api[] =>
  template.ofType('AWS::Lambda::Url').map((entity) => lift(entity, template));

/** What the URL of a function is called by: the function. */
export const nameOfUrl = ({ id, properties }: Entity, template: Template): string => {
  const target = get(properties, 'TargetFunctionArn');
  return functionIn(target, template) ?? nameOf(target) ?? id;
};

function lift(entity: Entity, template: Template): Api {
  const { key, present, properties } = entity;
  const target = get(properties, 'TargetFunctionArn');
  const handler = functionIn(target, template);
  const managed = managedCors(get(properties, 'Cors'), 'url', entriesOf(properties).get('Cors')?.key);
  const authorizer = authorizerOf(get(properties, 'AuthType'));
  const byCode = constant<Writer>('handler', key);
  // The service adds its headers to those of the code, so they come twice (U3).
  const by = managed ? choose(managed.present, constant<Writer>('both', managed.block.at), byCode) : byCode;
  const answer: Answer = { by, responses: [] };
  const code: Preflight = { ...firstOf([], key), by: constant<PreflightBy>('any', key), authorizer, handler };
  // With Cors the service answers before it asks who calls (U7).
  const service = managed && {
    ...byService(code, managed, 200),
    authorizer: choose(managed.present, nobody({ kind: 'absent', at: key }), authorizer),
  };
  return {
    target: 'url',
    name: nameOfUrl(entity, template),
    at: key,
    exists: verdictOf(present),
    imported: false,
    resources: [
      {
        path: constant('/', key),
        at: key,
        endpoints: [
          {
            at: key,
            exists: verdictOf(present),
            method: constant('ANY', key),
            authorizer,
            needsKey: constant(false, key),
            validates: constant(false, key),
            integration: constant('proxy', key),
            handler,
            success: answer,
            handlerError: answer,
          },
        ],
        preflight: service ?? code,
      },
    ],
    gatewayResponses: [],
    managed: managed?.block,
    ...withoutRest(key),
  };
}

const nameOf = (target: Tree): string | undefined => (target.kind === 'scalar' ? plain(partsOf(target)) : undefined);

const authorizerOf = (type: Tree): Value<Authorizer> =>
  perWorld([type], type.from, (arm) => {
    if (arm.kind === 'unknown') return { kind: 'unknown', why: arm.why, from: arm.from };
    return arm.kind === 'scalar' && arm.value === 'AWS_IAM' ? signed(arm.from) : nobody(arm.from);
  });
