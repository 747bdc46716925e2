import { get, type Tree } from '../value/tree.ts';
import type { Value } from '../value/value.ts';
import { always, assume, NO, YES, type Verdict } from '../value/verdict.ts';
import type { Api } from './api.ts';

/** What one statement of a policy does with an OPTIONS request of nobody in particular. */
type Effect = 'allows' | 'denies' | 'other' | 'open';

/**
 * Whether the resource policy of an API turns preflights away (R41). It has to allow OPTIONS for everyone, since a preflight says
 * neither who asks nor by which key; what hangs on a condition (an address, a VPC) is not known.
 */
export function refusesAnonymousOptions({ policy }: Api): Verdict {
  if (policy.kind === 'absent') return NO;
  return policy.kind === 'map' ? refused(get(policy, 'Statement'), policy) : always('maybe', opened(policy));
}

const opened = ({ from }: Tree): Value<unknown> => ({ kind: 'unknown', why: 'whom the resource policy lets in', from });

function refused(statements: Tree, policy: Tree): Verdict {
  if (statements.kind === 'choice') {
    const { on } = statements;
    return [...statements.branches].flatMap(([label, branch]) => assume({ [on.key]: { on, labels: [label] } }, refused(branch, policy)));
  }
  const effects = new Set((statements.kind === 'list' ? statements.items : [statements]).map(effectOf));
  if (effects.has('denies')) return YES;
  if (effects.has('open')) return always('maybe', opened(policy));
  return effects.has('allows') ? NO : YES;
}

function effectOf(statement: Tree): Effect {
  if (statement.kind !== 'map') return 'open';
  const parts = ['Effect', 'Principal', 'Action', 'Resource', 'Condition'].map((name) => get(statement, name));
  const [effect, principal, action, resource, condition] = parts as [Tree, Tree, Tree, Tree, Tree];
  if (effect.kind !== 'scalar') return 'open';
  // A Deny for all but some principals, actions or resources is not worked out.
  if (['NotPrincipal', 'NotAction', 'NotResource'].some((name) => get(statement, name).kind !== 'absent')) return 'open';
  const meets = new Set([isEveryone(principal), coversInvoke(action), coversOptions(resource)]);
  if (meets.has(false)) return 'other';
  if (meets.has(undefined) || condition.kind !== 'absent') return 'open';
  return effect.value === 'Deny' ? 'denies' : 'allows';
}

/** Stands for a stretch of a text that is not known. */
const HOLE = '\0';

/** Whether some text of the tree holds, the same in all worlds; undefined where that is not known. */
function covers(tree: Tree, holds: (text: string) => boolean | undefined): boolean | undefined {
  switch (tree.kind) {
    case 'scalar':
      return holds(String(tree.value));
    case 'unknown':
      return tree.parts ? holds(tree.parts.map((part) => ('text' in part ? part.text : HOLE)).join('')) : undefined;
    case 'list': {
      const found = new Set(tree.items.map((item) => covers(item, holds)));
      return found.has(true) ? true : found.has(undefined) ? undefined : false;
    }
    case 'choice': {
      const [first, ...others] = new Set([...tree.branches.values()].map((branch) => covers(branch, holds)));
      return others.length === 0 ? first : undefined;
    }
    case 'map':
    case 'absent':
      return undefined;
  }
}

/** Whether the text is one that is meant; what is not known of it may be. */
const matches =
  (wanted: RegExp) =>
  (text: string): boolean | undefined =>
    text.includes(HOLE) ? undefined : wanted.test(text);

const isEveryone = (principal: Tree): boolean | undefined => {
  const aws = principal.kind === 'map' ? get(principal, 'AWS') : principal;
  return aws.kind === 'absent' ? false : covers(aws, matches(/^\*$/));
};

const coversInvoke = (action: Tree): boolean | undefined => covers(action, matches(/^(?:\*|execute-api:(?:\*|invoke))$/i));

/**
 * 'execute-api:/prod/GET/pets', 'arn:aws:execute-api:eu-west-1:1234:abcde12345/prod/OPTIONS/pets': the third part is the method.
 * A stage has no slash in its name, so that one which is not known does not matter.
 */
const coversOptions = (resource: Tree): boolean | undefined =>
  covers(resource, (text) => {
    const path = text.slice(text.lastIndexOf(':') + 1);
    const [, , method] = path.split('/');
    if (method === undefined) return path.includes(HOLE) ? undefined : path.includes('*');
    if (method.includes(HOLE)) return undefined;
    return method.includes('*') || method.toUpperCase() === 'OPTIONS';
  });
