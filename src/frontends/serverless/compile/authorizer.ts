import { get, type Tree } from '../../../value/tree.ts';
import type { Provenance } from '../../../value/value.ts';
import { authorizerId, functionId } from '../naming.ts';
import type { Said } from '../../said.ts';
import { asText, getAtt, ref, scalar, text } from '../../trees.ts';
import type { ServiceFunction } from '../service.ts';
import { isGiven } from '../shape.ts';

/** What an `authorizer` of an http event puts on its method, and the resource that it makes. */
export interface Authorization {
  readonly method: Readonly<Record<string, Tree>>;
  readonly resource?: { readonly id: string; readonly properties: Readonly<Record<string, Tree>> };
}

interface Context {
  readonly restApiId: Tree;
  readonly functions: readonly ServiceFunction[];
  readonly from: Provenance;
  readonly say: (said: Said) => void;
}

const COGNITO_ARN = /^arn:[\w-]+:cognito-idp:/;

/** validate.js getAuthorizer, authorizers.js and method/authorization.js, in one. */
export function authorization(authorizer: Tree, context: Context): Authorization {
  const { from } = context;
  if (!isGiven(authorizer) || (authorizer.kind === 'scalar' && !authorizer.value))
    return { method: { AuthorizationType: scalar('NONE', from) } };
  if (authorizer.kind === 'unknown') return { method: { AuthorizationType: authorizer } };
  const word = asText(authorizer);
  if (word !== undefined) {
    if (word.toUpperCase() === 'AWS_IAM') return { method: { AuthorizationType: scalar('AWS_IAM', authorizer.from) } };
    return word.includes(':') ? made(nameInArn(word), authorizer, authorizer, context) : ofFunction(word, authorizer, context);
  }
  return ofMap(authorizer, context);
}

function ofMap(authorizer: Tree, context: Context): Authorization {
  const [type, id, arn, name] = ['type', 'authorizerId', 'arn', 'name'].map((key) => get(authorizer, key)) as [Tree, Tree, Tree, Tree];
  const word = asText(type)?.toUpperCase();
  if (isGiven(type) && isGiven(id)) {
    const kind = word === 'TOKEN' || word === 'REQUEST' ? scalar('CUSTOM', type.from) : type;
    return { method: { AuthorizationType: kind, AuthorizerId: id } };
  }
  if (word === 'AWS_IAM') return { method: { AuthorizationType: scalar('AWS_IAM', type.from) } };
  if (isGiven(arn)) return made(asText(name) ?? nameInArn(asText(arn) ?? ''), arn, authorizer, context);
  if (isGiven(name)) return ofFunction(asText(name) ?? '', authorizer, context);
  context.say({
    kind: 'refused',
    fatal: true,
    at: authorizer.from.at,
    text: 'This `authorizer` has neither a `name` nor an `arn`, so the Serverless Framework stops here and nothing is deployed. Name the function that authorizes, or give its ARN.',
  });
  return { method: { AuthorizationType: { kind: 'unknown', why: 'the framework stops at this authorizer', from: authorizer.from } } };
}

function ofFunction(name: string, authorizer: Tree, context: Context): Authorization {
  if (name !== '' && !context.functions.some((fn) => fn.name === name)) {
    context.say({
      kind: 'unresolved',
      at: authorizer.from.at,
      written: name,
      missing: 'resource',
      text: `the authorizer is the function \`${name}\`, and no function of this service has that name`,
    });
    return { method: { AuthorizationType: { kind: 'unknown', why: 'there is no such function', from: authorizer.from } } };
  }
  return made(name, getAtt(functionId(name), 'Arn', context.from), authorizer, context);
}

/** An authorizer resource of its own; by its ARN it is a Cognito user pool or a function. */
function made(name: string, arn: Tree, authorizer: Tree, { restApiId, from }: Context): Authorization {
  const type = asText(get(authorizer, 'type'))?.toUpperCase();
  const cognito = type === 'COGNITO_USER_POOLS' || COGNITO_ARN.test(asText(arn) ?? '');
  const id = authorizerId(name);
  const source = identitySource(authorizer, type, from);
  return {
    method: {
      AuthorizationType: scalar(cognito ? 'COGNITO_USER_POOLS' : 'CUSTOM', authorizer.from),
      AuthorizerId: ref(id, authorizer.from),
    },
    resource: {
      id,
      properties: {
        Type: scalar(cognito ? 'COGNITO_USER_POOLS' : (type ?? 'TOKEN'), authorizer.from),
        Name: scalar(name, from),
        RestApiId: restApiId,
        ...(source && { IdentitySource: source }),
        ...(!cognito && { AuthorizerUri: text(['arn:aws:apigateway:lambda:path/'], from) }),
      },
    },
  };
}

/** The header Authorization unless it says another; a REQUEST authorizer that is not cached needs none. */
function identitySource(authorizer: Tree, type: string | undefined, from: Provenance): Tree | undefined {
  const given = get(authorizer, 'identitySource');
  if (isGiven(given) && asText(given) !== '') return given;
  const ttl = get(authorizer, 'resultTtlInSeconds');
  if (type === 'REQUEST' && Number.parseInt(asText(ttl) ?? '', 10) === 0) return undefined;
  return scalar('method.request.header.Authorization', from);
}

function nameInArn(arn: string): string {
  const last = arn.split(':').at(-1) ?? '';
  return last.split('-').at(-1) ?? last;
}
