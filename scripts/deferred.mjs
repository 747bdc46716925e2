/** Most of a rule's text, of which a run needs none or little: V8 is to read none of it before it is asked for. */
const DEFERRED = new Set(['why', 'remedy', 'examples', 'messages']);

/** Makes a getter of each of these properties of a rule: V8 leaves out what a function says until it runs. */
export const deferred = () => ({
  name: 'deferred',
  transform: {
    filter: { id: /[\\/]rules[\\/][a-z-]+\.ts$/ },
    handler(code) {
      return withGetters(code, (text) => this.parse(text, { lang: 'ts' }));
    },
  },
});

/** `parse`: code → ESTree. */
export function withGetters(code, parse) {
  let written = '';
  let at = 0;
  for (const { start, key, value } of [...deferredIn(parse(code))].toSorted((a, b) => a.start - b.start)) {
    written += `${code.slice(at, start)}get ${key.name}() { return ${code.slice(value.start, value.end)}; }`;
    at = value.end;
  }
  return written + code.slice(at);
}

/** Those of `defineRule({ meta: {…}, … })`. */
function* deferredIn({ body }) {
  const { declaration } = body.find(({ type }) => type === 'ExportDefaultDeclaration') ?? {};
  const [rule] = declaration?.arguments ?? [];
  for (const property of rule?.properties ?? []) {
    if (DEFERRED.has(property.key?.name)) yield property;
    if (property.key?.name === 'meta') yield* (property.value.properties ?? []).filter(({ key }) => DEFERRED.has(key?.name));
  }
}
