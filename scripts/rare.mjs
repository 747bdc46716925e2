/** What reads rare YAML, the library included: a chunk of its own. */
export const RARE = { name: 'cli-any-yaml', file: 'src/source/any-yaml.ts' };

/** Has that chunk loaded by the first file that needs it. Reading a file waits for nothing, so it is a `require` and no `import()`. */
export const rare = () => {
  const chunk = `./${RARE.name}.cjs`;
  return {
    name: 'rare',
    resolveId: (id) => (id === chunk ? { id, external: true } : undefined),
    transform: {
      filter: { id: /[\\/]source[\\/]yaml\.ts$/ },
      handler(code) {
        const lazy = code.replace(/^import \{ (\w+) \} from '\.\/any-yaml\.ts';$/m, `const $1 = (file) => require('${chunk}').$1(file);`);
        return lazy === code ? this.error(`${RARE.file} is imported in another way`) : lazy;
      },
    },
  };
};
