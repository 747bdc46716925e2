import { parse, type AnyNode } from 'acorn';
import { rolldown } from 'rolldown';
import type * as Evaluator from '../../src/browser/index.ts';

/** One deliberate mistake in the evaluator. */
export interface Mutant {
  /** File, line of code, and the change: stays the same while the code does. */
  readonly key: string;
  /** The whole evaluator with the mistake. */
  readonly code: string;
}

/** All that `cors-lint/browser` exports, as one module without types. */
export async function evaluator(): Promise<string> {
  const bundle = await rolldown({ input: 'src/browser/index.ts', platform: 'neutral' });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  return output[0].code;
}

/** Runs a module's text: each its own, so that no mistake outlives its mutant. */
export const load = (code: string): Promise<typeof Evaluator> =>
  import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`) as never;

/** Every mistake that the table below knows, one at a time. */
export function mutants(code: string): Mutant[] {
  const made: Mutant[] = [];
  const walk = (node: AnyNode): void => {
    // `void 0` is undefined, whatever it is of; and what is said is another test's matter.
    if (node.type === 'UnaryExpression' && node.operator === 'void') return;
    for (const { start, end, to } of changesAt(node, code)) {
      const place = placeOf(code, start);
      if (place.startsWith('src/browser/messages/')) continue;
      const key = `${place} | ${shown(code.slice(start, end))} → ${shown(to)}`;
      made.push({ key, code: code.slice(0, start) + to + code.slice(end) });
    }
    for (const child of Object.values(node) as unknown[])
      for (const one of Array.isArray(child) ? (child as unknown[]) : [child]) if (isNode(one)) walk(one);
  };
  for (const node of parse(code, { ecmaVersion: 2024, sourceType: 'module' }).body) if (!node.type.startsWith('Export')) walk(node);
  return made;
}

const isNode = (value: unknown): value is AnyNode => typeof value === 'object' && value !== null && 'type' in value && 'start' in value;

const shown = (text: string): string => (text === '' ? '∅' : text.replaceAll(/\s+/g, ' '));

/** 'src/browser/check.ts: if (allowed === "*") …'; the bundle says where each file begins. */
function placeOf(code: string, at: number): string {
  const file =
    code
      .slice(0, at)
      .match(/^\/\/#region .*$|^\/\/ src\/.*$/gm)
      ?.at(-1)
      ?.replace(/^\/\/(?:#region)? /, '') ?? '';
  const from = code.lastIndexOf('\n', at) + 1;
  return `${file}: ${shown(code.slice(from, code.indexOf('\n', at)).trim())}`;
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly to: string;
}

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '&&': ['||'],
  '||': ['&&'],
};

/** Calls that may be left out: what they are called on stays. */
const LEFT_OUT = /^(?:toLowerCase|toUpperCase|filter|toSorted|trim|replace|replaceAll)$/;

/** The mistakes that can be made at one place. */
function changesAt(node: AnyNode, code: string): Change[] {
  const of = (part: { start: number; end: number }): string => code.slice(part.start, part.end);
  const whole = (to: string): Change => ({ start: node.start, end: node.end, to });
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const between = code.slice(node.left.end, node.right.start);
      const start = node.left.end + between.indexOf(node.operator);
      const others = (OPERATORS[node.operator] ?? []).map((to) => ({ start, end: start + node.operator.length, to }));
      return node.operator === '??' ? [whole(of(node.left)), whole(of(node.right))] : others;
    }
    case 'IfStatement':
    case 'ConditionalExpression':
      return ['true', 'false'].map((to) => ({ start: node.test.start, end: node.test.end, to }));
    case 'UnaryExpression':
      return node.operator === '!' ? [whole(of(node.argument))] : [];
    case 'Literal':
      if ('regex' in node && node.regex) return regexChanges(node.regex.pattern, node.regex.flags).map(whole);
      if (typeof node.value === 'string') return [whole(JSON.stringify(`${node.value}~`))];
      return typeof node.value === 'number' ? [whole(String(node.value + 1)), whole(String(node.value - 1))] : [];
    case 'CallExpression': {
      const { callee } = node;
      return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && LEFT_OUT.test(callee.property.name)
        ? [whole(of(callee.object))]
        : [];
    }
    case 'UpdateExpression':
      return [whole('0')];
    default:
      return [];
  }
}

/** A pattern without one of its parts: a flag, an anchor, an alternative, a member of a class. */
function regexChanges(pattern: string, flags: string): string[] {
  const made: string[] = [];
  const add = (changed: string, also = flags): void => {
    try {
      made.push(String(new RegExp(changed, also)));
    } catch {
      // Half an escape or an empty range: no pattern, so no mistake that anybody could make.
    }
  };
  if (flags.includes('i')) add(pattern, flags.replace('i', ''));
  if (pattern.startsWith('^')) add(pattern.slice(1));
  if (pattern.endsWith('$')) add(pattern.slice(0, -1));
  for (const { 0: group, index } of pattern.matchAll(/\(\?:([^()]*\|[^()]*)\)/g)) {
    const alternatives = group.slice(3, -1).split('|');
    for (const one of alternatives)
      add(`${pattern.slice(0, index)}(?:${alternatives.filter((other) => other !== one).join('|')})${pattern.slice(index + group.length)}`);
  }
  for (const { 0: set, index } of pattern.matchAll(/\[\^?(?:\\.|[^\]\\])+\]/g)) {
    for (const { 0: member, index: at } of set.slice(1, -1).matchAll(/\\u[\dA-F]{4}(?:-\\u[\dA-F]{4})?|\w-\w|\\.|[^\\^]/g)) {
      const from = index + 1 + at;
      add(pattern.slice(0, from) + pattern.slice(from + member.length));
    }
  }
  return [...new Set(made)];
}
