import { get, type Tree } from '../value/tree.ts';
import { always, NO, YES, type Verdict } from '../value/verdict.ts';
import type { Api } from './api.ts';

/** What one statement of a policy does with an OPTIONS request of nobody in particular. */
type Effect = 'allows' | 'denies' | 'other' | 'open';

/**
 * Whether the resource policy of an API turns preflights away (R41). It has to allow OPTIONS for everyone, since a preflight says
 * neither who asks nor by which key; what hangs on a condition (an address, a VPC) is not known.
 */
export function refusesAnonymousOptions({ policy }: Api): Verdict {
  if (policy.kind === 'absent') return NO;
  const statements = policy.kind === 'map' ? get(policy, 'Statement') : policy;
  const list = statements.kind === 'list' ? statements.items : [statements];
  const effects = new Set(list.map(effectOf));
  const open = always('maybe', { kind: 'unknown', why: 'whom the resource policy lets in', from: policy.from });
  if (policy.kind !== 'map' || effects.has('open')) return effects.has('denies') ? YES : open;
  if (effects.has('denies')) return YES;
  return effects.has('allows') ? NO : YES;
}

function effectOf(statement: Tree): Effect {
  if (statement.kind !== 'map') return 'open';
  const parts = ['Effect', 'Principal', 'Action', 'Resource', 'Condition'].map((name) => get(statement, name));
  const [effect, principal, action, resource, condition] = parts as [Tree, Tree, Tree, Tree, Tree];
  if ([effect, principal, action, resource].some(({ kind }) => kind === 'unknown' || kind === 'choice')) return 'open';
  // A Deny for all but some principals, actions or resources is not worked out.
  if (['NotPrincipal', 'NotAction', 'NotResource'].some((name) => get(statement, name).kind !== 'absent')) return 'open';
  const covers = new Set([isEveryone(principal), coversInvoke(action), coversOptions(resource)]);
  if (covers.has(false)) return 'other';
  if (covers.has(undefined) || condition.kind !== 'absent') return 'open';
  return effect.kind === 'scalar' && effect.value === 'Deny' ? 'denies' : 'allows';
}

const textsIn = (tree: Tree): readonly (string | undefined)[] =>
  tree.kind === 'list'
    ? tree.items.flatMap(textsIn)
    : [
        tree.kind === 'scalar'
          ? String(tree.value)
          : tree.kind === 'unknown' && tree.parts
            ? tree.parts.map((part) => ('text' in part ? part.text : '*')).join('')
            : undefined,
      ];

/** One of several is enough; undefined where none is for sure and some may be. */
function some(texts: readonly (string | undefined)[], holds: (text: string) => boolean): boolean | undefined {
  if (texts.some((text) => text !== undefined && holds(text))) return true;
  return texts.includes(undefined) ? undefined : false;
}

const isEveryone = (principal: Tree): boolean | undefined => {
  const aws = principal.kind === 'map' ? get(principal, 'AWS') : principal;
  return aws.kind === 'absent' ? false : some(textsIn(aws), (text) => text === '*');
};

const coversInvoke = (action: Tree): boolean | undefined =>
  some(textsIn(action), (text) => /^(?:\*|execute-api:(?:\*|invoke))$/i.test(text));

/** 'execute-api:/prod/GET/pets', 'arn:aws:execute-api:eu-west-1:1234:abcde12345/prod/OPTIONS/pets': the third part is the method. */
function coversOptions(resource: Tree): boolean | undefined {
  if (resource.kind === 'absent') return undefined;
  return some(textsIn(resource), (text) => {
    const path = text.slice(text.lastIndexOf(':') + 1);
    const [, , method] = path.split('/');
    return method === undefined ? path.includes('*') : method.includes('*') || method.toUpperCase() === 'OPTIONS';
  });
}
