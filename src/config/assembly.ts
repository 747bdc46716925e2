import path from 'node:path';
import type { readAssembly } from '../frontends/cdk/read.ts';
import type { Candidate } from './discover.ts';
import type { Files } from './files.ts';
import { failure, type Io } from './io.ts';
import { isInside, rootOf } from './root.ts';

const MANIFEST = 'manifest.json';

/** The manifest of a cloud assembly, by the file that the CDK puts beside it or the name of the folder; it may be missing. */
export const isAssembly = (folder: string, io: Io): boolean =>
  io.stat(path.join(folder, 'cdk.out')) === 'file' ||
  (path.basename(folder) === 'cdk.out' && io.stat(path.join(folder, MANIFEST)) === 'file');

export const manifestOf = (folder: string): string => path.join(folder, MANIFEST);

/** No cdk.json is longer. */
const MOST_BYTES = 1_000_000;

/** The folder that the CDK app of a cdk.json is synthesized to; undefined where the file is none of an app's, or the folder lies outside the repository. */
export function outputOf(cdkJson: string, io: Io): string | undefined {
  const config = settingsIn(cdkJson, io);
  if (typeof config !== 'object' || config === null || !['app', 'output'].some((key) => key in config)) return undefined;
  const output = 'output' in config && typeof config.output === 'string' && config.output !== '' ? config.output : 'cdk.out';
  const folder = path.dirname(cdkJson);
  const at = path.resolve(folder, output);
  const root = rootOf(folder, io).folder;
  if (!isInside(root, at)) return undefined;
  return io.stat(at) === undefined || isInside(io.realpath(root), io.realpath(at)) ? at : undefined;
}

/** Other programs' files are called cdk.json too: one that cannot be read says nothing. */
function settingsIn(cdkJson: string, io: Io): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(io.read(cdkJson, MOST_BYTES)));
  } catch (error) {
    return failure(error);
  }
}

/** With the templates that the manifests among them name, which are meant to be linted whatever is in them. */
export async function withAssemblies(candidates: readonly Candidate[], files: Files, io: Io): Promise<readonly Candidate[]> {
  const manifests = candidates.filter((one) => path.basename(one.path) === MANIFEST && isAssembly(path.dirname(one.path), io));
  if (manifests.length === 0) return candidates;
  const read = (await import('../frontends/cdk/read.ts')).readAssembly;
  const all = new Map(candidates.map((one) => [one.path, one]));
  for (const manifest of manifests) {
    all.set(manifest.path, { ...manifest, meant: 'cdk' });
    for (const at of templatesOf(manifest.path, files, read)) all.set(at, { ...(all.get(at) ?? manifest), path: at, meant: 'cdk' });
  }
  return [...all.values()];
}

function templatesOf(manifest: string, files: Files, read: typeof readAssembly): readonly string[] {
  const opened = files.open(manifest);
  if (opened.failure !== undefined) return [];
  const load = files.loader(opened.file, () => undefined);
  return read(files.document(opened.file), { load }).templates.map((one) => path.resolve(path.dirname(manifest), one));
}
