import path from 'node:path';
import type { Rule } from '../rule.ts';
import type { Config } from './config.ts';
import type { Files } from './files.ts';
import { configFinder, type FoundConfig } from './find-config.ts';
import type { Io } from './io.ts';
import { Misuse } from './misuse.ts';
import { pathFrom } from './place.ts';
import { isInside, rootOf } from './root.ts';

export interface Configuring {
  readonly cwd: string;
  readonly io: Io;
  readonly files: Files;
  readonly rules: readonly Rule[];
  /** The one config for all files; false: none; undefined: each file's own. */
  readonly config: string | false | undefined;
}

export interface Configured {
  /** The config of one of the files; undefined where there is none. */
  readonly configOf: (file: string) => Config | undefined;
  readonly notices: readonly string[];
}

/** So many mistakes are said at once. */
const MOST = 20;

/** The configs of these files. Throws `Misuse` with all that is wrong with them. What reads configs is loaded only where there is one. */
export async function configure(files: readonly string[], configuring: Configuring): Promise<Configured> {
  const { cwd, config } = configuring;
  if (config === false) return { configOf: () => undefined, notices: [] };
  if (config !== undefined) {
    const at = path.resolve(cwd, config);
    if (configuring.io.stat(at) === undefined) throw new Misuse(`--config names ${config}, and there is no such file`);
    const configs = await load([at], configuring, []);
    return { configOf: () => configs.get(at), notices: [] };
  }
  const find = configFinder(cwd, configuring.io);
  const found = [...new Set(files.flatMap((file) => find(file) ?? []))];
  const readable = found.filter((one) => refusal(one, configuring.io) === undefined);
  const refused = found.flatMap((one) => refusal(one, configuring.io) ?? []).map(({ file, why }) => `${pathFrom(cwd, file)} ${why}`);
  const configs = await load(
    readable.map((one) => one.path),
    configuring,
    refused,
  );
  return { configOf: (file) => configs.get(find(file)?.path ?? ''), notices: [...notRead(found, cwd)] };
}

async function load(paths: readonly string[], configuring: Configuring, before: readonly string[]): Promise<ReadonlyMap<string, Config>> {
  const mistakes = [...before];
  const configs = new Map<string, Config>();
  if (paths.length > 0) {
    const { loadConfig } = await import('./load-config.ts');
    for (const at of paths) {
      const loaded = loadConfig(at, configuring);
      if ('config' in loaded) configs.set(at, loaded.config);
      else mistakes.push(...loaded.mistakes);
    }
  }
  // Two configs may extend the same one.
  const [first, ...others] = new Set(mistakes);
  if (first === undefined) return configs;
  throw new Misuse(
    first,
    ...others.slice(0, MOST - 1),
    ...(others.length >= MOST ? [`and ${others.length - MOST + 1} more mistakes`] : []),
  );
}

/** A config that nobody named and that is none. What a pipe is, or where a link leads, a repository's author decides, not its user. */
function refusal({ path: file }: FoundConfig, io: Io): { readonly file: string; readonly why: string } | undefined {
  const kind = io.stat(file);
  if (kind === 'folder') return { file, why: 'cannot be read: it is a folder, not a file' };
  if (kind !== 'file') return { file, why: 'cannot be read: it is not a regular file' };
  const root = rootOf(path.dirname(file), io);
  if (isInside(io.realpath(root.folder), io.realpath(file))) return undefined;
  return { file, why: `is a link that leads out of ${root.repository ? 'this repository' : 'its folder'}, and is not read` };
}

function* notRead(found: readonly FoundConfig[], cwd: string): Iterable<string> {
  for (const { path: file, others } of found) {
    if (others.length === 0) continue;
    const names = others.map((other) => path.basename(other)).join(', ');
    yield `${pathFrom(cwd, file)} is read, and the configuration in ${names} beside it is not`;
  }
}
