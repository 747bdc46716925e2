import type { Block, Expression, Statement } from '../program.ts';
import { binary, literal, named, nameTarget, opaque } from './build.ts';
import { expression, listed } from './expressions.ts';
import { childrenOf, type Node, type Scope } from './scope.ts';
import { block } from './statements.ts';

/** `match` is a chain of `if`s over what it looks at, which is worked out once. */
export function matchOf(scope: Scope, node: Node): Statement[] {
  const at = scope.at(node);
  const children = childrenOf(node);
  const body = node.getChild('MatchBody');
  const value = listed(
    scope,
    children.slice(
      1,
      children.findIndex(({ name }) => name === 'MatchBody'),
    ),
  );
  if (!body || !value) return [];
  const once = scope.fresh();
  const clauses = body.getChildren('MatchClause').reduceRight<Block>((rest, one) => clause(scope, one, named(at, once), rest), []);
  return [{ at, kind: 'assign', to: nameTarget(at, once), value, declares: true }, ...clauses];
}

function clause(scope: Scope, node: Node, subject: Expression, otherwise: Block): Block {
  const at = scope.at(node);
  const [, shape] = childrenOf(node);
  const body = node.getChild('Body');
  if (!shape || !body) return otherwise;
  const guard = node.getChild('Guard')?.lastChild;
  const fits = pattern(scope, shape, subject);
  const test = guard ? binary(at, 'and', fits, expression(scope, guard)) : fits;
  const binds = captured(scope, shape, subject);
  // A guard may use what the pattern binds, so that is bound first; no one else can see a name of a case that did not match.
  return [...binds, { at, kind: 'if', test, then: block(scope, body), otherwise }];
}

function pattern(scope: Scope, node: Node, subject: Expression): Expression {
  const at = scope.at(node);
  const [first] = childrenOf(node);
  if (node.name === 'CapturePattern') return literal(at, true);
  if (node.name === 'LiteralPattern' && first && childrenOf(node).length === 1)
    return binary(at, 'equal', subject, expression(scope, first));
  if (node.name === 'AttributePattern') return binary(at, 'equal', subject, dotted(scope, node));
  if (node.name === 'OrPattern') {
    const each = childrenOf(node)
      .filter(({ name }) => name.endsWith('Pattern'))
      .map((one) => pattern(scope, one, subject));
    return each.reduce((left, right) => binary(at, 'or', left, right));
  }
  return opaque(at, 'it is a pattern that is not followed', [subject]);
}

/** `a.b.c` within a pattern. */
function dotted(scope: Scope, node: Node): Expression {
  const at = scope.at(node);
  return (
    childrenOf(node).reduce<Expression | undefined>((of, one) => {
      if (!of) return expression(scope, one);
      const name = literal(scope.at(one), scope.text(one));
      return one.name === 'PropertyName' ? { at, kind: 'member', of, name, optional: false, attribute: true } : of;
    }, undefined) ?? opaque(at, 'it is a name')
  );
}

/** A lone name takes everything; names deeper in a pattern take parts that are not followed. */
function captured(scope: Scope, node: Node, subject: Expression): Statement[] {
  const at = scope.at(node);
  if (node.name === 'CapturePattern') {
    const name = scope.text(node);
    return name === '_' ? [] : [{ at, kind: 'assign', to: nameTarget(at, name), value: subject, declares: true }];
  }
  if (node.name === 'LiteralPattern' || node.name === 'AttributePattern' || node.name === 'OrPattern') return [];
  const changes = within(scope, node);
  return changes.length === 0 ? [] : [{ at, kind: 'opaque', why: 'it is taken apart', changes }];
}

const within = (scope: Scope, node: Node): string[] =>
  node.name === 'VariableName' ? [scope.text(node)] : childrenOf(node).flatMap((one) => within(scope, one));
