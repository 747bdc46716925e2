import { zip, type Tree } from '../../value/tree.ts';
import type { Question } from '../../value/value.ts';

/** More combinations than this are not worked out one by one. */
const MAX_COMBINATIONS = 64;

/**
 * Works out something for each way in which the inputs' choices can fall, and puts the results together
 * again: so the framework's own steps are written for one case alone.
 */
export function overChoices(inputs: readonly Tree[], make: (inputs: readonly Tree[]) => Tree, budget = MAX_COMBINATIONS): Tree {
  const question = firstQuestion(inputs);
  if (!question) return make(inputs);
  const share = Math.floor(budget / question.labels.length);
  if (share < 1) return make(inputs.map(blur));
  return zip(
    question,
    new Map(
      question.labels.map((label) => [
        label,
        overChoices(
          inputs.map((input) => pin(input, question, label)),
          make,
          share,
        ),
      ]),
    ),
  );
}

function firstQuestion(inputs: readonly Tree[]): Question | undefined {
  for (const input of inputs) {
    const found = questionIn(input);
    if (found) return found;
  }
  return undefined;
}

function questionIn(tree: Tree): Question | undefined {
  if (tree.kind === 'choice') return tree.on;
  if (tree.kind === 'list') return firstQuestion(tree.items);
  if (tree.kind !== 'map') return undefined;
  for (const { value } of tree.entries.values()) {
    const found = questionIn(value);
    if (found) return found;
  }
  return undefined;
}

/** The tree as it is where the question has this answer. */
function pin(tree: Tree, question: Question, label: string): Tree {
  if (tree.kind === 'choice') {
    if (tree.on.key === question.key) return pin(tree.branches.get(label) ?? { kind: 'absent', from: tree.from }, question, label);
    return { ...tree, branches: new Map([...tree.branches].map(([other, branch]) => [other, pin(branch, question, label)])) };
  }
  return questionIn(tree) ? mapChildren(tree, (child) => pin(child, question, label)) : tree;
}

/** Every choice in it made unknown. */
function blur(tree: Tree): Tree {
  if (tree.kind === 'choice') return { kind: 'unknown', why: `it hangs on ${tree.on.name} and on too much else`, from: tree.from };
  return questionIn(tree) ? mapChildren(tree, blur) : tree;
}

function mapChildren(tree: Tree, make: (child: Tree) => Tree): Tree {
  if (tree.kind === 'map')
    return { ...tree, entries: new Map([...tree.entries].map(([name, { key, value }]) => [name, { key, value: make(value) }])) };
  return tree.kind === 'list' ? { ...tree, items: tree.items.map(make) } : tree;
}
