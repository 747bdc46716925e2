import { constant, truth, unknown, type Constant, type Site, type Unknown, type Val } from './value.ts';

/** Characters, and stretches, of one string that is put together. */
const MAX_TEXT = 100_000;
const MAX_PIECES = 2000;

/** A string of several values; with holes where they are not known. */
export function text(parts: readonly Val[], site: Site): Val {
  const pieces: (string | null)[] = [];
  let why: string | undefined;
  for (const part of parts) {
    why ??= part.kind === 'unknown' ? part.why : part.kind === 'constant' ? undefined : 'a list or a map is made into text';
    for (const piece of piecesOf(part)) {
      if (piece === '') continue;
      const last = pieces.at(-1);
      if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
      else if (piece !== null || last !== null) pieces.push(piece);
    }
  }
  const length = pieces.reduce((sum, piece) => sum + (piece?.length ?? 0), 0);
  if (length > MAX_TEXT || pieces.length > MAX_PIECES) return unknown('the text is too long', site);
  return why === undefined ? constant(pieces.join(''), site) : unknown(why, site, { pieces });
}

function piecesOf(part: Val): readonly (string | null)[] {
  if (part.kind === 'constant') return [String(part.value)];
  return (part.kind === 'unknown' && part.pieces) || [null];
}

const isText = (val: Val): boolean =>
  val.kind === 'constant' ? typeof val.value === 'string' : val.kind === 'unknown' && val.pieces !== undefined;

/** `+` joins as soon as one side is text. */
function add(left: Val, right: Val, site: Site): Val {
  if (isText(left) || isText(right)) return text([left, right], site);
  return left.kind === 'constant' && right.kind === 'constant'
    ? number(Number(left.value) + Number(right.value), site)
    : neither([left, right], site);
}

export function binary(operator: string, left: Val, right: Val, site: Site): Val {
  if (operator === '+') return add(left, right, site);
  if (left.kind !== 'constant' || right.kind !== 'constant') return neither([left, right], site);
  const equal = equality(operator, left, right);
  if (equal !== undefined) return constant(equal, site);
  if (typeof left.value !== 'number' || typeof right.value !== 'number') return unknown(`it is the result of \`${operator}\``, site);
  const result = ARITHMETIC[operator]?.(left.value, right.value);
  if (typeof result === 'boolean') return constant(result, site);
  return result === undefined ? unknown(`it is the result of \`${operator}\``, site) : number(result, site);
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number | boolean>> = {
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Undefined where it is no question of equality, or one that JavaScript answers by converting. */
function equality(operator: string, { value: left }: Constant, { value: right }: Constant): boolean | undefined {
  if (operator === '===') return left === right;
  if (operator === '!==') return left !== right;
  if (operator !== '==' && operator !== '!=') return undefined;
  const empty = [left, right].filter((value) => value === null || value === undefined).length;
  if (empty === 0 && typeof left !== typeof right) return undefined;
  const equal = empty === 2 || left === right;
  return operator === '==' ? equal : !equal;
}

export function unary(operator: string, operand: Val, site: Site): Val {
  if (operator === 'void') return constant(undefined, site);
  const is = operator === '!' ? truth(operand) : undefined;
  if (is !== undefined) return constant(!is, site);
  if (operand.kind === 'constant' && (operator === '-' || operator === '+'))
    return number(operator === '-' ? -Number(operand.value) : Number(operand.value), site);
  return operand.kind === 'unknown' ? unknown(operand.why, site) : unknown(`it is the result of \`${operator}\``, site);
}

/** JSON knows neither NaN nor Infinity nor -0, and the framework passes its configuration through JSON. */
const number = (value: number, site: Site): Val => (Number.isFinite(value) ? constant(value + 0, site) : unknown(`it is ${value}`, site));

function neither(operands: readonly Val[], site: Site): Val {
  const hole = operands.find((operand): operand is Unknown => operand.kind === 'unknown');
  return unknown(hole?.why ?? 'it is worked out from a list or a map', site);
}
