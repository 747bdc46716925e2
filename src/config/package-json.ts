import type { LoadText } from '../frontends/serverless/code/load.ts';

/** Folders upwards in which a package.json is looked for. */
const MOST_LEVELS = 20;

/** Those in which a project names what it is built from. */
const SECTIONS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

/** The range of versions of a package that the nearest package.json asks for that names it. `load`: relative to where it is asked. */
export function versionIn(load: LoadText, packageName: string): string | undefined {
  for (let level = 0; level < MOST_LEVELS; level += 1) {
    const loaded = load(`${'../'.repeat(level)}package.json`);
    if (loaded.kind === 'closed') return undefined;
    const range = loaded.kind === 'text' ? rangeIn(loaded.file.text, packageName) : undefined;
    if (range !== undefined) return range;
  }
  return undefined;
}

function rangeIn(text: string, packageName: string): string | undefined {
  try {
    const sections = JSON.parse(text) as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
    const ranges = SECTIONS.map((section) => sections[section]?.[packageName]);
    return ranges.find((range) => typeof range === 'string');
  } catch {
    // What is no JSON asks for nothing: npm would stop at it.
    return undefined;
  }
}
