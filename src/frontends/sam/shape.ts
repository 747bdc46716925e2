import type { Location } from '../../source/location.ts';
import { entriesOf, get, type Tree, type TreeList, type TreeMap } from '../../value/tree.ts';
import { refusing, type Provenance } from '../../value/value.ts';
import { asText, list, map, ref, scalar } from '../trees.ts';

/** What SAM writes by itself because of `at`. */
export const filledIn = (at: Location): Provenance => ({ kind: 'default', at, by: 'SAM' });

export const absent = (from: Provenance): Tree => ({ kind: 'absent', from: { kind: 'absent', at: from.at } });

const unknown = (why: string, from: Provenance): Tree => ({ kind: 'unknown', why, from });

/** Of what stands where SAM stops: no rule shall judge it again. */
export const refused = (from: Provenance): Tree => unknown('SAM stops here', refusing(from));

export const sub = (template: string, from: Provenance): TreeMap => map({ 'Fn::Sub': scalar(template, from) }, from);

/** A value in the worlds in which a condition holds, and nothing elsewhere (model/intrinsics.py make_conditional). */
export const conditional = (condition: string, tree: Tree, from: Provenance): TreeMap =>
  map({ 'Fn::If': list([scalar(condition, from), tree, ref('AWS::NoValue', from)], from) }, from);

/** The name of the function that a map with one key is ('Ref', 'Fn::If'); undefined for everything else (model/intrinsics.py is_intrinsic). */
export function intrinsicOf(tree: Tree): string | undefined {
  const [name, second] = tree.kind === 'map' ? tree.entries.keys() : [];
  if (name === undefined || second !== undefined) return undefined;
  return name === 'Ref' || name === 'Condition' || name.startsWith('Fn::') ? name : undefined;
}

/** The name in `!Ref name`, which also stands alone in some places. */
export const referred = (tree: Tree): string | undefined =>
  asText(tree.kind === 'map' && tree.entries.has('Ref') ? get(tree, 'Ref') : tree);

export const isNoValue = (tree: Tree): boolean => intrinsicOf(tree) === 'Ref' && referred(tree) === 'AWS::NoValue';

/** Python's truthiness, by which SAM decides nearly everything: a map with something in it is true, and so is the text "false". */
export function truthy(tree: Tree): boolean {
  switch (tree.kind) {
    case 'absent':
      return false;
    case 'scalar':
      return Boolean(tree.value);
    case 'list':
      return tree.items.length > 0;
    case 'map':
      return tree.entries.size > 0;
    case 'unknown':
    case 'choice':
      return true;
  }
}

/** Neither missing nor null: Python's `is not None`. */
export const isGiven = (tree: Tree): boolean => tree.kind !== 'absent' && !(tree.kind === 'scalar' && tree.value === null);

export const keyOf = (tree: Tree, name: string): Location | undefined => entriesOf(tree).get(name)?.key;

export const emptyMap = (from: Provenance): TreeMap => ({ kind: 'map', entries: new Map(), from });

/** The map with one entry more or another; the key stays where it stands. */
export const withEntry = (tree: TreeMap, name: string, value: Tree, key?: Location): TreeMap => ({
  ...tree,
  entries: new Map([...tree.entries, [name, { key: tree.entries.get(name)?.key ?? key ?? value.from.at, value }]]),
});

export const without = (tree: TreeMap, ...names: readonly string[]): TreeMap => ({
  ...tree,
  entries: new Map([...tree.entries].filter(([name]) => !names.includes(name))),
});

export const itemsIn = (tree: Tree): readonly Tree[] => (tree.kind === 'list' ? tree.items : []);

/** The arguments of an `Fn::If`, also one that stands beside other keys. */
function branchesIn(tree: Tree): TreeList | undefined {
  const branches = tree.kind === 'map' ? tree.entries.get('Fn::If')?.value : undefined;
  return branches?.kind === 'list' ? branches : undefined;
}

/** Both branches of an `Fn::If`, which SAM works on without asking the condition; else the thing itself (base_editor.py get_conditional_contents). */
export const contentsOf = (tree: Tree): readonly Tree[] =>
  branchesIn(tree)
    ?.items.slice(1)
    .filter((branch) => !isNoValue(branch)) ?? [tree];

/** The same, each made anew. */
export function mapContents(tree: Tree, make: (content: Tree) => Tree): Tree {
  const branches = branchesIn(tree);
  if (tree.kind !== 'map' || !branches) return make(tree);
  const items = branches.items.map((branch, i) => (i === 0 || isNoValue(branch) ? branch : make(branch)));
  return withEntry(tree, 'Fn::If', { ...branches, items });
}

/** What stands in the file, without quotes' meaning worked out: `3.0` is a number whose text matters. */
export const writtenText = ({ from: { at } }: Tree): string => at.file.text.slice(at.start, at.end).trim();

/** Python's str() of a scalar. */
export const pythonText = (tree: Tree): string | undefined =>
  tree.kind === 'scalar' && typeof tree.value === 'number' && /^\d+\.\d+$/.test(writtenText(tree)) ? writtenText(tree) : asText(tree);

/** A noun phrase that quotes what was written. */
export function describe(tree: Tree): string {
  const name = intrinsicOf(tree);
  if (name !== undefined) return name === 'Ref' ? `\`!Ref ${referred(tree) ?? ''}\`` : `an \`${name}\``;
  switch (tree.kind) {
    case 'scalar':
      if (tree.value === null || tree.value === '') return 'empty';
      return typeof tree.value === 'string' ? `the text "${tree.value}"` : String(tree.value);
    case 'map':
      return 'a map';
    case 'list':
      return 'a list';
    case 'unknown':
    case 'choice':
    case 'absent':
      return 'this';
  }
}
