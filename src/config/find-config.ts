import type { Io } from './io.ts';
import { inFolder, parentOf } from './place.ts';
import { isInside } from './root.ts';

/** What a config is called, the first first. In a package.json it stands under the key `cors-lint`. */
const NAMES = ['cors-lint.config.yml', 'cors-lint.config.yaml', 'cors-lint.config.json', 'package.json'] as const;

/** The key of a package.json, quoted: few mention it, so the others are not parsed. */
export const KEY = 'cors-lint';

export interface FoundConfig {
  readonly path: string;
  /** Configs in the same folder, which are not read. */
  readonly others: readonly string[];
}

/**
 * The config that a file goes by: the nearest upwards from its folder to the root of its repository; where there is no
 * repository, to the current folder, or in the file's own folder alone. Costs a few calls of `stat` for each folder.
 */
export function configFinder(cwd: string, io: Io): (file: string) => FoundConfig | undefined {
  const repositories = new Map<string, string | undefined>();
  const found = new Map<string, FoundConfig | undefined>();
  const repositoryOf = (folder: string): string | undefined => {
    if (repositories.has(folder)) return repositories.get(folder);
    const above = parentOf(folder);
    const repository = io.stat(inFolder(folder, '.git')) ? folder : above === folder ? undefined : repositoryOf(above);
    repositories.set(folder, repository);
    return repository;
  };
  const nearest = (folder: string, last: string): FoundConfig | undefined => {
    if (found.has(folder)) return found.get(folder);
    const config = configIn(folder, io) ?? (folder === last ? undefined : nearest(parentOf(folder), last));
    found.set(folder, config);
    return config;
  };
  return (file) => {
    const folder = parentOf(file);
    return nearest(folder, repositoryOf(folder) ?? (isInside(cwd, folder) ? cwd : folder));
  };
}

function configIn(folder: string, io: Io): FoundConfig | undefined {
  const [first, ...others] = NAMES.map((name) => inFolder(folder, name)).filter((file) => isConfig(file, io));
  return first === undefined ? undefined : { path: first, others };
}

/** Whatever has the name is meant; what is wrong with it is said when it is read. */
function isConfig(file: string, io: Io): boolean {
  const kind = io.stat(file);
  if (!file.endsWith('package.json')) return kind !== undefined;
  return kind === 'file' && holdsConfig(file, io);
}

/** No package.json is longer than that. */
const MOST_BYTES = 1_000_000;

function holdsConfig(file: string, io: Io): boolean {
  let text: string;
  try {
    text = new TextDecoder().decode(io.read(file, MOST_BYTES));
  } catch {
    // npm, too, must read it. Whether there is a config in it cannot be told, and mostly there is none.
    return false;
  }
  if (!text.includes(`"${KEY}"`)) return false;
  try {
    const manifest: unknown = JSON.parse(text);
    return typeof manifest === 'object' && manifest !== null && Object.hasOwn(manifest, KEY);
  } catch {
    // It is broken. A dependency has a text behind its name, a config a map.
    return /"cors-lint"\s*:\s*\{/.test(text);
  }
}
