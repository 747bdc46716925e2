import { get, getAt, partsOf, type Tree } from '../../value/tree.ts';
import type { Provenance } from '../../value/value.ts';
import { exported, getAtt, misused, ref, unknown, type Intrinsic } from './names.ts';
import { join, select, split, sub } from './strings.ts';
import { isText, type Text } from './text.ts';
import { absent, distribute } from './worlds.ts';

const choice: Intrinsic = (argument, from, resolver) => {
  const [condition, then, otherwise] = argument.kind === 'list' ? argument.items : [];
  if (argument.kind === 'unknown') return unknown(argument.why, from);
  if (!condition || !then || !otherwise) return misused('Fn::If', from);
  return distribute([resolver.resolve(condition)], from, (name) => {
    if (name.kind !== 'scalar') return name.kind === 'unknown' ? unknown(name.why, from) : misused('Fn::If', from);
    return resolver.branch(
      resolver.conditions.decide(String(name.value)),
      (one) => one.resolve(then),
      (one) => one.resolve(otherwise),
      from,
    );
  });
};

const findInMap: Intrinsic = (argument, from, resolver) => {
  const [map, top, second, options] = argument.kind === 'list' ? argument.items.map((item) => resolver.resolve(item)) : [];
  if (!map || !top || !second) return argument.kind === 'unknown' ? unknown(argument.why, from) : misused('Fn::FindInMap', from);
  return distribute([map, top, second], from, (...keys) => {
    const unread = keys.find((key) => key.kind !== 'scalar');
    if (unread) return unread.kind === 'unknown' ? unknown(unread.why, from) : misused('Fn::FindInMap', from);
    const path = keys.flatMap((key) => (key.kind === 'scalar' ? [String(key.value)] : []));
    const fallback = options ? get(options, 'DefaultValue') : absent(from);
    return orElse(getAt(resolver.mappings, path), from, () =>
      fallback.kind === 'absent' ? unknown(`the mapping has no ${path.join('.')}`, from) : fallback,
    );
  });
};

/** What a mapping holds, as a value that `from` names. */
function orElse(found: Tree, from: Provenance, fallback: () => Tree): Tree {
  return distribute([found], from, (arm) => (arm.kind === 'absent' ? fallback() : named(arm, from)));
}

/** A tree that stands elsewhere: pointed at from here. */
function named(tree: Tree, { at }: Provenance): Tree {
  const from: Provenance = { kind: 'reference', at, to: tree.from };
  return tree.kind === 'list' ? { ...tree, items: tree.items.map((item) => named(item, from)), from } : { ...tree, from };
}

/** What other stacks export is known by its name alone: two imports of one name are one value. */
const importValue: Intrinsic = (argument, from, resolver) =>
  distribute([resolver.resolve(argument)], from, (name) =>
    unknown(isText(name) ? exported(describe(name)) : 'it is an export of another stack', from),
  );

/** A text with its holes as they are written. */
const describe = (text: Text): string =>
  partsOf(text)
    .map((part) => ('text' in part ? part.text : part.from.at.file.text.slice(part.from.at.start, part.from.at.end).trim()))
    .join('');

const transform: Intrinsic = (argument, from) => {
  const name = get(argument, 'Name');
  return unknown(name.kind === 'scalar' ? `the macro ${name.value} makes it` : 'a macro makes it', from);
};

/** All others are worked out at deploy time: Fn::GetAZs, Fn::Cidr, Fn::ToJsonString, Fn::Length, Fn::ForEach … */
export const FUNCTIONS: Readonly<Record<string, Intrinsic | undefined>> = {
  Ref: ref,
  'Fn::GetAtt': getAtt,
  'Fn::Sub': sub,
  'Fn::Join': join,
  'Fn::Split': split,
  'Fn::Select': select,
  'Fn::FindInMap': findInMap,
  'Fn::If': choice,
  'Fn::ImportValue': importValue,
  'Fn::Transform': transform,
};
