import type { EnumMember, SyntaxNode } from '../../../source/javascript.ts';
import { keyName } from './declared.ts';
import { text } from './operators.ts';
import { ShapeBuilder, spreadItems } from './shape.ts';
import { constant, list, object, unknown, type Origin, type Shape, type Site, type Val } from './value.ts';
import { namedIn } from './walk.ts';

/** How the parts of a literal are read. */
export interface Reading {
  readonly evaluate: (node: SyntaxNode) => Val;
  readonly siteOf: (node: { readonly start: number; readonly end: number }) => Site;
  /** What comes with a literal. */
  readonly originOf: (node: SyntaxNode) => Origin;
  /** Whether spreads may copy so many more. */
  readonly mayCopy: (count: number) => boolean;
}

export function templateOf(
  { quasis, expressions }: Extract<SyntaxNode, { type: 'TemplateLiteral' }>,
  evaluate: Reading['evaluate'],
  site: Site,
): Val {
  const parts = quasis.flatMap(({ value }, i) => {
    const expression = expressions[i];
    return [constant(value.cooked ?? value.raw, site), ...(expression ? [evaluate(expression)] : [])];
  });
  return text(parts, site);
}

export function arrayOf(node: Extract<SyntaxNode, { type: 'ArrayExpression' }>, reading: Reading, site: Site): Val {
  const partOf = (element: (typeof node.elements)[number]): { readonly spread: boolean; readonly val: Val } => {
    // A hole becomes null in JSON.
    if (element === null) return { spread: false, val: constant(null, site) };
    return element.type === 'SpreadElement'
      ? { spread: true, val: reading.evaluate(element.argument) }
      : { spread: false, val: reading.evaluate(element) };
  };
  return list(site, () => spreadItems(node.elements.map(partOf), reading.mayCopy), reading.originOf(node));
}

export function objectOf(node: Extract<SyntaxNode, { type: 'ObjectExpression' }>, reading: Reading, site: Site): Val {
  const shape = (): Shape => {
    const builder = new ShapeBuilder(reading.mayCopy);
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') builder.spread(reading.evaluate(property.argument));
      else put(property, builder, reading);
    }
    return builder.done();
  };
  return object(site, shape, reading.originOf(node));
}

function put(
  property: Extract<SyntaxNode, { type: 'Property'; value: { type: unknown } }>,
  shape: ShapeBuilder,
  { evaluate, siteOf }: Reading,
): void {
  const { key, value, kind, method, computed, shorthand } = property;
  const name = keyOf(key, computed, evaluate);
  const at = siteOf(key);
  if ('why' in name) return shape.blur(`a key beside it is computed (${name.why})`, evaluate(value));
  // That sets what the object inherits from, and is no key.
  if (name.name === '__proto__' && !computed && !shorthand && !method) return shape.blur('what it inherits from is set', evaluate(value));
  if (kind !== 'init') return shape.set(name.name, at, () => unknown('it is worked out by a function', siteOf(value)));
  shape.set(name.name, at, () => evaluate(value));
}

/** The name of a property, or why it is not known. */
export function keyOf(
  key: SyntaxNode,
  computed: boolean,
  evaluate: Reading['evaluate'],
): { readonly name: string } | { readonly why: string } {
  if (!computed) return key.type === 'PrivateIdentifier' ? { why: 'it is private to a class' } : { name: keyName(key) };
  const val = evaluate(key);
  if (val.kind === 'constant') return { name: String(val.value) };
  return { why: val.kind === 'unknown' ? val.why : 'its name is a list or a map' };
}

/** `enum Stage { Dev = 'dev', … }`: its members count up where they have no value. */
export function enumOf(node: Extract<SyntaxNode, { type: 'TSEnumDeclaration' }>, reading: Reading, site: Site): Val {
  const shape = (): Shape => {
    const builder = new ShapeBuilder(reading.mayCopy);
    let before: Val = constant(-1, site);
    const names = new Set(node.members.map(({ id }) => keyName(id)));
    for (const member of node.members) {
      const val = memberOf(member, before, names, reading);
      before = val;
      const key = reading.siteOf(member.id);
      builder.set(keyName(member.id), key, () => val);
      // What is a number leads back to its name.
      if (val.kind !== 'constant') builder.blur('a number leads back to its name', val);
      else if (typeof val.value === 'number') builder.set(String(val.value), key, () => constant(keyName(member.id), key));
    }
    return builder.done();
  };
  return object(site, shape, reading.originOf(node));
}

/** `names`: of the members, which hide those of the module. */
function memberOf({ id, initializer }: EnumMember, before: Val, names: ReadonlySet<string>, { evaluate, siteOf }: Reading): Val {
  if (initializer && namedIn(initializer).some((name) => names.has(name)))
    return unknown('it is made of another member', siteOf(initializer));
  if (initializer) return evaluate(initializer);
  if (before.kind !== 'constant' || typeof before.value !== 'number') return unknown('it is worked out by code', siteOf(id));
  return constant(before.value + 1, siteOf(id));
}
