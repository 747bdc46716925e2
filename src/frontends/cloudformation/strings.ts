import { get, partsOf, type Part, type Tree, type TreeUnknown } from '../../value/tree.ts';
import type { Provenance } from '../../value/value.ts';
import { attributeOf, misused, refer, unknown, type Intrinsic } from './names.ts';
import type { Resolver } from './resolver.ts';
import { compose, isSecret, isText, splitText, stretch } from './text.ts';
import { distribute, type Arm } from './worlds.ts';

/** `Fn::Join [delimiter, list]`; what a condition takes out of the list is left out. */
export const join: Intrinsic = (argument, from, resolver) => {
  const [delimiter, list] = argument.kind === 'list' ? argument.items.map((item) => resolver.resolve(item)) : [];
  if (!delimiter || !list) return argument.kind === 'unknown' ? unknown(argument.why, from) : misused('Fn::Join', from);
  return distribute([delimiter, list], from, (by, items) => {
    if (items.kind === 'unknown') return unknown(items.why, from);
    if (by.kind !== 'scalar' || items.kind !== 'list') return misused('Fn::Join', from);
    const between: Part = { text: String(by.value), from };
    return distribute<readonly Tree[]>(items.items, from, (...arms) => {
      const given = arms.filter((arm) => arm.kind !== 'absent');
      return compose(
        given.flatMap((arm, i) => [...(i > 0 ? [between] : []), ...piecesIn(arm, 'Fn::Join')]),
        from,
        isSecret(given),
      );
    });
  });
};

/** The parts of a text; a list or a map in its place is a hole. */
const piecesIn = (arm: Arm, name: string): readonly Part[] =>
  isText(arm) ? partsOf(arm) : [{ hole: `${name} takes texts alone`, from: arm.from }];

/** A stretch of a template: literal text, or `${name}`. */
type Token = { readonly text: string } | { readonly variable: string; readonly start: number; readonly end: number };

/** `${!name}` is the text `${name}`. */
export function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{([^{}]*)\}/g)) {
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    const name = (match[1] ?? '').trim();
    end = match.index + match[0].length;
    found.push(name.startsWith('!') ? { text: `\${${name.slice(1)}}` } : { variable: name, start: match.index, end });
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}

/** `Fn::Sub text` and `Fn::Sub [text, variables]`. */
export const sub: Intrinsic = (argument, from, resolver) =>
  distribute([argument], from, (arm) => {
    const [template, variables] = arm.kind === 'list' ? arm.items : [arm];
    if (!template) return misused('Fn::Sub', from);
    // A dynamic reference may hold variables: it is looked for when they are filled in.
    return distribute([template.kind === 'scalar' ? template : resolver.resolve(template)], from, (text) => {
      if (!isText(text)) return misused('Fn::Sub', from);
      const pieces = partsOf(text).flatMap((part) => ('text' in part ? filled(part, variables, resolver) : [part]));
      const trees = pieces.flatMap((piece) => ('kind' in piece ? [piece] : []));
      return distribute<readonly Tree[]>(trees, from, (...arms) => {
        const rest = [...arms];
        const parts = pieces.flatMap((piece) => ('kind' in piece ? piecesOf(rest.shift()) : [piece]));
        return compose(parts, from, text.secret === true || isSecret(arms));
      });
    });
  });

const piecesOf = (arm: Arm | undefined): readonly Part[] => (!arm || arm.kind === 'absent' ? [] : piecesIn(arm, 'Fn::Sub'));

/** A stretch of the template with its variables looked up, not yet put together. */
function filled(part: Extract<Part, { text: string }>, variables: Tree | undefined, resolver: Resolver): readonly (Part | Tree)[] {
  return tokens(part.text).map((token) => {
    if ('text' in token) return { text: token.text, from: part.from };
    const from = stretch(part.from, part.text, token.start, token.end);
    const own = variables ? get(variables, token.variable) : undefined;
    if (own && own.kind !== 'absent') return resolver.resolve(own);
    return variable(token.variable, from, resolver);
  });
}

function variable(name: string, from: Provenance, resolver: Resolver): Tree {
  const dot = name.indexOf('.');
  return dot < 0 ? refer(name, from, resolver) : attributeOf(name.slice(0, dot), name.slice(dot + 1), from, resolver);
}

/** `Fn::Split [delimiter, text]`: a text with holes may hold any number of delimiters. */
export const split: Intrinsic = (argument, from, resolver) => {
  const [delimiter, source] = argument.kind === 'list' ? argument.items.map((item) => resolver.resolve(item)) : [];
  if (!delimiter || !source) return argument.kind === 'unknown' ? unknown(argument.why, from) : misused('Fn::Split', from);
  return distribute([delimiter, source], from, (by, text) => {
    if (text.kind === 'unknown') return { ...unknown(text.why, from), ...cutOutOf(text) };
    if (by.kind !== 'scalar' || text.kind !== 'scalar') return misused('Fn::Split', from);
    return { kind: 'list', items: splitText(text, String(by.value)), from };
  });
};

/** Of a text that is taken apart no more is known than which resources it names: a host name is cut out of a URL so. */
function cutOutOf(text: TreeUnknown): Pick<TreeUnknown, 'parts'> {
  if (text.names) return { parts: [{ hole: text.why, from: text.from, names: text.names }] };
  const named = (text.parts ?? []).filter((part) => 'hole' in part && part.names);
  return named.length > 0 ? { parts: named } : {};
}

/** `Fn::Select [index, list]`. */
export const select: Intrinsic = (argument, from, resolver) => {
  const [index, list] = argument.kind === 'list' ? argument.items.map((item) => resolver.resolve(item)) : [];
  if (!index || !list) return argument.kind === 'unknown' ? unknown(argument.why, from) : misused('Fn::Select', from);
  return distribute([index, list], from, (at, items) => {
    if (items.kind === 'unknown') return { ...unknown(items.why, from), ...cutOutOf(items) };
    if (at.kind !== 'scalar' || items.kind !== 'list') return at.kind === 'unknown' ? unknown(at.why, from) : misused('Fn::Select', from);
    const item = items.items[Number(at.value)];
    return item && item.kind !== 'absent' ? item : unknown(`Fn::Select asks for item ${at.value} of ${items.items.length}`, from);
  });
};
