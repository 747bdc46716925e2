import { mapTree, partsOf, type Tree, type TreeUnknown } from '../../value/tree.ts';
import { refusing, type Provenance } from '../../value/value.ts';
import { ANY_OTHER, type Parameter } from './parameters.ts';
import { attribute } from './read.ts';
import type { Resolver } from './resolver.ts';
import { isText, plain } from './text.ts';
import { absent, distribute } from './worlds.ts';

/** Works out one function: its argument as written, the place of the whole, and what works out the rest. */
export type Intrinsic = (argument: Tree, from: Provenance, resolver: Resolver) => Tree;

export const unknown = (why: string, from: Provenance): TreeUnknown => ({ kind: 'unknown', why, from });

/** Why an import is not known; and the name in it. */
export const exported = (name: string): string => `it is the export "${name}" of another stack`;
export const exportIn = (why: string): string | undefined => /^it is the export "(.*)" of another stack$/.exec(why)?.[1];

/** A function that was not given what it takes: the deploy refuses it, and nobody knows what was meant. */
export const misused = (name: string, from: Provenance): TreeUnknown =>
  unknown(`${name} does not have the arguments that it takes`, refusing(from));

export const ref: Intrinsic = (argument, from, resolver) =>
  distribute([argument], from, (arm) =>
    arm.kind === 'scalar'
      ? refer(String(arm.value), from, resolver)
      : arm.kind === 'unknown'
        ? unknown(arm.why, from)
        : misused('Ref', from),
  );

/** `Ref name`, also where it stands as `${name}`. */
export function refer(name: string, from: Provenance, resolver: Resolver): Tree {
  if (name === 'AWS::NoValue') return absent(from);
  if (name.startsWith('AWS::')) return unknown(`it is ${name}, known at deploy time`, from);
  const parameter = resolver.parameters.get(name);
  return parameter
    ? valueOf(parameter, from, resolver)
    : { kind: 'unknown', why: `it is the id of ${name}, made at deploy time`, from, names: { id: `${resolver.prefix}${name}` } };
}

/** A default is only one of the values that a parameter may have; where AllowedValues or comparisons tell its worlds apart, it is a choice. */
function valueOf({ name, key, question, values, handed }: Parameter, { at }: Provenance, resolver: Resolver): Tree {
  if (handed) return mapTree(handed, (arm) => ({ ...arm, from: { kind: 'reference', at, to: arm.from } }));
  const defined: Provenance = { kind: 'reference', at, to: { kind: 'literal', at: key } };
  const free = unknown(`it is the parameter "${name}", given at deploy time`, defined);
  if (!question) return free;
  const answer = (label: string): Tree => {
    const value = label === ANY_OTHER ? undefined : values.get(label);
    return value ? { kind: 'scalar', value: value.value, from: { kind: 'reference', at, to: value.from } } : free;
  };
  const [only, second] = question.labels;
  const assumed = resolver.assumed(question.key) ?? (second === undefined ? only : undefined);
  if (assumed !== undefined) return answer(assumed);
  return { kind: 'choice', on: question, branches: new Map(question.labels.map((label) => [label, answer(label)])), from: defined };
}

export const getAtt: Intrinsic = (argument, from, resolver) =>
  distribute([resolver.resolve(argument)], from, (arm) => {
    const names = arm.kind === 'scalar' ? attribute(String(arm.value), from.at) : arm;
    if (names.kind !== 'list') return names.kind === 'unknown' ? unknown(names.why, from) : misused('Fn::GetAtt', from);
    return distribute<readonly Tree[]>(names.items, from, (id, ...attributes) => {
      if (id?.kind !== 'scalar') return misused('Fn::GetAtt', from);
      const texts = attributes.filter(isText);
      return attributeOf(String(id.value), texts.map((text) => plain(partsOf(text))).join('.'), from, resolver);
    });
  });

/** `Fn::GetAtt [id, name]`, also where it stands as `${id.name}`. */
export const attributeOf = (id: string, name: string, from: Provenance, { prefix }: Resolver): Tree => ({
  kind: 'unknown',
  why: `it is ${name === '' ? 'an attribute' : `the attribute ${name}`} of ${id}, made at deploy time`,
  from,
  names: { id: `${prefix}${id}`, attribute: name },
});
