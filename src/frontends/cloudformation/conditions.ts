import { couldBe } from '../../value/verdict.ts';
import { entriesOf, get, piecesOf, type Tree } from '../../value/tree.ts';
import { known, mapValue, type Value } from '../../value/value.ts';
import { ANY_OTHER, referredName, type Parameters } from './parameters.ts';
import { both, either, negated, perWorld, type Arm } from './worlds.ts';

/** Deeper than any condition; a longer chain of them is a question of its own. */
const MAX_DEPTH = 40;

/**
 * The template's conditions. Each is true or false in the worlds of the parameters that it compares with literals, so
 * that `IsProd` and `IsDev` are never both true; where that does not settle it, it is a question by its own name.
 */
export class Conditions {
  private readonly decided = new Map<string, Value<boolean>>();
  private readonly deciding = new Set<string>();
  private readonly template: Tree;
  private readonly path: string;
  private readonly parameters: Parameters;
  private readonly resolve: (tree: Tree) => Tree;

  /** `resolve` works out a tree under no assumption. */
  constructor(template: Tree, path: string, parameters: Parameters, resolve: (tree: Tree) => Tree) {
    this.template = template;
    this.parameters = parameters;
    this.path = path;
    this.resolve = resolve;
  }

  /** Never unknown: at worst a choice between true and false. */
  decide(name: string): Value<boolean> {
    const before = this.decided.get(name);
    if (before) return before;
    const tree = get(this.template, 'Conditions', name);
    if (this.deciding.has(name) || this.deciding.size > MAX_DEPTH) return this.question(name, tree);
    this.deciding.add(name);
    const value = mapValue(this.evaluate(tree), (arm) => (arm.kind === 'known' ? arm : this.question(name, tree)));
    this.deciding.delete(name);
    this.decided.set(name, value);
    return value;
  }

  /** A parameter held against a literal, which is one of its answers or none of them. */
  private parameterIs(one: Tree, other: Tree): Value<boolean> | undefined {
    const name = referredName(one);
    const on = name === undefined ? undefined : this.parameters.get(name)?.question;
    if (!on || other.kind !== 'scalar') return undefined;
    const literal = String(other.value);
    const [only, second] = on.labels;
    if (second === undefined) return known(only === literal, one.from);
    return {
      kind: 'choice',
      on,
      from: one.from,
      branches: new Map(on.labels.map((label) => [label, known(label === literal && label !== ANY_OTHER, one.from)])),
    };
  }

  /** What cannot be worked out may be either, but is the same wherever it is asked. */
  private question(name: string, { from }: Tree): Value<boolean> {
    const on = { key: `${this.path}#condition:${name}`, name, labels: ['true', 'false'] };
    return {
      kind: 'choice',
      on,
      from,
      branches: new Map([
        ['true', known(true, from)],
        ['false', known(false, from)],
      ]),
    };
  }

  /** Unknown where the expression has no meaning, or hangs on what only the deploy knows. */
  private evaluate(tree: Tree): Value<boolean> {
    const [only, second] = [...entriesOf(tree)];
    const [name, argument] = [only?.[0], only?.[1].value];
    const unknown = { kind: 'unknown', why: 'it is decided at deploy time', from: tree.from } as const;
    if (!argument || second) return unknown;
    const operands = argument.kind === 'list' ? argument.items : [];
    const [first] = operands;
    switch (name) {
      case 'Condition':
        return argument.kind === 'scalar' ? this.decide(String(argument.value)) : unknown;
      case 'Fn::Not':
        return first && operands.length === 1 ? negated(this.evaluate(first)) : unknown;
      case 'Fn::And':
        return first ? operands.map((operand) => this.evaluate(operand)).reduce(both) : unknown;
      case 'Fn::Or':
        return first ? operands.map((operand) => this.evaluate(operand)).reduce(either) : unknown;
      case 'Fn::Equals':
        return operands.length === 2 ? this.equals(operands as readonly [Tree, Tree], tree) : unknown;
      default:
        return unknown;
    }
  }

  private equals([left, right]: readonly [Tree, Tree], { from }: Tree): Value<boolean> {
    const worlds = this.parameterIs(left, right) ?? this.parameterIs(right, left);
    if (worlds) return worlds;
    return perWorld([this.resolve(left), this.resolve(right)], from, (one, other) => {
      const equal = areEqual(one, other) ?? areEqual(other, one);
      return equal === undefined ? { kind: 'unknown', why: 'it is decided at deploy time', from } : known(equal, from);
    });
  }
}

/** By text, as CloudFormation compares (the boolean true and the text "true" are equal); undefined where it is not known. */
function areEqual(one: Arm, other: Arm): boolean | undefined {
  if (other.kind !== 'scalar') return undefined;
  if (one.kind === 'scalar') return String(one.value) === String(other.value);
  return one.kind === 'unknown' && one.parts && !couldBe(piecesOf(one.parts), String(other.value)) ? false : undefined;
}
