// After `tsc -p tsconfig.build.json`: keeps the declarations that the package's entries lead to, and deletes the inner workings'.
import { readFileSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../dist/types', import.meta.url));
const reached = new Set();

const follow = (file) => {
  if (reached.has(file)) return;
  reached.add(file);
  for (const [, to] of readFileSync(file, 'utf8').matchAll(/(?:\bfrom |\bimport\()["'](\.[^"']+)\.[jt]s["']/g)) {
    follow(path.resolve(path.dirname(file), `${to}.d.ts`));
  }
};
for (const entry of ['src/index.d.ts', 'src/browser/index.d.ts']) follow(path.join(folder, entry));

// CommonJS entries: their types say that they are, and lead nowhere else.
for (const name of ['serverless', 'cdk']) {
  const from = `src/integrations/${name}/index.d.ts`;
  const text = readFileSync(path.join(folder, from), 'utf8');
  if (/\b(?:from|import)\b.*["']\./.test(text)) throw new Error(`${from} needs the types of other files`);
  const file = path.join(folder, `${name}.d.cts`);
  writeFileSync(
    file,
    text.replace(/^export default class (\w+)(.*)$/ms, 'declare class $1$2\nexport = $1;\n').replace(/^export \{\};$/m, ''),
  );
  reached.add(file);
}

const clean = (at) => {
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    const file = path.join(at, entry.name);
    if (entry.isDirectory()) clean(file);
    else if (!reached.has(file)) rmSync(file);
  }
  if (readdirSync(at).length === 0) rmdirSync(at);
};
clean(folder);
