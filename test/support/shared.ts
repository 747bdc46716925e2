import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Oracles and corpus lie beside the project, not in it; users' clones lack them. */
const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** A folder of ../shared, or undefined where it is absent; says so once, and fails in CI. */
export function shared(folder: string): string | undefined {
  const path = join(SHARED, folder);
  if (existsSync(path)) return path;
  if (process.env['CI']) throw new Error(`CI needs ${folder} beside the project`);
  console.warn(`skipped: there is no ../shared/${folder}`);
  return undefined;
}

export function filesBelow(folder: string, wanted: (name: string) => boolean): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(wanted)
    .map((name) => join(folder, name))
    .toSorted();
}

export const readText = (path: string): string => readFileSync(path, 'utf8');
