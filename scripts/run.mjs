// npm run docs, npm run new …: runs scripts/NAME.ts on any Node that the package supports (Node 20 does not read TypeScript).
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
process.setSourceMapsEnabled(true);
const [name = '', ...args] = process.argv.slice(2);

const bundle = await rolldown({
  input: `scripts/${name}.ts`,
  platform: 'node',
  external: (id) => !id.startsWith('.') && !path.isAbsolute(id),
});
const { output } = await bundle.generate({ format: 'esm', sourcemap: 'inline' });
const folder = path.join(root, 'node_modules/.cache/cors-lint', name);
mkdirSync(folder, { recursive: true });
for (const file of output) writeFileSync(path.join(folder, file.fileName), file.type === 'chunk' ? file.code : file.source);

const { main } = await import(pathToFileURL(path.join(folder, output[0].fileName)).href);
process.exitCode = await main(root, args);
