// Before anything else is loaded, so that the rest comes from the cache. Node 20 has none, and to look for it takes half a millisecond.
if (Number.parseInt(process.versions.node, 10) >= 22) {
  const module = process.getBuiltinModule?.('node:module') as { enableCompileCache?: () => void } | undefined;
  module?.enableCompileCache?.();
}

const [first, ...others] = process.argv.slice(2);
// Asked by programs that look whether it is there: the linter is not loaded for it.
if ((first === '--version' || first === '-v') && others.length === 0)
  void import('./version.ts').then(({ version }) => process.stdout.write(`${version}\n`));
else void import('./process.ts').then(({ run }) => run());
