/** `const [a, b] = [x, y]` reads well, but has V8 make a list and go through it by its iterator: many steps, above all in what runs once. */
export const pairs = () => ({
  name: 'pairs',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk') chunk.code = withoutPairs(chunk.code, (code) => this.parse(code));
  },
});

/** The code with `a = x, b = y` in the place of each `[a, b] = [x, y]` that declares. `parse`: code → ESTree. */
export function withoutPairs(code, parse) {
  let written = '';
  let at = 0;
  for (const { start, end, text } of [...pairsIn(parse(code))].flatMap((one) => editsOf(one, code)).toSorted((a, b) => a.start - b.start)) {
    written += code.slice(at, start) + text;
    at = end;
  }
  return written + code.slice(at);
}

function* pairsIn(node) {
  if (node.type === 'VariableDeclaration' && node.kind !== 'var') yield* node.declarations.filter(isPair);
  for (const part of Object.values(node))
    for (const one of Array.isArray(part) ? part : [part]) if (typeof one?.type === 'string') yield* pairsIn(one);
}

/** Of `let` and `const`: none of the values can ask for one of the names. */
const isPair = ({ id, init }) =>
  id.type === 'ArrayPattern' &&
  init?.type === 'ArrayExpression' &&
  id.elements.length > 0 &&
  id.elements.length === init.elements.length &&
  id.elements.every((one) => one?.type === 'Identifier') &&
  init.elements.every((one) => one && one.type !== 'SpreadElement');

/** What stands between the values; they stay as they are, for there may be pairs in them. */
function editsOf({ start, end, id, init }, code) {
  const starts = [start, ...init.elements.map((value) => value.end)];
  const ends = [...init.elements.map((value) => value.start), end];
  const edits = starts.map((from, i) => {
    const name = id.elements[i]?.name;
    // Minified, a bracket follows the word `let` without a blank.
    return { start: from, end: ends[i], text: name === undefined ? '' : `${i > 0 ? ',' : ' '}${name}=` };
  });
  // Parentheses around a value stand between them too.
  return edits.slice(1).some((one) => /[()]/.test(code.slice(one.start, one.end))) ? [] : edits;
}
