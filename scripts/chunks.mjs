/** Makes of each chunk what `src/cli/chunks.ts` loads. */
export const chunks = () => ({
  name: 'chunks',
  generateBundle(_, bundle) {
    for (const [name, chunk] of Object.entries(bundle)) {
      // An entry without modules only hands on what the first chunk exports.
      if (chunk.isEntry && chunk.moduleIds.length === 0) delete bundle[name];
      else if (chunk.type === 'chunk')
        chunk.code = wrapped(
          withValues(chunk.code, (code) => this.parse(code)),
          name,
        );
    }
  },
});

/** Less than what is read at once. */
const MOST_CHARACTERS = 3_900_000;

/** A function, in nothing but ASCII: neither has V8 to be handed a copy of it, nor is there anything to decode. */
function wrapped(code, name) {
  if (/[^\0-\x7F]/.test(code)) throw new Error(`${name} is not ASCII`);
  if (code.length > MOST_CHARACTERS) throw new Error(`${name} is too long`);
  return `(function(exports,require,__filename){${code}})`;
}

/**
 * Exports a value where rolldown exports a way to it, which costs V8 ten times as much. It comes to the same, since exports stand at the end
 * of a chunk, unless the value is given later; so what is a variable stays as it is. `parse`: code → ESTree.
 */
export function withValues(code, parse) {
  const variables = new Set(parse(code).body.flatMap(namesIn));
  return code.replaceAll(
    /Object\.defineProperty\(exports,"(\w+)",\{enumerable:!0,get:function\(\)\{return ([\w$]+)\}\}\)/g,
    (way, name, value) => (variables.has(value) ? way : `exports.${name}=${value}`),
  );
}

const namesIn = ({ type, kind, declarations }) =>
  type === 'VariableDeclaration' && kind !== 'const' ? declarations.flatMap(({ id }) => boundIn(id)) : [];

/** `a`, `{ b, c: d }`, `[e]` → their names. */
function boundIn(pattern) {
  if (pattern.type === 'Identifier') return [pattern.name];
  const parts = pattern.properties ?? pattern.elements ?? [pattern.left ?? pattern.argument];
  return parts.flatMap((part) => (part ? boundIn(part.value ?? part) : []));
}
