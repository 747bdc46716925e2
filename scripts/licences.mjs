// What is bundled is shipped: each package's licence (and NOTICE) goes with it, and an unknown licence stops the build.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const ALLOWED = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);

/** A rolldown plugin; one instance for all outputs, whose packages it joins. */
export function licences(fileName = 'THIRD-PARTY-LICENSES') {
  const folders = new Set();
  return {
    name: 'licences',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const id of chunk.moduleIds) folders.add(packageOf(id));
      }
      folders.delete(undefined);
      this.emitFile({ type: 'asset', fileName, source: notice([...folders].toSorted()) });
    },
  };
}

/** The folder of the package that a module is of; undefined for our own. */
export const packageOf = (id) => /^(?:.*[\\/])?node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0];

/** All licences in one text. */
export function notice(folders) {
  const parts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    if (!ALLOWED.has(license)) throw new Error(`${name} is bundled under a licence that nobody has looked at: ${license}`);
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
    if (files.length === 0) throw new Error(`${name} is bundled, but ships no licence text`);
    const texts = files.toSorted().map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
    return [`${name} ${version} (${license})`, ...texts].join('\n\n');
  });
  return `${['cors-lint contains code of these packages.', ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
